import { Rule } from '../rule';

export const NO_BALANCER_LOGS: Rule = {
  id: 'NoBalancerLogs',
  says: 'An internet-facing load balancer keeps no access and connection logs',
  hits: 'You, when a client fails: 464 and 426 and failed TLS handshakes have no metric of their own.',
  why: 'HTTPCode_ELB_4XX_Count does not tell 464 apart, and failed handshakes are in the connection log only.',
  fix: {
    cdk: 'call logAccessLogs(bucket) and logConnectionLogs(bucket)',
    cloudFormation: 'set the attributes access_logs.s3.enabled and connection_logs.s3.enabled',
    ts: 'alb.logAccessLogs(bucket);\nalb.logConnectionLogs(bucket);',
    yaml: 'LoadBalancerAttributes:\n  - { Key: access_logs.s3.enabled, Value: \'true\' }\n  - { Key: access_logs.s3.bucket, Value: !Ref LogBucket }',
    mixin: 'EdgeLogsMixin',
  },
  atMost: 'info',
  sources: [
    { what: 'ALB guide, "Access logs"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html', confidence: 'documented' },
    { what: 'ALB guide, "CloudWatch metrics"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html', confidence: 'documented' },
  ],
};
