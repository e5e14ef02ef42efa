// The configuration of an nginx sidecar, as text. Every setting that depends on the version of nginx is written out: proxy_http_version
// (1.0 before 1.29.7), ssl_protocols (no TLS 1.3 before 1.23.4), http2 (a directive of its own since 1.25.1).
// Facts: nginx documentation, "WebSocket proxying", ngx_http_proxy_module, ngx_http_grpc_module, ngx_http_v2_module; proved in test/lab.

import { Proxied, SidecarSpec } from './proxied';
import { Protocol } from '../declare/protocol';

const HTTP2_DIRECTIVE = [1, 25, 1];

export function nginxConfig(spec: SidecarSpec): string {
  const { tls, listenPort, servers, silentSeconds } = spec;
  const since = atLeast(spec.version, HTTP2_DIRECTIVE);
  // Before 1.25.1 a cleartext port with http2 speaks nothing else: only where everything behind it is HTTP/2.
  const http2 = since || tls !== undefined || servers.every((server) => server.http2);
  if (!http2 && servers.some((server) => server.http2 && server.server._props.speaks.includes(Protocol.GRPC))) {
    throw new Error(`${spec.who}: nginx ${spec.version} cannot take HTTP/1.1 and gRPC on one port without TLS. Use version 1.25.1 or later, or 'tls'.`);
  }
  return [
    'worker_processes auto;',
    'pid /tmp/nginx.pid;',
    'error_log stderr warn;',
    'events { worker_connections 4096; }',
    'http {',
    '  access_log /dev/stdout;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path /tmp/${name};`),
    ...(servers.some(({ webSocket }) => webSocket) ? ['  map $http_upgrade $connection_upgrade {', '    default upgrade;', "    '' close;", '  }'] : []),
    `  keepalive_timeout ${silentSeconds}s;`,
    '  server {',
    `    listen ${listenPort}${tls ? ' ssl' : ''}${http2 && !since ? ' http2' : ''};`,
    // What $host is for HTTP/1.0 without Host; an empty one would be refused.
    '    server_name localhost;',
    ...(http2 && since ? ['    http2 on;'] : []),
    ...(tls ? [
      '    ssl_certificate /tmp/tls.crt;',
      '    ssl_certificate_key /tmp/tls.key;',
      `    ssl_protocols ${tls.map((version) => `TLSv${version}`).join(' ')};`,
    ] : []),
    ...servers.flatMap((server) => location(server, spec)),
    '  }',
    '}',
    '',
  ].join('\n');
}

function location({ path = '/', port, http2, tls, webSocket }: Proxied, { silentSeconds }: SidecarSpec): string[] {
  const at = path.endsWith('*') ? path.slice(0, -1) : path === '/' ? path : `= ${path}`;
  const of = http2 ? 'grpc' : 'proxy';
  const scheme = http2 ? (tls ? 'grpcs' : 'grpc') : tls ? 'https' : 'http';
  return [
    `    location ${at} {`,
    `      ${of}_pass ${scheme}://127.0.0.1:${port};`,
    ...(http2 ? [] : ['      proxy_http_version 1.1;']),
    ...(webSocket && !http2 ? ['      proxy_set_header Upgrade $http_upgrade;', '      proxy_set_header Connection $connection_upgrade;'] : []),
    `      ${of}_set_header Host $host;`,
    `      ${of}_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`,
    `      ${of}_set_header X-Forwarded-Proto $http_x_forwarded_proto;`,
    ...(tls ? [`      ${of}_ssl_protocols TLSv1.2 TLSv1.3;`, `      ${of}_ssl_server_name on;`] : []),
    `      ${of}_read_timeout ${silentSeconds}s;`,
    `      ${of}_send_timeout ${silentSeconds}s;`,
    '    }',
  ];
}

function atLeast(version: string, floor: readonly number[]): boolean {
  const numbers = version.split('.').map(Number);
  const at = floor.findIndex((number, index) => (numbers[index] ?? 0) !== number);
  return at < 0 || (numbers[at] ?? 0) > floor[at];
}
