// Go's net/http server. Over TLS it offers HTTP/2 by itself; in cleartext it speaks HTTP/1 and hands the HTTP/2 preface to the
// handler as a request `PRI *`, unless Protocols has UnencryptedHTTP2 (Go 1.24). It has no WebSocket of its own.
// Facts: seen with Go 1.27.3; net/http Server.Protocols (1.24); crypto/tls negotiateALPN, which lets callers of http/1.1 through
// where the server offers h2 alone; golang.org/x/net/http2 isBadCipher, for HTTP/2 with CBC suites.

import { answerAt } from './program/answer';
import { Knock, Seen } from './program/knock';
import { Port } from './program/port';

export interface GoSettings {
  readonly version?: string;
  readonly tls?: boolean;
  /** TLSConfig.MinVersion and MaxVersion; 1.2 and 1.3 unless said. */
  readonly minTls?: '1.2' | '1.3';
  readonly maxTls?: '1.2' | '1.3';
  /** ClientAuth: RequireAndVerifyClientCert. */
  readonly requiresClientCertificate?: boolean;
  /** Server.Protocols; undefined: HTTP/1, and HTTP/2 over TLS. */
  readonly protocols?: readonly ('HTTP1' | 'HTTP2' | 'UnencryptedHTTP2')[];
  readonly plainAnswer?: number;
}

export function go(settings: GoSettings, knock: Knock): Seen {
  return answerAt(portOf(settings), knock);
}

function portOf({ tls, protocols = ['HTTP1', 'HTTP2'], plainAnswer, minTls = '1.2', maxTls = '1.3', requiresClientCertificate }: GoSettings): Port {
  const one = protocols.includes('HTTP1');
  const two = protocols.includes(tls ? 'HTTP2' : 'UnencryptedHTTP2');
  return {
    ...(tls ? {
      tls: {
        versions: (['1.2', '1.3'] as const).filter((version) => version >= minTls && version <= maxTls),
        alpn: [...(two ? ['h2'] : []), ...(one ? ['http/1.1'] : [])],
        mismatch: one ? 'alert' : 'alert unless http/1.1',
        cbc: two ? 'closed' : 'served',
        rsaKeyExchange: false,
        plain: 400,
        ...(requiresClientCertificate ? { clientCertificate: 'handshake' } : {}),
      },
    } : {}),
    ...(one ? { http1: { http10: 'served', withoutHost: 400, toPreface: 200, toProxyLine: 400 } } : { instead: 'closed' }),
    ...(two ? { http2: { atOnce: true, http1Bytes: 'closed' } } : {}),
    app: { status: plainAnswer ?? 200, keepAliveSeconds: Infinity },
  };
}
