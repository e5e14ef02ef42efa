// What a TLS posture would set in templates that exist: the setting of each entry point, found by the systems, with the policy that the
// posture comes to there. Not here: the choice (posture/choose.ts).

import { candidates } from '../posture/candidates';
import { choose, Requirement } from '../posture/choose';
import { TlsHop } from '../posture/tls-hop';
import { systems, TlsSetting } from '../systems';
import { asText, get, Resource, TemplateInput, Templates } from '../template';

/** A property to set at a resource of a template. */
export interface PostureChange {
  readonly file: string;
  readonly resource: string;
  readonly path: readonly string[];
  readonly value: string;
}

export interface PostureChanges {
  readonly changes: readonly PostureChange[];
  /** Entry points that the posture knows no policy for. */
  readonly left: readonly Resource[];
}

export function postureChanges(inputs: readonly TemplateInput[], requirement: Requirement): PostureChanges {
  const settings = systems(new Templates(inputs)).flatMap(({ entries }) => entries.flatMap(({ tlsSetting }) => (tlsSetting ? [tlsSetting] : [])));
  const distinct = [...new Map(settings.filter(({ resource }) => !isCleartext(resource)).map((setting) => [`${setting.resource.key} ${setting.property}`, setting])).values()];
  const changes: PostureChange[] = [];
  const left: Resource[] = [];
  for (const setting of distinct) {
    const hop = hopOf(setting.resource);
    const policy = hop && choose(requirement, candidates(hop)).candidate.name;
    if (policy === undefined) left.push(setting.resource);
    else if (asText(setting.value) !== policy) changes.push(...changesOf(setting, policy));
  }
  return { changes, left };
}

/** A listener that redirects to HTTPS, say: a policy there is refused at deployment (rule TlsSettingsOnHttpListener). */
function isCleartext(resource: Resource): boolean {
  return resource.type === 'AWS::ElasticLoadBalancingV2::Listener' && asText(get(resource, 'Protocol')) === 'HTTP';
}

function hopOf(resource: Resource): TlsHop | undefined {
  switch (resource.type) {
    case 'AWS::ElasticLoadBalancingV2::Listener':
      return asText(get(resource, 'Protocol')) === 'TLS' ? TlsHop.NETWORK_LOAD_BALANCER : TlsHop.APPLICATION_LOAD_BALANCER;
    case 'AWS::CloudFront::Distribution': return TlsHop.DISTRIBUTION;
    case 'AWS::ApiGateway::RestApi':
    case 'AWS::ApiGateway::DomainName':
    case 'AWS::Serverless::Api': return edgeOptimized(resource) ? TlsHop.EDGE_REST_API : TlsHop.REST_API;
    case 'AWS::ApiGatewayV2::DomainName': return TlsHop.HTTP_API;
    default: return undefined;
  }
}

/** EDGE is the type of a REST API of which nothing is said. */
function edgeOptimized(resource: Resource): boolean {
  const written = JSON.stringify(resource.raw.Properties ?? {});
  return !/"(REGIONAL|PRIVATE)"/.test(written);
}

/** The enhanced policies of API Gateway want an access mode, the others take none (rule EndpointAccessModeMismatch). */
function changesOf({ resource, property }: TlsSetting, value: string): PostureChange[] {
  const place = { file: resource.scope.input.file, resource: resource.id };
  const path = property.split('.');
  const policy = { ...place, path, value };
  return value.startsWith('SecurityPolicy_') ? [policy, { ...place, path: [...path.slice(0, -1), 'EndpointAccessMode'], value: 'BASIC' }] : [policy];
}
