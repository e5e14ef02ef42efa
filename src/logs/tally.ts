// Counting by key in bounded memory: the keys with the highest counts are kept, the rest is summed up as one. Sums are always right;
// a key that fell out and came again counts from then on only, which `partial` tells.
// Not here: what is counted (answers.ts).


import { ownCopy } from './own-copy';

/** A key with its counts; the first count decides the order. */
export interface Tallied {
  readonly key: string;
  readonly counts: readonly number[];
}

const LONGEST_KEY = 512;

export class Tally {
  /** All that has no key of its own. */
  public readonly other: number[];
  /** Whether keys fell out, so that counts of single keys may be too low. */
  public partial = false;
  private readonly kept = new Map<string, number[]>();

  constructor(private readonly columns: number, private readonly limit: number) {
    this.other = new Array<number>(columns).fill(0);
  }

  /** The counts of a key, to be raised by the caller at once. */
  public of(key: string): number[] {
    const bounded = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
    const found = this.kept.get(bounded);
    if (found !== undefined) return found;
    if (this.kept.size >= 2 * this.limit) this.shrink();
    const counts = new Array<number>(this.columns).fill(0);
    this.kept.set(ownCopy(bounded), counts);
    return counts;
  }

  /** Highest first, at most as many as the limit. */
  public rows(): Tallied[] {
    this.shrink();
    return this.sorted();
  }

  public sum(column: number): number {
    let sum = this.other[column];
    for (const counts of this.kept.values()) sum += counts[column];
    return sum;
  }

  private sorted(): Tallied[] {
    return [...this.kept].map(([key, counts]) => ({ key, counts })).sort((one, two) => two.counts[0] - one.counts[0] || (one.key < two.key ? -1 : 1));
  }

  private shrink(): void {
    if (this.kept.size <= this.limit) return;
    for (const { key, counts } of this.sorted().slice(this.limit)) {
      counts.forEach((count, column) => { this.other[column] += count; });
      this.kept.delete(key);
    }
    this.partial = true;
  }
}
