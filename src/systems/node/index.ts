// Node.js servers: http, https, http2 with and without allowHTTP1, and what is built on them: ws, socket.io, Express, Fastify,
// grpc-js. One row per age of Node, and the settings on top of it.
// Facts: seen with Node 18.20.8, 20.20.2, 22.23.3, 24.21.0, 26.10.0, express 4.22.3, fastify 5.12.8, grpc-js 1.14.7.
// Node 20 changed three things: requireHostHeader (nodejs/node#45597), the alert when ALPN has nothing in common
// (nodejs/node#45075), and the idle connection closes a second later than its header says.

import { NodeSettings, NodeTls } from './settings';
import { webSocketOf } from './web-socket';
import { TLS_VERSIONS, TlsVersion } from '../../protocol';
import { answerAt } from '../program/answer';
import { Knock, Program, Seen } from '../program/knock';
import { App, Http1Side, Http2Side, Port, TlsSide } from '../program/port';
import { Age, seenWith } from '../program/versions';

export * from './settings';

interface NodeRow {
  readonly withoutHost: Http1Side['withoutHost'];
  readonly mismatch: TlsSide['mismatch'];
  /** How much later than keepAliveTimeout it closes. */
  readonly closesLater: number;
}

const AGES: readonly Age<NodeRow>[] = [
  { row: { withoutHost: 'served', mismatch: 'none', closesLater: 0 } },
  { since: '20', row: { withoutHost: 400, mismatch: 'alert', closesLater: 1 } },
];

/** What a knock at a Node.js server gets. */
export function node(settings: NodeSettings, knock: Knock): Seen {
  return seenWith('Node.js', AGES, settings.version, (row) => answerAt(portOf(settings, row), knock));
}

export const nodeProgram = (settings: NodeSettings): Program => (knock) => node(settings, knock);

function portOf(settings: NodeSettings, row: NodeRow): Port {
  const http2 = settings.http2 ?? (settings.framework === 'grpc-js' ? {} : undefined);
  const one = http2 === undefined || Boolean(settings.tls && http2.allowHttp1);
  return {
    ...(settings.tls ? { tls: tlsOf(settings.tls, http2 !== undefined, one, row) } : {}),
    ...(one ? { http1: http1Of(settings, row) } : {}),
    // Over TLS it says "Unknown ALPN Protocol, expected `h2` to be available" (403); in cleartext it speaks frames at once.
    instead: settings.tls ? 403 : 'frames',
    ...(http2 ? { http2: http2Of(http2) } : {}),
    app: appOf(settings, row),
  };
}

function tlsOf(tls: NodeTls, http2: boolean, one: boolean, row: NodeRow): TlsSide {
  return {
    versions: between(tls.min ?? '1.2', tls.max ?? '1.3'),
    alpn: [...(http2 ? ['h2'] : []), ...(one ? ['http/1.1'] : [])],
    mismatch: row.mismatch,
    cbc: 'served',
    rsaKeyExchange: true,
    plain: 'closed',
    ...(tls.needsServerName ? { needsServerName: true } : {}),
    ...(tls.requiresClientCertificate ? { clientCertificate: 'handshake' } : {}),
  };
}

function http1Of(settings: NodeSettings, row: NodeRow): Http1Side {
  return {
    // requireHostHeader is a matter of http.Server; the HTTP/1 that http2 takes over does not ask (seen with 20.20.2).
    http10: 'served',
    withoutHost: settings.http2 ? 'served' : row.withoutHost,
    toPreface: 400,
    toProxyLine: 400,
    ...(settings.webSocket ? { webSocket: webSocketOf(settings.webSocket, settings.onlyWebSocketUpgrades ?? false) } : {}),
  };
}

function http2Of(http2: NonNullable<NodeSettings['http2']>): Http2Side {
  if (!http2.enableConnectProtocol) return { atOnce: true, http1Bytes: 'frames' };
  return { atOnce: true, http1Bytes: 'frames', extendedConnect: http2.connectListener === false ? 405 : 'served' };
}

function appOf(settings: NodeSettings, row: NodeRow): App {
  const status = settings.plainAnswer ?? (settings.webSocket?.is === 'ws-alone' ? 426 : 200);
  const keepAliveSeconds = (settings.keepAliveSeconds ?? (settings.framework === 'fastify' ? 72 : 5)) + row.closesLater;
  switch (settings.framework) {
    // Without a parser for the content type Fastify answers 415.
    case 'fastify': return { status, grpc: 415, untypedBody: 415, keepAliveSeconds };
    // An unknown method is 200 with grpc-status 12; what is not gRPC at all is 415.
    case 'grpc-js': return { status: 415, grpc: 200, keepAliveSeconds: Infinity };
    case 'express':
    case undefined: return { status, keepAliveSeconds };
    default: return settings.framework satisfies never;
  }
}

function between(min: TlsVersion, max: TlsVersion): TlsVersion[] {
  return TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(min), TLS_VERSIONS.indexOf(max) + 1);
}
