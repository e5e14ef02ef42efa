import { Rule } from '../rule';

export const POLLING_WITHOUT_STICKINESS: Rule = {
  id: 'PollingWithoutStickiness',
  says: 'socket.io polls over several servers without stickiness',
  hits: 'socket.io clients that start with polling (the default): 400 "Session ID unknown" for every request that reaches another server.',
  why: 'The polling transport spreads one session over several requests. Without a sticky cookie the ALB spreads them over the targets.',
  fix: {
    cdk: 'set stickinessCookieDuration on the target group, or allow the websocket transport only',
    cloudFormation: 'set the attributes stickiness.enabled and stickiness.type on the target group, or allow the websocket transport only',
    ts: 'new elbv2.ApplicationTargetGroup(this, \'Chat\', { vpc, port: 3000, protocol: elbv2.ApplicationProtocol.HTTP, stickinessCookieDuration: Duration.hours(1) });',
    yaml: 'TargetGroupAttributes:\n  - { Key: stickiness.enabled, Value: \'true\' }\n  - { Key: stickiness.type, Value: lb_cookie }',
  },
  sources: [
    { what: 'socket.io documentation, "Using multiple nodes"', url: 'https://socket.io/docs/v4/using-multiple-nodes/', confidence: 'documented' },
    { what: 'ALB guide, "Sticky sessions"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html', confidence: 'documented' },
  ],
};
