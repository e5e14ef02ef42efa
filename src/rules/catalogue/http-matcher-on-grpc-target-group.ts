import { Rule } from '../rule';

export const HTTP_MATCHER_ON_GRPC_TARGET_GROUP: Rule = {
  id: 'HttpMatcherOnGrpcTargetGroup',
  says: 'A GRPC target group has an HTTP matcher',
  hits: 'Nobody: the deployment is refused ("Health check matcher GRPC code must be within 0-99").',
  why: 'A GRPC target group is checked with a gRPC call, whose status is not an HTTP code.',
  fix: {
    cdk: 'use healthCheck: { healthyGrpcCodes: \'0\' } instead of healthyHttpCodes',
    cloudFormation: 'replace Matcher.HttpCode by Matcher.GrpcCode',
    ts: 'healthCheck: { healthyGrpcCodes: \'0\' }',
    yaml: 'Matcher: { GrpcCode: \'0\' }',
  },
  sources: [
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2804', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2804', confidence: 'reported' },
    { what: 'aws/copilot-cli#5958', url: 'https://github.com/aws/copilot-cli/issues/5958', confidence: 'reported' },
  ],
};
