// Words of variants and configurations -> settings, for servers; no program is started. What the tables of origins.ts say of a variant
// is to be read from its words as well, and every way to name what stands behind a proxy is to lead to a program.

import { programOf } from './backends';
import { LAB_CLIENTS, Listener } from './lab-clients';
import { Row } from './matrix';
import * as read from './origin-words';
import { ORIGINS, originsBy, TABLES } from './origins';
import { tlsBounds } from './words';
import { nameSeen } from '../../src/systems/program/knock';

type Read = (words: { variant: string; config?: string; listener: Listener }) => object | undefined;

/** [variant, configuration in words, settings]; a variant with tls or https in its name is asked at a TLS port. */
const WORDS: readonly [Read, readonly [string, string | undefined, object | undefined][]][] = [
  [read.nodeInWords, [
    ['http', 'http.createServer((request, response) => …)', {}],
    ['koa', 'koa().listen()', {}],
    ['express', undefined, { framework: 'express' }],
    ['https', 'https.createServer({ key, cert })', { tls: {} }],
    ['https-mtls', 'requestCert: true, rejectUnauthorized: true', { tls: { requiresClientCertificate: true } }],
    ['https-tls12', "minVersion 'TLSv1.2', maxVersion 'TLSv1.2'", { tls: { min: '1.2', max: '1.2' } }],
    ['https-tls13', "minVersion: 'TLSv1.3'", { tls: { min: '1.3' } }],
    ['https-tls1.0-up', 'minVersion TLSv1, ciphers with SECLEVEL=0', { tls: { min: '1.0' } }],
    ['https-tls1.0-up', 'minVersion TLSv1, default ciphers', { tls: {} }],
    ['https-by-name', 'SNICallback, no default certificate', { tls: { needsServerName: true } }],
    ['ws-standalone', 'new WebSocketServer({ port })', { webSocket: { is: 'ws-alone' } }],
    ['http+ws-path', 'new WebSocketServer({ server, path: "/ws" })', { webSocket: { is: 'ws-on-server', path: '/ws' } }],
    ['http+ws-server', 'new WebSocketServer({ server })', { webSocket: { is: 'ws-on-server' } }],
    ['http+ws', undefined, { webSocket: { is: 'upgrade-listener', path: '/ws' } }],
    ['https+ws', 'server.on("upgrade") to ws', { tls: {}, webSocket: { is: 'upgrade-listener', path: '/ws' } }],
    ['socket.io', 'new Server(httpServer)', { webSocket: { is: 'socket.io' } }],
    ['express+socket.io', undefined, { framework: 'express', webSocket: { is: 'socket.io' } }],
    ['h2c', undefined, { http2: {} }],
    ['h2-tls', 'http2.createSecureServer({ key, cert })', { tls: {}, http2: {} }],
    ['h2-tls+rfc8441', undefined, { tls: {}, http2: { enableConnectProtocol: true } }],
    ['h2-tls+allowHTTP1', 'createSecureServer({ allowHTTP1: true })', { tls: {}, http2: { allowHttp1: true } }],
    ['h2-tls-no-allowHTTP1', 'createSecureServer({ allowHTTP1: false })', { tls: {}, http2: {} }],
    ['grpc-js', 'ServerCredentials.createInsecure()', { framework: 'grpc-js' }],
    ['grpc-js-tls', 'ServerCredentials.createSsl(…)', { framework: 'grpc-js', tls: {} }],
    ['http-keepAliveTimeout-65000', undefined, { keepAliveSeconds: 65 }],
  ]],
  [read.gunicornInWords, [
    ['sync', undefined, {}],
    ['sync-tls', 'sync worker + TLS', { tls: true }],
    ['gthread', '--threads 8', { worker: 'gthread' }],
    ['gthread-tls', '--threads 8, --certfile and --keyfile', { worker: 'gthread', tls: true }],
    ['gthread-tls-h2', '--threads 8 --http-protocols h2,h1 + TLS', { worker: 'gthread', tls: true, httpProtocols: ['h2', 'h1'] }],
    ['gthread-tls-h1-first', '-k gthread --http-protocols h1,h2 + TLS', { worker: 'gthread', tls: true, httpProtocols: ['h1', 'h2'] }],
    ['gevent', '-k gevent', { worker: 'gevent' }],
    ['asgi-worker', '-k asgi', { worker: 'asgi' }],
    ['asgi-worker-tls-h2', '--worker-class asgi --http-protocols h2,h1 + TLS', { worker: 'asgi', tls: true, httpProtocols: ['h2', 'h1'] }],
    ['gthread-h2c-prior-knowledge', '--threads 8 --http2-cleartext prior-knowledge (peer trusted)',
      { worker: 'gthread', httpProtocols: ['h2', 'h1'], http2Cleartext: 'prior-knowledge', trustedPeer: true }],
    ['gthread-h2c-both-untrusted-peer', '--threads 8 --http2-cleartext both --forwarded-allow-ips 198.51.100.7',
      { worker: 'gthread', httpProtocols: ['h2', 'h1'], http2Cleartext: 'both', trustedPeer: false }],
    ['gthread-h2c-off', '--threads 8 --http-protocols h2,h1 --http2-cleartext off', { worker: 'gthread', httpProtocols: ['h2', 'h1'] }],
    ['gthread-keep-alive-30', undefined, { worker: 'gthread', keepAliveSeconds: 30 }],
    ['uvicorn-worker', '-k uvicorn.workers.UvicornWorker', { worker: 'uvicorn' }],
  ]],
  [read.tomcatInWords, [
    ['clear', 'a Connector', {}],
    ['clear-http2', 'Connector with Http2Protocol', { http2: true }],
    ['tls', 'SSLEnabled; no Http2Protocol', { tls: {} }],
    ['tls-http2', 'SSLEnabled and Http2Protocol', { tls: {}, http2: true }],
    ['tls-1.2-only', 'protocols="TLSv1.2"', { tls: { protocols: ['1.2'] } }],
    ['tls-http2-1.2-only', undefined, { tls: { protocols: ['1.2'] }, http2: true }],
    ['tls-old', 'protocols="TLSv1,TLSv1.1,TLSv1.2"', { tls: { protocols: ['1.0', '1.1', '1.2'] } }],
    ['tls-client-cert', 'certificateVerification="required"', { tls: { requiresClientCertificate: true } }],
    ['clear-http2-allowSchemeMismatch', undefined, { http2: true, allowSchemeMismatch: true }],
    ['clear-keepAliveTimeout-5000', undefined, { connectionTimeoutSeconds: 5 }],
  ]],
  [read.uwsgiInWords, [
    ['http-socket', undefined, { listens: 'http-socket' }],
    ['http11-socket', 'http11-socket = :8000', { listens: 'http11-socket' }],
    ['http-router', 'http = :8000', { listens: 'http' }],
    ['https-router', 'https = :8443,cert,key', { listens: 'https' }],
    ['https-socket', undefined, { listens: 'https-socket' }],
    ['http-router-websockets', '--http = :8000 --http-websockets', { listens: 'http', httpWebSockets: true }],
  ]],
  [read.uvicornInWords, [
    ['default', 'uvicorn app:app', { http: 'httptools' }],
    ['h11', '--http h11', { http: 'h11' }],
    ['httptools', '--http httptools', { http: 'httptools' }],
    ['tls', '--ssl-keyfile and --ssl-certfile', { http: 'httptools', tls: true }],
    ['timeout-keep-alive-75', undefined, { http: 'httptools', keepAliveSeconds: 75 }],
  ]],
  [read.asgiInWords, [['clear', 'hypercorn app', {}], ['tls', '--certfile and --keyfile', { tls: true }]]],
  [read.goInWords, [
    ['clear', 'defaults', {}],
    ['clear-h2c', 'Protocols: HTTP1, UnencryptedHTTP2', { protocols: ['HTTP1', 'UnencryptedHTTP2'] }],
    ['clear-h2c-only', undefined, { protocols: ['UnencryptedHTTP2'] }],
    ['tls-h1-only', undefined, { tls: true, protocols: ['HTTP1'] }],
    ['tls-h2', 'ListenAndServeTLS', { tls: true }],
    ['tls-1.3-only', 'MinVersion: tls.VersionTLS13', { tls: true, minTls: '1.3' }],
  ]],
  [read.apacheInWords, [
    ['origin-clear', undefined, {}],
    ['origin-tls', 'SSLEngine on', { tls: {} }],
    ['origin-tls-h2', undefined, { protocols: ['h2', 'http/1.1'], tls: {} }],
    ['origin-clear-h2c-H2Direct-off', 'Protocols h2c http/1.1; H2Direct off', { protocols: ['h2c', 'http/1.1'], h2Direct: false }],
    ['origin-tls-tls1.2-only', 'SSLProtocol -all +TLSv1.2', { tls: { min: '1.2', max: '1.2' } }],
    ['origin-tls-tls1.1-up', 'SSLProtocol all -TLSv1; SECLEVEL=0', { tls: { min: '1.1', securityLevel0: true } }],
    ['proxy-something', 'ProxyPass / http://', undefined],
  ]],
  [read.caddyInWords, [
    ['origin-clear', 'as shipped', {}],
    ['origin-clear-h1-only', 'protocols h1', { protocols: ['h1'] }],
    ['origin-tls-no-h3', 'protocols h1 h2', { protocols: ['h1', 'h2'], tls: {} }],
    ['origin-tls-h2-only', undefined, { protocols: ['h2'], tls: {} }],
    ['origin-tls-1.3', 'tls { protocols tls1.3 }', { tls: { min: '1.3' } }],
    ['proxy-something', 'reverse_proxy', undefined],
  ]],
];

for (const [reader, rows] of WORDS) {
  test.each(rows)(`${reader.name}: %s, %s`, (variant, config, settings) => {
    expect(reader({ variant, config, listener: listenerOf(variant) })).toEqual(settings);
  });
}

test.each([
  ['tls12-only', { min: '1.2', max: '1.2' }],
  ['alpn-http1.1-only', {}],
  ['tls1.0-to-1.3', { min: '1.0', max: '1.3' }],
  ['sslprotocol all', { min: '1.0', max: '1.3' }],
  ['max-1.2', { max: '1.2' }],
  ['peers of 192.0.2.1', {}],
])('TLS versions in %s', (text, bounds) => {
  expect(tlsBounds(text)).toEqual(bounds);
});

const SYSTEMS: Readonly<Record<string, string>> = { asgi: 'hypercorn', envoy: 'envoy-stand-in' };

/** Where a name leaves something out, what the configuration says. */
const MORE: Readonly<Record<string, string>> = { 'origin-tls-h2-H2ModernTLSOnly-off': 'H2ModernTLSOnly off; SSLProtocol all at SECLEVEL=0' };

const WITHOUT_TABLES = originsBy({});

test.each(Object.entries(TABLES).flatMap(([system, table]) => Object.keys(table).map((variant) => [SYSTEMS[system] ?? system, variant])))(
  'what the table says is in the words too: %s %s', (system, variant) => {
    const listener = listenerOf(variant);
    const row: Row = { system, variant, version: '99', config: MORE[variant], listener, client: '', outcome: { kind: 'status' } };
    const [byTable, byWords] = [ORIGINS, WITHOUT_TABLES].map((origins) => origins.find((entry) => entry.system === system)!.program(row));
    if (typeof byTable !== 'function' || typeof byWords !== 'function') throw new Error(`${variant} is not read`);
    for (const [client, knock] of Object.entries(LAB_CLIENTS)) {
      expect(`${client}: ${nameSeen(byWords(knock(listener)))}`).toBe(`${client}: ${nameSeen(byTable(knock(listener)))}`);
    }
  });

test.each([
  'none', 'refused', 'node http', 'node 22.23.3 https', 'node ws-standalone (silent)', 'node mirror', 'node http+ws-path', 'node http-proxy', 'node h2-tls+rfc8441',
  'envoy-stand-in', 'connect-stand-in', 'node envoy-stand-in', 'gunicorn gthread-h2c-both', 'gunicorn 26.2.2 asgi-worker-tls-h2', 'gunicorn sync-tls-h2',
  'tomcat tls-http2-1.2-only', 'tomcat clear-http2', 'uwsgi http11-socket', 'uvicorn default', 'uvicorn tls', 'hypercorn clear', 'hypercorn tls', 'daphne clear',
  'go tls', 'go clear-h2c-only', 'apache origin-clear-h2c', 'apache origin-tls', 'caddy origin-tls', 'caddy origin-clear-h2c',
  'apache proxy-http -> envoy-stand-in', 'varnish default -> node http', 'caddy proxy-http -> node http', 'nginx proxy-ws-map -> node ws-standalone',
])('behind a proxy: %s', (backend) => {
  expect(typeof programOf(backend)).toBe('function');
});

function listenerOf(variant: string): Listener {
  return /tls|https/.test(variant) ? 'tls' : 'clear';
}
