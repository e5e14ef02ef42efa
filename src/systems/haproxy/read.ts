// Reads a HAProxy configuration as it stands into settings, one a bind line and port. What matters for protocols and could not be understood is
// listed with its line, and what it bears on is unknown, never HAProxy's default. Routing that is not understood leaves both ways open.
// Not here: the syntax (syntax.ts), words of bind and server (words.ts), backends (read-backend.ts), conditions (rules.ts), what HAProxy does (index.ts).
// Facts: configuration manual sections 3 (ssl-default-bind-options), 4 (defaults, mode, option httpchk, http-check, timeout), 5.

import { backendNamed, missing, serversOf } from './read-backend';
import { Around, conditionsOfTcp, connectionMode, few, find, linesOf, modeOf, once, problemsOf, rulesOf, timeoutsOf, usualWords } from './reading';
import { aclsOf, conditionOf } from './rules';
import { HaproxyRoute, HaproxySettings, HaproxyTimeouts } from './settings';
import { at, Line, parse, Section, shown } from './syntax';
import { bindOf, bindPairs, serverPairs } from './words';

export interface HaproxyReadOptions {
  /** For messages. */
  readonly file: string;
  readonly version?: string;
  /** Only bind lines at this port. */
  readonly port?: number;
}

/** A line that matters here, and that could not be understood. */
export interface HaproxyUnread {
  readonly file: string;
  readonly line: number;
  readonly directive: string;
  readonly why: string;
}

export interface HaproxyConfig {
  readonly settings: readonly HaproxySettings[];
  readonly unread: readonly HaproxyUnread[];
}

/** Throws an Error of one line with file and line where the text is no configuration. */
export function readHaproxyConfig(text: string, options: HaproxyReadOptions): HaproxyConfig {
  const sections = parse(text, options.file);
  const unread = new Map<string, HaproxyUnread>();
  const not = (line: Line, why: string): string => {
    unread.set(`${at(line)} ${why}`, { file: line.file, line: line.line, directive: shown(line.words[0]), why });
    return `${at(line)}: ${why}`;
  };
  const global = sections.filter(({ kind }) => kind === 'global').flatMap(({ lines }) => lines);
  const around: Around = {
    global,
    backends: new Map(sections.filter(({ kind, name }) => name !== undefined && (kind === 'backend' || kind === 'listen')).map((section) => [section.name!, section])),
    usual: { bind: usualWords(global, 'bind', bindPairs), server: usualWords(global, 'server', serverPairs) },
    announcesNoConnect: find(global, 'h2-workaround-bogus-websocket-clients') !== undefined,
    not,
  };
  const settings = sections.filter(({ kind }) => kind === 'frontend' || kind === 'listen').flatMap((section) => frontend(section, around));
  return {
    settings: settings
      .filter(({ bind }) => options.port === undefined || bind.port === undefined || bind.port === options.port)
      .map((one) => (options.version === undefined ? one : { version: options.version, ...one })),
    unread: [...unread.values()].sort((one, other) => one.line - other.line),
  };
}

function frontend(section: Section, around: Around): HaproxySettings[] {
  const lines = linesOf(section);
  const mode = modeOf(lines);
  const shared = [...problemsOf(lines, around), ...(mode === undefined ? [around.not(find(lines, 'mode')!, 'this mode carries no HTTP')] : [])];
  const timeouts = frontTimeouts(lines, around, shared);
  const routes = routesOf(section, mode, around);
  const known: Pick<HaproxySettings, 'mode'> & Partial<HaproxySettings> = {
    mode: mode ?? 'tcp',
    ...routes,
    ...(Object.keys(timeouts).length ? { timeouts } : {}),
    ...(find(lines, 'option', 'httpclose') && connectionMode(lines) === 'httpclose' ? { httpclose: true } : {}),
    ...(section.name === undefined ? {} : { name: section.name }),
    at: at(section.head),
  };
  const rules = once((tls: boolean) => (mode === 'http' ? rulesOf(lines, tls, around) : conditionsOfTcp(lines, around)));
  return section.lines.filter(({ words }) => words[0] === 'bind').flatMap((line) => bindLine(line, few(shared), around).map((bind): HaproxySettings => {
    const { answers, condition } = rules(bind.tls !== undefined);
    return { ...known, bind, ...(answers ? { answers } : {}), ...(condition === undefined ? {} : { condition }) };
  }));
}

function bindLine(line: Line, shared: readonly string[], { usual, announcesNoConnect, not }: Around): HaproxySettings['bind'][] {
  const [, addresses = '', ...words] = line.words;
  const problems: string[] = [];
  const read = bindPairs(words);
  const bind = bindOf(read.words, usual.bind.words, problems);
  problems.push(...(bind.tls ? usual.bind.unknown : []), ...read.unknown, ...(line.conditional ? ['it stands between .if and .endif, and may not hold'] : []));
  const unknown = few([...problems.map((problem) => not(line, problem)), ...shared]);
  const announces = announcesNoConnect ? { announcesNoConnect } : {};
  return addresses.split(',').filter(Boolean).flatMap((address) => {
    if (/^quic[46]?@/.test(address)) {
      not(line, 'QUIC is not followed');
      return [];
    }
    const port = /(?:^|:)(\d{1,5})(?:-\d{1,5})?$/.exec(address)?.[1];
    const known = port !== undefined && !/^(unix|abns|fd|sockpair)@|^\//.test(address);
    return [{ ...bind, ...announces, ...(known ? { port: Number(port) } : {}), ...(unknown.length ? { unknown } : {}), at: at(line) }];
  });
}

const frontTimeouts = (lines: readonly Line[], around: Around, problems: string[]): HaproxyTimeouts =>
  timeoutsOf(lines, { client: 'client', httpKeepAlive: 'http-keep-alive', httpRequest: 'http-request' }, around, problems);

/** use_backend and default_backend, or the servers of the listen section itself. */
function routesOf(section: Section, mode: HaproxySettings['mode'] | undefined, around: Around): Pick<HaproxySettings, 'routes' | 'server'> {
  const lines = linesOf(section);
  const acls = aclsOf(section.lines);
  const servers = once((name: string) => backendNamed(name, mode, around));
  const routes = section.lines.filter(({ words }) => words[0] === 'use_backend').flatMap((line): HaproxyRoute[] => {
    const [, name = '', ...words] = line.words;
    const condition = conditionOf(words, acls);
    if (condition.is === 'maybe') around.not(line, 'this condition is not followed, so both ways are open');
    const { server, others } = servers(name) ?? missing(name, line, around);
    const how = condition.is === 'path' ? { pathBeg: condition.beginnings, ...(condition.whole.length ? { path: condition.whole } : {}) } : condition.is === 'maybe' ? { maybe: true } : {};
    const rest = others.map((other): HaproxyRoute => ({ ...how, maybe: true, server: other, at: at(line) }));
    return [...rest, { ...how, server: server ?? { backend: name, unknown: [`backend ${shown(name)} has no server`] }, at: at(line) }];
  });
  const fallback = find(lines, 'default_backend');
  const own = section.kind === 'listen' ? serversOf(section, mode, around) : { server: undefined, others: [] };
  const { server, others } = fallback ? servers(fallback.words[1] ?? '') ?? missing(fallback.words[1] ?? '', fallback, around) : own;
  const all = [...routes, ...others.map((other): HaproxyRoute => ({ maybe: true, server: other }))];
  return { ...(all.length ? { routes: all } : {}), ...(server ? { server } : {}) };
}
