import { Rule } from '../rule';

export const MINIMUM_PROTOCOL_VERSION_IGNORED: Rule = {
  id: 'MinimumProtocolVersionIgnored',
  says: 'A TLS floor stands beside the default certificate, where it has no effect',
  hits: 'Nobody is turned away; callers with TLS 1.0 get in, which the template does not show.',
  why: 'With the default *.cloudfront.net certificate the policy is TLSv1 whatever is declared.',
  fix: {
    cdk: 'add domainNames and a certificate',
    cloudFormation: 'add Aliases and ViewerCertificate.AcmCertificateArn',
  },
  atMost: 'info',
  sources: [
    { what: 'CloudFront guide, "Supported protocols and ciphers between viewers and CloudFront"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html', confidence: 'documented' },
  ],
};
