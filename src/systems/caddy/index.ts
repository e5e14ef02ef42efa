// Caddy as a server: respond, file_server. Not here: reverse_proxy (proxy.ts).
// A Go server with its own defaults: TLS 1.2 at least, neither CBC nor RSA key exchange, HTTP/3 on. In cleartext 2.6 hands the
// HTTP/2 preface to the handler as a request `PRI *` (200); a later one speaks HTTP/2 there by default, without Upgrade: h2c.
// Facts: seen with 2.6.2 and 2.11.4; the versions between count as the older. 2.6 refuses a configuration with h2 and without h1.

import { TlsVersion } from '../../protocol';
import { answerAt } from '../program/answer';
import { Knock, Seen } from '../program/knock';
import { Port } from '../program/port';
import { Age, seenWith } from '../program/versions';

export * from './proxy';

export interface CaddySettings {
  readonly version?: string;
  /** servers { protocols … }; h1, h2 and h3 unless said. */
  readonly protocols?: readonly ('h1' | 'h2' | 'h2c' | 'h3')[];
  /** tls { protocols min }; requiresClientCertificate: client_auth { mode require }. */
  readonly tls?: { readonly min?: '1.2' | '1.3'; readonly requiresClientCertificate?: boolean };
  readonly plainAnswer?: number;
}

export interface CaddyRow {
  readonly h2cByDefault: boolean;
  readonly h2cUpgrade: boolean;
}

export const CADDY_AGES: readonly Age<CaddyRow>[] = [
  { row: { h2cByDefault: false, h2cUpgrade: true } },
  { since: '2.11', row: { h2cByDefault: true, h2cUpgrade: false } },
];

export function caddy(settings: CaddySettings, knock: Knock): Seen {
  return seenWith('Caddy', CADDY_AGES, settings.version, (row) => answerAt(caddyPort(settings, row), knock));
}

export function caddyPort({ protocols, tls, plainAnswer }: CaddySettings, row: CaddyRow): Port {
  const spoken = protocols ?? ['h1', 'h2', 'h3', ...(row.h2cByDefault ? ['h2c'] : [])];
  const one = spoken.includes('h1');
  const two = spoken.includes(tls ? 'h2' : 'h2c');
  const versions: TlsVersion[] = tls?.min === '1.3' ? ['1.3'] : ['1.2', '1.3'];
  return {
    ...(tls ? {
      tls: {
        versions,
        alpn: [...(two ? ['h2'] : []), ...(one ? ['http/1.1'] : [])],
        mismatch: one ? 'alert' : 'alert unless http/1.1',
        cbc: 'tls-failure',
        rsaKeyExchange: false,
        plain: 400,
        ...(tls.requiresClientCertificate ? { clientCertificate: 'handshake' } : {}),
      },
    } : {}),
    ...(one ? {
      http1: { http10: 'served', withoutHost: 400, toPreface: 200, toProxyLine: 400, ...(two && !tls && row.h2cUpgrade ? { h2c: 'switches', h2cNamed: true } : {}) },
    } : { instead: 'closed' }),
    ...(two ? { http2: { atOnce: true, http1Bytes: 'closed' } } : {}),
    ...(tls && spoken.includes('h3') ? { http3: true } : {}),
    app: { status: plainAnswer ?? 200, keepAliveSeconds: Infinity },
  };
}
