// The catalogue as a whole: every cause that a system names has a rule, every rule is named by one, and each has what its page needs.

import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { RULES } from '../../src/rules';

const SRC = join(__dirname, '..', '..', 'src');

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? (name === 'catalogue' ? [] : sources(path)) : [readFileSync(path, 'utf8')];
  });
}

const CODE = sources(SRC).join('\n');

test('every cause that is named has a rule', () => {
  const ids = new Set(RULES.map(({ id }) => id));
  const causes = [...CODE.matchAll(/\bcause: '([A-Z]\w+)'/g)].map((match) => match[1]);
  expect(causes.length).toBeGreaterThan(50);
  expect(causes.filter((cause) => !ids.has(cause))).toEqual([]);
});

test.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  expect(CODE).toContain(`'${id}'`);
  expect(id).toMatch(/^[A-Z][A-Za-z0-9]+$/);
  for (const text of [rule.says, rule.hits, rule.why, rule.fix.cdk, rule.fix.cloudFormation]) expect(text.length).toBeGreaterThan(10);
  expect(rule.says).not.toMatch(/\.$/);
  expect(rule.sources.length).toBeGreaterThan(0);
});

test('no id is used twice', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});
