// Endpoints as people have them, started here with certificates of an authority of our own: what each client ends up with, and which
// cause is named. What is wrong with an endpoint is one line, and nothing waits longer than it was told to.

import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { WebSocketServer } from 'ws';
import { Authority, NAME } from './authority';
import { closedPort, endAll, started } from './started';
import { probe, Probed, ProbeOptions } from '../../src/probe';

const authority = new Authority();
const good = authority.credentials();
afterEach(endAll);
afterAll(() => authority.end());

const page: http.RequestListener = (_request, response) => response.end('ok');
const on = (port: number, more: ProbeOptions = {}) => probe(`https://${NAME}:${port}/`, { address: '127.0.0.1', authorities: [authority.pem], timeoutSeconds: 3, ...more });
const outcomes = ({ clients }: Probed) => Object.fromEntries(clients.map(({ client, outcome }) => [client, outcome]));
const causes = ({ diagnoses }: Probed) => diagnoses.map(({ cause, says }) => `${cause}: ${says}`);

describe('what is served', () => {
  test('HTTP/2 with HTTP/1.1, and a certificate that holds', async () => {
    const port = await started(http2.createSecureServer({ ...good, allowHTTP1: true }, (_request, response) => response.end('ok')));
    const probed = await on(port);
    expect(outcomes(probed)).toMatchObject({ 'http/1.0': 'served', 'http/1.1': 'served', 'h2': 'served', 'h3': 'untested', 'tls1.0': 'tls-handshake-failure', 'tls1.2-only': 'served', 'tls1.3-only': 'served' });
    expect(probed).toMatchObject({ ok: true, address: '127.0.0.1', diagnoses: [], endpoint: { tls: ['1.2', '1.3'], alpn: ['h2', 'http/1.1'] } });
    expect(probed.clients.find(({ client }) => client === 'h2')!.evidence).toMatchObject({ answer: { version: '2', status: 200 }, tls: { version: '1.3', alpn: 'h2', cipher: expect.stringContaining('TLS_'), certificate: { subject: NAME, issuer: 'Lab Authority, Lab', publicAuthority: false } } });
  });

  test('a WebSocket over TLS, for browsers too; frames come', async () => {
    const server = https.createServer(good, page);
    new WebSocketServer({ server, path: '/ws' });
    const probed = await on(await started(server), { webSocket: '/ws' });
    expect(outcomes(probed)).toMatchObject({ 'wss': 'served', 'wss-browser': 'served', 'wss-alpn-h2': 'served' });
    expect(probed.clients.find(({ client }) => client === 'wss')!.evidence).toMatchObject({ answer: { status: 101, headers: { upgrade: 'websocket' } }, webSocket: { accepted: true, frames: 'come' } });
  });

  test('gRPC, by its status in the trailers', async () => {
    const server = http2.createSecureServer(good);
    server.on('stream', (stream, headers) => {
      if (headers[':path'] !== '/shop.Cart/Get') return stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' }, { endStream: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' })).respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      return stream.end(Buffer.alloc(5));
    });
    const port = await started(server);
    expect((await on(port, { clients: ['grpc'], grpc: '/shop.Cart/Get' })).clients[0]).toMatchObject({ outcome: 'served', evidence: { answer: { status: 200, grpcStatus: 0 } } });
    expect((await on(port, { clients: ['grpc'] })).clients[0]).toMatchObject({ outcome: 'served', path: '/grpc.health.v1.Health/Check', evidence: { answer: { grpcStatus: 12 } } });
  });

  test('what the user adds is sent, and to browsers only what they can send', async () => {
    const seen: Record<string, http.IncomingHttpHeaders> = {};
    const server = http.createServer((request, response) => {
      seen.plain = request.headers;
      response.end();
    });
    server.on('upgrade', (request, socket) => {
      seen[request.headers.origin ? 'browser' : 'program'] = request.headers;
      socket.end('HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n');
    });
    await probe(`http://127.0.0.1:${await started(server)}/`, { clients: ['http/1.1', 'ws', 'wss-browser'], headers: ['Authorization: Bearer x', 'Host: other.test', 'Sec-WebSocket-Protocol: chat'] });
    expect(seen.plain).toMatchObject({ authorization: 'Bearer x', host: 'other.test' });
    expect(seen.program).toMatchObject({ authorization: 'Bearer x', upgrade: 'websocket' });
  });
});

describe('what is not', () => {
  test('ws alone wants no plain requests', async () => {
    const server = http.createServer((_request, response) => response.writeHead(426).end('Upgrade Required'));
    new WebSocketServer({ server });
    const probed = await probe(`http://127.0.0.1:${await started(server)}/`, { webSocket: '/ws' });
    expect(outcomes(probed)).toEqual({ 'http/1.0': '426', 'http/1.1': '426', 'ws': 'served' });
    expect(causes(probed)).toEqual([expect.stringMatching(/^edge-enforcement: Every plain request gets 426.* no plain route/)]);
    expect(probed.ok).toBe(false);
  });

  test.each<['Upgrade' | 'Sec-WebSocket-Key' | 'Sec-WebSocket-Version', RegExp]>([
    ['Upgrade', /426.*just as a plain GET does.*Upgrade and Connection are lost on the way/],
    ['Sec-WebSocket-Key', /400.*Sec-WebSocket-Key is lost on the way/],
    ['Sec-WebSocket-Version', /400.*Sec-WebSocket-Version is lost on the way/],
  ])('a hop that drops %s', async (name, says) => {
    const server = http.createServer((_request, response) => response.writeHead(426).end('Upgrade Required'));
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      delete request.headers[name.toLowerCase()];
      if (name === 'Upgrade') socket.end('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 16\r\n\r\nUpgrade Required');
      else sockets.handleUpgrade(request, socket, head, () => undefined);
    });
    const probed = await probe(`ws://127.0.0.1:${await started(server)}/ws`);
    expect(probed.ok).toBe(false);
    expect(causes(probed)).toEqual([expect.stringMatching(says)]);
    expect(probed.diagnoses[0].cause).toBe('websocket-handshake');
  });

  test('a server that accepts the key of another', async () => {
    const server = http.createServer().on('upgrade', (_request, socket) => socket.write('HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n'));
    const probed = await probe(`ws://127.0.0.1:${await started(server)}/`);
    expect(outcomes(probed)).toEqual({ ws: 'ws-handshake-failure' });
    expect(causes(probed)).toEqual([expect.stringMatching(/Sec-WebSocket-Accept does not belong to the key/)]);
  });

  test.each([['TLSv1.2', ['1.2'], 'tls1.3-only'], ['TLSv1.3', ['1.3'], 'tls1.2-only']] as const)('%s alone', async (version, spoken, client) => {
    const probed = await on(await started(https.createServer({ ...good, minVersion: version, maxVersion: version }, page)));
    expect(outcomes(probed)).toMatchObject({ [client]: 'tls-handshake-failure', 'http/1.1': 'served' });
    expect(probed.endpoint.tls).toEqual(spoken);
    expect(causes(probed)[0]).toMatch(/The endpoint speaks TLS 1\.[23], and .*tls1/);
  });

  test('TLS 1.0 is let in', async () => {
    const probed = await on(await started(https.createServer({ ...good, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }, page)));
    expect(probed.clients.filter(({ fits }) => !fits).map(({ client }) => client)).toEqual(['tls1.0', 'tls1.1']);
    expect(causes(probed)).toContainEqual(expect.stringMatching(/edge-enforcement: The edge lets in callers with TLS 1\.0 and TLS 1\.1/));
    expect((await on(await started(https.createServer(good, page)), { clients: ['tls1.0'] })).ok).toBe(false);
  });

  test('HTTP/2 alone', async () => {
    const probed = await on(await started(http2.createSecureServer(good, (_request, response) => response.end('ok'))), { webSocket: '/' });
    expect(outcomes(probed)).toMatchObject({ 'h2': 'served', 'http/1.1': 'tls-handshake-failure', 'http/1.0': '403', 'wss': 'tls-handshake-failure', 'wss-alpn-h2': 'ws-handshake-failure' });
    expect(causes(probed)).toContainEqual(expect.stringMatching(/server-negotiation: The endpoint speaks HTTP\/2 only/));
  });

  test('gRPC where there is no HTTP/2, and where nobody speaks gRPC', async () => {
    const without = await on(await started(https.createServer(good, page)), { grpc: '/shop.Cart/Get' });
    expect(outcomes(without)).toMatchObject({ grpc: 'tls-handshake-failure' });
    expect(causes(without)).toContainEqual(expect.stringMatching(/server-negotiation: The endpoint does not select h2 by ALPN, and gRPC/));
    const web = await on(await started(http2.createSecureServer(good, (_request, response) => response.end('ok'))), { grpc: '/shop.Cart/Get' });
    expect(outcomes(web)).toMatchObject({ grpc: '200' });
    expect(causes(web)).toContainEqual(expect.stringMatching(/without grpc-status/));
  });

  test('h2 that is selected and not spoken', async () => {
    const server = tls.createServer({ ...good, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')));
    const probed = await on(await started(server));
    expect(outcomes(probed)).toMatchObject({ 'h2': 'no-answer', 'http/1.1': 'served' });
    expect(causes(probed)).toContainEqual(expect.stringMatching(/selects h2 by ALPN and then does not speak it/));
  });

  test('HTTP/1.0 alone is refused', async () => {
    const server = http.createServer((request, response) => response.writeHead(request.httpVersion === '1.0' ? 426 : 200, { Server: 'envoy' }).end());
    const probed = await probe(`http://127.0.0.1:${await started(server)}/`);
    expect(outcomes(probed)).toEqual({ 'http/1.0': '426', 'http/1.1': 'served' });
    expect(causes(probed)).toEqual(['outdated-client: HTTP/1.0 gets 426, and HTTP/1.1 is served from Envoy: callers that still speak 1.0 are turned away.']);
    expect(probed.ok).toBe(true);
  });

  test('a status of the application, alike for all', async () => {
    const port = await started(http.createServer((_request, response) => response.writeHead(404).end()));
    const probed = await probe(`http://127.0.0.1:${port}/`);
    expect(causes(probed)).toEqual([expect.stringMatching(/Every plain request gets 404.*the protocols get through/)]);
    expect((await probe(`http://127.0.0.1:${port}/`, { accept: [404] })).ok).toBe(true);
  });
});

describe('certificates', () => {
  test.each<[string, () => https.ServerOptions, RegExp]>([
    ['signed by itself', () => authority.selfSigned(), /signed by itself/],
    ['for another name', () => authority.credentials('other.test'), /for another name: other\.test, not lab\.test/],
    ['expired', () => authority.credentials(NAME, -1), /has expired/],
  ])('%s', async (_, credentials, says) => {
    const sent: unknown[] = [];
    const port = await started(https.createServer(credentials(), (request, response) => {
      sent.push(request.url);
      response.end();
    }));
    const probed = await on(port);
    expect(probed.clients.filter(({ need }) => need === 'served').map(({ outcome }) => outcome)).toEqual(Array(4).fill('tls-handshake-failure'));
    expect(causes(probed)).toEqual([expect.stringMatching(says)]);
    expect(probed.diagnoses[0].cause).toBe('tls-mismatch');
    expect(sent).toEqual([]); // nothing is said to whom is not trusted
    expect((await on(port, { insecure: true })).clients.find(({ client }) => client === 'http/1.1')).toMatchObject({ outcome: 'served' });
  });

  test('an inspecting proxy: an authority of its own, and ALPN is gone', async () => {
    const proxy = new Authority('Zscaler Root CA');
    const port = await started(https.createServer({ ...proxy.credentials(), ALPNProtocols: undefined, ALPNCallback: undefined }, page));
    const bare = await started(tls.createServer({ ...proxy.credentials() }, (socket) => socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n'))));
    const unknown = await on(port);
    expect(causes(unknown)).toEqual([expect.stringMatching(/^proxy-in-between: .*Zscaler Root CA.*no public authority, which is how Zscaler signs/)]);
    const trusted = await on(bare, { authorities: [proxy.pem], grpc: '/a.B/C' });
    expect(outcomes(trusted)).toMatchObject({ 'http/1.1': 'served', 'grpc': 'tls-handshake-failure' });
    expect(causes(trusted)).toContainEqual(expect.stringMatching(/^proxy-in-between: .*no protocol is selected by ALPN/));
    proxy.end();
  });

  test('a client certificate is wanted', async () => {
    const port = await started(https.createServer({ ...good, ca: authority.pem, requestCert: true, rejectUnauthorized: true }, page));
    const probed = await on(port);
    expect(outcomes(probed)).toMatchObject({ 'http/1.1': expect.stringMatching(/tls-handshake-failure|no-answer/) });
  });
});

describe('nobody there, and nobody who answers', () => {
  test('a closed port', async () => {
    const port = await closedPort();
    expect(await probe(`https://127.0.0.1:${port}/`)).toMatchObject({ ok: false, clients: [], unreachable: `127.0.0.1:${port} refuses the connection: nothing listens there` });
  });

  test('a name that does not resolve', async () => {
    expect((await probe('https://nowhere.invalid/')).unreachable).toMatch(/the name nowhere\.invalid (does not resolve|cannot be looked up)/);
  });

  test.each(['http', 'https'])('a port that never answers, over %s', async (scheme) => {
    const port = await started(net.createServer(() => undefined));
    const start = Date.now();
    const probed = await probe(`${scheme}://127.0.0.1:${port}/`, { timeoutSeconds: 0.4 });
    expect(Date.now() - start).toBeLessThan(8000);
    expect(outcomes(probed)['http/1.1']).toBe(scheme === 'http' ? 'no-answer' : 'tls-handshake-failure');
    expect(probed.ok).toBe(false);
    expect(causes(probed).length).toBe(1);
  });

  test('plain HTTP where TLS is called', async () => {
    const probed = await probe(`https://127.0.0.1:${await started(http.createServer(page))}/`);
    expect(causes(probed)).toContainEqual(expect.stringMatching(/tls-mismatch: The port does not speak TLS/));
  });

  test('no HTTP at all', async () => {
    const port = await started(net.createServer((socket) => socket.end('220 mail.test ESMTP\r\n')));
    expect(outcomes(await probe(`http://127.0.0.1:${port}/`))).toMatchObject({ 'http/1.1': 'no-answer' });
  });
});

describe('what a server says', () => {
  test('escapes of terminals are spelt out', async () => {
    const server = net.createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nServer: \u001b[31mred\u001b[0m\u0007\r\nVia: 1.1 \u009b2J\r\n\r\n')));
    const probed = await probe(`http://127.0.0.1:${await started(server)}/`);
    // eslint-disable-next-line no-control-regex
    expect(JSON.stringify(probed)).not.toMatch(/[\u001b\u0007\u009b]|\\u001b\[(?=[^"]*"$)/);
    expect(probed.endpoint.server).toEqual(['\\u001b[31mred\\u001b[0m\\u0007']);
  });

  test('an endless head is not read to its end', async () => {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined).write('HTTP/1.1 200 OK\r\n');
      const more = setInterval(() => socket.write(`X: ${'a'.repeat(60_000)}\r\n`), 5);
      socket.on('close', () => clearInterval(more));
    });
    const probed = await probe(`http://127.0.0.1:${await started(server)}/`, { timeoutSeconds: 3 });
    expect(outcomes(probed)['http/1.1']).toBe('no-answer');
  });
});
