import { Rule } from '../rule';

export const WEB_SOCKET_API_WITHOUT_MESSAGE_ROUTE: Rule = {
  id: 'WebSocketApiWithoutMessageRoute',
  says: 'A WebSocket API has no route for messages',
  hits: 'Clients that send messages: they get an error frame ("Forbidden"). Clients that only listen see nothing of it.',
  why: 'Without $default and without a route of its own for a message, API Gateway has nothing to do with it.',
  fix: {
    cdk: 'add a defaultRouteOptions integration',
    cloudFormation: 'add a route with RouteKey $default',
    ts: 'new WebSocketApi(this, \'Chat\', { defaultRouteOptions: { integration } });',
    yaml: 'RouteKey: $default',
  },
  atMost: 'info',
  sources: [
    { what: 'API Gateway guide, "WebSocket routes"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html', confidence: 'documented' },
    { what: 'aws-samples/simple-websockets-chat-app#24', url: 'https://github.com/aws-samples/simple-websockets-chat-app/issues/24', confidence: 'reported' },
  ],
};
