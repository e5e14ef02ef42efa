// Squid as a forward proxy: whole URLs in HTTP/1, CONNECT tunnels, and TLS inspection (ssl_bump).
// Requests go on in HTTP/1.1, whatever they came in, without Upgrade unless http_upgrade_request_protocols allows it; then a
// handshake is repaired, but not one in HTTP/1.0. An answer that is no HTTP/1 is passed on as a page with status 200. A CONNECT
// tunnel is transparent, and the shipped configuration has it to port 443 only. ssl_bump ends both sides' TLS: the caller gets no
// ALPN, and the server none either when Squid bumps at step 1 (its server name is then that of the request), or the caller's without
// h2, its server name and its TLS versions when it stares first. Then the server is met before the caller has asked anything, and one
// that answers and closes at once leaves the caller without an answer. peek and splice is transparent for TLS.
// Facts: seen with 5.7, 6.13, 7.7 (openssl builds), all alike; Squid configuration manual (ssl_bump, http_access, SSL_ports,
// http_upgrade_request_protocols, client_idle_pconn_timeout). TLS trouble and refused are 503; closed without an answer: 502.

import { admit } from './program/admit';
import { Change, Hello, Knock, Program, Seen } from './program/knock';
import { Port } from './program/port';
import { relayed, sentOn, Trouble, withUpgrade } from './program/relay';

export interface SquidSettings {
  /** All versions behave alike here. */
  readonly version?: string;
  /** How callers ask: for whole URLs (`absolute`: http://), or by CONNECT. */
  readonly asked: 'absolute' | 'CONNECT';
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
  if (asked === 'absolute') return (knock) => through(CLEAR, settings, behind, knock);
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
  return relayed(port, knock, gate, tooEarly ? { kind: 'timeout' } : seen, TROUBLE);
}

function helloOf({ sslBump }: SquidSettings, { host }: Knock, hello: Hello): Hello {
  if (sslBump === 'bump') return { versions: ['1.2', '1.3'], alpn: [], sni: host === 'name' ? 'known' : 'none' };
  return { versions: hello.versions, alpn: hello.alpn.filter((name) => name !== 'h2'), sni: hello.sni };
}

function changes({ upgrade, hello }: Knock, goesOn: boolean): Change[] {
  const by = 'Squid';
  return [
    { by, does: 'speaks HTTP/1.1', setting: hello ? 'ssl_bump' : 'http_port' },
    ...(hello ? [{ by, does: 'changes TLS', setting: 'ssl_bump' } as const, { by, does: 'offers no ALPN', setting: 'ssl_bump' } as const] : []),
    ...(upgrade !== undefined && !goesOn ? [{ by, does: 'drops Upgrade', setting: 'http_upgrade_request_protocols' } as const] : []),
  ];
}
