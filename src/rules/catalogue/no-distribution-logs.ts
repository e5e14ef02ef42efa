import { Rule } from '../rule';

export const NO_DISTRIBUTION_LOGS: Rule = {
  id: 'NoDistributionLogs',
  says: 'The distribution keeps no logs',
  hits: 'You, when a client fails: CloudFront has no metric for 426.',
  why: 'Only 401, 403, 404, 502, 503 and 504 have metrics of their own; a 426 shows in the logs only.',
  fix: {
    cdk: 'set enableLogging: true, or deliver standard logs v2',
    cloudFormation: 'set Logging, or deliver standard logs v2',
    mixin: 'EdgeLogsMixin',
  },
  atMost: 'info',
  sources: [
    { what: 'CloudFront guide, "Standard logging"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html', confidence: 'documented' },
  ],
};
