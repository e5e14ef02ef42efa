// What the documents show is true: TypeScript compiles, YAML parses, the example of the JSON report has exactly the fields
// that the report has, ids and links lead somewhere.

import { spawnSync } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parseDocument } from 'yaml';
import { blocksOf, brokenLinks, DOCUMENTS, ROOT, text } from './markdown';
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

test('the app of the README is rejected as the README says', () => {
  const shown = blocksOf('README.md');
  const app = shown.findIndex(({ code }) => code.startsWith('import '));
  const folder = join(ROOT, 'test-reports', 'readme'); // below the repository, so that the package is found by its name
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'app.ts'), shown[app].code);
  const cdk = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cdk, 'synth', '**', '-q', '--no-notices', '--app', 'npx ts-node -T --prefer-ts-exts -P ../../tsconfig.dev.json app.ts'], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_ENV: '', JEST_WORKER_ID: '', NO_COLOR: '1', FORCE_COLOR: '0', CDK_VALIDATION: 'false', CDK_DISABLE_VERSION_CHECK: '1' },
  });
  const flat = (screen: string) => screen.replace(/\s+/g, ' ').trim();
  const parts = flat(shown[app + 1].code).split('…').map((part) => part.trim());
  expect(parts.filter((part) => !flat(stdout + stderr).includes(part))).toEqual([]);
  expect(status).toBe(1);
}, 120_000);

test('every decision is numbered and says why', () => {
  const records = DOCUMENTS.filter((document) => document.startsWith('docs/decisions/'));
  expect(records.length).toBeGreaterThan(0);
  expect(records.filter((record) => !/\/\d{4}-[\w-]+\.md$/.test(record) || !/^## Why/m.test(text(record)))).toEqual([]);
});
