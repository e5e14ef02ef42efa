import { Rule } from '../rule';

export const GRPC_NEEDS_HTTP2: Rule = {
  id: 'GrpcNeedsHttp2',
  says: 'gRPC is enabled and the distribution does not speak HTTP/2',
  hits: 'Every gRPC client: it finds no h2 in ALPN.',
  why: 'gRPC is HTTP/2. CloudFormation leaves HttpVersion at http1.1 when it is not set, and http3 alone does not include HTTP/2.',
  fix: {
    cdk: 'set httpVersion: HttpVersion.HTTP2_AND_3',
    cloudFormation: 'set HttpVersion: http2and3',
    ts: 'new cloudfront.Distribution(this, \'Cdn\', { httpVersion: cloudfront.HttpVersion.HTTP2_AND_3, defaultBehavior: { origin } });',
    yaml: 'HttpVersion: http2and3',
    mixin: 'Http2Mixin',
  },
  sources: [
    { what: 'CloudFront guide, "Use gRPC with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html', confidence: 'documented' },
  ],
};
