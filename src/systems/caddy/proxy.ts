// Caddy as a proxy: reverse_proxy to http://, https:// or h2c://.
// It speaks HTTP/1.1 to an http:// server whatever came in, and sends any Upgrade on that Connection names, without an option. To an
// https:// server it offers h2 and http/1.1; a WebSocket handshake is dialled anew without ALPN, and any other upgrade is lost where
// h2 was selected. h2c:// has no fallback, and no upgrades. All trouble is 502. No server name for an address, unless
// tls_server_name gives one. Where cleartext HTTP/2 is off, its preface reaches the server as a request `PRI *`.
// Facts: seen with 2.6.2 and 2.11.4; Caddy documentation, reverse_proxy (transport http). What a server says to `PRI *` is taken for
// 400, and for silence over HTTP/2, as Node.js does.

import { CADDY_AGES, CaddyRow, CaddySettings, caddyPort } from './index';
import { admit, Admitted } from '../program/admit';
import { switchToHttp2 } from '../program/answer';
import { asksForUpgrade, Change, Hello, Knock, Program, Seen } from '../program/knock';
import { relayed, sentOn, Trouble, withUpgrade } from '../program/relay';
import { seenWith } from '../program/versions';

export interface CaddyProxySettings extends Omit<CaddySettings, 'plainAnswer'> {
  readonly to: 'http' | 'https' | 'h2c';
  /** What the host in that URL is; an address unless said. */
  readonly target?: 'name' | 'address';
  /** transport http { tls_server_name … }. */
  readonly tlsServerName?: boolean;
  /** Certificates are verified, and that of the server is not to its liking; tls_insecure_skip_verify takes any. */
  readonly distrustsCertificate?: boolean;
}

const TROUBLE: Trouble = { refused: 502, tls: 502, closed: 502, foreign: 502 };

export function caddyProxy(settings: CaddyProxySettings, behind: Program): Program {
  return (knock) => seenWith('Caddy', CADDY_AGES, settings.version, (row) => through(settings, row, behind, knock));
}

function through(settings: CaddyProxySettings, row: CaddyRow, behind: Program, knock: Knock): Seen {
  const port = caddyPort(settings, row);
  const gate = admit(port, knock);
  if (gate.is === 'answered') return gate.seen.kind === 'wrong-protocol' && gate.seen.status === 200 ? prefaced(settings, behind, knock) : gate.seen;
  return switchToHttp2(port, knock, gate) ?? relayed(port, knock, gate, sent(settings, behind, knock, gate), TROUBLE);
}

function sent(settings: CaddyProxySettings, behind: Program, knock: Knock, { version }: Pick<Admitted, 'version'>): Seen {
  const upgrades = version !== '2' && version !== '3' && asksForUpgrade(knock);
  const webSocket = upgrades && knock.upgrade === 'websocket';
  const changes = changesOf(settings, knock, upgrades);
  switch (settings.to) {
    case 'h2c': return upgrades ? { kind: 'wrong-protocol' } : behind(sentOn(knock, { version: '2' }, ...changes));
    case 'http': {
      const request = sentOn(knock, { version: '1.1' }, ...changes);
      return behind(upgrades ? withUpgrade(request, knock.upgrade) : request);
    }
    case 'https': {
      if (settings.distrustsCertificate) return { kind: 'tls-failure' };
      const request = sentOn(knock, { version: webSocket ? '1.1' : 'by-alpn', hello: helloOf(settings, webSocket ? [] : ['h2', 'http/1.1']) }, ...changes);
      if (!upgrades) return behind(request);
      const seen = behind(withUpgrade(request, knock.upgrade));
      return seen.alpn === 'h2' ? { kind: 'wrong-protocol' } : seen;
    }
    default: return settings.to satisfies never;
  }
}

function helloOf({ target, tlsServerName }: CaddyProxySettings, alpn: readonly string[]): Hello {
  return { versions: ['1.2', '1.3'], alpn, sni: tlsServerName || target === 'name' ? 'known' : 'none' };
}

function changesOf({ to, target, tlsServerName }: CaddyProxySettings, knock: Knock, upgrades: boolean): Change[] {
  const by = 'Caddy';
  const setting = `reverse_proxy ${to}://`;
  return [
    ...(to === 'https' ? [] : [{ by, does: to === 'h2c' ? 'speaks HTTP/2' : 'speaks HTTP/1.1', setting } as const]),
    ...(to === 'https' && !tlsServerName && target !== 'name' ? [{ by, does: 'sends no server name', setting: 'tls_server_name' } as const] : []),
    ...(knock.upgrade !== undefined && !upgrades ? [{ by, does: 'drops Upgrade', setting: 'reverse_proxy, for a request whose Connection does not name it' } as const] : []),
  ];
}

/** `PRI * HTTP/2.0`, taken for a request and sent on. */
function prefaced(settings: CaddyProxySettings, behind: Program, knock: Knock): Seen {
  const { kind, alpn } = sent(settings, behind, { ...knock, version: '1.1', extendedConnect: undefined, body: undefined, method: 'GET' }, { version: '1.1' });
  if (kind === 'timeout') return { kind };
  if (kind !== 'status' && kind !== '101') return { kind: 'wrong-protocol', status: 502 };
  // Over TLS and where the caller waits for SETTINGS before it goes on, nobody says anything any more.
  const silent = alpn === 'h2' || settings.to === 'h2c' || (settings.to === 'https' && knock.extendedConnect);
  return silent ? { kind: 'timeout' } : { kind: 'wrong-protocol', status: 400 };
}
