// YAML nodes into JSON values: short tags spelt out, aliases copied, merge keys merged, odd keys and tags remarked on.
// Values are those of YAML 1.2 with three exceptions, all towards what CloudFormation makes of a template: yes/no/on/off
// are booleans, dates stay text, and a number that would lose digits (012345678901, 2^64) stays text.
// Facts: CloudFormation User Guide, "CloudFormation template format" (YAML 1.1 with exceptions); YAML 1.1 types "bool" and "merge".

import { isKnownTag, isShortTag, longForm, longKey } from './short-tags';
import { MAX_ALIASED_VALUES, MAX_DEPTH, UnreadableTemplate, isMapping, oneLine, tooDeep } from './unreadable';
import { Alias, Document, Node, Scalar, YAMLMap, isAlias, isCollection, isMap, isScalar, isSeq } from './yaml';

type Remark = (offset: number, says: string) => void;

export function yamlValues(document: Document, remark: Remark): unknown {
  return new Values(remark).of(document.contents, 0);
}

/** A mapping's key as text; undefined for a mapping or list in its place. */
export function keyText(key: unknown): string | undefined {
  return isScalar(key) ? (key as Scalar).source ?? String(key.value) : undefined;
}

/** `<<` without quotes brings in the keys of other mappings. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

class Values {
  private readonly anchors = new Map<string, Node>();
  private copying = 0;
  private copied = 0;

  constructor(private readonly remark: Remark) {}

  public of(node: unknown, depth: number): unknown {
    if (depth > MAX_DEPTH) throw tooDeep();
    if (this.copying > 0) this.countCopy();
    if (isAlias(node)) return this.alias(node, depth);
    const tag = (node as Node | null)?.tag;
    const plain = this.untagged(node, depth);
    // Registered only now, so that an alias inside its own anchor finds nothing instead of itself.
    if ((isScalar(node) || isCollection(node)) && node.anchor && this.copying === 0) this.anchors.set(node.anchor, node);
    if (!isShortTag(tag)) return plain;
    if (!isKnownTag(tag)) this.say(node, `${oneLine(tag, 60)} is not a tag that CloudFormation knows; read as the function ${oneLine(longKey(tag), 60)}`);
    return longForm(tag, plain);
  }

  private untagged(node: unknown, depth: number): unknown {
    if (isMap(node)) return this.mapping(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.of(item, depth + 1));
    return isScalar(node) ? scalar(node as Scalar) : null;
  }

  private mapping(node: YAMLMap, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const merges: unknown[] = [];
    for (const pair of node.items) {
      if (isMergeKey(pair.key)) {
        merges.push(pair.value);
        continue;
      }
      const key = this.key(pair.key, depth);
      const value = this.of(pair.value, depth + 1);
      if (key === '__proto__') {
        this.say(pair.key, 'the key __proto__ is left out: no template needs it, and programs trip over it');
        continue;
      }
      if (Object.hasOwn(result, key)) this.say(pair.key, `the key "${oneLine(key, 60)}" is there twice in one mapping; the last one counts`);
      result[key] = value;
    }
    for (const merge of merges) this.merge(result, merge, depth);
    return result;
  }

  /** Keys that are there already win; of several sources the first. */
  private merge(into: Record<string, unknown>, from: unknown, depth: number): void {
    const source = this.of(from, depth + 1);
    for (const one of Array.isArray(source) ? source : [source]) {
      if (!isMapping(one)) this.say(from, '<< needs a mapping to take keys from; left out');
      else for (const [key, value] of Object.entries(one)) if (!Object.hasOwn(into, key)) into[key] = value;
    }
  }

  private key(node: unknown, depth: number): string {
    const text = keyText(node);
    if (text !== undefined) {
      if ((node as Scalar).anchor) this.anchors.set((node as Scalar).anchor!, node as Scalar);
      return text;
    }
    if (!isAlias(node)) this.say(node, 'a mapping or list stands where a key belongs, perhaps a placeholder {{ }} without quotes; read as text');
    const value = this.of(node, depth + 1);
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  private alias(node: Alias, depth: number): unknown {
    const target = this.anchors.get(node.source);
    if (target === undefined) {
      if (node.source !== '') this.say(node, `*${oneLine(node.source, 60)} refers to nothing before it; read as text, which needs quotes`);
      return `*${node.source}`;
    }
    this.copying += 1;
    const value = this.of(target, depth);
    this.copying -= 1;
    return value;
  }

  private countCopy(): void {
    this.copied += 1;
    if (this.copied <= MAX_ALIASED_VALUES) return;
    throw new UnreadableTemplate(`has aliases that stand for more than ${MAX_ALIASED_VALUES} values in all; write them out or remove them`);
  }

  /** Once for each place: not again for the copies that aliases make. */
  private say(node: unknown, says: string): void {
    if (this.copying === 0) this.remark((node as Node | null)?.range?.[0] ?? 0, says);
  }
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  yes: true, Yes: true, YES: true, on: true, On: true, ON: true, no: false, No: false, NO: false, off: false, Off: false, OFF: false,
};

function scalar(node: Scalar): unknown {
  const { value, source = String(value) } = node;
  if (typeof value === 'number') return comesBack(value, source) ? value : source;
  if (node.type === 'PLAIN' && node.tag === undefined && Object.hasOwn(BOOLEANS, source)) return BOOLEANS[source];
  return value;
}

function comesBack(value: number, source: string): boolean {
  const digits = source.replace(/\D/g, '').length;
  return String(value) === source || (digits <= 15 && /^([-+]?(\d+\.\d*|\.\d+)|0[xo][0-9a-fA-F]+)$/.test(source));
}
