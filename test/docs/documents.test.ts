// What the documents show is true: TypeScript compiles, YAML parses, the example of the JSON report has exactly the fields
// that the report has, ids and links lead somewhere.

import { parseDocument } from 'yaml';
import { blocksOf, brokenLinks, DOCUMENTS, text } from './markdown';
import { compile } from './snippets';
import { withTables } from '../../scripts/declaration-tables';
import { page } from '../../scripts/systems-page';
import { CLIENTS, SPEAKS } from '../../src/protocol';
import { jsonReport, withLines } from '../../src/report';
import { analyse } from '../../src/rules';
import { albTemplate } from '../templates';

/** The fenced blocks of a language, by document and number. */
function blocks(language: string): [string, string][] {
  return DOCUMENTS.flatMap((document) => blocksOf(document).filter((block) => block.language === language)
    .map(({ code }, index): [string, string] => [`${document} ${language} ${index + 1}`, `${code}\n`]));
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
  const [{ code: example }] = blocksOf('docs/contract.md').filter(({ language }) => language === 'json');
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

test('links lead to files and headings that exist', () => {
  expect(DOCUMENTS.flatMap(brokenLinks)).toEqual([]);
});

test('every page is reachable from the index', () => {
  const pages = DOCUMENTS.filter((document) => /^docs\/(?!decisions\/|README)/.test(document));
  expect(pages.filter((file) => !text('docs/README.md').includes(`(${file.slice('docs/'.length)})`))).toEqual([]);
});

test('every decision is numbered and says why', () => {
  const records = DOCUMENTS.filter((document) => document.startsWith('docs/decisions/'));
  expect(records.length).toBeGreaterThan(0);
  expect(records.filter((record) => !/\/\d{4}-[\w-]+\.md$/.test(record) || !/^## Why/m.test(text(record)))).toEqual([]);
});
