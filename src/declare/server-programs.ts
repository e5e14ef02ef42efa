// What is known about a server program besides what it speaks, for the programs whose settings change what a caller gets.

import { ServerOptions } from './server';

/**
 * What is known about a program of Server.preset.
 */
export interface PresetOptions extends ServerOptions {
  /**
   * Version of the program: `20.20.2`.
   *
   * @default - not known: where versions differ, the older and worse behavior is taken as possible
   */
  readonly version?: string;

  /**
   * Settings of the program that change what a caller gets; docs/declarations.md lists them for each program.
   *
   * @default - as shipped
   */
  readonly settings?: { [name: string]: any };
}

/**
 * A worker class of Gunicorn.
 */
export enum GunicornWorker {
  /** The default. With HTTP/2 over TLS it selects h2 and answers HTTP/1.1 (seen with 26.2). */
  SYNC = 'sync',
  /** Threads; keeps connections for two seconds. */
  GTHREAD = 'gthread',
  /** Greenlets. */
  GEVENT = 'gevent',
  /** ASGI, from Gunicorn 26. */
  ASGI = 'asgi',
}

/**
 * How Gunicorn takes HTTP/2 in cleartext (from 26.2).
 */
export enum GunicornCleartextHttp2 {
  /** After `Upgrade: h2c`. */
  UPGRADE = 'upgrade',
  /** At once, and no HTTP/1 at all. */
  PRIOR_KNOWLEDGE = 'prior-knowledge',
  /** Either way. */
  BOTH = 'both',
}

/**
 * What is known about a Gunicorn.
 */
export interface GunicornOptions extends ServerOptions {
  /**
   * Its version: `26.2.2`.
   *
   * @default - not known: the older and worse behavior is taken as possible
   */
  readonly version?: string;

  /**
   * The worker class (`-k`).
   *
   * @default GunicornWorker.SYNC
   */
  readonly worker?: GunicornWorker;

  /**
   * `--http-protocols`: `h1`, `h2`, best first.
   *
   * @default - h1
   */
  readonly httpProtocols?: string[];

  /**
   * `--http2-cleartext`.
   *
   * @default - off
   */
  readonly http2Cleartext?: GunicornCleartextHttp2;

  /**
   * Whether the load balancer's addresses are in `--forwarded-allow-ips`; without it cleartext HTTP/2 stays off for it.
   *
   * @default false
   */
  readonly trustedPeer?: boolean;
}

/**
 * What is known about a Tomcat.
 */
export interface TomcatOptions extends ServerOptions {
  /**
   * Its version: `11.0.24`.
   *
   * @default - not known: the older and worse behavior is taken as possible
   */
  readonly version?: string;

  /**
   * Whether the connector has the HTTP/2 upgrade protocol.
   *
   * @default false
   */
  readonly http2?: boolean;

  /**
   * Whether Http2Protocol has `allowSchemeMismatch`; without it cleartext HTTP/2 whose `:scheme` is https is reset by versions of
   * 2026 and later.
   *
   * @default false
   */
  readonly allowSchemeMismatch?: boolean;
}

/**
 * What uWSGI listens with.
 */
export enum UwsgiListener {
  /** `http-socket`: carries WebSocket. */
  HTTP_SOCKET = 'http-socket',
  /** `http11-socket`: carries WebSocket. */
  HTTP11_SOCKET = 'http11-socket',
  /** The `http` router: carries WebSocket with `http-websockets` only. */
  HTTP = 'http',
  /** The `https` router: carries WebSocket with `http-websockets` only. */
  HTTPS = 'https',
}

/**
 * What is known about a uWSGI.
 */
export interface UwsgiOptions extends ServerOptions {
  /**
   * What it listens with.
   *
   * @default UwsgiListener.HTTP_SOCKET
   */
  readonly listener?: UwsgiListener;

  /**
   * Whether the router has `http-websockets`.
   *
   * @default false
   */
  readonly httpWebSockets?: boolean;
}

/**
 * What is known about a server that shares its port between `ws` and HTTP routes.
 */
export interface NodeWebSocketOptions extends ServerOptions {
  /**
   * Version of Node.js: `24.9.0`.
   *
   * @default - not known: the older and worse behavior is taken as possible
   */
  readonly version?: string;

  /**
   * Path of the WebSocket (`path` of WebSocketServer): handshakes elsewhere get 400.
   *
   * @default - any
   */
  readonly webSocketPath?: string;
}
