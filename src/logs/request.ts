// What the questions need of a line, whichever log it comes from: one request, or one connection to a balancer.
// Not here: the columns of each log (alb.ts, alb-connection.ts, cloudfront.ts, api-gateway.ts).
// Facts: TLS versions are written TLSv1, TLSv1.1, TLSv1.2, TLSv1.3 and SSLv3 in "Standard logging reference" (CloudFront) and in
// "Access logs for your Application Load Balancer".

import type { TlsVersion } from '../protocol';

export type LogFormat = 'alb' | 'alb-connection' | 'cloudfront' | 'api-gateway';

/** What a client spoke, as far as the log tells. API Gateway writes HTTP/1.1 for HTTP/2 too, which is a word of its own here. */
export type SpokenProtocol = 'HTTP/0.9' | 'HTTP/1.0' | 'HTTP/1.1' | 'HTTP/1.1 or h2' | 'h2' | 'h3' | 'ws' | 'grpc' | 'unknown';

/** Whose answer a status is: of what stands behind, of the system that writes the log, or not to be told. */
export type Answerer = 'target' | 'edge' | 'unknown';

export interface LoggedRequest {
  readonly format: LogFormat;
  /** The user agent as the client wrote it; empty where there is none. */
  readonly agent: string;
  readonly protocol: SpokenProtocol;
  /** Undefined where there was no TLS, or where the log does not tell. */
  readonly tls?: TlsVersion;
  readonly status: string;
  /** Of what is logged as a WebSocket: whether the handshake succeeded. */
  readonly opened?: boolean;
  readonly answerer: Answerer;
  readonly verb: string;
  /** Without host and query. */
  readonly path: string;
  /** What the log adds about a failure. */
  readonly reason?: string;
  /** A 426 from behind that reached the client as something else. */
  readonly masked426?: boolean;
  /** The id that the connection log shares. */
  readonly connection?: string;
}

export interface LoggedConnection {
  readonly tls?: TlsVersion;
  /** Success, or Failed:… with the reason; undefined on a listener without TLS. */
  readonly result?: string;
  readonly connection?: string;
}

/** TLS versions as logs write them. */
export const TLS: ReadonlyMap<string, TlsVersion> = new Map([
  ['TLSv1.3', '1.3'], ['TLSv1.2', '1.2'], ['TLSv1.1', '1.1'], ['TLSv1', '1.0'], ['TLSv1.0', '1.0'], ['SSLv3', 'SSLv3'],
]);

export function tlsOf(written: string | undefined): TlsVersion | undefined {
  return written === undefined ? undefined : TLS.get(written);
}

/** Versions as request lines have them. */
export const PROTOCOLS: ReadonlyMap<string, SpokenProtocol> = new Map([
  ['HTTP/0.9', 'HTTP/0.9'], ['HTTP/1.0', 'HTTP/1.0'], ['HTTP/1.1', 'HTTP/1.1'],
  ['HTTP/2.0', 'h2'], ['HTTP/2', 'h2'], ['HTTP/3.0', 'h3'], ['HTTP/3', 'h3'],
]);

/** A version as a request line has it. */
export function protocolOf(written: string | undefined): SpokenProtocol {
  return (written !== undefined && PROTOCOLS.get(written)) || 'unknown';
}

export const LONGEST_PATH = 512;

/** Segments that are numbers, UUIDs or long hexadecimal ids; in the common part of the regular expressions of JavaScript and SQL engines. */
export const ID_SEGMENT = '[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,64}';

const ID = new RegExp(`/(?:${ID_SEGMENT})(?=/|$)`, 'gi');

/** The path of a URL that may have a scheme, a host and a query; ids in it are written {id}, so that alike requests count as one. */
export function pathOf(url: string): string {
  const scheme = url.startsWith('/') ? -1 : url.indexOf('://');
  const start = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
  if (start < 0) return '/';
  const query = url.indexOf('?', start);
  const end = Math.min(query < 0 ? url.length : query, start + LONGEST_PATH);
  return url.slice(start, end).replace(ID, '/{id}') || '/';
}

/** Three digits; anything else is no status. */
export function isStatus(text: string | undefined): text is string {
  return text !== undefined && text.length === 3 && text >= '000' && text <= '999' && !Number.isNaN(Number(text));
}
