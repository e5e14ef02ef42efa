// Real templates to start from: the tables of test/rules (each rule's silent and speaking templates), the YAML of test/hardening/seeds and test/estates,
// and the folder that FUZZ_CORPUS names.

import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { stringify } from 'yaml';
import { TemplateInput } from '../../../src/template';
import { parseTemplate } from '../../../src/template/parse';

export interface Seed {
  readonly name: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const TEST = join(__dirname, '..', '..');

export function seeds(corpus: string | undefined = process.env.FUZZ_CORPUS): Seed[] {
  const files = [join(TEST, 'hardening', 'seeds'), join(TEST, 'estates'), ...(corpus ? [corpus] : [])].flatMap(filesIn);
  const read = files.flatMap((file): Seed[] => {
    const text = readFileSync(file, 'utf8');
    try {
      return [{ name: file, text, body: parseTemplate(text, file).body as Seed['body'] }];
    } catch {
      return []; // what lies beside templates
    }
  });
  return [...read, ...ofRules()];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesIn(path);
    return /\.(ya?ml|json|template)$/.test(name) ? [path] : [];
  });
}

interface Row { readonly template?: TemplateInput | readonly TemplateInput[] }

/** The tables of the rules' tests: their files are loaded with a `describe` that collects instead of testing. */
function ofRules(): Seed[] {
  const found: Seed[] = [];
  const each = (rows: readonly (readonly unknown[])[]) => () => {
    for (const [name, row] of rows) {
      for (const template of [(row as Row | undefined)?.template ?? []].flat()) {
        if (typeof template.body !== 'object') continue; // the row of another kind of table: a finding names its template, too
        const yaml = found.length % 4 === 0;
        found.push({
          name: `rule row: ${String(name)}`,
          text: yaml ? stringify(template.body, { aliasDuplicateObjects: false }) : JSON.stringify(template.body, null, 2),
          body: template.body as Seed['body'],
        });
      }
    }
  };
  const collecting = { describe: (_: string, body: () => void) => body(), test: Object.assign(() => undefined, { each }), expect: undefined };
  const world = globalThis as unknown as Record<string, unknown>;
  const before = Object.fromEntries(Object.keys(collecting).map((name) => [name, world[name]]));
  Object.assign(world, collecting);
  try {
    for (const name of readdirSync(join(TEST, 'rules')).sort().filter((file) => file.endsWith('.test.ts'))) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      require(join(TEST, 'rules', name));
    }
  } finally {
    Object.assign(world, before);
  }
  return found;
}
