// The settings of Application Load Balancers as the templates give them: balancers, listeners, rules, target groups and
// how they hang together. Values stay values; a walk settles them. Not here: what they do (forward.ts, listener.ts).
// Facts: AWS::ElasticLoadBalancingV2 resource reference; botocore elbv2 model (attribute names, defaults).

import {
  asNumber,
  asText,
  declarations,
  get,
  items,
  keyOf,
  pick,
  Resource,
  Templates,
  Value,
  ABSENT,
  unknown,
  oneOf,
  each,
} from '../../template';
import { ecsServers, KnownServer } from '../ecs';

export interface Balancer {
  readonly resource: Resource;
  readonly type: Value;
  readonly http2: Value;
  readonly idleTimeout: Value;
  readonly desync: Value;
  readonly accessLogs: Value;
  readonly connectionLogs: Value;
  readonly scheme: Value;
  readonly listeners: Listener[];
}

export interface Listener {
  readonly resource: Resource;
  /** Undefined: the balancer is outside these templates. */
  readonly balancer?: Balancer;
  readonly protocol: Value;
  readonly port: Value;
  readonly sslPolicy: Value;
  readonly mutualTls: Value;
  readonly actions: Value;
  /** By priority. */
  readonly rules: Rule[];
}

export interface Rule {
  readonly resource: Resource;
  readonly priority: number;
  readonly conditions: readonly RuleCondition[];
  readonly actions: Value;
}

/** One condition of a rule: what it looks at, and the values of which one must fit. */
export interface RuleCondition {
  readonly field: string;
  /** Header or query key, in lower case for headers. */
  readonly name?: string;
  readonly values: readonly string[];
  /** The values are regular expressions, which are compared as text only. */
  readonly regex?: boolean;
}

export interface TargetGroup {
  readonly resource: Resource;
  readonly protocol: Value;
  readonly protocolVersion: Value;
  readonly targetType: Value;
  readonly port: Value;
  readonly controlPort: Value;
  readonly stickiness: Value;
  readonly health: {
    readonly enabled: Value;
    readonly protocol: Value;
    readonly port: Value;
    readonly path: Value;
    readonly httpCode: Value;
    readonly grpcCode: Value;
  };
  readonly servers: readonly KnownServer[];
  /** Balancers whose listeners or rules forward to the group. */
  readonly balancers: Set<Balancer>;
}

export interface Albs {
  readonly balancers: readonly Balancer[];
  readonly listeners: readonly Listener[];
  /** Rules whose listener is outside these templates. */
  readonly looseRules: readonly Rule[];
  readonly groups: ReadonlyMap<string, TargetGroup>;
  /** Whether any server is declared to have a path of its own. */
  readonly pathsDeclared: boolean;
}

export function readAlbs(templates: Templates): Albs {
  const balancers = new Map(
    templates.all('AWS::ElasticLoadBalancingV2::LoadBalancer').map((resource) => [resource.key, readBalancer(resource)]),
  );
  const listeners = new Map<string, Listener>();
  for (const resource of templates.all('AWS::ElasticLoadBalancingV2::Listener')) {
    const of = get(resource, 'LoadBalancerArn');
    const balancer = of.kind === 'reference' ? balancers.get(of.resource.key) : undefined;
    const listener = readListener(resource, balancer);
    listeners.set(resource.key, listener);
    balancer?.listeners.push(listener);
  }
  const looseRules: Rule[] = [];
  for (const resource of templates.all('AWS::ElasticLoadBalancingV2::ListenerRule')) {
    const of = get(resource, 'ListenerArn');
    const listener = of.kind === 'reference' ? listeners.get(of.resource.key) : undefined;
    (listener?.rules ?? looseRules).push(readRule(resource));
  }
  for (const listener of listeners.values()) listener.rules.sort((a, b) => a.priority - b.priority);
  const servers = ecsServers(templates);
  const groups = new Map(
    templates
      .all('AWS::ElasticLoadBalancingV2::TargetGroup')
      .map((resource) => [resource.key, readGroup(resource, servers.get(resource.key) ?? [])]),
  );
  for (const listener of listeners.values()) {
    for (const actions of [listener.actions, ...listener.rules.map((rule) => rule.actions)]) {
      for (const { group } of targetsOf(actions)) {
        if (group.kind === 'reference' && listener.balancer) groups.get(group.resource.key)?.balancers.add(listener.balancer);
      }
    }
  }
  const pathsDeclared = [...groups.values()].some((group) => group.servers.some((server) => server.path !== undefined));
  return { balancers: [...balancers.values()], listeners: [...listeners.values()], looseRules, groups, pathsDeclared };
}

function readBalancer(resource: Resource): Balancer {
  const attribute = (key: string) => attributeOf(get(resource, 'LoadBalancerAttributes'), key);
  return {
    resource,
    type: get(resource, 'Type'),
    http2: attribute('routing.http2.enabled'),
    idleTimeout: attribute('idle_timeout.timeout_seconds'),
    desync: attribute('routing.http.desync_mitigation_mode'),
    accessLogs: attribute('access_logs.s3.enabled'),
    connectionLogs: attribute('connection_logs.s3.enabled'),
    scheme: get(resource, 'Scheme'),
    listeners: [],
  };
}

function readListener(resource: Resource, balancer: Balancer | undefined): Listener {
  return {
    resource,
    balancer,
    protocol: get(resource, 'Protocol'),
    port: get(resource, 'Port'),
    sslPolicy: get(resource, 'SslPolicy'),
    mutualTls: get(resource, 'MutualAuthentication', 'Mode'),
    actions: get(resource, 'DefaultActions'),
    rules: [],
  };
}

function readRule(resource: Resource): Rule {
  return {
    resource,
    priority: asNumber(get(resource, 'Priority')) ?? Number.MAX_SAFE_INTEGER,
    conditions: items(get(resource, 'Conditions')).map(({ value }) => readCondition(value)),
    actions: get(resource, 'Actions'),
  };
}

const CONFIGS: Readonly<Record<string, string>> = {
  'host-header': 'HostHeaderConfig',
  'path-pattern': 'PathPatternConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
};

function readCondition(value: Value): RuleCondition {
  const field = asText(pick(value, 'Field')) ?? '?';
  const config = pick(value, CONFIGS[field] ?? '');
  const texts = (list: Value) => items(list).map((item) => asText(item.value) ?? keyOf(item.value));
  const regexes = texts(pick(config, 'RegexValues'));
  if (field === 'query-string') {
    const pairs = items(pick(config, 'Values')).map(
      (item) => `${asText(pick(item.value, 'Key')) ?? '*'}=${asText(pick(item.value, 'Value')) ?? keyOf(pick(item.value, 'Value'))}`,
    );
    return { field, values: pairs };
  }
  const name = asText(pick(config, 'HttpHeaderName'))?.toLowerCase();
  const written = regexes.length ? regexes : [...texts(pick(config, 'Values')), ...texts(pick(value, 'Values'))];
  // Hosts and header values compare without case, paths with it.
  const values = field === 'path-pattern' || field === 'http-request-method' ? written : written.map((text) => text.toLowerCase());
  return { field, name, values, regex: regexes.length > 0 };
}

function readGroup(resource: Resource, fromEcs: readonly KnownServer[]): TargetGroup {
  const own = declarations(resource).servers.map((server): KnownServer => ({
    ...server,
    declared: true,
    by: `declared in Metadata of ${resource.id}`,
  }));
  return {
    resource,
    protocol: get(resource, 'Protocol'),
    protocolVersion: get(resource, 'ProtocolVersion'),
    targetType: get(resource, 'TargetType'),
    port: get(resource, 'Port'),
    controlPort: get(resource, 'TargetControlPort'),
    get stickiness() {
      return attributeOf(get(resource, 'TargetGroupAttributes'), 'stickiness.enabled'); // asked for by socket.io alone
    },
    health: {
      enabled: get(resource, 'HealthCheckEnabled'),
      protocol: get(resource, 'HealthCheckProtocol'),
      port: get(resource, 'HealthCheckPort'),
      path: get(resource, 'HealthCheckPath'),
      httpCode: get(resource, 'Matcher', 'HttpCode'),
      grpcCode: get(resource, 'Matcher', 'GrpcCode'),
    },
    servers: own.length
      ? [
        ...own,
        ...fromEcs.map((server) => ({
          ...server,
          speaks: server.declared ? server.speaks : server.speaks.filter((word) => word === 'tls'),
        })),
      ]
      : fromEcs,
    balancers: new Set(),
  };
}

/** An attribute of a Key/Value list; unknown when an element's key is, absent when no element has it. */
export function attributeOf(list: Value, key: string): Value {
  return each(list, (settled) => {
    if (settled.kind === 'unknown') return settled;
    const found = items(settled).filter((item) => asText(pick(item.value, 'Key')) === key);
    if (found.length === 0) {
      const hidden = items(settled).find((item) => item.value.kind === 'unknown' || pick(item.value, 'Key').kind === 'unknown');
      return hidden ? unknown('the attribute list holds something unknown') : ABSENT;
    }
    const last = found[found.length - 1];
    const value = pick(last.value, 'Value');
    return last.when ? oneOf([{ value, when: last.when }, { value: ABSENT }]) : value;
  });
}

export interface ForwardTarget {
  readonly group: Value;
  readonly weight: Value;
  readonly action: Value;
}

const TARGETS = new WeakMap<Value, readonly ForwardTarget[]>();

/** Target groups that a list of actions, or one action, forwards to, with their weights; read once. */
export function targetsOf(actions: Value): readonly ForwardTarget[] {
  let targets = TARGETS.get(actions);
  if (!targets) TARGETS.set(actions, (targets = readTargets(actions)));
  return targets;
}

function readTargets(actions: Value): ForwardTarget[] {
  return items(actions).flatMap(({ value: action }) => {
    const single = pick(action, 'TargetGroupArn');
    const several = items(pick(pick(action, 'ForwardConfig'), 'TargetGroups'));
    if (several.length) {return several.map(({ value }) => ({ group: pick(value, 'TargetGroupArn'), weight: pick(value, 'Weight'), action }));}
    return single.kind === 'absent' ? [] : [{ group: single, weight: ABSENT, action }];
  });
}
