// Hops in front of an entry point, as declared in `behind`: each client is walked through them before it knocks. Where everybody comes
// through them the direct way is none; behind a corporate proxy sit some clients only, and both ways count.
// Not here: what the hops do (rows.ts). Facts: RFC 6455 section 4.1 (HTTP/1.1 for the handshake), RFC 7301 (ALPN).

import { FRONT_ROWS, FrontRow } from './rows';
import { commonTls } from '../../protocol';
import { declarations, Resource } from '../../template';
import { Answer, cannotKnow, Entry, fail, Request, Sender } from '../hop';
import { Walk } from '../walk';

/** The ways to an entry point, which is as it was if nothing is declared in front. */
export function fronted(entry: Entry): Entry[] {
  const resource = [entry.resource, entry.within].find((one) => one && declarations(one).behind.length > 0);
  if (!resource) return [entry];
  const rows = declarations(resource).behind.flatMap(({ hop, settings }) => FRONT_ROWS[hop](settings) ?? []);
  if (rows.length === 0) return [entry];
  const through: Entry = {
    resource: entry.resource,
    samples: entry.samples.filter(({ callers }) => !callers).map((sample) => ({ ...sample, says: `${sample.says ?? ''} behind ${rows.map(({ name }) => name).join(', ')}`.trim() })),
    schemes: (walk) => entry.schemes(walk),
    receive: (request, walk) => pass(request, rows, { entry, resource }, walk),
  };
  return rows.some(({ everybody }) => everybody) ? [through] : [entry, through];
}

/** Where the hops lead to, and the resource that declares them. */
interface To { readonly entry: Entry; readonly resource: Resource }

function pass(request: Request, [row, ...rest]: readonly FrontRow[], to: To, walk: Walk): Answer {
  const { entry, resource } = to;
  if (!row) return entry.schemes(walk).includes(request.scheme) ? entry.receive(request, walk) : cannotKnow(`${entry.resource.id} does not speak ${request.scheme}, which the hop in front of it does`);
  const step = cross(request, row, resource, walk);
  if ('outcome' in step) return step;
  const answer = pass(step, rest, to, walk);
  return answer.outcome === 'tls-handshake-failure' ? { ...answer, outcome: row.failedHandshake } : answer;
}

/** One hop: the answer of its own, or the request that it sends on. */
function cross(request: Request, row: FrontRow, resource: Resource, walk: Walk): Answer | Request {
  const { sender, kind } = request;
  const at = { resource, property: 'Metadata.cdk-handshake.behind' };
  if (request.scheme === 'https' && row.tls && commonTls(row.tls, sender.tls).length === 0) {
    return fail('tls-handshake-failure', { cause: 'HopInFrontTlsVersions', ...at, why: `${row.name} speaks TLS ${row.tls.join(' and ')}, and ${sender.name} TLS ${sender.tls.join(' and ')}` });
  }
  if (request.scheme === 'https' && !row.tls && commonTls(['1.2', '1.3'], sender.tls).length === 0) return cannotKnow(`which TLS versions ${row.name} takes is a setting of its own`);
  const { http10 } = row;
  if (sender.versions[0] === '1.0' && http10 === 'unknown') return cannotKnow(`whether ${row.name} takes HTTP/1.0 is not known`);
  if (sender.versions[0] === '1.0' && http10 !== 'unknown' && http10 !== 'served') {
    return fail(http10.answer, { cause: 'HopInFrontRefusesHttp10', ...at, certainty: http10.certain ? 'certain' : 'possible', why: `${row.name} does not take HTTP/1.0 (reported, not documented)` });
  }
  const http2 = choose(row.http2, walk, `whether ${row.name} keeps HTTP/2 is not said`);
  if (request.scheme === 'https' && !http2 && (kind === 'grpc' || sender.needsAlpn)) {
    return fail(sender.needsAlpn ? 'tls-handshake-failure' : '502', { cause: 'HopInFrontWithoutHttp2', ...at, why: `${row.name} offers no h2 in ALPN, and gRPC needs HTTP/2; ${row.fix.http2 ?? ''}` });
  }
  const socket = kind === 'websocket';
  if (socket && http2 && request.scheme === 'https' && sender.alpn.includes('h2')) {
    if (!row.webSocketOverHttp2) return cannotKnow(`whether ${row.name} takes WebSocket over HTTP/2 is not known`);
    return fail(row.webSocketOverHttp2, { cause: 'HopInFrontWithoutWebSocket', ...at, certainty: 'possible', why: `${sender.name} negotiates HTTP/2 with ${row.name}, which has no WebSocket over HTTP/2 (reported)` });
  }
  const sends = row.sends ?? walk.choose<FrontRow['sends']>([{ value: ['1.1'] }, { value: ['2', '1.1'] }], `what ${row.name} speaks to what stands behind it is not known`) ?? ['1.1'];
  if (kind === 'grpc' && !sends.includes('2')) {
    return fail('502', { cause: 'HopInFrontWithoutHttp2', ...at, certainty: 'possible', why: `${row.name} speaks HTTP/1.1 to what stands behind it, and gRPC needs HTTP/2 all the way; ${row.fix.http2 ?? ''}` });
  }
  if (socket && !sends.includes('1.1')) {
    return fail('502', { cause: 'HopInFrontWithoutWebSocket', ...at, certainty: 'possible', why: `${row.name} speaks HTTP/2 to what stands behind it, and then no WebSocket gets through (reported); ${row.fix.http2 ?? ''}` });
  }
  return onward(request, row, sends, at, walk);
}

function onward(request: Request, row: FrontRow, sends: readonly ('2' | '1.1')[], at: { resource: Resource; property: string }, walk: Walk): Request {
  const socket = request.kind === 'websocket';
  const scheme = row.scheme ?? request.scheme;
  const versions: Sender['versions'] = socket ? ['1.1'] : request.kind === 'grpc' ? ['2'] : sends;
  const sender: Sender = {
    versions,
    alpn: versions.map((version) => (version === '2' ? 'h2' : 'http/1.1')),
    tls: row.tls ?? ['1.2', '1.3'],
    needsAlpn: false,
    certificate: false,
    name: row.name,
  };
  const kept = socket && !request.spoilt ? choose(row.upgrade, walk, `whether ${row.name} passes WebSocket on is not said`) : true;
  const why = `${row.name} drops the Upgrade header, so that a plain GET arrives${row.fix.upgrade ? `; ${row.fix.upgrade}` : ''}`;
  return {
    ...request,
    scheme,
    sender,
    version: undefined,
    ...(kept ? {} : { spoilt: { how: 'no-upgrade', fault: { cause: 'HopInFrontDropsUpgrade', ...at, why, certainty: 'certain' } } }),
  };
}

/** What is not known is tried both ways, and a difference ends as unknown. */
function choose(known: boolean | undefined, walk: Walk, because: string): boolean {
  return known ?? walk.choose([{ value: true }, { value: false }], because) ?? true;
}
