// Python's ASGI servers: Uvicorn, Hypercorn, Daphne. Hypercorn alone speaks HTTP/2, and WebSocket over it; the others hand or
// refuse the HTTP/2 preface. Each reads a WebSocket handshake with its own strictness.
// Facts: seen with Uvicorn 0.17.6, 0.32.0, 0.53.0 (h11; httptools under Gunicorn), Hypercorn 0.13.2 and 0.17.3, Daphne 4.0.0,
// 4.1.2, 4.2.3. The versions between those that were tried count as the older one.

import { answerAt } from './program/answer';
import { Knock, Seen } from './program/knock';
import { Http1Side, Port, TlsSide, WebSocketSide } from './program/port';
import { Age, seenWith } from './program/versions';

export interface UvicornSettings {
  readonly version?: string;
  readonly tls?: boolean;
  /** --http; `auto` takes httptools where it is installed. Unknown: h11. */
  readonly http?: 'h11' | 'httptools';
  /** --ssl-cert-reqs 2. */
  readonly requiresClientCertificate?: boolean;
  /** --timeout-keep-alive; 5 unless said. */
  readonly keepAliveSeconds?: number;
  readonly plainAnswer?: number;
}

export interface AsgiSettings {
  readonly version?: string;
  readonly tls?: boolean;
  /** Hypercorn: --verify-mode CERT_REQUIRED. */
  readonly requiresClientCertificate?: boolean;
  /** Hypercorn: --keep-alive, 5 unless said; Daphne: --http-timeout. */
  readonly keepAliveSeconds?: number;
  readonly plainAnswer?: number;
}

const STRICT: WebSocketSide = {
  elsewhere: 'app',
  noUpgrade: 'app',
  noConnection: 'app',
  notGet: 400,
  http10: 'taken',
  noKey: 400,
  badKey: 400,
  versions: [13],
  otherVersion: 400,
};

/** No ALPN at all: HTTP/1.1 for those who do not insist on h2. */
const TLS_WITHOUT_ALPN: TlsSide = { versions: ['1.2', '1.3'], alpn: [], mismatch: 'none', cbc: 'served', rsaKeyExchange: false, plain: 'closed' };

/** Python's asyncio closes before the alert is sent (seen with Python 3.11). */
const verifying = ({ requiresClientCertificate }: { readonly requiresClientCertificate?: boolean }): Pick<TlsSide, 'clientCertificate'> =>
  (requiresClientCertificate ? { clientCertificate: 'closes' } : {});

interface UvicornRow {
  readonly http1: Pick<Http1Side, 'otherUpgrade' | 'loneConnectionUpgrade' | 'webSocket'>;
  readonly rsaKeyExchange: boolean;
}

const UVICORN: readonly Age<UvicornRow>[] = [
  { row: { rsaKeyExchange: false, http1: { otherUpgrade: 400, loneConnectionUpgrade: 400, webSocket: STRICT } } },
  { since: '0.32', row: { rsaKeyExchange: true, http1: { webSocket: STRICT } } },
  { since: '0.53', row: { rsaKeyExchange: true, http1: { webSocket: { ...STRICT, notGet: 405 } } } },
];

export function uvicorn(settings: UvicornSettings, knock: Knock): Seen {
  // h11 takes the preface for a request, and the application answers it; httptools does not, and minds no missing Host.
  const parser = settings.http === 'httptools' ? { withoutHost: 'served', toPreface: 400 } as const : { withoutHost: 400, toPreface: 200 } as const;
  return seenWith('Uvicorn', UVICORN, settings.version, (row) => answerAt({
    ...(settings.tls ? { tls: { ...TLS_WITHOUT_ALPN, rsaKeyExchange: row.rsaKeyExchange, ...verifying(settings) } } : {}),
    http1: { http10: 'served', toProxyLine: 400, ...parser, ...row.http1 },
    app: { status: settings.plainAnswer ?? 200, keepAliveSeconds: settings.keepAliveSeconds ?? 5 },
  }, knock));
}

const HYPERCORN: readonly Age<{ readonly keepAliveSeconds: number; readonly h2cBroken: boolean }>[] = [
  { row: { keepAliveSeconds: Infinity, h2cBroken: false } },
  { since: '0.17', row: { keepAliveSeconds: 5, h2cBroken: true } },
];

export function hypercorn(settings: AsgiSettings, knock: Knock): Seen {
  return seenWith('Hypercorn', HYPERCORN, settings.version, ({ keepAliveSeconds, h2cBroken }) => answerAt({
    // Its default is ECDHE+AESGCM.
    ...(settings.tls ? { tls: { ...TLS_WITHOUT_ALPN, alpn: ['h2', 'http/1.1'], cbc: 'tls-failure', ...verifying(settings) } } : {}),
    http1: {
      http10: 'served',
      withoutHost: 400,
      toPreface: 400,
      toProxyLine: 400,
      h2c: 'switches without body',
      h2cBroken,
      webSocket: { ...STRICT, notGet: 'app', http10: 400, badKey: 'taken' },
    },
    http2: { atOnce: true, extendedConnect: 'served', http1Bytes: 'frames' },
    app: { status: settings.plainAnswer ?? 200, keepAliveSeconds: settings.keepAliveSeconds ?? keepAliveSeconds },
  }, knock));
}

const DAPHNE: readonly Age<Pick<Http1Side, 'toPreface'>>[] = [{ row: { toPreface: 200 } }, { since: '4.1', row: { toPreface: 400 } }];

export function daphne(settings: AsgiSettings, knock: Knock): Seen {
  return seenWith('Daphne', DAPHNE, settings.version, ({ toPreface }) => answerAt(daphnePort(settings, toPreface), knock));
}

function daphnePort(settings: AsgiSettings, toPreface: Http1Side['toPreface']): Port {
  return {
    ...(settings.tls ? { tls: TLS_WITHOUT_ALPN } : {}),
    http1: {
      http10: 'served',
      withoutHost: 'served',
      toPreface,
      toProxyLine: 400,
      webSocket: { ...STRICT, noConnection: 400, notGet: 405, versions: [8, 13] },
    },
    app: { status: settings.plainAnswer ?? 200, keepAliveSeconds: settings.keepAliveSeconds ?? 60 },
  };
}
