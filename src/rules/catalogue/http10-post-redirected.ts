import { Rule } from '../rule';

export const HTTP10_POST_REDIRECTED: Rule = {
  id: 'Http10PostRedirected',
  says: 'An HTTP/1.0 client posts to a behavior that redirects to HTTPS',
  hits: 'HTTP/1.0 callers over http:// that send POST, PUT or DELETE: 403 instead of a redirect.',
  why: 'CloudFront redirects such methods with 307, which HTTP/1.0 does not know; it answers 403.',
  fix: {
    cdk: 'have the callers use https://, or set ViewerProtocolPolicy.ALLOW_ALL for that path',
    cloudFormation: 'have the callers use https://, or set ViewerProtocolPolicy: allow-all for that path',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront guide, "Require HTTPS for communication between viewers and CloudFront"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html', confidence: 'documented' },
  ],
};
