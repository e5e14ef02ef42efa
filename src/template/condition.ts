// Decides conditions three-valued: true, false, or undecided with the guard that would make it true. A condition that is
// the negation of another, or compares the same parameter, gets a guard on the same key, so that branches which exclude
// each other are never paired. Facts: CloudFormation user guide, "Condition functions".

import { Guard } from './guard';
import { isRecord, own, Scope } from './scope';
import { Assumptions, keyOf, Value } from './value';

/** What a condition comes to. */
export type Truth =
  | { readonly is: true | false; readonly assuming: Assumptions }
  | { readonly is: undefined; readonly then: Guard; readonly otherwise: Guard };

type Read = (raw: unknown, scope: Scope) => Value;

const TRUE: Truth = { is: true, assuming: [] };
const FALSE: Truth = { is: false, assuming: [] };

export class Conditions {
  private readonly decided = new Map<string, Truth>();
  private readonly open = new Set<string>();

  /** @param read reads an expression the way conditions do: an empty default is the empty string */
  constructor(private readonly read: Read) {}

  /** The truth of a named condition. */
  public named(name: string, scope: Scope): Truth {
    const key = `${scope.index}:${name}`;
    const before = this.decided.get(key);
    if (before) return before;
    const raw = own(scope.conditions, name);
    if (raw === undefined || this.open.has(key)) return undecided(`condition ${key}`, `condition ${name}`);
    this.open.add(key);
    const truth = this.expression(raw, scope, name);
    this.open.delete(key);
    this.decided.set(key, truth);
    return truth;
  }

  private expression(raw: unknown, scope: Scope, name: string): Truth {
    if (typeof raw === 'boolean' || raw === 'true' || raw === 'false') return String(raw) === 'true' ? TRUE : FALSE;
    const self = () => undecided(`condition ${scope.index}:${name}`, `condition ${name}`);
    if (!isRecord(raw)) return self();
    const [operator] = Object.keys(raw);
    const operand = operator === undefined ? undefined : raw[operator];
    const list = Array.isArray(operand) ? operand : [];
    switch (operator) {
      case 'Condition':
        return typeof operand === 'string' ? this.named(operand, scope) : self();
      case 'Fn::Not':
        return list.length === 1 ? negate(this.expression(list[0], scope, name)) : self();
      case 'Fn::Equals':
        return list.length === 2 ? compare(this.read(list[0], scope), this.read(list[1], scope), scope, name) : self();
      case 'Fn::And':
        return this.combine(list, scope, name, false) ?? self();
      case 'Fn::Or':
        return this.combine(list, scope, name, true) ?? self();
      default:
        return self();
    }
  }

  /** And stops at the first false, Or at the first true; undefined when it stays open. */
  private combine(list: readonly unknown[], scope: Scope, name: string, stopAt: boolean): Truth | undefined {
    const assuming: string[] = [];
    let open: Truth | undefined;
    let openCount = 0;
    for (const part of list) {
      const truth = this.expression(part, scope, name);
      if (truth.is === stopAt) return truth;
      if (truth.is === undefined) {
        open = truth;
        openCount++;
      } else {
        assuming.push(...truth.assuming);
      }
    }
    if (openCount === 0) return list.length ? { is: !stopAt, assuming } : undefined;
    return openCount === 1 ? open : undefined;
  }
}

function undecided(key: string, name: string): Truth {
  return { is: undefined, then: { key, is: 'true', says: `${name} is true` }, otherwise: { key, is: 'false', says: `${name} is false` } };
}

function negate(truth: Truth): Truth {
  if (truth.is === undefined) return { is: undefined, then: truth.otherwise, otherwise: truth.then };
  return { is: !truth.is, assuming: truth.assuming };
}

function compare(one: Value, other: Value, scope: Scope, name: string): Truth {
  const assuming = [...(one.assuming ?? []), ...(other.assuming ?? [])];
  if (one.kind === 'known' && other.kind === 'known') return { is: String(one.value) === String(other.value), assuming };
  if (one.kind === 'unknown' && other.kind === 'unknown' && one.key === other.key) return { is: true, assuming };
  const [literal, asked] = one.kind === 'known' ? [one, other] : [other, one];
  if (literal.kind !== 'known') return undecided(`condition ${scope.index}:${name}`, `condition ${name}`);
  if (
    asked.kind === 'one-of' &&
    !asked.options.some((option) => option.value.kind !== 'known' || String(option.value.value) === String(literal.value))
  ) {
    return { is: false, assuming };
  }
  const key = asked.kind === 'one-of' ? (asked.options[0]?.when?.key ?? keyOf(asked)) : keyOf(asked);
  const is = String(literal.value);
  return {
    is: undefined,
    then: { key, is, says: `condition ${name} holds for "${is}"` },
    otherwise: { key, not: is, says: `condition ${name} does not hold for "${is}"` },
  };
}
