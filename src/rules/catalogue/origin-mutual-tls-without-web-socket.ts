import { Rule } from '../rule';

export const ORIGIN_MUTUAL_TLS_WITHOUT_WEB_SOCKET: Rule = {
  id: 'OriginMutualTlsWithoutWebSocket',
  says: 'A WebSocket path leads to an origin with a client certificate',
  hits: 'Every WebSocket client on that path.',
  why: 'Origin mTLS excludes WebSocket.',
  fix: {
    cdk: 'use an origin without originMtlsConfig for the WebSocket path',
    cloudFormation: 'use an origin without OriginMtlsConfig for the WebSocket path',
  },
  sources: [
    { what: 'CloudFront guide, "Origin mutual TLS"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-enable-mtls-distributions.html', confidence: 'documented' },
  ],
};
