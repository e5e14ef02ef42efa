// What CloudFormation accepts at synth and API Gateway refuses at deployment: TLS policies that do not go with the endpoint
// or its access mode, mutual TLS where it cannot be, APIs on domains that are not for them.
// Facts: API Gateway guide "Security policies" (endpoint access mode, policies per endpoint type), "Mutual TLS", "API mapping
// restrictions"; amplify-education/serverless-domain-manager#319 and #381 (TLS 1.0 on v2 domains), serverless/serverless#7459.

import { asText, Resource, Value } from '../../template';
import { Answer, fail, SERVED } from '../hop';
import { Walk } from '../walk';
import { Domain, Mapping } from './domains';
import { Api, PRODUCT_NAMES } from './model';
import { apiTlsPolicies, nearestPolicy } from './tls';

/** An endpoint's settings that must fit together. */
interface Settings {
  readonly resource: Resource;
  readonly policy: Value;
  readonly accessMode: Value;
  readonly endpoint: Value;
  readonly at: { readonly policy: string; readonly accessMode: string };
}

export function restApiRefusal(api: Api, walk: Walk): Answer {
  walk.through(api.resource);
  const at = { policy: `${api.prefix}SecurityPolicy`, accessMode: `${api.prefix}EndpointAccessMode` };
  const { resource, securityPolicy: policy, accessMode, endpoint } = api;
  return policyRefusal({ resource, policy, accessMode, endpoint, at }, walk) ?? SERVED;
}

export function domainRefusal(domain: Domain, walk: Walk): Answer {
  walk.through(domain.resource);
  return enhancedOnV2(domain, walk) ?? policyRefusal(domain, walk) ?? v2Refusal(domain, walk) ?? mutualTlsRefusal(domain, walk) ?? SERVED;
}

function policyRefusal({ resource, policy, accessMode, endpoint, at }: Settings, walk: Walk): Answer | undefined {
  const name = asText(walk.settle(policy));
  const mode = walk.settle(accessMode);
  const type = asText(walk.settle(endpoint))?.toUpperCase();
  if (name === undefined) return undefined;
  const refuse = (cause: string, property: string, why: string) => fail('deployment-failure', { cause, resource, property, why });
  const known = apiTlsPolicies(name);
  if (known.length === 0) {
    const newer = /^SecurityPolicy_.*20(2[6-9]|[3-9]\d)/.test(name);
    return fail('deployment-failure', { cause: 'UnknownApiTlsPolicy', resource, property: at.policy, certainty: newer ? 'possible' : 'certain', why: newer ? `the security policy ${name} is newer than the table of this version or does not exist` : `API Gateway has no security policy named ${name}; did you mean ${nearestPolicy(name)}?` });
  }
  const wanted = type === 'EDGE' ? 'edge' : 'regional';
  if (type !== undefined && !known.some((row) => row.endpoint === wanted)) {
    return refuse('TlsPolicyOfOtherEndpointType', at.policy, `${name} is a policy for ${known[0].endpoint === 'edge' ? 'edge-optimized' : 'regional and private'} endpoints, and this one is ${type}`);
  }
  const enhanced = known[0].enhanced;
  if (enhanced && mode.kind === 'absent') return refuse('EndpointAccessModeMismatch', at.accessMode, `${name} wants an EndpointAccessMode (BASIC or STRICT), and none is set`);
  if (!enhanced && mode.kind !== 'absent') return refuse('EndpointAccessModeMismatch', at.accessMode, `an EndpointAccessMode is set, which ${name} does not take`);
  return undefined;
}

/** The SecurityPolicy_ names are not for AWS::ApiGatewayV2::DomainName. */
function enhancedOnV2({ version, policy, resource, at }: Domain, walk: Walk): Answer | undefined {
  const name = asText(walk.settle(policy));
  if (version !== 'v2' || name === undefined || !apiTlsPolicies(name).some((row) => row.enhanced)) return undefined;
  return fail('deployment-failure', { cause: 'UnknownApiTlsPolicy', resource, property: at.policy, why: `domains of API Gateway v2 take TLS_1_0 and TLS_1_2 only, and ${name} is set` });
}

/** HTTP and WebSocket APIs sit on regional domains with TLS 1.2; the v2 interface takes no other domain for them. */
function v2Refusal(domain: Domain, walk: Walk): Answer | undefined {
  const { resource, at } = domain;
  const policy = asText(walk.settle(domain.policy));
  const edge = asText(walk.settle(domain.endpoint))?.toUpperCase() === 'EDGE';
  if (policy !== 'TLS_1_0' && !edge) return undefined;
  const mapping = domain.mappings.filter(({ resource: own }) => walk.exists(own)).find(({ api, version }) => (api ? api.product !== 'rest' : version === 'v2'));
  const onlyRest = domain.mappings.length > 0 && !mapping;
  if (onlyRest || (domain.version === 'v1' && !mapping)) return undefined;
  const what = mapping?.api ? `${mapping.api.resource.id} is ${PRODUCT_NAMES[mapping.api.product]}` : 'HTTP and WebSocket APIs';
  const wants = mapping?.api ? 'which sits' : 'sit';
  return fail('deployment-failure', {
    cause: 'ApiOnUnfitDomain',
    resource,
    property: edge ? at.endpoint : at.policy,
    certainty: certaintyOf(domain, mapping),
    why: `${what}${mapping?.api ? ',' : ''} ${wants} on regional domains with TLS_1_2 only, and this one is ${edge ? 'edge-optimized' : 'set to TLS_1_0'}`,
  });
}

/** An API that is not in the templates might be a REST API, but then the v2 domain would be an odd choice. */
function certaintyOf(domain: Domain, mapping: Mapping | undefined): 'certain' | 'possible' {
  return mapping?.api || (mapping && domain.version === 'v2') ? 'certain' : 'possible';
}

function mutualTlsRefusal(domain: Domain, walk: Walk): Answer | undefined {
  if (walk.settle(domain.mutualTls).kind === 'absent') return undefined;
  const policy = asText(walk.settle(domain.policy));
  const edge = asText(walk.settle(domain.endpoint))?.toUpperCase() === 'EDGE';
  const odd = edge ? 'the domain is edge-optimized' : policy === 'TLS_1_0' ? 'its policy is TLS_1_0' : policy?.startsWith('SecurityPolicy_') ? `its policy is ${policy}` : undefined;
  if (odd === undefined) return undefined;
  return fail('deployment-failure', {
    cause: 'MutualTlsOnUnfitDomain',
    resource: domain.resource,
    property: domain.at.mutualTls,
    why: `mutual TLS needs a regional domain with TLS_1_2, and ${odd}`,
  });
}

/** One domain is either for WebSocket APIs or for the others. */
export function mappingRefusal(mapping: Mapping, domain: Domain, walk: Walk): Answer {
  walk.through(mapping.resource);
  const other = domain.mappings.find((candidate) => candidate.api !== undefined && candidate.api.product !== 'websocket' && walk.exists(candidate.resource));
  if (!other) return SERVED;
  return fail('deployment-failure', {
    cause: 'WebSocketApiSharesDomain',
    resource: mapping.resource,
    property: 'Properties.DomainName',
    why: `${domain.resource.id} also leads to ${other.api!.resource.id}, ${PRODUCT_NAMES[other.api!.product]}, and a WebSocket API shares a domain with other WebSocket APIs only`,
  });
}

