// What of an nginx configuration decides how a request is taken and sent on: one listener, and what its locations do. Plain data.
// A setting that is left out is nginx's default, which depends on the version; 'unknown' is a line that could not be understood.
// Not here: what nginx does with it (index.ts), how it is read from a file (read.ts).

import { TlsVersion } from '../../protocol';

export type Unknown = 'unknown';

/** One server at one port. */
export interface NginxSettings {
  /** "1.22.1", "1.26.3-3+deb13u7". Unknown: every age is tried. */
  readonly version?: string;
  /** `ssl` on the listener. */
  readonly tls?: NginxTls;
  /** `listen … http2`, or `http2 on` (1.25.1). The first in cleartext meant HTTP/2 alone until 1.25.1. */
  readonly http2?: 'listen' | 'on' | Unknown;
  /** `listen … quic` beside it. */
  readonly quic?: boolean;
  /** `listen … proxy_protocol`. */
  readonly proxyProtocol?: boolean;
  /** keepalive_timeout; 75 unless said. */
  readonly keepAliveSeconds?: number;
  /** Where no location fits: a page. */
  readonly locations: readonly NginxLocation[];
  /** An `if`, or an include that is not known, which may take the request elsewhere: "nginx.conf:12". */
  readonly condition?: string;
  readonly port?: number;
  readonly serverNames?: readonly string[];
  /** Where each directive stands: { ssl_protocols: "nginx.conf:4" }. */
  readonly lines?: Readonly<Record<string, string>>;
}

export interface NginxTls {
  /** ssl_protocols. 1.0 and 1.1 count only with @SECLEVEL=0 in ssl_ciphers, as nginx is built with OpenSSL 3. */
  readonly protocols?: readonly TlsVersion[] | Unknown;
  readonly securityLevel0?: boolean;
  /** What plain HTTP gets: error_page 497; 400 unless said. */
  readonly plain?: number;
  /** ssl_verify_client; only `on` turns callers away, with 400. */
  readonly verifyClient?: 'on' | 'optional' | Unknown;
  /** The default server of the port has ssl_reject_handshake on, and this is another server; what a Host that is unknown gets there. */
  readonly rejectsUnknownNames?: { readonly otherHosts: number };
  /** ssl_reject_handshake on here: nobody gets in. */
  readonly rejectsHandshake?: boolean;
}

export interface NginxLocation {
  /** As written; undefined is `/`. */
  readonly path?: string;
  /** `=`, none, `^~`, `~` or `~*`; prefix unless said. */
  readonly match?: 'exact' | 'prefix' | 'prefix before regex' | 'regex';
  readonly does: NginxContent | NginxPass | { readonly is: Unknown; readonly because: string };
  /** An `if` inside: "nginx.conf:12". */
  readonly condition?: string;
  /** "nginx.conf:14". */
  readonly at?: string;
}

/** A page, `return`, or an application by another protocol than HTTP (fastcgi_pass, uwsgi_pass). */
export interface NginxContent {
  readonly is: 'content';
  /** 200 unless said; 444 closes the connection. */
  readonly status?: number;
}

export interface NginxPass {
  readonly is: 'proxy_pass' | 'grpc_pass';
  /** Address or name of upstream, as written: "app:3000". */
  readonly to?: string;
  /** What the upstream of that name lists. */
  readonly servers?: readonly string[];
  /** What stands after the address, and replaces the path of the location: "/" in `proxy_pass http://app/`. */
  readonly uri?: string;
  /** https:// or grpcs://. */
  readonly tls?: NginxUpstreamTls;
  /** proxy_http_version; 1.0 unless said, 1.1 from 1.29.7; 2 is of 1.29.4. grpc_pass always speaks HTTP/2. */
  readonly httpVersion?: '1.0' | '1.1' | '2' | Unknown;
  /** `proxy_set_header Upgrade`; dropped unless said. */
  readonly upgrade?: '$http_upgrade' | 'websocket' | 'none' | Unknown;
  /**
   * `proxy_set_header Connection`: by the usual map (upgrade where there is Upgrade, else close or nothing), by one that knows only
   * Upgrade: websocket, or literally.
   */
  readonly connection?: 'map' | 'map of websocket' | '$http_connection' | 'upgrade' | 'keep-alive' | 'close' | 'none' | Unknown;
  /** `proxy_hide_header Upgrade`. */
  readonly hidesUpgrade?: boolean;
  /** proxy_read_timeout or grpc_read_timeout; 60 unless said. */
  readonly readTimeoutSeconds?: number | Unknown;
  /** Where each directive stands: { proxy_http_version: "nginx.conf:15" }. */
  readonly lines?: Readonly<Record<string, string>>;
}

export interface NginxUpstreamTls {
  /** proxy_ssl_protocols. */
  readonly protocols?: readonly TlsVersion[] | Unknown;
  readonly securityLevel0?: boolean;
  /** proxy_ssl_server_name on, with a name that the server knows, or another; off unless said. */
  readonly serverName?: 'off' | 'right' | 'wrong' | Unknown;
  /** proxy_ssl_verify: off unless said; on, and whether the certificate passes (name, authority) is known, or not. */
  readonly verify?: 'off' | 'on' | 'passes' | 'fails';
  /** proxy_ssl_certificate: nginx shows one of its own. */
  readonly certificate?: boolean;
}
