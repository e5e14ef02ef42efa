// Application Load Balancer: what it is recognised by, the doors it opens to clients, the health checks it sends.
// Facts: Elastic Load Balancing guides; each file names its own.

import { asNumber, asText, declarations, Resource } from '../../template';
import { certificateNames, requestedNames } from '../certificate';
import { KnownServer } from '../ecs';
import { cannotKnow, Door, Entry, Errand, Intent, Network, Sample, SERVED, System, Target } from '../hop';
import { exampleOf } from '../pattern';
import { kindsOf, serversFor } from '../server';
import { Walk } from '../walk';
import { desyncAdvice, grpcPathAdvice, logAdvice, matcherAdvice } from './advice';
import { fipsRefusal, groupRefusal, listenerRefusal } from './deployment';
import { handshake } from './front';
import { healthCheck } from './health';
import { receive, receiveAtRule } from './listener';
import { ELSEWHERE, targetsFor } from './rules';
import { Albs, Balancer, Listener, readAlbs, Rule, TargetGroup, targetsOf } from './settings';

export function albSystem({ templates }: Network): System {
  const albs = readAlbs(templates);
  const listeners = albs.listeners.filter(isAlbListener);
  const groups = [...albs.groups.values()].filter(isHttpGroup);
  const balancers = albs.balancers.filter((balancer) => (asText(balancer.type) ?? 'application') === 'application');
  return {
    doors: balancers.map((balancer) => balancerDoor(balancer, albs)),
    entries: [...listeners.map((listener) => listenerEntry(listener, albs)), ...albs.looseRules.map((rule) => ruleEntry(rule, albs))],
    errands: [
      ...listeners.map((listener) => errand('deployment', listener.resource, (walk) => listenerRefusal(listener, albs, walk))),
      ...groups.filter(hasMatcher).map((group) => errand('deployment', group.resource, (walk) => groupRefusal(group, walk))),
      ...balancers.map((balancer) => errand('deployment', balancer.resource, (walk) => fipsRefusal(balancer, walk))),
      ...groups.map((group) => errand('health-check', group.resource, (walk) => healthCheck(group, walk))),
      ...groups.filter(hasMatcher).map((group) => errand('advice', group.resource, (walk) => matcherAdvice(group, walk))),
      ...groups.filter(mayBeGrpc).map((group) => errand('advice', group.resource, (walk) => grpcPathAdvice(group, walk))),
      ...balancers.flatMap((balancer) => [logAdvice, desyncAdvice].map((advice) => errand('advice', balancer.resource, (walk) => advice(balancer, walk)))),
    ],
  };
}

function errand(kind: Errand['kind'], resource: Resource, go: (walk: Walk) => ReturnType<Errand['go']>): Errand {
  return { kind, resource, go };
}

/** HTTP and HTTPS are the only protocols of an ALB listener; other ones belong to network and gateway balancers. */
function isAlbListener(listener: Listener): boolean {
  const type = listener.balancer && asText(listener.balancer.type);
  if (type !== undefined && type !== 'application') return false;
  const protocol = listener.protocol;
  const settled = protocol.kind === 'one-of' ? protocol.options.map((option) => asText(option.value)) : [asText(protocol)];
  return settled.some((name) => name === 'HTTP' || name === 'HTTPS') || (protocol.kind === 'unknown' && listener.balancer !== undefined);
}

/** Without a matcher there is nothing to refuse or to advise. */
function hasMatcher({ health }: TargetGroup): boolean {
  return health.httpCode.kind !== 'absent' || health.grpcCode.kind !== 'absent';
}

function mayBeGrpc({ protocolVersion }: TargetGroup): boolean {
  return protocolVersion.kind !== 'absent' && (asText(protocolVersion) ?? 'GRPC') === 'GRPC';
}

function isHttpGroup(group: TargetGroup): boolean {
  const protocol = asText(group.protocol);
  return protocol === undefined
    ? asText(group.targetType) !== 'lambda' && group.protocol.kind !== 'absent'
    : protocol === 'HTTP' || protocol === 'HTTPS';
}

function listenerEntry(listener: Listener, albs: Albs): Entry {
  return {
    resource: listener.resource,
    within: listener.balancer?.resource,
    schemes: (walk) => (walk.text(listener.protocol, 'HTTP', ['HTTP', 'HTTPS']) === 'HTTPS' ? ['https'] : ['http']),
    samples: samplesOf(listener, albs),
    tlsSetting: { resource: listener.resource, property: 'Properties.SslPolicy', value: listener.sslPolicy },
    admits: (sender) => listener.sslPolicy.kind !== 'one-of' && Walk.all((walk) => handshake(sender, listener, walk) ?? SERVED)[0].answer === SERVED,
    receive: (request, walk) => receive(request, listener, albs, walk),
  };
}

/** The load balancer for hops that send to it by port: CloudFront, API Gateway, a network load balancer. */
function balancerDoor(balancer: Balancer, albs: Albs): Door {
  const on = (port: number, walk: Walk) =>
    balancer.listeners.find((listener) => walk.number(listener.port, 0) === port && walk.exists(listener.resource));
  const unknownPort = (walk: Walk) => balancer.listeners.find((listener) => walk.number(listener.port, 0) === undefined);
  return {
    resource: balancer.resource,
    names: () =>
      balancer.listeners.flatMap((listener) => [
        ...listener.rules.flatMap((rule) =>
          rule.conditions
            .filter(({ field }) => field === 'host-header')
            .flatMap(({ values }) => values.map((value) => value.toLowerCase())),
        ),
        ...requestedNames(listener.resource),
      ]),
    samples: (port) => balancer.listeners
      .filter((listener) => port === undefined || (asNumber(listener.port) ?? port) === port)
      .flatMap((listener) => samplesOf(listener, albs)),
    listening: (port, walk) => {
      const listener = on(port, walk);
      if (!listener) {
        const open = unknownPort(walk);
        if (open) return { is: 'unknown', because: `the port of ${open.resource.id} is unknown` };
        return balancer.listeners.length
          ? { is: 'closed' }
          : { is: 'unknown', because: `no listener of ${balancer.resource.id} is in these templates` };
      }
      const protocol = walk.text(listener.protocol, 'HTTP', ['HTTP', 'HTTPS']);
      return { is: protocol === 'HTTPS' ? 'https' : 'http', setting: { resource: listener.resource, property: 'Properties.Protocol' } };
    },
    certificateNames: (port, walk) => {
      const listener = on(port, walk);
      return listener && certificateNames(listener.resource, walk);
    },
    receive: (request, walk) => {
      const listener = request.port === undefined ? undefined : on(request.port, walk);
      return listener
        ? receive(request, listener, albs, walk)
        : cannotKnow(`what listens on port ${request.port} of ${balancer.resource.id} is unknown`);
    },
  };
}

function ruleEntry(rule: Rule, albs: Albs): Entry {
  return {
    resource: rule.resource,
    schemes: () => ['https'],
    samples: targetsFor(rule).map((made) => ({ ...made, kinds: kindsAt(rule.actions, made.target.path, albs) })),
    receive: (request, walk) => receiveAtRule(request, rule, albs, walk),
  };
}

/** The requests that a listener is there for: by its rules, its declared routes, its servers' declared paths, and all others. */
function samplesOf(listener: Listener, albs: Albs): Sample[] {
  const samples: Sample[] = [];
  for (const rule of listener.rules) {
    for (const made of targetsFor(rule)) {
      const kinds = narrow(made.target.headers, kindsAt(rule.actions, made.target.path, albs));
      samples.push({ ...made, kinds, meant: rule.resource });
    }
    for (const sample of declaredRoutes(rule.resource, targetsFor(rule)[0].target)) samples.push(sample);
  }
  const elsewhere = kindsAt(listener.actions, ELSEWHERE.path, albs);
  const pages = samples.some((sample) => sample.kinds.some(({ kind }) => kind === 'http'));
  const onlyGrpc = elsewhere.every(({ kind }) => kind === 'grpc');
  samples.push({ target: ELSEWHERE, kinds: pages && onlyGrpc ? [...elsewhere, { kind: 'http', by: 'guessed' }] : elsewhere });
  return [...samples, ...declaredRoutes(listener.resource, ELSEWHERE), ...declaredPaths(listener, albs)];
}

function declaredRoutes(resource: Resource, like: Target): Sample[] {
  return declarations(resource).routes.map((route) => ({
    target: { ...like, path: exampleOf(route.path) },
    says: route.path,
    kinds: kindsOf([{ speaks: route.speaks, only: false, transports: [], declared: true, by: '' }]),
    meant: resource,
  }));
}

/** Paths that are declared on the servers behind the listener; a listener that leads elsewhere with them is at fault, unless the path is that of the health check. */
function declaredPaths(listener: Listener, albs: Albs): Sample[] {
  if (!albs.pathsDeclared) return [];
  const samples: Sample[] = [];
  const seen = new Set<KnownServer>();
  const doors = [...listener.rules.map((rule) => ({ ...rule, like: targetsFor(rule)[0].target })), { ...listener, like: ELSEWHERE }];
  for (const { actions, resource, like } of doors) {
    for (const group of groupsOf(actions, albs)) {
      for (const server of group.servers) {
        if (server.path === undefined || seen.has(server)) continue;
        seen.add(server);
        // What only the health check asks for needs no rule.
        if (server.path === asText(group.health.path)) continue;
        samples.push({ target: { ...like, path: exampleOf(server.path) }, says: server.path, kinds: kindsOf([server]), meant: resource });
      }
    }
  }
  return samples;
}

function groupsOf(actions: Listener['actions'], albs: Albs): TargetGroup[] {
  return targetsOf(actions).flatMap(({ group }) => {
    const options = group.kind === 'one-of' ? group.options.map((option) => option.value) : [group];
    return options.flatMap((option) => (option.kind === 'reference' ? (albs.groups.get(option.resource.key) ?? []) : []));
  });
}

/** Which clients a list of actions is there for. */
function kindsAt(actions: Listener['actions'], path: string, albs: Albs): Intent[] {
  const intents = new Map<string, Intent>();
  for (const group of groupsOf(actions, albs)) {
    for (const intent of intentsOf(group, path)) if (!intents.has(intent.kind)) intents.set(intent.kind, intent);
  }
  return intents.size ? [...intents.values()] : [{ kind: 'http', by: 'inferred' }];
}

const UNDECLARED: readonly Intent[] = [{ kind: 'http', by: 'assumed' }];
const GRPC_ONLY: readonly Intent[] = [{ kind: 'grpc', by: 'inferred' }];

function intentsOf(group: TargetGroup, path: string): readonly Intent[] {
  if (group.servers.length === 0) return asText(group.protocolVersion) === 'GRPC' ? GRPC_ONLY : UNDECLARED;
  const port = Number(asText(group.port) ?? NaN);
  const servers = serversFor(group.servers, Number.isNaN(port) ? undefined : port, path);
  const kinds = kindsOf(servers);
  if (asText(group.protocolVersion) === 'GRPC') return [{ kind: 'grpc', by: 'inferred' }, ...kinds.filter(({ kind }) => kind !== 'grpc')];
  const pathOnly = group.servers.filter((server) => server.path !== undefined);
  if (kinds.length === 0) return [{ kind: 'http', by: pathOnly.length ? 'declared' : 'assumed' }];
  const only = servers.some((server) => server.only);
  const inferredOnly = kinds.every(({ by }) => by === 'inferred');
  return only || inferredOnly || kinds.some(({ kind }) => kind === 'http') ? kinds : [...kinds, { kind: 'http', by: 'assumed' }];
}

/** A rule on the content type of gRPC, or on Upgrade, is for those clients alone. */
function narrow(headers: Readonly<Record<string, string>>, kinds: readonly Intent[]): readonly Intent[] {
  if (headers['content-type']?.startsWith('application/grpc')) return [{ kind: 'grpc', by: 'inferred' }];
  if (headers.upgrade?.toLowerCase() === 'websocket') return [{ kind: 'websocket', by: 'inferred' }];
  return kinds;
}
