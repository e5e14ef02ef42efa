import { Rule } from '../rule';

export const UNKNOWN_API_TLS_POLICY: Rule = {
  id: 'UnknownApiTlsPolicy',
  says: 'The TLS policy of an API has a name that is not taken there',
  hits: 'Nobody: the deployment fails.',
  why: 'CloudFormation accepts any text. AWS::ApiGatewayV2::DomainName takes TLS_1_0 and TLS_1_2 only; the SecurityPolicy_ names are for AWS::ApiGateway resources.',
  fix: {
    cdk: 'use a name from the API Gateway guide',
    cloudFormation: 'correct the name in SecurityPolicy',
    yaml: 'SecurityPolicy: TLS_1_2',
  },
  sources: [
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
  ],
};
