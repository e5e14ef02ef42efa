// What a CloudFront VPC origin refuses to lead to: some network load balancers.
// Facts: CloudFront guide "Restrict access with VPC origins" (not supported: network load balancers with a TLS listener,
// dual-stack ones, ones without security group).

import { asText, get, items, Resource, Templates } from '../../template';
import { Answer, Errand, fail, SERVED } from '../hop';
import { Walk } from '../walk';

export function vpcOriginErrands(templates: Templates): Errand[] {
  const origins = templates.all('AWS::CloudFront::VpcOrigin');
  if (origins.length === 0) return [];
  const listeners = templates.all('AWS::ElasticLoadBalancingV2::Listener');
  return origins.map((resource) => ({ kind: 'deployment', resource, go: (walk) => refusal(resource, listeners, walk) }));
}

function refusal(resource: Resource, listeners: readonly Resource[], walk: Walk): Answer {
  walk.through(resource);
  const arn = walk.settle(get(resource, 'VpcOriginEndpointConfig', 'Arn'));
  const balancer = arn.kind === 'reference' && asText(get(arn.resource, 'Type')) === 'network' ? arn.resource : undefined;
  if (!balancer) return SERVED;
  const has = unfit(balancer, listeners, walk);
  if (!has) return SERVED;
  return fail('deployment-failure', {
    cause: 'VpcOriginToUnfitBalancer',
    resource,
    property: 'Properties.VpcOriginEndpointConfig.Arn',
    why: `the VPC origin leads to the network load balancer ${balancer.id}, which ${has}, and CloudFront does not support that`,
  });
}

function unfit(balancer: Resource, listeners: readonly Resource[], walk: Walk): string | undefined {
  const tls = listeners.find((listener) => {
    const of = get(listener, 'LoadBalancerArn');
    return of.kind === 'reference' && of.resource === balancer && asText(walk.settle(get(listener, 'Protocol'))) === 'TLS';
  });
  if (tls) return `has a TLS listener (${tls.id})`;
  if (asText(walk.settle(get(balancer, 'IpAddressType'))) === 'dualstack') return 'is dual-stack';
  const groups = walk.settle(get(balancer, 'SecurityGroups'));
  return groups.kind === 'absent' || (groups.kind === 'list' && items(groups).length === 0) ? 'has no security group' : undefined;
}
