// A connection through an NLB listener: TLS handshake and ALPN at TLS listeners, bytes as they come at TCP listeners, then
// the target group. An NLB never changes the HTTP version, so what client and NLB agree on must suit the server.
// Facts: NLB guide "Listeners" (ALPN), "Update the TCP idle timeout" (350 s; fixed for TLS), "Use an ALB as a target".
// A client without a match under HTTP2Only: the guide says that the connection goes on without ALPN; what then fails is the
// client or a server that speaks only HTTP/2 (reports on other TLS terminators: LabOverWire/mqtt-lib#74).

import { HttpVersion } from '../../protocol';
import { asText, items } from '../../template';
import { handshake } from '../alb/front';
import { Answer, cannotKnow, fail, IMPOSSIBLE, Network, Request } from '../hop';
import { reasonOf, Walk } from '../walk';
import { ALPN_POLICIES, AlpnPolicy, isAlpnPolicy, negotiate } from './alpn';
import { NetworkGroup, NetworkListener, Nlbs, STREAMS } from './settings';
import { speaks, throughAlb, toTarget, wellKnown } from './target';

/** What a client that comes to this listener ends up with. */
export function receive(request: Request, listener: NetworkListener, nlbs: Nlbs, network: Network, walk: Walk): Answer {
  if (listener.balancer) walk.through(listener.balancer.resource);
  walk.through(listener.resource);
  const protocol = walk.text(listener.protocol, '', STREAMS);
  if (protocol === undefined || !STREAMS.includes(protocol)) return IMPOSSIBLE;
  if (protocol === 'TLS' && request.scheme !== 'https') return IMPOSSIBLE;
  const group = groupOf(listener, nlbs, walk);
  if (protocol === 'TLS') {
    const version = connect(request, listener, group, walk);
    if (typeof version !== 'string') return version;
    walk.leg(listener.balancer?.resource ?? listener.resource, { ...request, version });
    if (group) return toTarget({ ...request, version }, group, { listener, terminates: true }, walk);
    return { outcome: 'served', note: `the target group of ${listener.resource.id} is outside these templates` };
  }
  if (!group) return cannotKnow(`the target group of ${listener.resource.id} is outside these templates`);
  if (walk.text(group.targetType, 'instance', ['instance', 'alb']) === 'alb') return throughAlb(request, group, network, walk);
  return toTarget({ ...request, version: passed(request, group) }, group, { listener, terminates: false }, walk);
}

function groupOf(listener: NetworkListener, nlbs: Nlbs, walk: Walk): NetworkGroup | undefined {
  const { targets } = listener;
  const says = (index: number) => `the connection goes to target group ${index + 1} of ${targets.length} (by weight)`;
  const taken = walk.choose(targets.map(({ group }, index) => ({ value: group, says: says(index) })));
  const settled = taken && walk.settle(taken);
  return settled?.kind === 'reference' ? nlbs.groups.get(settled.resource.key) : undefined;
}

/** The version that client and server settle among themselves when bytes are passed on. */
function passed(request: Request, group: NetworkGroup): HttpVersion {
  if (request.version) return request.version;
  const { sender, kind, scheme } = request;
  const http2 = kind === 'grpc' || (scheme === 'https' && sender.alpn.includes('h2') && ['h2', 'grpc'].some((word) => speaks(group, word)));
  return http2 ? '2' : oldest(request);
}

function oldest({ sender }: Request): HttpVersion {
  return sender.versions.find((version) => version === '1.1' || version === '1.0') ?? '1.1';
}

/** The HTTP version after TLS and ALPN, or the answer when no connection comes about. */
function connect(request: Request, listener: NetworkListener, group: NetworkGroup | undefined, walk: Walk): HttpVersion | Answer {
  const { sender } = request;
  const failed = handshake(sender, listener, walk);
  // Nothing says that HTTP callers come here at all: then whoever fails fails by an assumption of ours.
  if (failed) return failed.fault && !wellKnown(listener, group) ? { ...failed, fault: { ...failed.fault, byDefault: true } } : failed;
  const policy = policyOf(listener, walk);
  if (policy === undefined) return cannotKnow(`the AlpnPolicy of ${listener.resource.id} is unknown`);
  const chosen = negotiate(policy.name, sender.alpn);
  const at = { resource: listener.resource, property: 'Properties.AlpnPolicy' };
  const set = policy.byDefault ? 'no AlpnPolicy is set, so the listener selects nothing by ALPN' : `AlpnPolicy ${policy.name} selects ${ALPN_POLICIES[policy.name].join(', ') || 'nothing'}`;
  if (request.kind === 'grpc' || oldestIsHttp2(request)) {
    if (chosen === 'h2') return '2';
    return fail('tls-handshake-failure', {
      cause: 'AlpnWithoutHttp2',
      ...at,
      byDefault: policy.byDefault,
      certainty: sender.needsAlpn ? 'certain' : 'possible',
      why: `${set}, and gRPC libraries end a connection on which h2 was not selected ("missing selected ALPN property")`,
    });
  }
  if (chosen === 'h2') return request.kind === 'websocket' ? webSocketOverHttp2(set, at, group) : '2';
  if (chosen !== undefined || policy.name !== 'HTTP2Only' || sender.alpn.length === 0) return oldest(request);
  const server = group && ['http/1.1', 'http/1.0', 'websocket', 'socket.io'].some((word) => speaks(group, word));
  return fail('tls-handshake-failure', {
    cause: 'AlpnWithoutHttp1',
    ...at,
    byDefault: true,
    certainty: server ? 'possible' : 'certain',
    why: `${set} only, and ${sender.name} offers ${sender.alpn.join(', ')}: they agree on nothing${server ? DOUBT : ', and a server behind HTTP2Only speaks HTTP/2'}`,
  });
}

const DOUBT = ' (the documents say that the connection then goes on without ALPN; the server would understand HTTP/1.1, if the client does not give up)';

function oldestIsHttp2({ sender }: Request): boolean {
  return !sender.versions.some((version) => version === '1.1' || version === '1.0');
}

function webSocketOverHttp2(set: string, at: { resource: NetworkListener['resource']; property: string }, group: NetworkGroup | undefined): Answer {
  const http1 = group !== undefined && speaks(group, 'websocket') && !speaks(group, 'h2c') && !speaks(group, 'h2');
  return fail('ws-handshake-failure', {
    cause: 'AlpnSelectsHttp2BeforeHttp1Server',
    ...at,
    certainty: http1 ? 'certain' : 'possible',
    why: `${set}, the client takes h2, and a WebSocket handshake is HTTP/1.1`,
  });
}

function policyOf(listener: NetworkListener, walk: Walk): { name: AlpnPolicy; byDefault: boolean } | undefined {
  const settled = walk.settle(listener.alpn);
  if (settled.kind === 'absent') return { name: 'None', byDefault: true };
  const names = settled.kind === 'unknown' ? [] : items(settled).map(({ value }) => asText(walk.settle(value)));
  const name = names.length === 0 && settled.kind === 'list' ? 'None' : names[0];
  if (name !== undefined) return isAlpnPolicy(name) ? { name, byDefault: names.length === 0 } : undefined;
  const tried = walk.choose((Object.keys(ALPN_POLICIES) as AlpnPolicy[]).map((value) => ({ value })), reasonOf(settled));
  return tried && { name: tried, byDefault: false };
}
