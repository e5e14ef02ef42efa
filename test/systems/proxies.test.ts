// What Apache, Caddy, Squid, Varnish and mitmproxy make of a request: what the server behind is asked, and what its answer becomes.
// Rows are of the lab (2.4.71, 2.6.2, 5.7, 7.1.1, 8.1.1); the tests that start the programs are test/lab/proxies and caches.

import { apacheProxy } from '../../src/systems/apache';
import { caddyProxy } from '../../src/systems/caddy';
import { envoy } from '../../src/systems/envoy';
import { mitmproxy } from '../../src/systems/mitmproxy';
import { node } from '../../src/systems/node';
import { Change, Knock, nameSeen, Program, REFUSED } from '../../src/systems/program/knock';
import { squidProxy } from '../../src/systems/squid';
import { varnishProxy } from '../../src/systems/varnish';

const GET: Knock = { over: 'clear', version: '1.1', method: 'GET', path: '/', host: 'name' };
const HANDSHAKE: Knock = { ...GET, path: '/ws', upgrade: 'websocket', connection: ['upgrade'], webSocketVersion: 13, webSocketKey: 'valid' };
const OLD: Knock = { ...GET, version: '1.0' };
const BY_ALPN: Knock = { ...GET, over: 'tls', version: 'by-alpn', hello: { versions: ['1.2', '1.3'], alpn: ['h2', 'http/1.1'], sni: 'known' } };

const sockets: Program = (knock) => node({ version: '20', webSocket: { is: 'upgrade-listener', path: '/ws' } }, knock);
const http2: Program = (knock) => node({ version: '20', http2: {} }, knock);
const secure: Program = (knock) => node({ version: '20', tls: {} }, knock);
const refuser: Program = (knock) => envoy({}, knock);

test.each<[string, Program, Knock, string]>([
  ['Apache drops Upgrade', apacheProxy({ to: 'http' }, sockets), HANDSHAKE, '200'],
  ['Apache with upgrade=websocket', apacheProxy({ to: 'http', upgrade: 'websocket' }, sockets), HANDSHAKE, '101 websocket'],
  ['Apache accepts a handshake in HTTP/1.0 and never answers', apacheProxy({ to: 'http', upgrade: 'websocket' }, sockets), { ...HANDSHAKE, version: '1.0' }, 'timeout'],
  ['Apache speaks HTTP/1.1 for an HTTP/1.0 caller', apacheProxy({ to: 'http' }, refuser), OLD, '200'],
  ['Apache with force-proxy-request-1.0', apacheProxy({ to: 'http', forceProxyRequest10: true }, refuser), GET, '426'],
  ['Apache asks for health in HTTP/1.0', apacheProxy({ to: 'http', healthCheck: 'GET' }, refuser), GET, '503'],
  ['Apache asks for health in HTTP/1.1', apacheProxy({ to: 'http', healthCheck: 'GET11' }, refuser), GET, '200'],
  ['Apache and TLS trouble', apacheProxy({ to: 'https' }, (knock) => node({ tls: { needsServerName: true } }, knock)), GET, '500'],
  ['Apache with ProxyPreserveHost names the server', apacheProxy({ to: 'https', proxyPreserveHost: true }, (knock) => node({ tls: { needsServerName: true } }, knock)), GET, '200'],
  ['but not for a health check by address', apacheProxy({ to: 'https', proxyPreserveHost: true }, (knock) => node({ tls: { needsServerName: true } }, knock)), { ...GET, host: 'address' }, '500'],
  ['Apache and nothing behind', apacheProxy({ to: 'http' }, REFUSED), GET, '503'],
  ['Caddy and nothing behind', caddyProxy({ to: 'http', version: '2.6.2' }, REFUSED), GET, '502'],
  ['Caddy passes WebSocket on', caddyProxy({ to: 'http', version: '2.6.2' }, sockets), HANDSHAKE, '101 websocket'],
  ['Caddy to h2c has no WebSocket', caddyProxy({ to: 'h2c', version: '2.6.2' }, http2), HANDSHAKE, '502'],
  ['Squid passes HTTP/2 frames on as a page', squidProxy({ asked: 'absolute' }, http2), GET, '200'],
  ['Varnish does not', varnishProxy({}, http2), GET, '503'],
  ['Squid drops Upgrade', squidProxy({ asked: 'absolute' }, sockets), HANDSHAKE, '200'],
  ['Squid with http_upgrade_request_protocols', squidProxy({ asked: 'absolute', upgrades: ['websocket'] }, sockets), HANDSHAKE, '101 websocket'],
  ['Squid denies CONNECT', squidProxy({ asked: 'CONNECT', connectDenied: true }, secure), BY_ALPN, 'connection-closed'],
  ['Squid bumps, and ALPN is gone', squidProxy({ asked: 'CONNECT', sslBump: 'bump' }, secure), BY_ALPN, '200 [TLS 1.3]'],
  ['Squid stares, and is answered before it has asked', squidProxy({ asked: 'CONNECT', sslBump: 'stare and bump' }, (knock) => node({ version: '20', tls: {}, http2: {} }, knock)),
    { ...BY_ALPN, hello: { ...BY_ALPN.hello!, alpn: [] } }, 'timeout [TLS 1.3]'],
  ['Varnish with a pipe', varnishProxy({ pipesWebSocket: true }, sockets), HANDSHAKE, '101 websocket'],
  ['mitmproxy selects what the server selects', mitmproxy({}, secure), BY_ALPN, '200 [TLS 1.3, http/1.1]'],
  ['mitmproxy hands HTTP/1.0 on', mitmproxy({}, refuser), OLD, '426'],
])('%s', (_what, proxy, knock, seen) => {
  expect(nameSeen(proxy(knock))).toBe(seen);
});

test.each<[string, (behind: Program) => Program, Change['does'], string]>([
  ['Apache httpd', (behind) => apacheProxy({ to: 'http' }, behind), 'drops Upgrade', 'ProxyPass without upgrade='],
  ['Varnish', (behind) => varnishProxy({}, behind), 'drops Upgrade', 'VCL without pipe for Upgrade'],
  ['Squid', (behind) => squidProxy({ asked: 'absolute' }, behind), 'drops Upgrade', 'http_upgrade_request_protocols'],
  ['Apache httpd', (behind) => apacheProxy({ to: 'http', forceProxyRequest10: true }, behind), 'speaks HTTP/1.0', 'force-proxy-request-1.0'],
])('%s tells the server behind what it did, and by which setting', (by, through, does, setting) => {
  const arrived: Knock[] = [];
  through((knock) => {
    arrived.push(knock);
    return { kind: 'status', status: 200 };
  })(HANDSHAKE);
  expect(arrived.flatMap(({ changes }) => changes ?? [])).toContainEqual({ by, does, setting });
});
