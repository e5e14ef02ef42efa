// nginx for the lab: as an origin, and in front of the lab's other servers, itself included. The settings of the model are written
// out as a configuration here, so that both always say the same.

import * as http from 'node:http';
import { LabServer, listen, present, run, Running, said, Site, site, write } from './running';
import { debianServers } from './servers-of-debian';
import { nodeServers } from './servers-of-node';
import { TlsVersion } from '../../src/protocol';
import { envoy } from '../../src/systems/envoy';
import { nginx, NginxLocation, NginxPass, NginxSettings, NginxTls, NginxUpstreamTls } from '../../src/systems/nginx';
import { readNginxConfig } from '../../src/systems/nginx/read';
import { REFUSED } from '../../src/systems/program/knock';

const NAMES = { '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2', '1.3': 'TLSv1.3', 'SSLv3': 'SSLv3' } as const satisfies Record<TlsVersion, string>;

/** The settings as nginx reads them. `behind`: host and port of what stands behind, for every proxy_pass. */
export function nginxConf(settings: NginxSettings, place: Site, behind = '127.0.0.1:1'): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${place.folder}/${name};`);
  const { tls, http2, quic, proxyProtocol } = settings;
  const address = `127.0.0.1:${place.port}`;
  const listening = `listen ${address}${tls ? ' ssl' : ''}${http2 === 'listen' ? ' http2' : ''}${proxyProtocol ? ' proxy_protocol' : ''}`;
  const rejecting = [`server { ${listening} default_server; ssl_reject_handshake on; location / { return 404; } }`];
  return [
    'daemon off;', `pid ${place.folder}/nginx.pid;`, `error_log ${place.folder}/error.log;`, 'events {}', 'http {', 'access_log off;', ...temporary,
    'map $http_upgrade $connection_upgrade { default upgrade; \'\' close; }',
    ...(tls?.rejectsUnknownNames ? rejecting : []),
    'server {', `${listening};`, 'server_name lab.test;',
    ...(http2 === 'on' ? ['http2 on;'] : []), ...(quic ? [`listen ${address} quic;`] : []), ...(tls ? tlsLines(tls, place) : []),
    ...(settings.keepAliveSeconds === undefined ? [] : [`keepalive_timeout ${settings.keepAliveSeconds};`]),
    ...settings.locations.map((location) => locationLines(location, behind)),
    '}', '}', '',
  ].join('\n');
}

function tlsLines(tls: NginxTls, { key, cert }: Site): string[] {
  return [
    `ssl_certificate ${cert};`, `ssl_certificate_key ${key};`,
    ...(Array.isArray(tls.protocols) ? [`ssl_protocols ${tls.protocols.map((version: TlsVersion) => NAMES[version]).join(' ')};`] : []),
    ...(tls.securityLevel0 ? ['ssl_ciphers DEFAULT:@SECLEVEL=0;'] : []),
    ...(tls.verifyClient ? [`ssl_verify_client ${tls.verifyClient};`, `ssl_client_certificate ${cert};`] : []),
  ];
}

const MATCH = { 'exact': '= ', 'prefix': '', 'prefix before regex': '^~ ', 'regex': '~ ' } as const;

function locationLines({ path = '/', match = 'prefix', does }: NginxLocation, behind: string): string {
  const start = `location ${MATCH[match]}${path} {`;
  if (does.is === 'unknown') throw new Error('A location that is not known cannot be written.');
  if (does.is === 'content') return `${start} return ${does.status ?? 200} ok; }`;
  return [start, ...(does.is === 'grpc_pass' ? [`grpc_pass grpc${does.tls ? 's' : ''}://${behind};`] : proxyLines(does, behind)), '}'].join('\n');
}

const CONNECTION = { map: '$connection_upgrade', $http_connection: '$http_connection', none: '""' } as const;

function proxyLines(pass: NginxPass, behind: string): string[] {
  const { tls, httpVersion, upgrade, connection, readTimeoutSeconds } = pass;
  return [
    `proxy_pass http${tls ? 's' : ''}://${behind}${pass.uri ?? ''};`,
    ...(httpVersion === undefined ? [] : [`proxy_http_version ${httpVersion};`]),
    ...(upgrade === undefined ? [] : [`proxy_set_header Upgrade ${upgrade === 'none' ? '""' : upgrade};`]),
    ...(connection === undefined ? [] : [`proxy_set_header Connection ${CONNECTION[connection as keyof typeof CONNECTION] ?? connection};`]),
    ...(typeof readTimeoutSeconds === 'number' ? [`proxy_read_timeout ${readTimeoutSeconds * 1000}ms;`] : []),
    ...(tls ? upstreamTlsLines(tls) : []),
  ];
}

function upstreamTlsLines(tls: NginxUpstreamTls): string[] {
  return [
    ...(tls.serverName === undefined ? [] : ['proxy_ssl_server_name on;', `proxy_ssl_name ${tls.serverName === 'right' ? 'lab.test' : 'other.example'};`]),
    ...(Array.isArray(tls.protocols) ? [`proxy_ssl_protocols ${tls.protocols.map((version: TlsVersion) => NAMES[version]).join(' ')};`] : []),
    // Nobody here is signed by an authority that Debian knows.
    ...(tls.verify === 'fails' ? ['proxy_ssl_verify on;', 'proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;'] : []),
  ];
}

/** Whether nginx is here; if not, how to get it goes to the screen. */
export const nginxPresent = () => present('nginx', 'apt-get install -y nginx-light');

export const nginxVersion = () => /nginx\/(\d+(?:\.\d+)+)/.exec(said('nginx', '-v'))?.[1] ?? '';

/** nginx with what stands behind it: a server of the lab, which is started too. */
export function nginxBefore(variant: string, settings: NginxSettings, behind?: LabServer): LabServer {
  const version = nginxVersion();
  return {
    name: `nginx ${version} ${variant}${behind ? ` -> ${behind.name}` : ''}`,
    listener: settings.tls ? 'tls' : 'clear',
    model: nginx({ ...settings, version }, behind?.model ?? REFUSED),
    // A second for each proxy, to see the same clock again.
    ...(behind ? { without: { 'idle-keepalive': 'seen where nginx stands alone' } } : {}),
    start: (place) => (behind ? together(place, behind, (own, address) => serve(settings, own, address)) : serve(settings, place)),
  };
}

function serve(settings: NginxSettings, place: Site, behind?: string): Promise<Running> {
  return run(place, 'nginx', ['-p', place.folder, '-c', write(place, 'nginx.conf', nginxConf(settings, place, behind))]);
}

/** A configuration as somebody writes it, read for the model: of the headers that http sets, none comes to a location that sets one. */
function asWritten(behind: LabServer): LabServer {
  const text = (place: Site, address: string) => `daemon off; pid ${place.folder}/nginx.pid; error_log ${place.folder}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${place.folder}/1; proxy_temp_path ${place.folder}/2; fastcgi_temp_path ${place.folder}/3;
  uwsgi_temp_path ${place.folder}/4; scgi_temp_path ${place.folder}/5;
  map $http_upgrade $connection_upgrade { default upgrade; "" close; }
  upstream app { server ${address}; }
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  server {
    listen 127.0.0.1:${place.port};
    location / { proxy_pass http://app; }
    location /ws { proxy_set_header Host $host; proxy_pass http://app; }
  }
}
`;
  const version = nginxVersion();
  const { settings: [settings] } = readNginxConfig(text({ folder: '', port: 80, key: '', cert: '' }, ''), { file: 'nginx.conf', version });
  const start = (place: Site, address: string) => run(place, 'nginx', ['-p', place.folder, '-c', write(place, 'nginx.conf', text(place, address))]);
  return { name: `nginx ${version} as written -> ${behind.name}`, listener: 'clear', model: nginx(settings, behind.model), start: (place) => together(place, behind, start) };
}

/** What stands behind, and then what stands before it. */
async function together(place: Site, behind: LabServer, start: (place: Site, address: string) => Promise<Running>): Promise<Running> {
  const own = await site(behind.name);
  const running = await behind.start(own);
  try {
    const front = await start(place, `127.0.0.1:${own.port}`);
    return { end: async () => { await front.end(); await running.end(); } };
  } catch (error) {
    await running.end();
    throw error;
  }
}

/** What refuses HTTP/1.0 and upgrades as Envoy does by its documentation. */
export function envoyLike(): LabServer {
  return {
    name: 'a server that refuses HTTP/1.0',
    listener: 'clear',
    model: (knock) => envoy({}, knock),
    start: (place) => listen(http.createServer((request, response) => response.writeHead(request.httpVersion === '1.0' ? 426 : 200).end())
      .on('upgrade', ({ httpVersion }, socket) => socket.end(`HTTP/1.1 ${httpVersion === '1.0' ? 426 : 403} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)), place),
  };
}

const content = (status?: number): Pick<NginxSettings, 'locations'> => ({ locations: [{ does: { is: 'content', status } }] });
const passing = (pass: Partial<NginxPass> = {}): Pick<NginxSettings, 'locations'> => ({ locations: [{ does: { is: 'proxy_pass', ...pass } }] });
const TLS_LISTENER = { tls: { protocols: ['1.2', '1.3'] }, http2: 'listen' } as const satisfies Partial<NginxSettings>;
export const WEB_SOCKET_MAP = { httpVersion: '1.1', upgrade: '$http_upgrade', connection: 'map' } as const satisfies Partial<NginxPass>;

function origins(): LabServer[] {
  const all: readonly (readonly [string, NginxSettings])[] = [
    ['clear', content()],
    ['clear, listen http2', { ...content(), http2: 'listen' }],
    ['clear, proxy_protocol', { ...content(), proxyProtocol: true }],
    ['TLS', { ...content(), tls: {} }],
    ['TLS, http2', { ...content(), ...TLS_LISTENER }],
    ['TLS, http2, TLS 1.0 to 1.3 with SECLEVEL=0', { ...content(), http2: 'listen', tls: { protocols: ['1.0', '1.1', '1.2', '1.3'], securityLevel0: true } }],
    ['TLS, TLS 1.0 to 1.3', { ...content(), tls: { protocols: ['1.0', '1.1', '1.2', '1.3'] } }],
    ['TLS, ssl_verify_client on', { ...content(), ...TLS_LISTENER, tls: { verifyClient: 'on' } }],
    ['TLS, ssl_reject_handshake on in the default server', { ...content(), ...TLS_LISTENER, tls: { rejectsUnknownNames: { otherHosts: 404 } } }],
  ];
  return all.map(([variant, settings]) => nginxBefore(variant, settings));
}

/** Servers of the lab by a piece of their names; those that are not here have been named on the screen. */
function lab(): (name: RegExp) => LabServer[] {
  const all = [...nodeServers(), ...debianServers()];
  return (name) => all.filter((server) => name.test(server.name)).slice(0, 1);
}

function proxies(): LabServer[] {
  const named = lab();
  const [withUpgrade, wsAlone] = [named(/http with an upgrade listener/), named(/ws [\d.]+ alone/)];
  return [
    ...before('proxy_pass', passing(), withUpgrade),
    ...before('proxy_pass', passing(), wsAlone),
    ...before('proxy_pass', passing(), [envoyLike()]),
    ...before('map, TLS', { ...passing(WEB_SOCKET_MAP), ...TLS_LISTENER }, withUpgrade),
    ...before('map', passing({ ...WEB_SOCKET_MAP, readTimeoutSeconds: 0.4 }), wsAlone),
    ...before('Connection "upgrade" always', passing({ ...WEB_SOCKET_MAP, connection: 'upgrade' }), withUpgrade),
    ...before('Upgrade without proxy_http_version', passing({ ...WEB_SOCKET_MAP, httpVersion: undefined }), withUpgrade),
    ...before('Upgrade without Connection', passing({ ...WEB_SOCKET_MAP, connection: undefined }), withUpgrade),
    ...before('/ and /ws', { locations: [{ does: { is: 'proxy_pass' } }, { path: '/ws', does: { is: 'proxy_pass', ...WEB_SOCKET_MAP } }] }, withUpgrade),
    ...before('/ and /ws/', { locations: [{ does: { is: 'content' } }, { path: '/ws/', does: { is: 'proxy_pass', uri: '/', ...WEB_SOCKET_MAP } }] }, wsAlone),
    ...before('grpc_pass', { http2: 'listen', locations: [{ does: { is: 'grpc_pass' } }] }, named(/grpc-js/)),
    ...before('grpc_pass, TLS', { ...TLS_LISTENER, locations: [{ does: { is: 'grpc_pass' } }] }, withUpgrade),
    ...before('https', passing({ tls: {} }), named(/ https$/)),
    ...before('https', passing({ tls: {} }), named(/TLS 1.3 only/)),
    ...before('https, proxy_ssl_protocols TLSv1.3', passing({ tls: { protocols: ['1.3'] } }), named(/TLS 1.3 only/)),
    ...before('https', passing({ tls: {} }), named(/http2, TLS$/)),
    ...before('https, proxy_ssl_verify', passing({ tls: { verify: 'fails' } }), named(/ https$/)),
    ...before('http to a TLS port', passing(), named(/ https$/)),
    ...wsAlone.map(asWritten),
    ...chains(named, wsAlone),
  ];
}

/** One server, or none where the one behind is not here. */
function before(variant: string, settings: NginxSettings, servers: readonly LabServer[]): LabServer[] {
  return servers.map((server) => nginxBefore(variant, settings, server));
}

function chains(named: (name: RegExp) => LabServer[], wsAlone: readonly LabServer[]): LabServer[] {
  const front = { ...passing(WEB_SOCKET_MAP), ...TLS_LISTENER };
  return [
    ...named(/Gunicorn [\d.]+ gthread$/).map((server) => nginxBefore('map, TLS', front, server)),
    ...named(/Gunicorn [\d.]+ Uvicorn worker/).map((server) => nginxBefore('map', passing(WEB_SOCKET_MAP), server)),
    ...named(/uWSGI [\d.]+ http-socket/).map((server) => nginxBefore('map', passing(WEB_SOCKET_MAP), server)),
    ...named(/Apache [\d.]+ h2c$/).map((server) => nginxBefore('map, TLS', front, server)),
    ...wsAlone.map((server) => nginxBefore('map, TLS', front, nginxBefore('proxy_pass', passing(), server))),
    ...wsAlone.map((server) => nginxBefore('map', passing(WEB_SOCKET_MAP), nginxBefore('map', passing(WEB_SOCKET_MAP), server))),
  ];
}

export function nginxServers(): LabServer[] {
  return nginxPresent() ? [...origins(), ...proxies()] : [];
}
