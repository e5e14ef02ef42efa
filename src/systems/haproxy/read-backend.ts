// A backend of a HAProxy configuration: its server lines with what default-server says before them, those that are alike once.
// Backup and disabled servers count only where there are no others. Not here: health checks (read-check.ts), words (words.ts).
// Facts: configuration manual sections 4 (default-server, server-template, dispatch), 5.2 (backup, disabled).

import { CHECKS_ELSEWHERE, checkOf, ReadCheck } from './read-check';
import { Around, few, find, linesOf, modeOf, problemsOf, rulesOf, timeoutsOf } from './reading';
import { named } from './rules';
import { HaproxyServer, HaproxySettings } from './settings';
import { at, Line, Section, shown } from './syntax';
import { lastOf, serverOf, serverPairs, Words } from './words';

/** One server, and those of the same backend that are not like it. */
export interface Servers {
  readonly server?: HaproxyServer;
  readonly others: readonly HaproxyServer[];
}

export function backendNamed(name: string, mode: HaproxySettings['mode'] | undefined, around: Around): Servers | undefined {
  const section = around.backends.get(name);
  return section && serversOf(section, mode, around);
}

export function missing(name: string, line: Line, { not }: Around): Servers {
  const why = name.includes('%') ? 'the name of the backend is computed' : `backend ${shown(name)} is not in this file`;
  return { server: { unknown: [not(line, why)] }, others: [] };
}

export function serversOf(section: Section, mode: HaproxySettings['mode'] | undefined, around: Around): Servers {
  const lines = linesOf(section);
  const problems = [...problemsOf(lines, around), ...unfollowed(lines, around)];
  if (mode !== undefined && modeOf(lines) !== mode) problems.push(around.not(find(lines, 'mode') ?? section.head, `the frontend is in mode ${mode}, and this is not`));
  const timeouts = timeoutsOf(lines, { server: 'server', tunnel: 'tunnel' }, around, problems);
  const rules = modeOf(lines) === 'http' && section.kind === 'backend' ? rulesOf(section.lines, false, around) : {};
  if (rules.condition !== undefined || rules.answers) problems.push(`a rule at ${rules.condition ?? rules.answers?.at} may answer or change requests`);
  const shared = sharedOf(lines, around);
  const servers = section.lines.filter(({ words }) => words[0] === 'server' || words[0] === 'server-template').map((line) => serverLine(line, shared, around));
  const active = servers.filter(({ backup }) => !backup);
  const all = (active.length ? active : servers).map(({ server }): HaproxyServer => ({
    backend: section.name ?? '',
    ...server,
    ...(Object.keys(timeouts).length ? { timeouts } : {}),
    ...(problems.length || server.unknown ? { unknown: few([...(server.unknown ?? []), ...few(problems)]) } : {}),
  }));
  const [server, ...others] = [...new Map([...all].reverse().map((one) => [essence(one), one] as const)).values()].reverse();
  if (others.length < MOST_UNLIKE) return { server, others };
  return { server: { ...server, unknown: [around.not(section.head, `more than ${MOST_UNLIKE} servers that are unlike`)] }, others: [] };
}

/** So many servers of a backend that are unlike are followed. */
const MOST_UNLIKE = 16;

const essence = ({ at: _at, ...rest }: HaproxyServer) => JSON.stringify(rest);

interface OneServer {
  readonly backup: boolean;
  readonly server: HaproxyServer;
}

/** What all server lines of a section have in common. */
interface Shared {
  readonly before: Words;
  readonly unknown: readonly string[];
  readonly check: ReadCheck;
}

function sharedOf(lines: readonly Line[], around: Around): Shared {
  const before = lines.filter(({ words }) => words[0] === 'default-server').map((one) => serverPairs(one.words.slice(1)));
  const latest = new Map<string, Words[number]>();
  for (const word of before.flatMap(({ words }) => words)) {
    latest.delete(word[0]);
    latest.set(word[0], word);
  }
  const unknown = new Set(before.flatMap((one) => one.unknown));
  return { before: [...latest.values()], unknown: [...unknown].map((why) => `default-server: ${why}`), check: checkOf(lines, around) };
}

/** What stands for servers without being a server line. */
function unfollowed(lines: readonly Line[], { not }: Around): string[] {
  return lines.filter(({ words }) => /^(dispatch|use-fcgi-app|use-server|filter)$/.test(words[0]) || (words[0] === 'option' && /^(transparent|http_proxy|http-use-proxy-header)$/.test(words[1])))
    .filter(({ words }) => words[0] !== 'filter' || words[1] === 'fcgi-app')
    .map((line) => not(line, `${named(line)} is not followed`));
}

function serverLine(line: Line, { before, unknown: unknownBefore, check }: Shared, around: Around): OneServer {
  const own = serverPairs(line.words.slice(line.words[0] === 'server-template' ? 4 : 3));
  const words = [...before, ...own.words];
  const problems: string[] = [...few(unknownBefore), ...own.unknown];
  const server = serverOf(words, around.usual.server.words, problems);
  if (server.tls) problems.push(...around.usual.server.unknown);
  const checks = lastOf(words, 'check', 'no-check') === 'check';
  const elsewhere = checks && words.find(([word]) => CHECKS_ELSEWHERE.has(word));
  if (elsewhere) problems.push(`health checks with "${elsewhere[0]}" are not followed`);
  const unknown = few([...(checks ? few(check.noted()) : []), ...problems.map((problem) => around.not(line, problem))]);
  return {
    backup: lastOf(words, 'backup', 'no-backup') === 'backup' || lastOf(words, 'disabled', 'enabled') === 'disabled',
    server: { ...server, ...(checks ? { check: check.check } : {}), ...(unknown.length ? { unknown } : {}), at: at(line) },
  };
}
