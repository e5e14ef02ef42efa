import { Rule } from '../rule';

export const ALPN_SELECTS_HTTP2_BEFORE_HTTP1_SERVER: Rule = {
  id: 'AlpnSelectsHttp2BeforeHttp1Server',
  says: 'A TLS listener of a network load balancer lets clients choose HTTP/2 before a server that speaks HTTP/1.1',
  hits: 'Clients that offer h2 (browsers, curl): the server gets HTTP/2 frames and answers 400 or 505, or closes. WebSocket clients that offer h2 cannot upgrade.',
  why: 'The listener ends TLS and passes on the bytes that follow. With HTTP2Preferred or HTTP2Only these are HTTP/2, and the load balancer translates nothing.',
  fix: {
    cdk: 'set alpnPolicy: AlpnPolicy.HTTP1_ONLY on the listener, or let the server speak HTTP/2 (h2c behind a TCP target group)',
    cloudFormation: 'set AlpnPolicy: [HTTP1Only] on the listener, or let the server speak HTTP/2 (h2c behind a TCP target group)',
    ts: 'nlb.addListener(\'Tls\', { port: 443, certificates: [certificate], alpnPolicy: elbv2.AlpnPolicy.HTTP1_ONLY });',
    yaml: 'AlpnPolicy: [HTTP1Only]',
  },
  sources: [
    { what: 'NLB guide, "Listeners", ALPN policies', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html', confidence: 'documented' },
    { what: 'kubernetes-sigs/aws-load-balancer-controller#2145', url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2145', confidence: 'reported' },
    { what: 'RFC 9113, section 3.4 (the client preface)', url: 'https://www.rfc-editor.org/rfc/rfc9113#section-3.4', confidence: 'documented' },
    { what: 'Which status the server answers', confidence: 'inferred' },
  ],
};
