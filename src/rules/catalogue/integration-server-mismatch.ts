import { Rule } from '../rule';

export const INTEGRATION_SERVER_MISMATCH: Rule = {
  id: 'IntegrationServerMismatch',
  says: 'The server behind an integration does not speak what the API sends',
  hits: 'Every caller of the route: the API answers 5xx, or the server 4xx.',
  why: 'REST and HTTP APIs speak HTTP/1.1 to integrations, and TLS 1.2 where the URI is https.',
  fix: {
    cdk: 'point the integration at a port that speaks HTTP/1.1',
    cloudFormation: 'point the URI at a port that speaks HTTP/1.1, with the scheme of that port',
    yaml: 'IntegrationUri: https://orders.example.com/{proxy}',
  },
  sources: [
    { what: 'API Gateway guide, "$context variables": HTTP/1.1', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html', confidence: 'documented' },
    { what: 'API Gateway guide, "Security policies"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html', confidence: 'documented' },
  ],
};
