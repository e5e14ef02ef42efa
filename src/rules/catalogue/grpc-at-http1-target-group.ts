import { Rule } from '../rule';

export const GRPC_AT_HTTP1_TARGET_GROUP: Rule = {
  id: 'GrpcAtHttp1TargetGroup',
  says: 'gRPC calls reach a target group that takes HTTP/1.1',
  hits: 'Every gRPC client: each call ends with 464, which libraries show as UNKNOWN or UNAVAILABLE.',
  why: 'A target group without ProtocolVersion is HTTP1, and the ALB answers 464 to gRPC for it.',
  fix: {
    cdk: 'use protocolVersion: ApplicationProtocolVersion.GRPC on the target group, behind an HTTPS listener',
    cloudFormation: 'set ProtocolVersion: GRPC (only possible at creation, so the group is replaced) and Matcher.GrpcCode',
    ts: 'new elbv2.ApplicationTargetGroup(this, \'Rpc\', { vpc, port: 50051, protocol: elbv2.ApplicationProtocol.HTTP, protocolVersion: elbv2.ApplicationProtocolVersion.GRPC, healthCheck: { healthyGrpcCodes: \'0\' } });',
    yaml: 'ProtocolVersion: GRPC\nMatcher: { GrpcCode: \'0\' }',
  },
  sources: [
    { what: 'ALB guide, "Target group protocol version"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version', confidence: 'documented' },
    { what: 'ALB guide, "HTTP 464"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html', confidence: 'documented' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2404', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2404', confidence: 'reported' },
    { what: 'argoproj/argo-workflows#4394', url: 'https://github.com/argoproj/argo-workflows/issues/4394', confidence: 'reported' },
  ],
};
