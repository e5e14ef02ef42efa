// A location of an nginx configuration as settings: what it passes on and how, or what it answers. Locations inside locations come
// out side by side; `try_files … @name` is what the named location does.
// Not here: regular expressions (kept as written), rewrite and if (noted as conditions), scripts (unknown).

import { find, findHeader, Level, Levels } from './levels';
import { Lines, Reading } from './reading';
import { NginxLocation, NginxPass, NginxUpstreamTls } from './settings';
import { at, Directive, shown } from './syntax';
import { connectionOf, isAddress, secondsOf, Target, targetOf, tlsVersionsOf } from './values';

/** What locations refer to by name. */
export interface Around {
  readonly reading: Reading;
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
  readonly maps: readonly Directive[];
  /** Locations with `@`. */
  readonly named: ReadonlyMap<string, Directive>;
}

const SCRIPTS = /^(content|access|rewrite|server_rewrite)_by_lua|^js_content$|^perl$|^more_(set|clear)_input_headers$|^proxy_pass_request_headers$/;
const MODIFIERS: Readonly<Record<string, NonNullable<NginxLocation['match']>>> = { '=': 'exact', '^~': 'prefix before regex', '~': 'regex', '~*': 'regex' };

/** All locations of a level and below; those with a name only are answered where they are called. */
export function readLocations(levels: Levels, around: Around): NginxLocation[] {
  return levels[levels.length - 1].all('location').filter(({ words }) => !words[0]?.startsWith('@')).flatMap((directive) => {
    const inside = [...levels, new Level(directive.block ?? [])];
    return [readLocation(directive, inside, around), ...readLocations(inside, around)];
  });
}

function readLocation(directive: Directive, levels: Levels, around: Around): NginxLocation {
  const { path, match } = pathOf(directive.words);
  const condition = conditionOf(levels[levels.length - 1], around.reading);
  return { path, ...(match ? { match } : {}), at: at(directive), ...(condition ? { condition } : {}), ...doesOf(levels, around) };
}

/** `location = /x`, and `location =/x`. */
function pathOf(words: readonly string[]): Pick<NginxLocation, 'path' | 'match'> {
  if (words.length > 1) return { path: words[1], match: MODIFIERS[words[0]] ?? 'regex' };
  const [, modifier, path] = /^(=|\^~|~\*|~)?(.*)$/s.exec(words[0] ?? '') ?? [];
  return { path, ...(modifier ? { match: MODIFIERS[modifier] } : {}) };
}

/** An if or rewrite that may take the request elsewhere. */
export function conditionOf(level: Level, reading: Reading): string | undefined {
  const conditions = [...level.all('if').filter(({ block }) => block?.some(({ name }) => name !== 'set' && name !== 'add_header' && name !== 'access_log')), ...level.all('rewrite')];
  conditions.forEach((directive) => reading.not(directive, 'conditions and rewrites are not followed'));
  return conditions.length === 0 ? undefined : at(conditions[0]);
}

/** `return`: the status that a level answers with, whatever else stands there. */
export function returnOf(level: Level, reading: Reading): { readonly is: 'content'; readonly status?: number } | { readonly is: 'unknown'; readonly because: string } | undefined {
  const [directive] = level.all('return');
  if (!directive) return undefined;
  const [first = ''] = directive.words;
  if (/^\d{3}$/.test(first)) return { is: 'content', status: Number(first) };
  if (/^(https?:|\$scheme)/.test(first)) return { is: 'content', status: 302 };
  reading.not(directive, `${shown(first)} is no status`);
  return { is: 'unknown', because: `return at ${at(directive)} is not understood` };
}

type Does = Pick<NginxLocation, 'does' | 'condition'>;

function doesOf(levels: Levels, around: Around): Does {
  const level = levels[levels.length - 1];
  const script = level.directives.find(({ name }) => SCRIPTS.test(name));
  if (script) {
    around.reading.not(script, 'what it does to the request is not known');
    return { does: { is: 'unknown', because: `${script.name} at ${at(script)} decides what happens` } };
  }
  const returned = returnOf(level, around.reading);
  if (returned) return { does: returned };
  const [proxy, grpc, files] = ['proxy_pass', 'grpc_pass', 'try_files'].map((name) => level.all(name)[0]);
  const pass = proxy ?? grpc;
  if (pass) return { does: passOf(pass, levels, around) };
  if (files) return fallbackOf(files, levels, around);
  if (level.opaque) return { does: { is: 'unknown', because: `${shown(level.opaque.words[0] ?? '')}, included at ${at(level.opaque)}, was not given` } };
  return { does: { is: 'content' } };
}

/** try_files: the last word, where it is a named location. */
function fallbackOf(files: Directive, levels: Levels, around: Around): Does {
  const last = files.words[files.words.length - 1] ?? '';
  if (!last.startsWith('@')) return { does: { is: 'content' } };
  const named = around.named.get(last);
  if (!named?.block) return { does: { is: 'unknown', because: `${shown(last)}, called at ${at(files)}, is not there` } };
  const inside = new Level(named.block);
  // A named location stands in the server, and what it tries in turn is not followed.
  if (inside.all('try_files').length > 0) return { does: { is: 'content' } };
  return { ...doesOf([...levels.slice(0, 2), inside], around), condition: at(files) };
}

function passOf(directive: Directive, levels: Levels, around: Around): NginxLocation['does'] {
  const grpc = directive.name === 'grpc_pass';
  const target = targetOf(directive.words[0] ?? '', grpc ? 'grpc' : undefined);
  if (target === 'unknown' || !(target.uri === undefined || target.uri.startsWith('/') || target.uri === '$request_uri') || target.uri?.includes('$', 1)) {
    around.reading.not(directive, `where ${shown(directive.words[0] ?? '')} leads is not understood`);
    return { is: 'unknown', because: `${directive.name} at ${at(directive)} is not understood` };
  }
  const lines = new Lines(around.reading);
  lines.lines[directive.name] = at(directive);
  const servers = target.host === undefined ? undefined : around.upstreams.get(target.host);
  const time = lines.take(grpc ? 'grpc_read_timeout' : 'proxy_read_timeout', find(levels, grpc ? 'grpc_read_timeout' : 'proxy_read_timeout'), ([text]) => secondsOf(text));
  const pass: NginxPass = {
    is: grpc ? 'grpc_pass' : 'proxy_pass',
    ...(target.host === undefined ? {} : { to: target.host }),
    ...(servers ? { servers } : {}),
    ...(target.uri?.startsWith('/') ? { uri: target.uri } : {}),
    ...(target.scheme === 'https' || target.scheme === 'grpcs' ? { tls: upstreamTlsOf(grpc ? 'grpc' : 'proxy', target, levels, lines, around) } : {}),
    ...(grpc ? {} : headersOf(levels, lines, around)),
    ...(time === undefined ? {} : { readTimeoutSeconds: time }),
  };
  return { ...pass, lines: lines.lines };
}

function headersOf(levels: Levels, lines: Lines, around: Around): Partial<NginxPass> {
  const httpVersion = lines.take('proxy_http_version', find(levels, 'proxy_http_version'), ([word]) => (word === '1.0' || word === '1.1' || word === '2' ? word : undefined));
  const upgrade = lines.take('proxy_set_header Upgrade', findHeader(levels, 'proxy_set_header', 'Upgrade'), upgradeOf);
  const connection = lines.take('proxy_set_header Connection', findHeader(levels, 'proxy_set_header', 'Connection'), (value) => connectionOf(value, around.maps));
  const hides = findHeader(levels, 'proxy_hide_header', 'Upgrade').is === 'set';
  return {
    ...(httpVersion === undefined ? {} : { httpVersion }),
    ...(upgrade === undefined ? {} : { upgrade }),
    ...(connection === undefined ? {} : { connection }),
    ...(hides ? { hidesUpgrade: true } : {}),
  };
}

function upgradeOf(value: string): NginxPass['upgrade'] | undefined {
  if (value === '$http_upgrade' || value === '${http_upgrade}') return '$http_upgrade';
  if (value === '') return 'none';
  return value.toLowerCase() === 'websocket' ? 'websocket' : undefined;
}

function upstreamTlsOf(prefix: 'proxy' | 'grpc', target: Target, levels: Levels, lines: Lines, around: Around): NginxUpstreamTls {
  const look = (name: string) => find(levels, `${prefix}_ssl_${name}`);
  const protocols = lines.take(`${prefix}_ssl_protocols`, look('protocols'), tlsVersionsOf);
  const [ciphers, verify, certificate] = [look('ciphers'), look('verify'), look('certificate')];
  const serverName = serverNameOf(prefix, target, levels, lines, around);
  if (verify.is === 'set') lines.lines[`${prefix}_ssl_verify`] = verify.at;
  const command = look('conf_command');
  if (command.is === 'set') around.reading.not(command.directive, 'what it sets in OpenSSL is not followed');
  return {
    ...(command.is === 'set' ? { protocols: 'unknown' } : protocols === undefined ? {} : { protocols }),
    ...(ciphers.is === 'set' && ciphers.value.join(' ').includes('SECLEVEL=0') ? { securityLevel0: true } : {}),
    ...(serverName === undefined ? {} : { serverName }),
    ...(verify.is === 'set' && verify.value[0] === 'on' ? { verify: 'on' } : {}),
    ...(certificate.is === 'set' ? { certificate: true } : {}),
  };
}

/** No name is sent where the name is an address; the name of an upstream is no name of a server, and a variable may be any. */
function serverNameOf(prefix: string, { host }: Target, levels: Levels, lines: Lines, around: Around): NginxUpstreamTls['serverName'] {
  const on = lines.take(`${prefix}_ssl_server_name`, find(levels, `${prefix}_ssl_server_name`), ([word]) => (word === 'on' || word === 'off' ? word : undefined));
  if (on !== 'on') return on;
  const found = find(levels, `${prefix}_ssl_name`);
  if (found.is === 'unknown') return 'unknown';
  const name = found.is === 'set' ? found.value[0] : host;
  if (name === undefined || name.includes('$') || (found.is === 'not set' && around.upstreams.has(name))) return 'unknown';
  return isAddress(name) ? 'off' : 'right';
}
