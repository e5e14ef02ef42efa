// HAProxy in mode tcp: bytes go through. It may end TLS, and then ALPN is agreed for a server that may not speak what was agreed; it may
// begin TLS too. Not here: routing by SNI (unknown in settings), mode http (index.ts).
// Facts: seen with 2.6.12, 3.0.11, 3.2.26.

import { HaproxyRow } from './ages';
import { agreed, Behind, serversFor, shorter, silence, throughServer } from './backends';
import { tlsSide } from './front';
import { helloOf } from './server';
import { HaproxyServer, HaproxySettings } from './settings';
import { handshake } from '../program/admit';
import { Knock, Seen, withChange } from '../program/knock';
import { onLeg } from '../program/relay';

/** Bytes go through, after TLS where HAProxy ends it. */
export function tunnelled(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  const { bind } = settings;
  if (knock.over === 'quic') return { kind: 'connection-closed' };
  if (bind.acceptProxy && !knock.preface) return { kind: knock.over === 'tls' ? 'tls-failure' : 'connection-closed' };
  const through: Knock = bind.acceptProxy ? { ...knock, preface: undefined } : knock;
  if (!bind.tls) return tunnel(settings, row, through, programOf);
  if (!knock.hello) return { kind: 'connection-closed' };
  // The default of alpn is that of mode http.
  const shaken = handshake(tlsSide(bind.tls, bind.tls.alpn ?? []), knock.hello);
  if (shaken.is === 'answered') return shaken.seen;
  const { leg } = shaken;
  const http2 = leg.alpn === 'h2';
  if (knock.version === '2' && !http2) return { kind: 'wrong-protocol', ...leg };
  const version = knock.version === 'by-alpn' ? (http2 ? '2' : '1.1') : knock.version;
  const decrypted: Knock = { ...through, over: 'clear', hello: undefined, version, ...(version === '2' ? { scheme: 'https' } : {}) };
  const seen = tunnel(settings, row, withChange(decrypted, { by: 'HAProxy', does: 'changes TLS', setting: 'ssl' }), programOf);
  return onLeg(seen, { is: 'admitted', version: '1.1', ...leg });
}

function tunnel(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  return agreed(serversFor(settings, '').map((server) => tunnelTo(settings, server, row, knock, programOf)));
}

function tunnelTo(settings: HaproxySettings, server: HaproxyServer | undefined, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
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
