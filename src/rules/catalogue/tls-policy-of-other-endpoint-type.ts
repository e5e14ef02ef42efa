import { Rule } from '../rule';

export const TLS_POLICY_OF_OTHER_ENDPOINT_TYPE: Rule = {
  id: 'TlsPolicyOfOtherEndpointType',
  says: 'The TLS policy is one for another endpoint type',
  hits: 'Nobody: the deployment fails.',
  why: 'Names that end in _EDGE belong to edge-optimized endpoints, the other SecurityPolicy_ names to regional and private ones.',
  fix: {
    cdk: 'choose a policy for the endpoint type in use',
    cloudFormation: 'set SecurityPolicy to a name of the same endpoint type as EndpointConfiguration',
    yaml: 'EndpointConfiguration:\n  Types: [REGIONAL]\nSecurityPolicy: SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  },
  sources: [
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
    { what: 'aws-cdk-lib checks of its DomainName and RestApi', confidence: 'source code' },
  ],
};
