// Knocks at a port of this machine with bare bytes and says what came back, without a library's opinion in between. Each knock is
// bounded in time. Facts: RFC 9113 section 3.4 (preface; frame type 4 is SETTINGS), RFC 6455 section 1.3 (handshake).

import * as net from 'net';
import * as tls from 'tls';

const BOUND_MS = 1500;
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** What the first bytes of an answer are: an HTTP/1 status, HTTP/2 frames, or nothing. */
export type Heard = { readonly is: 'http/1'; readonly status: string } | { readonly is: 'h2' } | { readonly is: 'nothing' } | { readonly is: 'tls-failure' };

export interface Door {
  readonly port: number;
  /** What to offer by ALPN; undefined for a port without TLS. */
  readonly alpn?: readonly string[];
}

/** The protocol that a TLS server selects, or undefined when there is no session or no choice. */
export async function selected({ port, alpn }: Door): Promise<string | undefined> {
  const socket = tls.connect({ port, host: '127.0.0.1', ALPNProtocols: [...(alpn ?? [])], rejectUnauthorized: false });
  try {
    return await new Promise((resolve) => {
      socket.once('secureConnect', () => resolve(socket.alpnProtocol || undefined));
      socket.once('error', () => resolve(undefined));
      socket.setTimeout(BOUND_MS, () => resolve(undefined));
    });
  } finally {
    socket.destroy();
  }
}

export const http = (door: Door, version: '1.0' | '1.1', headers: readonly string[] = []) =>
  say(door, [`GET / HTTP/${version}`, 'Host: 127.0.0.1', ...headers, '', ''].join('\r\n'));

export const webSocket = (door: Door) =>
  http(door, '1.1', ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==']);

export const http2 = (door: Door) => say(door, Buffer.concat([Buffer.from(PREFACE), SETTINGS]));

async function say({ port, alpn }: Door, bytes: string | Buffer): Promise<Heard> {
  const socket = alpn
    ? tls.connect({ port, host: '127.0.0.1', ALPNProtocols: [...alpn], rejectUnauthorized: false })
    : net.connect(port, '127.0.0.1');
  try {
    return await new Promise((resolve) => {
      let heard = Buffer.alloc(0);
      const done = () => resolve(read(heard));
      socket.once(alpn ? 'secureConnect' : 'connect', () => socket.write(bytes));
      socket.on('data', (data) => {
        heard = Buffer.concat([heard, data]);
        if (heard.length >= 12) done();
      });
      socket.once('close', done);
      socket.once('error', () => (alpn && heard.length === 0 ? resolve({ is: 'tls-failure' }) : done()));
      socket.setTimeout(BOUND_MS, done);
    });
  } finally {
    socket.destroy();
  }
}

function read(bytes: Buffer): Heard {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(bytes.toString('latin1'))?.[1];
  if (status) return { is: 'http/1', status };
  return bytes.length >= 9 && bytes[3] === 4 ? { is: 'h2' } : { is: 'nothing' };
}
