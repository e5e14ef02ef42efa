// The words at a program's port: what a caller does there, as far as it decides what it gets (Knock), and what it gets (Seen).
// A proxy takes a knock, and sends another one on; a server answers it. Not here: what any program does (port.ts, answer.ts).
// Facts: RFC 9112 section 3 (HTTP/1 request), RFC 9113 section 3.3 and 3.4 (HTTP/2 by ALPN, by preface), RFC 6455 section 4.1
// (WebSocket handshake), RFC 8441 (WebSocket over HTTP/2), the PROXY protocol text of HAProxy.

import { HttpVersion, TlsVersion } from '../../protocol';

/** What a caller does at a port. Undefined headers are not sent. */
export interface Knock {
  /** What the bytes are, whatever the port expects. */
  readonly over: 'clear' | 'tls' | 'quic';
  /** The HTTP version that it sends; `by-alpn`: HTTP/2 if the server selects h2, else HTTP/1.1. Over clear, 2 is prior knowledge. */
  readonly version: HttpVersion | 'by-alpn';
  readonly method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'CONNECT';
  readonly path: string;
  /** Host header or :authority: a name, an address (health checks), or none. */
  readonly host: 'name' | 'address' | 'none';
  /** Token of the Upgrade header. */
  readonly upgrade?: 'websocket' | 'h2c' | 'other';
  /** Tokens of the Connection header. */
  readonly connection?: readonly ('upgrade' | 'keep-alive' | 'close' | 'http2-settings')[];
  /** Sec-WebSocket-Version. */
  readonly webSocketVersion?: number;
  /** Sec-WebSocket-Key. */
  readonly webSocketKey?: 'valid' | 'bad';
  /** The body, by its content type; undefined: no body. */
  readonly body?: 'grpc' | 'json' | 'text' | 'untyped';
  readonly expectContinue?: boolean;
  /** The request target is a whole URL, as towards a proxy. */
  readonly absoluteForm?: boolean;
  /** WebSocket over HTTP/2: CONNECT with :protocol, only where the server announces it (RFC 8441). */
  readonly extendedConnect?: boolean;
  /** :scheme of HTTP/2, where it is not that of the connection. */
  readonly scheme?: 'http' | 'https';
  /** A line before anything else. */
  readonly preface?: 'proxy-v1' | 'proxy-v2';
  /** Over tls: the hello. */
  readonly hello?: Hello;
  /** After the answer, or the upgrade, it keeps the connection open, says nothing, and waits this long for the other side to close it. */
  readonly idleSeconds?: number;
  /** What proxies on the way have done to it, the latest last. */
  readonly changes?: readonly Change[];
}

/** What a proxy did to a request, to be named when the answer is not what the caller wanted. */
export interface Change {
  /** The program: "nginx". */
  readonly by: string;
  readonly does: 'drops Upgrade' | 'drops handshake headers' | 'speaks HTTP/1.0' | 'speaks HTTP/1.1' | 'speaks HTTP/2' | 'offers no ALPN'
  | 'sends no server name' | 'changes TLS';
  /** The setting that makes it do so, as its manual spells it: "proxy_http_version". */
  readonly setting: string;
}

/** A TLS ClientHello. */
export interface Hello {
  readonly versions: readonly TlsVersion[];
  /** Best first; empty: no ALPN extension. */
  readonly alpn: readonly string[];
  readonly sni: 'known' | 'unknown' | 'none';
  /** What its TLS 1.2 suites have in common, if they are few. */
  readonly suites?: 'cbc-only' | 'rsa-key-exchange-only';
  readonly certificate?: boolean;
}

/** What was agreed before the outcome, where there was TLS. */
export interface Leg {
  readonly alpn?: string;
  readonly tls?: TlsVersion;
  /** The outcome rests on this, which is not known: the version of the program, say. */
  readonly possible?: string;
  /** The answer is HTTP/1 and carries an Upgrade header that nobody asked for; in HTTP/2 that would be malformed (RFC 9113 section 8.2.2). */
  readonly upgradeHeader?: true;
}

/** What a caller sees. The kinds are those of the lab (test/lab). */
export type Seen =
  /** A response in the caller's own protocol; `unasked`: said at once, without reading a request. */
  | (Leg & { readonly kind: 'status'; readonly status: number; readonly unasked?: true })
  /** The upgrade was accepted; `frames: false`: and then nothing is carried. */
  | (Leg & { readonly kind: '101'; readonly to: 'websocket' | 'h2c'; readonly frames?: boolean })
  /** No TLS session; `alert` as far as known. */
  | (Leg & { readonly kind: 'tls-failure'; readonly alert?: string })
  /** Closed or reset without a response, or, when it idled, after one; `refused`: nothing listens there. */
  | (Leg & { readonly kind: 'connection-closed'; readonly afterSeconds?: number; readonly refused?: true })
  /** Nothing within the caller's patience. */
  | (Leg & { readonly kind: 'timeout' })
  /** An answer that is not in the caller's protocol: HTTP/1 to the HTTP/2 preface (with its status), frames to HTTP/1, no ALPN h2. */
  | (Leg & { readonly kind: 'wrong-protocol'; readonly status?: number })
  /** The caller may not go on by its own rules: extended CONNECT is not announced. */
  | (Leg & { readonly kind: 'client-refuses' })
  | (Leg & { readonly kind: 'unknown'; readonly because: string });

/** What a program does with every knock at one of its ports: a server under its settings, or a proxy and what stands behind it. */
export type Program = (knock: Knock) => Seen;

/** Nothing listens. */
export const REFUSED: Program = () => ({ kind: 'connection-closed', refused: true });

/** A knock as a proxy sends it on: what was said on the leg before is gone unless it is said again. */
export function withChange(knock: Knock, ...changes: readonly Change[]): Knock {
  return changes.length === 0 ? knock : { ...knock, changes: [...(knock.changes ?? []), ...changes] };
}

/** Whether the HTTP/1 request asks for a switch of protocols: an Upgrade header, and Connection names it. */
export function asksForUpgrade(knock: Knock): boolean {
  return knock.upgrade !== undefined && (knock.connection ?? []).includes('upgrade');
}

/** One line for people and for test failures: "426", "101 websocket", "tls-failure (protocol_version)". */
export function nameSeen(seen: Seen): string {
  const leg = [seen.tls && `TLS ${seen.tls}`, seen.alpn, seen.possible && `possibly: ${seen.possible}`].filter(Boolean).join(', ');
  return leg ? `${nameKind(seen)} [${leg}]` : nameKind(seen);
}

function nameKind(seen: Seen): string {
  switch (seen.kind) {
    case 'status': return String(seen.status);
    case '101': return `101 ${seen.to}${seen.frames === false ? ' without frames' : ''}`;
    case 'tls-failure': return seen.alert ? `tls-failure (${seen.alert})` : 'tls-failure';
    case 'connection-closed': return seen.afterSeconds === undefined ? 'connection-closed' : `connection-closed after ${seen.afterSeconds} s`;
    case 'wrong-protocol': return seen.status === undefined ? 'wrong-protocol' : `wrong-protocol ${seen.status}`;
    case 'unknown': return `unknown: ${seen.because}`;
    case 'timeout':
    case 'client-refuses': return seen.kind;
    default: return seen satisfies never;
  }
}
