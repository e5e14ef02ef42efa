// 2,000 runs of the fuzzer, the same ones each time. `npm run fuzz` does 100,000 others.

import { runAll } from './runs';

test('2,000 documents, made up or broken, are refused in a sentence or checked to the end', () => {
  const { failures, runs, read, findings } = runAll({ seed: 426, first: 0, count: 2000 });
  expect(failures).toEqual([]);
  expect(runs).toBe(2000);
  // The fuzzer reaches what it is for: most texts are read, and many have findings.
  expect(read).toBeGreaterThan(1000);
  expect(findings).toBeGreaterThan(1000);
}, 300_000);
