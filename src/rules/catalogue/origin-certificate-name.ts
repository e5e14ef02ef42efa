import { Rule } from '../rule';

export const ORIGIN_CERTIFICATE_NAME: Rule = {
  id: 'OriginCertificateName',
  says: 'No certificate of the origin fits the name that CloudFront asks for',
  hits: 'Everybody on that path: 502.',
  why: 'CloudFront wants a certificate for the origin\'s domain name or for the Host that it forwards. The amazonaws.com name of a load balancer is on no certificate of yours; new LoadBalancerV2Origin(alb) uses it.',
  fix: {
    cdk: 'use new HttpOrigin(\'origin.example.com\') with a name of your own that is on the listener\'s certificate, or forward Host, or use a VPC origin',
    cloudFormation: 'set DomainName of the origin to a name of your own that is on the listener\'s certificate',
    ts: 'new origins.HttpOrigin(\'origin.example.com\', { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY });',
    yaml: 'DomainName: origin.example.com',
  },
  sources: [
    { what: 'CloudFront guide, "HTTP 502 status code"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html', confidence: 'documented' },
    { what: 'widdix/aws-cf-templates#68', url: 'https://github.com/widdix/aws-cf-templates/issues/68', confidence: 'reported' },
    { what: 'aws-samples/aws-refarch-wordpress#54', url: 'https://github.com/aws-samples/aws-refarch-wordpress/issues/54', confidence: 'reported' },
  ],
};
