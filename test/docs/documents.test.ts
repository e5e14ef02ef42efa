// What the documents show is true: TypeScript compiles, YAML parses, the example of the JSON report has exactly the fields
// that the report has, ids and links lead somewhere.

import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { parseDocument } from 'yaml';
import { compile } from './snippets';
import { withTables } from '../../scripts/declaration-tables';
import { page } from '../../scripts/systems-page';
import { CLIENTS, SPEAKS } from '../../src/protocol';
import { jsonReport, withLines } from '../../src/report';
import { analyse } from '../../src/rules';
import { albTemplate } from '../templates';

const ROOT = join(__dirname, '..', '..');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'docs/decisions'].flatMap((folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`)),
];

const text = (document: string): string => readFileSync(join(ROOT, document), 'utf8');

/** The fenced blocks of a language, by document and number. */
function blocks(language: string): [string, string][] {
  return DOCUMENTS.flatMap((document) => {
    const fence = new RegExp(`^\`\`\`${language}(?: \\w+)?\\n([\\s\\S]*?)^\`\`\``, 'gm');
    return [...text(document).matchAll(fence)].map(([, block], index): [string, string] => [`${document} ${language} ${index + 1}`, block]);
  });
}

test('TypeScript compiles', () => {
  expect(Object.fromEntries(compile(new Map(blocks('ts'))))).toEqual({});
}, 120_000);

test.each(blocks('yaml'))('%s parses', (_, block) => {
  expect(parseDocument(block, { logLevel: 'silent' }).errors).toEqual([]);
});

test('every client and every word is in the contract', () => {
  expect(Object.keys(CLIENTS).filter((id) => !text('docs/contract.md').includes(`\`${id}\``))).toEqual([]);
  expect(SPEAKS.filter((word) => !text('docs/declarations.md').includes(`\`${word}\``))).toEqual([]);
});

test('the page of systems says what the models say', () => {
  expect(page()).toBe(text('docs/systems.md'));
});

test('the tables of settings say what there is', () => {
  expect(withTables(text('docs/declarations.md'))).toBe(text('docs/declarations.md'));
});

test('the example of the JSON report has the fields of the report, and each is explained', () => {
  const [[, example]] = blocks('json');
  const template = { ...albTemplate({ group: { ProtocolVersion: 'HTTP2' } }), locate: () => ({ line: 1, column: 1 }) };
  const analysis = withLines(analyse([template]), [template]);
  const shown = JSON.parse(example);
  const real = JSON.parse(jsonReport({ analysis, unreadable: [] }));
  for (const part of [(report: typeof real) => report, (report: typeof real) => report.summary, (report: typeof real) => report.paths[0]]) {
    expect(Object.keys(part(shown)).sort()).toEqual(Object.keys(part(real)).sort());
  }
  const finding = Object.keys(shown.findings[0]);
  expect(finding.filter((field) => field !== 'constructPath').sort()).toEqual(Object.keys(real.findings[0]).sort());
  const explained = text('docs/contract.md');
  expect([...finding, ...Object.keys(shown.summary), ...Object.keys(shown.paths[0])].filter((field) => !explained.includes(`\`${field}\``))).toEqual([]);
});

test('links between documents lead somewhere', () => {
  const broken = DOCUMENTS.flatMap((document) => [...text(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
    .map(([, link]) => join(dirname(document), link))
    .filter((file) => !existsSync(join(ROOT, file)))
    .map((file) => `${document} -> ${file}`));
  expect(broken).toEqual([]);
});

test('every decision is numbered and says why', () => {
  const records = DOCUMENTS.filter((document) => document.startsWith('docs/decisions/'));
  expect(records.length).toBeGreaterThan(0);
  expect(records.filter((record) => !/\/\d{4}-[\w-]+\.md$/.test(record) || !/^## Why/m.test(text(record)))).toEqual([]);
});
