// What one port of a program can do, as a table row: the vocabulary in which every server here is described.
// The engine that turns a row and a knock into an outcome is admit.ts (does the request get in) and answer.ts (what it gets).
// Not here: the rows; they stand with their program and name their sources.

import { TlsVersion } from '../../protocol';

/** One listener of a program. */
export interface Port {
  readonly tls?: TlsSide;
  /** HTTP/1 requests; undefined: not spoken, see `instead`. */
  readonly http1?: Http1Side;
  /** What an HTTP/1 caller gets where only HTTP/2 is spoken. */
  readonly instead?: 'frames' | 'closed' | number;
  readonly http2?: Http2Side;
  /** A PROXY line has to come before anything else; without it the connection is closed. */
  readonly proxyProtocol?: true;
  /** HTTP/3 on the UDP port of the same number. */
  readonly http3?: boolean;
  readonly app: App;
}

export interface TlsSide {
  /** Versions that a handshake can end with, the security level of the library counted in. */
  readonly versions: readonly TlsVersion[];
  /** What it selects from, its favourite first; empty: it does not look at ALPN. */
  readonly alpn: readonly string[];
  /**
   * When the caller offers ALPN, and nothing that is in the list: alert no_application_protocol; no selection, and on it goes;
   * http/1.1 all the same, at which callers give up; or the alert except for callers that offer http/1.1.
   */
  readonly mismatch: 'alert' | 'none' | 'selects http/1.1' | 'alert unless http/1.1';
  /** HTTP/2 with TLS 1.2 suites that RFC 9113 appendix A forbids. */
  readonly cbc: 'served' | 'closed' | 'tls-failure' | 'tls-failure with h2';
  /** TLS 1.2 with RSA key exchange. */
  readonly rsaKeyExchange: boolean;
  /** HTTP/2 is kept from TLS 1.0 and 1.1; undefined: it is selected there too. */
  readonly http2Floor?: '1.2';
  /** Callers without the right server name fail. */
  readonly needsServerName?: boolean;
  /** A client certificate is asked for, and without one: the handshake fails (`closes`: without the alert, in TLS 1.3), or HTTP answers with this status. */
  readonly clientCertificate?: 'handshake' | 'closes' | number;
  /** What cleartext HTTP gets. */
  readonly plain: 'closed' | number;
}

export interface Http1Side {
  /** HTTP/1.0 requests: served, or this status. */
  readonly http10: 'served' | number;
  /** HTTP/1.1 without Host: served, or this status. */
  readonly withoutHost: 'served' | number;
  /** The HTTP/2 preface where HTTP/2 is not spoken: closed, or this status in HTTP/1 (200: the application saw `PRI *`). */
  readonly toPreface: 'closed' | number;
  /** A PROXY line that nobody asked for. */
  readonly toProxyLine: 'closed' | 'silent' | number;
  /** `Upgrade: h2c`; undefined, and whatever does not switch: as any other upgrade. */
  readonly h2c?: 'switches' | 'switches without body';
  /** And only if Connection names HTTP2-Settings too (RFC 7540 section 3.2.1), which it does not behind a proxy that writes its own. */
  readonly h2cNamed?: true;
  /** What becomes of any other upgrade than those that are known here: the application, closed, silence, or this status. */
  readonly otherUpgrade?: Handshake;
  /** `Connection: Upgrade` without Upgrade: the application, or this status. */
  readonly loneConnectionUpgrade?: number;
  /** HTTP/1.0 without Host, from a caller that named a server in the TLS handshake: this status. */
  readonly namedByTlsOnly?: number;
  /** Answers to requests without Upgrade announce HTTP/2 in an Upgrade header. */
  readonly announcesUpgrade?: true;
  /** Switches, and then carries nothing: a mistake of the program. */
  readonly h2cBroken?: boolean;
  readonly webSocket?: WebSocketSide;
}

/** What becomes of a handshake with one thing wrong: taken all the same, handed to the application, no answer, closed, or this status. */
export type Handshake = 'taken' | 'app' | 'closed' | 'silent' | number;

/** How strictly a WebSocket handshake is read; the first rule that is not `taken` decides, in this order except for the path. */
export interface WebSocketSide {
  /** Where handshakes are expected, without a query; undefined: everywhere. */
  readonly path?: string;
  /** With this in its query, a request for the path counts as a handshake whatever else it has or lacks. */
  readonly query?: string;
  readonly elsewhere: Handshake;
  /** The path is looked at after everything else. */
  readonly pathLast?: true;
  /** Requests for any other protocol come here too, and get this. */
  readonly otherProtocol?: Handshake;
  /** No Upgrade header. */
  readonly noUpgrade: Handshake;
  /** Upgrade, but Connection does not name it. */
  readonly noConnection: Handshake;
  readonly notGet: Handshake;
  readonly http10: Handshake;
  readonly noKey: Handshake;
  readonly badKey: Handshake;
  readonly versions: readonly number[];
  readonly otherVersion: Handshake;
  /** 101, but no frame is carried. */
  readonly frames?: false;
  /** A good handshake is not what it takes: an answer for all of them. */
  readonly good?: Handshake;
}

export interface Http2Side {
  /** By prior knowledge or ALPN; false: only after `Upgrade: h2c`. */
  readonly atOnce: boolean;
  /** RFC 8441: not announced, announced and served, or announced and answered with this status. */
  readonly extendedConnect?: 'served' | number;
  /** Extended CONNECT for another protocol than WebSocket, where it is announced; 400 unless said. */
  readonly otherProtocol?: number;
  /** :scheme https on a clear port. */
  readonly foreignScheme?: 'closed';
  /** HTTP/1 bytes after h2 was selected. */
  readonly http1Bytes: 'frames' | 'closed' | 'served';
  /** Selects h2 and then answers in HTTP/1: a mistake of the program. */
  readonly broken?: boolean;
}

/** What the application behind it all answers, and how long a quiet connection is kept. */
export interface App {
  readonly status: number;
  readonly grpc?: number;
  readonly untypedBody?: number;
  /** Seconds of keep-alive; 0: closes after each answer; Infinity: longer than anybody waits. */
  readonly keepAliveSeconds: number;
}
