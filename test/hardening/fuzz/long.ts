// The long mode: npm run fuzz. FUZZ_RUNS (100,000), FUZZ_SEED (from the clock), FUZZ_FIRST (0) and FUZZ_CORPUS (a folder with more
// templates to start from) say what is run. A run that fails is named so that it can be run again alone, and its text is kept.

import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { runAll } from './runs';

const number = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);

const seed = number('FUZZ_SEED', Date.now() % 1_000_000);
const first = number('FUZZ_FIRST', 0);
const count = number('FUZZ_RUNS', 100_000);
const start = Date.now();

console.log(`fuzz: ${count} runs from ${first}, seed ${seed}`);
const tally = runAll({
  seed,
  first,
  count,
  corpus: process.env.FUZZ_CORPUS,
  onProgress: (done, failures) => {
    if (done % 2500 === 0) console.log(`${done} runs, ${failures} failures, ${Math.round((Date.now() - start) / 1000)} s`);
  },
});

const folder = tally.failures.length ? mkdtempSync(join(tmpdir(), 'handshake-fuzz-')) : '';
for (const { run, from, broken, texts } of tally.failures) {
  const files = texts.map((_, index) => join(folder, `${seed}-${run}-${index}.template`));
  texts.forEach((text, index) => writeFileSync(files[index], text));
  console.log(`\nrun ${run}: ${broken}\n  from ${from}\n  text in ${files.join(' ')}\n  again: FUZZ_SEED=${seed} FUZZ_FIRST=${run} FUZZ_RUNS=1 npm run fuzz`);
}
const { runs, read, findings, slowest, keptBytes } = tally;
console.log(`\n${runs} runs in ${Math.round((Date.now() - start) / 1000)} s: ${read} texts read, ${findings} findings, ${tally.failures.length} failures; `
  + `slowest ${slowest.milliseconds} ms (run ${slowest.run}); ${Math.round(keptBytes / 1e6)} MB more kept at the end than after 500 runs`);
process.exitCode = tally.failures.length ? 1 : 0;
