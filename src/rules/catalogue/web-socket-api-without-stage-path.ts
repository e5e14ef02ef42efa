import { Rule } from '../rule';

export const WEB_SOCKET_API_WITHOUT_STAGE_PATH: Rule = {
  id: 'WebSocketApiWithoutStagePath',
  says: 'A distribution reaches a WebSocket API without the path of its stage',
  hits: 'Every WebSocket client on that path: 403.',
  why: 'A WebSocket API answers at /<stage> of its execute-api name. CloudFront sends OriginPath and then the viewer\'s path, and the API knows nothing behind the stage.',
  fix: {
    cdk: 'set originPath: \'/<stage>\' on the origin, and rewrite the path in a viewer-request function when the behavior has a pattern',
    cloudFormation: 'set OriginPath: /<stage> on the origin, and rewrite the path in a function when the behavior has a pattern',
    ts: 'new origins.HttpOrigin(\'abc123.execute-api.eu-west-1.amazonaws.com\', { originPath: \'/prod\' });',
    yaml: 'OriginPath: /prod',
  },
  sources: [
    { what: 'aws-samples/simple-websockets-chat-app#5', url: 'https://github.com/aws-samples/simple-websockets-chat-app/issues/5', confidence: 'reported' },
    { what: 'API Gateway guide, "Invoking a WebSocket API"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api.html', confidence: 'documented' },
  ],
};
