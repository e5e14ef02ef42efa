// The error texts on the pages of docs/causes: real clients at endpoints that fail in one way each, and what the page says of it stands in
// what they say. Curl, Python and Chromium where they are installed. Java and gRPC for Python were asked by hand; what is only reported has a link there.

import { spawn } from 'child_process';
import { existsSync } from 'fs';
import * as http from 'http';
import * as http2 from 'http2';
import * as https from 'https';
import * as net from 'net';
import { ChannelCredentials, Client } from '@grpc/grpc-js';
import { chromium } from 'playwright-core';
import WebSocket, { WebSocketServer } from 'ws';
import { text } from './markdown';
import { Authority } from '../probe/authority';
import { endAll, started } from '../probe/started';

const authority = new Authority('Example CA');
const credentials = authority.credentials('localhost');
const ports: Record<string, number> = {};

/** Answers everything, handshakes too, with one status. */
function answering(status: number, body = ''): https.Server {
  const server = https.createServer(credentials, (_request, response) => response.writeHead(status).end(body));
  server.on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`));
  return server;
}

const page: http.RequestListener = (_request, response) => response.end('ok');

beforeAll(async () => {
  const webSockets = https.createServer(credentials, page);
  new WebSocketServer({ server: webSockets, path: '/ws' });
  const servers: Record<string, net.Server> = {
    464: answering(464),
    426: answering(426, 'Upgrade Required'),
    502: answering(502),
    closing: https.createServer(credentials, page).on('upgrade', (_request, socket) => socket.destroy()),
    tls13: https.createServer({ ...credentials, minVersion: 'TLSv1.3' }, page),
    http1: https.createServer({ ...credentials, ALPNProtocols: ['http/1.1'] }, page),
    http2: http2.createSecureServer(credentials, (_request, response) => response.end('ok')),
    h2c: http2.createServer((_request, response) => response.end('ok')),
    cleartext: http.createServer(page),
    selfSigned: https.createServer(authority.selfSigned(), page),
    grpc464: http2.createSecureServer(credentials, (_request, response) => response.writeHead(464).end()),
    grpc502: http2.createSecureServer(credentials, (_request, response) => response.writeHead(502).end()),
    webSockets,
  };
  for (const [name, server] of Object.entries(servers)) ports[name] = await started(server);
});
afterAll(async () => {
  await endAll();
  authority.end();
});

type Ask = (name: string) => Promise<string | undefined>;

const options = { ca: authority.pem, ALPNProtocols: ['http/1.1'] };

const node = (scheme: 'http' | 'https', more: https.RequestOptions = {}): Ask => (name) => new Promise((resolve) => {
  (scheme === 'https' ? https : http).get(`${scheme}://localhost:${ports[name]}/`, { ...options, ...more }, ({ statusCode }) => resolve(String(statusCode)))
    .once('error', ({ message, code }: NodeJS.ErrnoException) => resolve(`${code} ${message}`));
});

const fetched: Ask = (name) => fetch(`https://localhost:${ports[name]}/`).then(({ status }) => String(status), ({ message, cause }) => `${message} ${cause.code} ${cause.message}`);

const webSocket: Ask = (name) => new Promise((resolve) => {
  const messages: string[] = [];
  new WebSocket(`wss://localhost:${ports[name]}/`, { ca: authority.pem })
    .on('error', ({ message }) => messages.push(message)).on('close', (code) => resolve(`${messages.join(' ')} close code ${code}`));
});

const session: Ask = (name) => new Promise((resolve) => {
  const client = http2.connect(`http://localhost:${ports[name]}`);
  client.on('error', ({ code, message }: NodeJS.ErrnoException) => resolve(`${code}: ${message}`));
  client.request().on('error', () => undefined);
});

const grpc: Ask = (name) => new Promise((resolve) => {
  const client = new Client(`localhost:${ports[name]}`, ChannelCredentials.createSsl(Buffer.from(authority.pem)));
  const same = (value: Buffer) => value;
  client.makeUnaryRequest('/shop.Cart/Get', same, same, Buffer.alloc(0), { deadline: Date.now() + 5_000 }, (error) => {
    client.close();
    resolve(error?.message);
  });
});

/** What a program says; undefined where it is not installed. */
function said(program: string, ...parameters: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters);
    let all = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { all += data; });
    child.once('error', () => resolve(undefined)).once('close', () => resolve(all));
  });
}

const curl = (scheme: string, ...more: string[]): Ask => (name) => said('curl', '-sS', '--max-time', '5', '--cacert', authority.file, ...more, `${scheme}://localhost:${ports[name]}/`);

const CHROMIUM = '/usr/bin/chromium';

/** What a page's console shows when it opens a WebSocket. */
const chrome: Ask = async (name) => {
  if (!existsSync(CHROMIUM)) return undefined;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage({ ignoreHTTPSErrors: true });
    const messages: string[] = [];
    tab.on('console', (message) => messages.push(message.text()));
    await tab.goto(`https://localhost:${ports.http1}/`);
    await tab.evaluate(`new Promise((resolve) => { new WebSocket('wss://localhost:${ports[name]}/').onclose = () => setTimeout(resolve, 200); })`);
    return messages.join(' ');
  } finally {
    await browser.close();
  }
};

const PYTHON = 'import sys, requests\ntry:\n  r = requests.get(sys.argv[1], verify=sys.argv[2], timeout=5); r.raise_for_status()\nexcept Exception as e: print(type(e).__module__ + "." + type(e).__name__, e)';
const requests = (scheme: string): Ask => async (name) => {
  const answer = await said('/usr/bin/python3', '-c', PYTHON, `${scheme}://localhost:${ports[name]}/`, authority.file);
  return answer?.includes('No module named') ? undefined : answer;
};

test.each<[string, string, string, Ask]>([
  ['edge-enforcement', 'Unexpected server response: 464', '464', webSocket],
  ['edge-enforcement', '2 UNKNOWN: Received HTTP status code 464', 'grpc464', grpc],
  ['tls-versions', 'wrong version number', 'cleartext', curl('https')],
  ['tls-versions', 'tlsv1 alert protocol version', 'tls13', curl('https', '--tls-max', '1.2')],
  ['tls-versions', 'tlsv1 alert no application protocol', 'http2', curl('https', '--http1.1')],
  ['tls-versions', 'curl: (52) Empty reply from server', 'http1', curl('http')],
  ['tls-versions', 'tlsv1 alert protocol version', 'tls13', node('https', { maxVersion: 'TLSv1.2' })],
  ['tls-versions', 'tlsv1 alert no application protocol', 'http2', node('https')],
  ['tls-versions', 'wrong version number', 'cleartext', node('https')],
  ['tls-versions', 'socket hang up', 'http1', node('http')],
  ['tls-versions', 'ERR_SSL_WRONG_VERSION_NUMBER', 'cleartext', fetched],
  ['tls-versions', '[SSL: WRONG_VERSION_NUMBER]', 'cleartext', requests('https')],
  ['tls-versions', '[SSL] tlsv1 alert no application protocol', 'http2', requests('https')],
  ['websocket-handshake', 'Unexpected server response: 426', '426', webSocket],
  ['websocket-handshake', 'failed: Error during WebSocket handshake: Unexpected response code: 426', '426', chrome],
  ['websocket-handshake', 'Connection closed before receiving a handshake response', 'closing', chrome],
  ['websocket-handshake', 'net::ERR_SSL_PROTOCOL_ERROR', 'http2', chrome],
  ['websocket-handshake', 'close code 1006', '426', webSocket],
  ['websocket-handshake', 'socket hang up', 'closing', webSocket],
  ['server-negotiation', 'Received HTTP/0.9 when not allowed', 'h2c', curl('http')],
  ['server-negotiation', 'Parse Error: Expected HTTP/, RTSP/ or ICE/', 'h2c', node('http')],
  ['server-negotiation', 'ERR_HTTP2_ERROR: Protocol error', 'cleartext', session],
  ['server-negotiation', 'no application protocol', 'http1', grpc],
  ['server-negotiation', '14 UNAVAILABLE: Received HTTP status code 502', 'grpc502', grpc],
  ['server-negotiation', 'BadStatusLine(', 'h2c', requests('http')],
  ['proxies-and-firewalls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'selfSigned', node('https')],
  ['proxies-and-firewalls', 'SSL certificate problem: self-signed certificate', 'selfSigned', curl('https')],
  ['proxies-and-firewalls', 'CERTIFICATE_VERIFY_FAILED', 'selfSigned', requests('https')],
  ['what-follows', 'Unexpected server response: 502', '502', webSocket],
])('%s: "%s" is what is said at %s', async (cause, shown, name, ask) => {
  expect(text(`docs/causes/${cause}.md`)).toContain(shown);
  const answer = await ask(name);
  if (answer === undefined) return console.warn(`"${shown}" was not tried: the client is not installed`);
  return expect(answer).toContain(shown);
}, 30_000);
