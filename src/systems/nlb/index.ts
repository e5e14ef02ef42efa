// Network Load Balancer: what it is recognised by, the doors it opens, what is refused and checked. Most NLBs carry something
// other than HTTP, so a listener becomes an entry for HTTP clients only where something points to HTTP (target.ts).
// Facts: Elastic Load Balancing guides; each file names its own.

import { asNumber, asText, Resource } from '../../template';
import { certificateNames, requestedNames } from '../certificate';
import { cannotKnow, Door, Entry, Errand, Listening, Network, Sample, System, Target } from '../hop';
import { exampleOf } from '../pattern';
import { kindsOf } from '../server';
import { Walk } from '../walk';
import { groupRefusal, listenerRefusal } from './deployment';
import { healthCheck } from './health';
import { receive } from './listener';
import { albTarget, couldBe, groupsOf, NetworkBalancer, NetworkGroup, NetworkListener, Nlbs, readNlbs, STREAMS } from './settings';
import { intentsAt, schemeBehind } from './target';

const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };

export function nlbSystem(network: Network): System {
  const nlbs = readNlbs(network.templates);
  const groups = [...nlbs.groups.values()];
  const streams = nlbs.listeners.filter((listener) => couldBe(listener.protocol, STREAMS));
  return {
    entries: streams.map((listener) => entry(listener, nlbs, network)),
    doors: nlbs.balancers.map((balancer) => balancerDoor(balancer, nlbs, network)),
    errands: [
      ...nlbs.listeners.map((listener) => errand('deployment', listener.resource, (walk) => listenerRefusal(listener, nlbs, walk))),
      ...groups.map((group) => errand('deployment', group.resource, (walk) => groupRefusal(group, network, walk))),
      ...groups.filter(({ targetType, health }) => couldBe(targetType, ['alb']) || couldBe(health.protocol, ['HTTP', 'HTTPS']))
        .map((group) => errand('health-check', group.resource, (walk) => healthCheck(group, network, walk))),
    ],
  };
}

function errand(kind: Errand['kind'], resource: Resource, go: (walk: Walk) => ReturnType<Errand['go']>): Errand {
  return { kind, resource, go };
}

function entry(listener: NetworkListener, nlbs: Nlbs, network: Network): Entry {
  let made: readonly Sample[] | undefined;
  return {
    resource: listener.resource,
    within: listener.balancer?.resource,
    schemes: (walk) => schemes(listener, nlbs, network, walk),
    get samples() {
      return (made ??= samplesOf(listener, nlbs, network));
    },
    tlsSetting: couldBe(listener.protocol, ['TLS']) ? { resource: listener.resource, property: 'Properties.SslPolicy', value: listener.sslPolicy } : undefined,
    receive: (request, walk) => receive(request, listener, nlbs, network, walk),
  };
}

function schemes(listener: NetworkListener, nlbs: Nlbs, network: Network, walk: Walk): ('http' | 'https')[] {
  const protocol = walk.text(listener.protocol, '', STREAMS);
  if (protocol === 'TLS') return ['https'];
  return groupsOf(listener, nlbs).flatMap((group) => {
    if (walk.text(group.targetType, 'instance', []) !== 'alb') return [schemeBehind(listener, group)];
    const listening = atAlb(group, network, walk);
    return listening?.is === 'http' || listening?.is === 'https' ? [listening.is] : [];
  });
}

function atAlb(group: NetworkGroup, network: Network, walk: Walk): Listening | undefined {
  const target = albTarget(group);
  const port = target && walk.number(target.port, 80);
  return port === undefined ? undefined : network.door(target!.resource)?.listening(port, walk);
}

/** The requests that a listener is there for: those of the ALB behind it, or those that its servers are known for. */
function samplesOf(listener: NetworkListener, nlbs: Nlbs, network: Network): Sample[] {
  const groups = groupsOf(listener, nlbs);
  const alb = groups.filter(({ targetType }) => couldBe(targetType, ['alb'])).map((group) => albTarget(group));
  if (alb.length) return couldBe(listener.protocol, ['TLS']) ? [] : alb.flatMap((target) => (target && network.door(target.resource)?.samples(asNumber(target.port))) ?? []);
  const here = intentsAt(listener, groups, ELSEWHERE.path);
  const samples: Sample[] = here.length ? [{ target: ELSEWHERE, kinds: here }] : [];
  for (const server of groups.flatMap((group) => group.servers)) {
    const { path } = server;
    if (path !== undefined) samples.push({ target: { ...ELSEWHERE, path: exampleOf(path) }, says: path, kinds: kindsOf([server]) });
  }
  return samples;
}

/** The load balancer for hops that send to it by port: VPC links, CloudFront VPC origins, accelerators. */
function balancerDoor(balancer: NetworkBalancer, nlbs: Nlbs, network: Network): Door {
  const on = (port: number, walk: Walk) =>
    balancer.listeners.find((listener) => walk.number(listener.port, 0) === port && walk.exists(listener.resource));
  return {
    resource: balancer.resource,
    names: () => balancer.listeners.flatMap((listener) => (asText(listener.protocol) === 'TLS' ? requestedNames(listener.resource) : [])),
    samples: () => balancer.listeners.flatMap((listener) => samplesOf(listener, nlbs, network)),
    listening: (port, walk) => {
      const listener = on(port, walk);
      if (listener) return listeningAt(listener, nlbs, network, walk);
      const open = balancer.listeners.find((candidate) => walk.number(candidate.port, 0) === undefined);
      if (open) return { is: 'unknown', because: `the port of ${open.resource.id} is unknown` };
      return balancer.listeners.length ? { is: 'closed' } : { is: 'unknown', because: `no listener of ${balancer.resource.id} is in these templates` };
    },
    certificateNames: (port, walk) => {
      const listener = on(port, walk);
      if (!listener) return undefined;
      if (walk.text(listener.protocol, '', []) === 'TLS') return certificateNames(listener.resource, walk);
      const [group] = groupsOf(listener, nlbs);
      const target = group && couldBe(group.targetType, ['alb']) ? albTarget(group) : undefined;
      const inner = target && walk.number(target.port, 80);
      return inner === undefined ? undefined : network.door(target!.resource)?.certificateNames(inner, walk);
    },
    receive: (request, walk) => {
      const listener = request.port === undefined ? undefined : on(request.port, walk);
      return listener ? receive(request, listener, nlbs, network, walk) : cannotKnow(`what listens on port ${request.port} of ${balancer.resource.id} is unknown`);
    },
  };
}

/** A TCP listener is what stands behind it: the ALB's own protocol, else bytes. */
function listeningAt(listener: NetworkListener, nlbs: Nlbs, network: Network, walk: Walk): Listening {
  const setting = { resource: listener.resource, property: 'Properties.Protocol' };
  const protocol = walk.text(listener.protocol, '', STREAMS);
  if (protocol === 'TLS') return { is: 'https', setting };
  if (protocol === undefined || !STREAMS.includes(protocol)) return { is: 'closed' };
  const group = groupsOf(listener, nlbs).find(({ targetType }) => couldBe(targetType, ['alb']));
  const behind = group && atAlb(group, network, walk);
  return behind && (behind.is === 'http' || behind.is === 'https') ? behind : { is: 'bytes', setting };
}
