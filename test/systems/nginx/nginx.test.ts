// nginx by rows that no lab shows: versions that are not known, what a request went through, locations, what another server adds.

import { apache } from '../../../src/systems/apache';
import { envoy } from '../../../src/systems/envoy';
import { nginx, NginxPass, NginxSettings } from '../../../src/systems/nginx';
import { node } from '../../../src/systems/node';
import { Knock, nameSeen, Program, Seen } from '../../../src/systems/program/knock';
import { knockOf } from '../../lab/lab-clients';

const passing = (pass: Partial<NginxPass>, settings: Partial<NginxSettings> = {}): NginxSettings => ({ ...settings, locations: [{ does: { is: 'proxy_pass', ...pass } }] });
const [GET, WS, H2] = [knockOf('h1.1', 'clear')!, knockOf('ws', 'clear')!, knockOf('h2-tls', 'tls')!];
const ENVOY: Program = (knock) => envoy({}, knock);
const WS_ALONE: Program = (knock) => node({ webSocket: { is: 'ws-alone' }, version: '20.20.2' }, knock);
const OK: Program = () => ({ kind: 'status', status: 200 });
const MAP = { httpVersion: '1.1', upgrade: '$http_upgrade', connection: 'map' } as const;

/** nginx CHANGES 1.29.7: proxy_http_version is 1.1 by default. */
test.each([
  ['1.22.1', '426'],
  ['1.26.3-3+deb13u7', '426'],
  ['1.29.7', '200'],
  ['1.30.6', '200'],
  [undefined, '426 [possibly: nginx is older than 1.29.7; its version is not known]'],
])('nginx %s before a server that refuses HTTP/1.0: %s', (version, seen) => {
  expect(nameSeen(nginx(passing({}, { version }), ENVOY)(GET))).toBe(seen);
});

test('a setting that older versions refuse tells the version', () => {
  const before1254 = { tls: {}, http2: 'on' } as const;
  const only13 = knockOf('tls1.3-only', 'tls')!;
  expect(nameSeen(nginx(passing({ httpVersion: '1.1' }, { tls: {}, http2: 'listen' }), OK)(only13))).toMatch(/^tls-failure .*older than 1\.23\.4/);
  expect(nameSeen(nginx(passing({ httpVersion: '1.1' }, before1254), OK)(only13))).toBe('200 [TLS 1.3, h2]');
});

test.each<[string, Partial<NginxPass>, Knock, string[]]>([
  ['a handshake', {}, WS, ['drops Upgrade: proxy_set_header Upgrade', 'speaks HTTP/1.0: proxy_http_version']],
  ['a handshake, by the map', MAP, WS, []],
  ['a handshake without Connection', { ...MAP, connection: undefined }, WS, ['drops handshake headers: proxy_set_header Connection']],
  ['gRPC', { is: 'grpc_pass' }, WS, ['drops Upgrade: grpc_pass', 'speaks HTTP/2: grpc_pass']],
  ['TLS', { httpVersion: '1.1', tls: {} }, GET, ['offers no ALPN: proxy_http_version', 'sends no server name: proxy_ssl_server_name', 'changes TLS: proxy_ssl_protocols']],
])('what happens to it is written down: %s', (_name, pass, knock, changes) => {
  let heard: Knock | undefined;
  nginx(passing(pass, { version: '1.22.1' }), (sent) => { heard = sent; return { kind: 'status', status: 200 }; })(knock);
  expect((heard?.changes ?? []).map(({ by, does, setting }) => (by === 'nginx' ? `${does}: ${setting}` : by))).toEqual(changes);
});

describe('locations', () => {
  const seenAt = (locations: NginxSettings['locations'], path: string, knock = GET) => nginx({ version: '1.22.1', locations }, WS_ALONE)({ ...knock, path });
  const web: NginxSettings['locations'][number] = { does: { is: 'content' } };
  const socket: NginxSettings['locations'][number] = { path: '/ws/', does: { is: 'proxy_pass', ...MAP } };

  test.each([
    ['/', '200'], ['/ws', '301'], ['/ws?token=1', '301'], ['/ws/', '101 websocket'], ['/ws/chat', '101 websocket'], ['/wsx', '200'],
  ])('the longest prefix, and the last slash: %s', (path, seen) => {
    expect(nameSeen(seenAt([web, socket], path, WS))).toBe(seen);
  });

  test('one path alone', () => {
    expect(nameSeen(seenAt([{ ...socket, path: '/ws', match: 'exact' }, web], '/ws', WS))).toBe('101 websocket');
    expect(nameSeen(seenAt([{ ...socket, path: '/ws', match: 'exact' }, web], '/ws/1', WS))).toBe('200');
  });

  test('a regular expression makes it possible, unless it would change nothing', () => {
    const regex = { path: '^/api', match: 'regex', at: 'nginx.conf:9' } as const;
    expect(nameSeen(seenAt([web, { ...regex, does: { is: 'proxy_pass' } }], '/'))).toBe('200 [possibly: the path does not match ^/api (nginx.conf:9)]');
    expect(nameSeen(seenAt([web, { ...regex, does: { is: 'content' } }], '/'))).toBe('200');
    expect(nameSeen(seenAt([{ ...web, match: 'prefix before regex' }, { ...regex, does: { is: 'proxy_pass' } }], '/'))).toBe('200');
  });

  test('the path that is sent on, and to whom', () => {
    const heard: string[] = [];
    const hear = (name: string): Program => ({ path }) => { heard.push(`${name} ${path}`); return { kind: 'status', status: 200 }; };
    const through = nginx({
      version: '1.22.1',
      locations: [{ does: { is: 'proxy_pass', to: 'web' } }, { path: '/api/', does: { is: 'proxy_pass', to: 'api', uri: '/v1/' } }],
    }, hear('default'), { api: hear('api') });
    ['/a', '/api/b?c'].forEach((path) => through({ ...GET, path }));
    expect(heard).toEqual(['default /a', 'api /v1/b?c']);
  });
});

/** mod_http2 adds Upgrade: h2c to HTTP/1 answers; RFC 9113 section 8.2.2. */
test.each<[string, Partial<NginxPass>, Knock, string]>([
  ['1.30.6', {}, H2, 'connection-closed [TLS 1.3, h2]'],
  ['1.30.6', { hidesUpgrade: true }, H2, '200 [TLS 1.3, h2]'],
  ['1.31.3', {}, H2, '200 [TLS 1.3, h2]'],
  ['1.30.6', {}, knockOf('h1.1', 'tls')!, '200 [TLS 1.3, http/1.1]'],
])('nginx %s, %j, before Apache with Protocols h2c', (version, pass, knock, seen) => {
  const settings = passing(pass, { version, tls: {}, http2: 'on' });
  expect(nameSeen(nginx(settings, (sent) => apache({ protocols: ['h2c', 'http/1.1'] }, sent))(knock))).toBe(seen);
});

test.each<[Seen, string]>([
  [{ kind: 'tls-failure' }, '502'],
  [{ kind: 'connection-closed', refused: true }, '502'],
  [{ kind: 'timeout' }, 'timeout'],
  [{ kind: 'unknown', because: 'x' }, 'unknown: x'],
  [{ kind: '101', to: 'websocket' }, '502'],
])('trouble behind it: %j', (behind, seen) => {
  expect(nameSeen(nginx(passing({}, { version: '1.30.6' }), () => behind)(GET))).toBe(seen);
});

test('a certificate that is verified may not pass', () => {
  expect(nameSeen(nginx(passing({ tls: { verify: 'on' } }, { version: '1.30.6' }), OK)(GET))).toBe('200 [possibly: the certificate of the server passes proxy_ssl_verify]');
});
