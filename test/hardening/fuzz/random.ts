// Numbers that come again for the same seed, so that a run is named by two numbers: its seed and its index.

import { createHash } from 'crypto';

export class Random {
  private drawn = 0;

  constructor(private readonly seed: number, private readonly run: number) {}

  /** From 0 up to, and without, the limit. */
  public below(limit: number): number {
    this.drawn += 1;
    const digest = createHash('sha256').update(`${this.seed} ${this.run} ${this.drawn}`).digest();
    return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * limit);
  }

  public of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)];
  }

  /** Once in so many times. */
  public once(inSoMany: number): boolean {
    return this.below(inSoMany) === 0;
  }
}
