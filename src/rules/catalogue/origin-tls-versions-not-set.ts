import { Rule } from '../rule';

export const ORIGIN_TLS_VERSIONS_NOT_SET: Rule = {
  id: 'OriginTlsVersionsNotSet',
  says: 'An HTTPS origin does not say which TLS versions CloudFront may use',
  hits: 'Everybody on that path, if the origin wants TLS 1.2: 502.',
  why: 'Without OriginSSLProtocols CloudFormation means SSLv3 and TLS 1.0. CDK sets TLS 1.2. Whether the list is exact or a minimum is not documented.',
  fix: {
    cdk: 'set originSslProtocols: [OriginSslPolicy.TLS_V1_2]',
    cloudFormation: 'set OriginSSLProtocols: [TLSv1.2]',
    ts: 'new origins.HttpOrigin(\'origin.example.com\', { originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2] });',
    yaml: 'OriginSSLProtocols: [TLSv1.2]',
    mixin: 'TlsPolicyMixin',
  },
  atMost: 'info',
  sources: [
    { what: 'DFE-Digital/teaching-vacancies#20', url: 'https://github.com/DFE-Digital/teaching-vacancies/issues/20', confidence: 'reported' },
    { what: 'CloudFormation user guide of 2016, CustomOriginConfig', confidence: 'documented' },
  ],
};
