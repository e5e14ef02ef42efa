// Conditions and rules of HAProxy, as far as they decide where a request goes or whether HAProxy answers itself: path_beg in use_backend,
// redirects of cleartext to https. Whatever else stands after `if` may hold or not.
// Not here: header rules in general; those on Upgrade, Connection and Sec-WebSocket-* count as conditions.
// Facts: configuration manual sections 7 (ACLs; several acl lines of a name are joined by or), 4.2 (use_backend, http-request).

import { Line, shown } from './syntax';

/** The paths, and beginnings of paths, that a condition asks for; `always`; or `maybe`. */
export type Condition = { readonly is: 'always' | 'maybe' } | { readonly is: 'path'; readonly beginnings: readonly string[]; readonly whole: readonly string[] };

const MAYBE: Condition = { is: 'maybe' };

/** Named ACLs of a section: those that ask for the path alone, by name. */
export function aclsOf(lines: readonly Line[]): ReadonlyMap<string, Condition> {
  const tests = new Map<string, Condition[]>();
  for (const { words: [first, name, ...test], conditional } of lines) {
    if (first !== 'acl' || name === undefined) continue;
    tests.set(name, tests.get(name) ?? []);
    tests.get(name)!.push(conditional ? MAYBE : pathTest(test));
  }
  return new Map([...tests].map(([name, all]) => [name, any(all)]));
}

/** Joined by or; more paths than anybody writes are not followed. */
function any(all: readonly Condition[]): Condition {
  const beginnings = all.flatMap((one) => (one.is === 'path' ? one.beginnings : []));
  const whole = all.flatMap((one) => (one.is === 'path' ? one.whole : []));
  return all.every(({ is }) => is === 'path') && beginnings.length + whole.length <= MOST_PATHS ? { is: 'path', beginnings, whole } : MAYBE;
}

const MOST_PATHS = 200;

/** `path /a`, `path_beg /a /b`, `path -m beg /a`, with -i, or as a sample fetch. */
function pathTest(words: readonly string[]): Condition {
  const [first, ...rest] = words[0] === 'path' && words[1] === '-m' && words[2] === 'beg' ? ['path_beg', ...words.slice(3)] : words;
  const values = rest.filter((word) => word !== '-i' && word !== '--');
  if (values.length === 0 || !values.every((value) => value.startsWith('/'))) return MAYBE;
  if (first === 'path') return { is: 'path', beginnings: [], whole: values };
  return first === 'path_beg' ? { is: 'path', beginnings: values, whole: [] } : MAYBE;
}

/** What stands after the name in `use_backend name if …`. */
export function conditionOf(words: readonly string[], acls: ReadonlyMap<string, Condition>): Condition {
  if (words.length === 0) return { is: 'always' };
  if (words[0] !== 'if') return MAYBE;
  const terms = split(words.slice(1));
  return any(terms.map((term) => termOf(term, acls)));
}

/** Terms joined by or. */
function split(words: readonly string[]): string[][] {
  const terms: string[][] = [[]];
  for (const word of words) {
    if (word === 'or' || word === '||') terms.push([]);
    else terms[terms.length - 1].push(word);
  }
  return terms;
}

function termOf(words: readonly string[], acls: ReadonlyMap<string, Condition>): Condition {
  if (words.length === 1) return acls.get(words[0]) ?? MAYBE;
  const anonymous = words[0] === '{' && words.indexOf('}') === words.length - 1;
  return anonymous ? pathTest(words.slice(1, -1)) : MAYBE;
}

export type Rule = { readonly is: 'answers'; readonly status: number } | { readonly is: 'condition' } | { readonly is: 'nothing' };

const NOTHING: Rule = { is: 'nothing' };
const HEADERS = /^(upgrade|connection|sec-websocket-.*|http2-settings)$/i;
const ANSWERS = /^(deny|redirect|return|tarpit|reject|silent-drop|auth|use-service|wait-for-handshake)$/;
const CHANGES = /^(set-path|replace-path|set-pathq|replace-pathq|set-uri|replace-uri|set-method|lua\..*)$/;

/** What an http-request, redirect or tcp-request rule does to all requests of a port. */
export function ruleOf({ words, conditional }: Line, tls: boolean): Rule {
  const [first, action, ...rest] = words[0] === 'redirect' ? ['http-request', ...words] : words;
  if (first === 'tcp-request') return /^(content|connection|session)$/.test(action) && /^(reject|silent-drop|lua\..*)$/.test(rest[0] ?? '') ? { is: 'condition' } : NOTHING;
  if (first === 'block' || first === 'reqdel' || first === 'reqidel') return { is: 'condition' };
  if (first !== 'http-request' || action === undefined) return NOTHING;
  if (/^(add|set|del|replace)-header$/.test(action)) return HEADERS.test(rest[0] ?? '') ? { is: 'condition' } : NOTHING;
  if (CHANGES.test(action)) return { is: 'condition' };
  if (!ANSWERS.test(action)) return NOTHING;
  const start = rest.findIndex((word) => word === 'if' || word === 'unless');
  const when = start < 0 ? '' : rest.slice(start).join(' ');
  if (/^(if (! ?\{ ssl_fc \}|!\{ ssl_fc \})|unless \{ ssl_fc \})$/.test(when) && tls) return NOTHING;
  const always = when === '' || (!tls && /^(if ! ?\{ ssl_fc \}|unless \{ ssl_fc \})$/.test(when));
  const status = statusOf(action, start < 0 ? rest : rest.slice(0, start));
  return always && !conditional && status !== undefined ? { is: 'answers', status } : { is: 'condition' };
}

function statusOf(action: string, words: readonly string[]): number | undefined {
  const value = (name: string) => words[words.indexOf(name) + 1];
  const said = words.includes('code') ? value('code') : words.includes('status') ? value('status') : words.includes('deny_status') ? value('deny_status') : undefined;
  if (said !== undefined) return /^\d{3}$/.test(said) ? Number(said) : undefined;
  return ({ redirect: 302, deny: 403, return: 200 } as Readonly<Record<string, number>>)[action];
}

export const named = (line: Line) => shown(line.words.slice(0, 3).join(' '));
