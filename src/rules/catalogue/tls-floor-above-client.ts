import { Rule } from '../rule';

export const TLS_FLOOR_ABOVE_CLIENT: Rule = {
  id: 'TlsFloorAboveClient',
  says: 'The TLS policy asks for a newer TLS version than a client speaks',
  hits: 'Clients whose TLS stack ends below the floor: the handshake fails. No access log line, no HTTP status; only ClientTLSNegotiationErrorCount moves.',
  why: 'A policy named TLS13-1-<m> accepts TLS 1.<m> to 1.3; one named TLS13-1-3 accepts TLS 1.3 only.',
  fix: {
    cdk: 'choose a policy with a lower floor, such as SslPolicy.RECOMMENDED_TLS on a listener or SecurityPolicyProtocol.TLS_V1_2_2021 on a distribution, or name the clients who must be served, so that nobody below the floor is among them',
    cloudFormation: 'set SslPolicy of the listener to ELBSecurityPolicy-TLS13-1-2-2021-06 or another TLS13-1-2 policy, MinimumProtocolVersion of a distribution to TLSv1.2_2021',
    ts: 'alb.addListener(\'Https\', { port: 443, certificates: [certificate], sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS, defaultTargetGroups: [group] });',
    yaml: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
    mixin: 'TlsPolicyMixin',
  },
  sources: [
    { what: 'ELB guide, "Security policies for your Application Load Balancer"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html', confidence: 'documented' },
    { what: 'mozilla/ssl-config-generator#211', url: 'https://github.com/mozilla/ssl-config-generator/issues/211', confidence: 'reported' },
  ],
};
