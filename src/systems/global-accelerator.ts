// Global Accelerator: TCP flows go to a load balancer as they are, on the port that the client chose or an override's. It
// knows no HTTP, so it neither causes nor cures anything; the path goes on at the endpoint.
// Facts: Global Accelerator guide "Listeners", "Endpoint groups" (PortOverrides); pass-through: documented in general.

import { asNumber, asText, get, items, pick, Resource, Value } from '../template';
import { Answer, cannotKnow, Door, Entry, IMPOSSIBLE, Network, Request, System } from './hop';
import { Walk } from './walk';

interface Accelerator {
  readonly listener: Resource;
  readonly accelerator?: Resource;
  /** The port of this entry; an accelerator's listener has one per port. */
  readonly port: number;
  readonly groups: readonly Resource[];
}

/** Ports that are tried when a listener opens a range of them. */
const USUAL: readonly number[] = [80, 443];

export function globalAcceleratorSystem(network: Network): System {
  const { templates } = network;
  const listeners = templates.all('AWS::GlobalAccelerator::Listener').filter((listener) => asText(get(listener, 'Protocol')) !== 'UDP');
  if (listeners.length === 0) return { entries: [], errands: [] };
  const groups = templates.all('AWS::GlobalAccelerator::EndpointGroup');
  const entries = listeners.flatMap((listener) => {
    const own = groups.filter((group) => isOf(get(group, 'ListenerArn'), listener));
    const of = get(listener, 'AcceleratorArn');
    return portsOf(listener).map((port) => entry({ listener, accelerator: of.kind === 'reference' ? of.resource : undefined, port, groups: own }, network));
  });
  return { entries, errands: [] };
}

function isOf(value: Value, resource: Resource): boolean {
  return value.kind === 'reference' && value.resource === resource;
}

function portsOf(listener: Resource): number[] {
  const ranges = items(get(listener, 'PortRanges')).map(({ value }) => [asNumber(pick(value, 'FromPort')), asNumber(pick(value, 'ToPort'))]);
  const ports = ranges.flatMap(([from, to]) => {
    if (from === undefined || to === undefined) return [];
    return from === to ? [from] : USUAL.filter((port) => port >= from && port <= to);
  });
  return [...new Set(ports)];
}

function entry(accelerator: Accelerator, network: Network): Entry {
  const endpoints = () => accelerator.groups.flatMap((group) => endpointsOf(group, accelerator.port, network));
  return {
    resource: accelerator.listener,
    schemes: (walk) => endpoints().flatMap(({ door, port }) => {
      const { is } = door.listening(port, walk);
      return is === 'http' || is === 'https' ? [is] : is === 'bytes' ? [port === 443 ? 'https' : 'http'] : [];
    }),
    get samples() {
      return endpoints().flatMap(({ door }) => door.samples());
    },
    receive: (request, walk) => receive(request, accelerator, endpoints(), walk),
  };
}

interface Endpoint { readonly group: Resource; readonly door: Door; readonly port: number }

function endpointsOf(group: Resource, port: number, network: Network): Endpoint[] {
  const override = items(get(group, 'PortOverrides')).find(({ value }) => asNumber(pick(value, 'ListenerPort')) === port);
  const inner = override ? asNumber(pick(override.value, 'EndpointPort')) : port;
  return items(get(group, 'EndpointConfigurations')).flatMap(({ value }) => {
    const id = pick(value, 'EndpointId');
    const door = id.kind === 'reference' && asText(pick(value, 'Weight')) !== '0' ? network.door(id.resource) : undefined;
    return door && inner !== undefined ? [{ group, door, port: inner }] : [];
  });
}

function receive(request: Request, { accelerator, listener }: Accelerator, endpoints: readonly Endpoint[], walk: Walk): Answer {
  if (accelerator) walk.through(accelerator);
  walk.through(listener);
  const taken = walk.choose(endpoints.map((value) => ({ value, says: `the flow goes to ${value.door.resource.id}` })));
  if (!taken) return cannotKnow(`the endpoints of ${listener.id} are outside these templates`);
  const listening = taken.door.listening(taken.port, walk);
  if (listening.is === 'unknown') return cannotKnow(listening.because);
  if (listening.is === 'closed') return cannotKnow(`nothing listens on port ${taken.port} of ${taken.door.resource.id}`);
  if (listening.is !== 'bytes' && listening.is !== request.scheme) return IMPOSSIBLE;
  return taken.door.receive({ ...request, port: taken.port }, walk);
}
