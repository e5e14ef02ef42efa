import { Rule } from '../rule';

export const ORIGIN_REDIRECT_LOOP: Rule = {
  id: 'OriginRedirectLoop',
  says: 'CloudFront reaches over HTTP an origin that redirects to HTTPS',
  hits: 'Everybody on that path: 301 over and over, until the browser gives up.',
  why: 'The viewer is on HTTPS already; the listener sees CloudFront\'s HTTP request and redirects again.',
  fix: {
    cdk: 'set protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY on the origin',
    cloudFormation: 'set OriginProtocolPolicy: https-only on the origin',
    ts: 'new origins.HttpOrigin(\'origin.example.com\', { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY });',
    yaml: 'OriginProtocolPolicy: https-only',
  },
  sources: [
    { what: 'CloudFront guide, "Request and response behavior for custom origins"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html', confidence: 'documented' },
    { what: 'Commonly reported', confidence: 'reported' },
  ],
};
