// The configuration of an HAProxy sidecar, as text. What the versions differ in is written out: alpn on the port (none before 2.8), and
// what is spoken to each server (proto h2, ssl, alpn).
// Facts: HAProxy configuration manual (bind, server, timeout tunnel); proved in test/lab.

import { Proxied, SidecarSpec } from './proxied';

export function haproxyConfig({ tls, listenPort, servers, silentSeconds }: SidecarSpec): string {
  const routed = servers.map((server, index) => ({ ...server, name: server.path === undefined ? 'app' : `route${index + 1}` }));
  return [
    'global',
    '  log stdout format raw local0 info',
    'defaults',
    '  mode http',
    '  log global',
    '  option httplog',
    '  timeout connect 5s',
    `  timeout client ${silentSeconds}s`,
    `  timeout server ${silentSeconds}s`,
    `  timeout tunnel ${silentSeconds}s`,
    `  timeout http-keep-alive ${silentSeconds}s`,
    'frontend in',
    `  bind :${listenPort}${tls ? ` ssl crt /tmp/tls.pem alpn h2,http/1.1 ssl-min-ver TLSv${tls[0]}` : ''}`,
    ...routed.filter(({ path }) => path !== undefined).map(({ path, name }) => `  use_backend ${name} if { ${condition(path!)} }`),
    '  default_backend app',
    ...routed.flatMap(({ name, ...server }) => [`backend ${name}`, '  option forwardfor', `  server ${name} 127.0.0.1:${server.port}${options(server)}`]),
    '',
  ].join('\n');
}

function condition(path: string): string {
  return path.endsWith('*') ? `path_beg ${path.slice(0, -1)}` : `path ${path}`;
}

function options({ http2, tls }: Proxied): string {
  if (tls) return ` ssl verify none alpn ${http2 ? 'h2' : 'http/1.1'} sni req.hdr(host),host_only`;
  return http2 ? ' proto h2' : '';
}
