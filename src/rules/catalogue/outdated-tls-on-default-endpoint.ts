import { Rule } from '../rule';

export const OUTDATED_TLS_ON_DEFAULT_ENDPOINT: Rule = {
  id: 'OutdatedTlsOnDefaultEndpoint',
  says: 'The default endpoint of a REST API lets in TLS 1.0 and 1.1, because nothing is set',
  hits: 'Nobody is turned away; callers with outdated TLS get in at execute-api.',
  why: 'Regional and edge-optimized REST APIs start with TLS_1_0 on their default endpoint; private, HTTP and WebSocket APIs start with TLS_1_2.',
  fix: {
    cdk: 'set the SecurityPolicy of the RestApi, or disableExecuteApiEndpoint: true and a domain name of its own',
    cloudFormation: 'set SecurityPolicy (and EndpointAccessMode for the SecurityPolicy_ names) on AWS::ApiGateway::RestApi, or DisableExecuteApiEndpoint: true',
    yaml: 'SecurityPolicy: SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09\nEndpointAccessMode: BASIC',
    mixin: 'TlsPolicyMixin',
  },
  atMost: 'info',
  sources: [
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
    { what: 'Defaults read back from live accounts, go-to-k/cdk-real-drift', url: 'https://github.com/go-to-k/cdk-real-drift', confidence: 'reported' },
  ],
};
