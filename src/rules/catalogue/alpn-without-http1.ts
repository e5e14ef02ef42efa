import { Rule } from '../rule';

export const ALPN_WITHOUT_HTTP1: Rule = {
  id: 'AlpnWithoutHttp1',
  says: 'A TLS listener of a network load balancer selects only h2, and a client offers only HTTP/1.1',
  hits: 'HTTP/1.1 callers and WebSocket clients (browsers offer only http/1.1 for wss): client and listener agree on no protocol.',
  why: 'HTTP2Only selects h2 or nothing. AWS documents that the connection then goes on without ALPN; it ends at a client that insists or at a server that speaks only HTTP/2, which is what the policy is for.',
  fix: {
    cdk: 'set alpnPolicy: AlpnPolicy.HTTP2_PREFERRED on the listener',
    cloudFormation: 'set AlpnPolicy: [HTTP2Preferred] (or [HTTP2Optional]) on the listener',
    ts: 'nlb.addListener(\'Tls\', { port: 443, certificates: [certificate], alpnPolicy: elbv2.AlpnPolicy.HTTP2_PREFERRED });',
    yaml: 'AlpnPolicy: [HTTP2Preferred]',
  },
  sources: [
    { what: 'NLB guide, "Listeners", ALPN policies', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html', confidence: 'documented' },
    { what: 'aws/aws-cdk#15956', url: 'https://github.com/aws/aws-cdk/issues/15956', confidence: 'reported' },
    { what: 'LabOverWire/mqtt-lib#74, the same failure on another TLS listener', url: 'https://github.com/LabOverWire/mqtt-lib/issues/74', confidence: 'reported' },
    { what: 'That a server behind HTTP2Only speaks no HTTP/1.1', confidence: 'inferred' },
  ],
};
