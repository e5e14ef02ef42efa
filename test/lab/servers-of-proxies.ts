// Proxies of the lab that are packages of Debian: Apache httpd and Caddy, each in front of real servers of this process.
// Not here: the same programs without anything behind them (servers-of-debian.ts); Varnish and Squid (servers-of-caches.ts).

import { backends, Behind, inFront, NOTHING, versionOf } from './in-front';
import { GOAWAY_RACE, LabServer, present, run, Site, write } from './running';
import { apacheProxy, ApacheProxySettings } from '../../src/systems/apache';
import { caddyProxy, CaddyProxySettings } from '../../src/systems/caddy';

function apacheProxies(): LabServer[] {
  if (!present('apache2', 'apt-get install -y apache2')) return [];
  const version = versionOf('apache2', '-v');
  const modules = ['mpm_event', 'authz_core', 'env', 'rewrite', 'http2', 'socache_shmcb', 'ssl', 'proxy', 'proxy_http', 'proxy_wstunnel', 'proxy_http2'];
  const one = (variant: string, settings: ApacheProxySettings, behind: Behind, lines: (to: string) => string[]) => {
    const start = (place: Site, to: number) => run(place, 'apache2', ['-D', 'FOREGROUND', '-f', write(place, 'httpd.conf', [
      `ServerRoot ${place.folder}`, 'ServerName lab.test', `PidFile ${place.folder}/pid`, `DefaultRuntimeDir ${place.folder}`, `Listen 127.0.0.1:${place.port}`, `ErrorLog ${place.folder}/error.log`,
      ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
      ...(settings.protocols ? [`Protocols ${settings.protocols.join(' ')}`] : []),
      ...(settings.tls ? ['SSLEngine on', `SSLCertificateFile ${place.cert}`, `SSLCertificateKeyFile ${place.key}`] : []),
      ...lines(`127.0.0.1:${to}`),
    ].join('\n'))]);
    return inFront(`Apache ${version} ${variant}`, settings.tls !== undefined, behind, apacheProxy({ ...settings, version }, behind.model), start);
  };
  const { page, upgrades, ws, https, h2c, h2, old } = backends();
  const unverified = ['SSLProxyEngine on', 'SSLProxyVerify none', 'SSLProxyCheckPeerName off', 'SSLProxyCheckPeerExpire off'];
  return [
    one('http', { to: 'http' }, upgrades, (to) => [`ProxyPass / http://${to}/`]),
    one('http, h2c listener', { to: 'http', protocols: ['h2c', 'http/1.1'] }, upgrades, (to) => [`ProxyPass / http://${to}/`]),
    one('http', { to: 'http' }, NOTHING, (to) => [`ProxyPass / http://${to}/`]),
    one('http', { to: 'http' }, h2c, (to) => [`ProxyPass / http://${to}/`]),
    one('http 1.0', { to: 'http', forceProxyRequest10: true }, old, (to) => ['SetEnv force-proxy-request-1.0 1', `ProxyPass / http://${to}/`]),
    one('upgrade=websocket', { to: 'http', upgrade: 'websocket' }, upgrades, (to) => [`ProxyPass / http://${to}/ upgrade=websocket`]),
    one('upgrade=ANY, TLS', { to: 'http', upgrade: 'ANY', tls: {}, protocols: ['h2', 'http/1.1'] }, upgrades, (to) => [`ProxyPass / http://${to}/ upgrade=ANY`]),
    one('ws://', { to: 'http', webSocketTo: { by: 'ProxyPass ws://', path: '/ws' } }, ws, (to) => [`ProxyPass /ws ws://${to}/ws`, `ProxyPass / http://${to}/`]),
    one('rewrite to ws://', { to: 'http', webSocketTo: { by: 'RewriteRule to ws://' } }, upgrades,
      (to) => ['RewriteEngine on', 'RewriteCond %{HTTP:Upgrade} =websocket [NC]', `RewriteRule ^/(.*) ws://${to}/$1 [P,L]`, `ProxyPass / http://${to}/`]),
    one('https', { to: 'https' }, https, (to) => [...unverified, `ProxyPass / https://${to}/`]),
    one('https', { to: 'https' }, h2, (to) => [...unverified, `ProxyPass / https://${to}/`]),
    one('https', { to: 'https' }, page, (to) => [...unverified, `ProxyPass / https://${to}/`]),
    one('h2', { to: 'h2' }, h2, (to) => [...unverified, `ProxyPass / h2://${to}/`]),
    one('h2', { to: 'h2' }, https, (to) => [...unverified, `ProxyPass / h2://${to}/`]),
    one('h2c', { to: 'h2c' }, h2c, (to) => [`ProxyPass / h2c://${to}/`]),
    one('h2c', { to: 'h2c' }, page, (to) => [`ProxyPass / h2c://${to}/`]),
  ];
}

function caddyProxies(): LabServer[] {
  if (!present('caddy', 'apt-get install -y caddy')) return [];
  const version = versionOf('caddy', 'version');
  const one = (settings: CaddyProxySettings, behind: Behind) => {
    const { to, tls, distrustsCertificate } = settings;
    const transport = to === 'https' ? ['transport http {', 'tls', ...(distrustsCertificate ? [] : ['tls_insecure_skip_verify']), '}'] : [];
    const start = (place: Site, port: number) => run(place, 'caddy', ['run', '--adapter', 'caddyfile', '--config', write(place, 'Caddyfile', [
      '{', 'admin off', 'auto_https off', `storage file_system ${place.folder}`, '}',
      `${tls ? 'https' : 'http'}://:${place.port} {`, 'bind 127.0.0.1', `reverse_proxy ${to}://127.0.0.1:${port} {`, ...transport, '}', ...(tls ? [`tls ${place.cert} ${place.key}`] : []), '}',
    ].join('\n'))]);
    const without: Record<string, string> = to === 'https' ? { 'ws-over-h2': 'whether a 400 after half a preface is heard depends on how the caller reads' } : {};
    return inFront(`Caddy ${version} to ${to}`, tls !== undefined, behind, caddyProxy({ ...settings, version }, behind.model), start, { without, alsoSeen: GOAWAY_RACE });
  };
  const { page, upgrades, https, h2c, both, old } = backends();
  return [
    one({ to: 'http' }, upgrades), one({ to: 'http' }, NOTHING), one({ to: 'http' }, h2c), one({ to: 'http', tls: {} }, old),
    one({ to: 'https' }, https), one({ to: 'https', tls: {} }, both), one({ to: 'https' }, page), one({ to: 'https', distrustsCertificate: true }, https),
    one({ to: 'h2c', tls: {} }, h2c), one({ to: 'h2c' }, page),
  ];
}

export function proxyServers(): LabServer[] {
  return [...apacheProxies(), ...caddyProxies()];
}
