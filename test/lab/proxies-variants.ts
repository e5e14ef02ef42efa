// Which settings a variant of the matrix stands for, for Apache, Caddy, Squid, Varnish and mitmproxy as proxies.
// Not here: the same programs as servers (origins.ts).

import { behind } from './backends';
import { Modelled, Row } from './matrix';
import { apacheProxy, ApacheProxySettings } from '../../src/systems/apache';
import { caddyProxy, CaddyProxySettings } from '../../src/systems/caddy';
import { mitmproxy, MitmproxySettings } from '../../src/systems/mitmproxy';
import { Program } from '../../src/systems/program/knock';
import { squidProxy, SquidSettings } from '../../src/systems/squid';
import { varnishProxy, VarnishSettings } from '../../src/systems/varnish';

type Variants<Settings> = Readonly<Record<string, Settings>>;

/**
 * A proxy whose variants differ in settings only; `listener`: the settings that a TLS listener adds; `read`: what the directives of a
 * variant say that has no row here.
 */
function proxy<Settings extends object>(
  system: string,
  through: (settings: Settings & { version?: string }, behind: Program) => Program,
  variants: Variants<Settings>,
  listener: (row: Row) => Partial<Settings> = () => ({}),
  read: (directives: string) => Settings | undefined = () => undefined,
): Modelled {
  return {
    system,
    variants: Object.keys(variants),
    program(row) {
      const settings = variants[row.variant] ?? (row.backend && row.config ? read(row.config) : undefined);
      if (!settings) return { leftOut: `variant ${row.variant} has no settings here` };
      const server = behind(row);
      if (typeof server !== 'function') return server;
      return through({ ...settings, ...listener(row), version: row.version.split(' ')[0] }, server);
    },
  };
}

const APACHE: Variants<ApacheProxySettings> = {
  'proxy-http': { to: 'http' },
  'proxy-http-to-tls-port': { to: 'http' },
  'proxy-refused': { to: 'http' },
  'proxy-force-1.0': { to: 'http', forceProxyRequest10: true },
  'proxy-https': { to: 'https' },
  'proxy-h2c': { to: 'h2c' },
  'proxy-hcheck-GET': { to: 'http', healthCheck: 'GET' },
  'proxy-hcheck-GET11': { to: 'http', healthCheck: 'GET11' },
  'proxy-rewrite-ws': { to: 'http', webSocketTo: { by: 'RewriteRule to ws://' } },
  'proxy-upgrade-any': { to: 'http', upgrade: 'ANY' },
  'proxy-upgrade-websocket': { to: 'http', upgrade: 'websocket' },
  'proxy-wstunnel': { to: 'http', webSocketTo: { by: 'ProxyPass ws://', path: '/ws' } },
};

function readApache(directives: string): ApacheProxySettings | undefined {
  const to = /ProxyPass \/ (https|http|h2c|h2):\/\//.exec(directives)?.[1] as ApacheProxySettings['to'] | undefined;
  const upgrade = /upgrade=(websocket|ANY)/.exec(directives)?.[1] as ApacheProxySettings['upgrade'];
  const healthCheck = /hcmethod=((?:GET|HEAD|OPTIONS)(?:11)?)/.exec(directives)?.[1] as ApacheProxySettings['healthCheck'];
  return to && {
    to,
    ...(upgrade ? { upgrade } : {}),
    ...(healthCheck ? { healthCheck } : {}),
    ...(/ProxyPass \/ws ws:/.test(directives) ? { webSocketTo: { by: 'ProxyPass ws://', path: '/ws' } as const } : {}),
    ...(/force-proxy-request-1\.0/.test(directives) ? { forceProxyRequest10: true } : {}),
    ...(/ProxyPreserveHost/.test(directives) ? { proxyPreserveHost: true } : {}),
  };
}

const CADDY: Variants<CaddyProxySettings> = {
  'proxy-http': { to: 'http' },
  'proxy-refused': { to: 'http' },
  'proxy-h2c': { to: 'h2c' },
  'proxy-https': { to: 'https' },
  'proxy-https-sni': { to: 'https', tlsServerName: true },
  'proxy-https-verify': { to: 'https', distrustsCertificate: true },
};

const SQUID: Variants<SquidSettings> = {
  'forward-absolute': { asked: 'absolute' },
  'forward-absolute-upgrade-allowed': { asked: 'absolute', upgrades: ['websocket'] },
  'connect-tunnel': { asked: 'CONNECT' },
  'connect-only-443': { asked: 'CONNECT', connectDenied: true },
  'ssl-bump': { asked: 'CONNECT', sslBump: 'bump' },
  'ssl-bump-upgrade-allowed': { asked: 'CONNECT', sslBump: 'bump', upgrades: ['websocket'] },
  'ssl-bump-stare': { asked: 'CONNECT', sslBump: 'stare and bump' },
  'peek-and-splice': { asked: 'CONNECT', sslBump: 'peek and splice' },
};

const VARNISH: Variants<VarnishSettings> = {
  'default': {},
  'feature-http2': { http2: true },
  'pipe-websocket': { pipesWebSocket: true },
  'pipe-websocket-http2': { http2: true, pipesWebSocket: true },
};

const MITMPROXY: Variants<MitmproxySettings> = {
  'default': {},
  'no-http2': { http2: false },
};

const TLS_APACHE: Partial<ApacheProxySettings> = { tls: {}, protocols: ['h2', 'http/1.1'] };

export const PROXIES: readonly Modelled[] = [
  proxy('apache', apacheProxy, APACHE, ({ listener }) => (listener === 'tls' ? TLS_APACHE : {}), readApache),
  proxy('caddy', caddyProxy, CADDY, ({ listener }) => (listener === 'tls' ? { tls: {} } : {})),
  proxy('squid', squidProxy, SQUID),
  proxy('varnish', varnishProxy, VARNISH),
  proxy('mitmproxy', mitmproxy, MITMPROXY),
];
