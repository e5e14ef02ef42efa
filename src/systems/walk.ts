// One walk of one client along one path, and the alternatives on the way: undecided conditions, weights, unknowns.
// A hop asks choose() wherever more than one thing can be; the walk is repeated until every alternative was taken
// (at most BUDGET times, then the rest is unknown). Branches that exclude each other are never combined.
// Not here: what hops do (one folder per system), what verdicts mean (paths/).

import { asFlag, asNumber, asText, both, compatible, describeGuard, Guard, Item, items, Resource, Settled, Value } from '../template';
import type { Answer, Request } from './hop';
import { HttpVersion, TlsVersion } from '../protocol';

/** More alternatives than this on one path are not told apart. */
const BUDGET = 64;

/** No request goes through so many hops; one that does is sent in a circle, such as a distribution that is its own origin. */
const MOST_HOPS = 100;

class Circle extends Error {}

/** An alternative. `silent` says that it rests on something unknown, so that it never becomes a finding. */
export interface Alternative<T> {
  readonly value: T;
  readonly when?: Guard;
  readonly says?: string;
}

/** A connection on the way, and what is spoken on it. */
export interface Leg {
  /** Where it ends; absent: at the server behind the last hop. */
  readonly to?: Resource;
  readonly scheme: 'http' | 'https';
  readonly version?: HttpVersion;
  /** TLS versions of the side that connects, and of the one that is connected to; absent: not known. */
  readonly offers: readonly string[];
  readonly accepts?: readonly TlsVersion[];
}

/** What a repeated walk found along one choice of alternatives. */
export interface Branch {
  readonly answer: Answer;
  readonly trace: readonly Resource[];
  readonly legs: readonly Leg[];
  /** Parameter defaults and the like: it holds as the template stands. */
  readonly assuming: readonly string[];
  /** Conditions and weights under which the branch is taken. */
  readonly given: readonly string[];
  /** Unknowns for which an alternative was tried. */
  readonly unknowns: readonly string[];
  /** An unknown that may be so that no request comes this way at all. */
  readonly unless?: string;
}

export class Walk {
  /** Walks until every alternative was taken. */
  public static all(go: (walk: Walk) => Answer): Branch[] {
    const branches: Branch[] = [];
    let script: number[] | undefined = [];
    while (script) {
      const walk: Walk = new Walk(script);
      const answer = walk.unlessCircle(go);
      const over = branches.length >= BUDGET;
      if (over) walk.unknowns.push('there are more alternatives than can be told apart');
      branches.push({
        answer: over ? { outcome: 'unknown' } : answer,
        trace: walk.trace,
        legs: walk.legs,
        assuming: walk.assuming,
        given: walk.given,
        unknowns: walk.unknowns,
      });
      script = over ? undefined : walk.next();
    }
    const [possible, others] = [true, false].map((is) => branches.filter((branch) => !branch.answer.impossible === is));
    const unless = others.find(({ unknowns }) => unknowns.length > 0)?.unknowns[0];
    return possible.length ? possible.map((branch) => (unless === undefined ? branch : { ...branch, unless })) : branches.slice(0, 1);
  }

  public readonly trace: Resource[] = [];
  public readonly legs: Leg[] = [];
  public readonly assuming: string[] = [];
  public readonly given: string[] = [];
  public readonly unknowns: string[] = [];
  private world: Guard | undefined;
  private accepted: readonly TlsVersion[] | undefined;
  private step = 0;
  private readonly sizes: number[] = [];

  private constructor(private readonly script: readonly number[]) {}

  /** Notes that the request went through a resource. */
  public through(resource: Resource): void {
    if (this.trace.length >= MOST_HOPS) throw new Circle();
    this.trace.push(resource);
    if (resource.when) this.require(resource.when);
  }

  private unlessCircle(go: (walk: Walk) => Answer): Answer {
    try {
      return go(this);
    } catch (error) {
      if (!(error instanceof Circle)) throw error;
      const circle = new Set(this.trace);
      this.trace.splice(circle.size);
      return { outcome: 'unknown', note: `the request goes in a circle over ${[...circle].map(({ id }) => id).join(' -> ')}` };
    }
  }

  /** Notes which TLS versions the side takes that is being connected to; leg() comes next. */
  public accepts(versions: readonly TlsVersion[] | undefined): void {
    this.accepted = versions;
  }

  /** Notes that a connection to a resource came about, over which the request goes on. */
  public leg(to: Resource, { scheme, version, sender }: Pick<Request, 'scheme' | 'version' | 'sender'>): void {
    this.legs.push({ to, scheme, version, offers: sender.tls, accepts: this.accepted });
    this.accepted = undefined;
  }

  /** Notes how the request is sent to the server behind the last hop; whether it is taken, the server decides. */
  public toServer({ scheme, version, tls }: { readonly scheme: 'http' | 'https'; readonly version: HttpVersion; readonly tls: readonly string[] }): void {
    this.legs.push({ scheme, version, offers: tls });
  }

  /** Whether a resource exists along this walk; both are tried when its condition is undecided. */
  public exists(resource: { readonly when?: Guard }): boolean {
    if (!resource.when) return true;
    if (!this.allows(resource.when)) return false;
    return (
      this.choose([
        { value: true, when: resource.when },
        { value: false, when: negation(resource.when) },
      ]) ?? false
    );
  }

  /** Whether a guard can hold together with what was chosen so far. */
  public allows(guard: Guard | undefined): boolean {
    return compatible(guard, this.world);
  }

  /** Takes one of several alternatives; `unknown` names what would have to be known to do without. */
  public choose<T>(alternatives: readonly Alternative<T>[], because?: string): T | undefined {
    const open = alternatives.filter((alternative) => this.allows(alternative.when));
    if (open.length === 0) return undefined;
    const taken = open.length === 1 ? open[0] : open[this.pickIndex(open.length)];
    if (taken.when) this.require(taken.when);
    if (open.length > 1) {
      if (because) this.unknowns.push(because);
      else if (taken.says) this.given.push(taken.says);
      else if (!taken.when) this.given.push('one of several values');
    }
    return taken.value;
  }

  /** One alternative of a value; its assumptions are noted. */
  public settle(value: Value): Settled {
    const settled = value.kind === 'one-of' ? (this.choose(value.options) ?? { kind: 'absent' as const }) : value;
    for (const assumption of value.assuming ?? []) this.note(assumption);
    if (settled !== value) for (const assumption of settled.assuming ?? []) this.note(assumption);
    return settled.kind === 'one-of' ? this.settle(settled) : settled;
  }

  /** The elements of a list that exist along this walk. */
  public list(value: Value): Item[] {
    return items(value).filter((item) => {
      if (!item.when) return true;
      if (!this.allows(item.when)) return false;
      return (
        this.choose([
          { value: true, when: item.when },
          { value: false, when: negation(item.when) },
        ]) ?? false
      );
    });
  }

  /** A setting as text: its value, the default when absent, or one of the candidates when it cannot be known. */
  public text(value: Value, fallback: string, candidates: readonly string[]): string | undefined {
    const settled = this.settle(value);
    if (settled.kind === 'absent') return fallback;
    const text = asText(settled);
    if (text !== undefined) return text;
    return this.choose(
      candidates.map((candidate) => ({ value: candidate })),
      reasonOf(settled),
    );
  }

  public flag(value: Value, fallback: boolean): boolean {
    const settled = this.settle(value);
    if (settled.kind === 'absent') return fallback;
    const flag = asFlag(settled);
    if (flag !== undefined) return flag;
    return this.choose([{ value: fallback }, { value: !fallback }], reasonOf(settled)) ?? fallback;
  }

  /** A setting as a number; undefined when it cannot be known. */
  public number(value: Value, fallback: number): number | undefined {
    const settled = this.settle(value);
    return settled.kind === 'absent' ? fallback : asNumber(settled);
  }

  public note(assumption: string): void {
    if (!this.assuming.includes(assumption)) this.assuming.push(assumption);
  }

  private require(guard: Guard): void {
    this.world = both(guard, this.world);
    for (const said of describeGuard(guard)) if (!this.given.includes(said)) this.given.push(said);
  }

  private pickIndex(size: number): number {
    const at = this.step++;
    this.sizes[at] = size;
    return this.script[at] ?? 0;
  }

  /** The script for the next repetition: the last choice that has alternatives left moves on. */
  private next(): number[] | undefined {
    const taken = this.sizes.map((_, at) => this.script[at] ?? 0);
    for (let at = taken.length - 1; at >= 0; at--) {
      if (taken[at] + 1 < this.sizes[at]) return [...taken.slice(0, at), taken[at] + 1];
    }
    return undefined;
  }
}

/** The guard's first part turned round; good enough to tell "there" from "not there". */
function negation(guard: Guard): Guard {
  const { key, is, not, says } = guard;
  if (is === 'true' || is === 'false') return { key, is: is === 'true' ? 'false' : 'true', says: `not: ${says}` };
  return is !== undefined ? { key, not: is, says: `not: ${says}` } : { key, is: not, says: `not: ${says}` };
}

export function reasonOf(value: Value): string {
  switch (value.kind) {
    case 'unknown': return value.because;
    case 'reference': return `it refers to ${value.resource.id}`;
    case 'known': return `it is ${JSON.stringify(value.value)}`;
    case 'absent': return 'it is missing';
    default: return 'it is put together at deployment';
  }
}
