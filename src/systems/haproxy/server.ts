// The server side of HAProxy: the request as it goes on over HTTP/1 or HTTP/2, and what the caller gets of what comes back.
// HTTP/1 goes on in the version it came in, so HTTP/1.0 travels. `proto h2` has no fallback. An HTTP/1 request has no scheme, and goes to
// an HTTP/2 server with https, which Tomcat resets on a cleartext port. TLS trouble and a refused connection are 503, anything after that 502.
// HTTP/2 callers may be handed a server connection that others left idle; if the request fails on it they see a reset, so that they
// try again (RFC 9113 section 8.7). WebSocket: where alpn has http/1.1 too, a connection of its own with http/1.1 alone; but a caller over
// HTTP/2 gets the idle one here as well (`ws auto` looks for a comma in an ALPN list that has none: srv_check_reuse_ws).
// Not here: retries, which delay a 503 by up to a second each; option redispatch.
// Facts: seen with 2.6.12, 3.0.11, 3.2.26; server.c and mux_h2.c of 3.2.0.

import { HaproxyRow } from './ages';
import { Held, versions } from './front';
import { HaproxyServer, HaproxyServerTls } from './settings';
import { Change, Hello, Knock, nameSeen, Program, Seen, withChange } from '../program/knock';

const BY = 'HAProxy';
const REUSED = 'an HTTP/2 connection to the server that others left idle is used (http-reuse)';

export function send(held: Held, server: HaproxyServer, row: HaproxyRow, behind: Program): Seen {
  const { tls, proto, ws } = server;
  const hello = tls && helloOf(tls, held.knock.host, row);
  // The Upgrade header alone makes it choose a connection for WebSocket.
  const webSocket = held.knock.upgrade === 'websocket';
  if (webSocket && ws !== undefined && ws !== 'auto') return overProtocol(ws === 'h2', held, server, row, behind, hello && { ...hello, alpn: alpnOf(hello, ws) });
  if (proto !== undefined) return overProtocol(proto === 'h2', held, server, row, behind, hello);
  if (!hello || !selectsHttp2(hello, behind)) return overHttp1(held, server, row, behind, hello);
  if (!webSocket || !hello.alpn.includes('http/1.1')) return overHttp2(held, server, row, behind, hello);
  const apart = overHttp1(held, server, row, behind, { ...hello, alpn: ['http/1.1'] });
  if (held.caller !== '2' || !stands(hello, behind)) return apart;
  const reused = overHttp2(held, server, row, behind, hello);
  return nameSeen(reused) === nameSeen(apart) ? reused : { ...reused, possible: REUSED };
}

function alpnOf({ alpn }: Hello, ws: 'h1' | 'h2'): readonly string[] {
  return alpn.length === 0 ? [] : [ws === 'h2' ? 'h2' : 'http/1.1'];
}

function overProtocol(http2: boolean, held: Held, server: HaproxyServer, row: HaproxyRow, behind: Program, hello: Hello | undefined): Seen {
  return http2 ? overHttp2(held, server, row, behind, hello) : overHttp1(held, server, row, behind, hello);
}

export function helloOf({ alpn = [], sni, min = '1.2', max = '1.3', certificate }: HaproxyServerTls, host: Knock['host'], row: HaproxyRow): Hello {
  const name = sni ?? row.serverName;
  return {
    versions: versions(min, max).filter((version) => version === '1.2' || version === '1.3'),
    alpn,
    sni: name === 'fixed' ? 'known' : name === 'none' || host !== 'name' ? 'none' : 'known',
    ...(certificate ? { certificate } : {}),
  };
}

/** What the server picks, asked with a request that harms nothing. */
export function selectsHttp2(hello: Hello, behind: Program): boolean {
  return behind({ over: 'tls', version: 'by-alpn', method: 'GET', path: '/', host: 'name', hello }).alpn === 'h2';
}

function overHttp1(held: Held, server: HaproxyServer, row: HaproxyRow, behind: Program, hello: Hello | undefined): Seen {
  const { knock, caller } = held;
  const version = caller === '1.0' ? '1.0' : '1.1';
  const connection = knock.connection?.filter((word) => word === 'upgrade' || word === 'http2-settings');
  const seen = behind(onward({ ...knock, connection, version, scheme: undefined }, held, server, hello, caller === '2' || caller === '3' ? ['speaks HTTP/1.1'] : []));
  switch (seen.kind) {
    case 'status': return seen;
    // uWSGI switches without `Connection: Upgrade`, which HAProxy has not seen asked for.
    case '101':
      if (!held.upgrades) return status(502, seen);
      return caller === '2' && knock.idleSeconds === undefined ? { ...seen, kind: 'status', status: 200 } : seen;
    case 'tls-failure': return status(503, seen);
    case 'connection-closed': return knock.idleSeconds !== undefined && seen.afterSeconds !== undefined ? seen : seen.refused ? status(503, seen) : cutOff(held, row, seen);
    case 'client-refuses':
    case 'wrong-protocol': return status(502, seen);
    case 'timeout':
    case 'unknown': return seen;
    default: return seen satisfies never;
  }
}

function overHttp2(held: Held, server: HaproxyServer, row: HaproxyRow, behind: Program, hello: Hello | undefined): Seen {
  const { knock, caller, upgrades } = held;
  const scheme = caller === '2' || caller === '3' ? knock.scheme ?? (knock.over === 'clear' ? 'http' : 'https') : knock.absoluteForm ? 'http' : 'https';
  const plain: Knock = { ...knock, version: '2', scheme, upgrade: undefined, connection: undefined, webSocketKey: undefined, absoluteForm: undefined };
  const request: Knock = upgrades ? { ...plain, method: 'CONNECT', extendedConnect: true, upgrade: knock.upgrade } : plain;
  const does: Change['does'][] = caller === '2' ? [] : ['speaks HTTP/2'];
  const seen = behind(onward(request, held, server, hello, does));
  const prior = server.proto === 'h2';
  switch (seen.kind) {
    // Without Host there is no :authority, which most servers reset (Go does not); `Connection: Upgrade` alone has no :protocol to
    // become (Hypercorn takes it all the same); and a CONNECT has no body.
    case 'status':
      if (knock.host === 'none' || (upgrades && (knock.upgrade === undefined || knock.body !== undefined))) return status(502, seen);
      return upgrades && seen.status === 200 && caller !== '2' ? { kind: '101', to: 'websocket', ...possibly(seen) } : seen;
    case 'client-refuses': return caller === '2' ? { kind: 'connection-closed', ...possibly(seen) } : status(502, seen);
    case 'tls-failure': return status(503, seen);
    case 'wrong-protocol': return prior ? foreign(held, row, seen) : cutOff(held, row, seen);
    case 'connection-closed':
      if (seen.refused) return prior && !hello ? foreign(held, row, seen) : status(503, seen);
      // The stream is reset while the connection stands, so it is one that others left.
      if (scheme === 'https' && stands(hello, behind)) return caller === '2' ? { kind: 'connection-closed', ...possibly(seen) } : status(502, seen);
      if (!prior) return cutOff(held, row, seen);
      return row.protoH2.closed === 'silence' ? { kind: 'timeout', ...possibly(seen) } : status(row.protoH2.closed, seen);
    case '101':
    case 'timeout':
    case 'unknown': return seen;
    default: return seen satisfies never;
  }
}

/** HTTP/2 as such is served, so connections are left idle. */
function stands(hello: Hello | undefined, behind: Program): boolean {
  return behind({ over: hello ? 'tls' : 'clear', version: '2', method: 'GET', path: '/', host: 'name', ...(hello ? { hello } : {}) }).kind === 'status';
}

/** The server closes before it answers. */
function cutOff({ caller }: Held, row: HaproxyRow, seen: Seen): Seen {
  return caller === '2' && row.toHttp2Caller === 'reset' ? { kind: 'connection-closed', ...possibly(seen) } : status(502, seen);
}

/** Nobody, or somebody else, at the other end of `proto h2`. A WebSocket waits for the SETTINGS first, so it is still connecting. */
function foreign({ upgrades }: Held, row: HaproxyRow, seen: Seen): Seen {
  return status(upgrades ? 503 : row.protoH2.foreign, seen);
}

/** On the leg to the server. */
function onward(knock: Knock, { caller }: Held, server: HaproxyServer, hello: Hello | undefined, does: readonly Change['does'][]): Knock {
  const { tls, proto, sendProxy } = server;
  const settings: Partial<Record<Change['does'], string>> = { 'speaks HTTP/2': proto ? 'proto' : 'alpn', 'speaks HTTP/1.1': tls ? 'alpn' : 'proto' };
  const changes: Change[] = does.map((word) => ({ by: BY, does: word, setting: settings[word] ?? 'server' }));
  const speaksAlpn = caller === '2' && tls && !tls.alpn ? [{ by: BY, does: 'offers no ALPN', setting: 'alpn' } as const] : [];
  const nameless = hello?.sni === 'none' ? [{ by: BY, does: 'sends no server name', setting: 'sni' } as const] : [];
  return withChange({
    ...knock,
    over: hello ? 'tls' : 'clear',
    hello,
    preface: sendProxy === undefined ? undefined : `proxy-${sendProxy}`,
    idleSeconds: undefined,
  }, ...changes, ...speaksAlpn, ...nameless);
}

function status(code: number, seen: Seen): Seen {
  return { kind: 'status', status: code, ...possibly(seen) };
}

function possibly({ possible }: Seen): { possible?: string } {
  return possible === undefined ? {} : { possible };
}
