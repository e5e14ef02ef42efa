import { Rule } from '../rule';

export const GRPC_HEALTH_CHECK_PATH: Rule = {
  id: 'GrpcHealthCheckPath',
  says: 'A gRPC health check calls something that is no gRPC method',
  hits: 'Everybody, in the end: targets are unhealthy.',
  why: 'A path that is not /package.Service/Method gets status 12 (UNIMPLEMENTED); only the default matcher takes that for healthy.',
  fix: {
    cdk: 'set healthCheck: { path: \'/grpc.health.v1.Health/Check\', healthyGrpcCodes: \'0\' }',
    cloudFormation: 'set HealthCheckPath: /grpc.health.v1.Health/Check and Matcher.GrpcCode: \'0\'',
    ts: 'healthCheck: { path: \'/grpc.health.v1.Health/Check\', healthyGrpcCodes: \'0\' }',
    yaml: 'HealthCheckPath: /grpc.health.v1.Health/Check\nMatcher: { GrpcCode: \'0\' }',
  },
  atMost: 'warning',
  sources: [
    { what: 'ALB guide, "Health checks"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html', confidence: 'documented' },
  ],
};
