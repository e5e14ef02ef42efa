// Whether a knock gets through a port: TLS version, suites, server name, ALPN, client certificate, then the HTTP version, the
// Host header, the preface. What comes out is a request in a known version, or what the caller sees instead.
// Servers answer it (answer.ts); proxies use the same gate and send it on.
// Facts: RFC 8446 section 4.2.1, RFC 7301 section 3.2 (no_application_protocol), RFC 9113 sections 3.3, 3.4 and 9.2.2, RFC 9112 section 3.2.

import { Hello, Knock, Leg, Seen } from './knock';
import { Port, TlsSide } from './port';
import { commonTls, TlsVersion } from '../../protocol';

/** A request that is in. */
export interface Admitted extends Leg {
  readonly is: 'admitted';
  readonly version: '1.0' | '1.1' | '2' | '3';
}

export type Gate = Admitted | { readonly is: 'answered'; readonly seen: Seen };

export function admit(port: Port, knock: Knock): Gate {
  // Where nothing listens, UDP gets an ICMP answer; through a firewall it is silence.
  if (knock.over === 'quic') return port.http3 ? { is: 'admitted', version: '3', alpn: 'h3' } : answered({ kind: 'connection-closed' });
  if (port.proxyProtocol) {
    if (!knock.preface) return answered({ kind: knock.over === 'tls' ? 'tls-failure' : 'connection-closed' });
    return admit({ ...port, proxyProtocol: undefined }, { ...knock, preface: undefined });
  }
  if (knock.over === 'tls') {
    if (!port.tls || !knock.hello) return answered({ kind: 'tls-failure', alert: 'the port does not speak TLS' });
    const agreed = handshake(port.tls, knock.hello);
    return agreed.is === 'answered' ? answered(heard(knock, agreed.seen)) : certified(port.tls, knock, overTls(port, knock, agreed.leg, agreed.closesHttp2));
  }
  if (port.tls) {
    return answered(port.tls.plain === 'closed' ? { kind: 'connection-closed' } : { kind: 'status', status: port.tls.plain });
  }
  return knock.version === '2' ? prefaced(port, knock, {}) : http1(port, knock, {});
}

/** A caller whose part of the handshake is finished (so in TLS 1.3) looks at ALPN before it hears that its certificate is missing. */
function heard({ version }: Knock, seen: Seen): Seen {
  const { tls, alpn } = seen;
  return tls !== undefined && version === '2' && alpn !== 'h2' ? { kind: 'wrong-protocol', tls, ...(alpn === undefined ? {} : { alpn }) } : seen;
}

/** Where HTTP answers for a certificate that is missing: a whole request is read before, and the connection closed afterwards. */
function certified({ clientCertificate }: TlsSide, knock: Knock, gate: Gate): Gate {
  if (gate.is === 'answered' || typeof clientCertificate !== 'number' || knock.hello?.certificate) return gate;
  const { tls, alpn } = gate;
  return answered(knock.idleSeconds === undefined
    ? { kind: 'status', status: clientCertificate, tls, alpn }
    : { kind: 'connection-closed', afterSeconds: 0, tls, alpn });
}

function overTls(port: Port, knock: Knock, leg: Leg, closesHttp2: boolean): Gate {
  const http2 = leg.alpn === 'h2';
  if (knock.version === '2' && !http2) return answered({ kind: 'wrong-protocol', ...leg });
  if (http2 && closesHttp2) return answered({ kind: 'connection-closed', ...leg });
  if (!http2) return http1(port, knock, leg);
  if (knock.version === '2' || knock.version === 'by-alpn') return prefaced(port, knock, leg);
  switch (port.http2?.http1Bytes) {
    case 'served': return http1(port, knock, leg);
    case 'closed': return answered({ kind: 'connection-closed', ...leg });
    default: return answered({ kind: 'wrong-protocol', ...leg });
  }
}

function http1(port: Port, knock: Knock, leg: Leg): Gate {
  if (!port.http1) {
    if (typeof port.instead === 'number') return answered({ kind: 'status', status: port.instead, unasked: true, ...leg });
    return answered({ kind: port.instead === 'closed' ? 'connection-closed' : 'wrong-protocol', ...leg });
  }
  if (knock.preface) {
    const { toProxyLine } = port.http1;
    if (typeof toProxyLine === 'number') return answered({ kind: 'status', status: toProxyLine, ...leg });
    return answered({ kind: toProxyLine === 'closed' ? 'connection-closed' : 'timeout', ...leg });
  }
  if (knock.version === '1.0') {
    const { http10, namedByTlsOnly } = port.http1;
    if (namedByTlsOnly !== undefined && knock.host === 'none' && knock.hello && knock.hello.sni !== 'none') {
      return answered({ kind: 'status', status: namedByTlsOnly, ...leg });
    }
    return http10 === 'served' ? { is: 'admitted', version: '1.0', ...leg } : answered({ kind: 'status', status: http10, ...leg });
  }
  const { withoutHost } = port.http1;
  if (knock.host === 'none' && withoutHost !== 'served') return answered({ kind: 'status', status: withoutHost, ...leg });
  return { is: 'admitted', version: '1.1', ...leg };
}

function prefaced(port: Port, knock: Knock, leg: Leg): Gate {
  const { http1: one, http2: two } = port;
  if (!two?.atOnce) {
    if (!one || one.toPreface === 'closed') return answered({ kind: 'connection-closed', ...leg });
    return answered({ kind: 'wrong-protocol', status: one.toPreface, ...leg });
  }
  if (two.broken) return answered({ kind: 'connection-closed', ...leg });
  if (knock.extendedConnect && two.extendedConnect === undefined) return answered({ kind: 'client-refuses', ...leg });
  if (knock.over === 'clear' && knock.scheme === 'https' && two.foreignScheme === 'closed') return answered({ kind: 'connection-closed', ...leg });
  return { is: 'admitted', version: '2', ...leg };
}

type Agreed = { readonly is: 'agreed'; readonly leg: Leg; readonly closesHttp2: boolean } | { readonly is: 'answered'; readonly seen: Seen };

/** The TLS handshake alone. */
export function handshake(side: TlsSide, hello: Hello): Agreed {
  const tls = commonTls(side.versions, hello.versions).pop();
  if (!tls) return failed({}, 'protocol_version');
  if (side.needsServerName && hello.sni !== 'known') return failed({}, hello.sni === 'none' ? 'no server name' : 'unrecognized_name');
  const selected = select(side, hello, tls);
  if (selected === 'alert') return failed({}, 'no_application_protocol');
  const suites = tls === '1.3' ? undefined : hello.suites;
  if (suites === 'rsa-key-exchange-only' && !side.rsaKeyExchange) return failed({}, 'handshake_failure');
  const cbc = suites === 'cbc-only' ? side.cbc : 'served';
  if (cbc === 'tls-failure' || (cbc === 'tls-failure with h2' && selected === 'h2')) return failed({}, 'handshake_failure');
  const leg = selected === undefined ? { tls } : { tls, alpn: selected };
  if ((side.clientCertificate === 'handshake' || side.clientCertificate === 'closes') && !hello.certificate) {
    // In TLS 1.3 the caller has finished its part before the server looks: RFC 8446 section 4.4.2.4.
    if (tls !== '1.3') return failed({}, 'handshake_failure');
    return side.clientCertificate === 'closes' ? { is: 'answered', seen: { kind: 'connection-closed', ...leg } } : failed(leg, 'certificate_required');
  }
  return { is: 'agreed', leg, closesHttp2: cbc === 'closed' };
}

function select(side: TlsSide, hello: Hello, tls: TlsVersion): string | undefined | 'alert' {
  if (hello.alpn.length === 0 || side.alpn.length === 0) return undefined;
  const old = tls !== '1.2' && tls !== '1.3';
  const offered = old && side.http2Floor ? hello.alpn.filter((name) => name !== 'h2') : hello.alpn;
  const common = side.alpn.find((name) => offered.includes(name));
  if (common !== undefined) return common;
  switch (side.mismatch) {
    case 'none': return undefined;
    case 'alert unless http/1.1': return offered.includes('http/1.1') ? undefined : 'alert';
    case 'alert':
    case 'selects http/1.1': return 'alert';
    default: return side.mismatch satisfies never;
  }
}

function failed(leg: Leg, alert: string): { is: 'answered'; seen: Seen } {
  return { is: 'answered', seen: { kind: 'tls-failure', alert, ...leg } };
}

function answered(seen: Seen): Gate {
  return { is: 'answered', seen };
}
