// One run of the fuzzer, named by a seed and an index, and many of them: half are documents that are made up, half are real templates,
// broken; now and then two of them together, side by side or nested.

import { setFlagsFromString } from 'v8';
import { runInNewContext } from 'vm';
import * as fc from 'fast-check';
import { documents } from './documents';
import { mutated } from './mutations';
import { Outcome, tryOut } from './promises';
import { Random } from './random';
import { seeds } from './seeds';

/** What stays in memory between runs, beyond which something keeps what it should let go. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;

export interface Failure {
  readonly run: number;
  readonly from: string;
  readonly broken: string;
  readonly texts: readonly string[];
}

export interface Tally {
  readonly runs: number;
  readonly read: number;
  readonly findings: number;
  readonly slowest: { readonly milliseconds: number; readonly run: number };
  readonly keptBytes: number;
  readonly failures: readonly Failure[];
}

export interface Plan {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly corpus?: string;
  readonly onProgress?: (done: number, failures: number) => void;
  /** Ends at so many failures. */
  readonly mostFailures?: number;
}

export function runAll({ seed, first, count, corpus, onProgress, mostFailures = 20 }: Plan): Tally {
  const all = seeds(corpus);
  const made = documents(all);
  const failures: Failure[] = [];
  const tally = { runs: 0, read: 0, findings: 0, slowest: { milliseconds: 0, run: first } };
  let before: number | undefined;
  for (let run = first; run < first + count && failures.length < mostFailures; run += 1) {
    const random = new Random(seed, run);
    const one = (): { from: string; text: string } => {
      if (random.once(2)) return { from: 'a document made up', text: JSON.stringify(fc.sample(made, { seed: random.below(2 ** 31), numRuns: 1 })[0]) };
      const from = random.of(all);
      return { from: from.name, text: mutated(from, all, random) };
    };
    const parts = random.once(6) ? [one(), one()] : [one()];
    const texts = parts.map(({ text }) => text);
    const outcome: Outcome = tryOut(texts, random.once(2));
    tally.runs += 1;
    tally.findings += outcome.findings;
    if (outcome.read) tally.read += 1;
    if (outcome.milliseconds > tally.slowest.milliseconds) tally.slowest = { milliseconds: Math.round(outcome.milliseconds), run };
    if (outcome.broken) failures.push({ run, from: parts.map(({ from }) => from).join(' and '), broken: outcome.broken, texts });
    if (tally.runs % 500 === 0) {
      before ??= keptBytes();
      onProgress?.(tally.runs, failures.length);
    }
  }
  const kept = before === undefined ? 0 : keptBytes() - before;
  if (kept > MOST_KEPT_BYTES) failures.push({ run: first, from: 'all runs', broken: `${Math.round(kept / 1e6)} MB stay in memory`, texts: [] });
  return { ...tally, keptBytes: kept, failures };
}

/** The heap after a collection of garbage. */
function keptBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
