// What a server speaks, as declared (docs/declarations.md). A template cannot show it.

/** The words of a declaration. `h2` is HTTP/2 over TLS, `h2c` HTTP/2 in cleartext, `tls`: the port expects TLS. */
export const SPEAKS = ['http/1.0', 'http/1.1', 'h2', 'h2c', 'websocket', 'grpc', 'tls', 'socket.io'] as const;

export type Speaks = (typeof SPEAKS)[number];

export function isSpeaks(word: string): word is Speaks {
  return (SPEAKS as readonly string[]).includes(word);
}

/** A declared server, or one port or path of it. */
export interface Server {
  readonly speaks: readonly Speaks[];
  /** Nothing else than what it speaks. */
  readonly only: boolean;
  /** Status that a plain GET gets. */
  readonly plainHttpAnswer?: number;
  readonly pingIntervalSeconds?: number;
  /** The declaration is about this port only. */
  readonly port?: number;
  /** The declaration is about this path only. */
  readonly path?: string;
  /** On a distribution: the origin it is about. */
  readonly origin?: string;
  /** socket.io transports: polling, websocket; empty when not said. */
  readonly transports: readonly string[];
  /** What a WebSocket handshake without its Sec-WebSocket headers gets, where the program is known. */
  readonly spoiltHandshake?: '400' | '426';
}
