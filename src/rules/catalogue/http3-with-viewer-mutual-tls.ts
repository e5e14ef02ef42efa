import { Rule } from '../rule';

export const HTTP3_WITH_VIEWER_MUTUAL_TLS: Rule = {
  id: 'Http3WithViewerMutualTls',
  says: 'HTTP/3 is combined with viewer mTLS',
  hits: 'Nobody: the deployment is refused.',
  why: 'Viewer mTLS requires that HTTP/3 is off.',
  fix: {
    cdk: 'set httpVersion: HttpVersion.HTTP2',
    cloudFormation: 'set HttpVersion: http2',
    yaml: 'HttpVersion: http2',
  },
  sources: [
    { what: 'CloudFront guide, "Viewer mutual TLS"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewer-mtls.html', confidence: 'documented' },
  ],
};
