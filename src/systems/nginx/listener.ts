// nginx's listener as a port. Plain HTTP at a TLS port is 400, as is a missing client certificate, after the handshake; ALPN knows
// http/1.0 too, and the HTTP/2 blacklist of suites is not enforced.
// Facts: seen with 1.22.1, 1.26.3, 1.30.6 on OpenSSL 3.0, 3.5, 3.6; ngx_http_ssl_module and ngx_http_core_module manuals.

import { NginxRow } from './ages';
import { NginxSettings, NginxTls } from './settings';
import { TlsVersion } from '../../protocol';
import { Port, TlsSide } from '../program/port';

export function portOf(settings: NginxSettings, row: NginxRow): Port {
  const { tls, http2, keepAliveSeconds = 75 } = settings;
  const two = http2 === 'on' || http2 === 'listen';
  const alone = http2 === 'listen' && !tls && row.http2Alone;
  return {
    ...(tls ? { tls: tlsOf(tls, two, row) } : {}),
    ...(alone ? { instead: 'frames' } : { http1: { http10: 'served', withoutHost: 400, toPreface: 400, toProxyLine: 400 } }),
    ...(two ? { http2: { atOnce: true, http1Bytes: 'frames' } } : {}),
    ...(settings.quic ? { http3: true } : {}),
    ...(settings.proxyProtocol ? { proxyProtocol: true } : {}),
    app: { status: 200, keepAliveSeconds },
  };
}

function tlsOf(tls: NginxTls, http2: boolean, row: NginxRow): TlsSide {
  return {
    versions: usable(tls.protocols === undefined || tls.protocols === 'unknown' ? row.tls : tls.protocols, tls.securityLevel0),
    alpn: [...(http2 ? ['h2'] : []), 'http/1.1', 'http/1.0', 'http/0.9'],
    mismatch: row.mismatch,
    cbc: 'served',
    rsaKeyExchange: true,
    plain: tls.plain ?? 400,
    ...(tls.rejectsUnknownNames ? { needsServerName: true } : {}),
    ...(tls.verifyClient === 'on' ? { clientCertificate: 400 } : {}),
  };
}

/** What a list of versions comes to in OpenSSL 3. */
export function usable(listed: readonly TlsVersion[], securityLevel0: boolean | undefined): TlsVersion[] {
  return listed.filter((version) => version === '1.2' || version === '1.3' || (securityLevel0 && version !== 'SSLv3'));
}
