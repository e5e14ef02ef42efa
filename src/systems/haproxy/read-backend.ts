// A backend of a HAProxy configuration: its server lines with what default-server says before them, those that are alike once.
// Backup and disabled servers count only where there are no others. Not here: health checks (read-check.ts), words (words.ts).
// Facts: configuration manual sections 4 (default-server, server-template, dispatch), 5.2 (backup, disabled).

import { checkOf } from './read-check';
import { Around, find, linesOf, modeOf, problemsOf, rulesOf, timeoutsOf, usualWords } from './reading';
import { named } from './rules';
import { HaproxyServer, HaproxySettings } from './settings';
import { at, Line, Section, shown } from './syntax';
import { lastOf, serverOf, serverPairs } from './words';

/** One server, and those of the same backend that are not like it. */
export interface Servers {
  readonly server?: HaproxyServer;
  readonly others: readonly HaproxyServer[];
}

export function backendNamed(name: string, line: Line, mode: HaproxySettings['mode'] | undefined, around: Around): Servers {
  const section = around.sections.find(({ kind, name: other }) => (kind === 'backend' || kind === 'listen') && other === name);
  if (section) return serversOf(section, mode, around);
  return { server: { unknown: [around.not(line, name.includes('%') ? 'the name of the backend is computed' : `backend ${shown(name)} is not in this file`)] }, others: [] };
}

export function serversOf(section: Section, mode: HaproxySettings['mode'] | undefined, around: Around): Servers {
  const lines = linesOf(section);
  const problems = [...problemsOf(lines, around), ...unfollowed(lines, around)];
  if (mode !== undefined && modeOf(lines) !== mode) problems.push(around.not(find(lines, 'mode') ?? section.head, `the frontend is in mode ${mode}, and this is not`));
  const timeouts = timeoutsOf(lines, { server: 'server', tunnel: 'tunnel' }, around, problems);
  const rules = modeOf(lines) === 'http' && section.kind === 'backend' ? rulesOf(section.lines, false, around) : {};
  if (rules.condition !== undefined || rules.answers) problems.push(`a rule at ${rules.condition ?? rules.answers?.at} may answer or change requests`);
  const servers = section.lines.filter(({ words }) => words[0] === 'server' || words[0] === 'server-template').map((line) => serverLine(line, lines, around));
  const active = servers.filter(({ backup }) => !backup);
  const all = (active.length ? active : servers).map(({ server }): HaproxyServer => ({
    backend: section.name ?? '',
    ...server,
    ...(Object.keys(timeouts).length ? { timeouts } : {}),
    ...(problems.length || server.unknown ? { unknown: [...problems, ...(server.unknown ?? [])] } : {}),
  }));
  const unlike = all.filter((one, index) => all.findIndex((other) => essence(other) === essence(one)) === index);
  return { server: unlike[0], others: unlike.slice(1) };
}

const essence = ({ at: _at, ...rest }: HaproxyServer) => JSON.stringify(rest);

/** What stands for servers without being a server line. */
function unfollowed(lines: readonly Line[], { not }: Around): string[] {
  return lines.filter(({ words }) => /^(dispatch|use-fcgi-app|use-server|filter)$/.test(words[0]) || (words[0] === 'option' && /^(transparent|http_proxy|http-use-proxy-header)$/.test(words[1])))
    .filter(({ words }) => words[0] !== 'filter' || words[1] === 'fcgi-app')
    .map((line) => not(line, `${named(line)} is not followed`));
}

function serverLine(line: Line, lines: readonly Line[], around: Around): { readonly backup: boolean; readonly server: HaproxyServer } {
  const problems: string[] = [];
  const noted: string[] = [];
  const before = lines.filter(({ words }) => words[0] === 'default-server').map((one) => serverPairs(one.words.slice(1)));
  const own = serverPairs(line.words.slice(line.words[0] === 'server-template' ? 4 : 3));
  const words = [...before.flatMap((one) => one.words), ...own.words];
  problems.push(...before.flatMap(({ unknown }) => unknown.map((why) => `default-server: ${why}`)), ...own.unknown);
  const server = serverOf(words, usualWords(around.global, 'server', serverPairs, problems), problems);
  const check = lastOf(words, 'check', 'no-check') === 'check' ? checkOf(lines, words, around, problems, noted) : undefined;
  const unknown = [...noted, ...problems.map((problem) => around.not(line, problem))];
  return {
    backup: lastOf(words, 'backup', 'no-backup') === 'backup' || lastOf(words, 'disabled', 'enabled') === 'disabled',
    server: { ...server, ...(check ? { check } : {}), ...(unknown.length ? { unknown } : {}), at: at(line) },
  };
}
