import { Rule } from '../rule';

export const WEB_SOCKET_HEADERS_NOT_FORWARDED: Rule = {
  id: 'WebSocketHeadersNotForwarded',
  says: 'The behavior drops headers of the WebSocket handshake',
  hits: 'Every WebSocket client on that path: the server refuses the handshake, most with 400, Tomcat and Spring with 426.',
  why: 'With a cache policy CloudFront passes only listed headers on. A WebSocket needs Sec-WebSocket-Key and Sec-WebSocket-Version at the origin.',
  fix: {
    cdk: 'set cachePolicy: CachePolicy.CACHING_DISABLED and originRequestPolicy: OriginRequestPolicy.ALL_VIEWER (or ALL_VIEWER_EXCEPT_HOST_HEADER) on the behavior',
    cloudFormation: 'set OriginRequestPolicyId to 216adef6-5c7f-47e4-b989-5492eafa07d3 (AllViewer) or b689b0a8-53d0-40ab-baf2-68738e2966ac (AllViewerExceptHostHeader), or list the Sec-WebSocket headers',
    ts: 'distribution.addBehavior(\'/ws/*\', origin, { cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED, originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER });',
    yaml: 'CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad\nOriginRequestPolicyId: 216adef6-5c7f-47e4-b989-5492eafa07d3',
    mixin: 'WebSocketHeadersMixin',
  },
  sources: [
    { what: 'CloudFront guide, "Use WebSockets with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html', confidence: 'documented' },
    { what: 'CloudFront guide, "Control origin requests with a policy"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html', confidence: 'documented' },
    { what: 'phoenixframework/phoenix_live_view#1086', url: 'https://github.com/phoenixframework/phoenix_live_view/issues/1086', confidence: 'reported' },
  ],
};
