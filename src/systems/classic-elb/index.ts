// Classic Load Balancer: HTTP and HTTPS listeners speak HTTP/1.1 and lose the Upgrade header; TCP and SSL listeners pass bytes.
// TLS ends at 1.2 and without ALPN, whatever the policy.
// Facts: Classic guide "Listeners" (protocols), "Predefined SSL security policies", "Configure the idle connection timeout"
// (60 s). WebSocket through TCP and SSL listeners only: reported (kubernetes/ingress-nginx#3746, istio/istio#11579,
// socketio/socket.io#1846, which saw 400). No HTTP/2: ELB feature comparison. HTTP/1.1 toward instances: ELB user guide.

import { commonTls, HttpVersion, nameTls, TLS_VERSIONS } from '../../protocol';
import { asNumber, asText, get, Value } from '../../template';
import { Answer, cannotKnow, Door, Entry, fail, IMPOSSIBLE, Intent, Network, Request, Sample, System, Target } from '../hop';
import { exampleOf } from '../pattern';
import { Arrival, blamesProxy, kindsOf, Reply, reply, serversFor } from '../server';
import { Walk } from '../walk';
import { ClassicBalancer, ClassicListener, readClassic } from './settings';

const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };
const SECURE: readonly string[] = ['HTTPS', 'SSL'];

export function classicSystem(network: Network): System {
  const balancers = readClassic(network.templates);
  const entries = balancers.flatMap((balancer) => balancer.listeners.map((listener) => entry(listener, balancer)));
  return { entries, doors: balancers.map(door), errands: [] };
}

function entry(listener: ClassicListener, balancer: ClassicBalancer): Entry {
  const secure = has(listener.protocol, SECURE);
  return {
    resource: balancer.resource,
    schemes: (walk) => (SECURE.includes(protocolOf(listener, walk) ?? '') ? ['https'] : ['http']),
    samples: samplesOf(listener, balancer),
    tlsSetting: secure ? { resource: balancer.resource, property: listener.tls.property, value: listener.tls.value } : undefined,
    receive: (request, walk) => receive(request, listener, balancer, walk),
  };
}

function door(balancer: ClassicBalancer): Door {
  const on = (port: number | undefined, walk: Walk) => balancer.listeners.find((listener) => walk.number(listener.port, 0) === port);
  return {
    resource: balancer.resource,
    samples: () => balancer.listeners.flatMap((listener) => samplesOf(listener, balancer)),
    certificateNames: () => undefined,
    listening: (port, walk) => {
      const listener = on(port, walk);
      if (!listener) return balancer.listeners.some(({ port: open }) => asNumber(open) === undefined) ? { is: 'unknown', because: 'a listener\'s port is unknown' } : { is: 'closed' };
      const protocol = protocolOf(listener, walk) ?? '';
      return { is: SECURE.includes(protocol) ? 'https' : protocol === 'TCP' ? 'bytes' : 'http', setting: { resource: balancer.resource, property: `${listener.at}.Protocol` } };
    },
    receive: (request, walk) => {
      const listener = on(request.port, walk);
      return listener ? receive(request, listener, balancer, walk) : cannotKnow(`what listens on port ${request.port} of ${balancer.resource.id} is unknown`);
    },
  };
}

function has(value: Value, names: readonly string[]): boolean {
  return value.kind === 'one-of' ? value.options.some((option) => has(option.value, names)) : names.includes(asText(value)?.toUpperCase() ?? '');
}

/** Templates write http as well as HTTP. */
function protocolOf(listener: ClassicListener, walk: Walk): string | undefined {
  return walk.text(listener.protocol, '', ['HTTP', 'HTTPS', 'TCP', 'SSL'])?.toUpperCase();
}

/** TCP and SSL listeners may carry anything; HTTP ones carry HTTP. */
function samplesOf(listener: ClassicListener, balancer: ClassicBalancer): Sample[] {
  const http = has(listener.protocol, ['HTTP', 'HTTPS']);
  const about = serversFor(balancer.servers, asNumber(listener.instancePort), ELSEWHERE.path);
  const kinds = kindsOf(about);
  const open = http && !kinds.some(({ kind }) => kind === 'http') && !about.some(({ only }) => only);
  const all: Intent[] = open ? [...kinds, { kind: 'http', by: 'assumed' }] : kinds;
  const samples: Sample[] = all.length ? [{ target: ELSEWHERE, kinds: all }] : [];
  for (const server of balancer.servers) {
    const { path } = server;
    if (path !== undefined) samples.push({ target: { ...ELSEWHERE, path: exampleOf(path) }, says: path, kinds: kindsOf([server]) });
  }
  return samples;
}

function receive(request: Request, listener: ClassicListener, balancer: ClassicBalancer, walk: Walk): Answer {
  walk.through(balancer.resource);
  const protocol = protocolOf(listener, walk);
  const secure = SECURE.includes(protocol ?? '');
  if (protocol !== 'TCP' && secure !== (request.scheme === 'https')) return IMPOSSIBLE;
  const failed = secure ? handshake(request, listener) : undefined;
  if (failed) return failed;
  const http = protocol === 'HTTP' || protocol === 'HTTPS';
  if (protocol !== 'TCP') {
    walk.accepts(listener.tls.versions);
    walk.leg(balancer.resource, { ...request, version: http ? '1.1' : undefined });
  }
  if (request.kind === 'grpc' && protocol !== 'TCP') {
    return fail(secure ? 'tls-handshake-failure' : '502', {
      cause: 'ClassicBalancerWithoutHttp2',
      resource: balancer.resource,
      property: `${listener.at}.Protocol`,
      why: `a Classic Load Balancer speaks no HTTP/2, and its ${protocol} listener selects no h2`,
    });
  }
  const spoilt = http && request.kind === 'websocket' && !request.spoilt ? lost(request, listener, balancer, protocol) : request;
  return toInstance(spoilt, listener, balancer, { http, version: http ? '1.1' : versionOf(request) }, walk);
}

function lost(request: Request, listener: ClassicListener, balancer: ClassicBalancer, protocol: string): Request {
  const at = request.routedBy ?? { resource: balancer.resource, property: `${listener.at}.Protocol` };
  const why = `an ${protocol} listener of a Classic Load Balancer does not pass the Upgrade header on; TCP and SSL listeners do`;
  return { ...request, spoilt: { how: 'no-upgrade', fault: { cause: 'HopWithoutWebSocket', ...at, why, certainty: 'certain' } } };
}

function versionOf({ version, sender, kind }: Request): HttpVersion {
  return version ?? (kind === 'grpc' ? '2' : (sender.versions.find((candidate) => candidate === '1.1' || candidate === '1.0') ?? '1.1'));
}

function handshake({ sender }: Request, { tls, balancer }: ClassicListener): Answer | undefined {
  if (tls.versions === undefined) return sender.tls.includes('1.2') ? undefined : cannotKnow(`the TLS policy of ${balancer.id} is unknown`);
  if (commonTls(tls.versions, sender.tls).length > 0) return undefined;
  const newer = TLS_VERSIONS.indexOf(sender.tls[0]) > TLS_VERSIONS.indexOf('1.2');
  // That there is no TLS 1.3 is no setting of the template's, so it is no error unless somebody asks for it.
  return fail('tls-handshake-failure', {
    cause: newer ? 'ClassicBalancerWithoutTls13' : 'TlsFloorAboveClient',
    resource: balancer,
    property: tls.property,
    byDefault: newer || tls.byDefault,
    why: `${tls.byDefault ? `no policy is set, which means ${tls.name}` : tls.name} accepts ${nameTls(tls.versions)}, and ${sender.name} speaks ${nameTls(sender.tls)} only`,
  });
}

interface Leg { readonly http: boolean; readonly version: HttpVersion }

function toInstance(request: Request, listener: ClassicListener, balancer: ClassicBalancer, leg: Leg, walk: Walk): Answer {
  const inner = walk.text(listener.instanceProtocol, '', ['HTTP', 'HTTPS', 'TCP', 'SSL'])?.toUpperCase() ?? '';
  const servers = serversFor(balancer.servers, walk.number(listener.instancePort, 0), request.target.path);
  const known = servers.some((server) => server.speaks.length > 0);
  if (!known && !leg.http) return cannotKnow(`nothing says what listens behind ${balancer.resource.id}`);
  const scheme = SECURE.includes(inner) ? 'https' : inner === '' && !leg.http ? request.scheme : 'http';
  const arrival: Arrival = { kind: request.kind, version: leg.version, scheme, tls: ['1.0', '1.1', '1.2'], path: request.target.path, spoilt: request.spoilt?.how };
  walk.toServer(arrival);
  const answer = reply(arrival, servers);
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  if (answer.does === 'serve') return (request.kind === 'websocket' ? idle(balancer, servers, walk) : undefined) ?? { outcome: 'served', note: answer.assumed };
  return refused(answer, request, listener, balancer);
}

function refused(answer: Extract<Reply, { does: 'refuse' }>, request: Request, listener: ClassicListener, { resource }: ClassicBalancer): Answer {
  const certainty = answer.certain ? 'certain' : 'possible';
  if (request.spoilt) return { outcome: answer.with, fault: { ...request.spoilt.fault, why: `${request.spoilt.fault.why}; ${answer.why}`, certainty: answer.certain ? request.spoilt.fault.certainty : 'possible' } };
  const proxy = blamesProxy(answer);
  if (proxy) return proxy;
  if (answer.mismatch === 'scheme') {
    return fail(answer.with, {
      cause: 'TargetSchemeMismatch',
      resource,
      property: `${listener.at}.InstanceProtocol`,
      certainty,
      why: answer.why,
    });
  }
  const cause = answer.mismatch === 'websocket-only' ? 'PlainHttpAtWebSocketOnlyServer' : 'ServerWithoutProtocol';
  return fail(answer.with, { cause, resource, property: 'Metadata.cdk-handshake.server', why: answer.why, certainty });
}

function idle(balancer: ClassicBalancer, servers: ClassicBalancer['servers'], walk: Walk): Answer | undefined {
  const ping = Math.max(0, ...servers.map((server) => server.pingIntervalSeconds ?? 0));
  const timeout = walk.number(balancer.idleTimeout, 60);
  if (ping === 0 || timeout === undefined || timeout > ping) return undefined;
  return fail('ws-close-1006', {
    cause: 'FlowIdleTimeoutNotAbovePing',
    resource: balancer.resource,
    property: 'Properties.ConnectionSettings.IdleTimeout',
    byDefault: get(balancer.resource, 'ConnectionSettings', 'IdleTimeout').kind === 'absent',
    why: `the load balancer closes a connection that is idle for ${timeout} s, and the server behind it pings every ${ping} s only`,
  });
}
