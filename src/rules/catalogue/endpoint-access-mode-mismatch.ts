import { Rule } from '../rule';

export const ENDPOINT_ACCESS_MODE_MISMATCH: Rule = {
  id: 'EndpointAccessModeMismatch',
  says: 'Endpoint access mode and TLS policy do not go together',
  hits: 'Nobody: the deployment fails.',
  why: 'The SecurityPolicy_ names want an EndpointAccessMode, BASIC or STRICT; TLS_1_0 and TLS_1_2 take none.',
  fix: {
    cdk: 'set both or neither',
    cloudFormation: 'set EndpointAccessMode: BASIC beside a SecurityPolicy_ name (STRICT once the logs are clean), and none beside TLS_1_0 or TLS_1_2',
    yaml: 'SecurityPolicy: SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09\nEndpointAccessMode: BASIC',
  },
  sources: [
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
  ],
};
