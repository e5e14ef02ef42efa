// Whether a server is up by HAProxy's health check, which is a request like any other at what stands behind.
// The default of option httpchk is `OPTIONS / HTTP/1.0` without Host: a server that refuses HTTP/1.0 is taken out by it, and so is one that
// answers handshakes only. Over HTTP/2 a check without Host cannot be sent at all ("Socket error"). Before 3.2 a check speaks HTTP/1
// even where ALPN has just selected h2. Not here: rise, fall, inter; agent-check; expectations about bodies.
// Facts: seen with 2.6.12, 3.0.11, 3.2.26.

import { HaproxyRow } from './ages';
import { helloOf } from './server';
import { HaproxyCheck, HaproxyServer } from './settings';
import { Knock, Program, Seen } from '../program/knock';

const EXPECTED: readonly (readonly [number, number])[] = [[200, 399]];

export function isUp(server: HaproxyServer, row: HaproxyRow, behind: Program): boolean | 'unknown' {
  const { check } = server;
  if (check === undefined) return true;
  const seen = behind(checkKnock(check, server, row));
  if (seen.kind === 'unknown') return 'unknown';
  return check.is === 'tcp' ? connects(seen) : passes(check, server, seen);
}

function connects(seen: Seen): boolean {
  return seen.kind !== 'tls-failure' && !(seen.kind === 'connection-closed' && seen.refused);
}

function passes({ host, expects = EXPECTED }: HaproxyCheck & { is: 'http' }, { proto }: HaproxyServer, seen: Seen): boolean {
  if (proto === 'h2' && !host) return false;
  return seen.kind === 'status' && expects.some(([from, to]) => seen.status >= from && seen.status <= to);
}

function checkKnock(check: HaproxyCheck, server: HaproxyServer, row: HaproxyRow): Knock {
  const { method = 'OPTIONS', path = '/', version = '1.0', host = false } = check.is === 'http' ? check : {};
  const { tls, proto, sendProxy } = server;
  const over: Pick<Knock, 'over' | 'hello'> = tls ? { over: 'tls', hello: helloOf({ ...tls, sni: 'none' }, 'none', row) } : { over: 'clear' };
  const http2 = proto === 'h2' || (check.is === 'http' && row.checksByAlpn && tls?.alpn?.includes('h2'));
  return {
    ...over,
    method,
    path,
    version: proto === 'h2' ? '2' : http2 && version === '1.1' ? 'by-alpn' : version,
    host: host ? 'name' : 'none',
    ...(http2 ? { scheme: 'https' } : {}),
    ...(sendProxy ? { preface: `proxy-${sendProxy}` } : {}),
  };
}
