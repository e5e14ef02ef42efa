// The built-in classes of caller: what each speaks, offers and refuses. A client is a table row, never code.
// Not here: callers by name (profiles.ts), who must be served (paths/profile.ts).
// Facts: RFC 6455 (WebSocket handshake is HTTP/1.1), RFC 8441 (WebSocket over HTTP/2), RFC 9113 section 3.3 (h2 by ALPN),
// gRPC over HTTP/2 protocol document (h2 only; current libraries insist on ALPN h2: grpc/grpc-go#7922, grpc/grpc-java#5543).

import { Alpn, HttpVersion, Kind } from './http';
import { ProfileId, PROFILES } from './profiles';
import { TlsVersion } from './tls';

export type ClientId =
  | 'http/1.0' | 'http/1.1' | 'h2' | 'h3'
  | 'ws' | 'wss' | 'wss-browser' | 'wss-alpn-h2'
  | 'grpc'
  | 'tls1.0' | 'tls1.1' | 'tls1.2-only' | 'tls1.3-only'
  | 'health-check'
  | ProfileId;

/** A class of caller. */
export interface Client {
  readonly id: ClientId;
  readonly kind: Kind;
  /** HTTP versions it can speak over TLS, best first; on cleartext only those below 2. */
  readonly versions: readonly HttpVersion[];
  /** What it offers in ALPN, best first; empty: it sends no ALPN extension. */
  readonly alpn: readonly Alpn[];
  /** TLS versions it can speak; empty: it never uses TLS. */
  readonly tls: readonly TlsVersion[];
  /** Whether it also calls cleartext ports. */
  readonly cleartext: boolean;
  /** Whether it insists that the server select a protocol by ALPN. */
  readonly needsAlpn?: boolean;
  /** Whether it can add request headers of its own; browsers' WebSocket cannot. */
  readonly setsHeaders: boolean;
  /** One sentence for people. */
  readonly says: string;
}

const MODERN: readonly TlsVersion[] = ['1.2', '1.3'];

const CLASSES: Readonly<Record<Exclude<ClientId, ProfileId>, Client>> = {
  'http/1.0': { id: 'http/1.0', kind: 'http', versions: ['1.0'], alpn: [], tls: MODERN, cleartext: true, setsHeaders: true, says: 'a caller that speaks HTTP/1.0 (nginx proxy_pass by default, ApacheBench, old devices)' },
  'http/1.1': { id: 'http/1.1', kind: 'http', versions: ['1.1'], alpn: ['http/1.1'], tls: MODERN, cleartext: true, setsHeaders: true, says: 'a caller that speaks HTTP/1.1 only (Python requests, Node https, monitors)' },
  'h2': { id: 'h2', kind: 'http', versions: ['2', '1.1'], alpn: ['h2', 'http/1.1'], tls: MODERN, cleartext: false, setsHeaders: true, says: 'a caller that speaks HTTP/2 and falls back to HTTP/1.1 (browsers, curl)' },
  'h3': { id: 'h3', kind: 'http', versions: ['3', '2', '1.1'], alpn: ['h3', 'h2', 'http/1.1'], tls: ['1.3'], cleartext: false, setsHeaders: true, says: 'a caller that speaks HTTP/3 and falls back to HTTP/2 and HTTP/1.1' },
  'ws': { id: 'ws', kind: 'websocket', versions: ['1.1'], alpn: [], tls: [], cleartext: true, setsHeaders: true, says: 'a WebSocket client without TLS' },
  'wss': { id: 'wss', kind: 'websocket', versions: ['1.1'], alpn: ['http/1.1'], tls: MODERN, cleartext: false, setsHeaders: true, says: 'a WebSocket client over TLS' },
  'wss-browser': { id: 'wss-browser', kind: 'websocket', versions: ['1.1'], alpn: ['http/1.1'], tls: MODERN, cleartext: false, setsHeaders: false, says: 'a WebSocket in a browser, which cannot set request headers' },
  'wss-alpn-h2': { id: 'wss-alpn-h2', kind: 'websocket', versions: ['2', '1.1'], alpn: ['h2', 'http/1.1'], tls: MODERN, cleartext: false, setsHeaders: true, says: 'a WebSocket client whose HTTP library offers h2 in ALPN and takes it' },
  'grpc': { id: 'grpc', kind: 'grpc', versions: ['2'], alpn: ['h2'], tls: MODERN, cleartext: false, needsAlpn: true, setsHeaders: true, says: 'a gRPC client over TLS' },
  'tls1.0': { id: 'tls1.0', kind: 'http', versions: ['2', '1.1'], alpn: ['h2', 'http/1.1'], tls: ['1.0'], cleartext: false, setsHeaders: true, says: 'a caller whose TLS stack ends at 1.0' },
  'tls1.1': { id: 'tls1.1', kind: 'http', versions: ['2', '1.1'], alpn: ['h2', 'http/1.1'], tls: ['1.1'], cleartext: false, setsHeaders: true, says: 'a caller whose TLS stack ends at 1.1' },
  'tls1.2-only': { id: 'tls1.2-only', kind: 'http', versions: ['2', '1.1'], alpn: ['h2', 'http/1.1'], tls: ['1.2'], cleartext: false, setsHeaders: true, says: 'a caller that speaks TLS 1.2 only' },
  'tls1.3-only': { id: 'tls1.3-only', kind: 'http', versions: ['2', '1.1'], alpn: ['h2', 'http/1.1'], tls: ['1.3'], cleartext: false, setsHeaders: true, says: 'a caller that speaks TLS 1.3 only' },
  'health-check': { id: 'health-check', kind: 'http', versions: ['1.1'], alpn: [], tls: ['1.0', '1.1', '1.2', '1.3'], cleartext: true, setsHeaders: false, says: 'the health check of a balancer' },
};

/** All clients: the classes above, and callers by name (profiles.ts). */
export const CLIENTS: Readonly<Record<ClientId, Client>> = {
  ...CLASSES,
  ...(Object.fromEntries(Object.entries(PROFILES).map(([id, profile]) => [id, { id, ...profile }])) as unknown as Record<ProfileId, Client>),
};

/** Whether the text names a built-in client. */
export function isClientId(text: string): text is ClientId {
  return Object.prototype.hasOwnProperty.call(CLIENTS, text);
}
