// Asks the model of a program what a request gets: an arrival as a knock, and what is seen as a reply. Before the program may stand
// declared proxies; when the answer is not what the caller wanted, the last thing that one of them did to the request is at fault.
// Not here: what programs do (programs.ts and the folders of the systems).
// Inferred: what a gateway makes of a target that closes, resets or speaks another protocol is 502, and of one that is silent 504
// (ALB guide, "Troubleshoot", documented for the ALB).

import { Hop, hopOf } from './hops';
import type { Arrival, Mismatch, Reply } from './index';
import { programOf } from './programs';
import { expectsTls } from './words';
import { Outcome, TlsVersion } from '../../protocol';
import { KnownServer } from '../ecs';
import { Fault } from '../hop';
import { Change, Knock, nameSeen, Program, Seen } from '../program/knock';

/** The reply of the program that is declared, through the proxies that are declared before it. */
export function ask(arrival: Arrival, server: KnownServer): Reply {
  const hops = (server.hops ?? []).map((hop) => hopOf(hop, { port: server.port, tls: expectsTls(server.speaks) }));
  const vague = hops.find((hop) => hop.unknown !== undefined);
  if (vague) return { does: 'unknown', why: `${vague.name} before the server: ${vague.unknown}` };
  const arrived: Arrived[] = [];
  const inner = programOf(server);
  const last: Program = (knock) => {
    const answer = inner(knock);
    arrived.push({ knock, answer });
    return answer;
  };
  const outer = hops.reduceRight<Program>((behind, hop) => hop.through(behind), last);
  const knock = knockOf(arrival);
  const seen = outer(knock);
  if (seen.kind === 'unknown') return { does: 'unknown', why: seen.because };
  const outcome = outcomeOf(seen, arrival);
  if (outcome === undefined) return silence(arrival, server, hops) ?? { does: 'serve', ...(seen.possible === undefined ? {} : { assumed: seen.possible }) };
  // Where a version is not known several knocks arrive, and a health check knocks before: the first that failed explains the outcome.
  const reached = (arrived.find(({ answer }) => outcomeOf(answer, arrival) !== undefined) ?? arrived[0])?.knock;
  const guessed = server.program === undefined && server.plainHttpAnswer === undefined && seen.kind === 'status' && seen.status === 426;
  const certain = seen.possible === undefined && !guessed;
  const mismatch = mismatchOf(arrival, seen);
  if (hops.length === 0) return { does: 'refuse', with: outcome, mismatch, why: `the server answers ${nameSeen(seen)} (${server.by})`, certain };
  const change = reached && blamed(arrival, reached, seen);
  const names = hops.map(({ name }) => name).join(' and ');
  const told = change ? `${change.by} ${change.does} (${change.setting})` : reached ? `${names} changes nothing` : `${names} answers by itself`;
  return {
    does: 'refuse',
    with: outcome,
    mismatch,
    certain,
    why: `${told}, and what comes back is ${nameSeen(seen)} (${server.by})`,
    fault: faultOf(server, reached === undefined ? 'ProxyRefusesCaller' : change ? causeOf(change, outcome) : 'ProxyBeforeUnfitServer'),
  };
}

/** A request at the server, and what it said to it. */
interface Arrived { readonly knock: Knock; readonly answer: Seen }

function causeOf({ does }: Change, outcome: Outcome): string {
  if (does === 'drops Upgrade' || does === 'drops handshake headers') return 'ProxyDropsUpgrade';
  return does === 'speaks HTTP/1.0' && outcome === '426' ? 'ProxySpeaksHttp10' : 'ProxyBeforeUnfitServer';
}

/** Which change explains the answer: for a WebSocket the lost header, for a 426 else the old version, otherwise the last one. */
function blamed({ kind }: Arrival, { changes = [] }: Knock, seen: Seen): Change | undefined {
  const latest = (...words: readonly Change['does'][]) => [...changes].reverse().find(({ does }) => words.includes(does));
  const old = seen.kind === 'status' && seen.status === 426 ? latest('speaks HTTP/1.0') : undefined;
  if (kind === 'websocket') return latest('drops Upgrade', 'drops handshake headers') ?? old ?? changes[changes.length - 1];
  return old ?? changes[changes.length - 1];
}

function faultOf({ declaredAt }: KnownServer, cause: string): Pick<Fault, 'cause' | 'resource' | 'property'> | undefined {
  return declaredAt && { cause, resource: declaredAt, property: 'Metadata.cdk-handshake.server' };
}

/** A WebSocket that is quiet for longer than a proxy waits is closed by it. */
function silence({ kind, path }: Arrival, server: KnownServer, hops: readonly Hop[]): Reply | undefined {
  const { pingIntervalSeconds: ping } = server;
  if (ping === undefined || kind !== 'websocket') return undefined;
  for (const { name, silence: at } of hops) {
    const limit = at?.(path);
    if (limit === 'unknown') return { does: 'unknown', why: `how long ${name} keeps a silent WebSocket could not be read, and the server pings every ${ping} s` };
    if (!limit || limit.seconds > ping) continue;
    const why = `${name} closes a WebSocket on which the server sent nothing for ${limit.seconds} s (${limit.setting}), and the server pings every ${ping} s only`;
    return { does: 'refuse', with: 'ws-close-1006', mismatch: 'not-websocket', certain: true, why, fault: faultOf(server, 'ProxyTimeoutNotAbovePing') };
  }
  return undefined;
}

/** What the last hop sends. It is said to name the server in the TLS handshake: nothing is known to the contrary. */
export function knockOf({ kind, version, scheme, tls, path, probe, spoilt }: Arrival): Knock {
  const socket = kind === 'websocket';
  return {
    over: scheme === 'https' ? 'tls' : 'clear',
    version: version === '3' ? '2' : version,
    method: kind === 'grpc' ? 'POST' : 'GET',
    path,
    host: probe ? 'address' : 'name',
    ...(kind === 'grpc' ? { body: 'grpc' as const } : {}),
    ...(socket && spoilt !== 'no-upgrade' ? { upgrade: 'websocket' as const, connection: ['upgrade'] as const } : {}),
    ...(socket && spoilt !== 'no-websocket-headers' ? { webSocketVersion: 13, webSocketKey: 'valid' as const } : {}),
    ...(scheme === 'https' ? { hello: { versions: tls as readonly TlsVersion[], alpn: version === '2' ? ['h2'] : ['http/1.1'], sni: 'known' as const } } : {}),
  };
}

/** What the caller gets that is not what it wanted; undefined when it is. */
function outcomeOf(seen: Seen, { kind, probe }: Arrival): Outcome | undefined {
  switch (seen.kind) {
    case '101': return seen.frames === false ? 'ws-close-1006' : undefined;
    case 'status':
      if (kind === 'websocket') return seen.status < 300 ? 'ws-handshake-failure' : (String(seen.status) as Outcome);
      if (kind === 'grpc' && seen.status !== 200) return String(seen.status) as Outcome;
      return seen.status < 400 && !(probe && seen.status >= 300) ? undefined : (String(seen.status) as Outcome);
    case 'timeout': return '504';
    case 'wrong-protocol':
    case 'connection-closed':
    case 'tls-failure':
    case 'client-refuses': return '502';
    case 'unknown': return 'unknown';
    default: return seen satisfies never;
  }
}

/** What does not fit between the last hop and the server. */
function mismatchOf({ kind, spoilt }: Arrival, seen: Seen): Mismatch {
  if (spoilt) return 'spoilt';
  if (seen.kind === 'tls-failure') return seen.alert === 'protocol_version' ? 'tls-version' : 'scheme';
  if (seen.kind === 'wrong-protocol' || seen.kind === 'connection-closed' || seen.kind === 'timeout') return 'http-version';
  if (kind === 'websocket') return 'not-websocket';
  if (kind === 'grpc') return 'not-grpc';
  return seen.kind === 'status' && seen.status === 426 ? 'websocket-only' : 'http-version';
}
