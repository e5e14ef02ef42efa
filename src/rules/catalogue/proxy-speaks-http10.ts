import { Rule } from '../rule';

export const PROXY_SPEAKS_HTTP10: Rule = {
  id: 'ProxySpeaksHttp10',
  says: 'A proxy speaks HTTP/1.0 to a server that refuses it',
  hits: 'Every client behind the proxy, whatever it speaks itself: the server (Envoy, Service Connect, Istio, Google Cloud) answers 426 Upgrade Required.',
  why: 'Before version 1.29.7 nginx speaks HTTP/1.0 to what it proxies to unless proxy_http_version says 1.1. HAProxy hands the version on that it was spoken to with. Envoy refuses HTTP/1.0 unless accept_http_10 is set.',
  fix: {
    cdk: 'put NginxSidecar before the server, or set proxy_http_version 1.1 in nginx and declare that configuration with Server.nginxConfig',
    cloudFormation: 'set proxy_http_version 1.1 in nginx, and declare it in Metadata cdk-handshake server hops',
    ts: 'Protocols.of(targetGroup).server(Server.nginxConfig(\'nginx.conf\', { server: Server.preset(ServerPreset.ENVOY) }));',
    yaml: 'location / {\n  proxy_pass http://localhost:8080;\n  proxy_http_version 1.1;\n}',
  },
  sources: [
    { what: 'nginx documentation, proxy_http_version (default 1.0, 1.1 from 1.29.7)', url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version', confidence: 'documented' },
    { what: 'istio/istio#23411: Envoy answers 426 to HTTP/1.0', url: 'https://github.com/istio/istio/issues/23411', confidence: 'reported' },
    { what: 'test/lab: what arrives behind nginx 1.22 to 1.30', confidence: 'lab' },
  ],
};
