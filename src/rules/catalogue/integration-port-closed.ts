import { Rule } from '../rule';

export const INTEGRATION_PORT_CLOSED: Rule = {
  id: 'IntegrationPortClosed',
  says: 'An integration connects to a port on which nothing listens',
  hits: 'Every caller of the route gets 503 (HTTP API) or 504 (REST API).',
  why: 'The URI\'s scheme or port decides where API Gateway connects, and the balancer has no listener there.',
  fix: {
    cdk: 'use the listener\'s scheme and port in the URI',
    cloudFormation: 'use the listener\'s scheme and port in Uri or IntegrationUri',
    yaml: 'Uri: https://orders.example.com/{proxy}',
  },
  sources: [
    { what: 'API Gateway guide, "Gateway response types" (INTEGRATION_FAILURE, 504)', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html', confidence: 'documented' },
    { what: 'AWS re:Post, "Resolve errors for API Gateway private integrations"', url: 'https://repost.aws/knowledge-center/api-gateway-private-integration-errors', confidence: 'documented' },
  ],
};
