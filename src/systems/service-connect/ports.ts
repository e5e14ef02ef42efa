// The ports that ECS Service Connect puts its proxy in front of: their AppProtocol, the names they are called by, the
// target groups that reach them. Only reading; what the proxy does to a request is proxy.ts.
// Facts: AWS::ECS::Service ServiceConnectConfiguration (ClientAliases; DiscoveryName defaults to the port name), AWS::ECS::
// TaskDefinition PortMapping (AppProtocol, absent means TCP); ECS guide "Service Connect": the ingress proxy listens on the
// container port, so that load balancers pass it too (documented).

import { Server } from '../../protocol';
import { asFlag, asNumber, asText, declarations, get, items, pick, Resource, Templates, Value } from '../../template';

export interface ConnectPort {
  readonly service: Resource;
  readonly task: Resource;
  readonly name: string;
  readonly containerPort?: number;
  readonly appProtocol: Value;
  /** Of the port mapping, from the task definition down. */
  readonly property: string;
  /** Names by which clients call it, with the port where one is given. */
  readonly aliases: readonly { readonly host: string; readonly port?: number }[];
  /** Declared on the service or the task, about this port. */
  readonly servers: readonly Server[];
}

export interface Connect {
  readonly ports: readonly ConnectPort[];
  /** The port behind a target group, by the group's key. */
  readonly behind: ReadonlyMap<string, ConnectPort>;
}

const read = new WeakMap<Templates, Connect>();

/** All Service Connect ports of the templates; read once. */
export function readConnect(templates: Templates): Connect {
  const before = read.get(templates);
  if (before) return before;
  const ports: ConnectPort[] = [];
  const behind = new Map<string, ConnectPort>();
  for (const service of templates.all('AWS::ECS::Service')) {
    const own = portsOf(service);
    ports.push(...own);
    if (own.length === 0) continue;
    for (const { value } of items(get(service, 'LoadBalancers'))) {
      const group = pick(value, 'TargetGroupArn');
      const port = own.find(({ containerPort }) => containerPort !== undefined && containerPort === asNumber(pick(value, 'ContainerPort')));
      if (group.kind === 'reference' && port) behind.set(group.resource.key, port);
    }
  }
  const connect = { ports, behind };
  read.set(templates, connect);
  return connect;
}

function portsOf(service: Resource): ConnectPort[] {
  const configuration = get(service, 'ServiceConnectConfiguration');
  const definition = get(service, 'TaskDefinition');
  if (configuration.kind === 'absent' || asFlag(pick(configuration, 'Enabled')) === false || definition.kind !== 'reference') return [];
  const task = definition.resource;
  const namespace = asText(pick(configuration, 'Namespace'));
  return items(pick(configuration, 'Services')).flatMap(({ value }) => {
    const name = asText(pick(value, 'PortName'));
    const mapping = name === undefined ? undefined : portMapping(task, name);
    if (name === undefined || !mapping) return [];
    const containerPort = asNumber(pick(mapping.value, 'ContainerPort'));
    const declared = [service, task].flatMap((resource) => declarations(resource).servers);
    return [{
      service,
      task,
      name,
      containerPort,
      appProtocol: pick(mapping.value, 'AppProtocol'),
      property: `${mapping.at}.AppProtocol`,
      aliases: aliasesOf(value, name, namespace, containerPort),
      servers: declared.filter(({ port }) => port === undefined || port === containerPort),
    }];
  });
}

function portMapping(task: Resource, name: string): { value: Value; at: string } | undefined {
  for (const [container, { value }] of items(get(task, 'ContainerDefinitions')).entries()) {
    for (const [index, { value: mapping }] of items(pick(value, 'PortMappings')).entries()) {
      if (asText(pick(mapping, 'Name')) === name) return { value: mapping, at: `Properties.ContainerDefinitions.${container}.PortMappings.${index}` };
    }
  }
  return undefined;
}

/** Without an alias of its own a service goes by discovery name and namespace; the bare name is accepted as well. */
function aliasesOf(service: Value, name: string, namespace: string | undefined, containerPort: number | undefined): ConnectPort['aliases'] {
  const discovery = asText(pick(service, 'DiscoveryName')) ?? name;
  const own = namespace === undefined ? [discovery] : [discovery, `${discovery}.${namespace}`];
  const aliases = items(pick(service, 'ClientAliases')).flatMap(({ value }) => {
    const dns = asText(pick(value, 'DnsName'));
    const port = asNumber(pick(value, 'Port'));
    return (dns === undefined ? own : [dns]).map((host) => ({ host, port }));
  });
  return [...aliases, ...own.map((host) => ({ host, port: aliases[0]?.port ?? containerPort }))];
}
