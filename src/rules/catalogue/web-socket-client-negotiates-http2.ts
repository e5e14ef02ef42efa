import { Rule } from '../rule';

export const WEB_SOCKET_CLIENT_NEGOTIATES_HTTP2: Rule = {
  id: 'WebSocketClientNegotiatesHttp2',
  says: 'A WebSocket client that offers h2 in ALPN gets HTTP/2 and cannot upgrade',
  hits: 'WebSocket clients whose HTTP library offers h2 by default (some Rust, Java and edge runtimes). Browsers are not hit: they open an HTTP/1.1 connection.',
  why: 'The ALB selects h2 whenever it is offered, and nothing documents WebSocket over HTTP/2 (RFC 8441) for it.',
  fix: {
    cdk: 'set http2Enabled: false on a load balancer that is kept for such clients, or restrict ALPN to http/1.1 in the client',
    cloudFormation: 'set routing.http2.enabled to "false" on a load balancer kept for such clients, or restrict ALPN in the client',
    ts: 'new elbv2.ApplicationLoadBalancer(this, \'Alb\', { vpc, http2Enabled: false });',
    yaml: 'LoadBalancerAttributes:\n  - { Key: routing.http2.enabled, Value: \'false\' }',
  },
  sources: [
    { what: 'ALB guide, "Listeners": WebSockets are HTTP/1.1 upgrades', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html', confidence: 'documented' },
    { what: 'jgraef/reqwest-websocket#2', url: 'https://github.com/jgraef/reqwest-websocket/issues/2', confidence: 'reported' },
    { what: 'eclipse-vertx/vert.x#3551', url: 'https://github.com/eclipse-vertx/vert.x/issues/3551', confidence: 'reported' },
    { what: 'RFC 8441 over an ALB is documented nowhere', confidence: 'inferred' },
  ],
};
