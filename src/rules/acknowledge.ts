// Findings that somebody took responsibility for: said in a CDK app (as its assembly records it) or in Metadata of a template. One whose reason
// carries a date (`expires: 2027-03-01`) holds until the end of that day, in UTC. A date that cannot be read is over: nothing is silenced for ever
// by a slip.
// Not here: acknowledgements that the CDK itself applies in a synth (pack/acknowledgement.ts).

import { Finding } from './finding';
import { isRecord, own, record, TemplateInput } from '../template';

/** What a reason says about its end. */
export interface Term {
  /** As written. */
  readonly expires?: string;
  /** `unreadable`: there is a date that is none. */
  readonly state: 'holds' | 'expired' | 'unreadable';
}

export interface Acknowledgement extends Term {
  /** Rule id, without prefixes. */
  readonly rule: string;
  readonly reason: string;
  readonly template: string;
  readonly stack: string;
  /** Construct path, or logical id; `the app` or `the template` where it is said of the whole. */
  readonly at: string;
}

/** A finding that is not reported, and why. */
export interface AcknowledgedFinding extends Finding {
  readonly acknowledgement: Acknowledgement;
}

export interface Acknowledgements {
  /** Those that are to be reported; in the message of those whose acknowledgement is over stands that it is. */
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** All acknowledgements, and how many findings each is about. */
  readonly all: readonly (Acknowledgement & { readonly findings: number })[];
}

/** @param today as 2026-11-25 */
export function acknowledge(findings: readonly Finding[], inputs: readonly TemplateInput[], today: string): Acknowledgements {
  const all = inputs.flatMap((input) => allOf(input, today));
  const counts = new Map<Said, number>(all.map((one) => [one, 0]));
  const reported: Finding[] = [];
  const acknowledged: AcknowledgedFinding[] = [];
  for (const finding of findings) {
    const about = all.filter(({ acknowledgement, covers }) =>
      acknowledgement.rule === finding.rule && acknowledgement.template === finding.template && covers(finding));
    for (const one of about) counts.set(one, counts.get(one)! + 1);
    const holding = about.find(({ acknowledgement }) => acknowledgement.state === 'holds');
    if (holding) acknowledged.push({ ...finding, acknowledgement: holding.acknowledgement });
    else reported.push(about.length > 0 ? { ...finding, message: `${finding.message} ${overSays(about[0].acknowledgement)}` } : finding);
  }
  return { findings: reported, acknowledged, all: all.map((one) => ({ ...one.acknowledgement, findings: counts.get(one)! })) };
}

/** The end of an acknowledgement by its reason. */
export function termOf(reason: string, today: string): Term {
  const [, expires] = /\bexpires:\s*([^\s,;)]+)/i.exec(reason) ?? [];
  if (expires === undefined) return { state: 'holds' };
  return { expires, state: !isDate(expires) ? 'unreadable' : expires < today ? 'expired' : 'holds' };
}

/** What is said of a finding that is no longer acknowledged. */
export function overSays({ at, expires, state, reason }: Pick<Acknowledgement, 'at' | 'expires' | 'state' | 'reason'>): string {
  const why = state === 'unreadable' ? `its date "${expires}" cannot be read (write it as 2027-03-01)` : `it ended on ${expires}`;
  return `The acknowledgement at ${at} does not count any more: ${why}. Its reason was: ${reason}`;
}

/** A rule id as users write it: with the name of the pack, of the plugin, or bare. */
export function ruleIdOf(written: string): string {
  return written.replace(/^(handshake|annotation)::/i, '').replace(/^Handshake-/, '');
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

interface Said {
  readonly acknowledgement: Acknowledgement;
  readonly covers: (finding: Finding) => boolean;
}

function allOf(input: TemplateInput, today: string): Said[] {
  return [...inCdk(input, today), ...inMetadata(input, today), ...Object.values(input.nested ?? {}).flatMap((nested) => allOf(nested, today))];
}

function inCdk(input: TemplateInput, today: string): Said[] {
  const { rules = [], paths } = input.acknowledged ?? {};
  return rules.filter(({ id }) => /^((handshake|annotation)::)?Handshake-/i.test(id)).map(({ at, id, reason }) => ({
    acknowledgement: { rule: ruleIdOf(id), reason, template: input.file, stack: input.stack, at: at || 'the app', ...termOf(reason, today) },
    covers: ({ constructPath, resource }) =>
      (constructPath === undefined ? paths?.get(resource) ?? [] : [constructPath]).some((path) => isWithin(path, at)),
  }));
}

function isWithin(path: string, at: string): boolean {
  return at === '' || path === at || path.startsWith(`${at}/`);
}

/** Metadata: cdk-handshake: acknowledge: { rule, reason }, or a list of such; of a resource, or of the whole template. */
function inMetadata(input: TemplateInput, today: string): Said[] {
  const body = record(input.body);
  const resources = record(body.Resources);
  const found = saidAt(input, '', body, today);
  for (const id of Object.keys(resources)) found.push(...saidAt(input, id, resources[id], today));
  return found;
}

function saidAt(input: TemplateInput, id: string, holder: unknown, today: string): Said[] {
  if (!isRecord(holder) || !isRecord(holder.Metadata)) return [];
  const declared = own(holder.Metadata, 'cdk-handshake');
  if (declared === undefined) return [];
  return [record(declared).acknowledge].flat().filter(isRecord).flatMap(({ rule, reason }): Said[] => {
    if (typeof rule !== 'string' || typeof reason !== 'string' || reason === '') return []; // a finding says so (template/declared.ts)
    return [{
      acknowledgement: { rule: ruleIdOf(rule), reason, template: input.file, stack: input.stack, at: id || 'the template', ...termOf(reason, today) },
      covers: ({ resource }) => id === '' || resource === id,
    }];
  });
}
