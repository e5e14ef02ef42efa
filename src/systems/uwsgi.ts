// uWSGI behind its own HTTP: http-socket, http11-socket, https-socket, and the http and https routers. It never speaks HTTP/2; the application
// sees the preface as a request `PRI *`, and answers 200. WebSocket handshakes are hardly read: whatever carries Upgrade and a key
// is taken, and through a router without http-websockets no frame ever comes (101, and then silence).
// Facts: seen with 2.0.21, 2.0.28, 2.0.31 and an application that calls websocket_handshake; `https2` is of the SPDY years: no ALPN.

import { answerAt } from './program/answer';
import { Knock, Seen } from './program/knock';
import { Port } from './program/port';

export interface UwsgiSettings {
  readonly version?: string;
  readonly listens: 'http-socket' | 'http11-socket' | 'https-socket' | 'http' | 'https' | 'https2';
  /** http-websockets; a question for the routers only. */
  readonly httpWebSockets?: boolean;
  /** http-keepalive; a question for the routers only. */
  readonly httpKeepalive?: boolean;
  readonly plainAnswer?: number;
}

export function uwsgi(settings: UwsgiSettings, knock: Knock): Seen {
  return answerAt(portOf(settings), knock);
}

function portOf(settings: UwsgiSettings): Port {
  const { listens } = settings;
  const router = listens === 'http' || listens === 'https' || listens === 'https2';
  // http11-socket closes what it cannot answer only after its idle time.
  const broken = listens === 'http11-socket' ? 'silent' : 'closed';
  return {
    ...(listens.startsWith('https') ? {
      tls: { versions: ['1.2', '1.3'], alpn: [], mismatch: 'none', cbc: 'served', rsaKeyExchange: true, plain: 'closed' },
    } : {}),
    http1: {
      http10: 'served',
      withoutHost: 'served',
      toPreface: 200,
      toProxyLine: broken,
      webSocket: {
        elsewhere: 'app',
        noUpgrade: 'app',
        noConnection: 'taken',
        notGet: 'taken',
        http10: 'taken',
        noKey: broken,
        badKey: 'taken',
        versions: [13],
        otherVersion: 'taken',
        ...(router && !settings.httpWebSockets ? { frames: false } : {}),
      },
    },
    app: { status: settings.plainAnswer ?? 200, keepAliveSeconds: keepAlive(settings, router) },
  };
}

function keepAlive({ listens, httpKeepalive }: UwsgiSettings, router: boolean): number {
  if (router) return httpKeepalive ? 60 : 0;
  return listens === 'http11-socket' ? 4 : 0;
}
