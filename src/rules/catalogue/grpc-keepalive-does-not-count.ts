import { Rule } from '../rule';

export const GRPC_KEEPALIVE_DOES_NOT_COUNT: Rule = {
  id: 'GrpcKeepaliveDoesNotCount',
  says: 'A gRPC stream is kept alive by pings that the load balancer does not count',
  hits: 'gRPC clients with long streams that are quiet: the stream is cut at the idle timeout.',
  why: 'HTTP/2 PING frames do not reset the idle timeout of an ALB; only data does.',
  fix: {
    cdk: 'set idleTimeout on the load balancer above the longest silence, or send messages of the application as heartbeats',
    cloudFormation: 'set the attribute idle_timeout.timeout_seconds above the longest silence, or send messages as heartbeats',
    ts: 'new elbv2.ApplicationLoadBalancer(this, \'Alb\', { vpc, idleTimeout: Duration.hours(1) });',
    yaml: 'LoadBalancerAttributes:\n  - { Key: idle_timeout.timeout_seconds, Value: \'3600\' }',
  },
  atMost: 'warning',
  sources: [
    { what: 'ALB guide, "Load balancer attributes": PING frames', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html', confidence: 'documented' },
  ],
};
