// What CloudFormation accepts at synth and Elastic Load Balancing refuses at deployment, as far as protocols are concerned.
// Not here: refusals that CDK's own validation knows already (certificate on HTTPS, two subnets).
// Facts: aws/copilot-cli#4551 (HTTP listener and HTTP2 group), aws-load-balancer-controller#2804 (matcher on GRPC),
// ELB API SSLPolicyNotFound, guardian/cdk#2396 (SslPolicy on HTTP), describe-ssl-policies (FIPS may not be mixed).

import { asText } from '../../template';
import { elbTlsPolicy } from '../elb-tls';
import { Answer, fail, SERVED } from '../hop';
import { reasonOf, Walk } from '../walk';
import { Albs, Balancer, Listener, Rule, TargetGroup, targetsOf } from './settings';

/** Refusals of a listener, its policy first. */
export function listenerRefusal(listener: Listener, albs: Albs, walk: Walk): Answer {
  walk.through(listener.resource);
  const protocol = walk.text(listener.protocol, '', []);
  const policy = walk.settle(listener.sslPolicy);
  const refuse = (cause: string, property: string, why: string, certainty: 'certain' | 'possible' = 'certain') =>
    fail('deployment-failure', { cause, resource: listener.resource, property, why, certainty });
  if (protocol === 'HTTP') {
    if (policy.kind !== 'absent') {
      return refuse(
        'TlsSettingsOnHttpListener',
        'Properties.SslPolicy',
        `the listener's protocol is HTTP and it has an SslPolicy${policy.kind === 'known' ? ` (${policy.value})` : ''}, which is refused`,
      );
    }
    for (const [actions, rule] of actionsOf(listener)) {
      const version = cleartextTarget(actions, albs, walk);
      if (version) {
        return refuse(
          'CleartextListenerToHttp2TargetGroup',
          rule ? 'Properties.Protocol' : 'Properties.Protocol',
          `an HTTP listener may not forward to a target group with ProtocolVersion ${version}`,
        );
      }
    }
    return SERVED;
  }
  if ((protocol === 'HTTPS' || protocol === 'TLS') && policy.kind === 'known') {
    const lookup = elbTlsPolicy(String(policy.value));
    if ('missing' in lookup) {
      return refuse(
        'UnknownTlsPolicy',
        'Properties.SslPolicy',
        `there is no security policy named ${policy.value}; did you mean ${lookup.missing}?`,
      );
    }
    if ('newer' in lookup) {
      return refuse(
        'UnknownTlsPolicy',
        'Properties.SslPolicy',
        `the security policy ${policy.value} is newer than the table of this version or does not exist`,
        'possible',
      );
    }
  }
  return SERVED;
}

function actionsOf(listener: Listener): [Listener['actions'], Rule | undefined][] {
  return [[listener.actions, undefined], ...listener.rules.map((rule): [Rule['actions'], Rule] => [rule.actions, rule])];
}

function cleartextTarget(actions: Listener['actions'], albs: Albs, walk: Walk): string | undefined {
  for (const { group } of targetsOf(actions)) {
    const settled = walk.settle(group);
    const target = settled.kind === 'reference' ? albs.groups.get(settled.resource.key) : undefined;
    const version = target && asText(walk.settle(target.protocolVersion));
    if (version === 'HTTP2' || version === 'GRPC') return version;
  }
  return undefined;
}

/** Refusals of a target group. */
export function groupRefusal(group: TargetGroup, walk: Walk): Answer {
  walk.through(group.resource);
  const version = walk.text(group.protocolVersion, 'HTTP1', []);
  const code = walk.settle(group.health.httpCode);
  if (version === 'GRPC' && code.kind !== 'absent') {
    return fail('deployment-failure', {
      cause: 'HttpMatcherOnGrpcTargetGroup',
      resource: group.resource,
      property: 'Properties.Matcher.HttpCode',
      why: `a target group with ProtocolVersion GRPC wants a gRPC status (0-99) in its matcher and has Matcher.HttpCode ${code.kind === 'known' ? code.value : `(${reasonOf(code)})`}`,
    });
  }
  return matcherRange(group, version ?? 'HTTP1', walk);
}

/** ALB matchers take HTTP 200 to 499, or gRPC 0 to 99. */
function matcherRange(group: TargetGroup, version: string, walk: Walk): Answer {
  const [setting, name, low, high] =
    version === 'GRPC' ? ([group.health.grpcCode, 'GrpcCode', 0, 99] as const) : ([group.health.httpCode, 'HttpCode', 200, 499] as const);
  const codes = asText(walk.settle(setting));
  const ends = codes?.split(/[,-]/).map((end) => Number(end.trim())) ?? [];
  if (ends.every((end) => Number.isInteger(end) && end >= low && end <= high)) return SERVED;
  return fail('deployment-failure', {
    cause: 'MatcherOutOfRange',
    resource: group.resource,
    property: `Properties.Matcher.${name}`,
    why: `the matcher ${codes} of ${group.resource.id} is not within ${low} to ${high}`,
  });
}

/** FIPS and other policies may not meet on one load balancer. */
export function fipsRefusal(balancer: Balancer, walk: Walk): Answer {
  walk.through(balancer.resource);
  const fips = new Map<boolean, Listener>();
  for (const listener of balancer.listeners) {
    const name = asText(walk.settle(listener.sslPolicy));
    const lookup = name === undefined ? undefined : elbTlsPolicy(name);
    if (lookup && 'found' in lookup) fips.set(lookup.found.fips, listener);
  }
  const [odd, other] = [fips.get(true), fips.get(false)];
  if (!odd || !other) return SERVED;
  return fail('deployment-failure', {
    cause: 'MixedFipsPolicies',
    resource: odd.resource,
    property: 'Properties.SslPolicy',
    why: `${odd.resource.id} has a FIPS policy and ${other.resource.id} on the same load balancer has none, which is refused`,
  });
}
