// Configurations of nginx, read: what each comes to, where it stands, and what is said of lines that are not understood. Every text
// that is accepted here is also put before nginx, where there is one.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { CONF_D, DEBIAN, DEBIAN_SITE, grpc, PROXY_PARAMS, WEB_SOCKET } from './fixtures';
import { NginxPass, NginxSettings, nginx } from '../../../src/systems/nginx';
import { Include, readNginxConfig } from '../../../src/systems/nginx/read';
import { Knock, nameSeen, Seen } from '../../../src/systems/program/knock';
import { LAB_CLIENTS } from '../../lab/lab-clients';
import { Site, site, write } from '../../lab/running';
import { nginxConf, nginxPresent } from '../../lab/servers-of-nginx';

const read = (text: string, include?: Include) => readNginxConfig(text, { file: 'nginx.conf', include });
const passes = ({ settings }: { readonly settings: readonly NginxSettings[] }) => Object.fromEntries(
  settings.flatMap(({ locations }) => locations.map(({ path: where, does }) => [where, does as NginxPass])),
);

describe('what is understood', () => {
  test('the WebSocket map of the documentation, beside a location without it', () => {
    const config = read(WEB_SOCKET);
    expect(config.unread).toEqual([]);
    expect(config.settings).toEqual([{
      port: 8080,
      lines: { server: 'nginx.conf:12' },
      locations: [
        { path: '/', at: 'nginx.conf:15', does: { is: 'proxy_pass', to: 'app', servers: ['127.0.0.1:3000', '127.0.0.1:3001'], lines: { proxy_pass: 'nginx.conf:16' } } },
        {
          path: '/chat/',
          at: 'nginx.conf:19',
          does: {
            is: 'proxy_pass',
            to: 'app',
            servers: ['127.0.0.1:3000', '127.0.0.1:3001'],
            httpVersion: '1.1',
            upgrade: '$http_upgrade',
            connection: 'map',
            readTimeoutSeconds: 3600,
            lines: {
              'proxy_pass': 'nginx.conf:20',
              'proxy_http_version': 'nginx.conf:21',
              'proxy_set_header Upgrade': 'nginx.conf:22',
              'proxy_set_header Connection': 'nginx.conf:23',
              'proxy_read_timeout': 'nginx.conf:24',
            },
          },
        },
      ],
    }]);
  });

  test('a file of conf.d: a path that is replaced, return, a regular expression, a condition', () => {
    const { settings: [{ port, serverNames, locations }], unread } = read(CONF_D);
    expect({ port, serverNames }).toEqual({ port: 8080, serverNames: ['localhost'] });
    expect(locations).toEqual([
      { path: '/', at: 'nginx.conf:6', does: { is: 'proxy_pass', to: '127.0.0.1:3000', uri: '/', lines: { proxy_pass: 'nginx.conf:7' } } },
      { path: '/health', match: 'exact', at: 'nginx.conf:10', does: { is: 'content', status: 200 } },
      { path: '\\.(css|js)$', match: 'regex', at: 'nginx.conf:11', does: { is: 'content' } },
      { path: '/old', at: 'nginx.conf:12', condition: 'nginx.conf:12', does: { is: 'proxy_pass', to: '127.0.0.1:3000', lines: { proxy_pass: 'nginx.conf:12' } } },
    ]);
    expect(unread).toEqual([{ file: 'nginx.conf', line: 12, directive: 'if', why: 'conditions and rewrites are not followed' }]);
  });

  test('gRPC and TLS upstream; proxy_set_header is inherited where a location has none, and only there', () => {
    const config = read(grpc('/c.pem', '/k.pem'));
    expect(config.settings[0]).toMatchObject({ port: 8443, http2: 'listen', tls: { protocols: ['1.2', '1.3'] }, lines: { ssl_protocols: 'nginx.conf:5', http2: 'nginx.conf:9' } });
    expect(passes(config)).toMatchObject({
      '/': { is: 'grpc_pass', to: '127.0.0.1:50051', readTimeoutSeconds: 90 },
      '/secure': { is: 'grpc_pass', tls: {} },
      '/bare': { is: 'grpc_pass', to: '127.0.0.1:50053' },
      '/inherits': { is: 'proxy_pass', tls: {}, httpVersion: '1.1', upgrade: '$http_upgrade' },
      '/own': { is: 'proxy_pass', tls: { serverName: 'right' } },
    });
    expect(passes(config)['/own']).not.toHaveProperty('upgrade');
  });

  test('Debian with its includes', () => {
    const files: Readonly<Record<string, string>> = {
      'modules-enabled/*.conf': '', 'conf.d/*.conf': '', 'sites-enabled/*': DEBIAN_SITE('/c.pem', '/k.pem'), 'proxy_params': PROXY_PARAMS,
    };
    const config = read(DEBIAN, (pattern) => (files[pattern] === undefined ? undefined : [{ file: pattern, text: files[pattern] }]));
    expect(config.unread).toEqual([]);
    expect(config.settings.map(({ port, http2, tls }) => ({ port, http2, tls }))).toEqual([
      { port: 80, http2: undefined, tls: undefined },
      { port: 443, http2: 'listen', tls: { protocols: ['1.0', '1.1', '1.2', '1.3'] } },
    ]);
    expect(config.settings[0].locations).toEqual([{ at: 'sites-enabled/*:5', does: { is: 'content', status: 301 } }]);
    expect(passes(config)).toMatchObject({ '/': { is: 'proxy_pass' }, '/ws': { upgrade: '$http_upgrade', connection: 'upgrade' } });
    expect(config.settings[1].locations[0].condition).toBe('sites-enabled/*:14');
  });

  test.each([
    ['60', 60], ['90s', 90], ['1m', 60], ['1h 30m', 5400], ['500ms', 0.5], ['2d', 172_800], ['soon', 'unknown'], ['$t', 'unknown'],
  ] as const)('proxy_read_timeout %s', (text, seconds) => {
    const config = read(`server { location / { proxy_pass http://a; proxy_read_timeout "${text}"; } }`);
    expect(passes(config)['/'].readTimeoutSeconds).toBe(seconds);
    expect(config.unread).toHaveLength(seconds === 'unknown' ? 1 : 0);
  });

  test.each([
    ['map $http_upgrade $c { default upgrade; \'\' close; }', '$c', 'map'],
    ['map $http_upgrade $c { default upgrade; "" ""; }', '${c}', 'map'],
    ['map $http_upgrade $c { default keep-alive; websocket upgrade; }', '$c', 'map of websocket'],
    ['map $http_upgrade $c { default Upgrade; }', '$c', 'upgrade'],
    ['map $http_upgrade $c { ~*^web upgrade; default close; }', '$c', 'unknown'],
    ['map $http_host $c { default upgrade; }', '$c', 'unknown'],
    ['', '$c', 'unknown'],
    ['', '"Upgrade, keep-alive"', 'upgrade'],
    ['', '$http_connection', '$http_connection'],
    ['', '""', 'none'],
  ])('%s … Connection %s', (map, value, connection) => {
    const config = read(`${map} server { location / { proxy_pass http://a; proxy_set_header Connection ${value}; } }`);
    expect(passes(config)['/'].connection).toBe(connection);
    expect(config.unread).toHaveLength(connection === 'unknown' ? 1 : 0);
  });

  test.each([
    ['http://app', { to: 'app' }], ['http://app/', { to: 'app', uri: '/' }], ['http://$app', {}], ['http://${APP}:3000', {}],
    ['http://app$request_uri', { to: 'app' }], ['http://unix:/run/app.sock:/', { to: 'unix:/run/app.sock', uri: '/' }], ['https://10.0.0.1:8443', { to: '10.0.0.1:8443', tls: {} }],
  ])('proxy_pass %s', (target, pass) => {
    const { is, lines, ...rest } = passes(read(`server { location / { proxy_pass ${target}; } }`))['/'];
    expect(rest).toEqual(pass);
  });

  test.each([
    ['error_page 497 https://$host$request_uri;', 302], ['error_page 497 =307 https://a/;', 307], ['error_page 497 /plain.html;', undefined],
  ])('plain HTTP at a TLS port: %s', (line, plain) => {
    const { settings: [{ tls }], unread } = read(`server { listen 443 ssl; ${line} }`);
    expect(tls?.plain).toBe(plain);
    expect(unread).toHaveLength(plain === undefined ? 1 : 0);
  });

  test('options of listen count for every server of the port, and so does the default server for TLS versions', () => {
    const { settings } = read(`
      server { listen 443 ssl http2 default_server; ssl_protocols TLSv1.3; ssl_reject_handshake on; }
      server { listen 443; server_name a; ssl_protocols TLSv1.2; ssl_verify_client on; }
      server { listen 443 quic; listen 127.0.0.1:8443 ssl proxy_protocol; http2 on; server_name b; }`);
    expect(settings).toMatchObject([
      { port: 443, tls: { protocols: ['1.3'], rejectsHandshake: true } },
      { port: 443, http2: 'listen', quic: true, tls: { protocols: ['1.3'], verifyClient: 'on', rejectsUnknownNames: { otherHosts: 404 } } },
      { port: 443, http2: 'on' },
      { port: 8443, http2: 'on', proxyProtocol: true, tls: {} },
    ]);
    expect(readNginxConfig('server { listen 80; } server { listen 81; }', { file: 'f', port: 81, version: '1.26.3' }).settings).toMatchObject([{ port: 81, version: '1.26.3' }]);
  });
});

describe('what is not understood is unknown, and listed', () => {
  test('an include that was not given may set anything below it', () => {
    const config = read('server {\n  location / {\n    proxy_pass http://a;\n    proxy_http_version 1.1;\n    include ws.conf;\n  }\n}');
    expect(config.unread).toEqual([{ file: 'nginx.conf', line: 5, directive: 'include', why: 'ws.conf was not given' }]);
    expect(passes(config)['/']).toMatchObject({ httpVersion: '1.1', upgrade: 'unknown', connection: 'unknown', readTimeoutSeconds: 'unknown' });
  });

  test.each([
    ['proxy_pass $target;', 'proxy_pass'],
    ['proxy_pass http://a; proxy_http_version $v;', 'proxy_http_version'],
    ['proxy_pass http://a; proxy_set_header Upgrade $mine;', 'proxy_set_header'],
    ['proxy_pass https://a; proxy_ssl_protocols TLSv2;', 'proxy_ssl_protocols'],
    ['proxy_pass https://a; proxy_ssl_conf_command MinProtocol TLSv1;', 'proxy_ssl_conf_command'],
    ['rewrite ^/a /b; proxy_pass http://a;', 'rewrite'],
    ['content_by_lua_block { local a = "}" -- }\n if a then return { b = [[ } ]] } end }', 'content_by_lua_block'],
    ['return $status;', 'return'],
  ])('%s', (body, directive) => {
    expect(read(`server { location / { ${body} } }`).unread).toEqual([{ file: 'nginx.conf', line: 1, directive, why: expect.any(String) }]);
  });

  test('the model tries what is unknown, and is sure only where nothing depends on it', () => {
    const { settings: [settings] } = read('server {\n  location / { proxy_pass http://a; proxy_http_version $v; } }');
    const through = nginx({ ...settings, version: '1.22.1' }, ({ version }): Seen => ({ kind: 'status', status: version === '1.0' ? 426 : 200 }));
    expect(through(LAB_CLIENTS['h1.1']('clear'))).toEqual({ kind: 'unknown', because: 'proxy_http_version (nginx.conf:2) of nginx.conf:2 could not be read' });
    expect(nginx(settings, () => ({ kind: 'status', status: 200 }))(LAB_CLIENTS['h1.1']('clear'))).toEqual({ kind: 'status', status: 200 });
  });
});

describe('what is no configuration is one line with file and line', () => {
  test.each([
    ['server {\n  listen 80\n}', 'nginx.conf:3: "listen" has no ";" before "}"'],
    ['http {\n  server {\n}', 'nginx.conf:1: the block "http" is not closed with "}"'],
    ['http {}\n}', 'nginx.conf:2: "}" closes nothing'],
    ['http {}\nlisten 80', 'nginx.conf:2: "listen" has no ";" or "{" before the end of the file'],
    ['a "b;\n', 'nginx.conf:1: the quote " is not closed'],
    ['a "b"c;', 'nginx.conf:1: "c" right after a closing quote'],
    ['\n;', 'nginx.conf:2: ";" with nothing before it'],
    ['x_by_lua_block { {', 'nginx.conf:1: the Lua block is not closed with "}"'],
    ['a {'.repeat(40), 'nginx.conf:1: blocks are nested more than 32 deep'],
    ['a;'.repeat(20_001), 'nginx.conf:1: more than 20000 directives'],
    ['#'.repeat(1_000_001), 'nginx.conf: more than 1000000 characters of configuration'],
  ])('%#', (text, message) => {
    expect(() => read(text)).toThrow(new Error(message));
  });

  test('includes that include themselves', () => {
    expect(() => read('include a;', (file) => [{ file, text: 'include a;' }])).toThrow('a: includes are nested more than 10 deep');
    expect(() => read('include a;', (file) => [{ file, text: 'include a;\ninclude a;' }])).toThrow(/^a: /);
  });

  test('any text is read or refused, within bounds', () => {
    const piece = fc.constantFrom('server', 'location', ' ', '\n', '{', '}', ';', '"', '\'', '\\', '$', '#', '/', '~', 'listen', 'proxy_pass', 'http://', '${', 'if', '\0', 'é');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      try {
        read(pieces.join(''));
      } catch (error) {
        expect((error as Error).message).toMatch(/^nginx\.conf:\d+: [^\n]+$/);
      }
    }), { numRuns: 2000 });
  });

  test('a large file with everything many times is read within seconds', () => {
    const locations = Array.from({ length: 4000 }, (_, index) => `location /${index} { proxy_pass http://a; proxy_set_header X-${index} 1; }`);
    const started = Date.now();
    expect(read(`server { listen 80; ${locations.join('\n')} }`).settings[0].locations).toHaveLength(4000);
    expect(Date.now() - started).toBeLessThan(5000);
  });
});

/** Settings, written out and read again, do the same. */
test.each<[string, NginxSettings]>([
  ['TLS', { tls: { protocols: ['1.2'], securityLevel0: true, verifyClient: 'on' }, http2: 'listen', locations: [{ does: { is: 'content', status: 404 } }] }],
  ['unknown names', { tls: { rejectsUnknownNames: { otherHosts: 404 } }, http2: 'on', locations: [{ does: { is: 'content' } }] }],
  ['PROXY', { proxyProtocol: true, keepAliveSeconds: 0, locations: [{ does: { is: 'proxy_pass' } }] }],
  ['map', { locations: [{ does: { is: 'content' } }, { path: '/ws', does: { is: 'proxy_pass', httpVersion: '1.1', upgrade: '$http_upgrade', connection: 'map', readTimeoutSeconds: 2 } }] }],
  ['TLS upstream', { locations: [{ match: 'exact', path: '/', does: { is: 'proxy_pass', tls: { protocols: ['1.3'], serverName: 'right' }, connection: 'none' } }] }],
  ['grpc_pass', { http2: 'listen', locations: [{ does: { is: 'grpc_pass', tls: {} } }] }],
])('%s', (_name, settings) => {
  const { settings: all, unread } = read(nginxConf(settings, { folder: '/nowhere', port: 8080, key: '/k.pem', cert: '/c.pem' }));
  expect(unread).toEqual([]);
  const behind = ({ version, upgrade, connection, hello }: Knock): Seen => ({ kind: 'unknown', because: JSON.stringify({ version, upgrade, connection, hello }) });
  for (const [client, knock] of Object.entries(LAB_CLIENTS)) {
    for (const listener of ['clear', 'tls'] as const) {
      const seen = (some: NginxSettings) => `${client} ${nameSeen(nginx({ ...some, version: '1.26.3' }, behind)(knock(listener)))}`;
      expect(seen(all[all.length - 1])).toBe(seen(settings));
    }
  }
});

describe('nginx reads the same texts', () => {
  const there = nginxPresent();
  let place: Site;
  beforeAll(async () => { place = await site('nginx -t'); });

  /** The fixture below what a test may not touch: paths of the machine, root, low ports. */
  function accepted(text: string): string {
    const free = text.replace(/^user .*$/m, '').replace(/listen (\[::\]:)?(80|443)\b/g, 'listen $127001');
    const whole = /\bhttp \{/.test(text) ? free : `events {}\nhttp {\n${free}\n}`;
    const file = write(place, 'nginx.conf', `pid ${place.folder}/pid;\n${whole}`);
    const { stderr } = spawnSync('nginx', ['-t', '-p', place.folder, '-c', file, '-e', path.join(place.folder, 'error.log')], { encoding: 'utf8' });
    return /syntax is ok/.test(stderr) ? 'syntax is ok' : stderr;
  }

  (there ? test : test.skip)('and accepts them', () => {
    for (const folder of ['modules-enabled', 'conf.d', 'sites-enabled']) fs.mkdirSync(path.join(place.folder, folder), { recursive: true });
    write(place, 'mime.types', 'types { text/html html; }');
    write(place, 'proxy_params', PROXY_PARAMS);
    write(place, 'sites-enabled/default', DEBIAN_SITE(place.cert, place.key).replace(/listen (\[::\]:)?80\b/g, 'listen $127001').replace('443', '27002'));
    for (const text of [WEB_SOCKET, CONF_D, grpc(place.cert, place.key), DEBIAN]) expect(accepted(text)).toBe('syntax is ok');
  });
});
