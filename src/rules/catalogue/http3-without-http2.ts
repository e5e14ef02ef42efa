import { Rule } from '../rule';

export const HTTP3_WITHOUT_HTTP2: Rule = {
  id: 'Http3WithoutHttp2',
  says: 'HTTP/3 is on and HTTP/2 is off',
  hits: 'Callers without HTTP/3 (or behind a firewall without UDP 443) drop to HTTP/1.1; callers that speak HTTP/2 only fail.',
  why: 'HttpVersion http3 means HTTP/3 and HTTP/1.1.',
  fix: {
    cdk: 'set httpVersion: HttpVersion.HTTP2_AND_3',
    cloudFormation: 'set HttpVersion: http2and3',
    ts: 'httpVersion: cloudfront.HttpVersion.HTTP2_AND_3',
    yaml: 'HttpVersion: http2and3',
    mixin: 'Http2Mixin',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront API reference, DistributionConfig HttpVersion', url: 'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html', confidence: 'documented' },
  ],
};
