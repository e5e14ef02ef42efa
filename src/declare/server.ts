// What a server speaks, as CDK users say it. Ends as one object of the `server` metadata (docs/declarations.md); what
// follows from it is decided by the analysis, never here. Refused at once is what no server can be: an impossible port,
// status or path.

import { Duration, Token } from 'aws-cdk-lib';
import { defined } from './defined';
import { Protocol, SocketIoTransport } from './protocol';
import { Proxy, ProxyOptions } from './proxy';
import { ServerPreset } from './server-preset';
import { GunicornOptions, NodeWebSocketOptions, PresetOptions, TomcatOptions, UwsgiListener, UwsgiOptions } from './server-programs';
import { misfits, presetOf, SERVER_SETTINGS } from '../protocol';

/**
 * What is known about a server besides its protocol.
 */
export interface ServerOptions {
  /**
   * Whether it speaks nothing else: a plain HTTP/1.1 request is not served.
   *
   * @default false
   */
  readonly only?: boolean;

  /**
   * Whether its port expects TLS.
   *
   * @default - false; true for `Server.http2()`
   */
  readonly tls?: boolean;

  /**
   * The HTTP status that a plain GET gets, for instance 426 from a WebSocket server or 400 from one that reports a bad
   * handshake.
   *
   * @default - 200 where HTTP is spoken, otherwise not known
   */
  readonly plainHttpAnswer?: number;

  /**
   * Time between two pings on an idle WebSocket or HTTP/2 connection; it must be shorter than the idle timeout of every hop.
   *
   * @default - not known
   */
  readonly pingInterval?: Duration;

  /**
   * The port that this is about, from 1 to 65535, where the ports of one resource differ.
   *
   * @default - all ports
   */
  readonly port?: number;

  /**
   * The path that this is about, for instance `/healthz` or `/ws/*`, where the paths of one server differ.
   *
   * @default - all paths
   */
  readonly path?: string;

  /**
   * On a distribution: the id of the origin that this is about.
   *
   * @default - all origins
   */
  readonly origin?: string;
}

/**
 * A server in full.
 */
export interface ServerProps extends ServerOptions {
  /** All that it speaks. */
  readonly speaks: Protocol[];

  /**
   * The transports of Socket.IO that it accepts.
   *
   * @default - not known
   */
  readonly transports?: SocketIoTransport[];

  /**
   * The program, from which follows what else is known about it.
   *
   * @default - not known
   */
  readonly preset?: ServerPreset;

  /**
   * Version of the program.
   *
   * @default - not known
   */
  readonly version?: string;

  /**
   * Settings of the program that change what a caller gets.
   *
   * @default - as shipped
   */
  readonly settings?: { [name: string]: any };

  /**
   * Proxies that a request crosses before it, the outermost first.
   *
   * @default - none
   */
  readonly proxies?: Proxy[];
}

/**
 * A server behind a proxy whose configuration is in a file.
 */
export interface BehindProxyOptions extends ProxyOptions {
  /**
   * The server that the proxy sends requests to.
   *
   * @default - a server that speaks HTTP/1.1
   */
  readonly server?: Server;

  /**
   * The port that the proxy listens on, where its configuration has several.
   *
   * @default - the only one
   */
  readonly port?: number;
}

/**
 * What is known about a Socket.IO server.
 */
export interface SocketIoOptions extends ServerOptions {
  /**
   * The transports that it accepts.
   *
   * @default - not known; the library's own default is polling first, then WebSocket
   */
  readonly transports?: SocketIoTransport[];
}

/**
 * What a server speaks, which a template cannot show.
 */
export class Server {
  /**
   * An ordinary HTTP/1.1 server.
   *
   * @param options what else is known about it
   */
  public static http1(options: ServerOptions = {}): Server {
    return new Server({ ...options, speaks: [Protocol.HTTP_1_1] });
  }

  /**
   * A server that speaks HTTP/2 over TLS and, unless `only`, HTTP/1.1 to callers that do not offer `h2` in ALPN.
   *
   * @param options what else is known about it
   */
  public static http2(options: ServerOptions = {}): Server {
    return new Server({ tls: true, ...options, speaks: orHttp1([Protocol.H2], options) });
  }

  /**
   * A server that speaks HTTP/2 in cleartext (h2c, prior knowledge) and, unless `only`, HTTP/1.1.
   *
   * @param options what else is known about it
   */
  public static h2c(options: ServerOptions = {}): Server {
    return new Server({ ...options, speaks: orHttp1([Protocol.H2C], options) });
  }

  /**
   * A server that speaks WebSocket and, unless `only`, serves plain HTTP/1.1 requests as well.
   *
   * @param options what else is known about it
   */
  public static webSocket(options: ServerOptions = {}): Server {
    return new Server({ ...options, speaks: orHttp1([Protocol.WEBSOCKET], options) });
  }

  /**
   * The `ws` package of Node.js listening on a port of its own: WebSocket and nothing else, and 426 to a plain GET.
   *
   * Source: websockets/ws lib/websocket-server.js, and seen with the real program. Where `ws` shares a port with HTTP routes,
   * use `Server.preset(ServerPreset.NODE_WS_WITH_HTTP)`.
   *
   * @param options what else is known about it
   */
  public static nodeWs(options: ServerOptions = {}): Server {
    return Server.preset(ServerPreset.NODE_WS, options);
  }

  /**
   * A program as shipped: what it speaks follows from its name. Where versions differ, the older and worse behaviour is assumed.
   *
   * @param preset the program
   * @param options what is known otherwise about it; `only: false` says that it speaks more than as shipped
   */
  public static preset(preset: ServerPreset, options: PresetOptions = {}): Server {
    const { speaks, only, plainHttpAnswer } = presetOf(preset)!;
    return new Server({ only, plainHttpAnswer, ...defined(options), speaks: [...speaks] as Protocol[], preset });
  }

  /**
   * The `ws` package on the port of a Node.js HTTP server.
   *
   * @param options what else is known about it
   */
  public static nodeWsWithHttp(options: NodeWebSocketOptions = {}): Server {
    const { webSocketPath, ...rest } = options;
    return Server.preset(ServerPreset.NODE_WS_WITH_HTTP, { ...rest, ...(webSocketPath === undefined ? {} : { settings: { path: webSocketPath } }) });
  }

  /**
   * A Gunicorn with workers of its own; for the Uvicorn worker see `ServerPreset.GUNICORN_UVICORN_WORKER`.
   *
   * Source: seen with 20.1, 23.0 and 26.2.
   *
   * @param options version and settings
   */
  public static gunicorn(options: GunicornOptions = {}): Server {
    const { worker, httpProtocols, http2Cleartext, trustedPeer, ...rest } = options;
    return Server.preset(ServerPreset.GUNICORN, { ...rest, settings: defined({ worker, httpProtocols, http2Cleartext, trustedPeer }) });
  }

  /**
   * A Tomcat, alone or in Spring Boot.
   *
   * Source: seen with 10.1.60, 11.0.22 and 11.0.24.
   *
   * @param options version and settings
   */
  public static tomcat(options: TomcatOptions = {}): Server {
    const { http2, allowSchemeMismatch, ...rest } = options;
    const preset = http2 && !options.tls ? ServerPreset.TOMCAT_HTTP2 : ServerPreset.TOMCAT;
    return Server.preset(preset, { ...rest, settings: defined({ http2, allowSchemeMismatch }) });
  }

  /**
   * A uWSGI that speaks HTTP itself.
   *
   * Source: seen with 2.0.21, 2.0.28 and 2.0.31.
   *
   * @param options its settings
   */
  public static uwsgi(options: UwsgiOptions = {}): Server {
    const { listener, httpWebSockets, ...rest } = options;
    const tls = listener === UwsgiListener.HTTPS ? { tls: true } : {};
    const { _props: props } = Server.preset(ServerPreset.UWSGI, { ...tls, ...rest, settings: defined({ listens: listener, httpWebSockets }) });
    return new Server({ ...props, speaks: [...props.speaks, ...(httpWebSockets ? [Protocol.WEBSOCKET] : [])] });
  }

  /**
   * The server behind an nginx with this configuration file, which becomes a hop of its own: whether it passes WebSocket and gRPC on,
   * which HTTP and TLS versions it speaks. What cannot be read and matters makes the outcome unknown, by file and line.
   *
   * @param file path of the configuration
   * @param options the server behind it, and the version of nginx
   */
  public static nginxConfig(file: string, options: BehindProxyOptions = {}): Server {
    const { server = Server.http1(), port, version } = options;
    return server.behindProxy(Proxy.nginxConfig(file, { version }), port);
  }

  /**
   * The server behind an HAProxy with this configuration file, which becomes a hop of its own.
   *
   * @param file path of the configuration
   * @param options the server behind it, and the version of HAProxy
   */
  public static haproxyConfig(file: string, options: BehindProxyOptions = {}): Server {
    const { server = Server.http1(), port, version } = options;
    return server.behindProxy(Proxy.haproxyConfig(file, { version }), port);
  }

  /**
   * A gRPC server, which speaks HTTP/2 and nothing else: in cleartext, or over TLS when `tls` is set.
   *
   * @param options what else is known about it
   */
  public static grpc(options: ServerOptions = {}): Server {
    return new Server({ ...options, speaks: [Protocol.GRPC] });
  }

  /**
   * A Socket.IO server.
   *
   * @param options what else is known about it
   */
  public static socketIo(options: SocketIoOptions = {}): Server {
    return new Server({ ...options, speaks: orHttp1([Protocol.SOCKET_IO], options) });
  }

  /**
   * Any server.
   *
   * @param props what it speaks and what else is known about it
   */
  public static of(props: ServerProps): Server {
    return new Server(props);
  }

  /**
   * What it was made of, for the constructs that derive their settings from it.
   * @internal
   */
  public readonly _props: ServerProps;

  private constructor(props: ServerProps) {
    const { speaks, port, plainHttpAnswer, path, preset, settings } = props;
    if (speaks.length === 0) throw new Error('Server: \'speaks\' is empty. Name at least one protocol, for instance Protocol.HTTP_1_1.');
    wholeNumberIn('port', port, 1, 65535);
    wholeNumberIn('plainHttpAnswer', plainHttpAnswer, 100, 599);
    if (path !== undefined && !path.startsWith('/')) throw new Error(`Server: 'path' is '${path}'. A path begins with '/', for instance '/healthz'.`);
    const [wrong] = misfits(preset ?? 'a server without preset', (preset && SERVER_SETTINGS[preset]) ?? {}, settings ?? {});
    if (wrong) throw new Error(`Server: ${wrong}.`);
    this._props = props;
  }

  /**
   * This server behind a proxy, or behind one more.
   *
   * @param proxy the proxy that clients come to
   * @param port the port that the proxy listens on; any if it is left out
   */
  public behindProxy(proxy: Proxy, port?: number): Server {
    return new Server({ ...this._props, port, proxies: [proxy, ...(this._props.proxies ?? [])] });
  }

  /**
   * The object of the metadata contract.
   * @internal
   */
  public _toMetadata(): Record<string, unknown> {
    const { preset, version, settings, proxies, speaks, tls, only, transports, plainHttpAnswer, pingInterval, port, path, origin } = this._props;
    const words = tls ? [...speaks, Protocol.TLS] : speaks;
    const metadata = {
      preset,
      version,
      settings: settings && Object.keys(settings).length ? settings : undefined,
      hops: proxies?.length ? proxies.map((proxy) => proxy._toMetadata()) : undefined,
      speaks: [...new Set(words)],
      // A preset has an `only` of its own, which false has to undo.
      only: only || (preset && only === false) ? only : undefined,
      transports,
      plainHttpAnswer,
      pingIntervalSeconds: pingInterval?.toSeconds({ integral: false }),
      port,
      path,
      origin,
    };
    return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
  }
}

function orHttp1(speaks: Protocol[], { only }: ServerOptions): Protocol[] {
  return only ? speaks : [...speaks, Protocol.HTTP_1_1];
}

function wholeNumberIn(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new Error(`Server: '${name}' is ${value}. Expected is a whole number from ${least} to ${most}.`);
}
