// Settings of nginx from the words that a row of the matrix has for its configuration ("ssl + http2; ssl_protocols TLSv1.2;"), for
// variants that have no settings by name. Not a reader of configurations: that is src/systems/nginx/read.ts.

import type { Row } from './matrix';
import { NginxPass, NginxSettings, NginxTls } from '../../src/systems/nginx';
import { secondsOf, tlsVersionsOf } from '../../src/systems/nginx/values';

const TLS = { protocols: ['1.2', '1.3'] } as const satisfies NginxTls;

/** A server of its own, where the words say nothing of passing on. */
export function serverInWords({ config = '', listener, variant }: Row): NginxSettings | undefined {
  if (/_pass|[Uu]pgrade|proxy_(http|read|ssl)/.test(config)) return undefined;
  const spoken = /\bh(ttp)?2\b/.test(`${variant} ${config}`) && !/no-h2|no http2/.test(`${variant} ${config}`);
  const http2 = /http2 on/.test(config) ? 'on' : spoken ? 'listen' : undefined;
  return {
    locations: [{ does: { is: 'content' } }],
    ...(http2 ? { http2 } : {}),
    ...(/\bquic\b/.test(config) ? { quic: true } : {}),
    ...(/listen [^;]*proxy_protocol/.test(config) ? { proxyProtocol: true } : {}),
    ...(listener === 'tls' ? { tls: tlsInWords(config) } : {}),
  };
}

function tlsInWords(config: string): NginxTls {
  const [, listed] = /(?<!proxy_)ssl_protocols ((?:TLSv1(?:\.\d)? ?)+)/.exec(config) ?? [];
  return {
    ...(listed ? { protocols: tlsVersionsOf(listed.trim().split(' ')) } : /no,? ssl_protocols/.test(config) ? {} : TLS),
    ...(/SECLEVEL=0/.test(config) ? { securityLevel0: true } : {}),
    ...(/ssl_verify_client on/.test(config) ? { verifyClient: 'on' } : {}),
    ...(/ssl_reject_handshake on/.test(config) ? { rejectsUnknownNames: { otherHosts: 404 } } : {}),
  };
}

/** What is passed on; https is said by the caller, who has to ask for it anyway. */
export function passInWords({ config = '' }: Row): Partial<NginxPass> {
  const map = /\bmap\b/.test(config);
  const [, version] = /(?<!no )proxy_http_version (1\.0|1\.1|2)\b/.exec(config) ?? [];
  const seconds = secondsOf(/proxy_read_timeout (\d+\w*)/.exec(config)?.[1]);
  const wrong = /wrong|other\.example/.test(config);
  return {
    ...(/grpc_pass/.test(config) ? { is: 'grpc_pass' } : {}),
    ...(version || /ws-map/.test(config) ? { httpVersion: (version ?? '1.1') as NginxPass['httpVersion'] } : {}),
    ...(map || /Upgrade/.test(config) ? { upgrade: '$http_upgrade' } : {}),
    ...(/Connection ""/.test(config) ? { connection: 'none' } : /Connection "upgrade"/.test(config) ? { connection: 'upgrade' } : map || /Connection/.test(config) ? { connection: 'map' } : {}),
    ...(seconds === undefined ? {} : { readTimeoutSeconds: seconds }),
    ...(/proxy_ssl_/.test(config) ? {
      tls: {
        ...(/proxy_ssl_server_name on/.test(config) ? { serverName: wrong ? 'wrong' : 'right' } : {}),
        ...(/proxy_ssl_verify on/.test(config) ? { verify: wrong ? 'fails' : 'passes' } : {}),
      },
    } : {}),
  };
}
