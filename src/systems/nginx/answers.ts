// What comes back through nginx. Trouble upstream is 502, whatever it was, and silence 504 after the caller has gone. Two oddities:
// bytes that are no HTTP/1 answer are taken for one in HTTP/0.9 and passed on, so that an HTTP/2-only server behind an HTTP/1
// proxy_pass gives its frames to HTTP/1 callers and `:status 000` to those of HTTP/2; and an Upgrade header that Apache adds to its
// answers spoils them for HTTP/2 callers (until 1.31.3). A 101 counts only for a caller that asked.
// Facts: ngx_http_proxy_module.c, ngx_http_proxy_process_status_line ("no valid HTTP/1.0 header"); seen with 1.22.1, 1.26.3, 1.30.6.

import { NginxRow } from './ages';
import { NginxPass } from './settings';
import { Admitted } from '../program/admit';
import { legOf } from '../program/answer';
import { Knock, Leg, Seen } from '../program/knock';

const SPEAKS_FIRST = 'nginx sent its request before the HTTP/2 server spoke; otherwise nothing comes until proxy_read_timeout';

export function relayed(row: NginxRow, pass: NginxPass, knock: Knock, admitted: Admitted, sent: Knock, seen: Seen): Seen {
  const { tls, alpn } = legOf(admitted);
  const leg = legOf({ tls, alpn, possible: seen.possible });
  const two = admitted.version === '2' || admitted.version === '3';
  switch (seen.kind) {
    case 'status': return status(row, two, leg, pass.hidesUpgrade ? { ...seen, upgradeHeader: undefined } : seen);
    case '101': return knock.upgrade === undefined || two ? { kind: 'status', status: 502, ...leg } : { ...seen, tls, alpn, ...leg };
    case 'wrong-protocol': {
      if (sent.version === '2') return { kind: 'status', status: 502, ...leg };
      const possible = seen.possible ?? SPEAKS_FIRST;
      return two ? { kind: 'status', status: 0, ...leg, possible } : { kind: 'wrong-protocol', ...leg, possible };
    }
    case 'tls-failure':
    case 'connection-closed':
    case 'client-refuses': return { kind: 'status', status: 502, ...leg };
    case 'timeout': return { kind: 'timeout', ...leg };
    case 'unknown': return seen;
    default: return seen satisfies never;
  }
}

function status(row: NginxRow, two: boolean, leg: Leg, seen: Seen & { readonly kind: 'status' }): Seen {
  if (!seen.upgradeHeader) return { kind: 'status', status: seen.status, ...leg };
  if (!two) return { kind: 'status', status: seen.status, ...leg, upgradeHeader: true };
  return row.relaysUpgrade ? { kind: 'connection-closed', ...leg } : { kind: 'status', status: seen.status, ...leg };
}

/** A WebSocket on which nobody speaks: proxy_read_timeout ends it, unless the other side is faster. */
export function silent(pass: NginxPass, patience: number, opened: Seen, behind: Seen): Seen {
  const { tls, alpn, possible } = opened;
  const { readTimeoutSeconds: own = 60, lines } = pass;
  if (own === 'unknown') return { kind: 'unknown', because: `proxy_read_timeout (${lines?.proxy_read_timeout ?? '?'}) could not be read` };
  const theirs = behind.kind === 'connection-closed' ? behind.afterSeconds ?? Infinity : Infinity;
  const seconds = Math.min(own, theirs);
  const leg = legOf({ tls, alpn, possible });
  return seconds < patience ? { kind: 'connection-closed', afterSeconds: seconds, ...leg } : { kind: 'timeout', ...leg };
}
