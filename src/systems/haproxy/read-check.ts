// Health checks of a HAProxy configuration: option httpchk and http-check, as far as they are one request and one expectation of a status.
// Not here: what comes of a check (check.ts); checks in other protocols, and with connections of their own: unknown.
// Facts: configuration manual, option httpchk (before 2.2 the version hid a Host header), http-check send, http-check expect.

import { Around, find } from './reading';
import { HaproxyCheck } from './settings';
import { Line, shown } from './syntax';
import { Words } from './words';

const OTHER_CHECKS = ['tcp-check', 'ssl-hello-chk', 'smtpchk', 'mysql-check', 'pgsql-check', 'redis-check', 'ldap-check', 'external-check', 'spop-check'];
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST'] as const;

/** `problems`: of the server line; `noted`: of other lines, which are listed already. */
export function checkOf(lines: readonly Line[], words: Words, around: Around, problems: string[], noted: string[]): HaproxyCheck | undefined {
  const elsewhere = words.find(([word]) => /^(port|addr|check-proto|check-alpn|check-ssl|no-check-ssl|check-sni|check-via-socks4)$/.test(word));
  if (elsewhere) problems.push(`health checks with "${elsewhere[0]}" are not followed`);
  const line = [...lines].reverse().find(({ words: [first, kind] }) => first === 'option' && (kind === 'httpchk' || OTHER_CHECKS.includes(kind)));
  const off = line && find(lines.slice(lines.indexOf(line)), 'no', 'option', line.words[1]);
  if (!line || off) return { is: 'tcp' };
  const plain = line.words[1] === 'tcp-check' && !find(lines, 'tcp-check');
  if (plain) return { is: 'tcp' };
  if (line.words[1] !== 'httpchk') noted.push(around.not(line, `health checks by ${line.words[1]} are not followed`));
  return { is: 'http', ...requestOf(line, lines, around, noted), ...expectationOf(lines, around, noted) };
}

type CheckRequest = Pick<HaproxyCheck & { is: 'http' }, 'method' | 'path' | 'version' | 'host'>;

/** `option httpchk [method] [uri] [version]`, in which old files hide a Host header, and what http-check send says over it. */
function requestOf(line: Line, lines: readonly Line[], { not }: Around, noted: string[]): CheckRequest {
  const [, , one, two, ...more] = line.words;
  const tail = more.join(' ');
  const sends = lines.filter(({ words }) => words[0] === 'http-check' && words[1] === 'send').slice(-1);
  const said = sends.map(({ words }) => sentBy(words.slice(2)))[0] ?? {};
  const method = said.method ?? (two === undefined ? undefined : one);
  const path = said.path ?? (two === undefined ? one : two);
  const version = said.version ?? (/^(HTTP\/[\d.]+)/.exec(tail)?.[1] ?? (tail === '' ? undefined : tail));
  const number = version?.replace(/^HTTP\//, '');
  const host = said.host || /\r\nhost:/i.test(tail);
  const steps = lines.filter(({ words }) => words[0] === 'http-check' && /^(connect|set-var|comment)$/.test(words[1])).filter(({ words }) => words[1] === 'connect');
  const bad = [
    ...(method !== undefined && !METHODS.includes(method as 'GET') ? [`the method ${shown(method)} of the health check is not followed`] : []),
    ...(number !== undefined && number !== '1.0' && number !== '1.1' ? [`the version ${shown(number)} of the health check is not followed`] : []),
  ];
  noted.push(...bad.map((why) => not(sends[0] ?? line, why)), ...steps.map((step) => not(step, 'http-check connect is not followed')));
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

function expectationOf(lines: readonly Line[], { not }: Around, noted: string[]): Pick<HaproxyCheck & { is: 'http' }, 'expects'> {
  const line = lines.filter(({ words }) => words[0] === 'http-check' && words[1] === 'expect').slice(-1)[0];
  if (!line) return {};
  const index = line.words.indexOf('status');
  const ranges = index < 0 || line.words.includes('!') ? [] : (line.words[index + 1] ?? '').split(',').map((text) => /^(\d{3})(?:-(\d{3}))?$/.exec(text));
  if (ranges.length === 0 || ranges.includes(null)) {
    noted.push(not(line, 'this expectation is not followed'));
    return {};
  }
  return { expects: ranges.map((range) => [Number(range![1]), Number(range![2] ?? range![1])] as const) };
}
