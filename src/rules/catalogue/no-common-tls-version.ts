import { Rule } from '../rule';

export const NO_COMMON_TLS_VERSION: Rule = {
  id: 'NoCommonTlsVersion',
  says: 'A hop offers the next one no TLS version that it accepts',
  hits: 'Everybody who comes through that hop: the handshake behind it fails and it answers 502.',
  why: 'Each leg negotiates TLS of its own. A CloudFront origin without OriginSSLProtocols offers SSLv3 and TLS 1.0 only, which no current policy accepts.',
  fix: {
    cdk: 'set originSslProtocols: [OriginSslPolicy.TLS_V1_2] on the origin',
    cloudFormation: 'set OriginSSLProtocols: [TLSv1.2] on the origin',
    ts: 'new origins.HttpOrigin(\'origin.example.com\', { originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2] });',
    yaml: 'OriginSSLProtocols: [TLSv1.2]',
    mixin: 'TlsPolicyMixin',
  },
  sources: [
    { what: 'CloudFront guide, "Supported protocols and ciphers between CloudFront and the origin"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-ciphers-cloudfront-to-origin.html', confidence: 'documented' },
    { what: 'DFE-Digital/teaching-vacancies#20', url: 'https://github.com/DFE-Digital/teaching-vacancies/issues/20', confidence: 'reported' },
    { what: 'ELB guide, "Security policies for your Application Load Balancer"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html', confidence: 'documented' },
  ],
};
