// HAProxy's ages: what changed between versions in what its ports and its requests look like.
// Facts: seen with 2.6.12, 3.0.11 and 3.2.26 (Debian). Fixes are taken back into older branches, so the age of a branch is that of
// its newest releases: the h2c token goes since commit 7b89aa5b1 (3.1-dev5, for all branches from 2.4), half an upgrade since
// 3843f48fa (3.4-dev14, the same). ALPN default: commit 5003ac7fe (2.8-dev8). 502 to HTTP/2 callers where the connection is fresh: 3fc38593d
// (3.0-dev8). Requests sent before the server's SETTINGS: b0e8edaef (3.3-dev11, seen in 3.2.26). Not seen, read there: the server
// name by default (668916c1a, 3.3-dev8), 405 to the preface (72fd35781, 3.4-dev11).

import { Age } from '../program/versions';

export interface HaproxyRow {
  /** ALPN of a TLS bind line without alpn: as it is, and with `proto h2`. */
  readonly alpn: { readonly usual: readonly string[]; readonly protoH2: readonly string[] };
  /** What `proto h1` answers to the HTTP/2 preface. */
  readonly toPreface: number;
  /** `Upgrade: h2c` goes on as any other upgrade. */
  readonly h2c: 'kept' | 'dropped';
  /** An upgrade of a request with a body. */
  readonly upgradeWithBody: 'kept' | 'dropped';
  /** `Upgrade` without `Connection: Upgrade`, and the other way round. */
  readonly halfAnUpgrade: 'kept' | 'dropped';
  /** An HTTP/2 caller whose server closes without an answer. */
  readonly toHttp2Caller: 'reset' | 502;
  /** `server … proto h2` where the server answers the preface in HTTP/1, or is not there; and where it closes without a byte. */
  readonly protoH2: { readonly foreign: 502 | 503; readonly closed: 'silence' | 502 };
  /** Health checks speak what ALPN selects; else HTTP/1 whatever it selects. */
  readonly checksByAlpn: boolean;
  /** The name in the TLS handshake with a server without sni. */
  readonly serverName: 'none' | 'host';
}

const OLDEST: HaproxyRow = {
  alpn: { usual: [], protoH2: [] },
  toPreface: 400,
  h2c: 'kept',
  upgradeWithBody: 'dropped',
  halfAnUpgrade: 'kept',
  toHttp2Caller: 'reset',
  protoH2: { foreign: 503, closed: 'silence' },
  checksByAlpn: false,
  serverName: 'none',
};
const SINCE_2_8: HaproxyRow = { ...OLDEST, alpn: { usual: ['h2', 'http/1.1'], protoH2: ['h2', 'http/1.1'] } };
const SINCE_3_0: HaproxyRow = { ...SINCE_2_8, h2c: 'dropped', upgradeWithBody: 'kept', toHttp2Caller: 502 };
const SINCE_3_2: HaproxyRow = {
  ...SINCE_3_0,
  alpn: { usual: ['h2', 'http/1.1'], protoH2: ['h2'] },
  halfAnUpgrade: 'dropped',
  protoH2: { foreign: 502, closed: 502 },
  checksByAlpn: true,
};
const SINCE_3_3: HaproxyRow = { ...SINCE_3_2, serverName: 'host' };

export const HAPROXY_AGES: readonly Age<HaproxyRow>[] = [
  { row: OLDEST },
  { since: '2.8', row: SINCE_2_8 },
  { since: '3.0', row: SINCE_3_0 },
  { since: '3.2', row: SINCE_3_2 },
  { since: '3.3', row: SINCE_3_3 },
  { since: '3.4', row: { ...SINCE_3_3, toPreface: 405 } },
];
