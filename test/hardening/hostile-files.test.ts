// Files and folders that are made to hurt: what is no ordinary file is not opened, no link is followed in a circle, and a cloud assembly
// cannot make the command read what lies outside of it.

import { execFileSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'fs';
import { createServer } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { within } from './bounds';
import { findTemplates } from '../../src/template/sources';

const T = '{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}}';

let root: string;
let count = 0;
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'hostile-')); });
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folderOf(files: Readonly<Record<string, string | object>>): string {
  count += 1;
  const folder = join(root, String(count));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const found = (...paths: string[]) => within(3000, () => {
  const { templates, unreadable } = findTemplates(paths);
  return {
    files: templates.map(({ file }) => file),
    reasons: unreadable.map(({ reason }) => reason),
    nested: templates.map(({ nested }) => Object.keys(nested ?? {})),
  };
});

describe('what is no ordinary file', () => {
  test.each<[string, (path: string) => unknown]>([
    ['a FIFO', (path) => execFileSync('mkfifo', [path])],
    ['a link to a device without end', (path) => symlinkSync('/dev/zero', path)],
    ['a folder with the name of a template', (path) => mkdirSync(path)],
    ['a link to nothing', (path) => symlinkSync('/nowhere/at/all', path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
  ])('%s, named and met in a folder', (_, make) => {
    const folder = folderOf({ 'good.json': T });
    make(join(folder, 'x.json'));
    expect(found(join(folder, 'x.json'))).toMatchObject({ files: [], reasons: [expect.any(String)] });
    expect(found(folder).files).toEqual([join(folder, 'good.json')]);
  });

  test('a socket', async () => {
    const folder = folderOf({ 'good.json': T });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'x.json'), resolve));
    expect(found(join(folder, 'x.json')).reasons).toEqual(['is not an ordinary file']);
    expect(found(folder).files).toEqual([join(folder, 'good.json')]);
    await new Promise((resolve) => server.close(resolve));
  });

  test('50 MB, all of it holes, is refused by its size', () => {
    const folder = folderOf({ 'big.json': T });
    truncateSync(join(folder, 'big.json'), 50 * 1024 * 1024);
    expect(found(join(folder, 'big.json')).reasons[0]).toMatch(/^is 50 MiB, larger than the limit/);
  });

  test('what may not be read is named, and the others are read', () => {
    const folder = folderOf({ 'good.json': T, 'closed.json': T });
    chmodSync(join(folder, 'closed.json'), 0);
    const { files, reasons } = found(folder);
    expect(files).toContain(join(folder, 'good.json'));
    if (process.getuid?.() !== 0) expect(reasons).toEqual(['permission denied']);
  });
});

describe('links', () => {
  test('in circles, and many to one folder, end', () => {
    const folder = folderOf({ 'a/good.json': T });
    symlinkSync('..', join(folder, 'a', 'up'));
    symlinkSync(folder, join(folder, 'a', 'top'));
    for (let at = 0; at < 200; at += 1) symlinkSync(join(folder, 'a'), join(folder, `again${at}`));
    expect(found(folder).files).toHaveLength(1);
  });

  test('folders inside each other, 300 deep', () => {
    const folder = folderOf({ [`${'d/'.repeat(300)}good.json`]: T });
    expect(found(folder).files).toHaveLength(1);
  });
});

describe('a cloud assembly reads nothing outside of its folder', () => {
  const manifest = (artifacts: object) => ({ version: '54.0.0', artifacts });
  const stack = (templateFile: unknown) => ({ type: 'aws:cloudformation:stack', properties: { templateFile } });

  test.each<[string, (outside: string) => string, string]>([
    ['a relative path', () => '../secret.json', 'outside'],
    ['an absolute path', (outside) => outside, 'no such file'], // which is taken for one inside
    ['a path with a detour', () => 'sub/../../secret.json', 'outside'],
  ])('%s of a template', (_, path, reason) => {
    const parent = folderOf({ 'secret.json': T, 'out/good.json': T, 'out/sub/x.txt': '' });
    const out = join(parent, 'out');
    writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest({ Bad: stack(path(join(parent, 'secret.json'))), Good: stack('good.json') })));
    expect(found(out)).toMatchObject({ files: [join(out, 'good.json')], reasons: [expect.stringContaining(reason)] });
  });

  test('a stage', () => {
    const parent = folderOf({ 'other/manifest.json': manifest({ S: stack('t.json') }), 'other/t.json': T, 'out/good.json': T });
    const out = join(parent, 'out');
    writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest({ Good: stack('good.json'), Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: '../other' } } })));
    expect(found(out).files).toEqual([join(out, 'good.json')]);
  });

  test.each<[string, object, object]>([
    ['by its metadata', { Metadata: { 'aws:asset:path': '../secret.json' } }, {}],
    ['by a path', { Properties: { TemplateURL: '../secret.json' } }, {}],
    ['by an asset', { Properties: { TemplateURL: 'https://bucket/key.json' } }, { files: { x: { source: { path: '../secret.json' }, destinations: { d: { objectKey: 'key.json' } } } } }],
  ])('a nested stack %s', (_, more, assets) => {
    const parent = folderOf({
      'secret.json': T,
      'out/App.template.json': { Resources: { N: { Type: 'AWS::CloudFormation::Stack', ...more }, A: { Type: 'AWS::SNS::Topic' } } },
      'out/App.assets.json': assets,
      'out/manifest.json': manifest({ App: stack('App.template.json') }),
    });
    expect(found(join(parent, 'out'))).toMatchObject({ nested: [[]], reasons: [expect.stringContaining('outside')] });
  });

  test.each<[string, unknown]>([
    ['names that are no names', manifest({ A: stack(7), B: stack(null), C: stack(['x']), D: null, E: { type: 'cdk:cloud-assembly', properties: { directoryName: {} } } })],
    ['a NUL in a name', manifest({ A: stack('a\u0000b') })],
    ['a name of 100,000 letters', manifest({ A: stack('x'.repeat(100_000)) })],
    ['the folder itself', manifest({ A: stack('.'), B: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } })],
    ['itself', manifest({ A: stack('manifest.json') })],
    ['prototypes', JSON.parse('{"version":"54.0.0","artifacts":{"__proto__":{"type":"aws:cloudformation:stack","properties":{"templateFile":"x"}},"constructor":null}}')],
  ])('%s in a manifest', (_, content) => {
    expect(found(folderOf({ 'manifest.json': content as object })).files).toEqual([]);
  });
});
