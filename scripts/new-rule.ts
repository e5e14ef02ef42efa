// Scaffolds a rule: its file in the catalogue, its test with a placeholder row in each list that fails until it is written,
// its page, and its line in the index. Refuses a name that is no UpperCamelCase words, or that exists.
// Run it with `npx ts-node -P tsconfig.dev.json scripts/new-rule.ts RuleIdInWords`.

import { existsSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { catalogueIndex, constantOf } from '../projenrc/rule-index';
import { indexOf, pageOf } from '../src/report/rule-page';
import { RULES } from '../src/rules/catalogue';
import type { Rule } from '../src/rules/rule';

const ROOT = join(__dirname, '..');

/** Why a name is refused; undefined when it is good. */
export function refusal(id: string | undefined, taken: readonly string[]): string | undefined {
  if (id === undefined || id === '') return 'Name the rule: new-rule.ts RuleIdInWords, for instance WebSocketAtLambdaTarget.';
  if (/^[A-Za-z]{0,3}[-_]?\d+$/.test(id)) return `"${id}" is a number: a rule says its fault in words, for instance WebSocketAtLambdaTarget.`;
  if (/[A-Z]{2}/.test(id)) return `"${id}" has an acronym in capitals: write it as a word, for instance TlsFloorAboveClient.`;
  if (!/^([A-Z][a-z]*\d*){2,}$/.test(id)) return `"${id}" is not two or more words in UpperCamelCase, for instance WebSocketAtLambdaTarget.`;
  const same = taken.find((other) => other.toLowerCase() === id.toLowerCase());
  return same && `There is a rule ${same} already: src/rules/catalogue/${kebab(same)}.ts.`;
}

/** TlsFloorAboveClient: tls-floor-above-client. */
export function kebab(id: string): string {
  return id.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

function placeholder(id: string): Rule {
  return {
    id,
    says: 'TODO: what is wrong, in one sentence',
    hits: 'TODO: who is hit, and what they see.',
    why: 'TODO: why it happens.',
    fix: { cdk: 'TODO: what to change, in CDK terms', cloudFormation: 'TODO: what to change, in CloudFormation terms' },
    sources: [{ what: 'TODO: page, thread or test', confidence: 'documented' }],
  };
}

function ruleFile({ id, says, hits, why, fix, sources }: Rule): string {
  return `import { Rule } from '../rule';

export const ${constantOf(kebab(id))}: Rule = {
  id: '${id}',
  says: '${says}',
  hits: '${hits}',
  why: '${why}',
  fix: {
    cdk: '${fix.cdk}',
    cloudFormation: '${fix.cloudFormation}',
  },
  sources: [
    { what: '${sources[0].what}', confidence: '${sources[0].confidence}' },
  ],
};
`;
}

function testFile(id: string): string {
  return `// TODO: what the rows have in common, and where their labels come from.

import { ruleTester } from './rule-tester';
import { TemplateInput } from '../../src/template';

const testRule = ruleTester('${kebab(id)}');

testRule('${id}', {
  valid: [
    { name: 'TODO: a template that is nearly wrong', get template(): TemplateInput { throw new Error('Write this row.'); } },
  ],
  invalid: [
    { name: 'TODO: a template that is wrong', get template(): TemplateInput { throw new Error('Write this row.'); }, outcome: 'unknown', resource: 'TODO' },
  ],
});
`;
}

function main(id: string | undefined): number {
  const refused = refusal(id, RULES.map((rule) => rule.id));
  if (refused !== undefined) {
    console.error(refused);
    return 1;
  }
  const rule = placeholder(id!);
  const name = kebab(rule.id);
  const catalogue = join('src', 'rules', 'catalogue');
  const pages = join('docs', 'rules');
  const files: [string, string][] = [
    [join(catalogue, `${name}.ts`), ruleFile(rule)],
    [join('test', 'rules', `${name}.test.ts`), testFile(rule.id)],
    [join(pages, `${rule.id}.md`), pageOf(rule)],
  ];
  const there = files.find(([file]) => existsSync(join(ROOT, file)));
  if (there) {
    console.error(`There is a file ${there[0]} already.`);
    return 1;
  }
  for (const [file, text] of files) writeFileSync(join(ROOT, file), text);
  const all = [...RULES, rule].sort((one, other) => (kebab(one.id) < kebab(other.id) ? -1 : 1));
  writeFileSync(join(ROOT, catalogue, 'index.ts'), catalogueIndex(readdirSync(join(ROOT, catalogue))));
  writeFileSync(join(ROOT, pages, 'README.md'), indexOf(all));
  console.log([
    ...files.map(([file]) => `wrote ${file}`),
    `Next: replace each TODO, name ${rule.id} as the cause in a system (src/systems), write the rows of the test, and then`,
    'npx ts-node -P tsconfig.dev.json scripts/rule-pages.ts',
  ].join('\n'));
  return 0;
}

if (require.main === module) process.exitCode = main(process.argv[2]);
