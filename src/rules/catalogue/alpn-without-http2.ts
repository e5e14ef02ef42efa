import { Rule } from '../rule';

export const ALPN_WITHOUT_HTTP2: Rule = {
  id: 'AlpnWithoutHttp2',
  says: 'A TLS listener of a network load balancer selects no h2 for clients that need it',
  hits: 'gRPC clients end the connection after the handshake ("missing selected ALPN property"); other HTTP/2 clients fall back to HTTP/1.1, which a server for HTTP/2 only refuses.',
  why: 'Without AlpnPolicy (or with None or HTTP1Only) the listener answers no h2 in ALPN. grpc-go since 1.67 and grpc-java insist on it, and the load balancer never changes the HTTP version.',
  fix: {
    cdk: 'set alpnPolicy: AlpnPolicy.HTTP2_PREFERRED on the listener (HTTP2_ONLY where nobody speaks HTTP/1.1)',
    cloudFormation: 'set AlpnPolicy: [HTTP2Preferred] on the listener ([HTTP2Only] where nobody speaks HTTP/1.1)',
    ts: 'nlb.addListener(\'Tls\', { port: 443, certificates: [certificate], alpnPolicy: elbv2.AlpnPolicy.HTTP2_PREFERRED });',
    yaml: 'AlpnPolicy: [HTTP2Preferred]',
  },
  sources: [
    { what: 'NLB guide, "Listeners", ALPN policies', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html', confidence: 'documented' },
    { what: 'grpc/grpc-go#7922', url: 'https://github.com/grpc/grpc-go/issues/7922', confidence: 'reported' },
    { what: 'grpc/grpc-java#5543', url: 'https://github.com/grpc/grpc-java/issues/5543', confidence: 'reported' },
    { what: 'netbirdio/netbird#3400', url: 'https://github.com/netbirdio/netbird/issues/3400', confidence: 'reported' },
  ],
};
