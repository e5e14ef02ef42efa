import { Rule } from '../rule';

export const WAF_ON_UNSUPPORTED_API: Rule = {
  id: 'WafOnUnsupportedApi',
  says: 'A web ACL is associated with an API that takes none',
  hits: 'Nobody: the association fails at deployment.',
  why: 'AWS WAF protects stages of REST APIs. HTTP and WebSocket APIs are not among the resources that it takes.',
  fix: {
    cdk: 'put CloudFront in front of the API and the web ACL on the distribution',
    cloudFormation: 'remove the association, put CloudFront in front of the API and set WebACLId on the distribution',
  },
  sources: [
    { what: 'AWS::WAFv2::WebACLAssociation, formats of ResourceArn', url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-wafv2-webaclassociation.html', confidence: 'documented' },
  ],
};
