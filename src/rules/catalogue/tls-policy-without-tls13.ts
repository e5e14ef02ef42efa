import { Rule } from '../rule';

export const TLS_POLICY_WITHOUT_TLS13: Rule = {
  id: 'TlsPolicyWithoutTls13',
  says: 'The TLS policy ends at TLS 1.2',
  hits: 'Clients that speak TLS 1.3 only: the handshake fails. Others are served with an older TLS version than they could use.',
  why: 'ELBSecurityPolicy-2016-08, the default of CloudFormation and CDK, and all policies named TLS-1-<m> and FS-1-<m> end at TLS 1.2.',
  fix: {
    cdk: 'set sslPolicy: SslPolicy.RECOMMENDED_TLS or newer (CDK\'s SslPolicy.RECOMMENDED is the 2016 policy)',
    cloudFormation: 'set SslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06 or a post-quantum one such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    ts: 'alb.addListener(\'Https\', { port: 443, certificates: [certificate], sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS, defaultTargetGroups: [group] });',
    yaml: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
    mixin: 'TlsPolicyMixin',
  },
  sources: [
    { what: 'ELB guide, "Security policies for your Application Load Balancer"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html', confidence: 'documented' },
  ],
};
