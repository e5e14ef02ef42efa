// The frontend of HAProxy: its port, and what of a request that got in is left when it goes on.
// HTTP/1 and prior-knowledge HTTP/2 share a cleartext port. `alpn h2` alone does not keep HTTP/1.1 out: where ALPN has nothing in common
// the handshake goes on without it, and no ALPN means HTTP/1 (the manual says otherwise). Only `proto h2` makes a port HTTP/2-only; it
// reads 24 bytes before it judges, so shorter requests hang. Extended CONNECT (RFC 8441) is announced wherever HTTP/2 is spoken.
// A WebSocket handshake without a key, or with a bad one, is answered by HAProxy itself; version and method are left to the server.

import { HaproxyRow } from './ages';
import { HaproxyBind, HaproxyBindTls } from './settings';
import { TLS_VERSIONS, TlsVersion } from '../../protocol';
import { admit, Admitted, Gate } from '../program/admit';
import { Change, Knock, withChange } from '../program/knock';
import { Port, TlsSide } from '../program/port';

/** The length of the HTTP/2 preface (RFC 9113 section 3.4). */
const PREFACE_BYTES = 24;

export function portOf({ proto, tls, acceptProxy, announcesNoConnect }: HaproxyBind, row: HaproxyRow, keepAliveSeconds: number): Port {
  return {
    ...(tls ? { tls: tlsSide(tls, alpnOf(tls, proto, row)) } : {}),
    ...(proto === 'h2' ? {} : { http1: { http10: 'served', withoutHost: 'served', toPreface: row.toPreface, toProxyLine: 400 } }),
    instead: 'closed',
    http2: proto === 'h1' ? { atOnce: false, http1Bytes: 'served' } : { atOnce: true, http1Bytes: 'closed', ...(announcesNoConnect ? {} : { extendedConnect: 'served' }) },
    ...(acceptProxy ? { proxyProtocol: true } : {}),
    app: { status: 200, keepAliveSeconds },
  };
}

export function tlsSide({ min = '1.2', max = '1.3', securityLevel0, strictSni, verify }: HaproxyBindTls, alpn: readonly string[]): TlsSide {
  return {
    versions: versions(min, max).filter((version) => securityLevel0 || version === '1.2' || version === '1.3'),
    alpn,
    mismatch: 'none',
    cbc: 'served',
    rsaKeyExchange: true,
    plain: 'closed',
    ...(strictSni ? { needsServerName: true } : {}),
    ...(verify === 'required' ? { clientCertificate: 'handshake' } : {}),
  };
}

export function versions(min: TlsVersion, max: TlsVersion): TlsVersion[] {
  return TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(min), TLS_VERSIONS.indexOf(max) + 1).filter((version) => version !== 'SSLv3');
}

function alpnOf({ alpn }: HaproxyBindTls, proto: HaproxyBind['proto'], row: HaproxyRow): readonly string[] {
  return alpn ?? (proto === 'h2' ? row.alpn.protoH2 : row.alpn.usual);
}

/** The shared gate, and the one thing that is HAProxy's own. */
export function enter(port: Port, knock: Knock): Gate {
  const gate = admit(port, knock);
  const judged = gate.is === 'answered' && gate.seen.kind === 'connection-closed' && !port.http1 && !port.proxyProtocol && !port.http2?.broken;
  if (!judged || knock.version === '2' || gate.seen.alpn === 'h2' || (port.tls && knock.over === 'clear')) return gate;
  return bytesOf(knock) < PREFACE_BYTES ? { is: 'answered', seen: { ...gate.seen, kind: 'timeout' } } : gate;
}

/** At least so long is the request; anything more than a bare request line is long enough. */
function bytesOf({ method, path, host, connection, upgrade, preface }: Knock): number {
  if (host !== 'none' || connection || upgrade || preface) return PREFACE_BYTES;
  return `${method} ${path} HTTP/1.1\r\n\r\n`.length;
}

/** A request as HAProxy holds it, whatever it came in. */
export interface Held {
  readonly knock: Knock;
  readonly caller: Admitted['version'];
  /** A switch of protocols is asked for, as far as HAProxy sees: `Connection: Upgrade` counts. */
  readonly upgrades: boolean;
}

/** Undefined: not a request that it passes on. */
export function hold(knock: Knock, { version }: Admitted, row: HaproxyRow): Held | undefined {
  // WebSocket over HTTP/2 becomes a handshake with a key of HAProxy's own.
  if (knock.extendedConnect) {
    const handshake: Knock = { ...knock, method: 'GET', extendedConnect: undefined, upgrade: 'websocket', connection: ['upgrade'], webSocketKey: 'valid' };
    return { knock: handshake, caller: version, upgrades: true };
  }
  if (version === '2' || version === '3') return { knock: { ...knock, upgrade: undefined, connection: undefined }, caller: version, upgrades: false };
  const upgrades = knock.connection?.includes('upgrade') ?? false;
  if (upgrades && knock.upgrade === 'websocket' && knock.body === undefined && knock.webSocketKey !== 'valid') return undefined;
  return withoutHalves(withoutUpgrade({ knock, caller: version, upgrades }, row), row);
}

const DROPS: Change = { by: 'HAProxy', does: 'drops Upgrade', setting: 'mode http' };

function withoutUpgrade(held: Held, row: HaproxyRow): Held {
  const { knock, upgrades } = held;
  if (knock.upgrade === undefined) return held;
  const bodied = upgrades && knock.body !== undefined && row.upgradeWithBody === 'dropped';
  if (!bodied && !(knock.upgrade === 'h2c' && row.h2c === 'dropped')) return held;
  return { ...held, knock: withChange({ ...knock, upgrade: undefined }, DROPS), upgrades: upgrades && !bodied };
}

function withoutHalves(held: Held, row: HaproxyRow): Held {
  const { knock, upgrades } = held;
  if (row.halfAnUpgrade === 'kept' || (knock.upgrade !== undefined) === upgrades) return held;
  const connection = knock.connection?.filter((word) => word !== 'upgrade');
  const changed = { ...knock, upgrade: undefined, connection };
  return { ...held, upgrades: false, knock: knock.upgrade === undefined ? changed : withChange(changed, DROPS) };
}
