import { Rule } from '../rule';

export const ALIAS_WITHOUT_CERTIFICATE: Rule = {
  id: 'AliasWithoutCertificate',
  says: 'A distribution has aliases and no certificate for them',
  hits: 'Nobody: the deployment is refused.',
  why: 'The default certificate carries *.cloudfront.net only.',
  fix: {
    cdk: 'pass a certificate from us-east-1 together with domainNames',
    cloudFormation: 'set ViewerCertificate.AcmCertificateArn to a certificate from us-east-1',
    ts: 'new cloudfront.Distribution(this, \'Cdn\', { domainNames: [\'app.example.com\'], certificate, defaultBehavior: { origin } });',
    yaml: 'ViewerCertificate:\n  AcmCertificateArn: !Ref CertificateArn\n  SslSupportMethod: sni-only\n  MinimumProtocolVersion: TLSv1.2_2021',
  },
  sources: [
    { what: 'CloudFront guide, "Requirements for using SSL/TLS certificates"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html', confidence: 'documented' },
  ],
};
