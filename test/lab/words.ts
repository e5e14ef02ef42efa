// What all readers of a row's words have in common: TLS versions ("tls12-only", "min and maxVersion 'TLSv1.2'", "SSLProtocol all"),
// tokens of protocols, idle times, client certificates. Not here: what any of it means for a program.

import type { Row } from './matrix';
import { TlsVersion } from '../../src/protocol';

/** As much of a row as says how the server was set. */
export type Words = Pick<Row, 'variant' | 'config' | 'listener'>;

export interface Bounds {
  readonly min?: TlsVersion;
  readonly max?: TlsVersion;
}

export const textOf = ({ variant, config }: Words) => `${variant}${config === undefined ? '' : ` | ${config}`}`.toLowerCase();

/** The port that is asked, or, where it stands behind a proxy, what its variant says. */
export function speaksTls({ variant, listener }: Words): boolean {
  return listener === 'tls' || /\b(tls|ssl|https|wss)(?=\b|1)/.test(variant.toLowerCase());
}

const NUMBER = '(1\\.?[0-3])(?![\\d.])';
const NOT_HTTP = '(?<![\\d.]|http\\/?)';
const NAMED = `(?:tls[v -]?)?${NUMBER}`;

/** The lowest and the highest version that is said, in lower case. */
export function tlsBounds(text: string): Bounds {
  const listed = /protocols?[ =:"']+((?:[+-]?(?:all|tlsv?1(?:\.[0-3])?|sslv3)[ +,]*)+)/.exec(text)?.[1];
  if (listed) return boundsOf(listed);
  const range = new RegExp(`${NOT_HTTP}${NAMED}(?:-to-| to |-)${NAMED}`).exec(text);
  if (range) return { min: version(range[1]), max: version(range[2]) };
  const only = new RegExp(`${NOT_HTTP}${NAMED}[- ]only`).exec(text);
  if (only) return { min: version(only[1]), max: version(only[1]) };
  const up = new RegExp(`${NOT_HTTP}${NAMED}[- ](?:up|and up|and later)`).exec(text);
  if (up) return { min: version(up[1]) };
  const both = bound(text, 'min(?:imum)? and max(?:imum)?');
  return both ? { min: both, max: both } : { min: bound(text, 'min(?:imum)?'), max: bound(text, 'max(?:imum)?') };
}

function bound(text: string, word: string): TlsVersion | undefined {
  const [, number] = new RegExp(`\\b${word}[ _-]?(?:tls)?[ _-]?(?:version)?[ :='"]*(?:tls\\.)?(?:version)?(?:tls)?[v -]?(1(?:\\.?[0-3])?)(?![\\d.])`).exec(text) ?? [];
  return number === undefined ? undefined : version(number);
}

function version(number: string): TlsVersion {
  return (number === '1' ? '1.0' : number.includes('.') ? number : `1.${number[1]}`) as TlsVersion;
}

function boundsOf(list: string): Bounds {
  const said = new Set<TlsVersion>();
  for (const [, sign, word] of list.matchAll(/([+-]?)(all|tlsv?1(?:\.[0-3])?|sslv3)/g)) {
    const versions: TlsVersion[] = word === 'all' ? ['1.0', '1.1', '1.2', '1.3'] : word === 'sslv3' ? [] : [version(word.replace(/^tlsv?/, ''))];
    for (const one of versions) if (sign === '-') said.delete(one); else said.add(one);
  }
  const sorted = [...said].sort();
  return sorted.length === 0 ? {} : { min: sorted[0], max: sorted[sorted.length - 1] };
}

/** The protocols in the name of a variant, and whether it says that there are no others. */
export function alpnTokens(variant: string): { readonly names: readonly string[]; readonly only: boolean } {
  const names = variant.toLowerCase().split(/[-+ ]/).filter((token) => /^h[123]c?$/.test(token));
  return { names, only: /\bh[12]c?-only\b/.test(variant.toLowerCase()) };
}

/** "keep-alive-75", "--keep-alive 75", `connectionTimeout="20000"`. */
export function idleSeconds(text: string, word: string, per: 1 | 1000 = 1): number | undefined {
  const [, number] = new RegExp(`${word}[-= :"']+(\\d+)`).exec(text) ?? [];
  return number === undefined ? undefined : Number(number) / per;
}

export const clientCertificate = (text: string) => /client-cert|requestcert|sslverifyclient require|client_auth|mutual tls|\bmtls\b/.test(text);
