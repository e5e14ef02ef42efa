// The fast unit tests of the analysis as one file, for mutation testing: what they test is loaded once for each mutant, not once for each
// file. Left out is what renders CDK apps or reads many files; so a score is that of the tables of rules, paths and systems alone.

import { readdirSync } from 'fs';
import { join } from 'path';

const TEST = join(__dirname, '..');
const SLOW = /systems\/(front|hops|presets)\.|template\/(parse|sources)\.|paths\/oracle\./;

/** What asks the real program, and takes its time. */
const PROGRAMS: ReadonlySet<unknown> = new Set(['nginx reads the same texts']);
const ours = globalThis.describe;
globalThis.describe = Object.assign(((title, body) => (PROGRAMS.has(title) ? ours.skip(title, body) : ours(title, body))) as jest.Describe, ours);

for (const folder of ['paths', 'rules', 'systems', 'template']) {
  const files = (readdirSync(join(TEST, folder), { recursive: true }) as string[]).map((name) => join(folder, name)).sort();
  for (const file of files.filter((name) => name.endsWith('.test.ts') && !SLOW.test(name))) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    describe(file, () => void require(join(TEST, file)));
  }
}
