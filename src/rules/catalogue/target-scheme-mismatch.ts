import { Rule } from '../rule';

export const TARGET_SCHEME_MISMATCH: Rule = {
  id: 'TargetSchemeMismatch',
  says: 'The target group uses cleartext where the server expects TLS, or the reverse',
  hits: 'Everybody: a TLS port answers plain HTTP with 400 (nginx) or closes; a cleartext port fails the handshake and the ALB answers 502. Health checks fail alike.',
  why: 'Protocol of the target group decides whether the ALB speaks TLS to targets; it does not follow from the port.',
  fix: {
    cdk: 'set protocol: ApplicationProtocol.HTTPS (and healthCheck: { protocol: Protocol.HTTPS }) on the target group',
    cloudFormation: 'set Protocol and HealthCheckProtocol of the target group to what the server speaks',
    ts: 'protocol: elbv2.ApplicationProtocol.HTTPS, healthCheck: { protocol: elbv2.Protocol.HTTPS }',
    yaml: 'Protocol: HTTPS\nHealthCheckProtocol: HTTPS',
  },
  sources: [
    { what: 'aws/aws-cdk#7266', url: 'https://github.com/aws/aws-cdk/issues/7266', confidence: 'reported' },
    { what: 'aws/aws-cdk#6428', url: 'https://github.com/aws/aws-cdk/issues/6428', confidence: 'reported' },
    { what: 'ALB guide, "HTTP 502"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html', confidence: 'documented' },
  ],
};
