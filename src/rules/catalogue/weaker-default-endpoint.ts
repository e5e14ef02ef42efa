import { Rule } from '../rule';

export const WEAKER_DEFAULT_ENDPOINT: Rule = {
  id: 'WeakerDefaultEndpoint',
  says: 'The default endpoint of a REST API is a weaker door than its domain name',
  hits: 'Nobody is turned away; callers with TLS 1.0 and 1.1 get in at execute-api, past the policy of the domain.',
  why: 'A domain name has a policy of its own. The default endpoint stays open beside it, with TLS_1_0 when nothing is set.',
  fix: {
    cdk: 'set disableExecuteApiEndpoint: true on the RestApi, or give it a SecurityPolicy',
    cloudFormation: 'set DisableExecuteApiEndpoint: true or SecurityPolicy on AWS::ApiGateway::RestApi',
    ts: 'new apigateway.RestApi(this, \'Api\', { disableExecuteApiEndpoint: true });',
    yaml: 'DisableExecuteApiEndpoint: true',
    mixin: 'TlsPolicyMixin',
  },
  atMost: 'warning',
  sources: [
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
    { what: 'API Gateway guide, "Disable the default endpoint for REST APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html', confidence: 'documented' },
  ],
};
