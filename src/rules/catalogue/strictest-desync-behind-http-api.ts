import { Rule } from '../rule';

export const STRICTEST_DESYNC_BEHIND_HTTP_API: Rule = {
  id: 'StrictestDesyncBehindHttpApi',
  says: 'A load balancer in desync mode strictest stands behind an HTTP API',
  hits: 'Every caller of the API gets 400 from the balancer, without a body.',
  why: 'In strictest mode the balancer takes only requests that comply with the RFC to the letter; those of HTTP APIs do not.',
  fix: {
    cdk: 'set desyncMitigationMode: DesyncMitigationMode.DEFENSIVE on the load balancer',
    cloudFormation: 'set routing.http.desync_mitigation_mode to defensive or monitor',
    ts: 'new elbv2.ApplicationLoadBalancer(this, \'Alb\', { vpc, desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE });',
    yaml: 'LoadBalancerAttributes:\n  - Key: routing.http.desync_mitigation_mode\n    Value: defensive',
  },
  sources: [
    { what: 'AWS re:Post, "Resolve errors for API Gateway private integrations"', url: 'https://repost.aws/knowledge-center/api-gateway-private-integration-errors', confidence: 'documented' },
  ],
};
