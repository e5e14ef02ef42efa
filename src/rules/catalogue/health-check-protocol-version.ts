import { Rule } from '../rule';

export const HEALTH_CHECK_PROTOCOL_VERSION: Rule = {
  id: 'HealthCheckProtocolVersion',
  says: 'The health check speaks another HTTP version than its port',
  hits: 'Everybody, in the end: targets are unhealthy although traffic works.',
  why: 'A health check uses the protocol version of its target group, whatever port it goes to.',
  fix: {
    cdk: 'check the traffic port, or let the health port speak the group\'s protocol version',
    cloudFormation: 'set HealthCheckPort: traffic-port, or let the health port speak the group\'s ProtocolVersion',
    ts: 'healthCheck: { port: \'traffic-port\', path: \'/healthz\' }',
    yaml: 'HealthCheckPort: traffic-port',
  },
  sources: [
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2694', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2694', confidence: 'reported' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#4052', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4052', confidence: 'reported' },
  ],
};
