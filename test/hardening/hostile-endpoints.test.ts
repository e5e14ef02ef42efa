// Endpoints that are made to hurt the probe: whatever they send, or do not send, the attempt ends in its time and in bounded memory.

import { createServer, AddressInfo, Server, Socket } from 'net';
import { probe } from '../../src/probe';
import { connect } from '../../src/probe/connect';
import { askHttp2 } from '../../src/probe/http2';
import { targetOf } from '../../src/probe/target';
import { frame } from '../lab/http2-bytes';

const MIB = 1024 * 1024;
const SECONDS = 1;

type Manner = (socket: Socket) => void;

/** As long as somebody listens, as fast as the socket takes it. */
function endless(socket: Socket, block: Buffer | string): void {
  const go = (): void => {
    while (!socket.destroyed && socket.write(block)) ;
    if (!socket.destroyed) socket.once('drain', go);
  };
  go();
}

async function served<Result>(manner: Manner, call: (port: number) => Promise<Result>): Promise<Result> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    manner(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await call((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function bounded<Result>(call: () => Promise<Result>): Promise<Result> {
  const before = process.memoryUsage().rss;
  const start = Date.now();
  const result = await call();
  // Twice the time for one attempt (connecting and asking), and some for a machine that does other things.
  expect(Date.now() - start).toBeLessThan(2 * SECONDS * 1000 + 8000);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * MIB);
  return result;
}

const reply = (text: string): Manner => (socket) => void socket.once('data', () => socket.write(text));
const then = (head: string, block: string): Manner => (socket) => void socket.once('data', () => { socket.write(head); endless(socket, block); });
const drip = (text: string, milliseconds: number): Manner => (socket) => void socket.once('data', () => {
  let at = 0;
  const timer = setInterval(() => { if (socket.destroyed) clearInterval(timer); else socket.write(text[at++ % text.length], 'latin1'); }, milliseconds);
});

describe('HTTP/1', () => {
  test.each<[string, Manner]>([
    ['headers without end', then('HTTP/1.1 200 OK\r\n', `X-A: ${'a'.repeat(8000)}\r\n`)],
    ['one header without end', then('HTTP/1.1 200 OK\r\nX-A: ', 'a'.repeat(65536))],
    ['a status line without end', then('HTTP/1.1 200 ', 'O'.repeat(65536))],
    ['interim responses without end', then('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000))],
    ['a body without end', then('HTTP/1.1 400 Bad\r\nContent-Length: 99999999999\r\n\r\n', 'x'.repeat(65536))],
    ['chunks of wrong sizes', then('HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n', 'fffffffffffffffffffff\r\nx\r\n-1\r\n')],
    ['lengths that are none', reply('HTTP/1.1 400 Bad\r\nContent-Length: -1\r\nContent-Length: 1e999\r\n\r\nx')],
    ['a drip of bytes', drip('HTTP/1.1 200 OK\r\nX: y\r\n', 20)],
    ['nothing', () => undefined],
    ['bytes of no protocol, before anybody asked', (socket) => endless(socket, Buffer.alloc(65536, 0x41))],
    ['frames of HTTP/2 without end', (socket) => endless(socket, Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))],
    ['lines of nothing', then('HTTP/1.1 200 OK\r\n', '\n \n \n'.repeat(1000))],
    ['frames of a WebSocket that nobody opened', then('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n', '\u0081\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff')],
  ])('%s', async (_, manner) => {
    for (const ask of ['http', 'websocket'] as const) {
      const evidence = await served(manner, (port) => bounded(() => connect(
        { ask, version: '1.1', path: '/', headers: [] },
        { target: targetOf(`http://127.0.0.1:${port}/`), address: '127.0.0.1', milliseconds: SECONDS * 1000, insecure: true },
      )));
      expect(evidence.end).not.toBe('untested');
      // eslint-disable-next-line no-control-regex
      expect(JSON.stringify(evidence)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }
  }, 60_000);
});

describe('HTTP/2', () => {
  const SETTINGS = frame(4, 0, 0);
  const STATUS_200 = Buffer.from([0x88]);
  const literal = (name: string, value: string) => Buffer.from(`\u0000${String.fromCharCode(name.length)}${name}${String.fromCharCode(value.length)}${value}`);
  const flood = (...first: Buffer[]) => (block: Buffer): Manner => (socket) => void socket.once('data', () => {
    for (const one of first) socket.write(one);
    endless(socket, block);
  });
  const many = (one: Buffer) => Buffer.concat(new Array<Buffer>(500).fill(one));
  const settled = flood(SETTINGS);
  test.each<[string, Manner]>([
    ['SETTINGS', settled(many(SETTINGS))],
    ['SETTINGS of 16 kB', settled(many(frame(4, 0, 0, Buffer.alloc(6 * 100, 1))))],
    ['PING', settled(many(frame(6, 0, 0, Buffer.alloc(8))))],
    ['WINDOW_UPDATE', settled(many(frame(8, 0, 0, Buffer.from([0, 0, 0, 1]))))],
    ['PRIORITY', settled(many(frame(2, 0, 1, Buffer.alloc(5))))],
    ['empty DATA', flood(SETTINGS, frame(1, 4, 1, STATUS_200))(many(frame(0, 0, 1)))],
    ['DATA', flood(SETTINGS, frame(1, 4, 1, STATUS_200))(many(frame(0, 0, 1, Buffer.alloc(8000))))],
    ['CONTINUATION', flood(SETTINGS, frame(1, 0, 1, STATUS_200))(many(frame(9, 0, 1, literal('x-a', 'b'.repeat(100)))))],
    ['interim HEADERS', settled(many(frame(1, 4, 1, Buffer.concat([Buffer.from([0x08, 3]), Buffer.from('103')]))))],
    ['PUSH_PROMISE', settled(many(frame(5, 4, 1, Buffer.from([0, 0, 0, 2, 0x82]))))],
    ['frames of unknown types', settled(many(frame(0xee, 0xff, 0, Buffer.alloc(1000))))],
    ['no frames', (socket) => endless(socket, Buffer.alloc(65536, 0x5a))],
    ['nothing', () => undefined],
  ])('a flood of %s', async (_, manner) => {
    for (const ask of ['http', 'grpc', 'websocket'] as const) {
      const heard = await served(manner, (port) => bounded(async () => {
        const socket = new Socket();
        socket.on('error', () => undefined);
        await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve));
        try {
          return await askHttp2(socket, { ask, version: '2', path: '/', headers: [] }, { target: targetOf(`https://127.0.0.1:${port}/`), address: '127.0.0.1', milliseconds: SECONDS * 1000, insecure: true });
        } finally {
          socket.destroy();
        }
      }));
      expect(heard.says).toBeTruthy();
    }
  }, 60_000);
});

test('a whole probe of a port that sends without end comes to its end', async () => {
  const probed = await served((socket) => endless(socket, Buffer.alloc(65536, 0x16)), (port) => probe(`https://127.0.0.1:${port}/`, { timeoutSeconds: SECONDS, clients: ['http/1.1', 'h2', 'wss', 'grpc'] }));
  expect(probed.ok).toBe(false);
}, 120_000);
