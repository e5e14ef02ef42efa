import { Rule } from '../rule';

export const HTTP2_DISABLED_BEFORE_HTTP2_TARGET_GROUP: Rule = {
  id: 'Http2DisabledBeforeHttp2TargetGroup',
  says: 'HTTP/2 is switched off on a load balancer with an HTTP2 or GRPC target group',
  hits: 'Everybody: clients fall back to HTTP/1.1, and the target group answers that with 464.',
  why: 'routing.http2.enabled=false makes the ALB speak HTTP/1.1 to clients, and HTTP/1.1 is never turned into HTTP/2 for the target.',
  fix: {
    cdk: 'remove http2Enabled: false from the load balancer, or give the target group protocolVersion: ApplicationProtocolVersion.HTTP1',
    cloudFormation: 'set the attribute routing.http2.enabled to "true", or ProtocolVersion: HTTP1 on the target group',
    ts: 'new elbv2.ApplicationLoadBalancer(this, \'Alb\', { vpc, http2Enabled: true });',
    yaml: 'LoadBalancerAttributes:\n  - { Key: routing.http2.enabled, Value: \'true\' }',
    mixin: 'Http2Mixin',
  },
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'ELB API, LoadBalancerAttribute routing.http2.enabled', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html', confidence: 'documented' },
  ],
};
