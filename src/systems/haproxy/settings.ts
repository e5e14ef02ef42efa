// What of a HAProxy configuration decides how a request is taken and sent on: one bind line, and the backends that it leads to. Plain
// data. Undefined means what HAProxy does without that word, which for alpn and sni depends on the version.
// Not here: what HAProxy does with it (index.ts), how it is read from a file (read.ts), load balancing, caching, header rules.

import { TlsVersion } from '../../protocol';

/** One bind line of a frontend, or of a listen section. */
export interface HaproxySettings {
  /** "2.6.12", "3.0.11-1+deb13u3". Unknown: every age is tried. */
  readonly version?: string;
  /** HAProxy's own default is tcp; most files set http in `defaults`. */
  readonly mode: 'http' | 'tcp';
  readonly bind: HaproxyBind;
  /** default_backend, or the servers of the listen section; undefined: nothing to send on to, which is 503. */
  readonly server?: HaproxyServer;
  /** use_backend, in order; the first that fits is taken. */
  readonly routes?: readonly HaproxyRoute[];
  readonly timeouts?: HaproxyTimeouts;
  /** A redirect or return that answers every request at this port. */
  readonly answers?: { readonly status: number; readonly at: string };
  /** A rule that may answer, or change the request, on a condition that is not followed: "haproxy.cfg:12". */
  readonly condition?: string;
  /** option httpclose: the connection to the caller is closed after each answer. */
  readonly httpclose?: boolean;
  /** Name of the frontend or listen section. */
  readonly name?: string;
  /** "haproxy.cfg:14". */
  readonly at?: string;
}

export interface HaproxyBind {
  /** `ssl crt …`. */
  readonly tls?: HaproxyBindTls;
  /** Fixes the protocol, whatever ALPN says. Without it a cleartext port takes HTTP/1 and prior-knowledge HTTP/2. */
  readonly proto?: 'h1' | 'h2';
  /** h2-workaround-bogus-websocket-clients: WebSocket over HTTP/2 is not announced. */
  readonly announcesNoConnect?: boolean;
  /** accept-proxy: a PROXY line has to come first. */
  readonly acceptProxy?: boolean;
  readonly port?: number;
  /** Lines that could not be understood and that matter here: nothing is said about the port then. */
  readonly unknown?: readonly string[];
  readonly at?: string;
}

export interface HaproxyBindTls {
  /** Undefined: nothing before 2.8, h2,http/1.1 from then on. Empty: no-alpn. */
  readonly alpn?: readonly string[];
  /** ssl-min-ver; 1.2 unless said. Below 1.2 it counts only with @SECLEVEL=0 in ciphers, as HAProxy is built with OpenSSL 3. */
  readonly min?: TlsVersion;
  readonly max?: TlsVersion;
  readonly securityLevel0?: boolean;
  readonly strictSni?: boolean;
  /** verify; only `required` turns callers away. */
  readonly verify?: 'none' | 'optional' | 'required';
}

/** Where requests go: the server lines of a backend, all alike as far as it matters here. */
export interface HaproxyServer {
  /** Name of the backend. */
  readonly backend?: string;
  /** h2 without TLS is prior knowledge. */
  readonly proto?: 'h1' | 'h2';
  readonly tls?: HaproxyServerTls;
  /** What WebSocket is carried in; `auto`, which is the default, is http/1.1 where alpn has it. */
  readonly ws?: 'auto' | 'h1' | 'h2';
  readonly sendProxy?: 'v1' | 'v2';
  /** `check` on the server line; undefined: nobody asks, and the server counts as up. */
  readonly check?: HaproxyCheck;
  /** timeout server and timeout tunnel, in seconds. */
  readonly timeouts?: { readonly server?: number; readonly tunnel?: number };
  readonly unknown?: readonly string[];
  readonly at?: string;
}

export interface HaproxyServerTls {
  /** Undefined: no ALPN, so HTTP/1.1. */
  readonly alpn?: readonly string[];
  /** sni: a fixed name that the server knows, or what the Host header says. Undefined: none before 3.3, the Host header from then on. */
  readonly sni?: 'fixed' | 'host' | 'none';
  /** Undefined is required: a certificate that ca-file does not vouch for is a failed handshake. Taken to be good here. */
  readonly verify?: 'none' | 'required';
  /** ssl-min-ver and ssl-max-ver; 1.2 and up unless said. */
  readonly min?: TlsVersion;
  readonly max?: TlsVersion;
  /** crt: a certificate of its own. */
  readonly certificate?: boolean;
}

/** A health check. One that fails takes the server out, and every caller gets 503. */
export type HaproxyCheck =
  /** A connection, with TLS where the server has it. */
  | { readonly is: 'tcp' }
  /** option httpchk, alone `OPTIONS / HTTP/1.0`, and what http-check send says instead. */
  | {
    readonly is: 'http';
    readonly method?: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
    readonly path?: string;
    readonly version?: '1.0' | '1.1';
    /** A Host header is sent. */
    readonly host?: boolean;
    /** http-check expect status; 200 to 399 unless said. */
    readonly expects?: readonly (readonly [from: number, to: number])[];
  };

/** use_backend, or one of several unlike servers of a backend. */
export interface HaproxyRoute {
  /** path_beg; undefined: every path. `/api` fits `/apis` too. */
  readonly pathBeg?: readonly string[];
  /** path: also these, exactly. */
  readonly path?: readonly string[];
  /** It may also not be taken: another condition, or load balancing. */
  readonly maybe?: boolean;
  readonly server: HaproxyServer;
  readonly at?: string;
}

/** In seconds; undefined: none, for ever. */
export interface HaproxyTimeouts {
  readonly client?: number;
  readonly httpKeepAlive?: number;
  readonly httpRequest?: number;
}
