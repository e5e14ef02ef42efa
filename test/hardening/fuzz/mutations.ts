// Real templates, broken: in their structure (keys taken away, renamed, doubled, values of other types, subtrees of elsewhere, functions put
// around them) or in their text (cut, flipped, lines moved, YAML anchors and merge keys in the middle).

import { Random } from './random';
import { Seed } from './seeds';

type Tree = Record<string, unknown>;
interface Place { readonly parent: Tree; readonly key: string }

const KEYS = ['constructor', 'toString', 'valueOf', 'Ref', 'Fn::If', 'Fn::Sub', 'Type', 'Properties', 'Condition', 'cdk-handshake', 'Fn::ForEach::X', '', '\u001b]0;t\u0007', 'length'];
const VALUES: readonly unknown[] = [null, true, false, 0, -1, 1.5, 1e21, '', 'x', '*', '${', '${A', 'a,b', [], {}, [[]], [null], { Ref: 'AWS::NoValue' }, { a: { b: [] } }, '\u0000\u009b31m'];
const AROUND: readonly ((value: unknown, id: string) => unknown)[] = [
  (value) => ({ 'Fn::If': ['C', value, { Ref: 'AWS::NoValue' }] }),
  (value) => ({ 'Fn::If': ['C', { 'Fn::If': ['D', value, value] }, value] }),
  (value) => [value],
  (value) => ({ 'Fn::Select': [0, { 'Fn::Split': [',', value] }] }),
  (value) => ({ 'Fn::Join': ['', [value, value]] }),
  (value) => ({ 'Fn::Sub': ['${V}${V}', { V: value }] }),
  (value, id) => ({ 'Fn::Sub': `${String(value)}\${${id}}\${${id}.Arn}` }),
  (_, id) => ({ Ref: id }),
  (_, id) => ({ 'Fn::GetAtt': [id, 'Arn'] }),
  (value) => ({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: value } }),
  (value) => ({ 'Fn::FindInMap': ['M', value, value] }),
  (value) => ({ 'Fn::ImportValue': value }),
];

/** The text of a broken template. */
export function mutated(seed: Seed, all: readonly Seed[], random: Random): string {
  return random.once(3) ? brokenText(seed.text, random) : JSON.stringify(brokenBody(seed, all, random));
}

function brokenBody(seed: Seed, all: readonly Seed[], random: Random): unknown {
  const body = structuredClone(seed.body) as Tree;
  const ids = Object.keys((body.Resources ?? {}) as Tree);
  for (let left = 1 + random.below(6); left > 0; left -= 1) {
    const places = placesIn(body);
    if (places.length === 0) break;
    breakAt(random.of(places), { body, all, random, id: ids.length ? random.of(ids) : 'A', other: random.of(places) });
  }
  return body;
}

interface Help { readonly body: Tree; readonly all: readonly Seed[]; readonly random: Random; readonly id: string; readonly other: Place }

function breakAt({ parent, key }: Place, { body, all, random, id, other }: Help): void {
  switch (random.below(9)) {
    case 0: delete parent[key]; break;
    case 1: parent[key] = structuredClone(random.of(VALUES)); break;
    case 2: parent[key] = JSON.parse(JSON.stringify(random.of(AROUND)(parent[key], id))); break;
    case 3: if (!Array.isArray(parent)) parent[random.of(KEYS)] = structuredClone(parent[key]); break;
    case 4: parent[key] = otherType(parent[key]); break;
    case 5: {
      const places = placesIn(random.of(all).body as Tree);
      if (places.length > 0) {
        const from = random.of(places);
        parent[key] = structuredClone(from.parent[from.key]);
      }
      break;
    }
    case 6: [parent[key], other.parent[other.key]] = [structuredClone(other.parent[other.key]), structuredClone(parent[key])]; break;
    case 7: parent[`${key}2`] = structuredClone(parent[key]); break;
    default: {
      const sections = { Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] }, D: { Condition: 'C' } }, Parameters: { P: { Type: 'String' } }, Transform: 'Mine' };
      const name = random.of(Object.keys(sections) as (keyof typeof sections)[]);
      body[name] ??= sections[name];
    }
  }
}

function otherType(value: unknown): unknown {
  if (Array.isArray(value)) return { ...value };
  if (typeof value === 'object' && value !== null) return Object.values(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value === 'true' ? true : Number.isNaN(Number(value)) ? [value] : Number(value);
  return String(value);
}

const MOST_PLACES = 20_000;

function placesIn(root: Tree): Place[] {
  const places: Place[] = [];
  const open: unknown[] = [root];
  while (open.length > 0 && places.length < MOST_PLACES) {
    const parent = open.pop() as Tree;
    for (const key of Object.keys(parent)) {
      places.push({ parent, key });
      if (typeof parent[key] === 'object' && parent[key] !== null) open.push(parent[key]);
    }
  }
  return places;
}

const INSERTS = ['&a ', '*a', '<<: *a\n', '!Sub ', '!If [C, ', '!Ref', '!!binary ', '- ', '  ', '\t', '{', '}', '[', ']', '"', "'", ': ', '|\n', '>-\n', '#', '\u0000', '\ufeff', '\r', '---\n', '...\n', '%YAML 1.1\n', '? ', '\u2028', '${', '<<<<<<< HEAD\n'];

/** At the level of bytes, or of lines. */
function brokenText(text: string, random: Random): string {
  let now = text;
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const at = random.below(now.length + 1);
    switch (random.below(8)) {
      case 0: now = now.slice(0, at); break;
      case 1: now = flipped(now, random); break;
      case 2: now = now.slice(0, at) + random.of(INSERTS) + now.slice(at); break;
      case 3: now = now.slice(0, at) + now.slice(at + 1 + random.below(20)); break;
      case 4: now = lines(now, (all, line) => all.splice(line, 1), random); break;
      case 5: now = lines(now, (all, line) => all.splice(line, 0, all[random.below(all.length)]), random); break;
      case 6: now = lines(now, (all, line) => { all[line] = ' '.repeat(random.below(5)) + all[line].trimStart(); }, random); break;
      default: now = lines(now, (all, line) => { all[line] = all[line].replace(/: */, `: ${random.of(['&a ', '*a ', '!Sub ', '!GetAtt ', '<<: '])}`); }, random);
    }
  }
  return now;
}

function lines(text: string, change: (all: string[], line: number) => unknown, random: Random): string {
  const all = text.split('\n');
  change(all, random.below(all.length));
  return all.join('\n');
}

function flipped(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  for (let left = 1 + random.below(3); left > 0 && bytes.length > 0; left -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return bytes.toString('utf8');
}
