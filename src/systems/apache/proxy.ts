// Apache httpd as a proxy: ProxyPass to http://, https://, h2c:// or h2://, with or without WebSocket.
// It always speaks HTTP/1.1 to an http:// server, unless force-proxy-request-1.0 is set. `Upgrade` gets through only where something
// asks for it: upgrade= on ProxyPass, ws:// for the path, or a RewriteCond on the header. It looks at Upgrade alone and writes
// Connection itself, so a handshake without it is repaired; one in HTTP/1.0 is accepted behind and never answered. A health check
// with hcmethod=GET speaks HTTP/1.0; servers that refuse it are taken out, and every caller gets 503. TLS trouble is 500. The server
// name of the TLS handshake is that of the URL, or with ProxyPreserveHost that of the request, and never an address.
// Facts: seen with 2.4.68, 2.4.69, 2.4.71, all alike; mod_proxy manual (upgrade=, ProxyPreserveHost, environment variables),
// mod_proxy_hcheck manual (hcmethod). test/lab for 2.4.71, h2:// included.

import { ApacheSettings, apachePort } from './index';
import { admit, Admitted } from '../program/admit';
import { switchToHttp2 } from '../program/answer';
import { Change, Hello, Knock, Program, Seen } from '../program/knock';
import { Onward, relayed, sentOn, Trouble, withUpgrade } from '../program/relay';

export interface ApacheProxySettings extends Omit<ApacheSettings, 'plainAnswer'> {
  /** The scheme of the URL in ProxyPass. */
  readonly to: 'http' | 'https' | 'h2c' | 'h2';
  /** What the host in that URL is; an address unless said. */
  readonly target?: 'name' | 'address';
  /** ProxyPass … upgrade=. */
  readonly upgrade?: 'websocket' | 'ANY';
  /** Requests with `Upgrade: websocket` go to ws://: everywhere (RewriteRule … [P]), or under this path (ProxyPass /ws ws://…). */
  readonly webSocketTo?: { readonly by: 'ProxyPass ws://' | 'RewriteRule to ws://'; readonly path?: string };
  /** SetEnv force-proxy-request-1.0. */
  readonly forceProxyRequest10?: boolean;
  readonly proxyPreserveHost?: boolean;
  /** SSLProxyVerify require, and the certificate is not to its liking. */
  readonly distrustsCertificate?: boolean;
  /** hcmethod= of the BalancerMember; TCP and none ask nothing. */
  readonly healthCheck?: 'GET' | 'HEAD' | 'OPTIONS' | 'GET11' | 'HEAD11' | 'OPTIONS11';
}

/** httpd, ap_status_drops_connection: these end a connection. */
const closesAfter = [400, 408, 411, 413, 414, 500, 501, 503];
const TROUBLE: Trouble = { refused: 503, tls: 500, closed: 502, foreign: 502, closesAfter };
/** mod_proxy_http2. */
const TROUBLE_HTTP2: Trouble = { refused: 503, tls: 503, closed: 503, foreign: 503, closesAfter };

export function apacheProxy(settings: ApacheProxySettings, behind: Program): Program {
  const port = apachePort(settings);
  const http2 = settings.to === 'h2c' || settings.to === 'h2';
  return (knock) => {
    const gate = admit(port, knock);
    if (gate.is === 'answered') return gate.seen;
    const switched = switchToHttp2(port, knock, gate);
    if (switched) return switched;
    if (!healthy(settings, behind, knock)) return relayed(port, knock, gate, { kind: 'status', status: 503 }, TROUBLE);
    const distrusts = settings.distrustsCertificate && onward(settings, knock).hello !== undefined;
    const seen: Seen = distrusts ? { kind: 'tls-failure' } : answered(settings, behind, knock, gate);
    return relayed(port, knock, gate, seen, http2 ? TROUBLE_HTTP2 : TROUBLE);
  };
}

function answered(settings: ApacheProxySettings, behind: Program, knock: Knock, { version }: Admitted): Seen {
  const tunnels = version !== '2' && version !== '3' && tunnel(settings, knock);
  const sent = sentOn(knock, onward(settings, knock), ...changes(settings, knock, tunnels));
  const seen = behind(tunnels ? withUpgrade(sent, knock.upgrade) : sent);
  // "Switching Protocols" is an interim answer, and HTTP/1.0 knows none.
  return seen.kind === '101' && version === '1.0' ? { kind: 'timeout' } : seen;
}

/** Whether an Upgrade header goes on. */
function tunnel({ to, upgrade, webSocketTo }: ApacheProxySettings, knock: Knock): boolean {
  if (knock.upgrade === undefined || to === 'h2c' || to === 'h2') return false;
  if (upgrade === 'ANY') return true;
  if (knock.upgrade !== 'websocket') return false;
  return upgrade === 'websocket' || (webSocketTo !== undefined && knock.path.startsWith(webSocketTo.path ?? '/'));
}

function onward(settings: ApacheProxySettings, knock: Knock): Onward {
  const version = settings.to === 'h2' || settings.to === 'h2c' ? '2' : settings.forceProxyRequest10 ? '1.0' : '1.1';
  const host = settings.proxyPreserveHost && knock.host !== 'none' ? knock.host : settings.target ?? 'address';
  return { version, host, ...(settings.to === 'https' || settings.to === 'h2' ? { hello: hello(settings, host) } : {}) };
}

function hello({ to }: ApacheProxySettings, host: Knock['host']): Hello {
  return { versions: ['1.2', '1.3'], alpn: to === 'h2' ? ['h2'] : [], sni: host === 'name' ? 'known' : 'none' };
}

function changes({ to, forceProxyRequest10, proxyPreserveHost }: ApacheProxySettings, knock: Knock, tunnels: boolean): Change[] {
  const by = 'Apache httpd';
  const version = to === 'h2' || to === 'h2c' ? '2' : forceProxyRequest10 ? '1.0' : '1.1';
  return [
    { by, does: `speaks HTTP/${version}`, setting: forceProxyRequest10 ? 'force-proxy-request-1.0' : `ProxyPass ${to}://` },
    ...(to === 'https' ? [{ by, does: 'offers no ALPN', setting: 'ProxyPass https://' } as const] : []),
    ...(to === 'https' && !proxyPreserveHost ? [{ by, does: 'sends no server name', setting: 'ProxyPreserveHost' } as const] : []),
    ...(knock.upgrade !== undefined && !tunnels ? [{ by, does: 'drops Upgrade', setting: 'ProxyPass without upgrade=' } as const] : []),
  ];
}

/** Whether the health check, if there is one, leaves the server in. */
function healthy({ healthCheck, ...settings }: ApacheProxySettings, behind: Program, knock: Knock): boolean {
  if (healthCheck === undefined) return true;
  const version = healthCheck.endsWith('11') ? '1.1' : '1.0';
  const method = healthCheck.replace('11', '') as Knock['method'];
  const asked = sentOn(knock, { ...onward(settings, knock), version }, { by: 'Apache httpd', does: `speaks HTTP/${version}`, setting: `hcmethod=${healthCheck}` });
  const seen = behind({ ...asked, method, path: '/', body: undefined });
  return seen.kind === 'status' && seen.status < 400;
}
