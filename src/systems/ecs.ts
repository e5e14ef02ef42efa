// What ECS says about the server behind a target group: container port, AppProtocol, Service Connect with TLS.
// Not here: Service Connect between services (its own system).
// Facts: ECS developer guide "Service Connect" (the ingress proxy listens on the container port; with TLS it accepts
// TLS 1.3 only: aws/containers-roadmap#2321); AppProtocol: API reference, PortMapping.

import { Server } from '../protocol';
import { asFlag, asNumber, asText, declarations, get, items, pick, Resource, Templates, Value } from '../template';

/** A declared server, or one that the template gives away. */
export interface KnownServer extends Server {
  /** What says so: "declared in Metadata of X", "AppProtocol grpc of container quotes". */
  readonly by: string;
  readonly declared: boolean;
  /** The resource whose Metadata declares it. */
  readonly declaredAt?: Resource;
  /** TLS versions it accepts, when fewer than 1.2 and 1.3. */
  readonly tls?: readonly string[];
  /** How many copies run behind the balancer, when known. */
  readonly copies?: number;
}

/** Servers by the target group (resource key) they stand behind. */
export function ecsServers(templates: Templates): Map<string, KnownServer[]> {
  const found = new Map<string, KnownServer[]>();
  for (const service of templates.all('AWS::ECS::Service')) {
    for (const { value: balancer } of items(get(service, 'LoadBalancers'))) {
      const group = pick(balancer, 'TargetGroupArn');
      if (group.kind !== 'reference') continue;
      const list = found.get(group.resource.key) ?? [];
      list.push(...serversOf(service, pick(balancer, 'ContainerName'), asNumber(pick(balancer, 'ContainerPort'))));
      found.set(group.resource.key, list);
    }
  }
  return found;
}

function serversOf(service: Resource, containerName: Value, port: number | undefined): KnownServer[] {
  const task = get(service, 'TaskDefinition');
  const definition = task.kind === 'reference' ? task.resource : undefined;
  const copies = asNumber(get(service, 'DesiredCount'));
  const servers: KnownServer[] = [service, definition].flatMap((resource) =>
    resource
      ? declarations(resource).servers.map((server) => ({
        ...server,
        copies,
        declared: true,
        by: `declared in Metadata of ${resource.id}`,
      }))
      : [],
  );
  const mapping = definition && portMapping(definition, asText(containerName), port);
  const name = mapping && asText(pick(mapping, 'Name'));
  const protocol = mapping && asText(pick(mapping, 'AppProtocol'));
  if (protocol === 'grpc') {
    servers.push({
      speaks: ['grpc'],
      only: false,
      transports: [],
      copies,
      declared: false,
      by: `AppProtocol grpc of the container port${name ? ` ${name}` : ''}`,
    });
  }
  if (name && serviceConnectTls(service, name)) {
    servers.push({
      speaks: ['tls'],
      only: false,
      transports: [],
      copies,
      declared: false,
      tls: ['1.3'],
      by: 'the Service Connect proxy with TLS accepts TLS 1.3 only',
    });
  }
  if (servers.length === 0 && copies !== undefined) {servers.push({ speaks: [], only: false, transports: [], copies, declared: false, by: '' });}
  return servers;
}

function portMapping(definition: Resource, container: string | undefined, port: number | undefined): Value | undefined {
  for (const { value } of items(get(definition, 'ContainerDefinitions'))) {
    if (container !== undefined && asText(pick(value, 'Name')) !== container) continue;
    for (const { value: mapping } of items(pick(value, 'PortMappings'))) {
      if (port === undefined || asNumber(pick(mapping, 'ContainerPort')) === port) return mapping;
    }
  }
  return undefined;
}

function serviceConnectTls(service: Resource, portName: string): boolean {
  const connect = get(service, 'ServiceConnectConfiguration');
  if (asFlag(pick(connect, 'Enabled')) === false) return false;
  return items(pick(connect, 'Services')).some(
    ({ value }) => asText(pick(value, 'PortName')) === portName && pick(value, 'Tls').kind === 'map',
  );
}
