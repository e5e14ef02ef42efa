import { Rule } from '../rule';

export const HOP_IN_FRONT_WITHOUT_HTTP2: Rule = {
  id: 'HopInFrontWithoutHttp2',
  says: 'A hop in front keeps HTTP/2, and so gRPC, from getting through',
  hits: 'gRPC clients: a failed TLS handshake where they insist on ALPN, else 502.',
  why: 'A proxy that inspects TLS and strips ALPN leaves HTTP/1.1 only (Squid; Palo Alto with Strip ALPN). Azure Front Door without gRPC, Azure Application Gateway and the Google Cloud load balancer with an HTTP or HTTPS backend speak HTTP/1.1 to what stands behind them.',
  fix: {
    cdk: 'leave the name out of the inspection, or let the hop speak HTTP/2 to what stands behind it',
    cloudFormation: 'leave the name out of the inspection, or let the hop speak HTTP/2 to what stands behind it',
  },
  sources: [
    { what: 'test/lab: Squid 5.7 to 7.7 with ssl-bump', confidence: 'lab' },
    { what: 'Azure, "HTTP/2 support in Azure Front Door"', url: 'https://learn.microsoft.com/en-us/azure/frontdoor/front-door-http2', confidence: 'documented' },
    { what: 'Azure, Application Gateway features, "WebSocket and HTTP/2 traffic"', url: 'https://learn.microsoft.com/en-us/azure/application-gateway/features#websocket-and-http2-traffic', confidence: 'documented' },
    { what: 'Palo Alto Networks, decryption profile, "Strip ALPN"', confidence: 'documented' },
  ],
};
