// Which settings a variant of the matrix stands for, for servers. The matrix names variants; the models know settings only. A variant
// that is in no table here is read from its words (origin-words.ts). Not here: proxies.

import { behind } from './backends';
import { Modelled } from './matrix';
import * as inWords from './origin-words';
import { Words } from './words';
import { apache, ApacheSettings } from '../../src/systems/apache';
import { AsgiSettings, daphne, hypercorn, uvicorn, UvicornSettings } from '../../src/systems/asgi';
import { caddy, CaddySettings } from '../../src/systems/caddy';
import { envoy, EnvoySettings } from '../../src/systems/envoy';
import { go, GoSettings } from '../../src/systems/go';
import { gunicorn, GunicornSettings } from '../../src/systems/gunicorn';
import { node, NodeSettings } from '../../src/systems/node';
import { httpProxy } from '../../src/systems/node/http-proxy';
import { Knock, Program } from '../../src/systems/program/knock';
import { tomcat, TomcatSettings } from '../../src/systems/tomcat';
import { uwsgi, UwsgiSettings } from '../../src/systems/uwsgi';

type Variants<Settings> = Readonly<Record<string, Settings>>;

/** A system whose variants differ in settings only; `read`: for variants that have no row here. */
function bySettings<Settings extends object>(
  system: string,
  see: (settings: Settings & { version?: string }, knock: Knock) => ReturnType<Program>,
  variants: Variants<Settings>,
  read: (words: Words & { readonly version?: string }) => Settings | undefined,
): Modelled {
  return {
    system,
    variants: Object.keys(variants),
    program(row) {
      const settings = variants[row.variant] ?? (row.backend === undefined ? read(row) : undefined);
      if (!settings) return { leftOut: `variant ${row.variant} has no settings here` };
      return (knock) => see({ ...settings, version: row.version.split(' ')[0] }, knock);
    },
  };
}

const WS_BESIDE_ROUTES: NodeSettings = { webSocket: { is: 'upgrade-listener', path: '/ws' } };

const NODE: Variants<NodeSettings> = {
  'http': {},
  'express': { framework: 'express' },
  'fastify': { framework: 'fastify' },
  'fastify-http2-tls-allowHTTP1': { framework: 'fastify', tls: {}, http2: { allowHttp1: true } },
  'http+ws-noserver': WS_BESIDE_ROUTES,
  'http+ws-should-upgrade': { ...WS_BESIDE_ROUTES, onlyWebSocketUpgrades: true },
  'https': { tls: {} },
  'https-sni-required': { tls: { needsServerName: true } },
  'https-tls10-only': { tls: { min: '1.0', max: '1.0' } },
  'https-tls12-only': { tls: { min: '1.2', max: '1.2' } },
  'https-tls13-only': { tls: { min: '1.3' } },
  'h2c': { http2: {} },
  'h2c+rfc8441': { http2: { enableConnectProtocol: true } },
  'h2c+rfc8441-no-connect-listener': { http2: { enableConnectProtocol: true, connectListener: false } },
  'ws-standalone': { webSocket: { is: 'ws-alone' } },
  'socket.io': { webSocket: { is: 'socket.io' } },
  'grpc-js': { framework: 'grpc-js' },
  'grpc-js-tls': { framework: 'grpc-js', tls: {} },
  'https+ws': { ...WS_BESIDE_ROUTES, tls: {} },
  'h2-tls': { tls: {}, http2: {} },
  'h2-tls+rfc8441': { tls: {}, http2: { enableConnectProtocol: true } },
  'h2-tls+allowHTTP1': { tls: {}, http2: { allowHttp1: true } },
  'h2-tls+allowHTTP1+ws': { ...WS_BESIDE_ROUTES, tls: {}, http2: { allowHttp1: true } },
  'h2-tls+allowHTTP1+ws+rfc8441': { ...WS_BESIDE_ROUTES, tls: {}, http2: { allowHttp1: true, enableConnectProtocol: true } },
};

const TOMCAT: Variants<TomcatSettings> = {
  'clear': {},
  'clear-connectionTimeout-20000': { connectionTimeoutSeconds: 20 },
  'clear-http2': { http2: true },
  'clear-http2-allowSchemeMismatch': { http2: true, allowSchemeMismatch: true },
  'tls': { tls: {} },
  'tls-http2': { tls: {}, http2: true },
  'tls-http2-1.0-to-1.3': { tls: { protocols: ['1.0', '1.1', '1.2', '1.3'] }, http2: true },
  'tls-http2-1.3-only': { tls: { protocols: ['1.3'] }, http2: true },
  'tls-http2-strict-sni': { tls: {}, http2: true },
};

const GUNICORN: Variants<GunicornSettings> = {
  'sync': {},
  'gthread': { worker: 'gthread' },
  'asgi-worker': { worker: 'asgi' },
  'gthread-keep-alive-75': { worker: 'gthread', keepAliveSeconds: 75 },
  'gthread-h2c-both': { worker: 'gthread', httpProtocols: ['h2', 'h1'], http2Cleartext: 'both', trustedPeer: true },
  'gthread-h2c-upgrade': { worker: 'gthread', httpProtocols: ['h2', 'h1'], http2Cleartext: 'upgrade', trustedPeer: true },
  'gthread-h2c-prior-knowledge-untrusted-peer': { worker: 'gthread', httpProtocols: ['h2', 'h1'], http2Cleartext: 'prior-knowledge', trustedPeer: false },
  'gthread-tls-h2-only': { worker: 'gthread', httpProtocols: ['h2'], tls: true },
  'sync-tls-h2': { httpProtocols: ['h2', 'h1'], tls: true },
  'uvicorn-worker': { worker: 'uvicorn' },
};

/** Debian's releases: which Uvicorn came with which Gunicorn, and whether httptools was there. */
const UVICORN_BESIDE_GUNICORN: Readonly<Record<string, UvicornSettings>> = {
  '20.1.0': { version: '0.17.6', http: 'h11' },
  '23.0.0': { version: '0.32.0', http: 'httptools' },
  '26.2.2': { version: '0.53.0', http: 'httptools' },
};

const UWSGI: Variants<UwsgiSettings> = {
  'http-socket': { listens: 'http-socket' },
  'http-router-keepalive': { listens: 'http', httpKeepalive: true },
  'http-router-websockets': { listens: 'http', httpWebSockets: true },
  'https-router': { listens: 'https' },
  'https-router-websockets': { listens: 'https', httpWebSockets: true },
  'https2': { listens: 'https2' },
};

const GO: Variants<GoSettings> = {
  'clear': {},
  'clear-h1-h2c': { protocols: ['HTTP1', 'UnencryptedHTTP2'] },
  'clear-h2c-only': { protocols: ['UnencryptedHTTP2'] },
  'tls': { tls: true },
  'tls-h1-only': { tls: true, protocols: ['HTTP1'] },
  'tls-h2-only': { tls: true, protocols: ['HTTP2'] },
};

const APACHE: Variants<ApacheSettings> = {
  'origin-clear': {},
  'origin-clear-h2c': { protocols: ['h2c', 'http/1.1'] },
  'origin-clear-h2c-H2Upgrade-on': { protocols: ['h2c', 'http/1.1'] },
  'origin-clear-h2c-only': { protocols: ['h2c'] },
  'origin-tls-h2': { protocols: ['h2', 'http/1.1'], tls: {} },
  'origin-tls-h2-only': { protocols: ['h2'], tls: {} },
  'origin-tls-h2-client-cert': { protocols: ['h2', 'http/1.1'], tls: { requiresClientCertificate: true } },
  'origin-tls-h2-tls1.0-up': { protocols: ['h2', 'http/1.1'], tls: { min: '1.0', securityLevel0: true } },
  'origin-tls-h2-H2ModernTLSOnly-off': { protocols: ['h2', 'http/1.1'], tls: { min: '1.0', securityLevel0: true, h2ModernTlsOnly: false } },
};

const CADDY: Variants<CaddySettings> = {
  'origin-clear': {},
  'origin-clear-h2c': { protocols: ['h1', 'h2c'] },
  'origin-tls': { tls: {} },
  'origin-tls-1.3-only': { tls: { min: '1.3' } },
  'origin-tls-h1-only': { tls: {}, protocols: ['h1'] },
  'origin-tls-h2-only': { tls: {}, protocols: ['h2'] },
};

type Tables = Readonly<Record<'node' | 'tomcat' | 'gunicorn' | 'uwsgi' | 'uvicorn' | 'asgi' | 'go' | 'apache' | 'caddy' | 'envoy', Variants<object>>>;

export const TABLES = {
  node: NODE,
  tomcat: TOMCAT,
  gunicorn: GUNICORN,
  uwsgi: UWSGI,
  uvicorn: { h11: { http: 'h11' } } as Variants<UvicornSettings>,
  asgi: { clear: {} } as Variants<AsgiSettings>,
  go: GO,
  apache: APACHE,
  caddy: CADDY,
  envoy: { 'envoy-stand-in': {} } as Variants<EnvoySettings>,
} satisfies Tables;

/** All servers; without tables every variant is read from its words. */
export function originsBy(tables: Partial<typeof TABLES>): readonly Modelled[] {
  const nodeServers = bySettings('node', node, tables.node ?? {}, inWords.nodeInWords);
  const envoys = bySettings('envoy-stand-in', envoy, tables.envoy ?? {}, inWords.envoyInWords);
  return [
    { system: 'node', variants: Object.keys(tables.node ?? {}), program: (row) => (/stand-in/.test(row.variant) ? envoys : row.variant.startsWith('http-proxy') ? HTTP_PROXY : nodeServers).program(row) },
    envoys,
    { ...envoys, system: 'connect-stand-in' },
    bySettings('tomcat', tomcat, tables.tomcat ?? {}, inWords.tomcatInWords),
    bySettings('uwsgi', uwsgi, tables.uwsgi ?? {}, inWords.uwsgiInWords),
    bySettings('uvicorn', uvicorn, tables.uvicorn ?? {}, inWords.uvicornInWords),
    bySettings('hypercorn', hypercorn, tables.asgi ?? {}, inWords.asgiInWords),
    bySettings('daphne', daphne, tables.asgi ?? {}, inWords.asgiInWords),
    bySettings('go', go, tables.go ?? {}, inWords.goInWords),
    bySettings('apache', apache, tables.apache ?? {}, inWords.apacheInWords),
    bySettings('caddy', caddy, tables.caddy ?? {}, inWords.caddyInWords),
    bySettings<GunicornSettings>('gunicorn', gunicornWithUvicorn, tables.gunicorn ?? {}, inWords.gunicornInWords),
  ];
}

export const ORIGINS = originsBy(TABLES);

/** A proxy that stands alone in its row: the backend is what that lab had behind it, unless the row says another. */
const HTTP_PROXY: Pick<Modelled, 'program'> = {
  program(row) {
    const server: ReturnType<Modelled['program']> = row.backend === undefined ? (knock) => node({ ...WS_BESIDE_ROUTES, version: '20.20.2' }, knock) : behind(row);
    return typeof server === 'function' ? httpProxy({ ws: /\+ws|ws: ?true/.test(`${row.variant} ${row.config}`) }, server) : server;
  },
};

function gunicornWithUvicorn(settings: GunicornSettings, knock: Knock): ReturnType<Program> {
  return gunicorn({ ...settings, uvicorn: { ...UVICORN_BESIDE_GUNICORN[settings.version ?? ''], ...settings.uvicorn } }, knock);
}
