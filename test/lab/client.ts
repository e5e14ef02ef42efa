// Sends a knock for real, with bare bytes over TCP or TLS, and says what was seen, in the words of the models. Every knock is
// bounded in time. Not here: HTTP/3, and client libraries.
// Facts: RFC 9112 section 2 (messages), RFC 6455 sections 1.3 and 5.2 (handshake, frames).

import * as net from 'node:net';
import * as tls from 'node:tls';
import { hear, OPENING, request, SETTINGS_ACK } from './http2-bytes';
import { TlsVersion } from '../../src/protocol';
import { Hello, Knock, Leg, Seen } from '../../src/systems/program/knock';

/** How long an answer is waited for, unless the caller says. */
const BOUND_MS = 1500;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
/** A masked text frame that says "hi", with a mask of zeros. */
const FRAME = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]);
const NAME = 'lab.test';

/** What is seen by a caller who knocks like this at a port of this machine, or, through the forward proxy at that port, at another. */
export async function knockAt(port: number, knock: Knock, tunnelTo?: number, bound: number = BOUND_MS): Promise<Seen> {
  if (knock.over === 'quic') return { kind: 'unknown', because: 'no HTTP/3 client here' };
  const reached = tunnelTo === undefined ? undefined : await tunnel(port, tunnelTo, bound);
  if (reached && 'kind' in reached) return reached;
  const opened = knock.over === 'tls' ? await openTls(port, knock.hello!, bound, reached?.socket) : reached ?? await openClear(port);
  if ('kind' in opened) return opened;
  const { socket, leg } = opened;
  try {
    const seen = await converse(new Inbox(socket, bound), socket, knock, leg, tunnelTo === undefined ? '' : `:${tunnelTo}`);
    return { ...seen, ...leg };
  } finally {
    socket.destroy();
  }
}

type Opened = { readonly socket: net.Socket; readonly leg: Leg } | Seen;

function openClear(port: number): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve({ socket, leg: {} }));
    socket.once('error', () => resolve({ kind: 'connection-closed' }));
    socket.on('error', () => undefined);
  });
}

/** CONNECT; what comes after the answer to it stays in the socket. */
async function tunnel(port: number, to: number, bound: number): Promise<Opened> {
  const opened = await openClear(port);
  if ('kind' in opened) return opened;
  const { socket } = opened;
  socket.write(`CONNECT ${NAME}:${to} HTTP/1.1\r\nHost: ${NAME}:${to}\r\n\r\n`);
  const answer = await new Promise<Buffer>((resolve) => {
    socket.once('data', resolve).once('close', () => resolve(Buffer.alloc(0)));
    socket.setTimeout(bound, () => resolve(Buffer.alloc(0)));
  });
  socket.pause();
  const end = answer.indexOf('\r\n\r\n') + 4;
  if (!/^HTTP\/1\.[01] 200/.test(answer.toString('latin1'))) {
    socket.destroy();
    return { kind: 'connection-closed' };
  }
  if (end < answer.length) socket.unshift(answer.subarray(end));
  return opened;
}

function openTls(port: number, hello: Hello, bound: number, through?: net.Socket): Promise<Opened> {
  return new Promise((resolve) => {
    const named = (version: TlsVersion) => (version === '1.0' ? 'TLSv1' : `TLSv${version}`) as tls.SecureVersion;
    const socket = tls.connect({
      ...(through ? { socket: through } : { port, host: '127.0.0.1' }),
      rejectUnauthorized: false,
      servername: { known: NAME, unknown: 'unknown.example', none: '' }[hello.sni],
      minVersion: named(hello.versions[0]),
      maxVersion: named(hello.versions[hello.versions.length - 1]),
      ciphers: `${suites(hello)}:@SECLEVEL=0`,
      ...(hello.alpn.length ? { ALPNProtocols: [...hello.alpn] } : {}),
    }, () => resolve({ socket, leg: agreed(socket) }));
    socket.once('error', ({ message }) => resolve({ kind: 'tls-failure', alert: /alert ([a-z ]+)/.exec(message)?.[1] }));
    socket.once('close', () => resolve({ kind: 'tls-failure' }));
    socket.setTimeout(bound, () => resolve({ kind: 'tls-failure', alert: 'no answer' }));
    socket.on('error', () => undefined);
  });
}

function suites({ suites: few }: Hello): string {
  if (few === 'cbc-only') return 'ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:ECDHE-RSA-AES128-SHA256';
  return few === 'rsa-key-exchange-only' ? 'AES128-SHA:AES256-SHA' : 'DEFAULT';
}

function agreed(socket: tls.TLSSocket): Leg {
  const tlsVersion = socket.getProtocol()!.replace('TLSv', '').replace(/^1$/, '1.0') as TlsVersion;
  return { tls: tlsVersion, ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}) };
}

/** `at`: what stands behind the name in Host. */
async function converse(inbox: Inbox, socket: net.Socket, knock: Knock, leg: Leg, at: string): Promise<Seen> {
  const two = knock.version === '2' || (knock.version === 'by-alpn' && leg.alpn === 'h2');
  if (two && knock.over === 'tls' && leg.alpn !== 'h2') return { kind: 'wrong-protocol' };
  return two ? converse2(socket, inbox, knock) : converse1(socket, inbox, knock, at);
}

async function converse1(socket: net.Socket, inbox: Inbox, knock: Knock, at: string): Promise<Seen> {
  socket.write(request1(knock, at));
  const first = await inbox.until((bytes) => finalHead(bytes) !== undefined || framed(bytes));
  const head = finalHead(inbox.bytes);
  if (framed(inbox.bytes)) return { kind: 'wrong-protocol' };
  if (head === undefined) return first === 'timeout' ? { kind: 'timeout' } : inbox.ended();
  const status = Number(head.slice(9, 12));
  if (status !== 101) return knock.idleSeconds === undefined ? { kind: 'status', status } : idle(inbox, knock.idleSeconds);
  if (/^upgrade: *h2c/im.test(head)) return { kind: '101', to: 'h2c' };
  if (knock.idleSeconds !== undefined) return idle(inbox, knock.idleSeconds);
  const before = inbox.bytes.length;
  socket.write(FRAME);
  const echoed = await inbox.until((bytes) => bytes.length > before);
  return { kind: '101', to: 'websocket', ...(echoed === 'yes' ? {} : { frames: false }) };
}

async function idle(inbox: Inbox, seconds: number): Promise<Seen> {
  const started = Date.now();
  return (await inbox.until(() => false, seconds * 1000)) === 'closed'
    ? { kind: 'connection-closed', afterSeconds: Math.round((Date.now() - started) / 1000) }
    : { kind: 'timeout' };
}

async function converse2(socket: net.Socket, inbox: Inbox, knock: Knock): Promise<Seen> {
  // More than the preface is written only once the server has spoken: writing to a closed socket would lose its answer.
  socket.write(OPENING);
  const spoken = await inbox.until((bytes) => hear(bytes).settings || isHttp1(bytes));
  if (spoken === 'yes' && !isHttp1(inbox.bytes) && knock.extendedConnect && !hear(inbox.bytes).announcesConnect) return { kind: 'client-refuses' };
  if (spoken === 'closed' && !isHttp1(inbox.bytes)) return inbox.ended();
  if (spoken === 'yes' && !isHttp1(inbox.bytes)) socket.write(Buffer.concat([SETTINGS_ACK, request2(knock)]));
  const answer = await inbox.until((bytes) => isHttp1(bytes) ? finalHead(bytes) !== undefined : hear(bytes).status !== undefined || hear(bytes).over);
  if (isHttp1(inbox.bytes)) return { kind: 'wrong-protocol', status: Number(inbox.bytes.toString('latin1', 9, 12)) };
  const { status, malformed } = hear(inbox.bytes);
  if (malformed) return { kind: 'connection-closed' };
  if (status !== undefined) return { kind: 'status', status };
  return answer === 'timeout' ? { kind: 'timeout' } : inbox.ended();
}

function request1(knock: Knock, at: string): Buffer {
  const host = `${knock.host === 'name' ? NAME : '127.0.0.1'}${at}`;
  const line = `${knock.method} ${knock.absoluteForm ? `http://${host}` : ''}${knock.path} HTTP/${knock.version === '1.0' ? '1.0' : '1.1'}`;
  const body = knock.body === undefined ? Buffer.alloc(0) : Buffer.alloc(5);
  const token = { websocket: 'websocket', h2c: 'h2c', other: 'foo/2' };
  const headers = [
    knock.host !== 'none' && `Host: ${host}`,
    knock.connection && `Connection: ${knock.connection.map((word) => (word === 'upgrade' ? 'Upgrade' : word === 'http2-settings' ? 'HTTP2-Settings' : word)).join(', ')}`,
    knock.upgrade && `Upgrade: ${token[knock.upgrade]}`,
    knock.upgrade === 'h2c' && 'HTTP2-Settings: AAMAAABkAAQAAP__',
    knock.webSocketVersion !== undefined && `Sec-WebSocket-Version: ${knock.webSocketVersion}`,
    knock.webSocketKey && `Sec-WebSocket-Key: ${knock.webSocketKey === 'valid' ? KEY : 'short'}`,
    knock.body === 'grpc' && 'Content-Type: application/grpc',
    knock.body !== undefined && `Content-Length: ${body.length}`,
    knock.expectContinue && 'Expect: 100-continue',
  ].filter(Boolean);
  const preface = knock.preface ? 'PROXY TCP4 127.0.0.1 127.0.0.1 40000 80\r\n' : '';
  return Buffer.concat([Buffer.from(`${preface}${[line, ...headers, '', ''].join('\r\n')}`), body]);
}

function request2(knock: Knock): Buffer {
  const fields: [string, string][] = [
    [':method', knock.method], [':scheme', knock.scheme ?? (knock.over === 'tls' ? 'https' : 'http')],
    [':path', knock.path], [':authority', knock.host === 'address' ? '127.0.0.1' : NAME],
  ];
  if (knock.extendedConnect) return request([...fields, [':protocol', 'websocket'], ['sec-websocket-version', '13']], undefined, true);
  if (knock.body === undefined) return request(fields);
  return request([...fields, ['content-type', 'application/grpc'], ['te', 'trailers']], Buffer.alloc(5));
}

const INTERIM = /^(?:HTTP\/1\.1 100[^\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)+/;

/** The head of the answer that is no interim 100 (Caddy passes one on and says one itself), once it is complete. */
function finalHead(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1').replace(INTERIM, '');
  // Gunicorn 26 ends a head with a bare line feed.
  const end = text.search(/\r?\n\r?\n/);
  return /^HTTP\/\d\.\d \d{3}/.test(text) && end >= 0 ? text.slice(0, end) : undefined;
}

/** Also `HTTP/2.0 200 OK` in letters, as uWSGI and Gunicorn 20 answer the preface. */
const isHttp1 = (bytes: Buffer) => bytes.toString('latin1', 0, 5) === 'HTTP/';
/** The answer, after interim ones, begins with a SETTINGS frame. */
function framed(all: Buffer): boolean {
  const bytes = all.subarray(INTERIM.exec(all.toString('latin1'))?.[0].length ?? 0);
  return bytes.length >= 9 && bytes[3] === 4 && !isHttp1(bytes);
}

/** What came in on a socket. */
class Inbox {
  public bytes = Buffer.alloc(0);
  private closed = false;
  private error?: NodeJS.ErrnoException;
  private wake?: (() => void) | undefined;

  constructor(socket: net.Socket, private readonly bound: number) {
    socket.setTimeout(0);
    socket.on('data', (data) => {
      this.bytes = Buffer.concat([this.bytes, data]);
      this.wake?.();
    });
    socket.resume();
    socket.on('error', (error) => { this.error = error; });
    for (const event of ['end', 'close']) socket.on(event, () => { this.closed = true; this.wake?.(); });
  }

  public async until(enough: (bytes: Buffer) => boolean, bound: number = this.bound): Promise<'yes' | 'closed' | 'timeout'> {
    for (const end = Date.now() + bound; ;) {
      if (enough(this.bytes)) return 'yes';
      if (this.closed) return 'closed';
      if (Date.now() >= end) return 'timeout';
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - Date.now());
        this.wake = () => { clearTimeout(timer); resolve(); };
      });
    }
  }

  /** In TLS 1.3 a server refuses a certificate after the caller thinks that all is well. */
  public ended(): Seen {
    const alert = /alert ([a-z ]+)/.exec(this.error?.message ?? '')?.[1];
    return alert ? { kind: 'tls-failure', alert } : { kind: 'connection-closed' };
  }
}
