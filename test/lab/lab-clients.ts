// The clients of the lab as knocks: the ids that its matrix uses, and that our own lab sends for real (client.ts). Over TLS an
// HTTP/1 client offers http/1.1 in ALPN, an HTTP/2 one h2 alone, and those that are about TLS only offer both.
// Not here: client libraries (requests, curl, Java).

import { Hello, Knock } from '../../src/systems/program/knock';

export type Listener = 'clear' | 'tls';

const HELLO: Hello = { versions: ['1.2', '1.3'], alpn: ['h2', 'http/1.1'], sni: 'known' };
const GET: Knock = { over: 'clear', version: '1.1', method: 'GET', path: '/', host: 'name' };
const HANDSHAKE: Partial<Knock> = { path: '/ws', upgrade: 'websocket', connection: ['upgrade'], webSocketVersion: 13, webSocketKey: 'valid' };
const GRPC: Partial<Knock> = { method: 'POST', path: '/lab.Echo/Say', body: 'grpc' };

/** HTTP/1 in cleartext, or over TLS with http/1.1 offered. */
const one = (how: Partial<Knock> = {}, hello: Partial<Hello> = {}) => (over: Listener): Knock =>
  ({ ...GET, ...how, over, ...(over === 'tls' ? { hello: { ...HELLO, alpn: ['http/1.1'], ...hello } } : {}) });
/** HTTP/2 by prior knowledge, or over TLS with h2 offered alone. */
const two = (how: Partial<Knock> = {}) => one({ version: '2', ...how }, { alpn: ['h2'] });
const webSocket = (how: Partial<Knock> = {}, hello: Partial<Hello> = {}) => one({ ...HANDSHAKE, ...how }, hello);
/** Always TLS, whatever the port expects. */
const hello = (changes: Partial<Hello> = {}, version: Knock['version'] = 'by-alpn') => (): Knock =>
  ({ ...GET, over: 'tls', version, hello: { ...HELLO, ...changes } });

export const LAB_CLIENTS: Readonly<Record<string, (listener: Listener) => Knock>> = {
  'h1.0': one({ version: '1.0' }),
  'h1.0-keepalive': one({ version: '1.0', connection: ['keep-alive'] }),
  'h1.0-no-host': one({ version: '1.0', host: 'none' }),
  'h1.1': one(),
  'h1.1-absolute-form': one({ absoluteForm: true }),
  'h1.1-expect-100': one({ method: 'POST', body: 'untyped', expectContinue: true }),
  'h1.1-get-ws-path': one({ path: '/ws' }),
  'h1.1-no-host': one({ host: 'none' }),
  'h1.1-upgrade-h2c': one({ upgrade: 'h2c', connection: ['upgrade', 'http2-settings'] }),
  'h1.1-upgrade-h2c-post': one({ upgrade: 'h2c', connection: ['upgrade', 'http2-settings'], method: 'POST', body: 'untyped' }),
  'h1.1-upgrade-unknown': one({ upgrade: 'other', connection: ['upgrade'] }),
  'idle-keepalive': one({ connection: ['keep-alive'], idleSeconds: 76 }),
  'proxy-protocol-v1': one({ preface: 'proxy-v1' }),
  'elb-health-h1': one({ host: 'address', connection: ['close'] }),
  // The matrix's HTTP/2 checks name the server in :authority; only its HTTP/1 check has an address there.
  'elb-health-h2': two(),
  'elb-health-grpc': two({ ...GRPC, path: '/AWS.ALB/healthcheck' }),
  'grpc-post-h1': one(GRPC),
  'grpc-post-h2': two(GRPC),
  'h2c-prior-knowledge': two(),
  'h2c-scheme-https': two({ scheme: 'https' }),
  'h2-tls': two(),
  'h3': () => ({ ...GET, over: 'quic', version: '3' }),
  'ws': webSocket(),
  'ws-bad-key': webSocket({ webSocketKey: 'bad' }),
  'ws-connection-keepalive': webSocket({ connection: ['keep-alive'] }),
  'ws-connection-list': webSocket({ connection: ['keep-alive', 'upgrade'] }),
  'ws-http1.0': webSocket({ version: '1.0' }),
  'ws-no-connection-header': webSocket({ connection: undefined }),
  'ws-no-key': webSocket({ webSocketKey: undefined }),
  'ws-no-upgrade-header': webSocket({ upgrade: undefined }),
  'ws-no-version': webSocket({ webSocketVersion: undefined }),
  'ws-over-h2': two({ method: 'CONNECT', path: '/ws', extendedConnect: true, webSocketVersion: 13 }),
  'ws-post': webSocket({ method: 'POST' }),
  'ws-silent': webSocket({ idleSeconds: 90 }),
  'ws-version-12': webSocket({ webSocketVersion: 12 }),
  'ws-version-8': webSocket({ webSocketVersion: 8 }),
  'wss-h1-bytes-but-offers-h2': webSocket({}, { alpn: ['h2', 'http/1.1'] }),
  'wss-h1-bytes-only-h2-offered': webSocket({}, { alpn: ['h2'] }),
  'wss-no-alpn': webSocket({}, { alpn: [] }),
  'plain-to-tls-port': () => GET,
  'tls-to-plain-port': hello(),
  'tls-alpn-http1.0': hello({ alpn: ['http/1.0'] }, '1.1'),
  'tls-alpn-http1.1': hello({ alpn: ['http/1.1'] }),
  'tls-alpn-unknown': hello({ alpn: ['unknown/1'] }, '1.1'),
  'tls-no-alpn': hello({ alpn: [] }),
  'tls-no-sni': hello({ sni: 'none' }),
  'tls-unknown-sni': hello({ sni: 'unknown' }),
  'tls1.0-only': hello({ versions: ['1.0'] }),
  'tls1.1-only': hello({ versions: ['1.1'] }),
  'tls1.2-only': hello({ versions: ['1.2'] }),
  'tls1.3-only': hello({ versions: ['1.3'] }),
  'tls1.2-cbc-h2': hello({ versions: ['1.2'], suites: 'cbc-only' }),
  'tls1.2-rsa-kx': hello({ versions: ['1.2'], suites: 'rsa-key-exchange-only' }),
};

/** The knock of a client at a port of this kind. */
export function knockOf(client: string, listener: Listener): Knock | undefined {
  return LAB_CLIENTS[client]?.(listener);
}

/** Those that tell most apart. */
export const USUAL_CALLERS = Object.keys(LAB_CLIENTS).filter((name) => (
  /^(h1\.[01]|h1\.[01]-no-host|tls-no-sni|h1\.1-upgrade-h2c|h2c-prior-knowledge|h2-tls|ws|ws-over-h2|ws-silent|grpc-post-h2|tls1\.[0123]-only|tls-unknown-sni|idle-keepalive|plain-to-tls-port|proxy-protocol-v1)$/.test(name)
));
