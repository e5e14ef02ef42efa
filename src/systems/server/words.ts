// A server that is declared by the words of the contract, as a port: what can be asked there, and what it answers. What the words
// leave open is taken as programs commonly are: TLS 1.2 and 1.3, 400 for the HTTP/2 preface (most), keep-alive without limit.

import { Server } from '../../protocol';
import { Port, TlsSide, WebSocketSide } from '../program/port';

const WEB_SOCKET: WebSocketSide = {
  elsewhere: 'app', noUpgrade: 'app', noConnection: 'app', notGet: 'app', http10: 'taken', noKey: 400, badKey: 'taken', versions: [13], otherVersion: 400,
};

/** Whether the port expects TLS; h2 says so too, unless h2c stands beside it. */
export function expectsTls(speaks: Server['speaks']): boolean {
  return speaks.includes('tls') || (speaks.includes('h2') && !speaks.includes('h2c'));
}

export function portOf({ speaks, plainHttpAnswer, spoiltHandshake }: Pick<Server, 'speaks' | 'plainHttpAnswer' | 'spoiltHandshake'>): Port {
  const has = (...words: readonly string[]) => speaks.some((word) => words.includes(word));
  const tls = expectsTls(speaks);
  const http2 = has('h2', 'h2c', 'grpc');
  const socket = has('websocket', 'socket.io');
  const http1 = socket || has('http/1.1', 'http/1.0') || !http2;
  const broken = spoiltHandshake === undefined ? {} : { noKey: Number(spoiltHandshake), otherVersion: Number(spoiltHandshake) };
  const alone = socket && !has('http/1.1', 'http/1.0', 'socket.io');
  return {
    ...(tls ? { tls: tlsOf(http2, http1) } : {}),
    ...(http1 ? {
      http1: {
        http10: 'served', withoutHost: 400, toPreface: 400, toProxyLine: 400, ...(socket ? { webSocket: { ...WEB_SOCKET, ...broken } } : {}),
      },
    } : { instead: 'frames' }),
    ...(http2 ? { http2: { atOnce: true, http1Bytes: 'frames' } } : {}),
    app: { status: plainHttpAnswer ?? (alone ? 426 : 200), keepAliveSeconds: Infinity },
  };
}

function tlsOf(http2: boolean, http1: boolean): TlsSide {
  return {
    versions: ['1.2', '1.3'], alpn: [...(http2 ? ['h2'] : []), ...(http1 ? ['http/1.1'] : [])], mismatch: 'none', cbc: 'served', rsaKeyExchange: true, plain: 400,
  };
}
