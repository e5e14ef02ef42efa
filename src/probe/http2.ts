// Asks in HTTP/2 by the client of Node.js: plain requests, gRPC calls with their trailers, WebSockets by extended CONNECT.
// Facts: RFC 9113 (a response with connection-specific headers is malformed, section 8.2.2), RFC 8441 sections 3 and 4,
// gRPC over HTTP/2 (grpc-status comes in trailers, or in the headers if there is nothing else).

import * as http2 from 'http2';
import type { Socket } from 'net';
import { Attempt } from './attempts';
import { Answer } from './evidence';
import { plain } from './foreign';
import { frame, FRAMES, framesOf, Heard, kept, USER_AGENT } from './http1';
import { failure, Place, seconds } from './open';

const MOST_BYTES = 64 * 1024;
const FRAMES_MS = 3000;
const PING = 0x9;
/** A gRPC message of no bytes: not compressed, length 0. */
const EMPTY_MESSAGE = Buffer.alloc(5);

export function askHttp2(socket: Socket, attempt: Attempt, place: Place): Promise<Heard> {
  const { milliseconds, target } = place;
  return new Promise((resolve) => {
    const session = http2.connect(`https://${target.authority}`, { createConnection: () => socket, settings: { enablePush: false } });
    const give = (heard: Heard) => {
      clearTimeout(timer);
      resolve(heard);
      session.destroy();
    };
    const timer = setTimeout(() => give({ end: 'silent', says: `no answer within ${seconds(milliseconds)}` }), milliseconds);
    session.on('error', (error) => give(broken(error)));
    session.on('goaway', (code) => code !== 0 && give({ end: 'closed', says: `the server ends the HTTP/2 connection with error ${code}` }));
    session.on('close', () => give({ end: 'closed', says: 'the connection is closed without an answer' }));
    switch (attempt.ask) {
      case 'websocket':
        session.once('remoteSettings', ({ enableConnectProtocol }) => {
          if (enableConnectProtocol) webSocket(session, attempt, place, give);
          else give({ end: 'client-refuses', says: 'h2 is selected by ALPN, and WebSocket over HTTP/2 (RFC 8441) is not announced, so no WebSocket can be opened here' });
        });
        break;
      case 'grpc': return grpc(session, attempt, place, give);
      case 'http':
      case 'nothing': return plainly(session, attempt, place, give);
      default: return attempt.ask satisfies never;
    }
    return undefined;
  });
}

type Give = (heard: Heard) => void;

function plainly(session: http2.ClientHttp2Session, attempt: Attempt, place: Place, give: Give): void {
  const stream = listened(session.request({ ...common(attempt, place), ':method': 'GET', 'accept': '*/*', ...own(attempt) }), give);
  stream.on('response', (headers) => {
    const answer = answerOf(headers);
    give({ end: 'answered', says: `${answer.status} in HTTP/2`, answer });
  });
}

function grpc(session: http2.ClientHttp2Session, attempt: Attempt, place: Place, give: Give): void {
  const call = { ':method': 'POST', 'content-type': 'application/grpc', 'te': 'trailers' };
  const stream = listened(session.request({ ...common(attempt, place), ...call, ...own(attempt) }), give);
  let answer: Answer | undefined;
  let bytes = 0;
  const finish = () => {
    if (!answer) return;
    const status = answer.grpcStatus === undefined ? 'without grpc-status: what answers is no gRPC server, or a hop drops the trailers' : `with grpc-status ${answer.grpcStatus}`;
    give({ end: 'answered', says: `${answer.status} in HTTP/2 ${status}`, answer });
  };
  stream.on('response', (headers) => { answer = answerOf(headers); });
  stream.on('trailers', (trailers) => {
    const grpcStatus = numberOf(trailers['grpc-status']);
    if (answer && grpcStatus !== undefined) answer = { ...answer, grpcStatus };
    finish();
  });
  stream.on('data', (data: Buffer) => {
    bytes += data.length;
    if (bytes > MOST_BYTES) finish();
  });
  stream.on('end', finish);
  stream.end(EMPTY_MESSAGE);
}

function webSocket(session: http2.ClientHttp2Session, attempt: Attempt, place: Place, give: Give): void {
  const connect = { ':method': 'CONNECT', ':protocol': 'websocket', 'sec-websocket-version': '13' };
  const stream = listened(session.request({ ...common(attempt, place), ...connect, ...own(attempt) }, { endStream: false }), give);
  stream.on('response', (headers) => {
    const answer = answerOf(headers);
    if (answer.status >= 300) return give({ end: 'answered', says: `${answer.status} in HTTP/2, to an extended CONNECT`, answer });
    const tell = (frames: 'come' | 'none' | 'cut' | number) => give({
      end: 'answered', says: `${answer.status} in HTTP/2, ${FRAMES[typeof frames === 'number' ? 'closed' : frames]}`, answer, webSocket: { accepted: true, overHttp2: true, frames },
    });
    const timer = setTimeout(() => tell('none'), Math.min(FRAMES_MS, place.milliseconds));
    stream.on('data', (data: Buffer) => tell(framesOf(data)));
    stream.on('end', () => tell('cut')).on('close', () => clearTimeout(timer));
    return stream.write(frame(PING));
  });
}

function listened(stream: http2.ClientHttp2Stream, give: Give): http2.ClientHttp2Stream {
  stream.on('error', (error) => give(broken(error)));
  stream.on('close', () => give({ end: 'closed', says: 'the stream is closed without an answer' }));
  return stream;
}

function common({ path }: Attempt, { target }: Place): http2.OutgoingHttpHeaders {
  return { ':scheme': 'https', ':authority': target.authority, ':path': path, 'user-agent': USER_AGENT };
}

function own({ headers }: Attempt): http2.OutgoingHttpHeaders {
  const map: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    map[key] = map[key] === undefined ? value : [map[key], value].flat();
  }
  return map;
}

function answerOf(headers: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader): Answer {
  const fields = Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(', ')]);
  const grpcStatus = numberOf(headers['grpc-status']);
  return { version: '2', status: headers[':status'] ?? 0, headers: kept(fields), ...(grpcStatus === undefined ? {} : { grpcStatus }) };
}

function numberOf(value: string | string[] | undefined): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** What an error of a session or stream says. */
function broken(error: NodeJS.ErrnoException): Heard {
  const refused = failure(error);
  if (refused.alert) return refused;
  const { code, message } = error;
  if (/HTTP_1_1_REQUIRED/.test(message)) return { end: 'closed', says: 'the server ends the request: it wants HTTP/1.1 for it (HTTP_1_1_REQUIRED)' };
  if (code === 'ERR_HTTP2_STREAM_ERROR') return { end: 'closed', says: `the request is reset (${/NGHTTP2_(\w+)/.exec(message)?.[1] ?? plain(message)})` };
  if (code === 'ERR_HTTP2_ERROR') return { end: 'other-protocol', says: 'h2 is selected by ALPN, and what comes back is no HTTP/2' };
  return { end: 'closed', says: `the connection ends: ${plain(message)}` };
}
