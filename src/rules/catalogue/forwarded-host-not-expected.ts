import { Rule } from '../rule';

export const FORWARDED_HOST_NOT_EXPECTED: Rule = {
  id: 'ForwardedHostNotExpected',
  says: 'The viewer\'s Host header is forwarded to an origin that expects another one',
  hits: 'Everybody on that path: API Gateway and function URLs answer 403; a load balancer with host rules takes its default action.',
  why: 'AllViewer and Headers: ["*"] forward Host as well. An origin that is known by another name does not recognise it.',
  fix: {
    cdk: 'use OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER on the behavior',
    cloudFormation: 'set OriginRequestPolicyId to b689b0a8-53d0-40ab-baf2-68738e2966ac (AllViewerExceptHostHeader), or leave Host out of the list',
    ts: 'distribution.addBehavior(\'/api/*\', origin, { originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER });',
    yaml: 'OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac',
  },
  sources: [
    { what: 'CloudFront guide, "Use managed origin request policies"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html', confidence: 'documented' },
    { what: 'Droplr/serverless-api-cloudfront#15', url: 'https://github.com/Droplr/serverless-api-cloudfront/issues/15', confidence: 'reported' },
    { what: 'aws-samples/sample-aicc-builder-for-amazon-connect-ai-agent#46', url: 'https://github.com/aws-samples/sample-aicc-builder-for-amazon-connect-ai-agent/issues/46', confidence: 'reported' },
  ],
};
