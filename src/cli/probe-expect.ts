// Compares what a probe saw with what the templates say: the analysis of `check`, and of its paths those that the URL leads along, as
// far as templates tell: by scheme, by host (aliases, host conditions, names that AWS gives), by path. Where they do not tell, a client
// is as expected if any of the paths that are left gives it what it got.
// Not here: the analysis (rules/), the probe (probe/).

import { ClientSeen, Probed, ProbeOutcome } from '../probe';
import { ClientId, CLIENTS, Outcome } from '../protocol';
import { analyse, PathRow } from '../rules';
import { matches } from '../systems/pattern';
import { TemplateInput } from '../template';
import { findTemplates } from '../template/sources';

export type Expectations = ReturnType<typeof findTemplates>;

/** What the templates say of one client that was tried. */
export interface Expected {
  readonly client: ClientId;
  /** Empty: they say nothing of it. */
  readonly outcomes: readonly Outcome[];
  /** The paths that they say it for, each as its hops. */
  readonly paths: readonly (readonly string[])[];
  /** They say something certain of it, and it was tried. */
  readonly compared: boolean;
  readonly differs: boolean;
}

export function expectations(paths: readonly string[]): Expectations {
  return findTemplates(paths);
}

export function compare(probed: Probed, { templates }: Expectations, accept: readonly number[]): Expected[] {
  if (probed.unreachable !== undefined) return [];
  // h2 is named as well, because a row that has it is one that is reached over TLS.
  const serve = [...new Set<ClientId>([...probed.clients.map(({ client }) => client), 'h2'])];
  const { paths } = analyse(templates, { serve, cycles: false });
  return probed.clients.map((client) => expectedOf(client, rowsFor(client, probed, paths, templates), accept));
}

function expectedOf(seen: ClientSeen, rows: readonly PathRow[], accept: readonly number[]): Expected {
  const telling = rows.filter(({ outcomes }) => outcomes[seen.client] !== undefined);
  const outcomes = [...new Set(telling.map((row) => row.outcomes[seen.client]))];
  // A certificate that this machine does not trust says nothing about the templates.
  const compared = outcomes.length > 0 && !outcomes.includes('unknown') && seen.outcome !== 'untested' && seen.evidence.end !== 'certificate';
  const differs = compared && !outcomes.some((outcome) => agree(outcome, seen.outcome, accept));
  return { client: seen.client, outcomes, paths: telling.map(({ path }) => path), compared, differs };
}

/** Whether one outcome is what the other foretells; templates do not tell a redirect of the server from a page. */
export function agree(expected: Outcome, seen: ProbeOutcome, accept: readonly number[] = []): boolean {
  if (expected === seen) return true;
  switch (expected) {
    case 'served': return /^3\d\d$/.test(seen) || accept.some((status) => String(status) === seen);
    // No certain status says why: any will do.
    case 'ws-handshake-failure': return /^[2-5]\d\d$/.test(seen);
    // What a gateway makes of a server that it does not understand; a load balancer of connections hands on the silence.
    case '502':
    case '503':
    case '504': return ['502', '503', '504', 'no-answer', 'ws-handshake-failure'].includes(seen);
    default: return /^3\d\d$/.test(expected) && /^3\d\d$/.test(seen);
  }
}

function rowsFor(seen: ClientSeen, { url }: Probed, rows: readonly PathRow[], templates: readonly TemplateInput[]): PathRow[] {
  const { protocol, hostname } = new URL(url);
  const ofKind = rows.filter(({ kind, outcomes }) => kind === seen.kind && outcomes[seen.client] !== undefined);
  const byScheme = narrowed(ofKind, (row) => overTls(row) === (protocol === 'https:'));
  const leads = (row: PathRow) => leadsTo(row, hostname, templates);
  const others = ({ at = '' }: PathRow) => hostsIn(at).length > 0 && !hostsIn(at).some((host) => fits(host, hostname));
  const byHost = narrowed(narrowed(byScheme, (row) => leads(row) || !others(row)), leads);
  return byPath(byHost, seen.path.split('?')[0], hostname);
}

/** Those that match, or all if none does. */
function narrowed<Item>(items: readonly Item[], wanted: (item: Item) => boolean): readonly Item[] {
  const found = items.filter(wanted);
  return found.length ? found : items;
}

/** A client that always uses TLS stands in the row. */
const overTls = ({ outcomes }: PathRow) => Object.keys(outcomes).some((id) => CLIENTS[id as ClientId]?.cleartext === false);

/** The hosts that a row was walked with, among what else its condition says. */
const hostsIn = (at: string) => at.split(/\s+/).filter((word) => /^[\w*?-]+(\.[\w*?-]+)*\.[a-z*?][\w*?-]+$/i.test(word));

const NAMES_OF_AWS: readonly (readonly [RegExp, RegExp])[] = [
  [/\.cloudfront\.net$/, /^AWS::CloudFront::/],
  [/\.elb\.[a-z0-9-]+\.amazonaws\.com$|\.[a-z0-9-]+\.elb\.amazonaws\.com$/, /^AWS::ElasticLoadBalancing/],
  [/\.execute-api\./, /^AWS::(ApiGateway|Serverless::(Http)?Api)/],
  [/\.lambda-url\./, /^AWS::Lambda::|^AWS::Serverless::Function/],
];

/** Whether the host is one that the entry of a path is called by. */
function leadsTo({ path, at = '', template }: PathRow, host: string, templates: readonly TemplateInput[]): boolean {
  const wide = host.replace(/^[^.]+/, '*');
  const named = (text: string) => text.includes(host) || (host.includes('.') && text.includes(wide));
  if (named(at)) return true;
  const body = templates.find(({ file }) => file === template)?.body as { Resources?: Record<string, { Type?: string }> } | undefined;
  const resources = body?.Resources ?? {};
  const type = String(resources[path[0]]?.Type ?? '');
  if (NAMES_OF_AWS.some(([name, types]) => name.test(host) && types.test(type))) return true;
  return path.some((id) => Object.hasOwn(resources, id) && named(JSON.stringify(resources[id])));
}

/** The rows whose path pattern fits best; those without any if none does. */
function byPath(rows: readonly PathRow[], path: string, host: string): PathRow[] {
  // The default name of an API has its stage first.
  const paths = host.includes('.execute-api.') ? [path, path.replace(/^\/[^/]+/, '') || '/'] : [path];
  const patterned = rows.map((row) => ({ row, pattern: (row.at ?? '').split(/\s+/).find((word) => word.startsWith('/')) }));
  const fitting = patterned.filter(({ pattern }) => pattern !== undefined && paths.some((one) => fits(pattern, one)));
  const best = Math.max(...fitting.map(({ pattern }) => literal(pattern!)));
  const without = patterned.filter(({ pattern }) => pattern === undefined);
  const chosen = fitting.length ? fitting.filter(({ pattern }) => literal(pattern!) === best) : without;
  return (chosen.length ? chosen : patterned).map(({ row }) => row);
}

const literal = (pattern: string) => pattern.replace(/\{[^{}]*\}|[*?]/g, '').length;

/** As listeners, distributions and APIs write patterns; a placeholder is one segment, a star any number of them. */
function fits(pattern: string, text: string): boolean {
  const starred = pattern.replace(/\{[^{}]*\+\}/g, '*');
  const wild = starred.replace(/\{[^{}]*\}/g, '?*');
  return matches(wild, text) && (wild === starred || starred.includes('*') || wild.split('/').length === text.split('/').length);
}
