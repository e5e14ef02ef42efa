// What a property can be once read: known, one of several, or unknown because of something that is named.
// Nothing here guesses: an unresolved expression keeps its reason and a key by which two expressions compare equal.

import { both, Guard } from './guard';
import type { Resource } from './scope';

export type Scalar = string | number | boolean | null;

/** A literal, or what literals and parameter defaults add up to. */
export interface Known {
  readonly kind: 'known';
  readonly value: Scalar;
  readonly assuming?: Assumptions;
}
/** Points to a resource: by Ref (attribute "Ref") or by one of its attributes. */
export interface Reference {
  readonly kind: 'reference';
  readonly resource: Resource;
  readonly attribute: string;
  readonly assuming?: Assumptions;
}
/** A string that is known in parts. */
export interface Text {
  readonly kind: 'text';
  readonly parts: readonly TextPart[];
  readonly assuming?: Assumptions;
}
export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly assuming?: Assumptions;
}
/** An object; its properties are read when asked for. */
export interface Mapping {
  readonly kind: 'map';
  readonly raw: Readonly<Record<string, unknown>>;
  readonly read: (raw: unknown) => Value;
  readonly assuming?: Assumptions;
}
/** Alternatives: both branches of an undecided Fn::If, the AllowedValues of a parameter. */
export interface OneOf {
  readonly kind: 'one-of';
  readonly options: readonly Option[];
  readonly assuming?: Assumptions;
}
/** Cannot be told from the templates at hand. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly because: string;
  readonly key: string;
  readonly assuming?: Assumptions;
}
/** Not there, or AWS::NoValue. */
export interface Absent {
  readonly kind: 'absent';
  readonly assuming?: Assumptions;
}

/** Parameter defaults that a value rests on, in words. */
export type Assumptions = readonly string[];
export type TextPart = string | Reference | Unknown;
export interface Option {
  readonly when?: Guard;
  readonly value: Value;
}
export type Value = Known | Reference | Text | List | Mapping | OneOf | Unknown | Absent;
/** A value with no alternatives left. */
export type Settled = Exclude<Value, OneOf>;

/** More alternatives than this are unknown: expressions that refer to each other can double them at each step. */
const MOST_OPTIONS = 4096;

export const ABSENT: Absent = { kind: 'absent' };

export function known(value: Scalar, assuming?: Assumptions): Known {
  return assuming?.length ? { kind: 'known', value, assuming } : { kind: 'known', value };
}

export function unknown(because: string, key: string = because): Unknown {
  return { kind: 'unknown', because, key };
}

/** The same value, resting on more assumptions. */
export function assume<V extends Value>(value: V, more: Assumptions | undefined): V {
  if (!more?.length) return value;
  return { ...value, assuming: [...new Set([...(value.assuming ?? []), ...more])] };
}

/** Alternatives, flattened and without repeats of the same scalar; one alternative is no alternative. */
export function oneOf(options: readonly Option[]): Value {
  const kept: Option[] = [];
  const seen = new Map<string, number>();
  for (const option of options) {
    const value = option.value;
    const key = value.kind === 'known' && !value.assuming ? `=${String(value.value)}` : value.kind === 'absent' ? '-' : undefined;
    const at = key === undefined ? undefined : seen.get(key);
    if (at !== undefined) {
      kept[at] = { value: kept[at].value }; // holds under either guard, so under no single one
      continue;
    }
    if (key !== undefined) seen.set(key, kept.length);
    kept.push(option);
  }
  if (kept.length === 0) return unknown('there is no alternative');
  if (kept.length > MOST_OPTIONS) return unknown('there are more alternatives than can be told apart');
  return kept.length === 1 ? kept[0].value : { kind: 'one-of', options: kept };
}

/** Applies a function to a value, or to each of its alternatives. */
export function each(value: Value, change: (settled: Settled) => Value): Value {
  if (value.kind !== 'one-of') return change(value);
  const options: Option[] = [];
  for (const option of value.options) {
    const changed = each(option.value, change);
    if (changed.kind !== 'one-of') options.push({ value: changed, when: option.when });
    else for (const inner of changed.options) options.push({ value: inner.value, when: both(option.when, inner.when) });
  }
  return assume(oneOf(options), value.assuming);
}

/** One property of an object value. */
export function pick(value: Value, key: string): Value {
  if (value.kind === 'map') {
    if (Object.prototype.hasOwnProperty.call(value.raw, key)) return assume(value.read(value.raw[key]), value.assuming);
    if (Object.prototype.hasOwnProperty.call(value.raw, 'Fn::Transform')) return unknown('it comes from Fn::Transform');
    return value.assuming ? assume(ABSENT, value.assuming) : ABSENT;
  }
  if (value.kind === 'one-of') return each(value, (settled) => pick(settled, key));
  if (value.kind === 'unknown') return unknown(value.because, `${value.key}.${key}`);
  return ABSENT;
}

/** Several properties deep. */
export function dig(value: Value, ...keys: string[]): Value {
  let at = value;
  for (const key of keys) at = pick(at, key);
  return at;
}

/** One element of a list, and the guard under which it is there. */
export interface Item {
  readonly value: Settled;
  readonly when?: Guard;
}

/** The elements of a list: of one in a list's place, of alternatives, of elements under Fn::If. Absent elements are left out. */
export function items(value: Value, when?: Guard): Item[] {
  switch (value.kind) {
    case 'absent':
      return [];
    case 'list':
      return value.items.flatMap((item) => (item.kind === 'list' ? [{ value: item, when }] : items(assume(item, value.assuming), when)));
    case 'one-of':
      return value.options.flatMap((option) => items(option.value, both(option.when, when)));
    default:
      return [{ value, when }];
  }
}

/** A scalar as text: 80 and "80", true and "true" are the same to CloudFormation. */
export function asText(value: Value): string | undefined {
  if (value.kind === 'known') return value.value === null ? undefined : String(value.value);
  return undefined;
}

export function asNumber(value: Value): number | undefined {
  const text = asText(value)?.trim();
  if (!text) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

export function asFlag(value: Value): boolean | undefined {
  const text = asText(value)?.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** A key by which two values compare as expressions; equal keys mean equal values, wherever they end up. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'known':
      return String(value.value);
    case 'reference':
      return `\${${value.resource.key}.${value.attribute}}`;
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : keyOf(part))).join('');
    case 'unknown':
      return `\${${value.key}}`;
    case 'absent':
      return '';
    case 'list':
      return value.items.map(keyOf).join(',');
    case 'map':
      return JSON.stringify(value.raw);
    case 'one-of':
      return value.options.map((option) => keyOf(option.value)).join('|');
  }
}
