// Where a property stands in a file, for reports: the key of a mapping's entry, the start of a list's element, or the
// nearest ancestor that exists. Nothing is computed before the first question; a file without findings pays nothing.
// Not here: which property a finding is about.

import { Position } from './input';
import { Member, members, skipSpace } from './json-text';
import { isShortTag, longKey } from './short-tags';
import { Document, LineCounter, Node, Scalar, YAMLMap, isAlias, isMap, isSeq } from './yaml';
import { YamlText, readYaml } from './yaml-text';
import { isMergeKey, keyText } from './yaml-values';

export type Path = readonly (string | number)[];
export type Locate = (path: Path) => Position | undefined;

/** For text that JSON.parse has accepted. */
export function locateInJson(text: string): Locate {
  const known = new Map<number, Map<string | number, Member>>();
  const membersAt = (open: number): Map<string | number, Member> => {
    const found = known.get(open) ?? new Map(members(text, open).map((member) => [member.key, member]));
    known.set(open, found);
    return found;
  };
  let counter: LineCounter | undefined;
  return (path) => {
    let at = skipSpace(text, 0);
    let container = at;
    for (const step of path) {
      const member = membersAt(container).get(step);
      if (member === undefined) break;
      at = member.keyAt;
      container = member.valueAt;
    }
    counter ??= countLines(text);
    return positionIn(counter, at);
  };
}

/** For text that was read as YAML. */
export function locateInYaml(text: string): Locate {
  let yaml: YamlText | undefined;
  return (path) => {
    yaml ??= readYaml(text);
    const { document, position } = yaml;
    let at = document.contents?.range?.[0] ?? 0;
    let node: unknown = document.contents;
    let spelt = false;
    for (const step of path) {
      const target = isAlias(node) ? node.resolve(document) : node as Node | null;
      const tag = target?.tag;
      if (!spelt && isShortTag(tag) && step === longKey(tag)) {
        spelt = true;
        node = target;
        continue;
      }
      const entry = entryOf(target, step, document);
      if (entry === undefined) break;
      at = entry.at;
      node = entry.node;
      spelt = false;
    }
    return position(at);
  };
}

export function countLines(text: string): LineCounter {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  return counter;
}

export function positionIn(counter: LineCounter, offset: number): Position {
  const { line, col } = counter.linePos(offset);
  return { line, column: col };
}

interface Entry { readonly node: unknown; readonly at: number }

function entryOf(node: unknown, step: string | number, document: Document): Entry | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)] as Node | undefined;
    return item && { node: item, at: item.range?.[0] ?? 0 };
  }
  if (!isMap(node)) return undefined;
  // The last of several equal keys counts, as in the values.
  const pair = [...node.items].reverse().find(({ key }) => !isMergeKey(key) && keyText(key) === String(step));
  if (pair !== undefined) return { node: pair.value, at: (pair.key as Scalar).range?.[0] ?? 0 };
  return merged(node, document).map((source) => entryOf(source, step, document)).find((entry) => entry !== undefined);
}

function merged(node: YAMLMap, document: Document): unknown[] {
  const resolve = (one: unknown): unknown => (isAlias(one) ? one.resolve(document) : one);
  return node.items.filter(({ key }) => isMergeKey(key)).map(({ value }) => resolve(value))
    .flatMap((source) => (isSeq(source) ? source.items.map(resolve) : [source]));
}
