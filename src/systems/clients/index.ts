// How a client program calls a server, and what it tells its user: a row (programs.ts) becomes knocks, and what is seen is read as
// the program reads it. Callers that need more than one knock: Upgrade: h2c, CONNECT to a forward proxy first.
// Not here: which programs there are; clients as classes (protocol/client.ts), which this does not replace.
// Facts: RFC 9112 section 3.2.3 (CONNECT), RFC 7540 section 3.2 (Upgrade: h2c; dropped from RFC 9113), RFC 6066 section 3 (a server
// name is a DNS name: JSSE leaves out names of one label, and nobody sends an address).

import { TlsVersion } from '../../protocol';
import { Hello, Knock, Program, Seen } from '../program/knock';

/** How a program calls. */
export interface Calls {
  /** The version of its requests; `by-alpn`: HTTP/2 where the server selects h2, else HTTP/1.1. */
  readonly http: '1.0' | '1.1' | '2' | 'by-alpn';
  /** What it offers by ALPN, best first; empty: no extension. */
  readonly alpn: readonly string[];
  /** Empty: no TLS at all. */
  readonly tls: readonly TlsVersion[];
  /** The server is named in the TLS handshake only if its name has a dot. */
  readonly sni?: 'dotted names only';
  /** What it does on http:// that it does not say otherwise. */
  readonly clear?: 'Upgrade: h2c' | 'HTTP/2 at once';
  /** The version of its CONNECT; 1.1 unless said. */
  readonly connect?: '1.0';
  /** It opens WebSockets, and anything but 101 is a failed connection to it. */
  readonly webSocket?: true;
  /** What it makes of an answer that is no HTTP/1, where it does not give up: a page with this status. */
  readonly foreignIs?: number;
  /** It does not tell a failed TLS handshake from any other failure. */
  readonly hidesTlsFailure?: true;
}

/** Where it calls. */
export interface Destination {
  readonly scheme: 'http' | 'https' | 'ws' | 'wss';
  readonly path: string;
  readonly host: 'dotted name' | 'name of one label' | 'address';
  /** A forward proxy, asked by CONNECT. */
  readonly proxy?: Program;
}

/** What the user of the program sees. */
export function call(calls: Calls, to: Destination, server: Program): Seen {
  const { proxy } = to;
  const refused = proxy && tunnelRefused(calls, proxy);
  return refused ?? read(calls, exchange(calls, to, server));
}

function tunnelRefused({ connect }: Calls, proxy: Program): Seen | undefined {
  const seen = proxy({ over: 'clear', version: connect ?? '1.1', method: 'CONNECT', path: '/', host: 'name' });
  return seen.kind === 'status' && seen.status < 300 ? undefined : seen;
}

function exchange(calls: Calls, to: Destination, server: Program): Seen {
  const tls = to.scheme === 'https' || to.scheme === 'wss';
  if (tls && calls.tls.length === 0) return { kind: 'tls-failure', alert: 'the program has no TLS' };
  const request: Knock = {
    over: tls ? 'tls' : 'clear',
    version: versionOf(calls, tls),
    method: 'GET',
    path: to.path,
    host: to.host === 'address' ? 'address' : 'name',
    ...(tls ? { hello: helloOf(calls, to) } : {}),
    ...(calls.webSocket ? { upgrade: 'websocket', connection: ['upgrade'], webSocketVersion: 13, webSocketKey: 'valid' } : {}),
  };
  return !tls && calls.clear === 'Upgrade: h2c' ? upgrading(request, server) : server(request);
}

function versionOf({ http, clear }: Calls, tls: boolean): Knock['version'] {
  if (tls) return http;
  return clear === 'HTTP/2 at once' ? '2' : http === '1.0' ? '1.0' : '1.1';
}

function helloOf({ tls, alpn, sni }: Calls, { host }: Destination): Hello {
  const named = host === 'dotted name' || (host === 'name of one label' && sni === undefined);
  return { versions: tls, alpn, sni: named ? 'known' : 'none' };
}

/** After 101 the same request is answered over HTTP/2. */
function upgrading(request: Knock, server: Program): Seen {
  const seen = server({ ...request, upgrade: 'h2c', connection: ['upgrade', 'http2-settings'] });
  if (seen.kind !== '101') return seen;
  return seen.frames === false ? { kind: 'connection-closed' } : server(request);
}

/** As the program tells it. */
function read({ webSocket, foreignIs, hidesTlsFailure }: Calls, seen: Seen): Seen {
  const { tls, alpn, possible } = seen;
  const closed: Seen = { kind: 'connection-closed', tls, alpn, possible };
  switch (seen.kind) {
    case 'tls-failure': return hidesTlsFailure ? closed : seen;
    case 'wrong-protocol': return foreignIs === undefined || seen.status !== undefined ? closed : { kind: 'status', status: foreignIs, tls, alpn, possible };
    case 'client-refuses': return closed;
    case 'status': return webSocket ? closed : seen;
    case '101':
    case 'connection-closed':
    case 'timeout':
    case 'unknown': return seen;
    default: return seen satisfies never;
  }
}
