// Apache httpd as a server: httpd without ProxyPass. Not here: what it sends on (proxy.ts).
// `Protocols h2` or `h2c` alone does not keep HTTP/1.1 out. It selects http/1.1 even for a caller that offers only something else,
// at which that caller gives up. HTTP/2 with TLS 1.2 CBC suites is agreed and then closed, and TLS 1.0 and 1.1 stay on HTTP/1.1
// (H2ModernTLSOnly, on unless said); so are RSA key exchange suites with GCM, while AES128-SHA slips through. Upgrade: h2c is taken
// only from requests without a body. HTTP/1.0 without Host is 400 over TLS with a server name ("no hostname was provided via HTTP").
// Facts: seen with 2.4.68, 2.4.69, 2.4.71 on OpenSSL 3.0, 3.5, 3.6, all alike; mod_http2 manual; test/lab for 2.4.71.

import { TLS_VERSIONS, TlsVersion } from '../../protocol';
import { answerAt } from '../program/answer';
import { Knock, Seen } from '../program/knock';
import { Port } from '../program/port';

export * from './proxy';

export interface ApacheSettings {
  readonly version?: string;
  /** Protocols; http/1.1 unless said. */
  readonly protocols?: readonly ('h2' | 'h2c' | 'http/1.1')[];
  readonly tls?: ApacheTls;
  /** H2Direct, on for h2c unless said; H2Upgrade likewise. */
  readonly h2Direct?: boolean;
  readonly h2Upgrade?: boolean;
  /** KeepAliveTimeout; 5 unless said. */
  readonly keepAliveSeconds?: number;
  readonly plainAnswer?: number;
}

export interface ApacheTls {
  /** The lowest that SSLProtocol lists; below 1.2 it counts only with @SECLEVEL=0 in SSLCipherSuite. */
  readonly min?: TlsVersion;
  /** The highest that it lists; 1.3 unless said. */
  readonly max?: TlsVersion;
  readonly securityLevel0?: boolean;
  /** H2ModernTLSOnly; on unless said. */
  readonly h2ModernTlsOnly?: boolean;
  /** SSLVerifyClient require. */
  readonly requiresClientCertificate?: boolean;
}

export function apache(settings: ApacheSettings, knock: Knock): Seen {
  return answerAt(apachePort(settings), knock);
}

export function apachePort(settings: ApacheSettings): Port {
  const { protocols = ['http/1.1'], tls, plainAnswer, h2Direct = true, h2Upgrade = true, keepAliveSeconds = 5 } = settings;
  const http2 = protocols.includes(tls ? 'h2' : 'h2c');
  const modern = tls?.h2ModernTlsOnly ?? true;
  return {
    ...(tls ? {
      tls: {
        versions: versionsOf(tls),
        alpn: [...(http2 ? ['h2'] : []), 'http/1.1'],
        mismatch: 'selects http/1.1',
        cbc: http2 && modern ? 'closed' : 'served',
        rsaKeyExchange: true,
        plain: 400,
        ...(modern ? { http2Floor: '1.2' } : {}),
        ...(tls.requiresClientCertificate ? { clientCertificate: 'handshake' } : {}),
      },
    } : {}),
    http1: { http10: 'served', withoutHost: 400, toPreface: 400, toProxyLine: 400, namedByTlsOnly: 400, ...(http2 && !tls && h2Upgrade ? { h2c: 'switches without body', h2cNamed: true } : {}), ...(http2 ? { announcesUpgrade: true } : {}) },
    ...(http2 ? { http2: { atOnce: tls !== undefined || h2Direct, http1Bytes: 'frames' } } : {}),
    app: { status: plainAnswer ?? 200, keepAliveSeconds },
  };
}

function versionsOf({ min = '1.2', max = '1.3', securityLevel0 }: ApacheTls): TlsVersion[] {
  const listed = TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(min), TLS_VERSIONS.indexOf(max) + 1);
  return securityLevel0 ? listed.filter((version) => version !== 'SSLv3') : listed.filter((version) => version === '1.2' || version === '1.3');
}
