import { Rule } from '../rule';

export const HTTP2_NOT_OFFERED: Rule = {
  id: 'Http2NotOffered',
  says: 'The distribution does not say which HTTP versions it speaks',
  hits: 'Nobody is turned away; HTTP/2 callers are served over HTTP/1.1.',
  why: 'CloudFormation takes a missing HttpVersion for http1.1; CDK and the console take http2.',
  fix: {
    cdk: 'set httpVersion: HttpVersion.HTTP2_AND_3',
    cloudFormation: 'set HttpVersion: http2and3',
    ts: 'httpVersion: cloudfront.HttpVersion.HTTP2_AND_3',
    yaml: 'HttpVersion: http2and3',
    mixin: 'Http2Mixin',
  },
  atMost: 'info',
  sources: [
    { what: 'CloudFormation reference, DistributionConfig HttpVersion', url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html', confidence: 'documented' },
  ],
};
