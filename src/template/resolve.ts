// Reads CloudFormation expressions: parameters, references, Fn::Sub, Join, Select, Split, If, FindInMap, imports.
// Every form ends as a Value; what cannot be told ends as unknown with its reason, never as a default and never as an
// exception. Not here: finding resources by type, exports and nested stacks (templates.ts).
// Facts: CloudFormation user guide, "Intrinsic function reference"; forms and their frequency: docs/architecture.md.

import { Conditions, Truth } from './condition';
import { both, Guard } from './guard';
import { isRecord, isScalar, own, record, Resource, Scope, words } from './scope';
import { ABSENT, assume, Assumptions, each, known, oneOf, Option, TextPart, unknown, Value } from './value';

/** What the resolver needs to know about other templates. */
export interface Surroundings {
  resource(scope: Scope, id: string): Resource | undefined;
  exported(name: Value, from: Scope): Value;
  stackOutput(raw: unknown, from: Scope): Value;
  resourceAt(stackPath: string, id: string): Resource | undefined;
  crossRegion(reader: Resource, attribute: string): Value | undefined;
}

/** Deeper than any template that CloudFormation accepts; ends reference cycles. */
const DEEPEST = 400;

/** No text is longer than a template may be: 1 MB (CloudFormation User Guide, "CloudFormation quotas"). */
const LONGEST_TEXT = 1024 * 1024;

export class Resolver {
  public readonly conditions = new Conditions((raw, scope) => this.read(raw, scope, true));
  private depth = 0;
  /** Parameters and outputs that were read: each once, however often it is referred to, and in a circle once, too. */
  private readonly between = new Map<string, Value>();
  /** Functions that were read, by where they stand: hops ask for the same properties again and again. */
  private readonly calls = new Map<Scope, { readonly forConditions: WeakMap<object, Value>; readonly others: WeakMap<object, Value> }>();

  constructor(private readonly around: Surroundings) {}

  /** Reads an expression of a template. */
  public read = (raw: unknown, scope: Scope, forCondition = false): Value => {
    if (typeof raw === 'string') return readString(raw);
    if (typeof raw === 'number' || typeof raw === 'boolean') return known(raw);
    if (raw === null || raw === undefined) return ABSENT;
    if (this.depth > DEEPEST) return unknown('references go in a circle, or nest too deep');
    this.depth++;
    try {
      if (Array.isArray(raw)) return { kind: 'list', items: raw.map((item) => this.read(item, scope, forCondition)) };
      const expression = raw as Readonly<Record<string, unknown>>;
      const keys = Object.keys(expression);
      if (keys.length === 1) {
        const name = keys[0];
        if (name === 'Ref' || name === 'Fn::Ref') return this.ref(expression[name], scope, forCondition);
        if (name.startsWith('Fn::')) return this.callOnce(name, expression, scope, forCondition);
      }
      return { kind: 'map', raw: expression, read: (inner) => this.read(inner, scope) };
    } finally {
      this.depth--;
    }
  };

  /** The guard of a resource with a Condition, or why it never exists. */
  public existence(condition: unknown, scope: Scope): { when?: Guard; never?: string } {
    if (typeof condition !== 'string') return {};
    const truth = this.conditions.named(condition, scope);
    if (truth.is === undefined) return { when: truth.then };
    return truth.is ? {} : { never: `condition ${condition} is false${because(truth.assuming)}` };
  }

  private ref(name: unknown, scope: Scope, forCondition: boolean): Value {
    if (typeof name !== 'string') return unknown('a Ref that is not a name');
    if (name.startsWith('AWS::')) return pseudo(name, scope);
    const parameter = own(scope.parameters, name);
    if (parameter !== undefined) return this.parameter(name, record(parameter), scope, forCondition);
    return this.resource(name, 'Ref', scope);
  }

  private parameter(name: string, definition: Readonly<Record<string, unknown>>, scope: Scope, forCondition: boolean): Value {
    const key = `parameter ${scope.index}:${name}`;
    const given = scope.parent && own(scope.parent.parameters, name);
    if (given !== undefined) {
      return this.once(`${key} ${forCondition}`, () => flat(this.read(given, scope.parent!.scope, forCondition)));
    }
    const type = words(definition.Type);
    if (type.startsWith('AWS::SSM::')) return unknown(`parameter ${name} comes from SSM`, key);
    const fallback = definition.Default;
    if (isScalar(fallback) || Array.isArray(fallback)) {
      const text = Array.isArray(fallback) ? fallback.map(words).join(',') : words(fallback);
      const assuming = [`parameter ${name} keeps its Default "${text}"`];
      if (text === '' && !forCondition) return unknown(`parameter ${name} has an empty Default`, key);
      if (type.startsWith('List<') || type === 'CommaDelimitedList') {return { kind: 'list', items: text.split(',').map((part) => known(part.trim(), assuming)), assuming };}
      return known(Array.isArray(fallback) ? text : fallback, assuming);
    }
    const allowed = definition.AllowedValues;
    if (Array.isArray(allowed) && allowed.length > 0 && allowed.length <= 32) {
      return oneOf(
        allowed.filter(isScalar).map((value) => ({
          value: known(value),
          when: { key, is: words(value), says: `parameter ${name} is "${words(value)}"` },
        })),
      );
    }
    return unknown(`parameter ${name} has no Default`, key);
  }

  private resource(id: string, attribute: string, scope: Scope): Value {
    const resource = this.around.resource(scope, id);
    const key = `${scope.index}:${id}.${attribute}`;
    if (!resource) return unknown(scope.transformed ? `${id} is made by a macro` : `nothing is named ${id} in the template`, key);
    if (resource.never) return unknown(`${id} is not created: ${resource.never}`, key);
    const nested = scope.nested.get(id);
    if (nested && attribute.startsWith('Outputs.')) return this.output(nested, attribute.slice('Outputs.'.length));
    if (resource.type === 'Custom::CrossRegionExportReader') {
      const value = this.around.crossRegion(resource, attribute);
      if (value) return value;
    }
    return { kind: 'reference', resource, attribute };
  }

  /** An output of a template. */
  public output(scope: Scope, name: string): Value {
    const output = own(scope.outputs, name);
    if (!isRecord(output)) return unknown(`${scope.input.stack} has no output ${name}`);
    return this.once(`output ${scope.index}:${name}`, () => {
      const value = this.read(output.Value, scope);
      return value.kind === 'list' || value.kind === 'map' ? unknown(`output ${name} of ${scope.input.stack} is no text`) : value;
    });
  }

  private once(key: string, read: () => Value): Value {
    const before = this.between.get(key);
    if (before) return before;
    this.between.set(key, unknown('parameters and outputs refer to each other in a circle', key));
    const value = read();
    this.between.set(key, value);
    return value;
  }

  private callOnce(name: string, expression: Readonly<Record<string, unknown>>, scope: Scope, forCondition: boolean): Value {
    const kept = this.calls.get(scope) ?? { forConditions: new WeakMap(), others: new WeakMap() };
    this.calls.set(scope, kept);
    const values = forCondition ? kept.forConditions : kept.others;
    const before = values.get(expression);
    if (before) return before;
    const value = this.call(name, expression[name], scope, forCondition);
    values.set(expression, value);
    return value;
  }

  private call(name: string, argument: unknown, scope: Scope, forCondition: boolean): Value {
    const read = (raw: unknown) => this.read(raw, scope, forCondition);
    const list = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Fn::GetAtt':
        return this.getAtt(argument, scope);
      case 'Fn::Sub':
        return this.sub(argument, scope, forCondition);
      case 'Fn::Join':
        return list.length === 2 ? join(read(list[0]), read(list[1])) : unknown('a Fn::Join that has not two arguments');
      case 'Fn::Split':
        return list.length === 2
          ? each(read(list[1]), (text) => split(read(list[0]), text))
          : unknown('a Fn::Split that has not two arguments');
      case 'Fn::Select':
        return list.length === 2
          ? each(read(list[1]), (of) => select(read(list[0]), of))
          : unknown('a Fn::Select that has not two arguments');
      case 'Fn::If':
        return this.branch(list, scope, forCondition);
      case 'Fn::FindInMap':
        return findInMap(list.map(read), scope);
      case 'Fn::ImportValue':
        return this.around.exported(read(argument), scope);
      case 'Fn::GetStackOutput':
        return this.around.stackOutput(argument, scope);
      case 'Fn::HandshakeReference':
        return this.direct(list, scope);
      default:
        return unknown(`${name} is worked out at deployment`, `${name} ${scope.index} ${keyText(argument)}`);
    }
  }

  /** Written by the pack where a unit test renders stacks without a synth: [stack path, logical id, attribute]. */
  private direct(list: readonly unknown[], scope: Scope): Value {
    const [path, id, attribute] = list.map(words);
    const resource = this.around.resourceAt(path, id);
    return resource
      ? this.resource(id, attribute, resource.scope)
      : unknown(`${id} of ${path} is outside these templates`, `${scope.index} ${path} ${id}`);
  }

  private getAtt(argument: unknown, scope: Scope): Value {
    const parts: unknown = typeof argument === 'string' ? /^([^.]*)\.(.*)$/s.exec(argument)?.slice(1) : argument;
    if (!Array.isArray(parts) || typeof parts[0] !== 'string' || parts.length < 2) return unknown('a Fn::GetAtt that names no attribute');
    const attribute = parts.slice(1).every((part) => typeof part === 'string') ? parts.slice(1).join('.') : '?';
    return this.resource(parts[0], attribute, scope);
  }

  private sub(argument: unknown, scope: Scope, forCondition: boolean): Value {
    const [template, variables] = Array.isArray(argument) ? [argument[0], record(argument[1])] : [argument, record(undefined)];
    if (typeof template !== 'string') return unknown('a Fn::Sub whose text is worked out');
    const named = new Map<string, Value>();
    const values = placeholders(template).map((piece, index): Value => {
      if (index % 2 === 0) return known(piece);
      const name = piece.trim();
      if (name.startsWith('!')) return known(`\${${name.slice(1)}}`);
      const value = named.get(name) ?? this.placeholder(name, own(variables, name), scope, forCondition);
      named.set(name, value);
      return value;
    });
    return concatenate(values);
  }

  private placeholder(name: string, variable: unknown, scope: Scope, forCondition: boolean): Value {
    if (variable !== undefined) return this.read(variable, scope, forCondition);
    return name.includes('.') && own(scope.parameters, name) === undefined ? this.getAtt(name, scope) : this.ref(name, scope, forCondition);
  }

  /** Both branches of an undecided Fn::If, into one flat list, so that a chain of them stays linear. */
  private branch(list: readonly unknown[], scope: Scope, forCondition: boolean): Value {
    const options: Option[] = [];
    let rest: readonly unknown[] = list;
    let guard: Guard | undefined;
    const assuming: string[] = [];
    for (;;) {
      if (rest.length !== 3 || typeof rest[0] !== 'string') return unknown('a Fn::If that has not a condition and two branches');
      const truth: Truth = this.conditions.named(rest[0], scope);
      let next: unknown;
      if (truth.is === undefined) {
        this.add(options, rest[1], both(truth.then, guard), scope, forCondition);
        guard = both(truth.otherwise, guard);
        next = rest[2];
      } else {
        assuming.push(...truth.assuming);
        next = truth.is ? rest[1] : rest[2];
      }
      const inner = isRecord(next) && Object.keys(next).length === 1 ? next['Fn::If'] : undefined;
      if (!Array.isArray(inner)) {
        this.add(options, next, guard, scope, forCondition);
        return assume(oneOf(options), assuming);
      }
      rest = inner;
    }
  }

  private add(options: Option[], raw: unknown, when: Guard | undefined, scope: Scope, forCondition: boolean): void {
    const value = this.read(raw, scope, forCondition);
    if (value.kind !== 'one-of') options.push({ value, when });
    else for (const option of value.options) options.push({ value: option.value, when: both(option.when, when) });
  }
}

function because(assuming: Assumptions): string {
  return assuming.length ? ` (${assuming.join('; ')})` : '';
}

function keyText(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? '';
  } catch {
    return '?';
  }
}

/** Literal and placeholder in turn. */
function placeholders(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', from)) {
    const close = text.indexOf('}', open);
    if (close < 0) break;
    pieces.push(text.slice(from, open), text.slice(open + 2, close));
    from = close + 1;
  }
  return [...pieces, text.slice(from)];
}

/** What a parameter can hold: a text, or a list of texts. */
function flat(value: Value): Value {
  if (value.kind !== 'list') return value;
  return { ...value, items: value.items.map((item) => (item.kind === 'list' || item.kind === 'map' ? unknown('a list or an object stands where a string is expected') : item)) };
}

/** Dynamic references such as {{resolve:ssm:/name}} are filled in at deployment. */
function readString(text: string): Value {
  return text.includes('{{resolve:') ? unknown('it is a dynamic reference, filled in at deployment', text) : known(text);
}

function pseudo(name: string, scope: Scope): Value {
  if (name === 'AWS::NoValue') return ABSENT;
  if (name === 'AWS::Region' && scope.input.region) return known(scope.input.region);
  if (name === 'AWS::AccountId' && scope.input.account) return known(scope.input.account);
  const everywhere = name === 'AWS::Partition' || name === 'AWS::URLSuffix' || name === 'AWS::Region' || name === 'AWS::AccountId';
  return unknown(`${name} is known at deployment`, everywhere ? name : `${scope.index}:${name}`);
}

/** Strings put together; known when all parts are. More than one part with alternatives leaves those parts unknown. */
export function concatenate(values: readonly Value[]): Value {
  const open = values.findIndex((value) => value.kind === 'one-of');
  if (open >= 0) {
    const rest = values.map((value, index) => (index !== open && value.kind === 'one-of' ? unknown('it has several alternatives') : value));
    return each(values[open], (settled) => concatenate(rest.map((value, index) => (index === open ? settled : value))));
  }
  const parts: TextPart[] = [];
  const assumed = new Set<string>();
  let length = 0;
  const push = (part: TextPart) => {
    const last = parts.length - 1;
    length += typeof part === 'string' ? part.length : part.kind === 'unknown' ? part.key.length : part.attribute.length;
    if (typeof part === 'string' && typeof parts[last] === 'string') parts[last] += part;
    else if (part !== '') parts.push(part);
  };
  for (const value of values) {
    for (const assumption of value.assuming ?? []) assumed.add(assumption);
    if (value.kind === 'known') push(value.value === null ? '' : String(value.value));
    else if (value.kind === 'text') value.parts.forEach(push);
    else if (value.kind === 'reference' || value.kind === 'unknown') push(value);
    else if (value.kind !== 'absent') push(unknown('a list or an object stands where a string is expected'));
    if (length > LONGEST_TEXT || parts.length > LONGEST_TEXT / 64) return unknown('a text longer than any template');
  }
  const assuming = [...assumed];
  if (parts.length === 0) return known('', assuming);
  if (parts.length === 1 && typeof parts[0] === 'string') return known(parts[0], assuming);
  if (parts.length === 1 && typeof parts[0] !== 'string') return assume(parts[0], assuming);
  return assume({ kind: 'text', parts }, assuming);
}

function join(delimiter: Value, list: Value): Value {
  if (delimiter.kind !== 'known') return unknown('a Fn::Join whose delimiter is worked out');
  return each(list, (settled) => {
    if (settled.kind !== 'list') return settled.kind === 'unknown' ? settled : concatenate([settled]);
    const present = settled.items.filter((item) => item.kind !== 'absent');
    return concatenate(present.flatMap((item, index) => (index === 0 ? [item] : [known(delimiter.value), item])));
  });
}

/** Attributes that are URLs. Split at slashes, their third part is the host, for which the attribute itself stands. */
const URLS: ReadonlySet<string> = new Set(['FunctionUrl', 'ApiEndpoint', 'GraphQLUrl', 'RealtimeUrl']);

/** Splits at the delimiter wherever it stands in a literal part; placeholders stay whole. */
function split(delimiter: Value, text: Value): Value {
  if (delimiter.kind !== 'known' || delimiter.value === '' || delimiter.value === null) {return unknown('a Fn::Split whose delimiter is worked out');}
  if (text.kind === 'reference' && delimiter.value === '/' && URLS.has(text.attribute)) return { kind: 'list', items: [known('https:'), known(''), text] };
  const parts: readonly TextPart[] =
    text.kind === 'known'
      ? [String(text.value)]
      : text.kind === 'text'
        ? text.parts
        : text.kind === 'reference' || text.kind === 'unknown'
          ? [text]
          : [];
  const items: Value[][] = [[]];
  for (const part of parts) {
    if (typeof part !== 'string') {
      items[items.length - 1].push(part);
    } else {
      part.split(String(delimiter.value)).forEach((piece, index) => {
        if (index > 0) items.push([]);
        items[items.length - 1].push(known(piece));
      });
    }
  }
  return { kind: 'list', items: items.map(concatenate), assuming: text.assuming };
}

function select(index: Value, list: Value): Value {
  const at = index.kind === 'known' ? Number(index.value) : NaN;
  if (list.kind === 'unknown') return unknown(list.because, `${list.key}[${at}]`);
  if (list.kind !== 'list' || !Number.isInteger(at)) return unknown('a Fn::Select that cannot be worked out');
  const item = list.items[at];
  if (item === undefined || list.items.slice(0, at + 1).some((before) => before.kind === 'one-of')) {return unknown('a Fn::Select beyond what is known');}
  return assume(item, list.assuming);
}

/** Exact when all keys are known; otherwise one of the few values that the map holds under them. */
function findInMap(keys: readonly Value[], scope: Scope): Value {
  const [map, top, second] = keys;
  if (map?.kind !== 'known') return unknown('a Fn::FindInMap whose map is worked out');
  const rows = record(own(scope.mappings, String(map.value)));
  const chosen = top?.kind === 'known' ? [own(rows, String(top.value))] : Object.values(rows);
  const values = chosen
    .filter(isRecord)
    .flatMap((row) => (second?.kind === 'known' ? [own(row, String(second.value))] : Object.values(row)));
  const found = values
    .filter((value) => value !== undefined)
    .map((value): Value => {
      if (Array.isArray(value)) return { kind: 'list', items: value.filter(isScalar).map((item) => known(item)) };
      return isScalar(value) ? known(value) : unknown(`map ${String(map.value)} holds an object`);
    });
  const assuming = [...(top?.assuming ?? []), ...(second?.assuming ?? [])];
  if (found.length === 0 || found.length > 64) return unknown(`map ${String(map.value)} has no such entry`);
  return assume(oneOf(found.map((value) => ({ value }))), assuming);
}
