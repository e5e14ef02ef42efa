import { Rule } from '../rule';

export const HOST_NOT_FORWARDED: Rule = {
  id: 'HostNotForwarded',
  says: 'The rules of the load balancer expect the viewer\'s Host header, which is not forwarded',
  hits: 'Everybody on that path gets the default action of the listener.',
  why: 'Without forwarding, CloudFront sends the origin\'s own domain name as Host.',
  fix: {
    cdk: 'use OriginRequestPolicy.ALL_VIEWER on the behavior, or name the origin in the listener rule',
    cloudFormation: 'set OriginRequestPolicyId to 216adef6-5c7f-47e4-b989-5492eafa07d3 (AllViewer), or name the origin in the listener rule',
    yaml: 'OriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3',
  },
  sources: [
    { what: 'CloudFront guide, "Request and response behavior for custom origins"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html', confidence: 'documented' },
    { what: 'CloudFront guide, "Use managed origin request policies"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html', confidence: 'documented' },
  ],
};
