// HAProxy as a proxy, in mode http and in mode tcp: the port, the health check, the route, the server, and what the caller gets.
// In mode tcp bytes go through: HAProxy may end TLS, and then ALPN is agreed for a server that may not speak what was agreed.
// Not here: load balancing among servers that differ, header rules, redirects, QUIC, stick tables, retries.
// Facts: seen with 2.6.12, 3.0.11, 3.2.26 (Debian) in front of Node.js, Tomcat, Gunicorn, Uvicorn, Apache, Go; test/lab for 2.6.12; the
// configuration manual (bind, server, option httpchk, timeout).

import { HAPROXY_AGES, HaproxyRow } from './ages';
import { isUp } from './check';
import { enter, Held, hold, portOf, tlsSide } from './front';
import { helloOf, send } from './server';
import { HaproxyServer, HaproxySettings } from './settings';
import { handshake } from '../program/admit';
import { idle, legOf } from '../program/answer';
import { Knock, Program, Seen, withChange } from '../program/knock';
import { onLeg } from '../program/relay';
import { seenWith } from '../program/versions';

export * from './settings';

/** HAProxy with what stands behind it; `named`: by the name of the backend, where there are several. */
export function haproxy(settings: HaproxySettings, behind: Program, named: Readonly<Record<string, Program>> = {}): Program {
  const programOf = ({ backend }: HaproxyServer) => (backend === undefined ? undefined : named[backend]) ?? behind;
  return (knock) => seenWith('HAProxy', HAPROXY_AGES, settings.version, (row) => see(settings, row, knock, programOf));
}

type Behind = (server: HaproxyServer) => Program;

function see(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  const { bind, mode } = settings;
  if (bind.unknown?.length) return { kind: 'unknown', because: bind.unknown.join('; ') };
  return mode === 'tcp' ? tunnelled(settings, row, knock, programOf) : served(settings, row, knock, programOf);
}

function served(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  const port = portOf(settings.bind, row, keepAliveSeconds(settings));
  const gate = enter(port, knock);
  if (gate.is === 'answered') return gate.seen;
  const held = hold({ ...knock, preface: undefined }, gate, row);
  const server = serverFor(settings, knock.path);
  const seen = held ? answered(held, server, row, programOf) : status(400);
  const { idleSeconds } = knock;
  if (idleSeconds === undefined) return onLeg(seen, gate);
  // An answer that came before the request was sent ends the connection.
  if (seen.kind === 'status' && seen.unasked) return onLeg({ kind: 'connection-closed', afterSeconds: 0 }, gate);
  return onLeg(seen.kind === '101' && server ? silent(settings, server, idleSeconds, seen) : idle(port, idleSeconds, seen), gate);
}

function answered(held: Held, server: HaproxyServer | undefined, row: HaproxyRow, programOf: Behind): Seen {
  if (!server) return status(503);
  const behind = programOf(server);
  return throughServer(server, (up) => (up ? send(held, server, row, behind) : status(503)), row, behind);
}

const status = (code: number): Seen => ({ kind: 'status', status: code });

/** What is not understood, or cannot be checked, is not guessed. */
function throughServer(server: HaproxyServer, go: (up: boolean) => Seen, row: HaproxyRow, behind: Program): Seen {
  if (server.unknown?.length) return { kind: 'unknown', because: server.unknown.join('; ') };
  const up = isUp(server, row, behind);
  return up === 'unknown' ? { kind: 'unknown', because: `the health check of ${server.backend ?? 'the server'} cannot be told` } : go(up);
}

function serverFor({ routes = [], server }: HaproxySettings, path: string): HaproxyServer | undefined {
  return routes.find(({ pathBeg }) => pathBeg.some((beginning) => path.startsWith(beginning)))?.server ?? server;
}

/** Bytes go through, after TLS where HAProxy ends it. */
function tunnelled(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  const { bind } = settings;
  if (knock.over === 'quic') return { kind: 'connection-closed' };
  if (bind.acceptProxy && !knock.preface) return { kind: knock.over === 'tls' ? 'tls-failure' : 'connection-closed' };
  const through: Knock = bind.acceptProxy ? { ...knock, preface: undefined } : knock;
  if (!bind.tls) return tunnel(settings, row, through, programOf);
  if (!knock.hello) return { kind: 'connection-closed' };
  // The default of alpn is that of mode http.
  const agreed = handshake(tlsSide(bind.tls, bind.tls.alpn ?? []), knock.hello);
  if (agreed.is === 'answered') return agreed.seen;
  const { leg } = agreed;
  const http2 = leg.alpn === 'h2';
  if (knock.version === '2' && !http2) return { kind: 'wrong-protocol', ...leg };
  const version = knock.version === 'by-alpn' ? (http2 ? '2' : '1.1') : knock.version;
  const decrypted: Knock = { ...through, over: 'clear', hello: undefined, version, ...(version === '2' ? { scheme: 'https' } : {}) };
  const seen = tunnel(settings, row, withChange(decrypted, { by: 'HAProxy', does: 'changes TLS', setting: 'ssl' }), programOf);
  return onLeg(seen, { is: 'admitted', version: '1.1', ...leg });
}

function tunnel(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  const { server } = settings;
  const over = knock.over === 'tls';
  const closed: Seen = { kind: over ? 'tls-failure' : 'connection-closed' };
  if (!server) return closed;
  const { tls, sendProxy } = server;
  const behind = programOf(server);
  const sent: Knock = {
    ...knock,
    ...(sendProxy ? { preface: `proxy-${sendProxy}` as const } : {}),
    ...(tls && !over ? { over: 'tls', hello: helloOf(tls, 'none', row) } : {}),
  };
  return throughServer(server, (up) => {
    if (!up) return closed;
    const seen = behind(sent);
    if (tls && !over) return seen.kind === 'tls-failure' ? closed : withoutLeg(seen);
    const { idleSeconds } = knock;
    return idleSeconds === undefined ? seen : shorter(silence(settings, server), idleSeconds, seen);
  }, row, behind);
}

function withoutLeg(seen: Seen): Seen {
  return { ...seen, alpn: undefined, tls: undefined };
}

/** A tunnel in which nobody speaks. */
function silence({ timeouts }: HaproxySettings, { timeouts: behind }: HaproxyServer): number {
  return behind?.tunnel ?? Math.min(timeouts?.client ?? Infinity, behind?.server ?? Infinity);
}

function silent(settings: HaproxySettings, server: HaproxyServer, patience: number, seen: Seen): Seen {
  return shorter(silence(settings, server), patience, { kind: 'timeout', ...legOf(seen) });
}

function shorter(seconds: number, patience: number, seen: Seen): Seen {
  const sooner = seconds <= patience && (seen.kind === 'timeout' || (seen.kind === 'connection-closed' && (seen.afterSeconds ?? 0) > seconds));
  return sooner ? { kind: 'connection-closed', afterSeconds: seconds, ...legOf(seen) } : seen;
}

/** timeout http-keep-alive, else http-request, else client. */
function keepAliveSeconds({ httpclose, timeouts }: HaproxySettings): number {
  if (httpclose) return 0;
  return timeouts?.httpKeepAlive ?? timeouts?.httpRequest ?? timeouts?.client ?? Infinity;
}
