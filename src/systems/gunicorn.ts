// Gunicorn: its worker classes, TLS, and HTTP/2 since 25 (TLS) and 26.2 (cleartext). The traps: the sync worker, which is the
// default, selects h2 by ALPN when --http-protocols names it and then answers HTTP/1.1, so that every HTTP/2 caller fails; and
// cleartext HTTP/2 counts only for peers in forwarded-allow-ips, which is loopback by default, so not for a load balancer.
// Facts: seen with 20.1.0, 23.0.0, 26.2.2; prior-knowledge for trusted peers refuses every HTTP/1 request with 400, health checks
// included; gthread is right. The uvicorn worker is Uvicorn: asgi.ts. The asgi worker (26) hardly reads a WebSocket handshake. Cleartext
// HTTP/2 in gthread, gevent and asgi, only where --http-protocols names h2: gunicorn/http2/negotiation.py of 26.2.0, seen with gthread
// and asgi. RSA key exchange is that of Debian's Python; where Python was built with its own default suites it fails (seen with 3.11).

import { uvicorn, UvicornSettings } from './asgi';
import { answerAt } from './program/answer';
import { Knock, Seen } from './program/knock';
import { Http1Side, Port } from './program/port';
import { Age, seenWith } from './program/versions';

export interface GunicornSettings {
  readonly version?: string;
  /** -k; sync unless said. `--threads` above 1 makes sync into gthread. */
  readonly worker?: 'sync' | 'gthread' | 'gevent' | 'asgi' | 'uvicorn';
  /** What the uvicorn worker consists of. */
  readonly uvicorn?: UvicornSettings;
  readonly tls?: boolean;
  /** --http-protocols; h1 unless said. */
  readonly httpProtocols?: readonly ('h1' | 'h2')[];
  /** --http2-cleartext; off unless said, and nothing where --http-protocols does not name h2. */
  readonly http2Cleartext?: 'upgrade' | 'prior-knowledge' | 'both';
  /** The caller's address is in --forwarded-allow-ips. */
  readonly trustedPeer?: boolean;
  /** --cert-reqs 2. */
  readonly requiresClientCertificate?: boolean;
  readonly keepAliveSeconds?: number;
  readonly plainAnswer?: number;
}

interface GunicornRow {
  readonly toPreface: Http1Side['toPreface'];
  readonly http2: boolean;
  readonly http2Cleartext: boolean;
}

const AGES: readonly Age<GunicornRow>[] = [
  { row: { toPreface: 200, http2: false, http2Cleartext: false } },
  { since: '23', row: { toPreface: 400, http2: false, http2Cleartext: false } },
  { since: '25', row: { toPreface: 400, http2: true, http2Cleartext: false } },
  { since: '26.2', row: { toPreface: 400, http2: true, http2Cleartext: true } },
];

export function gunicorn(settings: GunicornSettings, knock: Knock): Seen {
  if (settings.worker === 'uvicorn') {
    const { tls, plainAnswer, requiresClientCertificate } = settings;
    return uvicorn({ http: 'httptools', tls, plainAnswer, requiresClientCertificate, ...settings.uvicorn }, knock);
  }
  return seenWith('Gunicorn', AGES, settings.version, (row) => answerAt(portOf(settings, row), knock));
}

function portOf(settings: GunicornSettings, row: GunicornRow): Port {
  const { worker = 'sync', httpProtocols = ['h1'], tls } = settings;
  const overTls = Boolean(tls) && row.http2 && httpProtocols.includes('h2');
  const asked = !tls && httpProtocols.includes('h2') && settings.trustedPeer && worker !== 'sync';
  const cleartext = row.http2Cleartext && asked ? settings.http2Cleartext : undefined;
  const prior = cleartext === 'prior-knowledge' || cleartext === 'both';
  return {
    ...(tls ? {
      tls: {
        versions: ['1.2', '1.3'],
        alpn: overTls ? httpProtocols.map((protocol) => (protocol === 'h1' ? 'http/1.1' : protocol)) : [],
        mismatch: 'none',
        cbc: 'served',
        rsaKeyExchange: true,
        plain: 'closed',
        ...(settings.requiresClientCertificate ? { clientCertificate: worker === 'asgi' ? 'closes' : 'handshake' } : {}),
      },
    } : {}),
    ...(cleartext === 'prior-knowledge' ? { instead: 400 } : { http1: http1Of(worker, row, cleartext) }),
    ...(overTls || prior ? { http2: { atOnce: true, http1Bytes: worker === 'sync' ? 'served' : 'frames', broken: worker === 'sync' } } : {}),
    app: { status: settings.plainAnswer ?? 200, keepAliveSeconds: keepAlive(worker, settings.keepAliveSeconds) },
  };
}

function http1Of(worker: GunicornSettings['worker'], row: GunicornRow, cleartext: GunicornSettings['http2Cleartext']): Http1Side {
  return {
    http10: 'served',
    withoutHost: 'served',
    toPreface: row.toPreface,
    toProxyLine: 400,
    ...(cleartext === 'upgrade' || cleartext === 'both' ? { h2c: 'switches', h2cNamed: true } : {}),
    ...(worker === 'asgi' ? {
      webSocket: {
        elsewhere: 'app',
        noUpgrade: 'app',
        noConnection: 'app',
        notGet: 'app',
        http10: 'taken',
        noKey: 'closed',
        badKey: 'taken',
        versions: [13],
        otherVersion: 'taken',
      },
    } : {}),
  };
}

function keepAlive(worker: GunicornSettings['worker'], set: number | undefined): number {
  if (worker === 'sync' || worker === undefined) return 0;
  return worker === 'asgi' ? Infinity : set ?? 2;
}
