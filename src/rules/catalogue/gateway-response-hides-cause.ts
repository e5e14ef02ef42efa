import { Rule } from '../rule';

export const GATEWAY_RESPONSE_HIDES_CAUSE: Rule = {
  id: 'GatewayResponseHidesCause',
  says: 'One status is given to all 4xx of an API',
  hits: 'Callers and monitors: they cannot tell a missing key from a wrong path or a blocked request.',
  why: 'StatusCode on DEFAULT_4XX replaces the status of every type that has no response of its own.',
  fix: {
    cdk: 'leave statusCode out of the DEFAULT_4XX response',
    cloudFormation: 'leave StatusCode out of the DEFAULT_4XX response, and set it per type',
    yaml: 'ResponseType: DEFAULT_4XX\nResponseTemplates:\n  application/json: \'{"message":$context.error.messageString}\'',
  },
  atMost: 'info',
  sources: [
    { what: 'API Gateway guide, "Gateway response types"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html', confidence: 'documented' },
  ],
};
