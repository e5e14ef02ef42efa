// Varnish, since 2025 also Vinyl Cache: an HTTP/1.1 cache without TLS, on either side.
// It speaks HTTP/1.1 to the server, with a Host of its own choice if there was none, and drops Upgrade. A VCL that pipes requests
// with `Upgrade: websocket` and copies Upgrade and Connection hands them on as they came. feature=+http2 adds HTTP/2 by prior
// knowledge and by Upgrade, where a pipe is not to be had; without it the preface is closed. All trouble is 503.
// Facts: seen with 7.1.1, 7.7.0 and Vinyl Cache 9.0.1, all alike (a pipe to nothing: 7.1.1 alone); Varnish users guide, "Using Websockets"; varnishd manual (feature).

import { admit } from './program/admit';
import { switchToHttp2 } from './program/answer';
import { Change, Knock, Program } from './program/knock';
import { Port } from './program/port';
import { relayed, sentOn, Trouble } from './program/relay';

export interface VarnishSettings {
  /** All versions behave alike here. */
  readonly version?: string;
  /** -p feature=+http2. */
  readonly http2?: boolean;
  /** The VCL pipes WebSocket handshakes and copies Upgrade and Connection. */
  readonly pipesWebSocket?: boolean;
}

const TROUBLE: Trouble = { refused: 503, tls: 503, closed: 503, foreign: 503 };

export function varnishProxy({ http2, pipesWebSocket }: VarnishSettings, behind: Program): Program {
  const port: Port = {
    http1: { http10: 'served', withoutHost: 400, toPreface: 'closed', toProxyLine: 400, ...(http2 ? { h2c: 'switches without body' } : {}) },
    ...(http2 ? { http2: { atOnce: true, http1Bytes: 'closed' } } : {}),
    app: { status: 200, keepAliveSeconds: 5 },
  };
  return (knock) => {
    const gate = admit(port, knock);
    if (gate.is === 'answered') return gate.seen;
    const switched = switchToHttp2(port, knock, gate);
    if (switched) return switched;
    const pipe = pipesWebSocket && knock.upgrade === 'websocket' && gate.version !== '2';
    const sent = sentOn(knock, { version: '1.1' }, ...changes(knock, pipe ?? false));
    if (!pipe) return relayed(port, knock, gate, behind(sent), TROUBLE);
    // A pipe has no error page of its own: what the server closes, or does not open, is closed.
    const seen = behind({ ...sent, upgrade: 'websocket', connection: knock.connection });
    return seen.kind === 'status' || seen.kind === '101' ? relayed(port, knock, gate, seen, TROUBLE) : { kind: 'connection-closed' };
  };
}

function changes({ upgrade }: Knock, pipe: boolean): Change[] {
  const by = 'Varnish';
  return [
    { by, does: 'speaks HTTP/1.1', setting: 'backend' },
    ...(upgrade !== undefined && !pipe ? [{ by, does: 'drops Upgrade', setting: 'VCL without pipe for Upgrade' } as const] : []),
  ];
}
