// What was seen when one connection was tried: the words in which connect.ts answers, and from which outcomes and causes are drawn.
// Everything that a server said has been through plain() (foreign.ts).

import { TlsVersion } from '../protocol';

/** How an attempt ended. */
export type End =
  /** A response in the protocol that was spoken. */
  | 'answered'
  /** The TLS handshake was all that was asked for, and it succeeded. */
  | 'open'
  /** No TCP connection: refused, no route, or no answer. */
  | 'no-connection'
  /** No TLS session. */
  | 'tls-failure'
  /** TLS, but the certificate is not one to trust; nothing was sent. */
  | 'certificate'
  /** Closed or reset without a response. */
  | 'closed'
  /** Nothing within the time. */
  | 'silent'
  /** An answer that is not in the protocol that was spoken. */
  | 'other-protocol'
  /** The client may not go on by its own rules: no h2 by ALPN, no extended CONNECT. */
  | 'client-refuses'
  /** Not tried, or this machine cannot try it. */
  | 'untested';

export interface Evidence {
  readonly end: End;
  /** One sentence for people, without the client's name. */
  readonly says: string;
  readonly tls?: TlsSeen;
  /** The TLS alert of the server, as RFC 8446 section 6.2 spells it. */
  readonly alert?: string;
  readonly answer?: Answer;
  readonly webSocket?: WebSocketSeen;
  readonly milliseconds: number;
}

export interface TlsSeen {
  readonly version: TlsVersion;
  readonly cipher: string;
  /** What the server selected; undefined: nothing. */
  readonly alpn?: string;
  readonly certificate?: CertificateSeen;
}

export interface CertificateSeen {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validTo: string;
  /** Whether the chain leads to an authority that Node.js ships; if not, it is a private one, or an inspecting proxy's. */
  readonly publicAuthority: boolean;
  /** Why it is not to be trusted: the code of Node.js, "DEPTH_ZERO_SELF_SIGNED_CERT". */
  readonly problem?: string;
}

export interface Answer {
  readonly version: '1.0' | '1.1' | '2';
  readonly status: number;
  /** Those that say who answered and why (HEADERS), names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The gRPC status, from headers or trailers. */
  readonly grpcStatus?: number;
  /** The start of the body without what differs each time, to tell answers apart. */
  readonly body?: string;
}

export interface WebSocketSeen {
  /** Whether Sec-WebSocket-Accept is that of the key (RFC 6455 section 4.2.2). */
  readonly accepted: boolean;
  /** Whether frames come through: to a ping came a frame; a close frame with this code; nothing; the connection ended. */
  readonly frames?: 'come' | 'none' | 'cut' | number;
  /** Over HTTP/2 (RFC 8441). */
  readonly overHttp2?: true;
}

/** Headers that are kept. */
export const HEADERS: readonly string[] = [
  'alt-svc', 'connection', 'content-type', 'grpc-message', 'grpc-status', 'location', 'sec-websocket-protocol', 'sec-websocket-version', 'server',
  'upgrade', 'via', 'www-authenticate', 'x-amzn-errortype', 'x-cache', 'x-squid-error',
];

/** Something went wrong before there was an answer. */
export type Failed = Omit<Evidence, 'milliseconds' | 'answer' | 'webSocket'>;
