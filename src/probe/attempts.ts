// Which connections are tried: one for each client, made from its row in protocol/client.ts, and further looks that no client needs but
// that tell causes apart (each ALPN offer, each TLS version, handshakes with one header less).
// Not here: trying them (connect.ts). HTTP/3 is not tried: Node.js has no client for it.
// Facts: RFC 6455 section 4.1 (what a WebSocket handshake has), gRPC over HTTP/2 (a call is a POST of application/grpc).

import { Header, Target } from './target';
import { Client, ClientId, CLIENTS, Kind, PROFILES, TlsVersion } from '../protocol';

/** One connection to try. */
export interface Attempt {
  readonly ask: Kind | 'nothing';
  /** Undefined: cleartext. */
  readonly tls?: Offer;
  /** What is spoken; `by-alpn`: HTTP/2 if the server selects h2, else HTTP/1.1. */
  readonly version: '1.0' | '1.1' | '2' | 'by-alpn';
  readonly path: string;
  readonly headers: readonly Header[];
  /** The server has to select a protocol by ALPN. */
  readonly needsAlpn?: boolean;
  /** Left out of a WebSocket handshake. */
  readonly without?: HandshakeHeader;
}

export interface Offer {
  readonly versions: readonly TlsVersion[];
  /** Best first; empty: no ALPN extension. */
  readonly alpn: readonly string[];
}

export type HandshakeHeader = 'Upgrade' | 'Connection' | 'Sec-WebSocket-Key' | 'Sec-WebSocket-Version';

export const HANDSHAKE_HEADERS: readonly HandshakeHeader[] = ['Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version'];
const MODERN: readonly TlsVersion[] = ['1.2', '1.3'];
/** The standard health service: every gRPC server knows at least that it does not know it. */
const GRPC_PATH = '/grpc.health.v1.Health/Check';
/** What a browser lets a page set on a WebSocket: the subprotocol, and cookies by other means. */
const OF_BROWSERS = ['sec-websocket-protocol', 'cookie'];

/** A client on its way to the target, or why it is not tried. */
export function attemptOf(client: Client, target: Target): Attempt | string {
  const overTls = target.scheme === 'https';
  if (client.versions[0] === '3' && client.versions.length === 1) return 'HTTP/3 is not tried: Node.js has no client for it';
  if (client.id === 'h3') return 'HTTP/3 is not tried: Node.js has no client for it; what it falls back to is tried as h2';
  if (overTls ? client.tls.length === 0 : !client.cleartext) return overTls ? 'it never uses TLS, and the URL asks for it' : 'it always uses TLS, and the URL does not';
  const versions = client.versions.filter((version) => version !== '3');
  const two = versions.includes('2');
  return {
    ask: client.kind,
    ...(overTls ? { tls: { versions: client.tls, alpn: client.alpn.filter((name) => name !== 'h3') } } : {}),
    version: overTls && two ? (versions.length > 1 ? 'by-alpn' : '2') : versions.includes('1.1') ? '1.1' : '1.0',
    path: pathOf(client.kind, target),
    headers: headersOf(client, target),
    ...(client.needsAlpn ? { needsAlpn: true } : {}),
  };
}

/** Who is tried unless the user names clients: all classes that fit the URL, and of the callers by name one for each way to differ from them. */
export function clientsFor(target: Target): ClientId[] {
  const overTls = target.scheme === 'https';
  const wanted: readonly Kind[] = [...(target.plain ? ['http' as const] : []), ...(target.webSocket ? ['websocket' as const] : []), ...(target.grpc ? ['grpc' as const] : [])];
  const fits = ({ kind, tls, cleartext }: Client) => wanted.includes(kind) && (overTls ? tls.length > 0 : cleartext);
  const classes = Object.values(CLIENTS).filter((client) => !isProfile(client) && client.id !== 'health-check' && fits(client));
  const kept = new Map(classes.map((client) => [habits(client, overTls), client]));
  const others: Client[] = [];
  for (const client of Object.values(CLIENTS).filter((one) => isProfile(one) && fits(one))) {
    if (kept.has(habits(client, overTls))) continue;
    kept.set(habits(client, overTls), client);
    others.push(client);
  }
  return [...classes, ...others].map(({ id }) => id);
}

/** Callers by name that do at this target what this client does. */
export function alike(id: ClientId, { scheme }: Target): ClientId[] {
  const own = habits(CLIENTS[id], scheme === 'https');
  return Object.values(CLIENTS).filter((client) => client.id !== id && isProfile(client) && habits(client, scheme === 'https') === own).map((client) => client.id);
}

const isProfile = ({ id }: Client) => Object.hasOwn(PROFILES, id);

/** What a connection depends on; HTTP/3 is left out. */
function habits({ kind, versions, alpn, tls, setsHeaders, needsAlpn }: Client, overTls: boolean): string {
  const sure = versions.filter((version) => version !== '3' && (overTls || version !== '2'));
  if (!overTls) return [kind, sure.join(), setsHeaders].join(' ');
  // A client that speaks nothing but HTTP/2 insists on it either way.
  const insists = Boolean(needsAlpn) || (sure.length === 1 && sure[0] === '2');
  return [kind, sure.join(), alpn.filter((name) => name !== 'h3').join(), tls.join(), setsHeaders, insists, versions[0] === '3' && tls.length === 1].join(' ');
}

function pathOf(kind: Kind, { path, webSocket, grpc }: Target): string {
  switch (kind) {
    case 'http': return path;
    case 'websocket': return webSocket ?? path;
    case 'grpc': return grpc ?? GRPC_PATH;
    default: return kind satisfies never;
  }
}

function headersOf(client: Client, target: Target): Header[] {
  if (client.kind !== 'websocket' || client.setsHeaders) return [...target.headers];
  const own = target.headers.filter(([name]) => OF_BROWSERS.includes(name.toLowerCase()));
  return [...own, ['Origin', `${target.scheme}://${target.authority}`]];
}

/** A look that no client needs. */
export interface Look {
  readonly id: string;
  readonly attempt: Attempt;
}

/** Handshakes alone: every TLS version, every ALPN offer. */
export function tlsLooks(target: Target): Look[] {
  if (target.scheme !== 'https') return [];
  const look = (id: string, tls: Offer): Look => ({ id, attempt: { ask: 'nothing', tls, version: '1.1', path: target.path, headers: [] } });
  const versions: readonly TlsVersion[] = ['1.0', '1.1', '1.2', '1.3'];
  const offers: readonly (readonly string[])[] = [['h2', 'http/1.1'], ['h2'], ['http/1.1'], []];
  return [
    ...versions.map((version) => look(`tls ${version}`, { versions: [version], alpn: ['h2', 'http/1.1'] })),
    ...offers.map((alpn) => look(`alpn ${alpn.join() || 'none'}`, { versions: MODERN, alpn })),
  ];
}

/** A good WebSocket handshake again, with one header less each time, and a plain GET of the same path. */
export function webSocketLooks(target: Target): Look[] {
  const path = target.webSocket ?? target.path;
  const good: Attempt = {
    ask: 'websocket', version: '1.1', path, headers: target.headers, ...(target.scheme === 'https' ? { tls: { versions: MODERN, alpn: ['http/1.1'] } } : {}),
  };
  return [
    { id: 'ws plain', attempt: { ...good, ask: 'http' } },
    ...HANDSHAKE_HEADERS.map((without): Look => ({ id: `ws without ${without}`, attempt: { ...good, without } })),
  ];
}
