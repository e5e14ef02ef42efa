// Writes docs/rules: a page for every rule of the catalogue, and the index. With --check it writes nothing and ends with 1
// if a page is missing, stale, or of no rule. Run it with `npx ts-node -P tsconfig.dev.json scripts/rule-pages.ts`.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { indexOf, pageOf } from '../src/report/rule-page';
import { RULES } from '../src/rules/catalogue';
import type { Rule } from '../src/rules/rule';

export const PAGES = join(__dirname, '..', 'docs', 'rules');

const INDEX = 'README.md';

/** Every file that docs/rules should hold, by name, with the text that it should have. */
export function expectedPages(rules: readonly Rule[] = RULES, folder: string = PAGES): Map<string, string> {
  const pages = rules.map((rule): [string, string] => [`${rule.id}.md`, pageOf(rule, read(join(folder, `${rule.id}.md`)))]);
  return new Map([...pages, [INDEX, indexOf(rules)]]);
}

/** What is wrong with the pages as they are, one sentence each. */
export function stalePages(folder: string = PAGES): string[] {
  const expected = expectedPages(RULES, folder);
  const stale = [...expected].flatMap(([name, text]) => {
    const is = read(join(folder, name));
    return is === undefined ? [`docs/rules/${name} is missing`] : is === text ? [] : [`docs/rules/${name} is not what its rule says`];
  });
  return [...stale, ...strangers(folder, expected).map((name) => `docs/rules/${name} is the page of no rule: remove or rename it`)];
}

function strangers(folder: string, expected: ReadonlyMap<string, string>): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !expected.has(name)) : [];
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function main(check: boolean): number {
  if (!check) {
    mkdirSync(PAGES, { recursive: true });
    const written = [...expectedPages()].filter(([name, text]) => read(join(PAGES, name)) !== text);
    for (const [name, text] of written) writeFileSync(join(PAGES, name), text);
    console.log(`docs/rules: ${written.length} of ${expectedPages().size} files written`);
  }
  const stale = stalePages();
  for (const sentence of stale) console.error(sentence);
  if (check && stale.length) console.error('Write the pages: npx ts-node -P tsconfig.dev.json scripts/rule-pages.ts');
  return stale.length ? 1 : 0;
}

if (require.main === module) process.exitCode = main(process.argv.includes('--check'));
