import { Rule } from '../rule';

export const STRICTEST_DESYNC_MODE: Rule = {
  id: 'StrictestDesyncMode',
  says: 'The load balancer rejects every request that is not strictly RFC compliant',
  hits: 'Legacy clients and proxies with ambiguous or malformed headers: 400.',
  why: 'routing.http.desync_mitigation_mode strictest answers 400 to any request that does not comply with RFC 7230; defensive, the default, only to dangerous ones.',
  fix: {
    cdk: 'set desyncMitigationMode: DesyncMitigationMode.DEFENSIVE',
    cloudFormation: 'set the attribute routing.http.desync_mitigation_mode to defensive',
    ts: 'new elbv2.ApplicationLoadBalancer(this, \'Alb\', { vpc, desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE });',
    yaml: 'LoadBalancerAttributes:\n  - { Key: routing.http.desync_mitigation_mode, Value: defensive }',
  },
  atMost: 'info',
  sources: [
    { what: 'ALB guide, "Desync mitigation mode"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html', confidence: 'documented' },
  ],
};
