// What is to be probed: a URL taken apart, and the headers that the user adds. Wrong ones are refused here, in one sentence.
// Not here: whether anybody is there (open.ts).

import { isIP } from 'net';

/** What to probe. */
export interface Target {
  /** Without user and password. */
  readonly url: string;
  readonly scheme: 'http' | 'https';
  /** The name that the clients call, or an address. */
  readonly host: string;
  readonly port: number;
  /** Where to connect, if not at `host`. */
  readonly connectTo: string;
  /** What Host and :authority say. */
  readonly authority: string;
  /** With its query. */
  readonly path: string;
  /** Whether plain HTTP is tried; not for wss:// and ws://. */
  readonly plain: boolean;
  /** Where WebSockets are tried; undefined: nowhere. */
  readonly webSocket?: string;
  /** Where gRPC is tried; undefined: nowhere. */
  readonly grpc?: string;
  /** Of the user, names as written. */
  readonly headers: readonly Header[];
}

export type Header = readonly [name: string, value: string];

export interface TargetOptions {
  readonly webSocket?: string;
  readonly grpc?: string;
  /** "Name: value". */
  readonly headers?: readonly string[];
  /** Connect here, and still ask for the host of the URL; to try a balancer before its name leads to it. */
  readonly address?: string;
}

/** One line for the user. */
export class WrongTarget extends Error {}

const SCHEMES: Readonly<Record<string, Target['scheme']>> = { 'http:': 'http', 'https:': 'https', 'ws:': 'http', 'wss:': 'https' };
const OURS = ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version', 'content-length', 'transfer-encoding', 'te', 'trailer', 'keep-alive'];

export function targetOf(text: string, options: TargetOptions = {}): Target {
  const url = parse(text);
  const scheme = SCHEMES[url.protocol];
  if (scheme === undefined) throw new WrongTarget(`${text}: it must begin with https://, http://, wss:// or ws://`);
  if (url.username || url.password) throw new WrongTarget('the URL names a user; leave that out, and say who you are by --header \'Authorization: …\'');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const headers = (options.headers ?? []).map(headerOf);
  const path = `${url.pathname}${url.search}`;
  const forSockets = url.protocol.startsWith('ws');
  const socket = options.webSocket ?? (forSockets ? path : undefined);
  return {
    url: `${scheme}://${url.host}${path}`,
    scheme,
    host,
    port: url.port ? Number(url.port) : scheme === 'https' ? 443 : 80,
    connectTo: options.address ?? host,
    authority: headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? url.host,
    path,
    plain: !forSockets,
    ...(socket === undefined ? {} : { webSocket: pathOf(socket, url, 'ws') }),
    ...(options.grpc === undefined ? {} : { grpc: pathOf(options.grpc, url, 'grpc') }),
    headers: headers.filter(([name]) => name.toLowerCase() !== 'host'),
  };
}

/** The name for SNI (RFC 6066 section 3: no addresses). */
export function serverNameOf({ host }: Pick<Target, 'host'>): string {
  return isIP(host) ? '' : host;
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // "localhost:8080" is a URL of the scheme localhost.
  if (!url || (SCHEMES[url.protocol] === undefined && !text.includes('://'))) {
    throw new WrongTarget(`${text}: it is not a URL; write it like https://example.com/`);
  }
  return url;
}

function pathOf(text: string, base: URL, what: string): string {
  if (!text.startsWith('/') || text.startsWith('//')) throw new WrongTarget(`${what} path ${text}: it must begin with one /, such as /${what}`);
  const { pathname, search } = new URL(text, base);
  return `${pathname}${search}`;
}

function headerOf(text: string): Header {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/.exec(text) ?? [];
  if (name === undefined) throw new WrongTarget(`header ${text}: write it like 'Name: value', in one line of Latin letters`);
  if (OURS.includes(name.toLowerCase())) throw new WrongTarget(`header ${name}: the probe sets it by itself, because it is what is being tried`);
  return [name, value];
}
