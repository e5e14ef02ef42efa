// What a sidecar proxy has to know of the servers behind it: how each is spoken to. Read from their declarations; refused is what
// cannot be proxied. Not here: how that is written in a configuration (nginx-config.ts, haproxy-config.ts).

import { Token } from 'aws-cdk-lib';
import { ProxySidecarProps } from './proxy-sidecar-props';
import { Protocol } from '../declare/protocol';
import { Server } from '../declare/server';

/** A server behind a sidecar. */
export interface Proxied {
  readonly server: Server;
  /** As a route writes it: "/ws/*"; undefined: everything else. */
  readonly path?: string;
  readonly port: number;
  /** HTTP/2 is all that it speaks, or what it is there for (gRPC). */
  readonly http2: boolean;
  readonly tls: boolean;
  readonly webSocket: boolean;
}

/** What a sidecar is rendered from. */
export interface SidecarSpec {
  /** For messages. */
  readonly who: string;
  readonly version: string;
  readonly listenPort: number;
  /** TLS versions on the port; undefined: cleartext. */
  readonly tls?: readonly string[];
  /** The one without a path comes last. */
  readonly servers: readonly Proxied[];
  /** How long a silent connection is kept, in seconds. */
  readonly silentSeconds: number;
}

/** ALB keeps connections to targets for 60 s by default; less on this side would race with it. */
const LEAST_SECONDS = 75;

export function specOf(props: ProxySidecarProps, version: string, who: string): SidecarSpec {
  const { server, routes = {}, tls, listenPort = tls ? 443 : 80 } = props;
  const servers = [...Object.entries(routes).map(([path, one]) => proxied(one, path, who)), proxied(server, undefined, who)];
  const clash = servers.find(({ port }) => port === listenPort);
  if (clash) throw new Error(`${who}: the server and the sidecar both listen on port ${listenPort}. Set 'listenPort', or another port on the server.`);
  const pings = servers.map(({ server: { _props: { pingInterval } } }) =>
    (pingInterval && !pingInterval.isUnresolved() ? pingInterval.toSeconds({ integral: false }) : 0));
  return {
    who,
    version,
    listenPort,
    ...(tls ? { tls: (tls.posture?.versions ?? ['1.2', '1.3']) } : {}),
    servers,
    silentSeconds: Math.max(LEAST_SECONDS, ...pings.map((ping) => 2 * Math.ceil(ping))),
  };
}

function proxied(server: Server, path: string | undefined, who: string): Proxied {
  const { speaks, port, tls } = server._props;
  if (port === undefined || Token.isUnresolved(port)) {
    throw new Error(`${who}: ${path === undefined ? "'server'" : `the server of route '${path}'`} has no port. Say where it listens: Server.http1({ port: 8080 }).`);
  }
  if (path !== undefined && !/^\/[A-Za-z0-9_~./-]*\*?$/.test(path)) {
    throw new Error(`${who}: '${path}' is no path of a route. It begins with '/', and '*' may stand at its end: '/ws/*'.`);
  }
  const has = (...words: Protocol[]) => words.some((word) => speaks.includes(word));
  return {
    server,
    ...(path === undefined ? {} : { path }),
    port,
    http2: has(Protocol.GRPC) || (has(Protocol.H2, Protocol.H2C) && !has(Protocol.HTTP_1_1, Protocol.HTTP_1_0, Protocol.WEBSOCKET)),
    tls: tls === true || has(Protocol.TLS) || (has(Protocol.H2) && !has(Protocol.H2C)),
    webSocket: has(Protocol.WEBSOCKET, Protocol.SOCKET_IO),
  };
}
