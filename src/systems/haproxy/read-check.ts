// Health checks of a HAProxy configuration: option httpchk and http-check, as far as they are one request and one expectation of a status.
// Not here: what comes of a check (check.ts); checks in other protocols, and with connections of their own: unknown.
// Facts: configuration manual, option httpchk (before 2.2 the version hid a Host header), http-check send, http-check expect.

import { Around, find } from './reading';
import { HaproxyCheck } from './settings';
import { Line, shown } from './syntax';

const OTHER_CHECKS = ['tcp-check', 'ssl-hello-chk', 'smtpchk', 'mysql-check', 'pgsql-check', 'redis-check', 'ldap-check', 'external-check', 'spop-check'];
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST'] as const;

/** Words of a server line that send its checks elsewhere, or in another way. */
export const CHECKS_ELSEWHERE: ReadonlySet<string> = new Set([
  'port', 'addr', 'check-proto', 'check-alpn', 'check-ssl', 'no-check-ssl', 'check-sni', 'check-via-socks4',
]);

/** `noted`: sentences on lines that were not understood; asked for only where a server is checked, and listed then. */
export interface ReadCheck {
  readonly check: HaproxyCheck;
  noted(): readonly string[];
}

export function checkOf(lines: readonly Line[], { not }: Around): ReadCheck {
  const problems: Problem[] = [];
  const check = read(lines, problems);
  let noted: readonly string[] | undefined;
  return { check, noted: () => (noted ??= problems.map(([line, why]) => not(line, why))) };
}

type Problem = readonly [line: Line, why: string];

function read(lines: readonly Line[], problems: Problem[]): HaproxyCheck {
  const line = [...lines].reverse().find(({ words: [first, kind] }) => first === 'option' && (kind === 'httpchk' || OTHER_CHECKS.includes(kind)));
  const off = line && find(lines.slice(lines.indexOf(line)), 'no', 'option', line.words[1]);
  if (!line || off) return { is: 'tcp' };
  if (line.words[1] === 'tcp-check' && !find(lines, 'tcp-check')) return { is: 'tcp' };
  if (line.words[1] !== 'httpchk') problems.push([line, `health checks by ${line.words[1]} are not followed`]);
  return { is: 'http', ...requestOf(line, lines, problems), ...expectationOf(lines, problems) };
}

type CheckRequest = Pick<HaproxyCheck & { is: 'http' }, 'method' | 'path' | 'version' | 'host'>;

/** `option httpchk [method] [uri] [version]`, in which old files hide a Host header, and what http-check send says over it. */
function requestOf(line: Line, lines: readonly Line[], problems: Problem[]): CheckRequest {
  const [, , one, two, ...more] = line.words;
  const tail = more.join(' ');
  const sends = lines.filter(({ words }) => words[0] === 'http-check' && words[1] === 'send').slice(-1);
  const said = sends.map(({ words }) => sentBy(words.slice(2)))[0] ?? {};
  const method = said.method ?? (two === undefined ? undefined : one);
  const path = said.path ?? (two === undefined ? one : two);
  const version = said.version ?? (/^(HTTP\/[\d.]+)/.exec(tail)?.[1] ?? (tail === '' ? undefined : tail));
  const number = version?.replace(/^HTTP\//, '');
  const host = said.host || /\r\nhost:/i.test(tail);
  const steps = lines.filter(({ words }) => words[0] === 'http-check' && words[1] === 'connect');
  const bad = [
    ...(method !== undefined && !METHODS.includes(method as 'GET') ? [`the method ${shown(method)} of the health check is not followed`] : []),
    ...(number !== undefined && number !== '1.0' && number !== '1.1' ? [`the version ${shown(number)} of the health check is not followed`] : []),
  ];
  problems.push(...bad.map((why): Problem => [sends[0] ?? line, why]), ...steps.map((step): Problem => [step, 'http-check connect is not followed']));
  if (bad.length) return {};
  return {
    ...(method === undefined ? {} : { method: method as CheckRequest['method'] }),
    ...(path === undefined ? {} : { path }),
    ...(number === undefined ? {} : { version: number as '1.0' | '1.1' }),
    ...(host ? { host: true } : {}),
  };
}

function sentBy(words: readonly string[]): { method?: string; path?: string; version?: string; host?: boolean } {
  const value = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const host = words.some((word, index) => word === 'hdr' && /^host$/i.test(words[index + 1] ?? ''));
  return { method: value('meth'), path: value('uri') ?? value('uri-lf'), version: value('ver'), host };
}

function expectationOf(lines: readonly Line[], problems: Problem[]): Pick<HaproxyCheck & { is: 'http' }, 'expects'> {
  const line = lines.filter(({ words }) => words[0] === 'http-check' && words[1] === 'expect').slice(-1)[0];
  if (!line) return {};
  const index = line.words.indexOf('status');
  const ranges = index < 0 || line.words.includes('!') ? [] : (line.words[index + 1] ?? '').split(',').map((text) => /^(\d{3})(?:-(\d{3}))?$/.exec(text));
  if (ranges.length === 0 || ranges.includes(null)) {
    problems.push([line, 'this expectation is not followed']);
    return {};
  }
  return { expects: ranges.map((range) => [Number(range![1]), Number(range![2] ?? range![1])] as const) };
}
