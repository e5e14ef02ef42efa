import { Rule } from '../rule';

export const HEALTH_CHECK_SCHEME_MISMATCH: Rule = {
  id: 'HealthCheckSchemeMismatch',
  says: 'The health check uses TLS where its port speaks cleartext, or the reverse',
  hits: 'Everybody, in the end: targets are unhealthy.',
  why: 'HealthCheckProtocol is separate from Protocol and is HTTP by default.',
  fix: {
    cdk: 'set healthCheck: { protocol: Protocol.HTTPS } (or HTTP) to what the health port speaks',
    cloudFormation: 'set HealthCheckProtocol to what the health port speaks',
    ts: 'healthCheck: { protocol: elbv2.Protocol.HTTPS }',
    yaml: 'HealthCheckProtocol: HTTPS',
  },
  sources: [
    { what: 'ALB guide, "Health checks"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html', confidence: 'documented' },
  ],
};
