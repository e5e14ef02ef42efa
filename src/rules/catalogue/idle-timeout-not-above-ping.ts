import { Rule } from '../rule';

export const IDLE_TIMEOUT_NOT_ABOVE_PING: Rule = {
  id: 'IdleTimeoutNotAbovePing',
  says: 'A WebSocket is closed as idle before the server\'s next ping',
  hits: 'WebSocket clients that are quiet: the connection is cut at the idle timeout (close code 1006), just when the ping is due.',
  why: 'The ALB closes a connection on which nothing was sent for idle_timeout.timeout_seconds (60 by default). TCP keep-alive and HTTP/2 PING do not count.',
  fix: {
    cdk: 'set idleTimeout: Duration.seconds(…) on the load balancer well above the ping interval, or ping more often',
    cloudFormation: 'set the attribute idle_timeout.timeout_seconds well above the ping interval, or ping more often',
    ts: 'new elbv2.ApplicationLoadBalancer(this, \'Alb\', { vpc, idleTimeout: Duration.minutes(5) });',
    yaml: 'LoadBalancerAttributes:\n  - { Key: idle_timeout.timeout_seconds, Value: \'300\' }',
    mixin: 'IdleTimeoutMixin',
  },
  sources: [
    { what: 'ALB guide, "Connection idle timeout"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html', confidence: 'documented' },
    { what: 'mattermost/docs#8930', url: 'https://github.com/mattermost/docs/issues/8930', confidence: 'reported' },
  ],
};
