// What each line of an nginx and a HAProxy configuration (test/estates) changes: without it, and with other words in it. Recorded are the
// settings that are read, the lines that are not understood, and what the callers of the lab get (test/baselines.ts).

import { readFileSync } from 'fs';
import { join } from 'path';
import { haproxy } from '../../src/systems/haproxy';
import { readHaproxyConfig } from '../../src/systems/haproxy/read';
import { nginx } from '../../src/systems/nginx';
import { readNginxConfig } from '../../src/systems/nginx/read';
import { nameSeen, Program } from '../../src/systems/program/knock';
import { programOf } from '../../src/systems/server/programs';
import { apart, expectAsRecorded, grouped } from '../baselines';
import { knockOf, USUAL_CALLERS } from '../lab/lab-clients';

/** Behind each: a server of WebSockets and pages that speaks HTTP/1.x in cleartext. */
const BEHIND = programOf({ speaks: ['websocket', 'http/1.1'], only: true, transports: [], program: 'node-ws-with-http' });
const PATHS = ['/', '/live', '/rpc/x', '/secure/x'];

interface Read { readonly settings: readonly object[]; readonly unread: readonly { readonly line: number; readonly why: string }[] }

interface Listening { readonly port?: number; readonly tls?: object }

const NGINX_WORDS: Readonly<Record<string, readonly string[]>> = {
  listen: ['80', '8443 ssl http2', '[::]:8443 ssl', '8443 quic reuseport', 'unix:/run/site.sock', '$PORT', '8080 proxy_protocol', '8443 ssl default_server'],
  http2: ['off', '$x'],
  ssl_protocols: ['TLSv1 TLSv1.1', 'TLSv1.3', 'SSLv2 TLSv1.2', 'TLSv9'],
  ssl_ciphers: ['DEFAULT:@SECLEVEL=0'],
  ssl_verify_client: ['on', 'optional', 'optional_no_ca', '$x'],
  ssl_reject_handshake: ['on'],
  error_page: ['497 https://$host$request_uri', '404 /none', '497 /page'],
  keepalive_timeout: ['0', '1m 30s', '$x'],
  proxy_http_version: ['1.0', '2', '$x'],
  proxy_pass: ['http://127.0.0.1:3000/', 'https://app', 'https://127.0.0.1:8443', 'http://$target', 'http://app$request_uri', 'http://app/$1', 'http://unix:/run/app.sock:/x', '$target', 'http://'],
  grpc_pass: ['127.0.0.1:50051', 'grpc://app', 'grpcs://$target'],
  proxy_set_header: ['Upgrade websocket', 'Upgrade ""', 'Upgrade $x', 'Connection "upgrade"', 'Connection ""', 'Connection close', 'Connection $http_connection', 'Connection keep-alive', 'Connection "$x y"', 'Connection ${connection_upgrade}'],
  proxy_read_timeout: ['2s', '1h 30m', '500ms', '5x', '$x'],
  grpc_read_timeout: ['2m'],
  proxy_ssl_server_name: ['off', '$x'],
  proxy_ssl_name: ['$host', '10.0.0.1', 'other.example.com'],
  proxy_ssl_protocols: ['TLSv1', 'TLSv1.3', 'none'],
  proxy_ssl_verify: ['off'],
  return: ['200', '444', '301 /x', 'https://x', '$code'],
  try_files: ['$uri /index.html', '$uri @none', '$uri =404'],
  rewrite: ['^ /x break'],
  default: ['close', '$http_connection'],
  map: ['$http_connection $connection_upgrade', '$http_upgrade $other'],
  location: ['= /', '~* \\.php$', '/live', '@named'],
};

const HAPROXY_WORDS: Readonly<Record<string, readonly string[]>> = {
  'mode': ['tcp', 'health'],
  'timeout': ['connect 1', 'client 2s', 'server 500ms', 'tunnel 5m', 'tunnel x', 'http-keep-alive 1s', 'http-request 5s', 'client-fin 1s'],
  'option': ['httpclose', 'http-server-close', 'http-no-delay', 'httpchk', 'httpchk /x', 'httpchk HEAD /x HTTP/1.1', 'httpchk PUT /x', 'httpchk GET /x HTTP/2', 'tcp-check', 'ssl-hello-chk', 'http-use-htx', 'transparent', 'http_proxy', 'http-use-proxy-header'],
  'bind': [':80', ':8443 ssl crt x', ':8443 ssl crt x alpn http/1.1', ':8080 proto h2', ':8443 ssl crt x ssl-min-ver TLSv1.3', ':8443 ssl crt x no-tlsv13', ':8443 ssl crt x verify required ca-file y', ':8443 ssl crt x strict-sni', ':8080 accept-proxy', 'quic4@:8443 ssl crt x alpn h3', '/run/sock', ':8443 ssl crt x force-tlsv12', ':8443 ssl crt x unheard'],
  'server': ['one 127.0.0.1:3000 proto h2', 'one 127.0.0.1:3000 send-proxy', 'one 127.0.0.1:3000 send-proxy-v2 check', 'one 127.0.0.1:8443 ssl verify none', 'one 127.0.0.1:8443 ssl verify required ca-file x', 'one 127.0.0.1:8443 ssl verify none alpn h2,http/1.1', 'one 127.0.0.1:8443 ssl sni req.hdr(host)', 'one 127.0.0.1:3000 check inter 2s port 1', 'one 127.0.0.1:3000 disabled', 'one 127.0.0.1:3000 unheard', 'one 127.0.0.1:3000 check-ssl check'],
  'default-server': ['no-check', 'check ssl verify none', 'inter 3s'],
  'use_backend': ['sockets if { path /live }', 'none if live', 'sockets unless live', 'sockets', '%[req.hdr(host)] if live'],
  'default_backend': ['rpc', 'secure', 'none', 'sockets'],
  'acl': ['live path /live', 'live hdr(upgrade) websocket', 'live path_beg /a /b'],
  'http-request': ['deny', 'return status 426', 'redirect location /x', 'del-header Upgrade', 'set-header X y', 'deny if live', 'return status 200 if { path /health }', 'set-path /x', 'replace-header Connection a b', 'add-header X-Y z', 'set-method GET', 'lua.x', 'tarpit if live', 'redirect scheme https if !{ ssl_fc }', 'set-header Upgrade websocket'],
  'tcp-request': ['content reject', 'connection silent-drop', 'content lua.x', 'inspect-delay 5s'],
  'filter': ['fcgi-app x', 'trace'],
  'http-check': ['expect status 426', 'expect ! status 500', 'expect string ok', 'connect ssl', 'send meth HEAD uri /x'],
  'ssl-default-bind-options': ['ssl-min-ver TLSv1.3', 'no-sslv3 no-tlsv10', 'ssl-max-ver TLSv1.2', 'unheard'],
  'ssl-default-bind-ciphers': ['DEFAULT:@SECLEVEL=0'],
  'ssl-default-server-options': ['ssl-max-ver TLSv1.2'],
};

/** By what they get, which callers at which paths. */
function outcomes(program: Program, listener: 'tls' | 'clear'): string[] {
  return grouped(PATHS.flatMap((path) => USUAL_CALLERS.flatMap((client) => {
    const knock = knockOf(client, listener);
    return knock ? [[path === '/' ? client : `${client} ${path}`, nameSeen(program({ ...knock, path }))] as const] : [];
  })));
}

function of(text: string, read: (text: string) => Read, model: (settings: never) => Program): string[] {
  try {
    const { settings, unread } = read(text);
    return [
      ...unread.map(({ line, why }) => `not understood, line ${line}: ${why}`),
      ...settings.flatMap((one) => {
        const { port, bind, tls } = one as Listening & { readonly bind?: Listening };
        const name = `port ${port ?? bind?.port ?? '?'}`;
        const { locations = [], ...rest } = one as { readonly locations?: readonly object[] };
        return [
          ...[rest, ...locations].map((part) => `${name} ${JSON.stringify(part)}`),
          ...outcomes(model(one as never), tls || bind?.tls ? 'tls' : 'clear').map((line) => `${name}${line}`),
        ];
      }),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
}

test.each([
  ['nginx.conf', NGINX_WORDS, (text: string) => readNginxConfig(text, { file: 'nginx.conf', version: '1.26.3' }), (settings: Parameters<typeof nginx>[0]) => nginx(settings, BEHIND)],
  ['haproxy.cfg', HAPROXY_WORDS, (text: string) => readHaproxyConfig(text, { file: 'haproxy.cfg', version: '3.0.11' }), (settings: Parameters<typeof haproxy>[0]) => haproxy(settings, BEHIND)],
] as const)('%s', (file, words, read, model) => {
  const lines = readFileSync(join(__dirname, '..', 'estates', file), 'utf8').split('\n');
  const say = (changed: readonly string[]) => of(changed.join('\n'), read, model as never);
  const sections = lines.flatMap((line, index) => {
    const [, space, name, rest] = /^(\s*)([\w-]+)(.*)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const end = /(;|\s*\{.*)?$/.exec(rest)![0];
    const others = (words as Readonly<Record<string, readonly string[]>>)[name] ?? [];
    // A block stays a block: only its head is taken away or changed.
    const alone = rest.trimEnd().endsWith('{') ? [] : [''];
    return [...alone, ...others.map((other) => `${space}${name} ${other}${end}`)].map((other) => ({
      name: `line ${index + 1}, ${line.trim()}: ${other.trim() || 'without'}`,
      lines: say(lines.map((one, at) => (at === index ? other : one))),
    }));
  });
  const [base, ...different] = apart([{ name: file, lines: say(lines) }, ...sections]);
  expectAsRecorded(`configurations/${file}`, [base, ...different.filter((section) => section.lines.length > 0)]);
});
