// Callers by name, as they are out of the box: what each offers by ALPN and which TLS versions it speaks. A caller that can be
// configured otherwise (httpx with http2=True, undici with allowH2) is here with its defaults.
// Facts: `lab` means that the real program was asked by a TLS server offering h2 and http/1.1 (versions in `source`);
// `documented` and `reported` name the page or thread; `inferred` says from what. Python requests has HTTP/1.1 only in every
// release (psf/requests#5506, #5757): an upgrade of requests never brings HTTP/2.

import type { Client } from './client';

/** A caller by name, with what its row rests on. */
export interface Profile extends Omit<Client, 'id'> {
  readonly source: string;
}

const MODERN = ['1.2', '1.3'] as const;

/** HTTP/1.1 and no ALPN extension. */
const HTTP1 = { kind: 'http', versions: ['1.1'], alpn: [], tls: MODERN, cleartext: true, setsHeaders: true } as const;
/** HTTP/1.1, and says so by ALPN. */
const HTTP1_ALPN = { ...HTTP1, alpn: ['http/1.1'] } as const;
/** HTTP/2 over TLS by ALPN, with HTTP/1.1 to fall back to. */
const HTTP2 = { ...HTTP1, versions: ['2', '1.1'], alpn: ['h2', 'http/1.1'] } as const;
const GRPC = { kind: 'grpc', versions: ['2'], alpn: ['h2'], tls: MODERN, cleartext: false, setsHeaders: true } as const;

export const PROFILES = {
  'evergreen-browser': { ...HTTP2, versions: ['3', '2', '1.1'], alpn: ['h3', 'h2', 'http/1.1'], setsHeaders: true, says: 'a current Chrome, Edge, Firefox or Safari', source: 'inferred from RFC 9114, RFC 9113 and what browsers publish; WebSockets of browsers are wss-browser' },
  'internet-explorer-11': { ...HTTP1, tls: ['1.0', '1.1', '1.2'], says: 'Internet Explorer 11, which ends at TLS 1.2 and HTTP/1.1 (HTTP/2 on Windows 10 only)', source: 'documented: IE blog, "Internet Explorer 11: new security features", 2013 (TLS 1.2 by default); no TLS 1.3 and HTTP/2 on Windows 10 only: inferred from Schannel' },
  'python-requests': { ...HTTP1_ALPN, says: 'Python requests of any version, which has HTTP/1.1 only', source: 'lab: requests 2.28.1, 2.32.3, 2.34.2; psf/requests#5506, #5757' },
  'python-httpx': { ...HTTP1_ALPN, says: 'Python httpx, which speaks HTTP/1.1 unless http2=True', source: 'lab: httpx 0.23, 0.28' },
  'python-aiohttp': { ...HTTP1, says: 'Python aiohttp', source: 'lab: aiohttp 3.8, 3.14' },
  'java-8': { ...HTTP1, tls: ['1.2'], says: 'HttpURLConnection of Java 8, taken for one that ends at TLS 1.2', source: 'lab for HTTP/1.1 without ALPN: HttpURLConnection of Java 17, 21, 25; TLS 1.2 by default and 1.3 only in late updates: inferred from the JDK 8u261 and 8u341 release notes' },
  'java-httpurlconnection': { ...HTTP1, says: 'HttpURLConnection of Java 11 and later', source: 'lab: Java 17, 21, 25' },
  'java-httpclient': { ...HTTP2, says: 'HttpClient of Java 11 and later', source: 'lab: Java 17, 21, 25' },
  'okhttp': { ...HTTP2, says: 'OkHttp', source: 'lab: OkHttp 3.13' },
  'go-http': { ...HTTP2, says: 'net/http of Go with its default transport', source: 'lab: Go 1.19, 1.27; with a TLSClientConfig of its own and no ForceAttemptHTTP2 it is HTTP/1.1 without ALPN' },
  'node-http': { ...HTTP1, says: 'the http and https modules of Node.js', source: 'lab: Node 18 to 26' },
  'node-fetch': { ...HTTP1_ALPN, says: 'fetch of Node.js', source: 'lab: Node 18 to 26' },
  'dotnet-httpclient': { ...HTTP1_ALPN, says: 'HttpClient of .NET, which asks for HTTP/1.1 by default', source: 'documented: .NET API, HttpRequestMessage.Version (1.1 by default); its ALPN offer is inferred' },
  'curl': { ...HTTP2, says: 'curl', source: 'lab: curl 7.88, 8.14, 8.23' },
  'wget': { ...HTTP1, tls: ['1.0', '1.1', '1.2', '1.3'], says: 'GNU Wget', source: 'lab: wget 1.21 with GnuTLS, which still speaks TLS 1.0' },
  'apachebench': { ...HTTP1, versions: ['1.0'], says: 'ApacheBench (ab), which speaks HTTP/1.0', source: 'lab; envoyproxy/envoy#18608' },
  'uptime-monitor': { ...HTTP1_ALPN, says: 'a monitor that asks over HTTP/1.1', source: 'reported: TwiN/gatus#488; others inferred' },
  'grpc-go': { ...GRPC, needsAlpn: true, says: 'grpc-go 1.67 or later', source: 'reported: grpc/grpc-go#7922 (no connection without ALPN h2)' },
  'grpc-java': { ...GRPC, needsAlpn: true, says: 'grpc-java', source: 'reported: grpc/grpc-java#5543 (no connection without ALPN h2)' },
  'grpc-node': { ...GRPC, needsAlpn: true, says: '@grpc/grpc-js', source: 'inferred from its http2 sessions, which Node opens by ALPN h2' },
} as const satisfies Record<string, Profile>;

export type ProfileId = keyof typeof PROFILES;
