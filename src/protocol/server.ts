// What a server speaks, as declared (docs/declarations.md). A template cannot show it.

import type { PresetId } from './presets';

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
  /** The program, where it alone says what is spoken: nothing written beside it contradicts it. */
  readonly program?: PresetId;
  /** Version of the program. */
  readonly version?: string;
  /** Settings of the program that change what it answers (docs/declarations.md); checked where they are used. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Proxies that a request crosses before it, the outermost first. */
  readonly hops?: readonly DeclaredHop[];
}

/** Programs that can stand before a server, or between others. */
export const HOP_PROGRAMS = ['nginx', 'haproxy', 'apache', 'caddy', 'envoy', 'varnish'] as const;

export type HopProgram = (typeof HOP_PROGRAMS)[number];

/** A proxy before a server: a sidecar, an ingress. */
export interface DeclaredHop {
  readonly program: HopProgram;
  readonly version?: string;
  /** Its configuration, or the part that matters; without it the least that sends everything on. */
  readonly config?: string;
  /** File that the configuration stands in, for messages. */
  readonly file?: string;
  /** Settings of programs whose configuration is not read (docs/declarations.md); checked where they are used. */
  readonly settings?: Readonly<Record<string, unknown>>;
}
