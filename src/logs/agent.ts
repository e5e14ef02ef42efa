// User agents by family: the browser, or the first product token of a program; a version only where it decides which TLS there is
// (Internet Explorer, Java). Says also of which ones it is known that they cannot do TLS 1.2 as shipped.
// Our own table and no package: bowser 2.15 (MIT, alive) names browsers only, not python-requests, curl, okhttp, Java or Go, and takes
// some 30 microseconds each; my-ua-parser (MIT) has had no release since 2024; ua-parser-js is AGPL since its version 2.
// Facts: RFC 9110 section 10.1.5 (product tokens, most significant first); MDN "Browser detection using the user agent" (Chrome says
// Safari too, Edge says Chrome too); Qualys SSL Labs "User Agent Capabilities" (first versions with TLS 1.2).

import { ownCopy } from './own-copy';

/** Who a user agent says that it is. */
export interface Agent {
  readonly family: string;
  /** Why it is out of date whatever it spoke here. */
  readonly outdated?: string;
}

/** A browser, as its user agent names it. */
export interface Browser {
  /** What the user agent has in it; the version follows. The first row that fits counts. */
  readonly token: string;
  readonly family: string;
  /** Below this version there is no TLS 1.2 as shipped. */
  readonly tls12From?: number;
}

export const BROWSERS: readonly Browser[] = [
  { token: 'MSIE ', family: 'Internet Explorer', tls12From: 11 },
  { token: 'Trident/', family: 'Internet Explorer', tls12From: 11 },
  { token: 'Edg/', family: 'Edge' },
  { token: 'EdgA/', family: 'Edge' },
  { token: 'EdgiOS/', family: 'Edge' },
  { token: 'Edge/', family: 'Edge' },
  { token: 'OPR/', family: 'Opera' },
  { token: 'SamsungBrowser/', family: 'Samsung Internet' },
  { token: 'HeadlessChrome/', family: 'Chrome (headless)' },
  { token: 'CriOS/', family: 'Chrome' },
  { token: 'Chrome/', family: 'Chrome', tls12From: 30 },
  { token: 'Chromium/', family: 'Chrome', tls12From: 30 },
  { token: 'FxiOS/', family: 'Firefox' },
  { token: 'Firefox/', family: 'Firefox', tls12From: 27 },
  { token: 'Android ', family: 'Android Browser', tls12From: 4.4 },
  { token: 'Version/', family: 'Safari', tls12From: 7 },
];

/** Trident counts otherwise than Internet Explorer, and is right where a compatibility view says MSIE 7. */
export const TRIDENT = 4;

/** Family names no longer than this. */
export const LONGEST_FAMILY = 40;

const NONE: Agent = { family: '(none)' };

export function agentOf(text: string): Agent {
  if (text === '') return NONE;
  if (text.startsWith('Mozilla/')) return named(text) ?? browser(text);
  if (text.startsWith('Opera/')) return { family: 'Opera' };
  return program(text);
}

/** Robots and such: "Mozilla/5.0 (compatible; Googlebot/2.1; …)". */
function named(text: string): Agent | undefined {
  const name = /\bcompatible; ([A-Za-z][\w.-]*)/.exec(text.slice(0, 256))?.[1];
  return name === undefined || name === 'MSIE' ? undefined : { family: name.slice(0, LONGEST_FAMILY) };
}

function browser(text: string): Agent {
  const explorer = after(text, 'Trident/');
  if (explorer !== undefined) return known('Internet Explorer', explorer + TRIDENT, 11);
  for (const { token, family, tls12From } of BROWSERS) {
    const version = after(text, token);
    if (version !== undefined) return known(family, version, tls12From);
  }
  return { family: text.includes('AppleWebKit/') ? 'WebKit in an app' : 'Mozilla, otherwise unknown' };
}

function known(family: string, version: number, tls12From: number | undefined): Agent {
  const name = family === 'Internet Explorer' && version > 0 ? `${family} ${Math.floor(version)}` : family;
  if (tls12From !== undefined && version > 0 && version < tls12From) return { family: name, outdated: `${family} ${version} has no TLS 1.2 as shipped` };
  return { family: name, outdated: name === 'Internet Explorer 11' ? 'Internet Explorer 11 ends at TLS 1.2 and HTTP/1.1' : undefined };
}

function after(text: string, token: string): number | undefined {
  const at = text.indexOf(token);
  return at < 0 ? undefined : Number.parseFloat(text.slice(at + token.length, at + token.length + 8)) || 0;
}

/** The first product token: characters of RFC 9110 section 5.6.2. */
function program(text: string): Agent {
  const [, name, version = ''] = /^([\w!#$%&'*+.^`|~-]+)(?:\/(\d+(?:\.\d+)?))?/.exec(text.slice(0, 128)) ?? [];
  if (name === undefined) return { family: '(no product name)' };
  if (name !== 'Java') return { family: name.slice(0, LONGEST_FAMILY) };
  const major = Number.parseInt(version.replace(/^1\./, ''), 10);
  return major > 0 ? { family: `Java ${major}`, outdated: major < 8 ? `Java ${major} has no TLS 1.2 as shipped` : undefined } : { family: name };
}

const CACHED = 4000;
/** No more of a user agent is looked at. */
export const LONGEST_AGENT = 512;

/** Remembers what it was asked, since a log repeats a few user agents; bounded. */
export class Agents {
  private readonly cache = new Map<string, Agent>();

  public of(text: string): Agent {
    const bounded = text.length > LONGEST_AGENT ? text.slice(0, LONGEST_AGENT) : text;
    const cached = this.cache.get(bounded);
    if (cached !== undefined) return cached;
    if (this.cache.size >= CACHED) this.cache.clear();
    const own = ownCopy(bounded);
    const agent = agentOf(own);
    this.cache.set(own, agent);
    return agent;
  }
}
