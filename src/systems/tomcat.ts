// Apache Tomcat: the HTTP/1.1 connector, with and without the HTTP/2 upgrade protocol, and its strict WebSocket handshake. Tomcat
// is the one server here that answers a WebSocket handshake of another version with 426 (also version 8, also none at all).
// From spring 2026 on it resets cleartext HTTP/2 whose :scheme is https, which a proxy sends that has ended TLS, unless
// allowSchemeMismatch is set, which came a month later than the check.
// Facts: seen with 10.1.60 (Java 17), 11.0.22 (Java 21), 11.0.24 (Java 25); commits of 2026-04-23 and 2026-05-28 to the 11.0 branch.
// Between 10.1.60 and what came before the check no version was tried: those count as checking, the worse case.

import { TlsVersion } from '../protocol';
import { answerAt } from './program/answer';
import { Knock, Seen } from './program/knock';
import { Port } from './program/port';
import { Age, atLeast, seenWith } from './program/versions';

export interface TomcatSettings {
  readonly version?: string;
  /** SSLEnabled. `protocols` is what the connector lists; the JDK forbids 1.0 and 1.1 whatever is listed. */
  readonly tls?: {
    readonly protocols?: readonly TlsVersion[];
    /** certificateVerification="required". */
    readonly requiresClientCertificate?: boolean;
  };
  /** <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/> */
  readonly http2?: boolean;
  readonly allowSchemeMismatch?: boolean;
  /** connectionTimeout in seconds; 60 by code, 20 in the server.xml that is shipped. */
  readonly connectionTimeoutSeconds?: number;
  readonly plainAnswer?: number;
}

/** Whether allowSchemeMismatch is known. */
const AGES: readonly Age<boolean>[] = [{ row: false }, { since: '11.0.23', row: true }];
const AGES_10: readonly Age<boolean>[] = [{ row: false }, { since: '10.1.55', row: true }];

export function tomcat(settings: TomcatSettings, knock: Knock): Seen {
  const { version } = settings;
  const ages = version !== undefined && !atLeast(version, '11') ? AGES_10 : AGES;
  return seenWith('Tomcat', ages, version, (knowsSetting) => answerAt(portOf(settings, knowsSetting && Boolean(settings.allowSchemeMismatch)), knock));
}

function portOf(settings: TomcatSettings, anyScheme: boolean): Port {
  return {
    ...(settings.tls ? {
      tls: {
        versions: (settings.tls.protocols ?? ['1.2', '1.3']).filter((version) => version === '1.2' || version === '1.3'),
        // It offers h2 alone; a caller of HTTP/1.1 gets no ALPN, and is served.
        alpn: settings.http2 ? ['h2'] : [],
        mismatch: 'none',
        cbc: 'served',
        rsaKeyExchange: false,
        plain: 400,
        ...(settings.tls.requiresClientCertificate ? { clientCertificate: 'handshake' } : {}),
      },
    } : {}),
    http1: {
      http10: 'served',
      withoutHost: 400,
      toPreface: 'closed',
      toProxyLine: 400,
      ...(settings.http2 && !settings.tls ? { h2c: 'switches', h2cNamed: true } : {}),
      webSocket: {
        elsewhere: 'app',
        noUpgrade: 'app',
        notGet: 'app',
        noConnection: 400,
        http10: 'taken',
        versions: [13],
        otherVersion: 426,
        noKey: 400,
        badKey: 400,
      },
    },
    ...(settings.http2 ? { http2: { atOnce: true, http1Bytes: 'frames', ...(anyScheme ? {} : { foreignScheme: 'closed' }) } } : {}),
    app: { status: settings.plainAnswer ?? 200, keepAliveSeconds: settings.connectionTimeoutSeconds ?? 60 },
  };
}
