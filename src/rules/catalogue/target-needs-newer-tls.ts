import { Rule } from '../rule';

export const TARGET_NEEDS_NEWER_TLS: Rule = {
  id: 'TargetNeedsNewerTls',
  says: 'The load balancer offers its targets no TLS version that they accept',
  hits: 'Everybody: the TLS handshake between load balancer and target fails and clients get 502 (TargetTLSNegotiationErrorCount).',
  why: 'What an ALB offers to HTTPS targets is not a setting of its own: it follows from the policies of its HTTPS listeners. Without a TLS13 policy on any of them it offers at most TLS 1.2.',
  fix: {
    cdk: 'set sslPolicy: SslPolicy.RECOMMENDED_TLS or another TLS 1.3 policy on an HTTPS listener of the load balancer',
    cloudFormation: 'set SslPolicy to a TLS13-* policy on an HTTPS listener of the load balancer',
    ts: 'sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS',
    yaml: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
    mixin: 'TlsPolicyMixin',
  },
  sources: [
    { what: 'ELB guide, "Security policies for your Application Load Balancer"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html', confidence: 'documented' },
    { what: 'aws/containers-roadmap#2321', url: 'https://github.com/aws/containers-roadmap/issues/2321', confidence: 'reported' },
  ],
};
