// What a server answers to a request that reaches it, given what is declared of it. Without a declaration a server
// speaks HTTP/1.1, and the answer says so. Where its version, its settings or proxies before it are declared, the model of the
// program answers (ask.ts); else the words do.
// Facts: RFC 6455 section 4.2.2, RFC 9110 section 15.5.22 (426); Node ws answers a plain GET with 426 (websockets/ws#1297);
// nginx answers plain HTTP on a TLS port with 400 (nginx documentation, status 497); h2 preface at an HTTP/1.1 server: RFC 9113 section 3.4.

import { ask } from './ask';
import { HttpVersion, Kind, Outcome } from '../../protocol';
import { KnownServer } from '../ecs';
import { Answer, Fault } from '../hop';
import { matches } from '../pattern';

/** A request as it reaches the server. */
export interface Arrival {
  readonly kind: Kind;
  readonly version: HttpVersion;
  readonly scheme: 'http' | 'https';
  /** TLS versions that the last hop offers. */
  readonly tls: readonly string[];
  readonly path: string;
  /** A health check rather than a client. */
  readonly probe?: boolean;
  /** A hop before has spoilt the WebSocket handshake. */
  readonly spoilt?: 'no-upgrade' | 'no-websocket-headers';
}

export type Reply =
  | { readonly does: 'serve'; readonly assumed?: string }
  | Refusal
  | { readonly does: 'unknown'; readonly why: string };

export interface Refusal {
  readonly does: 'refuse';
  readonly with: Outcome;
  readonly mismatch: Mismatch;
  readonly why: string;
  readonly certain: boolean;
  /** A declared proxy before the server is to blame, whatever sent the request there. */
  readonly fault?: Pick<Fault, 'cause' | 'resource' | 'property'>;
}

/** The answer where a declared proxy before the server is to blame. */
export function blamesProxy({ fault, why, certain, with: outcome }: Refusal): Answer | undefined {
  return fault && { outcome, fault: { ...fault, why, certainty: certain ? 'certain' : 'possible' } };
}

/** What does not fit: decides which setting of the last hop to change. */
export type Mismatch = 'scheme' | 'tls-version' | 'http-version' | 'websocket-only' | 'not-websocket' | 'not-grpc' | 'spoilt';

/** The declarations that are about this port and path, the most specific first. */
export function serversFor(servers: readonly KnownServer[], port: number | undefined, path: string): readonly KnownServer[] {
  if (servers.length === 0) return servers;
  const fitting = servers.filter((server) => {
    if (server.port !== undefined && server.port !== port) return false;
    return server.path === undefined || server.path === path || matches(server.path, path);
  });
  const specific = fitting.filter((server) => server.path !== undefined);
  const general = fitting.filter((server) => server.path === undefined);
  return specific.length && general.every((server) => server.declared) ? specific : [...specific, ...general];
}

const ASSUMED_HTTP1: Reply = { does: 'serve', assumed: 'the server speaks HTTP/1.1; nothing is declared' };
const ASSUMED_HTTP2: Reply = { does: 'serve', assumed: 'the server speaks HTTP/2, as its target group says' };

/** The reply of the server that the declarations describe. */
export function reply(arrival: Arrival, servers: readonly KnownServer[]): Reply {
  if (servers.length === 0 && !arrival.spoilt) return arrival.version === '2' ? ASSUMED_HTTP2 : ASSUMED_HTTP1;
  const said = servers.filter((server) => server.speaks.length > 0);
  const speaks = new Set(said.flatMap((server) => server.speaks));
  const only = said.some((server) => server.only);
  const by = said
    .map((server) => server.by)
    .filter(Boolean)
    .join('; ');
  const answer = said.find((server) => server.plainHttpAnswer !== undefined)?.plainHttpAnswer;
  const modelled = servers.find((server) => server.hops?.length || (server.program && (server.version !== undefined || server.settings)));
  if (modelled) return ask(arrival, modelled);

  const tls = said.find((server) => server.tls)?.tls;
  if (arrival.scheme === 'http' && speaks.has('tls')) {
    return refuse('400', 'scheme', `the port expects TLS and gets plain HTTP (${by})`);
  }
  if (arrival.scheme === 'http' && only && speaks.has('h2') && !speaks.has('h2c')) {
    return refuse('400', 'scheme', `the port speaks HTTP/2 over TLS only and gets plain HTTP (${by})`);
  }
  if (arrival.scheme === 'https' && only && !speaks.has('tls') && !speaks.has('h2')) {
    // "only http/1.1" without "tls" may be meant either way; h2c is cleartext by definition.
    return refuse('502', 'scheme', `the port speaks cleartext only and gets a TLS handshake (${by})`, speaks.has('h2c'));
  }
  if (arrival.scheme === 'https' && tls && !arrival.tls.some((version) => tls.includes(version))) {
    return refuse(
      '502',
      'tls-version',
      `the TLS handshake with the target fails: ${by}, and it is offered TLS ${arrival.tls[0]} to ${arrival.tls[arrival.tls.length - 1]}`,
    );
  }
  if (arrival.spoilt === 'no-upgrade') {
    return refuse(
      String(answer ?? 426) as Outcome,
      'spoilt',
      'a plain GET reaches the WebSocket server, which asks for an upgrade',
      answer !== undefined || speaks.has('websocket'),
    );
  }
  if (arrival.spoilt === 'no-websocket-headers') {
    const known = said.find((server) => server.spoiltHandshake)?.spoiltHandshake;
    return refuse(
      known ?? '400',
      'spoilt',
      known ? `the server refuses the handshake with ${known}` : 'the server refuses the handshake (most with 400, Tomcat and Spring with 426)',
      known !== undefined || speaks.has('websocket') || speaks.has('socket.io'),
    );
  }
  if (speaks.size === 0) return arrival.version === '2' ? ASSUMED_HTTP2 : ASSUMED_HTTP1;
  const http2 = speaks.has('h2') || speaks.has('h2c') || speaks.has('grpc');
  const http1 = speaks.has('http/1.1') || speaks.has('http/1.0') || speaks.has('websocket') || speaks.has('socket.io');
  if (arrival.version === '2' && !http2 && http1) {
    return refuse('502', 'http-version', `the server speaks HTTP/1.1 and gets HTTP/2 (${by})`, only || !arrival.probe);
  }
  if (arrival.version !== '2' && http2 && !http1 && only) {
    return refuse('502', 'http-version', `the server speaks HTTP/2 only and gets HTTP/1.1 (${by})`);
  }
  if (arrival.kind === 'websocket') {
    if (speaks.has('websocket') || speaks.has('socket.io')) return { does: 'serve' };
    return only
      ? refuse('400', 'not-websocket', `the server speaks no WebSocket (${by})`, false)
      : { does: 'serve', assumed: 'the server accepts WebSocket; it is not declared' };
  }
  if (arrival.kind === 'grpc') {
    if (speaks.has('grpc')) return { does: 'serve' };
    return only && !http2
      ? refuse('502', 'not-grpc', `the server speaks no gRPC (${by})`)
      : { does: 'serve', assumed: 'the server answers gRPC; it is not declared' };
  }
  const webSocketOnly = only && [...speaks].every((word) => word === 'websocket' || word === 'tls');
  if (webSocketOnly || (answer !== undefined && !speaks.has('http/1.1'))) {
    const status = String(answer ?? 426) as Outcome;
    // A status page, say, or a poll of Socket.IO: the caller gets what it asked for. A health check still wants to know the status.
    if (!arrival.probe && (/^2/.test(status) || said.some((server) => server.speaks.includes('socket.io') && polls(server)))) return { does: 'serve' };
    return refuse(
      status,
      'websocket-only',
      `the server speaks WebSocket only and answers a plain GET with ${status} (${by})`,
      answer !== undefined,
    );
  }
  return { does: 'serve' };
}

function refuse(outcome: Outcome, mismatch: Mismatch, why: string, certain: boolean = true): Reply {
  return { does: 'refuse', with: outcome, mismatch, why, certain };
}

/** Socket.IO polls over HTTP unless its transports say otherwise (Socket.IO documentation, "transports"). */
function polls({ transports }: KnownServer): boolean {
  return transports.length === 0 || transports.includes('polling');
}

/** What clients a server is there for. */
export function kindsOf(servers: readonly KnownServer[]): { kind: Kind; by: 'declared' | 'inferred' }[] {
  const kinds = new Map<Kind, 'declared' | 'inferred'>();
  for (const server of servers) {
    const by = server.declared ? 'declared' : 'inferred';
    for (const word of server.speaks) {
      if (word === 'websocket' || word === 'socket.io') kinds.set('websocket', by);
      else if (word === 'grpc') kinds.set('grpc', by);
      else if (word !== 'tls') kinds.set('http', by);
      if (word === 'socket.io' && polls(server)) kinds.set('http', by);
    }
  }
  return [...kinds].map(([kind, by]) => ({ kind, by }));
}
