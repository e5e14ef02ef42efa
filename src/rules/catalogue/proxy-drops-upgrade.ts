import { Rule } from '../rule';

export const PROXY_DROPS_UPGRADE: Rule = {
  id: 'ProxyDropsUpgrade',
  says: 'A proxy before the server drops the WebSocket handshake',
  hits: 'WebSocket clients: the server sees a plain GET and answers 426 (ws), 400 or a page; no connection ever opens.',
  why: 'Upgrade and Connection are hop-by-hop headers (RFC 9110 section 7.6.1): a proxy passes them on only when its configuration says so. nginx does not by default, nor do Apache without upgrade=websocket and Varnish without pipe.',
  fix: {
    cdk: 'put NginxSidecar or HaproxySidecar before the server, or set proxy_http_version 1.1 and the headers Upgrade and Connection in nginx, and declare that configuration with Server.nginxConfig',
    cloudFormation: 'set proxy_http_version 1.1 and the headers Upgrade and Connection in nginx, upgrade=websocket in Apache, and declare it in Metadata cdk-handshake server hops',
    ts: 'new NginxSidecar(this, \'Proxy\', { taskDefinition, server: Server.nodeWs({ port: 8080 }) });',
    yaml: 'Metadata:\n  cdk-handshake:\n    server:\n      preset: node-ws\n      hops:\n        - program: nginx\n          config: |\n            server {\n              listen 80;\n              location / {\n                proxy_pass http://localhost:8080;\n                proxy_http_version 1.1;\n                proxy_set_header Upgrade $http_upgrade;\n                proxy_set_header Connection "upgrade";\n              }\n            }',
  },
  sources: [
    { what: 'nginx documentation, "WebSocket proxying"', url: 'https://nginx.org/en/docs/http/websocket.html', confidence: 'documented' },
    { what: 'test/lab: nginx 1.22 to 1.30, HAProxy, Apache, Caddy, Varnish before Node ws', confidence: 'lab' },
  ],
};
