// The settings of Classic Load Balancers as the templates give them: listeners, TLS policies, idle timeout, servers.
// Facts: AWS::ElasticLoadBalancing::LoadBalancer; Classic guide "Predefined SSL security policies" (none has TLS 1.3; the
// default is ELBSecurityPolicy-2016-08) and "SSL negotiation configurations" (custom: attributes Protocol-TLSv1.2 and so on).

import { TlsVersion } from '../../protocol';
import { asFlag, asText, declarations, get, items, pick, Resource, Templates, Value } from '../../template';
import { KnownServer } from '../ecs';

export interface ClassicBalancer {
  readonly resource: Resource;
  readonly listeners: readonly ClassicListener[];
  readonly idleTimeout: Value;
  readonly servers: readonly KnownServer[];
}

export interface ClassicListener {
  readonly balancer: Resource;
  /** Properties.Listeners.0 */
  readonly at: string;
  readonly protocol: Value;
  readonly port: Value;
  readonly instanceProtocol: Value;
  readonly instancePort: Value;
  readonly tls: ClassicPolicy;
}

/** What decides the TLS versions of a listener; no versions: not known. */
export interface ClassicPolicy {
  readonly name: string;
  readonly versions?: readonly TlsVersion[];
  readonly property: string;
  readonly value: Value;
  readonly byDefault: boolean;
}

const FROM_10 = ['1.0', '1.1', '1.2'] as const;

/** Predefined policies that are documented with their protocols. */
const POLICIES: Readonly<Record<string, readonly TlsVersion[]>> = {
  'ELBSecurityPolicy-TLS-1-2-2017-01': ['1.2'],
  'ELBSecurityPolicy-TLS-1-1-2017-01': ['1.1', '1.2'],
  'ELBSecurityPolicy-2016-08': FROM_10,
  'ELBSecurityPolicy-2015-05': FROM_10,
  'ELBSecurityPolicy-2015-03': FROM_10,
  'ELBSecurityPolicy-2015-02': FROM_10,
};
const DEFAULT_POLICY = 'ELBSecurityPolicy-2016-08';

export function readClassic(templates: Templates): ClassicBalancer[] {
  const resources = templates.all('AWS::ElasticLoadBalancing::LoadBalancer');
  if (resources.length === 0) return [];
  const tasks = behindClassic(templates);
  return resources.map((resource) => ({
    resource,
    listeners: items(get(resource, 'Listeners')).map(({ value }, index) => readListener(resource, value, index)),
    idleTimeout: get(resource, 'ConnectionSettings', 'IdleTimeout'),
    servers: [resource, ...(tasks.get(resource.key) ?? [])].flatMap((of) => declarations(of).servers.map((server) => ({ ...server, declared: true, by: `declared in Metadata of ${of.id}` }))),
  }));
}

/** ECS services that register with a classic balancer by its name, and their tasks. */
function behindClassic(templates: Templates): Map<string, Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const service of templates.all('AWS::ECS::Service')) {
    for (const { value } of items(get(service, 'LoadBalancers'))) {
      const name = pick(value, 'LoadBalancerName');
      const task = get(service, 'TaskDefinition');
      if (name.kind === 'reference') found.set(name.resource.key, [...(found.get(name.resource.key) ?? []), service, ...(task.kind === 'reference' ? [task.resource] : [])]);
    }
  }
  return found;
}

function readListener(balancer: Resource, value: Value, index: number): ClassicListener {
  const at = `Properties.Listeners.${index}`;
  return {
    balancer,
    at,
    protocol: pick(value, 'Protocol'),
    port: pick(value, 'LoadBalancerPort'),
    instanceProtocol: pick(value, 'InstanceProtocol'),
    instancePort: pick(value, 'InstancePort'),
    tls: policyOf(balancer, pick(value, 'PolicyNames'), at),
  };
}

function policyOf(balancer: Resource, names: Value, at: string): ClassicPolicy {
  const used = items(names).map(({ value }) => asText(value));
  const property = `${at}.PolicyNames`;
  if (names.kind === 'unknown' || used.includes(undefined)) return { name: 'its policy', property, value: names, byDefault: false };
  for (const { value: policy } of items(get(balancer, 'Policies'))) {
    if (asText(pick(policy, 'PolicyType')) !== 'SSLNegotiationPolicyType' || !used.includes(asText(pick(policy, 'PolicyName')))) continue;
    const attributes = items(pick(policy, 'Attributes')).map(({ value }) => ({ name: asText(pick(value, 'Name')), value: pick(value, 'Value') }));
    const reference = attributes.find(({ name }) => name === 'Reference-Security-Policy');
    if (reference) return named(asText(reference.value) ?? 'its policy', reference.value);
    const versions = FROM_10.filter((version) => attributes.some(({ name, value }) => name === `Protocol-TLSv${version === '1.0' ? '1' : version}` && asFlag(value) === true));
    return { name: asText(pick(policy, 'PolicyName')) ?? 'a custom policy', versions: versions.length ? versions : undefined, property: 'Properties.Policies', value: pick(policy, 'PolicyName'), byDefault: false };
  }
  const predefined = used.find((name) => name !== undefined && name in POLICIES);
  if (predefined !== undefined) return { ...named(predefined, names), property };
  return { name: DEFAULT_POLICY, versions: POLICIES[DEFAULT_POLICY], property, value: { kind: 'absent' }, byDefault: true };
}

function named(name: string, value: Value): ClassicPolicy {
  return { name, versions: Object.prototype.hasOwnProperty.call(POLICIES, name) ? POLICIES[name] : undefined, property: 'Properties.Policies', value, byDefault: false };
}
