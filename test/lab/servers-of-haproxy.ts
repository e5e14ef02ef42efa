// HAProxy for the lab, in front of the lab's other servers. The settings of the model are written out as a configuration here, so that
// both always say the same. One thread, so that a connection that others left idle is always at hand; no retries, so that nothing waits.
// LAB_HAPROXY names another program than the `haproxy` of the path.

import * as fs from 'node:fs';
import * as http2 from 'node:http2';
import { LabServer, listen, present, run, Running, said, Site, site, write } from './running';
import { debianServers } from './servers-of-debian';
import { envoyLike } from './servers-of-nginx';
import { nodeServers } from './servers-of-node';
import { TlsVersion } from '../../src/protocol';
import { haproxy, HaproxyBind, HaproxyCheck, HaproxyServer, HaproxySettings } from '../../src/systems/haproxy';
import { node } from '../../src/systems/node';
import { REFUSED } from '../../src/systems/program/knock';

const PROGRAM = process.env.LAB_HAPROXY ?? 'haproxy';
const CHECK_MS = 100;

const tlsName = (version: TlsVersion) => `TLSv${version}`;
const seconds = (name: string, value: number | undefined) => (value === undefined ? [] : [`  timeout ${name} ${value * 1000}`]);

/** The settings as HAProxy reads them; `to` is the port of what stands behind, for every backend. */
export function haproxyCfg(settings: HaproxySettings, { folder, port, cert }: Pick<Site, 'folder' | 'port' | 'cert'>, to = 1): string {
  const { mode, bind, server, routes = [], timeouts } = settings;
  const backends = [...(server ? [server] : []), ...routes.map((route) => route.server)];
  return [
    'global', '  nbthread 1', '  tune.ssl.default-dh-param 2048',
    'defaults', `  mode ${mode}`, '  retries 0', '  timeout connect 5s', '  timeout check 5s',
    ...seconds('client', timeouts?.client ?? 30), ...seconds('http-keep-alive', timeouts?.httpKeepAlive), ...seconds('http-request', timeouts?.httpRequest),
    'frontend front', `  bind 127.0.0.1:${settings.bind.port ?? port}${bindWords(bind, `${folder}/haproxy.pem`, cert)}`,
    ...(settings.httpclose ? ['  option httpclose'] : []),
    ...routes.map(({ pathBeg = ['/'], server: { backend } }) => `  use_backend ${backend} if { path_beg ${pathBeg.join(' ')} }`),
    ...(server ? [`  default_backend ${server.backend ?? 'back'}`] : []),
    ...backends.flatMap((one) => backendLines(one, to, folder)),
    '',
  ].join('\n');
}

function bindWords({ tls, proto, acceptProxy }: HaproxyBind, pem: string, ca: string): string {
  const words = tls ? [
    `ssl crt ${pem}`, tls.alpn && (tls.alpn.length ? `alpn ${tls.alpn.join(',')}` : 'no-alpn'),
    tls.min && `ssl-min-ver ${tlsName(tls.min)}`, tls.max && `ssl-max-ver ${tlsName(tls.max)}`,
    tls.securityLevel0 && 'ciphers DEFAULT:@SECLEVEL=0', tls.strictSni && 'strict-sni', tls.verify && `verify ${tls.verify} ca-file ${ca}`,
  ] : [];
  return [...words, proto && `proto ${proto}`, acceptProxy && 'accept-proxy'].filter(Boolean).map((word) => ` ${word}`).join('');
}

function backendLines({ backend = 'back', proto, tls, sendProxy, check, timeouts }: HaproxyServer, to: number, folder: string): string[] {
  const sni = { fixed: 'sni str(lab.test)', host: 'sni req.hdr(host)', none: '' } as const;
  const words = [
    tls && `ssl ${tls.verify === 'required' ? 'verify required ca-file /etc/ssl/certs/ca-certificates.crt' : 'verify none'}`,
    tls?.alpn && `alpn ${tls.alpn.join(',')}`, tls?.sni && sni[tls.sni], tls?.certificate && `crt ${folder}/haproxy.pem`,
    proto && `proto ${proto}`, sendProxy && (sendProxy === 'v2' ? 'send-proxy-v2' : 'send-proxy'),
    check && `check inter ${CHECK_MS} rise 1 fall 1`,
  ].filter(Boolean);
  return [
    `backend ${backend}`, ...(check ? checkLines(check) : []), ...seconds('server', timeouts?.server ?? 30), ...seconds('tunnel', timeouts?.tunnel),
    `  server one 127.0.0.1:${to} ${words.join(' ')}`,
  ];
}

function checkLines(check: HaproxyCheck): string[] {
  if (check.is === 'tcp') return [];
  const { method, path, version, host, expects = [] } = check;
  const words = [method && `meth ${method}`, path && `uri ${path}`, version && `ver HTTP/${version}`, host && 'hdr Host lab.test'].filter(Boolean);
  return [
    '  option httpchk', ...(words.length ? [`  http-check send ${words.join(' ')}`] : []),
    ...expects.map(([from, to]) => `  http-check expect status ${from}-${to}`),
  ];
}

export const haproxyPresent = () => present(PROGRAM, 'apt-get install -y haproxy');

export const haproxyVersion = () => /version (\d+(?:\.\d+)+)/.exec(said(PROGRAM, '-v'))?.[1] ?? '';

/** What HAProxy says of a configuration without starting: undefined if it is good. */
export function haproxyRefuses(file: string): string | undefined {
  const words = said(PROGRAM, '-c', '-f', file);
  return /ALERT|Fatal/.test(words) ? words : undefined;
}

/** HAProxy with what stands behind it, which is started too. */
export function haproxyBefore(variant: string, settings: HaproxySettings, behind?: LabServer, more: Partial<LabServer> = {}): LabServer {
  const version = haproxyVersion();
  return {
    name: `HAProxy ${version} ${variant} -> ${behind?.name ?? 'nothing'}`,
    listener: settings.bind.tls ? 'tls' : 'clear',
    model: haproxy({ ...settings, version }, behind?.model ?? REFUSED),
    async start(place) {
      const own = behind && await site(behind.name);
      const running = own && await behind.start(own);
      try {
        const front = await serve(settings, place, own?.port);
        return { ...front, end: async () => { await front.end(); await running?.end(); } };
      } catch (error) {
        await running?.end();
        throw error;
      }
    },
    ...more,
  };
}

async function serve(settings: HaproxySettings, place: Site, to?: number): Promise<Running> {
  fs.writeFileSync(`${place.folder}/haproxy.pem`, fs.readFileSync(place.cert, 'utf8') + fs.readFileSync(place.key, 'utf8'));
  const running = await run(place, PROGRAM, ['-db', '-f', write(place, 'haproxy.cfg', haproxyCfg(settings, place, to))]);
  // A server counts as up until its first check has failed.
  if (settings.server?.check) await new Promise((resolve) => setTimeout(resolve, 6 * CHECK_MS));
  return running;
}

/** HTTP/2 in cleartext with WebSocket (RFC 8441), and nothing else by CONNECT. */
const webSocketOverHttp2: LabServer = {
  name: `Node.js ${process.versions.node} http2, cleartext, WebSocket over HTTP/2`,
  listener: 'clear',
  model: (knock) => node({ http2: { enableConnectProtocol: true }, version: process.versions.node }, knock),
  start: (place) => listen(http2.createServer({ settings: { enableConnectProtocol: true } }).on('stream', (stream, headers) => {
    const known = headers[':method'] !== 'CONNECT' || headers[':protocol'] === 'websocket';
    stream.on('error', () => undefined).respond({ ':status': known ? 200 : 400 });
    if (headers[':method'] === 'CONNECT' && known) stream.pipe(stream);
    else stream.end();
  }), place),
};

const HTTP: Pick<HaproxySettings, 'mode' | 'bind'> = { mode: 'http', bind: {} };
const TLS: Pick<HaproxySettings, 'mode' | 'bind'> = { mode: 'http', bind: { tls: { alpn: ['h2', 'http/1.1'] } } };
const to = (server: HaproxyServer = {}): HaproxySettings => ({ ...HTTP, server });
const overTls = (server: HaproxyServer = {}): HaproxySettings => ({ ...TLS, server });
const httpchk = (how: Omit<HaproxyCheck & { is: 'http' }, 'is'> = {}): HaproxySettings => to({ check: { is: 'http', ...how } });

const AT_ONE_FRONT = { 'idle-keepalive': 'watched in cleartext', 'ws-silent': 'watched in cleartext' };

/** What differs between the ports of HAProxy, in front of a server that knows pages and WebSocket. */
const FRONTS: readonly (readonly [string, HaproxySettings])[] = [
  ['clear', to()],
  ['proto h1', { ...to(), bind: { proto: 'h1' } }],
  ['proto h2', { ...to(), bind: { proto: 'h2' } }],
  ['accept-proxy', { ...to(), bind: { acceptProxy: true } }],
  ['short timeouts', { ...to({ timeouts: { tunnel: 0.5 } }), timeouts: { httpKeepAlive: 0.5 } }],
  ['option httpclose, timeout server 0.5 s', { ...to({ timeouts: { server: 0.5 } }), httpclose: true }],
  ['TLS without alpn', { ...to(), bind: { tls: {} } }],
  ['TLS, alpn h2', { ...to(), bind: { tls: { alpn: ['h2'] } } }],
  ['TLS, both', overTls()],
  ['TLS, proto h2', { ...to(), bind: { tls: { alpn: ['h2'] }, proto: 'h2' } }],
  ['TLS, proto h1', { ...to(), bind: { tls: { alpn: ['h2', 'http/1.1'] }, proto: 'h1' } }],
  ['TLS 1.3 alone', { ...to(), bind: { tls: { alpn: ['h2', 'http/1.1'], min: '1.3' } } }],
  ['TLS 1.2 at most', { ...to(), bind: { tls: { alpn: ['h2', 'http/1.1'], max: '1.2' } } }],
  ['TLS 1.0 up', { ...to(), bind: { tls: { alpn: ['h2', 'http/1.1'], min: '1.0', securityLevel0: true } } }],
  ['strict-sni', { ...to(), bind: { tls: { alpn: ['h2', 'http/1.1'], strictSni: true } } }],
  ['verify required', { ...to(), bind: { tls: { alpn: ['h2', 'http/1.1'], verify: 'required' } } }],
  ['mode tcp', { ...to(), mode: 'tcp' }],
  ['mode tcp, TLS', { ...to(), mode: 'tcp', bind: { tls: {} } }],
  ['mode tcp, TLS, both', { ...overTls(), mode: 'tcp' }],
];

const NOT_INSIDE = { 'proxy-protocol-v1': 'over TLS the line would have to come before the handshake' };
const AT_THE_FRONT = { 'idle-keepalive': 'how long a caller may be idle is a matter of the port', 'ws-silent': 'the same' };

export function haproxyServers(): LabServer[] {
  if (!haproxyPresent()) return [];
  const all = [...nodeServers(), ...debianServers()];
  const named = (name: RegExp) => all.filter((server) => name.test(server.name)).slice(0, 1);
  const before = (variant: string, settings: HaproxySettings, servers: readonly LabServer[], without: LabServer['without'] = AT_THE_FRONT) =>
    servers.map((server) => haproxyBefore(variant, settings, server, { without: { ...without, ...(settings.bind.tls ? NOT_INSIDE : {}) } }));
  const [page, upgrades, ws, https, http2Clear, http2Tls, both, grpc] = [
    / http$/, /http with an upgrade listener/, / alone$/, / https$/, / http2, cleartext$/, / http2, TLS$/, /allowHTTP1, with an upgrade listener/, /grpc-js/,
  ].map(named);
  return [
    ...FRONTS.flatMap(([variant, settings]) => before(variant, settings, upgrades, settings.bind.tls ? AT_ONE_FRONT : {})),
    ...before('clear', to(), [...ws, ...http2Clear, ...https, envoyLike()]),
    haproxyBefore('clear', to()),
    ...before('server proto h2', to({ proto: 'h2' }), [...page, ...http2Clear, ...grpc, webSocketOverHttp2]),
    ...before('server ssl', to({ tls: {} }), [...https, ...page]),
    ...before('server ssl', to({ tls: {} }), http2Tls, {}),
    ...before('server ssl alpn h2', to({ tls: { alpn: ['h2'] } }), [...https, ...http2Tls]),
    ...before('server ssl alpn h2,http/1.1', to({ tls: { alpn: ['h2', 'http/1.1'] } }), [...https, ...both]),
    ...before('httpchk', httpchk(), [envoyLike(), ...page, ...ws]),
    ...before('httpchk GET', httpchk({ method: 'GET' }), [envoyLike()]),
    ...before('http-check send ver HTTP/1.1', httpchk({ method: 'GET', version: '1.1', host: true }), [envoyLike()]),
    ...before('http-check expect status 426', httpchk({ expects: [[426, 426]] }), ws),
    ...before('check', to({ check: { is: 'tcp' } }), [envoyLike()]),
    ...before('TLS, proto h2', overTls({ proto: 'h2' }), [...named(/Tomcat [\d.]+ Http2Protocol$/), ...named(/Tomcat [\d.]+ Http2Protocol, allowSchemeMismatch/)]),
    ...before('proto h2', to({ proto: 'h2' }), named(/Tomcat [\d.]+ clear$/)),
    ...before('TLS, HTTP/1', overTls(), [...named(/Gunicorn [\d.]+ sync$/), ...named(/Uvicorn [\d.]+ h11$/)]),
    ...before('TLS, ssl', overTls({ tls: {} }), named(/Apache [\d.]+ h2, TLS$/)),
  ];
}
