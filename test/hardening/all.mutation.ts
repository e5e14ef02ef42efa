// The fast tests of the analysis as one file, for mutation testing. Left out is what starts other programs, reads many files, or compares
// with a second implementation; so a score is that of the tables of rules, paths and systems alone.

import { readdirSync } from 'fs';
import { join } from 'path';

const TEST = join(__dirname, '..');
const SLOW = /template\/(parse|sources)\.|paths\/oracle\./;

/** What asks the real program, or tries very much. */
const LONG: ReadonlySet<unknown> = new Set([
  'nginx reads the same texts',
  'three thousand routes stay fast',
  'any text is read or refused, within bounds',
  'a large file with everything many times is read within seconds',
]);
const [block, one] = [globalThis.describe, globalThis.test];
globalThis.describe = Object.assign(((title, body) => (LONG.has(title) ? block.skip(title, body) : block(title, body))) as jest.Describe, block);
globalThis.test = Object.assign(((title, ...rest) => (LONG.has(title) ? one.skip(title, ...rest) : one(title, ...rest))) as jest.It, one);

for (const folder of ['paths', 'rules', 'systems', 'template']) {
  const files = (readdirSync(join(TEST, folder), { recursive: true }) as string[]).map((name) => join(folder, name)).sort();
  for (const file of files.filter((name) => name.endsWith('.test.ts') && !SLOW.test(name))) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    describe(file, () => void require(join(TEST, file)));
  }
}
