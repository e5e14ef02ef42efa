// The settings of Network Load Balancers as the templates give them: balancers, listeners, target groups. Values stay
// values; a walk settles them. Listeners of application and gateway balancers are left out.
// Facts: AWS::ElasticLoadBalancingV2 resource reference; NLB guide "Listeners" (protocols), "Target groups" (target types).

import { asText, declarations, get, items, pick, Resource, Templates, Value } from '../../template';
import { attributeOf, targetsOf } from '../alb/settings';
import { ecsServers, KnownServer } from '../ecs';
import { ConnectPort, readConnect } from '../service-connect/ports';

export interface NetworkBalancer {
  readonly resource: Resource;
  readonly securityGroups: Value;
  readonly addressType: Value;
  readonly listeners: NetworkListener[];
}

export interface NetworkListener {
  readonly resource: Resource;
  /** Undefined: the balancer is outside these templates. */
  readonly balancer?: NetworkBalancer;
  readonly protocol: Value;
  readonly port: Value;
  readonly sslPolicy: Value;
  readonly alpn: Value;
  readonly idleTimeout: Value;
  readonly targets: readonly { readonly group: Value; readonly weight: Value }[];
}

export interface NetworkGroup {
  readonly resource: Resource;
  readonly protocol: Value;
  readonly targetType: Value;
  readonly port: Value;
  readonly targets: Value;
  readonly health: { readonly enabled: Value; readonly protocol: Value; readonly port: Value; readonly path: Value; readonly httpCode: Value };
  readonly servers: readonly KnownServer[];
  /** The Service Connect proxy that takes what the group sends to an ECS task. */
  readonly proxy?: ConnectPort;
}

export interface Nlbs {
  readonly balancers: readonly NetworkBalancer[];
  readonly listeners: readonly NetworkListener[];
  /** Those that network listeners forward to. */
  readonly groups: ReadonlyMap<string, NetworkGroup>;
}

/** Protocols that carry HTTP over TCP; UDP and QUIC listeners take no client of ours. */
export const STREAMS: readonly string[] = ['TCP', 'TLS', 'TCP_UDP', 'TCP_QUIC'];
const NETWORK: readonly string[] = [...STREAMS, 'UDP', 'QUIC'];

export function readNlbs(templates: Templates): Nlbs {
  const types = new Map(templates.all('AWS::ElasticLoadBalancingV2::LoadBalancer').map((resource) => [resource.key, get(resource, 'Type')]));
  const balancers = new Map<string, NetworkBalancer>();
  for (const resource of templates.all('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    if (couldBe(types.get(resource.key)!, ['network'])) balancers.set(resource.key, readBalancer(resource));
  }
  const listeners: NetworkListener[] = [];
  for (const resource of templates.all('AWS::ElasticLoadBalancingV2::Listener')) {
    const of = get(resource, 'LoadBalancerArn');
    const type = of.kind === 'reference' ? types.get(of.resource.key) : undefined;
    if ((type && !couldBe(type, ['network'])) || !couldBe(get(resource, 'Protocol'), NETWORK)) continue;
    const listener = readListener(resource, of.kind === 'reference' ? balancers.get(of.resource.key) : undefined);
    listener.balancer?.listeners.push(listener);
    listeners.push(listener);
  }
  return { balancers: [...balancers.values()], listeners, groups: readGroups(templates, listeners) };
}

/** Whether the value is, or has among its alternatives, one of the names. */
export function couldBe(value: Value, names: readonly string[]): boolean {
  if (value.kind === 'one-of') return value.options.some((option) => couldBe(option.value, names));
  return names.includes(asText(value) ?? '');
}

function readBalancer(resource: Resource): NetworkBalancer {
  return { resource, securityGroups: get(resource, 'SecurityGroups'), addressType: get(resource, 'IpAddressType'), listeners: [] };
}

function readListener(resource: Resource, balancer: NetworkBalancer | undefined): NetworkListener {
  return {
    resource,
    balancer,
    protocol: get(resource, 'Protocol'),
    port: get(resource, 'Port'),
    sslPolicy: get(resource, 'SslPolicy'),
    alpn: get(resource, 'AlpnPolicy'),
    idleTimeout: attributeOf(get(resource, 'ListenerAttributes'), 'tcp.idle_timeout.seconds'),
    targets: targetsOf(get(resource, 'DefaultActions')).filter(({ weight }) => asText(weight) !== '0'),
  };
}

/** The target groups of a listener that these templates hold. */
export function groupsOf(listener: NetworkListener, nlbs: Nlbs): NetworkGroup[] {
  return listener.targets.flatMap(({ group }) => {
    const options = group.kind === 'one-of' ? group.options.map((option) => option.value) : [group];
    return options.flatMap((option) => (option.kind === 'reference' ? (nlbs.groups.get(option.resource.key) ?? []) : []));
  });
}

function readGroups(templates: Templates, listeners: readonly NetworkListener[]): Map<string, NetworkGroup> {
  const wanted = new Map<string, Resource>();
  for (const { group } of listeners.flatMap(({ targets }) => targets)) {
    for (const option of group.kind === 'one-of' ? group.options.map(({ value }) => value) : [group]) {
      if (option.kind === 'reference' && option.resource.type === 'AWS::ElasticLoadBalancingV2::TargetGroup') wanted.set(option.resource.key, option.resource);
    }
  }
  if (wanted.size === 0) return new Map();
  const servers = ecsServers(templates);
  const connect = readConnect(templates);
  return new Map([...wanted].map(([key, resource]) => [key, readGroup(resource, servers.get(key) ?? [], connect.behind.get(key))]));
}

function readGroup(resource: Resource, fromEcs: readonly KnownServer[], proxy: ConnectPort | undefined): NetworkGroup {
  const own = declarations(resource).servers.map((server): KnownServer => ({ ...server, declared: true, by: `declared in Metadata of ${resource.id}` }));
  const inferred = fromEcs.map((server) => (server.declared || own.length === 0 ? server : { ...server, speaks: server.speaks.filter((word) => word === 'tls') }));
  return {
    resource,
    protocol: get(resource, 'Protocol'),
    targetType: get(resource, 'TargetType'),
    port: get(resource, 'Port'),
    targets: get(resource, 'Targets'),
    health: {
      enabled: get(resource, 'HealthCheckEnabled'),
      protocol: get(resource, 'HealthCheckProtocol'),
      port: get(resource, 'HealthCheckPort'),
      path: get(resource, 'HealthCheckPath'),
      httpCode: get(resource, 'Matcher', 'HttpCode'),
    },
    servers: [...own, ...inferred],
    proxy,
  };
}

/** The load balancer that is a group's target, and its port. */
export function albTarget(group: NetworkGroup): { readonly resource: Resource; readonly port: Value } | undefined {
  for (const { value } of items(group.targets)) {
    const id = pick(value, 'Id');
    const port = pick(value, 'Port');
    if (id.kind === 'reference') return { resource: id.resource, port: port.kind === 'absent' ? group.port : port };
  }
  return undefined;
}
