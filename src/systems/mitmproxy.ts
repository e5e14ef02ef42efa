// mitmproxy as a forward proxy that opens TLS (CONNECT): a stand-in for TLS inspection that is careful with protocols.
// It connects to the server first, with what the caller offers (the server name, the ALPN names; h2 left out with http2=false), and
// then selects for the caller what the server selected. If that failed it selects the caller's favourite among the HTTP names and
// answers 502 in it. HTTP/1 goes on in the version it came in, WebSocket included; `Upgrade: h2c` is dropped, RFC 8441 not offered.
// Facts: seen with 8.1.1; mitmproxy addons/tlsconfig.py (alpn_select_callback), options http2, ssl_insecure. Not seen: what an
// upgrade to another protocol gets (taken for sent on), and the preface in cleartext.

import { admit, Gate } from './program/admit';
import { Change, Hello, Knock, Program, Seen } from './program/knock';
import { Port, TlsSide } from './program/port';
import { relayed, sentOn, Trouble } from './program/relay';

export interface MitmproxySettings {
  readonly version?: string;
  /** --set http2=false. */
  readonly http2?: boolean;
  /** Certificates are verified (no ssl_insecure), and that of the server is not to its liking. */
  readonly distrustsCertificate?: boolean;
}

const TROUBLE: Trouble = { refused: 502, tls: 502, closed: 502, foreign: 502 };
/** mitmproxy, HTTP1_ALPNS. */
const HTTP1_NAMES = ['http/1.1', 'http/1.0', 'http/0.9'];

export function mitmproxy(settings: MitmproxySettings, behind: Program): Program {
  return (knock) => {
    const hello = knock.hello && onward(settings, knock.hello);
    const met = hello && meet(settings, behind, knock, hello);
    const port = portFor(settings, knock, met);
    const gate: Gate = admit(port, knock);
    if (gate.is === 'answered') return gate.seen;
    const version = gate.version === '2' ? '2' : gate.version === '1.0' ? '1.0' : '1.1';
    const sent = { ...sentOn(knock, { version, ...(hello ? { hello } : {}), host: knock.host }, ...changes(settings, knock)), ...upgradeOf(knock) };
    return relayed(port, knock, gate, met?.kind === 'tls-failure' ? met : behind(sent), TROUBLE);
  };
}

function onward({ http2 = true }: MitmproxySettings, { alpn, sni, certificate: _ }: Hello): Hello {
  return { versions: ['1.2', '1.3'], alpn: http2 ? alpn : alpn.filter((name) => name !== 'h2'), sni };
}

/** The handshake with the server, which comes first: what it selects. */
function meet({ distrustsCertificate }: MitmproxySettings, behind: Program, knock: Knock, hello: Hello): Seen {
  if (distrustsCertificate) return { kind: 'tls-failure' };
  return behind({ over: 'tls', version: 'by-alpn', method: 'GET', path: '/', host: knock.host, hello });
}

function portFor({ http2 = true }: MitmproxySettings, knock: Knock, met: Seen | undefined): Port {
  const names = [...(http2 ? ['h2'] : []), ...HTTP1_NAMES];
  const selected = met?.kind === 'tls-failure' ? knock.hello?.alpn.filter((name) => names.includes(name)) : met?.alpn === undefined ? [] : [met.alpn];
  const tls: TlsSide = { versions: ['1.2', '1.3'], alpn: selected ?? [], mismatch: 'none', cbc: 'served', rsaKeyExchange: true, plain: 'closed' };
  return {
    ...(met ? { tls } : {}),
    http1: { http10: 'served', withoutHost: 'served', toPreface: 400, toProxyLine: 400 },
    ...(met && http2 ? { http2: { atOnce: true, http1Bytes: 'frames' } } : {}),
    app: { status: 200, keepAliveSeconds: 600 },
  };
}

function upgradeOf({ upgrade, connection }: Knock): Partial<Knock> {
  return { ...(upgrade === undefined || upgrade === 'h2c' ? {} : { upgrade }), ...(connection ? { connection } : {}) };
}

function changes({ http2 = true }: MitmproxySettings, { upgrade, hello }: Knock): Change[] {
  const by = 'mitmproxy';
  return [
    ...(hello ? [{ by, does: 'changes TLS', setting: 'CONNECT' } as const] : []),
    ...(hello?.alpn.includes('h2') && !http2 ? [{ by, does: 'speaks HTTP/1.1', setting: 'http2=false' } as const] : []),
    ...(upgrade === 'h2c' ? [{ by, does: 'drops Upgrade', setting: 'Upgrade: h2c' } as const] : []),
  ];
}
