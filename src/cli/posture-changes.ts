// What a TLS posture would set in templates that exist: the setting of each entry point, found by the systems, with the policy that the
// posture comes to there. Not here: the choice (posture/choose.ts).

import { candidates } from '../posture/candidates';
import { choose, Requirement } from '../posture/choose';
import { TlsHop } from '../posture/tls-hop';
import { systems, TlsSetting } from '../systems';
import { asText, get, own, record, Resource, TemplateInput, Templates } from '../template';

/** A property to set at a resource of a template. */
export interface PostureChange {
  readonly file: string;
  readonly resource: string;
  readonly path: readonly string[];
  readonly value: string;
}

export interface PostureChanges {
  readonly changes: readonly PostureChange[];
  /** Entry points that the posture knows no policy for, or that may be of several kinds. */
  readonly left: readonly Resource[];
}

export function postureChanges(inputs: readonly TemplateInput[], requirement: Requirement): PostureChanges {
  const settings = systems(new Templates(inputs)).flatMap(({ entries }) => entries.flatMap(({ tlsSetting }) => (tlsSetting ? [tlsSetting] : [])));
  const distinct = [...new Map(settings.filter(({ resource }) => !isCleartext(resource)).map((setting) => [`${setting.resource.key} ${setting.property}`, setting])).values()];
  const changes: PostureChange[] = [];
  const left: Resource[] = [];
  for (const setting of distinct) {
    const hop = hopOf(setting);
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

/** Undefined where the template does not tell which kind it is. */
function hopOf({ resource, property }: TlsSetting): TlsHop | undefined {
  switch (resource.type) {
    case 'AWS::ElasticLoadBalancingV2::Listener':
      switch (asText(get(resource, 'Protocol'))) {
        case 'TLS': return TlsHop.NETWORK_LOAD_BALANCER;
        case 'HTTPS': return TlsHop.APPLICATION_LOAD_BALANCER;
        default: return undefined;
      }
    case 'AWS::CloudFront::Distribution': return TlsHop.DISTRIBUTION;
    case 'AWS::ApiGateway::RestApi':
    case 'AWS::ApiGateway::DomainName':
    case 'AWS::Serverless::Api': return restHop(resource, property.split('.').slice(0, -1));
    case 'AWS::ApiGatewayV2::DomainName': return TlsHop.HTTP_API;
    default: return undefined;
  }
}

/**
 * By the endpoint type that stands beside the policy. Nothing said is EDGE for the resources of API Gateway ("AWS::ApiGateway::RestApi
 * EndpointConfiguration", CloudFormation reference); SAM has defaults of its own, and an expression may be either.
 */
function restHop(resource: Resource, beside: readonly string[]): TlsHop | undefined {
  const holder = beside.reduce((at, step) => record(own(at, step)), resource.raw);
  const written = own(holder, 'EndpointConfiguration');
  if (written === undefined) return resource.type === 'AWS::Serverless::Api' ? undefined : TlsHop.EDGE_REST_API;
  const types = new Set(JSON.stringify(written).match(/"(EDGE|REGIONAL|PRIVATE)"/g) ?? []);
  if (types.size !== 1) return undefined;
  return types.has('"EDGE"') ? TlsHop.EDGE_REST_API : TlsHop.REST_API;
}

/** The enhanced policies of API Gateway want an access mode, the others take none (rule EndpointAccessModeMismatch). */
function changesOf({ resource, property }: TlsSetting, value: string): PostureChange[] {
  const place = { file: resource.scope.input.file, resource: resource.id };
  const path = property.split('.');
  const policy = { ...place, path, value };
  return value.startsWith('SecurityPolicy_') ? [policy, { ...place, path: [...path.slice(0, -1), 'EndpointAccessMode'], value: 'BASIC' }] : [policy];
}
