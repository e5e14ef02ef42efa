// nginx by version: what changed at its listener and towards upstream. A setting that an older nginx would refuse to start with
// tells the version too.
// Facts: nginx CHANGES 1.21.4 (ALPN without overlap is refused), 1.23.4 (TLS 1.3 by default), 1.25.0 (QUIC), 1.25.1 (http2 on; HTTP/1 and
// HTTP/2 on one cleartext port), 1.27.3 (TLS 1.0 and 1.1 off by default), 1.29.4 (HTTP/2 upstream), 1.29.7 (HTTP/1.1 and keep-alive
// upstream by default), 1.31.3 (Upgrade is not relayed in HTTP/2); seen with 1.22.1, 1.26.3, 1.30.6.

import { NginxSettings } from './settings';
import { TlsVersion } from '../../protocol';
import { Age, atLeast, rowFor } from '../program/versions';

export interface NginxRow {
  readonly mismatch: 'none' | 'alert';
  /** ssl_protocols and proxy_ssl_protocols by default. */
  readonly tls: readonly TlsVersion[];
  /** `listen … http2` in cleartext leaves HTTP/1 out. */
  readonly http2Alone: boolean;
  /** proxy_http_version by default. */
  readonly upstream: '1.0' | '1.1';
  /** An Upgrade header from upstream goes on into an HTTP/2 answer, which the caller has to reject. */
  readonly relaysUpgrade: boolean;
}

const OLDEST: NginxRow = { mismatch: 'none', tls: ['1.0', '1.1', '1.2'], http2Alone: true, upstream: '1.0', relaysUpgrade: true };
const SINCE_1_21_4: NginxRow = { ...OLDEST, mismatch: 'alert' };
const SINCE_1_23_4: NginxRow = { ...SINCE_1_21_4, tls: ['1.0', '1.1', '1.2', '1.3'] };
const SINCE_1_25_1: NginxRow = { ...SINCE_1_23_4, http2Alone: false };
const SINCE_1_27_3: NginxRow = { ...SINCE_1_25_1, tls: ['1.2', '1.3'] };
const SINCE_1_29_7: NginxRow = { ...SINCE_1_27_3, upstream: '1.1' };

const AGES: readonly Age<NginxRow>[] = [
  { row: OLDEST },
  { since: '1.21.4', row: SINCE_1_21_4 },
  { since: '1.23.4', row: SINCE_1_23_4 },
  { since: '1.25.1', row: SINCE_1_25_1 },
  { since: '1.27.3', row: SINCE_1_27_3 },
  { since: '1.29.7', row: SINCE_1_29_7 },
  { since: '1.31.3', row: { ...SINCE_1_29_7, relaysUpgrade: false } },
];

/** The ages that would start with these settings. */
export function agesOf(settings: NginxSettings): readonly Age<NginxRow>[] {
  const floor = floorOf(settings);
  if (floor === undefined) return AGES;
  return [{ row: rowFor(AGES, floor) }, ...AGES.filter(({ since }) => since !== undefined && !atLeast(floor, since))];
}

function floorOf({ http2, quic, locations }: NginxSettings): string | undefined {
  if (locations.some(({ does }) => does.is === 'proxy_pass' && does.httpVersion === '2')) return '1.29.4';
  if (http2 === 'on') return '1.25.1';
  return quic ? '1.25.0' : undefined;
}
