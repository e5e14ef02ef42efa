import { Rule } from '../rule';

export const WEB_SOCKET_AT_LAMBDA_TARGET: Rule = {
  id: 'WebSocketAtLambdaTarget',
  says: 'A WebSocket handshake is forwarded to a Lambda function',
  hits: 'Every WebSocket client on that path: the handshake gets 400 (error reason LambdaWebsocketNotSupported in the access log).',
  why: 'An ALB calls a Lambda target once per request; it cannot tunnel an upgraded connection to it.',
  fix: {
    cdk: 'forward the WebSocket path to a target group of type IP or INSTANCE, or use an API Gateway WebSocket API for Lambda',
    cloudFormation: 'forward the rule of the WebSocket path to a target group with TargetType ip or instance',
    ts: 'listener.addTargetGroups(\'Sockets\', { priority: 20, conditions: [elbv2.ListenerCondition.pathPatterns([\'/live/socket\'])], targetGroups: [containerGroup] });',
    yaml: 'Actions:\n  - Type: forward\n    TargetGroupArn: !Ref ContainerTargetGroup',
  },
  sources: [
    { what: 'ALB guide, "Lambda functions as targets"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html', confidence: 'documented' },
    { what: 'go-to-k/cdk-local#176', url: 'https://github.com/go-to-k/cdk-local/issues/176', confidence: 'reported' },
  ],
};
