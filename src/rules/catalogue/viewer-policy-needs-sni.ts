import { Rule } from '../rule';

export const VIEWER_POLICY_NEEDS_SNI: Rule = {
  id: 'ViewerPolicyNeedsSni',
  says: 'A TLS policy newer than TLSv1 is combined with dedicated IP addresses',
  hits: 'Nobody: the deployment is refused.',
  why: 'SslSupportMethod vip goes with TLSv1 and SSLv3 only.',
  fix: {
    cdk: 'set sslSupportMethod: SSLMethod.SNI',
    cloudFormation: 'set SslSupportMethod: sni-only',
    ts: 'sslSupportMethod: cloudfront.SSLMethod.SNI',
    yaml: 'SslSupportMethod: sni-only',
  },
  sources: [
    { what: 'CloudFront API reference, ViewerCertificate', url: 'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html', confidence: 'documented' },
    { what: 'code-dot-org/code-dot-org#60886', url: 'https://github.com/code-dot-org/code-dot-org/issues/60886', confidence: 'reported' },
  ],
};
