import { Rule } from '../rule';

export const MUTUAL_TLS_ON_UNFIT_DOMAIN: Rule = {
  id: 'MutualTlsOnUnfitDomain',
  says: 'Mutual TLS is set on a domain that cannot have it',
  hits: 'Nobody: the deployment fails.',
  why: 'Mutual TLS needs a regional domain name with TLS_1_2; edge-optimized ones, TLS_1_0 and the SecurityPolicy_ names exclude it.',
  fix: {
    cdk: 'use a regional DomainName with SecurityPolicy.TLS_1_2',
    cloudFormation: 'set EndpointConfiguration Types: [REGIONAL] and SecurityPolicy: TLS_1_2',
    yaml: 'SecurityPolicy: TLS_1_2',
  },
  sources: [
    { what: 'API Gateway guide, "Mutual TLS authentication for REST APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html', confidence: 'documented' },
    { what: 'aws-cdk-lib refuses mutual TLS with an enhanced policy', confidence: 'source code' },
  ],
};
