// The words after `bind` and `server`: which have a value, which matter here, and what they come to. A word that is not known may
// have a value or not, so nothing after it is understood either.
// Facts: configuration manual sections 5.1 and 5.2.

import { HaproxyBind, HaproxyBindTls, HaproxyServer, HaproxyServerTls } from './settings';
import { shown } from './syntax';
import { TlsVersion } from '../../protocol';

const TLS_FLAGS = 'force-sslv3 force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13 no-sslv3 no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13 no-tls-tickets tls-tickets allow-0rtt no-alpn';
const TLS_VALUES = 'alpn npn ca-file crl-file crt ciphers ciphersuites curves sigalgs client-sigalgs ssl-min-ver ssl-max-ver verify proto ktls';

const set = (...lists: readonly string[]): ReadonlySet<string> => new Set(lists.join(' ').split(/\s+/));

const BIND_FLAGS = set(TLS_FLAGS, `accept-proxy defer-accept generate-certificates no-ca-names no-strict-sni strict-sni prefer-client-ciphers ssl tfo transparent v4v6
  v6only quic-force-retry expose-fd`);
const BIND_VALUES = set(TLS_VALUES, `accept-netscaler-cip backlog ca-ignore-err ca-sign-file ca-sign-pass ca-verify-file cc crt-ignore-err crt-list default-crt ecdhe ech
  gid group guid-prefix id idle-ping interface label level maxconn mode mss name namespace nbconn nice process quic-cc-algo quic-socket severity-output shards tcp-md5sig
  tcp-ss tcp-ut thread tls-ticket-keys uid user ocsp-update`);
const SERVER_FLAGS = set(TLS_FLAGS, `agent-check backup check check-reuse-pool check-send-proxy check-sni-auto check-ssl check-via-socks4 disabled enabled no-agent-check no-backup
  no-check no-check-reuse-pool no-check-sni-auto no-check-ssl no-renegotiate no-send-proxy no-send-proxy-v2 no-send-proxy-v2-ssl no-send-proxy-v2-ssl-cn no-sni-auto no-ssl
  no-ssl-reuse no-verifyhost no-tfo non-stick renegotiate send-proxy send-proxy-v2 send-proxy-v2-ssl send-proxy-v2-ssl-cn sni-auto ssl ssl-reuse stick strict-maxconn tfo`);
const SERVER_VALUES = set(TLS_VALUES, `addr agent-addr agent-inter agent-port agent-send cc check-alpn check-pool-conn-name check-proto check-sni cookie downinter error-limit fall
  fastinter guid hash-key healthcheck id idle-ping init-addr init-state inter log-bufsize log-proto max-reuse maxconn maxqueue minconn namespace observe on-error on-marked-down
  on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port proxy-v2-options quic-cc-algo redir resolve-net resolve-opts resolve-prefer resolvers rise shard
  slowstart sni socks4 source tcp-md5sig tcp-ut track usesrc verifyhost weight ws interface`);

export type Words = readonly (readonly [word: string, value?: string])[];

export interface Pairs {
  readonly words: Words;
  readonly unknown: readonly string[];
}

/** Words with their values; the first that is not known ends it, and is named. */
function pairs(words: readonly string[], flags: ReadonlySet<string>, values: ReadonlySet<string>): Pairs {
  const found: [string, string?][] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (flags.has(word)) {
      found.push([word]);
    } else if (values.has(word) && index + 1 < words.length) {
      found.push([word, words[++index]]);
    } else {
      return { words: found, unknown: [`"${shown(word)}" is not known`] };
    }
  }
  return { words: found, unknown: [] };
}

export const bindPairs = (words: readonly string[]) => pairs(words, BIND_FLAGS, BIND_VALUES);
export const serverPairs = (words: readonly string[]) => pairs(words, SERVER_FLAGS, SERVER_VALUES);

const NAMES: Readonly<Record<string, TlsVersion>> = { 'SSLv3': 'SSLv3', 'TLSv1.0': '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' };
const FLAGS: Readonly<Record<string, TlsVersion>> = { sslv3: 'SSLv3', tlsv10: '1.0', tlsv11: '1.1', tlsv12: '1.2', tlsv13: '1.3' };
const ORDER: readonly TlsVersion[] = ['SSLv3', '1.0', '1.1', '1.2', '1.3'];

/** The last value of a word. */
export const last = (words: Words, word: string): string | undefined => [...words].reverse().find(([name]) => name === word)?.[1];
/** Which of these words stands last. */
export const lastOf = (words: Words, ...names: readonly string[]): string | undefined =>
  [...words].reverse().find(([name]) => names.includes(name))?.[0];

type Range = { min?: TlsVersion; max?: TlsVersion };

/** ssl-min-ver, ssl-max-ver, force-tlsv1x, and no-tlsv1x, which the manual discourages: what is left at either end. */
export function tlsRange(words: Words, problems: string[]): Range {
  const forced = lastOf(words, ...Object.keys(FLAGS).map((flag) => `force-${flag}`));
  if (forced !== undefined) return { min: FLAGS[forced.slice(6)], max: FLAGS[forced.slice(6)] };
  const [min, max] = ['ssl-min-ver', 'ssl-max-ver'].map((word) => {
    const name = last(words, word);
    if (name !== undefined && !NAMES[name]) problems.push(`"${word} ${shown(name)}" is not understood`);
    return name === undefined ? undefined : NAMES[name];
  });
  const range: Range = { ...(min ? { min } : {}), ...(max ? { max } : {}) };
  const without = Object.keys(FLAGS).filter((flag) => words.some(([word]) => word === `no-${flag}`)).map((flag) => FLAGS[flag]);
  if (without.length === 0) return range;
  const all = ORDER.slice(ORDER.indexOf(min ?? '1.2'), ORDER.indexOf(max ?? '1.3') + 1);
  const left = all.filter((version) => !without.includes(version));
  if (left.length === 0) problems.push('no version of TLS is left');
  // Most switch off old versions only, which are off anyway.
  return left.length === all.length ? range : { min: left[0], max: left[left.length - 1] };
}

const list = (text: string) => text.split(',').map((name) => name.trim()).filter(Boolean);

function protoOf(words: Words, problems: string[]): 'h1' | 'h2' | undefined {
  const proto = last(words, 'proto');
  if (proto === undefined || proto === 'h1' || proto === 'h2') return proto;
  problems.push(`"proto ${shown(proto)}" is not followed`);
  return undefined;
}

/** A bind line; `usual` are the words of ssl-default-bind-options and -ciphers. */
export function bindOf(words: Words, usual: Words, problems: string[]): HaproxyBind {
  const proto = protoOf(words, problems);
  const ssl = words.some(([word]) => word === 'ssl');
  if (words.some(([word]) => word === 'accept-netscaler-cip')) problems.push('"accept-netscaler-cip" is not followed');
  if (ssl && words.some(([word]) => word === 'crt-list')) problems.push('the lines of "crt-list" may set alpn, verify and TLS versions, and were not given');
  return {
    ...(ssl ? { tls: bindTls([...usual, ...words], problems) } : {}),
    ...(proto ? { proto } : {}),
    ...(words.some(([word]) => word === 'accept-proxy') ? { acceptProxy: true } : {}),
  };
}

function bindTls(words: Words, problems: string[]): HaproxyBindTls {
  const alpn = lastOf(words, 'alpn', 'no-alpn');
  const verify = last(words, 'verify');
  if (verify !== undefined && verify !== 'none' && verify !== 'optional' && verify !== 'required') problems.push(`"verify ${shown(verify)}" is not understood`);
  return {
    ...tlsRange(words, problems),
    ...(alpn === undefined ? {} : { alpn: alpn === 'alpn' ? list(last(words, 'alpn') ?? '') : [] }),
    ...(/@SECLEVEL=0/i.test(last(words, 'ciphers') ?? '') ? { securityLevel0: true } : {}),
    ...(lastOf(words, 'strict-sni', 'no-strict-sni') === 'strict-sni' ? { strictSni: true } : {}),
    ...(verify === undefined ? {} : { verify: verify as HaproxyBindTls['verify'] }),
  };
}

/** A server line with the words of default-server before its own; `usual` are those of ssl-default-server-options. */
export function serverOf(words: Words, usual: Words, problems: string[]): HaproxyServer {
  const proto = protoOf(words, problems);
  const ws = last(words, 'ws');
  if (ws !== undefined && ws !== 'auto' && ws !== 'h1' && ws !== 'h2') problems.push(`"ws ${shown(ws)}" is not understood`);
  const sends = lastOf(words, 'send-proxy', 'send-proxy-v2', 'send-proxy-v2-ssl', 'send-proxy-v2-ssl-cn', 'no-send-proxy', 'no-send-proxy-v2');
  const sendProxy = sends === undefined || sends.startsWith('no-') ? undefined : sends === 'send-proxy' ? 'v1' : 'v2';
  return {
    ...(proto ? { proto } : {}),
    ...(lastOf(words, 'ssl', 'no-ssl') === 'ssl' ? { tls: serverTls([...usual, ...words], problems) } : {}),
    ...(ws === undefined ? {} : { ws: ws as HaproxyServer['ws'] }),
    ...(sendProxy ? { sendProxy } : {}),
  };
}

function serverTls(words: Words, problems: string[]): HaproxyServerTls {
  const alpn = lastOf(words, 'alpn', 'no-alpn') === 'alpn' ? list(last(words, 'alpn') ?? '') : undefined;
  const verify = last(words, 'verify');
  if (verify !== undefined && verify !== 'none' && verify !== 'required') problems.push(`"verify ${shown(verify)}" is not understood`);
  const sni = sniOf(words, problems);
  return {
    ...tlsRange(words, problems),
    ...(alpn ? { alpn } : {}),
    ...(sni ? { sni } : {}),
    ...(verify === undefined ? {} : { verify: verify as HaproxyServerTls['verify'] }),
    ...(last(words, 'crt') === undefined ? {} : { certificate: true }),
  };
}

function sniOf(words: Words, problems: string[]): HaproxyServerTls['sni'] {
  const word = lastOf(words, 'sni', 'sni-auto', 'no-sni-auto');
  if (word === undefined) return undefined;
  if (word !== 'sni') return word === 'sni-auto' ? 'host' : 'none';
  const expression = last(words, 'sni') ?? '';
  if (/^str\(/.test(expression)) return 'fixed';
  if (/^(req\.|req\.f)?hdr\(host[,)]|^ssl_fc_sni\b|^req\.ssl_sni\b/i.test(expression)) return 'host';
  problems.push(`"sni ${shown(expression)}" is not followed`);
  return undefined;
}
