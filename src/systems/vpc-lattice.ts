// VPC Lattice services: HTTP, HTTPS and TLS pass-through listeners. Lattice changes HTTP versions between client and target
// as the target group asks, and knows no WebSocket.
// Facts: VPC Lattice guide "Listeners" ("does not support WebSockets"; upgrading and downgrading between versions; ALPN h2 and
// http/1.1), "HTTPS listeners" (TLS 1.2 or 1.3); AWS::VpcLattice::TargetGroup (ProtocolVersion HTTP1 by default).
// gRPC to a group that is not GRPC, and HTTP/1.0: documented nowhere.

import { commonTls, HttpVersion } from '../protocol';
import { asText, declarations, get, items, pick, Resource, Value } from '../template';
import { KnownServer } from './ecs';
import { Answer, cannotKnow, Entry, fail, IMPOSSIBLE, Intent, Network, Request, Sample, System, Target } from './hop';
import { exampleOf } from './pattern';
import { Arrival, blamesProxy, kindsOf, reply, serversFor } from './server';
import { Walk } from './walk';

const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };

interface Listener {
  readonly resource: Resource;
  readonly service?: Resource;
  readonly protocol: Value;
  readonly groups: readonly Group[];
}

interface Group {
  readonly resource: Resource;
  readonly protocol: Value;
  readonly version: Value;
  readonly port: Value;
  readonly servers: readonly KnownServer[];
}

export function vpcLatticeSystem(network: Network): System {
  const listeners = network.templates.all('AWS::VpcLattice::Listener').map(read);
  return { entries: listeners.map(entry), errands: [] };
}

function read(resource: Resource): Listener {
  const of = get(resource, 'ServiceIdentifier');
  const targets = items(get(resource, 'DefaultAction', 'Forward', 'TargetGroups')).map(({ value }) => pick(value, 'TargetGroupIdentifier'));
  return {
    resource,
    service: of.kind === 'reference' ? of.resource : undefined,
    protocol: get(resource, 'Protocol'),
    groups: targets.flatMap((target) => (target.kind === 'reference' ? [readGroup(target.resource)] : [])),
  };
}

function readGroup(resource: Resource): Group {
  const config = get(resource, 'Config');
  const servers = declarations(resource).servers.map((server) => ({ ...server, declared: true, by: `declared in Metadata of ${resource.id}` }));
  return { resource, protocol: pick(config, 'Protocol'), version: pick(config, 'ProtocolVersion'), port: pick(config, 'Port'), servers };
}

function entry(listener: Listener): Entry {
  return {
    resource: listener.resource,
    schemes: (walk) => (walk.text(listener.protocol, 'HTTPS', ['HTTP', 'HTTPS']) === 'HTTP' ? ['http'] : ['https']),
    samples: samplesOf(listener),
    receive: (request, walk) => receive(request, listener, walk),
  };
}

function samplesOf({ resource, groups }: Listener): Sample[] {
  const servers = groups.flatMap((group) => group.servers);
  const grpc: Intent[] = groups.some((group) => asText(group.version) === 'GRPC') ? [{ kind: 'grpc', by: 'inferred' }] : [];
  const here = [...kindsOf(servers.filter(({ path }) => path === undefined)), ...grpc];
  const kinds = here.length ? [...new Map(here.map((intent) => [intent.kind, intent])).values()] : [{ kind: 'http', by: 'inferred' } as const];
  const paths = [...servers, ...declarations(resource).routes.map((route) => ({ ...route, only: false, transports: [], declared: true, by: '' }))];
  return [
    { target: ELSEWHERE, kinds },
    ...paths.flatMap((server): Sample[] => {
      const { path } = server;
      return path === undefined ? [] : [{ target: { ...ELSEWHERE, path: exampleOf(path) }, says: path, kinds: kindsOf([server]) }];
    }),
  ];
}

function receive(request: Request, listener: Listener, walk: Walk): Answer {
  const { resource, service, groups } = listener;
  if (service) walk.through(service);
  walk.through(resource);
  const protocol = walk.text(listener.protocol, 'HTTPS', ['HTTP', 'HTTPS']);
  if (protocol === 'TLS_PASSTHROUGH') return cannotKnow(`${resource.id} passes TLS on to its targets`);
  if ((protocol === 'HTTPS') !== (request.scheme === 'https')) return IMPOSSIBLE;
  if (request.scheme === 'https' && commonTls(['1.2', '1.3'], request.sender.tls).length === 0) {
    return fail('tls-handshake-failure', {
      cause: 'TlsFloorAboveClient',
      resource,
      property: 'Properties.Protocol',
      byDefault: true,
      why: `VPC Lattice accepts TLS 1.2 and 1.3, and ${request.sender.name} speaks TLS ${request.sender.tls.join(' and ')} only`,
    });
  }
  if (request.kind === 'websocket') {
    return fail('ws-handshake-failure', {
      cause: 'HopWithoutWebSocket',
      ...(request.routedBy ?? { resource, property: 'Properties.DefaultAction' }),
      why: `${resource.id} is a listener of VPC Lattice, which supports no WebSocket`,
    });
  }
  if (request.sender.versions[0] === '1.0') return cannotKnow('what VPC Lattice does with HTTP/1.0 is documented nowhere');
  walk.accepts(['1.2', '1.3']);
  walk.leg(service ?? resource, request);
  const group = walk.choose(groups.map((value) => ({ value, says: `the request goes to ${value.resource.id}` })));
  return group ? toGroup(request, group, walk) : { outcome: 'served', note: 'the target group is outside these templates' };
}

function toGroup(request: Request, group: Group, walk: Walk): Answer {
  walk.through(group.resource);
  const version = walk.text(group.version, 'HTTP1', ['HTTP1', 'HTTP2', 'GRPC']);
  if (request.kind === 'grpc' && version !== 'GRPC') return cannotKnow(`whether VPC Lattice passes gRPC on to a target group with ProtocolVersion ${version} is documented nowhere`);
  if (request.kind !== 'grpc' && version === 'GRPC') return cannotKnow('what VPC Lattice answers to plain HTTP for a target group with ProtocolVersion GRPC is documented nowhere');
  const scheme = walk.text(group.protocol, 'HTTPS', ['HTTP', 'HTTPS']) === 'HTTPS' ? 'https' : 'http';
  const sent: HttpVersion = version === 'HTTP1' ? '1.1' : '2';
  const arrival: Arrival = { kind: request.kind, version: sent, scheme, tls: ['1.2', '1.3'], path: request.target.path };
  walk.toServer(arrival);
  const answer = reply(arrival, serversFor(group.servers, walk.number(group.port, scheme === 'https' ? 443 : 80), request.target.path));
  if (answer.does === 'serve') return { outcome: 'served', note: answer.assumed };
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  const proxy = blamesProxy(answer);
  if (proxy) return proxy;
  const causes = {
    'scheme': ['TargetSchemeMismatch', 'Properties.Config.Protocol'],
    'http-version': [sent === '2' ? 'Http1ServerAtHttp2TargetGroup' : 'Http2ServerAtHttp1TargetGroup', 'Properties.Config.ProtocolVersion'],
    'websocket-only': ['PlainHttpAtWebSocketOnlyServer', 'Metadata.cdk-handshake.server'],
  } as const;
  const [cause, property] = answer.mismatch in causes ? causes[answer.mismatch as keyof typeof causes] : (['ServerWithoutProtocol', 'Metadata.cdk-handshake.server'] as const);
  return fail(answer.with, { cause, resource: group.resource, property, why: answer.why, certainty: answer.certain ? 'certain' : 'possible' });
}
