import { Rule } from '../rule';

export const API_ON_UNFIT_DOMAIN: Rule = {
  id: 'ApiOnUnfitDomain',
  says: 'An HTTP or WebSocket API is led to from a domain that is not for it',
  hits: 'Nobody: the mapping, or the domain, is refused at deployment.',
  why: 'HTTP and WebSocket APIs sit on regional domain names with TLS_1_2. TLS_1_0 and edge-optimized domains are for REST APIs.',
  fix: {
    cdk: 'use a regional apigatewayv2.DomainName with SecurityPolicy.TLS_1_2',
    cloudFormation: 'set EndpointType: REGIONAL and SecurityPolicy: TLS_1_2 in DomainNameConfigurations',
    yaml: 'DomainNameConfigurations:\n  - EndpointType: REGIONAL\n    SecurityPolicy: TLS_1_2\n    CertificateArn: !Ref Certificate',
  },
  sources: [
    { what: 'API Gateway guide, "Custom domain names for WebSocket APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-custom-domain-names.html', confidence: 'documented' },
    { what: 'amplify-education/serverless-domain-manager#381', url: 'https://github.com/amplify-education/serverless-domain-manager/issues/381', confidence: 'reported' },
    { what: 'amplify-education/serverless-domain-manager#319', url: 'https://github.com/amplify-education/serverless-domain-manager/issues/319', confidence: 'reported' },
  ],
};
