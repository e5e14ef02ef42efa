import { Rule } from '../rule';

export const MATCHER_OUT_OF_RANGE: Rule = {
  id: 'MatcherOutOfRange',
  says: 'A health check matcher holds a code that is not accepted',
  hits: 'Nobody: the deployment is refused.',
  why: 'An ALB takes HTTP codes from 200 to 499, and gRPC codes from 0 to 99.',
  fix: {
    cdk: 'set healthyHttpCodes (or healthyGrpcCodes) to codes in range',
    cloudFormation: 'set Matcher.HttpCode to codes from 200 to 499, or Matcher.GrpcCode to codes from 0 to 99',
    ts: 'healthCheck: { healthyHttpCodes: \'200-299\' }',
    yaml: 'Matcher: { HttpCode: 200-299 }',
  },
  sources: [
    { what: 'ALB guide, "Health checks"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html', confidence: 'documented' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2804', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2804', confidence: 'reported' },
  ],
};
