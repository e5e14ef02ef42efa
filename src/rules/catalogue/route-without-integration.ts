import { Rule } from '../rule';

export const ROUTE_WITHOUT_INTEGRATION: Rule = {
  id: 'RouteWithoutIntegration',
  says: 'A route of a WebSocket API has no integration',
  hits: 'WebSocket clients whose message or handshake takes the route.',
  why: 'A route without Target has nothing to call; what the client sees is documented nowhere.',
  fix: {
    cdk: 'give the route an integration',
    cloudFormation: 'set Target: integrations/<integration> on the route',
    yaml: 'Target: !Sub integrations/${ConnectIntegration}',
  },
  sources: [
    { what: 'API Gateway guide, "Set up WebSocket API integrations"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html', confidence: 'documented' },
    { what: 'What the client sees', confidence: 'inferred' },
  ],
};
