import { Rule } from '../rule';

export const PROXY_REFUSES_CALLER: Rule = {
  id: 'ProxyRefusesCaller',
  says: 'A proxy before the server refuses what the load balancer sends',
  hits: 'Every client and the health check: the proxy answers by itself (400, 404), closes, or fails the TLS handshake, and the server never sees the request.',
  why: 'The listener of the proxy speaks something else than the target group sends: nginx before 1.25.1 with http2 and without TLS speaks HTTP/2 only, a port with proxy_protocol wants a PROXY line, one with TLS answers 400 to cleartext. HAProxy with a failing httpchk answers 503.',
  fix: {
    cdk: 'let the listener of the proxy and protocol and protocolVersion of the target group agree',
    cloudFormation: 'let the listener of the proxy and Protocol and ProtocolVersion of the target group agree',
    ts: 'new NginxSidecar(this, \'Proxy\', { taskDefinition, server: Server.http1({ port: 8080 }), listenPort: 80 });',
  },
  sources: [
    { what: 'test/lab: listeners of nginx and HAProxy', confidence: 'lab' },
    { what: 'nginx change log, 1.25.1', url: 'https://nginx.org/en/CHANGES', confidence: 'documented' },
  ],
};
