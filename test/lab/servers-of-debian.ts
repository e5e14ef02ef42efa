// Servers of the lab that are packages of Debian: Gunicorn, uWSGI, Uvicorn, Hypercorn, Daphne, Apache httpd, Caddy, Tomcat, each with
// the least configuration that serves a page and, where it can, a WebSocket echo at /ws. Versions are asked of the programs.

import * as fs from 'node:fs';
import { GOAWAY_RACE, LabServer, present, run, Running, said, Site, write } from './running';
import { tomcatServers } from './tomcat';
import { apache, ApacheSettings } from '../../src/systems/apache';
import { daphne, hypercorn, uvicorn } from '../../src/systems/asgi';
import { caddy, CaddySettings } from '../../src/systems/caddy';
import { gunicorn, GunicornSettings } from '../../src/systems/gunicorn';
import { Program } from '../../src/systems/program/knock';
import { uwsgi, UwsgiSettings } from '../../src/systems/uwsgi';

/** Debian's own Python, whatever else stands in the path. */
const PYTHON = '/usr/bin/python3';

const WSGI = `def app(environ, start):
    start('200 OK', [('Content-Length', '2')])
    return [b'ok']
`;

const ASGI = `async def app(scope, receive, send):
    if scope['type'] == 'websocket':
        await receive()
        await send({'type': 'websocket.accept'})
        while True:
            event = await receive()
            if event['type'] == 'websocket.disconnect':
                return
            await send({'type': 'websocket.send', 'text': event.get('text') or 'bytes'})
    elif scope['type'] == 'http':
        while (await receive()).get('more_body'):
            pass
        await send({'type': 'http.response.start', 'status': 200, 'headers': [(b'content-length', b'2')]})
        await send({'type': 'http.response.body', 'body': b'ok'})
    elif scope['type'] == 'lifespan':
        while True:
            event = await receive()
            await send({'type': event['type'] + '.complete'})
            if event['type'] == 'lifespan.shutdown':
                return
`;

const UWSGI_APP = `import uwsgi
def application(environ, start):
    if environ.get('HTTP_UPGRADE', '').lower() == 'websocket':
        uwsgi.websocket_handshake()
        while True:
            uwsgi.websocket_send(uwsgi.websocket_recv())
    start('200 OK', [('Content-Length', '2')])
    return [b'ok']
`;

type Start = (place: Site) => Promise<Running>;

function server(name: string, listener: LabServer['listener'], model: Program, start: Start): LabServer {
  return { name, listener, model, start };
}

/** The version in what a command says. */
function versionOf(command: string, ...parameters: string[]): string {
  return /\d+\.\d+(\.\d+)*/.exec(said(command, ...parameters))?.[0] ?? '';
}

function pythonModule(module: string, install: string): string | undefined {
  const version = versionOf(PYTHON, '-c', `import importlib.metadata as m; print(m.version('${module}'))`);
  if (version === '') console.warn(`${module} is not here, so it is not tried. Install it with: ${install}`);
  return version || undefined;
}

function gunicornServers(): LabServer[] {
  const version = pythonModule('gunicorn', 'apt-get install -y gunicorn');
  if (version === undefined) return [];
  const one = (variant: string, settings: GunicornSettings, options: (place: Site) => string[]) =>
    server(`Gunicorn ${version} ${variant}`, settings.tls ? 'tls' : 'clear', (knock) => gunicorn({ ...settings, version }, knock), (place) => {
      write(place, 'app.py', settings.worker === 'uvicorn' ? ASGI : WSGI);
      return run(place, PYTHON, ['-m', 'gunicorn', '--bind', `127.0.0.1:${place.port}`, '--worker-tmp-dir', place.folder, '--no-control-socket', ...options(place), 'app:app'].filter((word) => word !== '--no-control-socket'));
    });
  const uvicornVersion = pythonModule('uvicorn', 'apt-get install -y uvicorn');
  const certificate = ({ key, cert }: Site) => ['--keyfile', key, '--certfile', cert];
  return [
    one('sync', {}, () => ['--workers', '2']),
    one('sync, TLS', { tls: true }, (place) => ['--workers', '2', ...certificate(place)]),
    one('gthread', { worker: 'gthread' }, () => ['--threads', '4']),
    one('gthread, TLS', { worker: 'gthread', tls: true }, (place) => ['--threads', '4', ...certificate(place)]),
    one('gthread, client certificate', { worker: 'gthread', tls: true, requiresClientCertificate: true },
      (place) => ['--threads', '4', ...certificate(place), '--cert-reqs', '2', '--ca-certs', place.cert]),
    ...(uvicornVersion === undefined ? [] : [
      one('Uvicorn worker', { worker: 'uvicorn', uvicorn: { version: uvicornVersion, http: parserOf() } }, () => ['-k', 'uvicorn.workers.UvicornWorker']),
    ]),
  ];
}

function parserOf(): 'h11' | 'httptools' {
  return versionOf(PYTHON, '-c', "import importlib.metadata as m; print(m.version('httptools'))") === '' || /No module|PackageNotFound/.test(said(PYTHON, '-c', 'import httptools')) ? 'h11' : 'httptools';
}

function asgiServers(): LabServer[] {
  const start = (command: (place: Site) => string[]): Start => (place) => {
    write(place, 'app.py', ASGI);
    return run(place, PYTHON, command(place));
  };
  const [ofUvicorn, ofHypercorn, ofDaphne] = [
    pythonModule('uvicorn', 'apt-get install -y uvicorn python3-websockets'),
    pythonModule('hypercorn', 'apt-get install -y python3-hypercorn'),
    pythonModule('daphne', 'apt-get install -y python3-daphne'),
  ];
  const bind = ({ port }: Site) => `127.0.0.1:${port}`;
  return [
    ...(ofUvicorn === undefined ? [] : [
      server(`Uvicorn ${ofUvicorn} h11`, 'clear', (knock) => uvicorn({ version: ofUvicorn, http: 'h11' }, knock),
        start(({ port }) => ['-m', 'uvicorn', '--host', '127.0.0.1', '--port', String(port), '--http', 'h11', 'app:app'])),
      server(`Uvicorn ${ofUvicorn} h11, TLS`, 'tls', (knock) => uvicorn({ version: ofUvicorn, http: 'h11', tls: true }, knock),
        start(({ port, key, cert }) => ['-m', 'uvicorn', '--host', '127.0.0.1', '--port', String(port), '--http', 'h11', '--ssl-keyfile', key, '--ssl-certfile', cert, 'app:app'])),
      server(`Uvicorn ${ofUvicorn} h11, client certificate`, 'tls', (knock) => uvicorn({ version: ofUvicorn, http: 'h11', tls: true, requiresClientCertificate: true, keepAliveSeconds: 30 }, knock),
        start(({ port, key, cert }) => ['-m', 'uvicorn', '--host', '127.0.0.1', '--port', String(port), '--http', 'h11', '--ssl-keyfile', key, '--ssl-certfile', cert, '--ssl-ca-certs', cert, '--ssl-cert-reqs', '2', '--timeout-keep-alive', '30', 'app:app'])),
    ]),
    ...(ofHypercorn === undefined ? [] : [
      server(`Hypercorn ${ofHypercorn}`, 'clear', (knock) => hypercorn({ version: ofHypercorn }, knock), start((place) => ['-m', 'hypercorn', '--bind', bind(place), 'app:app'])),
      server(`Hypercorn ${ofHypercorn} TLS`, 'tls', (knock) => hypercorn({ version: ofHypercorn, tls: true }, knock),
        start((place) => ['-m', 'hypercorn', '--bind', bind(place), '--keyfile', place.key, '--certfile', place.cert, 'app:app'])),
      server(`Hypercorn ${ofHypercorn} client certificate`, 'tls', (knock) => hypercorn({ version: ofHypercorn, tls: true, requiresClientCertificate: true }, knock),
        start((place) => ['-m', 'hypercorn', '--bind', bind(place), '--keyfile', place.key, '--certfile', place.cert, '--ca-certs', place.cert, '--verify-mode', 'CERT_REQUIRED', 'app:app'])),
    ]),
    ...(ofDaphne === undefined ? [] : [
      server(`Daphne ${ofDaphne}`, 'clear', (knock) => daphne({ version: ofDaphne }, knock),
        start(({ port }) => ['-m', 'daphne', '-b', '127.0.0.1', '-p', String(port), 'app:app'])),
    ]),
  ];
}

function uwsgiServers(): LabServer[] {
  if (!present('uwsgi_python3', 'apt-get install -y uwsgi-core uwsgi-plugin-python3')) return [];
  const version = versionOf('uwsgi_python3', '--version');
  const one = (variant: string, settings: UwsgiSettings, options: (place: Site) => string[]) =>
    server(`uWSGI ${version} ${variant}`, settings.listens.startsWith('https') ? 'tls' : 'clear', (knock) => uwsgi({ ...settings, version }, knock), (place) => {
      write(place, 'app.py', UWSGI_APP);
      return run(place, 'uwsgi', ['--plugins', 'python3,http', '--processes', '24', '--master', '--die-on-term', '--wsgi-file', 'app.py', ...options(place)]);
    });
  const address = ({ port }: Site) => `127.0.0.1:${port}`;
  return [
    one('http-socket', { listens: 'http-socket' }, (place) => ['--http-socket', address(place)]),
    one('http11-socket', { listens: 'http11-socket' }, (place) => ['--http11-socket', address(place)]),
    one('http router', { listens: 'http' }, (place) => ['--http', address(place)]),
    one('https-socket', { listens: 'https-socket' }, (place) => ['--https-socket', `${address(place)},${place.cert},${place.key}`]),
    one('http router, http-websockets', { listens: 'http', httpWebSockets: true }, (place) => ['--http', address(place), '--http-websockets']),
    one('https router', { listens: 'https' }, (place) => ['--https', `${address(place)},${place.cert},${place.key}`]),
    one('https router, http-websockets', { listens: 'https', httpWebSockets: true }, (place) => ['--https', `${address(place)},${place.cert},${place.key}`, '--http-websockets']),
  ];
}

function apacheServers(): LabServer[] {
  if (!present('apache2', 'apt-get install -y apache2')) return [];
  const version = versionOf('apache2', '-v');
  const one = (variant: string, settings: ApacheSettings, lines: (place: Site) => string[]) =>
    server(`Apache ${version} ${variant}`, settings.tls ? 'tls' : 'clear', (knock) => apache({ ...settings, version }, knock), (place) => {
      for (const page of ['index.html', 'ws', 'lab.Echo/Say', 'AWS.ALB/healthcheck']) write(place, `pages/${page}`, 'ok');
      return run(place, 'apache2', ['-D', 'FOREGROUND', '-f', write(place, 'httpd.conf', [
        `ServerRoot ${place.folder}`, 'ServerName lab.test', `PidFile ${place.folder}/pid`, `DefaultRuntimeDir ${place.folder}`, `Listen 127.0.0.1:${place.port}`,
        `ErrorLog ${place.folder}/error.log`, `DocumentRoot ${place.folder}/pages`,
        ...['mpm_event', 'authz_core', 'dir', 'http2', ...(settings.tls ? ['socache_shmcb', 'ssl'] : [])].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
        'DirectoryIndex index.html', `<Directory ${place.folder}/pages>`, 'Require all granted', '</Directory>',
        ...(settings.protocols ? [`Protocols ${settings.protocols.join(' ')}`] : []),
        ...(settings.tls ? ['SSLEngine on', `SSLCertificateFile ${place.cert}`, `SSLCertificateKeyFile ${place.key}`] : []),
        ...lines(place),
      ].join('\n'))]);
    });
  return [
    one('clear', {}, () => []),
    one('h2c', { protocols: ['h2c', 'http/1.1'] }, () => []),
    one('h2c alone', { protocols: ['h2c'] }, () => []),
    one('h2c, H2Direct off', { protocols: ['h2c', 'http/1.1'], h2Direct: false, keepAliveSeconds: 30 }, () => ['H2Direct off', 'KeepAliveTimeout 30']),
    one('h2c, H2Upgrade off', { protocols: ['h2c', 'http/1.1'], h2Upgrade: false }, () => ['H2Upgrade off']),
    one('h2, TLS 1.2 alone', { protocols: ['h2', 'http/1.1'], tls: { max: '1.2' } }, () => ['SSLProtocol -all +TLSv1.2']),
    one('h1, TLS', { tls: {} }, () => []),
    one('h2, TLS', { protocols: ['h2', 'http/1.1'], tls: {} }, () => []),
    one('h2, TLS 1.0 up', { protocols: ['h2', 'http/1.1'], tls: { min: '1.0', securityLevel0: true } }, () => ['SSLProtocol all', 'SSLCipherSuite DEFAULT:@SECLEVEL=0']),
    one('h2, TLS, H2ModernTLSOnly off', { protocols: ['h2', 'http/1.1'], tls: { min: '1.0', securityLevel0: true, h2ModernTlsOnly: false } },
      () => ['H2ModernTLSOnly off', 'SSLProtocol all', 'SSLCipherSuite DEFAULT:@SECLEVEL=0']),
    one('h2, client certificate', { protocols: ['h2', 'http/1.1'], tls: { requiresClientCertificate: true } }, ({ cert }) => ['SSLVerifyClient require', `SSLCACertificateFile ${cert}`]),
  ];
}

function caddyServers(): LabServer[] {
  if (!present('caddy', 'apt-get install -y caddy')) return [];
  const version = versionOf('caddy', 'version');
  const one = (variant: string, settings: CaddySettings) => {
    const made = server(`Caddy ${version} ${variant}`, settings.tls ? 'tls' : 'clear', (knock) => caddy({ ...settings, version }, knock), (place) => {
      fs.chmodSync(place.key, 0o644);
      return run(place, 'caddy', ['run', '--adapter', 'caddyfile', '--config', write(place, 'Caddyfile', [
        '{', 'admin off', 'auto_https off', `storage file_system ${place.folder}`,
        ...(settings.protocols ? ['servers {', `protocols ${settings.protocols.join(' ')}`, '}'] : []), '}',
        `${settings.tls ? 'https' : 'http'}://:${place.port} {`, 'bind 127.0.0.1', 'respond "ok"',
        ...(settings.tls ? [`tls ${place.cert} ${place.key} {`, ...(settings.tls.min ? [`protocols tls${settings.tls.min}`] : []), ...(settings.tls.requiresClientCertificate ? ['client_auth {', 'mode require', '}'] : []), '}'] : []), '}',
      ].join('\n'))]);
    });
    return { ...made, alsoSeen: GOAWAY_RACE };
  };
  return [
    one('clear', {}), one('clear, h2c', { protocols: ['h1', 'h2c'] }),
    one('TLS', { tls: {} }), one('TLS 1.3 only', { tls: { min: '1.3' } }), one('TLS, h1', { tls: {}, protocols: ['h1'] }),
    one('client certificate', { tls: { requiresClientCertificate: true } }),
  ];
}

export function debianServers(): LabServer[] {
  return [...gunicornServers(), ...asgiServers(), ...uwsgiServers(), ...apacheServers(), ...caddyServers(), ...tomcatServers()];
}
