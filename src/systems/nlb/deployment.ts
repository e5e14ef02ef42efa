// What Elastic Load Balancing refuses at deployment about network load balancers, as far as protocols are concerned.
// Facts: "Use an ALB as a target" (TCP only, one port for both), reported as "Listener protocol 'TLS' is not supported with a
// target group with the target-type 'ALB'"; "Create a listener" 2026 (QUIC: no security group, no dualstack, no UDP beside
// it, one per balancer; targets need a QuicServerId); ELB API ALPNPolicyNotFound, SSLPolicyNotFound.

import { asText, items, pick, Value } from '../../template';
import { elbTlsPolicy } from '../elb-tls';
import { Answer, fail, Network, SERVED } from '../hop';
import { Walk } from '../walk';
import { ALPN_POLICIES, isAlpnPolicy } from './alpn';
import { albTarget, groupsOf, NetworkGroup, NetworkListener, Nlbs } from './settings';

/** Refusals of a listener: names that do not exist, an ALB behind TLS, QUIC beside what it does not go with. */
export function listenerRefusal(listener: NetworkListener, nlbs: Nlbs, walk: Walk): Answer {
  walk.through(listener.resource);
  const protocol = walk.text(listener.protocol, '', []);
  return (protocol === 'TLS' ? (unknownPolicy(listener, walk) ?? unknownAlpn(listener, walk)) : undefined)
    ?? albBehind(listener, protocol, nlbs, walk)
    ?? (protocol === 'QUIC' || protocol === 'TCP_QUIC' ? quic(listener, nlbs, walk) : undefined)
    ?? SERVED;
}

function unknownPolicy({ resource, sslPolicy }: NetworkListener, walk: Walk): Answer | undefined {
  const name = asText(walk.settle(sslPolicy));
  const found = name === undefined ? undefined : elbTlsPolicy(name);
  if (!found || 'found' in found) return undefined;
  const [certainty, rest] = 'missing' in found ? (['certain', `; did you mean ${found.missing}?`] as const) : (['possible', ', or it is newer than the table of this version'] as const);
  return fail('deployment-failure', {
    cause: 'UnknownTlsPolicy',
    resource,
    property: 'Properties.SslPolicy',
    certainty,
    why: `there is no security policy named ${name}${rest}`,
  });
}

function unknownAlpn({ resource, alpn }: NetworkListener, walk: Walk): Answer | undefined {
  const names = items(alpn).map(({ value }) => asText(walk.settle(value)));
  const wrong = names.find((name) => name !== undefined && !isAlpnPolicy(name));
  if (wrong === undefined) return undefined;
  return fail('deployment-failure', {
    cause: 'UnknownAlpnPolicy',
    resource,
    property: 'Properties.AlpnPolicy',
    why: `there is no ALPN policy named ${wrong}, only ${Object.keys(ALPN_POLICIES).join(', ')}`,
  });
}

function albBehind(listener: NetworkListener, protocol: string | undefined, nlbs: Nlbs, walk: Walk): Answer | undefined {
  if (protocol === undefined || protocol === 'TCP') return undefined;
  const group = groupsOf(listener, nlbs).find(({ targetType }) => asText(walk.settle(targetType)) === 'alb');
  return group && fail('deployment-failure', {
    cause: 'AlbTargetNeedsTcp',
    resource: listener.resource,
    property: 'Properties.Protocol',
    why: `the listener's protocol is ${protocol}, and ${group.resource.id} has an Application Load Balancer as its target, which goes with TCP only`,
  });
}

function quic(listener: NetworkListener, nlbs: Nlbs, walk: Walk): Answer | undefined {
  const { balancer, resource } = listener;
  const refuse = (at: { resource: typeof resource; property: string }, why: string) => fail('deployment-failure', { cause: 'QuicListenerRefused', ...at, why });
  if (balancer) {
    const groups = walk.settle(balancer.securityGroups);
    if (groups.kind === 'list' && groups.items.length > 0) return refuse({ resource: balancer.resource, property: 'Properties.SecurityGroups' }, `${resource.id} is a QUIC listener, and a load balancer with security groups takes none`);
    const type = asText(walk.settle(balancer.addressType));
    if (type !== undefined && type !== 'ipv4') return refuse({ resource: balancer.resource, property: 'Properties.IpAddressType' }, `${resource.id} is a QUIC listener, and a load balancer with IpAddressType ${type} takes none`);
    const names = balancer.listeners.filter((other) => other !== listener).map((other) => ({ other, protocol: asText(walk.settle(other.protocol)) }));
    const clash = names.find(({ protocol }) => protocol === 'UDP' || protocol === 'TCP_UDP' || protocol === 'QUIC' || protocol === 'TCP_QUIC');
    if (clash) return refuse({ resource, property: 'Properties.Protocol' }, `${clash.other.resource.id} on the same load balancer is a ${clash.protocol} listener, beside which no QUIC listener may stand`);
  }
  for (const group of groupsOf(listener, nlbs)) {
    const bare = items(group.targets).find(({ value }) => value.kind === 'map' && pick(value, 'QuicServerId').kind === 'absent');
    if (bare) return refuse({ resource: group.resource, property: 'Properties.Targets' }, `${resource.id} is a QUIC listener, and a target of ${group.resource.id} has no QuicServerId`);
  }
  return undefined;
}

/** Refusals of a group whose target is an ALB. */
export function groupRefusal(group: NetworkGroup, network: Network, walk: Walk): Answer {
  walk.through(group.resource);
  if (asText(walk.settle(group.targetType)) !== 'alb') return SERVED;
  const protocol = walk.text(group.protocol, 'TCP', []);
  const at = (property: string) => ({ resource: group.resource, property });
  if (protocol !== undefined && protocol !== 'TCP') {
    return fail('deployment-failure', {
      cause: 'AlbTargetNeedsTcp',
      ...at('Properties.Protocol'),
      why: `the group's protocol is ${protocol}, and its target is an Application Load Balancer, which goes with TCP only`,
    });
  }
  const target = albTarget(group);
  const port = target && number(target.port, walk);
  const listening = port === undefined ? undefined : network.door(target!.resource)?.listening(port, walk);
  if (listening?.is !== 'closed') return SERVED;
  return fail('deployment-failure', {
    cause: 'AlbTargetPortClosed',
    ...at('Properties.Port'),
    why: `the group sends to port ${port} of ${target!.resource.id}, which has no listener there`,
  });
}

function number(value: Value, walk: Walk): number | undefined {
  return walk.settle(value).kind === 'absent' ? undefined : walk.number(value, 0);
}
