// What stands behind an NLB listener: a server that is declared or given away, an ALB, or something that nobody names, which
// may be a database as well. Decides who is meant to come, and what they get from the server.
// Facts: facts of the server model (server/); Envoy and HTTP/1.0: service-connect/proxy.ts; an NLB passes HTTP/1.0 on
// (documented by omission: it works on TCP), so that servers which refuse it answer 426 (istio/istio#23411).

import { asNumber, asText } from '../../template';
import { versionsTowardTargets, DEFAULT_ELB_TLS_POLICY } from '../elb-tls';
import { Answer, cannotKnow, fail, IMPOSSIBLE, Intent, Network, Request } from '../hop';
import { Arrival, blamesProxy, kindsOf, Reply, reply, serversFor } from '../server';
import { throughProxy } from '../service-connect/proxy';
import { Walk } from '../walk';
import { albTarget, couldBe, NetworkGroup, NetworkListener } from './settings';

/** Ports of mail, directories, databases, brokers and the like: nobody is expected to speak HTTP there. */
const OTHER_PORTS: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 88, 110, 123, 143, 161, 389, 445, 465, 514, 587, 636, 853, 989, 990, 993, 995, 1433, 1521, 1883, 1935, 2049, 2181,
  3268, 3269, 3306, 3389, 4222, 5060, 5061, 5432, 5439, 5671, 5672, 6379, 6380, 6514, 7687, 8883, 9042, 9092, 9093, 9094, 9096, 9098,
  11211, 27017, 61614, 61616, 61617,
]);
/** Ports that mean HTTP by custom, when nothing else is said. */
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
const TLS_PORTS: ReadonlySet<number> = new Set([443, 8443]);

/** Whether a server of the group is declared, or known, to speak it. */
export function speaks(group: NetworkGroup, word: string): boolean {
  return group.servers.some((server) => (server.speaks as readonly string[]).includes(word));
}

/** Which clients are meant to come to the path; empty when nothing points to HTTP. */
export function intentsAt(listener: NetworkListener, groups: readonly NetworkGroup[], path: string): Intent[] {
  const said = groups.flatMap((group) => kindsOf(serversFor(group.servers, asNumber(group.port), path)));
  if (said.length) return [...new Map(said.map((intent) => [intent.kind, intent])).values()];
  const proxied = groups.flatMap(({ proxy }) => asText(proxy?.appProtocol ?? { kind: 'absent' }) ?? []);
  if (proxied.includes('grpc')) return [{ kind: 'grpc', by: 'inferred' }];
  const ports = [listener.port, ...groups.map(({ port }) => port)].map(asNumber);
  const other = ports.some((port) => port !== undefined && OTHER_PORTS.has(port));
  const web = ports.some((port) => port !== undefined && WEB_PORTS.has(port));
  const http = proxied.length > 0 || groups.some((group) => checkedByHttp(group)) || negotiates(listener);
  return http || (!other && (web || couldBe(listener.protocol, ['TLS']))) ? [{ kind: 'http', by: 'assumed' }] : [];
}

/** Whether something says that HTTP is spoken here, rather than nothing speaking against it. */
export function wellKnown(listener: NetworkListener, group: NetworkGroup | undefined): boolean {
  if (negotiates(listener)) return true;
  return group !== undefined && (group.proxy !== undefined || checkedByHttp(group) || group.servers.some((server) => server.speaks.length > 0));
}

function negotiates(listener: NetworkListener): boolean {
  const { alpn } = listener;
  const named = alpn.kind === 'list' ? alpn.items.map((item) => asText(item)) : [asText(alpn)];
  return named.some((name) => name !== undefined && name !== 'None');
}

/** The health check asks the traffic port over HTTP, so a server for HTTP it is. */
function checkedByHttp({ health }: NetworkGroup): boolean {
  const port = asText(health.port);
  return couldBe(health.protocol, ['HTTP', 'HTTPS']) && (health.port.kind === 'absent' || port === 'traffic-port');
}

/** How clients come to a listener that passes bytes: as the server behind it expects. */
export function schemeBehind(listener: NetworkListener, group: NetworkGroup): 'http' | 'https' {
  if (speaks(group, 'tls') || speaks(group, 'h2') || couldBe(group.health.protocol, ['HTTPS'])) return 'https';
  const ports = [listener.port, group.port].map(asNumber);
  return ports.some((port) => port !== undefined && TLS_PORTS.has(port)) ? 'https' : 'http';
}

/** The leg from the listener to the group. */
interface Leg { readonly listener: NetworkListener; readonly terminates: boolean }

/** What the server answers to a request whose version is settled. */
export function toTarget(request: Request, group: NetworkGroup, leg: Leg, walk: Walk): Answer {
  walk.through(group.resource);
  const version = request.version ?? '1.1';
  const kind = request.kind === 'websocket' && request.spoilt?.how === 'no-upgrade' ? 'http' : request.kind;
  const stopped = group.proxy && throughProxy(kind, version, group.proxy, walk);
  if (stopped) return stopped;
  const servers = serversFor(group.servers, walk.number(group.port, 80), request.target.path);
  const known = servers.some((server) => server.speaks.length > 0);
  const entered = request.port === undefined;
  if (!known && entered && !leg.terminates && !wellKnown(leg.listener, group)) return cannotKnow(`nothing says what listens behind ${group.resource.id}`);
  const http10 = version === '1.0' && !servers.some(({ hops }) => hops?.length) ? refusesHttp10(servers) : undefined;
  if (http10) {
    return fail('426', {
      cause: 'Http10AtHttp11Server',
      resource: leg.listener.resource,
      property: 'Properties.Protocol',
      why: `the listener passes HTTP/1.0 on as it is, and the server refuses it (${http10}), as Envoy does with 426`,
    });
  }
  const encrypts = leg.terminates && walk.text(group.protocol, 'TCP', ['TCP', 'TLS']) === 'TLS';
  const scheme = leg.terminates ? (encrypts ? 'https' : 'http') : request.scheme;
  const tls = leg.terminates ? offered(leg.listener, walk) : request.sender.tls;
  const arrival: Arrival = { kind: request.kind, version, scheme, tls, path: request.target.path, spoilt: request.spoilt?.how };
  walk.toServer(arrival);
  const answer = reply(arrival, servers);
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  if (answer.does === 'refuse') return refused(answer, request, group, leg);
  return (request.kind === 'websocket' ? idle(group, servers, leg, walk) : undefined) ?? { outcome: 'served', note: answer.assumed };
}

/** TLS versions toward a group with Protocol TLS follow from the listeners' policies, as on an ALB. */
function offered(listener: NetworkListener, walk: Walk): readonly string[] {
  const listeners = listener.balancer?.listeners ?? [listener];
  const names = listeners.filter((other) => asText(other.protocol) === 'TLS').map((other) => {
    const policy = walk.settle(other.sslPolicy);
    if (policy.kind === 'absent') return DEFAULT_ELB_TLS_POLICY;
    // A policy that cannot be read decides what targets are offered: both kinds are tried, and a difference ends as unknown.
    const kinds = [{ value: DEFAULT_ELB_TLS_POLICY }, { value: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }];
    return asText(policy) ?? walk.choose(kinds, 'a TLS policy of the load balancer is unknown') ?? DEFAULT_ELB_TLS_POLICY;
  });
  return versionsTowardTargets(names);
}

/** What says that the server takes HTTP/1.1 or newer only. */
function refusesHttp10(servers: NetworkGroup['servers']): string | undefined {
  const words = new Set(servers.flatMap((server) => server.speaks as readonly string[]));
  if (words.has('http/1.0') || !['http/1.1', 'h2', 'h2c', 'grpc'].some((word) => words.has(word))) return undefined;
  return servers.find((server) => server.declared && (server.only || server.plainHttpAnswer === 426))?.by;
}

/** The setting that does not suit the server. An NLB makes no HTTP answers of its own: what comes back is the server's. */
function refused(answer: Extract<Reply, { does: 'refuse' }>, request: Request, group: NetworkGroup, { listener, terminates }: Leg): Answer {
  const certainty = answer.certain ? 'certain' : 'possible';
  if (request.spoilt) return { outcome: answer.with, fault: { ...request.spoilt.fault, why: `${request.spoilt.fault.why}; ${answer.why}`, certainty: answer.certain ? request.spoilt.fault.certainty : 'possible' } };
  const proxy = blamesProxy(answer);
  if (proxy) return proxy;
  const atListener = { resource: listener.resource, property: 'Properties.AlpnPolicy', why: answer.why, certainty } as const;
  const atGroup = { resource: group.resource, property: 'Metadata.cdk-handshake.server', why: answer.why, certainty } as const;
  switch (answer.mismatch) {
    case 'scheme': return fail(answer.with === '502' ? 'tls-handshake-failure' : answer.with, {
      cause: 'TargetSchemeMismatch',
      ...(request.routedBy ?? { resource: group.resource, property: 'Properties.Protocol' }),
      certainty,
      why: answer.why,
    });
    case 'tls-version': return fail('tls-handshake-failure', { cause: 'TargetNeedsNewerTls', ...(terminates ? { ...atListener, property: 'Properties.SslPolicy' } : atGroup) });
    case 'websocket-only': return fail(answer.with, { cause: 'PlainHttpAtWebSocketOnlyServer', ...atGroup });
    case 'http-version':
      if (request.version === '2') return fail('400', { cause: terminates ? 'AlpnSelectsHttp2BeforeHttp1Server' : 'ServerWithoutProtocol', ...(terminates ? atListener : atGroup) });
      if (terminates && request.sender.alpn.includes('h2')) {
        return fail('400', {
          cause: 'AlpnWithoutHttp2',
          ...atListener,
          why: `the listener selects no h2 by ALPN, so the client falls back to HTTP/1.1; ${answer.why}`,
        });
      }
      return fail('400', { cause: 'ServerWithoutProtocol', ...atGroup });
    case 'spoilt':
    case 'not-websocket':
    case 'not-grpc': return fail(answer.with, { cause: 'ServerWithoutProtocol', ...atGroup });
  }
}

/** A quiet connection is dropped after the idle timeout; TLS listeners have a fixed one. */
function idle(group: NetworkGroup, servers: NetworkGroup['servers'], { listener, terminates }: Leg, walk: Walk): Answer | undefined {
  const ping = Math.max(0, ...servers.map((server) => server.pingIntervalSeconds ?? 0));
  if (ping === 0) return undefined;
  const timeout = terminates ? 350 : walk.number(listener.idleTimeout, 350);
  if (timeout === undefined) return cannotKnow(`the TCP idle timeout of ${listener.resource.id} is unknown`);
  if (timeout > ping) return undefined;
  return fail('ws-close-1006', {
    cause: 'FlowIdleTimeoutNotAbovePing',
    resource: listener.resource,
    property: terminates ? 'Properties.Protocol' : 'Properties.ListenerAttributes',
    byDefault: listener.idleTimeout.kind === 'absent',
    why: `the listener drops a connection that is idle for ${timeout} s${terminates ? ' (fixed for TLS listeners)' : ''}, and the server behind ${group.resource.id} pings every ${ping} s only`,
  });
}

/** On to the ALB that is the group's target, by the port that both must have. */
export function throughAlb(request: Request, group: NetworkGroup, network: Network, walk: Walk): Answer {
  walk.through(group.resource);
  const target = albTarget(group);
  const door = target && network.door(target.resource);
  const port = target && walk.number(target.port, 80);
  if (!door || port === undefined) return cannotKnow(`the load balancer behind ${group.resource.id} is outside these templates`);
  const listening = door.listening(port, walk);
  if (listening.is === 'unknown') return cannotKnow(listening.because);
  if (listening.is === 'closed') return cannotKnow(`nothing listens on port ${port} of ${door.resource.id}`);
  if (listening.is !== 'bytes' && listening.is !== request.scheme) return IMPOSSIBLE;
  return door.receive({ ...request, port }, walk);
}
