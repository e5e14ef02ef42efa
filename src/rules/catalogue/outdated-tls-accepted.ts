import { Rule } from '../rule';

export const OUTDATED_TLS_ACCEPTED: Rule = {
  id: 'OutdatedTlsAccepted',
  says: 'The TLS policy lets in TLS 1.0 or 1.1',
  hits: 'Nobody is turned away; callers with TLS versions that RFC 8996 forbids get in.',
  why: 'The policy\'s floor is below TLS 1.2. A listener without SslPolicy has ELBSecurityPolicy-2016-08, whose floor is 1.0.',
  fix: {
    cdk: 'set sslPolicy: SslPolicy.RECOMMENDED_TLS, or name the outdated clients as clients to serve',
    cloudFormation: 'set SslPolicy to a policy with floor 1.2, such as ELBSecurityPolicy-TLS13-1-2-2021-06',
    ts: 'alb.addListener(\'Https\', { port: 443, certificates: [certificate], sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS, defaultTargetGroups: [group] });',
    yaml: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
    mixin: 'TlsPolicyMixin',
  },
  sources: [
    { what: 'ELB guide, "Security policies for your Application Load Balancer"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html', confidence: 'documented' },
    { what: 'RFC 8996, "Deprecating TLS 1.0 and TLS 1.1"', url: 'https://www.rfc-editor.org/rfc/rfc8996', confidence: 'documented' },
  ],
};
