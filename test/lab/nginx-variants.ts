// Which settings of nginx a variant of the matrix stands for. The listener of a proxy is not in the variant's name but in the row:
// cleartext, or TLS with HTTP/2. Not here: what stands behind it (backends.ts).

import { behind } from './backends';
import { Modelled, Row } from './matrix';
import { passInWords, serverInWords } from './nginx-words';
import { nginx, NginxPass, NginxSettings } from '../../src/systems/nginx';
import { REFUSED } from '../../src/systems/program/knock';

const PAGE: Pick<NginxSettings, 'locations'> = { locations: [{ does: { is: 'content' } }] };
const TLS = { protocols: ['1.2', '1.3'] } as const;

const SERVERS: Readonly<Record<string, NginxSettings>> = {
  'origin-clear': PAGE,
  'origin-clear-http2-on': { ...PAGE, http2: 'on' },
  'origin-clear-listen-http2': { ...PAGE, http2: 'listen' },
  'origin-clear-proxy-protocol': { ...PAGE, proxyProtocol: true },
  'origin-tls-no-h2': { ...PAGE, tls: TLS },
  'origin-tls-no-ssl_protocols': { ...PAGE, tls: {} },
  'origin-tls-h2-no-ssl_protocols': { ...PAGE, http2: 'listen', tls: {} },
  'origin-tls-h2-tls1.2-1.3': { ...PAGE, http2: 'listen', tls: TLS },
  'origin-tls-h2-tls1.2-only': { ...PAGE, http2: 'listen', tls: { protocols: ['1.2'] } },
  'origin-tls-h2-tls1.3-only': { ...PAGE, http2: 'listen', tls: { protocols: ['1.3'] } },
  'origin-tls-h2-tls1.0-1.3-default-ciphers': { ...PAGE, http2: 'listen', tls: { protocols: ['1.0', '1.1', '1.2', '1.3'] } },
  'origin-tls-h2-tls1.0-1.3-seclevel0': { ...PAGE, http2: 'listen', tls: { protocols: ['1.0', '1.1', '1.2', '1.3'], securityLevel0: true } },
  'origin-tls-h2-client-cert': { ...PAGE, http2: 'listen', tls: { ...TLS, verifyClient: 'on' } },
  'origin-tls-reject-unknown-sni': { ...PAGE, http2: 'listen', tls: { ...TLS, rejectsUnknownNames: { otherHosts: 404 } } },
  'origin-tls-h2-h3': { ...PAGE, http2: 'on', quic: true, tls: TLS },
};

const MAP = { httpVersion: '1.1', upgrade: '$http_upgrade', connection: 'map' } as const satisfies Partial<NginxPass>;

/** What the variants of proxies say of `proxy_pass http://…`. */
const PASSES: Readonly<Record<string, Partial<NginxPass>>> = {
  'proxy-default': {},
  'proxy-refused': {},
  'proxy-http1.0': { httpVersion: '1.0' },
  'proxy-http1.1': { httpVersion: '1.1' },
  'proxy-http1.1-connection-empty': { httpVersion: '1.1', connection: 'none' },
  'proxy-http2': { httpVersion: '2' },
  'proxy-ws-map': MAP,
  'proxy-ws-map-default-timeout': MAP,
  'proxy-ws-map-read-timeout-2s': { ...MAP, readTimeoutSeconds: 2 },
  'proxy-ws-hard-coded': { ...MAP, connection: 'upgrade' },
  'proxy-ws-headers-without-1.1': { ...MAP, httpVersion: undefined },
  'proxy-https': { tls: {} },
  'proxy-https-no-sni': { tls: {} },
  'proxy-https-sni': { tls: { serverName: 'right' } },
  'proxy-https-to-clear-port': { tls: {} },
  'proxy-http-to-tls-port': {},
  'proxy-https-verify-on': { tls: { verify: 'passes' } },
  'proxy-https-verify-on-wrong-name': { tls: { verify: 'fails' } },
  'grpc_pass': { is: 'grpc_pass' },
  'grpc_pass-tls': { is: 'grpc_pass', tls: {} },
  'chain-default': {},
  'chain-http1.1': { httpVersion: '1.1' },
  'chain-ws-map': MAP,
};

function program(row: Row): ReturnType<Modelled['program']> {
  const version = row.version.split(' ')[0];
  const server = row.backend === undefined ? SERVERS[row.variant] ?? serverInWords(row) : undefined;
  if (server) return nginx({ ...server, version }, REFUSED);
  if (row.config === undefined && !PASSES[row.variant]) return { leftOut: `variant ${row.variant} has no settings here` };
  const pass = PASSES[row.variant] ?? passInWords(row);
  const backend = behind(row);
  if (typeof backend !== 'function') return backend;
  const https = /proxy_pass https|grpcs/.test(row.config ?? '');
  return nginx({
    version,
    ...(row.listener === 'tls' ? { tls: TLS, http2: 'listen' } : {}),
    // A port for gRPC speaks HTTP/2, in cleartext too.
    ...(pass.is === 'grpc_pass' ? { http2: 'listen' } : {}),
    locations: [{ does: { is: 'proxy_pass', ...pass, ...(https ? { tls: pass.tls ?? {} } : {}) } }],
  }, backend);
}

export const NGINX: readonly Modelled[] = [{ system: 'nginx', variants: Object.keys({ ...SERVERS, ...PASSES }), program }];
