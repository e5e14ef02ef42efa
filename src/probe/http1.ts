// Asks in HTTP/1, with bare bytes, so that no library has an opinion in between: plain requests and WebSocket handshakes, whole or with
// a header left out, and a ping once the WebSocket is open.
// Facts: RFC 9112 sections 2 to 4 (messages), RFC 6455 sections 1.3, 4.1, 5.2, 5.5 (key, handshake, frames, ping and close).

import { createHash, randomBytes } from 'crypto';
import type { Socket } from 'net';
import { Attempt } from './attempts';
import { Answer, Evidence, HEADERS, WebSocketSeen } from './evidence';
import { plain } from './foreign';
import { Inbox } from './inbox';
import { failure, Place, seconds } from './open';

export type Heard = Pick<Evidence, 'end' | 'says' | 'alert' | 'answer' | 'webSocket'>;

export const USER_AGENT = 'cdk-handshake-probe';
const MOST_BYTES = 64 * 1024;
const BODY_BYTES = 512;
const BODY_MS = 500;
const FRAMES_MS = 3000;
const [PING, CLOSE] = [0x9, 0x8];
/** RFC 6455 section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export async function askHttp1(socket: Socket, attempt: Attempt, { target, milliseconds }: Place): Promise<Heard> {
  const end = Date.now() + milliseconds;
  const inbox = new Inbox(socket, MOST_BYTES);
  const key = randomBytes(16).toString('base64');
  socket.write(requestText(attempt, target.authority, key), 'latin1');
  const waited = await inbox.until((bytes) => headOf(bytes) !== undefined || framed(bytes), end);
  if (framed(inbox.bytes)) return { end: 'other-protocol', says: 'to HTTP/1 the server answers with HTTP/2 frames: it speaks HTTP/2 only' };
  const head = headOf(inbox.bytes);
  if (head === undefined) return ended(waited, inbox, milliseconds);
  const { answer, accept, length } = answerOf(head.text);
  const says = `${answer.status} in HTTP/${answer.version}`;
  if (attempt.ask !== 'websocket') return { end: 'answered', says, answer };
  if (answer.status !== 101) {
    const enough = Math.min(length ?? BODY_BYTES, BODY_BYTES);
    await inbox.until((bytes) => bytes.length >= head.end + enough, Math.min(end, Date.now() + BODY_MS));
    return { end: 'answered', says: `${says} instead of 101`, answer: { ...answer, body: sort(inbox.bytes.toString('latin1', head.end, head.end + BODY_BYTES)) } };
  }
  const accepted = accept === createHash('sha1').update(key + GUID).digest('base64');
  if (!accepted) return { end: 'answered', says: '101, but Sec-WebSocket-Accept is not that of the key: what answers does not do WebSocket', answer, webSocket: { accepted } };
  const frames = await ping(socket, inbox, head.end, Math.min(end, Date.now() + FRAMES_MS));
  return { end: 'answered', says: `101, ${FRAMES[typeof frames === 'number' ? 'closed' : frames!]}`, answer, webSocket: { accepted, frames } };
}

export const FRAMES = {
  come: 'and frames come through',
  none: 'but no frame comes back, not even a pong to a ping',
  cut: 'and then the connection is cut without a close frame',
  closed: 'and then the server closes the WebSocket by a close frame',
} as const;

/** Sends a ping, waits for any frame, and says goodbye. */
async function ping(socket: Socket, inbox: Inbox, from: number, end: number): Promise<WebSocketSeen['frames']> {
  socket.write(frame(PING));
  const waited = await inbox.until((bytes) => bytes.length >= from + 2, end);
  if (waited !== 'enough') return waited === 'closed' ? 'cut' : 'none';
  const seen = framesOf(inbox.bytes.subarray(from));
  socket.end(frame(CLOSE, Buffer.from([0x03, 0xe8]))); // 1000
  return seen;
}

/** What the first bytes after a handshake say. */
export function framesOf(bytes: Buffer): 'come' | number {
  if (bytes[0] % 16 !== CLOSE) return 'come';
  return bytes.length >= 4 ? bytes.readUInt16BE(2) : 1005;
}

/** A whole frame as clients have to send it: final and masked. */
export function frame(opcode: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const mask = Buffer.alloc(4); // a mask of zeros is a mask; these payloads are nobody's secret
  return Buffer.concat([Buffer.from([0x80 + opcode, 0x80 + payload.length]), mask, payload]);
}

function ended(waited: 'enough' | 'closed' | 'full' | 'timeout', { error, bytes }: Inbox, milliseconds: number): Heard {
  // In TLS 1.3 a server may refuse after the client thinks that all is well (RFC 8446 section 4.4.2.4).
  const refused = error && failure(error);
  if (refused?.alert) return refused;
  if (waited === 'timeout') return { end: 'silent', says: `no answer within ${seconds(milliseconds)}` };
  if (bytes.length === 0) return { end: 'closed', says: error?.code === 'ECONNRESET' ? 'the connection is reset without an answer' : 'the connection is closed without an answer' };
  return { end: 'other-protocol', says: `what comes back is no HTTP: ${plain(bytes.toString('latin1', 0, 40))}` };
}

function requestText({ ask, version, path, headers, without }: Attempt, authority: string, key: string): string {
  const handshake: readonly [string, string][] = [['Upgrade', 'websocket'], ['Connection', 'Upgrade'], ['Sec-WebSocket-Version', '13'], ['Sec-WebSocket-Key', key]];
  const own = headers.map(([name]) => name.toLowerCase());
  const lines: (readonly [string, string])[] = [
    ['Host', authority],
    ...[['User-Agent', USER_AGENT], ['Accept', '*/*']].filter(([name]) => !own.includes(name.toLowerCase())) as [string, string][],
    ...(ask === 'websocket' ? handshake.filter(([name]) => name !== without) : []),
    ...headers,
  ];
  return `GET ${path} HTTP/${version === '1.0' ? '1.0' : '1.1'}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** The first response that is not interim, once its head is whole; a bare line feed ends a line too (Gunicorn 26). */
function headOf(bytes: Buffer): { text: string; end: number } | undefined {
  const text = bytes.toString('latin1');
  for (let start = 0; ;) {
    if (!/^HTTP\/\d\.\d \d{3}/.test(text.slice(start, start + 12))) return undefined;
    const match = /\r?\n\r?\n/.exec(text.slice(start));
    if (!match) return undefined;
    const stop = start + match.index;
    const end = stop + match[0].length;
    const status = Number(text.slice(start + 9, start + 12));
    if (status >= 200 || status === 101) return { text: text.slice(start, stop), end };
    start = end;
  }
}

/** The answer begins with a SETTINGS frame (RFC 9113 section 4.1: length, type 4). */
const framed = (bytes: Buffer) => bytes.length >= 9 && bytes[3] === 4 && bytes.toString('latin1', 0, 5) !== 'HTTP/';

function answerOf(head: string): { answer: Answer; accept?: string; length?: number } {
  const [first, ...lines] = head.split(/\r?\n/);
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  const of = (name: string) => fields.find(([other]) => other === name)?.[1];
  const length = Number(of('content-length') ?? Number.NaN);
  return {
    answer: { version: first.slice(5, 8) === '1.0' ? '1.0' : '1.1', status: Number(first.slice(9, 12)), headers: kept(fields) },
    accept: of('sec-websocket-accept'),
    length: Number.isNaN(length) ? undefined : length,
  };
}

/** The headers that say who answered; one that comes twice is joined. */
export function kept(fields: Iterable<readonly [string, string]>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields) {
    if (HEADERS.includes(name)) headers[name] = plain(headers[name] === undefined ? value : `${headers[name]}, ${value}`);
  }
  return headers;
}

/** A body without what differs each time: numbers and long identifiers. */
function sort(text: string): string {
  return plain(text.replace(/(?=[a-z+/=_-]*\d)[\w+/=-]{16,}/gi, '*').replace(/\d+/g, '#').replace(/\s+/g, ' '));
}
