// Which settings of HAProxy a variant of the matrix stands for. Chains end TLS with both protocols in ALPN, other backends stand behind a
// cleartext port; all have timeouts of 30 s. Not here: what stands behind it (backends.ts).

import { behind } from './backends';
import { Modelled, Row } from './matrix';
import { haproxy, HaproxyBind, HaproxyBindTls, HaproxyServer, HaproxySettings, readHaproxyConfig } from '../../src/systems/haproxy';

type Variant = Partial<Omit<HaproxySettings, 'version'>>;

const SECONDS = { client: 30 } as const;
const BOTH: HaproxyBindTls = { alpn: ['h2', 'http/1.1'] };

const front = (bind: HaproxyBind, more: Variant = {}): Variant => ({ bind, ...more });
const tls = (more: HaproxyBindTls = {}): Variant => front({ tls: { ...BOTH, ...more } });
const back = (server: HaproxyServer = {}, more: Variant = {}): Variant => ({ server, ...more });
const chain = (server: HaproxyServer = {}): Variant => ({ bind: { tls: BOTH }, server });
const httpchk = (check: Omit<HaproxyServer['check'] & { is: 'http' }, 'is'> = {}): HaproxyServer => ({ check: { is: 'http', ...check } });

const VARIANTS: Readonly<Record<string, Variant>> = {
  'fe-clear': front({}),
  'fe-clear-proto-h1': front({ proto: 'h1' }),
  'fe-clear-proto-h2': front({ proto: 'h2' }),
  'fe-clear-accept-proxy': front({ acceptProxy: true }),
  'fe-tls': front({ tls: {} }),
  'fe-tls-alpn-h2': tls({ alpn: ['h2'] }),
  'fe-tls-alpn-http1.1': tls({ alpn: ['http/1.1'] }),
  'fe-tls-alpn-h2-http1.1': tls(),
  'fe-tls-client-cert': tls({ verify: 'required' }),
  'fe-tls-max-1.2': tls({ max: '1.2' }),
  'fe-tls-min-1.0': tls({ min: '1.0' }),
  'fe-tls-min-1.0-seclevel0': tls({ min: '1.0', securityLevel0: true }),
  'fe-tls-min-1.3': tls({ min: '1.3' }),
  'fe-tls-strict-sni': tls({ strictSni: true }),
  'be-h1': back(),
  'be-clear-to-tls-port': back(),
  'be-proto-h2': back({ proto: 'h2' }),
  'be-ssl-no-alpn': back({ tls: {} }),
  'be-ssl-sni': back({ tls: { sni: 'fixed' } }),
  'be-ssl-alpn-h2': back({ tls: { alpn: ['h2'] } }),
  'be-ssl-alpn-h2-http1.1': back({ tls: { alpn: ['h2', 'http/1.1'] } }),
  'be-check-tcp': back({ check: { is: 'tcp' } }),
  'be-httpchk-default': back(httpchk()),
  'be-httpchk-default-proto-h2': back({ ...httpchk(), proto: 'h2' }),
  'be-httpchk-get': back(httpchk({ method: 'GET' })),
  'be-httpchk-http1.1': back(httpchk({ method: 'GET', version: '1.1', host: true })),
  'be-httpclose': back({}, { httpclose: true }),
  'be-server-close': back(),
  'be-no-timeout-tunnel-server-2s': back({ timeouts: { server: 2 } }),
  'be-timeout-tunnel-2s': back({ timeouts: { server: 30, tunnel: 2 } }),
  'chain-h1': chain(),
  'chain-proto-h2': chain({ proto: 'h2' }),
  'chain-alpn-h2': chain({ tls: { alpn: ['h2', 'http/1.1'] } }),
  'tcp-passthrough': front({}, { mode: 'tcp' }),
  'tcp-tls-no-alpn': front({ tls: {} }, { mode: 'tcp' }),
  'tcp-tls-alpn-h2-http1.1': front({ tls: BOTH }, { mode: 'tcp' }),
};

/** Gunicorn speaks HTTP/2 from 25 on, so the newest stood behind every HAProxy. */
const NEEDS_NEWER: Readonly<Record<string, string>> = { 'gunicorn sync-tls-h2': 'gunicorn 26.2.2 sync-tls-h2' };

/** What the row says of its server line beyond the name of the variant. */
function serverOf(row: Row, { server = {} }: Variant): HaproxyServer {
  const said = row.config?.startsWith('server ssl') && !server.tls ? { tls: {} } : {};
  return { timeouts: { server: 30 }, ...server, ...said };
}

/** A variant without settings here, read from the lines that its rows quote: `mode tcp; bind ssl crt <pem>`, `option httpchk, server proto h2`. */
function quoted({ config = '', listener }: Row): Variant | undefined {
  const lines = config.replace(/ \(no [a-z]+\)/g, '').split(/[;,] *(?=mode |bind\b|server\b|option |http-check )/);
  const words = (first: string) => lines.find((line) => line === first || line.startsWith(`${first} `))?.slice(first.length);
  const [mode, bind, server] = [words('mode') ?? ' http', words('bind'), words('server')];
  const checks = lines.filter((line) => /^(option httpchk|http-check)/.test(line));
  if (bind === undefined && server === undefined && checks.length === 0 && words('mode') === undefined) return undefined;
  const text = [
    'frontend front', `mode${mode}`, `bind :1${bind ?? (listener === 'tls' ? ' ssl crt pem alpn h2,http/1.1' : '')}`, 'default_backend back',
    'backend back', `mode${mode}`, ...(checks.length ? ['option httpchk', ...checks] : []), `server one :1${server ?? ''}${checks.length ? ' check' : ''}`,
  ].join('\n');
  const { settings: [{ bind: read, ...rest }], unread } = readHaproxyConfig(text, { file: 'config' });
  return unread.length ? undefined : { mode: rest.mode, bind: read, server: rest.server };
}

function program(row: Row): ReturnType<Modelled['program']> {
  const variant = VARIANTS[row.variant] ?? quoted(row);
  if (!variant) return { leftOut: `variant ${row.variant} has no settings here` };
  const after = behind({ ...row, backend: NEEDS_NEWER[row.backend ?? ''] ?? row.backend });
  if (typeof after !== 'function') return after;
  return haproxy({ mode: 'http', bind: {}, timeouts: SECONDS, ...variant, server: serverOf(row, variant), version: row.version.split(' ')[0] }, after);
}

export const HAPROXY: readonly Modelled[] = [{ system: 'haproxy', variants: Object.keys(VARIANTS), program }];
