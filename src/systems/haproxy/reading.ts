// What all parts of the reading share: the lines that hold in a section, the last that begins like this, times, mode, rules, and the list of
// what was not understood. Facts: configuration manual sections 2.5 (time format), 4 (option, mode, http-request).

import { named, ruleOf } from './rules';
import { HaproxySettings } from './settings';
import { at, Line, Section, shown } from './syntax';
import { Pairs } from './words';

export interface Around {
  readonly global: readonly Line[];
  /** Backends and listen sections by name. */
  readonly backends: ReadonlyMap<string, Section>;
  /** ssl-default-bind-options and -ciphers, and the same for server. */
  readonly usual: Readonly<Record<'bind' | 'server', Pairs>>;
  readonly announcesNoConnect: boolean;
  /** Notes a line, and gives the sentence for the settings that it bears on. */
  readonly not: (line: Line, why: string) => string;
}

/** Enough reasons for a setting to be unknown; all of them are in the list of what was not understood. */
export const few = (reasons: readonly string[]): readonly string[] => reasons.slice(0, 3);

/** The lines that hold in a section; its own stand last and win. */
export const linesOf = ({ defaults, lines }: Section): readonly Line[] => [...defaults, ...lines];

/** The last line that begins like this. */
export function find(lines: readonly Line[], ...words: readonly string[]): Line | undefined {
  return [...lines].reverse().find((line) => words.every((word, index) => line.words[index] === word));
}

export function modeOf(lines: readonly Line[]): 'http' | 'tcp' | undefined {
  const mode = find(lines, 'mode')?.words[1] ?? 'tcp';
  return mode === 'http' || mode === 'tcp' ? mode : undefined;
}

/** option httpclose, http-server-close and http-keep-alive put one another out; the last one counts. */
export function connectionMode(lines: readonly Line[]): string | undefined {
  const modes = ['httpclose', 'forceclose', 'http-server-close', 'http-keep-alive'];
  const line = [...lines].reverse().find(({ words }) => words[0] === 'option' && modes.includes(words[1]));
  const off = line && find(lines.slice(lines.indexOf(line)), 'no', 'option', line.words[1]);
  return off ? undefined : line?.words[1];
}

/** Lines that change how everything is read, wherever they stand. */
export function problemsOf(lines: readonly Line[], { not, global }: Around): string[] {
  const marked = lines.filter(({ conditional, words }) => conditional && /^(mode|default_backend|use_backend|server|default-server|option|timeout)$/.test(words[0]));
  const whole = global.filter(({ conditional, words }) => conditional && /^ssl-default-|^h2-workaround/.test(words[0]));
  return [...marked, ...whole].map((line) => not(line, 'it stands between .if and .endif, and may not hold'));
}

export function usualWords(global: readonly Line[], side: 'bind' | 'server', pairs: (words: readonly string[]) => Pairs): Pairs {
  const options = find(global, `ssl-default-${side}-options`);
  const ciphers = find(global, `ssl-default-${side}-ciphers`)?.words[1];
  const read = pairs(options?.words.slice(1) ?? []);
  return {
    words: [...read.words, ...(ciphers === undefined ? [] : [['ciphers', ciphers] as const])],
    unknown: read.unknown.map((why) => `ssl-default-${side}-options: ${why}`),
  };
}

/** The same answer for the same question, however often it is asked. */
export function once<Key, Value>(answer: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, answer(key));
    return known.get(key)!;
  };
}

const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds unless there is a unit; 0 is none. */
export function secondsOf(text: string | undefined): number | undefined | 'none' {
  const [, digits, unit = 'ms'] = /^(\d{1,12})(us|ms|s|m|h|d)?$/.exec(text ?? '') ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) === 0 ? 'none' : Number(digits) * UNITS[unit];
}

type Named<Name extends string, Value> = Readonly<Record<Name, Value>>;

/** `timeout`, by the names that they have here. */
export function timeoutsOf<Name extends string>(
  lines: readonly Line[], names: Named<Name, string>, { not }: Around, problems: string[],
): Partial<Named<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  for (const [name, word] of Object.entries(names) as [Name, string][]) {
    const line = find(lines, 'timeout', word);
    const seconds = line && secondsOf(line.words[2]);
    if (line && seconds === undefined) problems.push(not(line, `"${shown(line.words[2] ?? '')}" is no time`));
    if (typeof seconds === 'number') found[name] = seconds;
  }
  return found;
}

export function rulesOf(lines: readonly Line[], tls: boolean, { not }: Around): Pick<HaproxySettings, 'answers' | 'condition'> {
  let condition: string | undefined;
  for (const line of lines) {
    const rule = ruleOf(line, tls);
    // What comes first decides; what may come before it leaves it open.
    if (rule.is === 'answers') return { answers: { status: rule.status, at: at(line) }, ...(condition === undefined ? {} : { condition }) };
    if (rule.is !== 'condition') continue;
    not(line, `${named(line)} may answer or change requests, and is not followed`);
    condition ??= at(line);
  }
  return condition === undefined ? {} : { condition };
}

/** In mode tcp only tcp-request counts. */
export function conditionsOfTcp(lines: readonly Line[], around: Around): Pick<HaproxySettings, 'answers' | 'condition'> {
  return rulesOf(lines.filter(({ words }) => words[0] === 'tcp-request'), true, around);
}
