// Client programs by name, and by version where a version changed something: what each sends out of the box, or with the option in
// its name. The key says how it is used, the way its users would: "curl --http2", "java HttpClient default".
// Not here: what that leads to (index.ts).
// Facts: `lab` means that the program was run against servers that told what they saw; versions that changed a row name the change.

import type { Calls } from './index';
import { Age, rowFor } from '../program/versions';

export interface ClientProgram {
  /** Whose version decides, where that is not the first program of the name: Python's for its libraries. */
  readonly by?: string;
  /** Oldest first. */
  readonly ages: readonly Age<Calls>[];
  readonly source: string;
}

const MODERN = ['1.2', '1.3'] as const;

const HTTP1: Calls = { http: '1.1', alpn: [], tls: MODERN };
const HTTP1_ALPN: Calls = { ...HTTP1, alpn: ['http/1.1'] };
const HTTP2: Calls = { http: 'by-alpn', alpn: ['h2', 'http/1.1'], tls: MODERN };
const HTTP2_ONLY: Calls = { http: '2', alpn: ['h2'], tls: MODERN, clear: 'HTTP/2 at once' };
const WEB_SOCKET: Calls = { ...HTTP1, webSocket: true };

const always = (row: Calls, source: string): ClientProgram => ({ ages: [{ row }], source });

const CURL = 'lab: curl 7.88.1, 8.14.1, 8.23.0';
/** http.client sends CONNECT in HTTP/1.0 up to Python 3.11; requests and urllib3 inherit it, whatever their version. */
const PYTHON = 'lab: Python 3.11, 3.13, 3.14; Python documentation, http.client, set_tunnel: "Changed in version 3.12: HTTP CONNECT tunnel requests use protocol HTTP/1.1"';
const python = (row: Calls, by = 'python'): ClientProgram => ({ by, ages: [{ row: { ...row, connect: '1.0' } }, { since: '3.12', row }], source: PYTHON });
/** Up to Go 1.17 a client spoke TLS 1.0 and 1.1 too. */
const GO = 'lab: Go 1.19.8, 1.27.3; Go 1.18 release notes, crypto/tls (client-side minimum TLS 1.2)';
const go = (row: Calls): ClientProgram => ({ ages: [{ row: { ...row, tls: ['1.0', '1.1', ...MODERN] } }, { since: '1.18', row }], source: GO });
const JAVA = 'lab: Java 17, 21, 25';
const OKHTTP = 'lab: OkHttp 3.13.1 on Java';
const NODE = 'lab: Node.js 18.20.8, 20.20.2, 22.23.3, 24.21.0, 26.10.0';
const UNDICI = 'lab: undici 7.30.2 on Node.js 20 to 26';

export const CLIENT_PROGRAMS: Readonly<Record<string, ClientProgram>> = {
  'apachebench': always({ http: '1.0', alpn: [], tls: MODERN }, 'lab: ab 2.3; envoyproxy/envoy#18608'),
  'busybox-wget': always({ ...HTTP1, tls: [], hidesTlsFailure: true }, 'lab: BusyBox 1.35.0, which no TLS server there let in'),

  'curl': always(HTTP2, CURL),
  'curl --http1.0': {
    ages: [
      { row: { http: '1.0', alpn: ['http/1.1'], tls: MODERN } },
      { since: '7.88.0', row: { http: '1.0', alpn: ['http/1.0'], tls: MODERN } },
      { since: '8.5.0', row: { http: '1.0', alpn: ['http/1.1'], tls: MODERN } },
    ],
    source: `${CURL}; curl/curl#10183 (7.88.0: ALPN http/1.0), curl/curl#12285 (8.5.0: http/1.1 again)`,
  },
  'curl --http1.1': always(HTTP1_ALPN, CURL),
  'curl --http2': always({ ...HTTP2, clear: 'Upgrade: h2c' }, CURL),
  'curl --http2-prior-knowledge': {
    ages: [{ row: { ...HTTP2, clear: 'HTTP/2 at once' } }, { since: '8.10.0', row: HTTP2_ONLY }],
    source: `${CURL}; curl/curl#14266 (8.10.0: over TLS it offers h2 alone)`,
  },
  'curl --http3': always(HTTP2, `${CURL}; curl manual, --http3 (falls back to HTTP/2 and 1.1; HTTP/3 itself is not modelled here)`),

  'go http.DefaultTransport': go(HTTP2),
  'go Transport with own TLSClientConfig': go(HTTP1),
  'go own TLSClientConfig + ForceAttemptHTTP2': go(HTTP2),

  'java HttpClient default': always({ ...HTTP2, clear: 'Upgrade: h2c' }, JAVA),
  'java HttpClient HTTP_2': always({ ...HTTP2, clear: 'Upgrade: h2c' }, JAVA),
  'java HttpClient HTTP_1_1': always(HTTP1, JAVA),
  'java HttpClient WebSocket': always(WEB_SOCKET, JAVA),
  'java HttpURLConnection': always({ ...HTTP1, sni: 'dotted names only' }, JAVA),
  'okhttp default': always({ ...HTTP2, sni: 'dotted names only' }, OKHTTP),
  'okhttp H2_PRIOR_KNOWLEDGE': always({ ...HTTP2_ONLY, tls: [], hidesTlsFailure: true }, `${OKHTTP}, which refuses https:// with it`),
  'okhttp WebSocket': always({ ...WEB_SOCKET, alpn: ['http/1.1'], sni: 'dotted names only' }, OKHTTP),

  'node http/https module': always(HTTP1, NODE),
  'node http2 module': always(HTTP2_ONLY, NODE),
  'node fetch': always(HTTP1_ALPN, `${NODE}; also where its undici is 8`),
  'node WebSocket': always({ ...WEB_SOCKET, alpn: ['http/1.1'], hidesTlsFailure: true }, 'lab: Node.js 22.23.3, 24.21.0, 26.10.0'),
  'nghttp': always({ ...HTTP2_ONLY, hidesTlsFailure: true }, 'test/lab: nghttp 1.52.0'),
  'http2-wrapper auto': always(HTTP2, 'lab: http2-wrapper 2.2.4 on Node.js 20 to 26'),
  'undici request': { ages: [{ row: HTTP1_ALPN }, { since: '8', row: { ...HTTP2, alpn: ['http/1.1', 'h2'] } }], source: `${UNDICI}; its history of 2026-03 (8: allowH2 is on by default, http/1.1 first)` },
  'undici request allowH2=false': always(HTTP1_ALPN, UNDICI),
  'undici request allowH2=true': always(HTTP2, UNDICI),
  'ws': always(WEB_SOCKET, 'lab: ws 8.23.0 on Node.js 20 to 26'),

  'perl LWP': always({ ...HTTP1, foreignIs: 200 }, 'lab: LWP 6.68, which takes HTTP/2 frames for a page of HTTP/0.9'),
  'php curl': { ...always(HTTP2, 'lab: PHP 8.2.35 with curl 7.88.1'), by: 'curl' },
  'php file_get_contents': always({ ...HTTP1, foreignIs: 0, hidesTlsFailure: true }, 'lab: PHP 8.2.35; frames are handed over as a page without a status line'),
  'ruby Net::HTTP': always(HTTP1, 'lab: Ruby 3.1.2'),
  'wget': always({ ...HTTP1, tls: ['1.0', '1.1', ...MODERN] }, 'lab: GNU Wget 1.21.3 with GnuTLS'),

  'python-requests': python(HTTP1_ALPN),
  'python-urllib.request': python(HTTP1, 'python-urllib.request'),
  'python-aiohttp': always(HTTP1, 'lab: aiohttp 3.8.4, 3.14.3 on Python 3.11'),
  'python-httpx http2=False': always(HTTP1_ALPN, 'lab: httpx 0.23.3, 0.28.1 on Python 3.11, 3.13, 3.14'),
  'python-httpx http2=True': always(HTTP2, 'lab: httpx 0.23.3, 0.28.1 on Python 3.11, 3.13, 3.14'),
  'python-websockets': always(WEB_SOCKET, 'lab: websockets 10.4, 15.0.1, 17.1'),
};

/** How a program of this name and of these versions calls; a version that is not known is taken for the newest. */
export function callsOf(name: string, versions: Readonly<Record<string, string>> = {}): Calls | undefined {
  const program = Object.prototype.hasOwnProperty.call(CLIENT_PROGRAMS, name) ? CLIENT_PROGRAMS[name] : undefined;
  if (!program) return undefined;
  const version = versions[program.by ?? name.split(' ')[0]];
  return version === undefined ? program.ages[program.ages.length - 1].row : rowFor(program.ages, version);
}
