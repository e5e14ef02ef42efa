import { Rule } from '../rule';

export const ERROR_PAGE_HIDES_FAILED_HANDSHAKE: Rule = {
  id: 'ErrorPageHidesFailedHandshake',
  says: 'An error page turns a refused WebSocket handshake into 200',
  hits: 'WebSocket clients see "Unexpected server response: 200" instead of the status that explains the refusal.',
  why: 'Custom error responses apply to handshakes as well.',
  fix: {
    cdk: 'do the fallback of the single-page app in a viewer-request function',
    cloudFormation: 'do the fallback of the single-page app in a viewer-request function',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront guide, "Generate custom error responses"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html', confidence: 'documented' },
    { what: 'That it hits handshakes', confidence: 'inferred' },
  ],
};
