import { Rule } from '../rule';

export const EDGE_FUNCTION_SETS_FORBIDDEN_HEADER: Rule = {
  id: 'EdgeFunctionSetsForbiddenHeader',
  says: 'An edge function sets a header that it may not touch',
  hits: 'Everybody on whose request the function runs: 502.',
  why: 'Edge functions may not set Connection, Upgrade, Expect and some more.',
  fix: {
    cdk: 'remove the header from the function',
    cloudFormation: 'remove the header from the function',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront guide, "Restrictions on all edge functions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html', confidence: 'documented' },
  ],
};
