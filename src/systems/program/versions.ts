// A program's ages: what a version can do, and what may be when the version is not known. Then every age is tried; if they
// agree the outcome is certain, else it is that of the oldest, which is the worse one as a rule, and is marked as possible.
// Version texts of distributions ("1.22.1-9+deb12u10") are read as far as the first thing that is not a number.

import { nameSeen, Seen } from './knock';

/** What holds from a version on, until the next age. The first has no `since`. */
export interface Age<Row> {
  readonly since?: string;
  readonly row: Row;
}

/** The row of a version; a version that is older than the first age has that of the first. */
export function rowFor<Row>(ages: readonly Age<Row>[], version: string): Row {
  return [...ages].reverse().find((age) => age.since === undefined || atLeast(version, age.since))?.row ?? ages[0].row;
}

/** What is seen with the version, or with any version when it is not known. */
export function seenWith<Row>(program: string, ages: readonly Age<Row>[], version: string | undefined, see: (row: Row) => Seen): Seen {
  if (version !== undefined) return see(rowFor(ages, version));
  const all = ages.map((age) => ({ age, seen: see(age.row) }));
  const [oldest] = all;
  const other = all.find(({ seen }) => nameSeen(seen) !== nameSeen(oldest.seen));
  if (!other) return oldest.seen;
  return { ...oldest.seen, possible: `${program} is older than ${other.age.since}; its version is not known` };
}

export function atLeast(version: string, floor: string): boolean {
  const [one, other] = [numbers(version), numbers(floor)];
  for (let index = 0; index < other.length; index++) {
    const difference = (one[index] ?? 0) - other[index];
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbers(version: string): number[] {
  const [leading] = /^\d+(\.\d+)*/.exec(version.trim()) ?? [];
  return leading === undefined ? [] : leading.split('.').map(Number);
}
