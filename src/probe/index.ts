// The probe: tries real connections to an endpoint as each client, and says what each ends up with and why. Node.js alone; no
// command, no CDK, no other program, so that it can be bundled into one file. HTTP/3 is not tried.
// Not here: arguments and printing (cli/probe.ts), comparing with templates (cli/probe-expect.ts).

import { alike, attemptOf, clientsFor, Look, tlsLooks, webSocketLooks } from './attempts';
import { connect } from './connect';
import { diagnose } from './diagnosis';
import { Evidence } from './evidence';
import { Place, reach } from './open';
import { fits, Need, outcomeOf, ProbeOutcome } from './outcome';
import { ClientSeen, Endpoint, Probed } from './probed';
import { Case } from './sign';
import { certificateOf } from './signs-proxy';
import { targetOf, TargetOptions } from './target';
import { ClientId, CLIENTS, TLS_VERSIONS } from '../protocol';

export { WrongTarget } from './target';
export type { TargetOptions } from './target';
export type { ProbeOutcome, Need } from './outcome';
export type { Evidence, Answer, TlsSeen, CertificateSeen, WebSocketSeen, End } from './evidence';
export type { Probed, ClientSeen, Diagnosis, Cause, Endpoint } from './probed';

export interface ProbeOptions extends TargetOptions {
  /** Who is tried and has to be served; otherwise everybody is tried, and the public internet has to be served. */
  readonly clients?: readonly ClientId[];
  /** For each client; 10 unless said otherwise. */
  readonly timeoutSeconds?: number;
  /** Go on whatever the certificate says. */
  readonly insecure?: boolean;
  /** Certificates of authorities in PEM, to trust besides those that Node.js knows. */
  readonly authorities?: readonly string[];
  /** Statuses that will do besides 2xx and 3xx, such as 401. */
  readonly accept?: readonly number[];
  /** Called after each connection. */
  readonly onProgress?: (done: number, all: number, what: string) => void;
}

const REQUIRED: readonly ClientId[] = ['http/1.1', 'h2', 'tls1.2-only', 'tls1.3-only', 'ws', 'wss', 'grpc'];
const OUTDATED: readonly ClientId[] = ['tls1.0', 'tls1.1'];
const SIDE_BY_SIDE = 4;

/** Probes a URL. Throws WrongTarget for one that is none; everything else is in what comes back. */
export async function probe(url: string, options: ProbeOptions = {}): Promise<Probed> {
  const target = targetOf(url, options);
  const milliseconds = (options.timeoutSeconds ?? 10) * 1000;
  const reached = await reach(target, milliseconds);
  const nothing = { url: target.url, port: target.port, endpoint: endpointOf([], new Map()), clients: [], diagnoses: [], ok: false };
  if ('end' in reached) return { ...nothing, unreachable: reached.says };
  const { authorities, insecure = false } = options;
  const place: Place = { target, address: reached.address, milliseconds, insecure, ...(authorities ? { authorities } : {}) };
  const clients = await tryClients(place, options);
  const looks = await look(place, clients, options.onProgress);
  const seen: Case = { host: target.host, scheme: target.scheme, clients, looks };
  const ok = clients.every((client) => client.fits);
  return { ...nothing, address: reached.address, endpoint: endpointOf(clients, looks), clients, diagnoses: diagnose(seen), ok };
}

async function tryClients(place: Place, { clients: named, accept = [], onProgress }: ProbeOptions): Promise<ClientSeen[]> {
  const { target } = place;
  const ids = [...new Set(named?.length ? named : clientsFor(target))];
  let done = 0;
  return inTurn(ids, async (id) => {
    const client = CLIENTS[id];
    const attempt = attemptOf(client, target);
    const evidence: Evidence = typeof attempt === 'string' ? { end: 'untested', says: attempt, milliseconds: 0 } : await connect(attempt, place);
    onProgress?.(done += 1, ids.length, id);
    const insists = Boolean(client.needsAlpn) || client.kind === 'grpc';
    const outcome: ProbeOutcome = outcomeOf(client.kind, evidence, insists);
    const need = needOf(id, named);
    const path = typeof attempt === 'string' ? target.path : attempt.path;
    const others = named?.length ? [] : alike(id, target);
    return { client: id, kind: client.kind, path, alike: others, need, outcome, fits: fits(need, client.kind, outcome, accept), evidence };
  });
}

function needOf(id: ClientId, named: readonly ClientId[] | undefined): Need {
  if (named?.length) return 'served';
  if (OUTDATED.includes(id)) return 'refused';
  return REQUIRED.includes(id) ? 'served' : 'none';
}

/** Further looks, where somebody spoke at all; those at WebSocket handshakes only if one was refused. */
async function look(place: Place, clients: readonly ClientSeen[], onProgress: ProbeOptions['onProgress']): Promise<Map<string, Evidence>> {
  const spoke = clients.some(({ evidence }) => evidence.tls !== undefined || evidence.alert !== undefined || evidence.answer !== undefined);
  const refused = clients.some(({ kind, outcome, evidence }) => kind === 'websocket' && outcome !== 'served' && evidence.answer !== undefined && !evidence.webSocket);
  const looks: Look[] = [...(spoke ? tlsLooks(place.target) : []), ...(refused ? webSocketLooks(place.target) : [])];
  let done = 0;
  const seen = await inTurn(looks, async ({ id, attempt }): Promise<[string, Evidence]> => {
    const evidence = await connect(attempt, place);
    onProgress?.(done += 1, looks.length, id);
    return [id, evidence];
  });
  return new Map(seen);
}

/** A few at a time, in order. */
async function inTurn<Item, Result>(items: readonly Item[], go: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await go(items[index]);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return results;
}

function endpointOf(clients: readonly ClientSeen[], looks: ReadonlyMap<string, Evidence>): Endpoint {
  const all = [...clients.map(({ evidence }) => evidence), ...looks.values()];
  const said = (name: string) => [...new Set(all.flatMap(({ answer }) => answer?.headers[name] ?? []))];
  const certificate = certificateOf(clients);
  return {
    tls: TLS_VERSIONS.filter((version) => all.some(({ tls }) => tls?.version === version)),
    alpn: ['h2', 'http/1.1'].filter((name) => all.some(({ tls }) => tls?.alpn === name)),
    ...(certificate ? { certificate } : {}),
    server: said('server'),
    via: said('via'),
    announcesHttp3: said('alt-svc').some((value) => /\bh3\b/.test(value)),
  };
}

