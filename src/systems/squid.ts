// Squid as a forward proxy (whole URLs in HTTP/1, CONNECT tunnels, TLS inspection by ssl_bump) and as a reverse proxy.
// Requests go on in HTTP/1.1, whatever they came in, without Upgrade unless http_upgrade_request_protocols allows it; then a
// handshake is repaired, but not one in HTTP/1.0. An answer that is no HTTP/1 is passed on as a page with status 200. A CONNECT
// tunnel is transparent, and the shipped configuration has it to port 443 only. ssl_bump ends both sides' TLS: the caller gets no
// ALPN, and the server none either when Squid bumps at step 1 (its server name is then that of the request), or http/1.1 if the
// caller offered it, its server name and its TLS versions when it stares first. Then the server is met before the caller has asked anything, and one
// that answers and closes at once leaves the caller without an answer. peek and splice is transparent for TLS.
// Facts: seen with 5.7, 6.13, 7.7 (openssl builds), all alike; Squid configuration manual (ssl_bump, http_access, SSL_ports,
// http_upgrade_request_protocols, client_idle_pconn_timeout). TLS trouble and refused are 503, closed without an answer is 502;
// test/lab for 5.7.

import { admit } from './program/admit';
import { Change, Hello, Knock, Program, Seen } from './program/knock';
import { Port } from './program/port';
import { relayed, sentOn, Trouble, withUpgrade } from './program/relay';

export interface SquidSettings {
  /** All versions behave alike here. */
  readonly version?: string;
  /** How callers ask: for whole URLs (`absolute`: http://), by CONNECT, or as any server (`reverse`: accel). */
  readonly asked: 'absolute' | 'CONNECT' | 'reverse';
  /** Requests go to a cache_peer; always so in reverse. */
  readonly cachePeer?: boolean;
  /** http_access denies CONNECT to the port of the server: shipped, any but 443. */
  readonly connectDenied?: boolean;
  /** What ssl_bump does with a CONNECT; undefined: nothing. */
  readonly sslBump?: 'bump' | 'stare and bump' | 'peek and splice';
  /** http_upgrade_request_protocols … allow: these go on. */
  readonly upgrades?: readonly ('websocket' | 'h2c' | 'other')[];
  /** Certificates are verified, and that of the server is not to its liking. */
  readonly distrustsCertificate?: boolean;
}

const TROUBLE: Trouble = { refused: 503, tls: 503, closed: 502, foreign: 200 };
/** A cache_peer that does not answer is dead, and there is no other. */
const TROUBLE_WITH_PEER: Trouble = { ...TROUBLE, refused: 502 };

const CLEAR: Port = {
  http1: { http10: 'served', withoutHost: 'served', toPreface: 400, toProxyLine: 400 },
  app: { status: 200, keepAliveSeconds: 120 },
};

const BUMPED: Port = {
  ...CLEAR,
  tls: { versions: ['1.2', '1.3'], alpn: [], mismatch: 'none', cbc: 'served', rsaKeyExchange: true, plain: 'closed' },
};

export function squidProxy(settings: SquidSettings, behind: Program): Program {
  const { asked, connectDenied, sslBump } = settings;
  if (asked !== 'CONNECT') return (knock) => through(CLEAR, settings, behind, knock);
  // A caller that gets no tunnel gives up; what it was told (403) is not an answer to its request.
  if (connectDenied) return () => ({ kind: 'connection-closed' });
  switch (sslBump) {
    case undefined: return behind;
    case 'peek and splice': return (knock) => (knock.over === 'tls' ? behind(knock) : { kind: 'connection-closed' });
    case 'bump':
    case 'stare and bump': return (knock) => through(BUMPED, settings, behind, knock);
    default: return sslBump satisfies never;
  }
}

function through(port: Port, settings: SquidSettings, behind: Program, knock: Knock): Seen {
  const gate = admit(port, knock);
  if (gate.is === 'answered') return gate.seen;
  const hello = knock.hello && helloOf(settings, knock, knock.hello);
  const upgrade = gate.version === '1.1' && knock.upgrade !== undefined && (settings.upgrades ?? []).includes(knock.upgrade);
  const sent = sentOn(knock, { version: '1.1', ...(hello ? { hello } : {}) }, ...changes(knock, upgrade));
  const seen: Seen = hello && settings.distrustsCertificate ? { kind: 'tls-failure' } : behind(upgrade ? withUpgrade(sent, knock.upgrade) : sent);
  const tooEarly = settings.sslBump === 'stare and bump' && seen.kind === 'status' && seen.unasked;
  const trouble = settings.asked === 'reverse' || settings.cachePeer ? TROUBLE_WITH_PEER : TROUBLE;
  // Both connections of a bumped caller end together.
  const closesAfter = hello && seen.kind === 'status' && seen.unasked ? [seen.status] : [];
  return relayed(port, knock, gate, tooEarly ? { kind: 'timeout' } : seen, { ...trouble, closesAfter });
}

function helloOf({ sslBump }: SquidSettings, { host }: Knock, hello: Hello): Hello {
  if (sslBump === 'bump') return { versions: ['1.2', '1.3'], alpn: [], sni: host === 'address' ? 'none' : 'known' };
  return { versions: hello.versions, alpn: hello.alpn.filter((name) => name === 'http/1.1'), sni: hello.sni };
}

function changes({ upgrade, hello }: Knock, goesOn: boolean): Change[] {
  const by = 'Squid';
  return [
    { by, does: 'speaks HTTP/1.1', setting: hello ? 'ssl_bump' : 'http_port' },
    ...(hello ? [{ by, does: 'changes TLS', setting: 'ssl_bump' } as const, { by, does: 'offers no ALPN', setting: 'ssl_bump' } as const] : []),
    ...(upgrade !== undefined && !goesOn ? [{ by, does: 'drops Upgrade', setting: 'http_upgrade_request_protocols' } as const] : []),
  ];
}
