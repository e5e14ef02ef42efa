import { Rule } from '../rule';

export const PROXY_BEFORE_UNFIT_SERVER: Rule = {
  id: 'ProxyBeforeUnfitServer',
  says: 'A proxy speaks to the server what the server does not',
  hits: 'Every client behind the proxy: 502 or 503, binary HTTP/2 frames instead of a page, or the answer of the wrong layer.',
  why: 'What a proxy speaks to the server is a setting of its own (proxy_http_version, grpc_pass, proto h2, ssl, alpn), and does not follow what the server expects. A server that speaks HTTP/2 only does not answer HTTP/1.1, and the other way round; a TLS port does not answer cleartext.',
  fix: {
    cdk: 'let NginxSidecar or HaproxySidecar render the configuration from what the server speaks, or set what the proxy speaks to the server (nginx: grpc_pass or https://; HAProxy: proto h2, ssl, alpn)',
    cloudFormation: 'set what the proxy speaks to the server (nginx: grpc_pass or https://; HAProxy: proto h2, ssl, alpn), and declare it in Metadata cdk-handshake server hops',
    ts: 'new HaproxySidecar(this, \'Proxy\', { taskDefinition, server: Server.h2c({ only: true, port: 8080 }) });',
    yaml: 'backend app\n  server app localhost:8080 proto h2',
  },
  sources: [
    { what: 'test/lab: nginx, HAProxy, Apache, Caddy before HTTP/2-only, HTTP/1-only and TLS servers', confidence: 'lab' },
    { what: 'HAProxy configuration manual, proto', url: 'https://docs.haproxy.org/3.2/configuration.html#5.2-proto', confidence: 'documented' },
  ],
};
