import { Rule } from '../rule';

export const HOP_WITHOUT_WEB_SOCKET: Rule = {
  id: 'HopWithoutWebSocket',
  says: 'A WebSocket path leads through a hop that cannot upgrade',
  hits: 'Every WebSocket client on that path. A server behind it sees a plain GET and answers 426 or 400.',
  why: 'REST and HTTP APIs drop the Upgrade header; buckets and function URLs know no WebSocket.',
  fix: {
    cdk: 'lead the path to a load balancer or to a WebSocket API',
    cloudFormation: 'lead the path to a load balancer or to an API with ProtocolType WEBSOCKET',
  },
  sources: [
    { what: 'API Gateway guide, "Known issues": Upgrade is dropped', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html', confidence: 'documented' },
    { what: 'Kong/kong#2525', url: 'https://github.com/Kong/kong/issues/2525', confidence: 'reported' },
    { what: 'That HTTP APIs drop it as well', confidence: 'inferred' },
  ],
};
