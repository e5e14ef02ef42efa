// Which files become templates, with what names, and what is said of the others. The cloud assemblies are synthesised here,
// so that the reader is held against what the CDK writes, not against what we believe it writes.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join } from 'path';
import { App, CfnOutput, NestedStack, Stack, Stage, aws_sns as sns } from 'aws-cdk-lib';
import { TemplateInput } from '../../src/template/input';
import { Found, findTemplates, readTemplate } from '../../src/template/sources';

const T = 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n';
const JSON_T = '{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}}';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sources-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
/** A new folder with these files. */
function folderOf(files: Record<string, string>): string {
  count += 1;
  const folder = join(root, `${count}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function nested(place: string, type = 'AWS::CloudFormation::Stack', property = 'TemplateURL'): string {
  return `Resources:\n  N:\n    Type: ${type}\n    Properties:\n      ${property}: ${place}\n`;
}

/** Files relative to the folder, nested ones in brackets behind their parent. */
function filesOf(found: readonly TemplateInput[], folder: string): string[] {
  const name = (input: TemplateInput): string => {
    const inner = Object.entries(input.nested ?? {}).map(([id, one]) => `${id}=${name(one)}`);
    return input.file.replace(`${folder}/`, '') + (inner.length > 0 ? `(${inner.join(', ')})` : '');
  };
  return found.map(name);
}

function reasonsOf({ unreadable }: Found): string[] {
  return unreadable.map(({ file, reason }) => `${basename(file)}: ${reason}`);
}

describe('a file that is named', () => {
  test.each(['t.yaml', 't.yml', 't.json', 't.template', 'T.template.json', 't.cfn', 'no-extension', '.hidden.yaml'])('%s is read whatever its name', (name) => {
    const folder = folderOf({ [name]: name.endsWith('json') ? JSON_T : T });
    const { templates, unreadable } = findTemplates([join(folder, name)]);
    expect(templates).toMatchObject([{ file: join(folder, name), body: { Resources: { A: { Type: 'AWS::SNS::Topic' } } } }]);
    expect(unreadable).toEqual([]);
  });

  test.each<[string, string | undefined, string]>([
    ['missing.yaml', undefined, 'missing.yaml: no such file or folder'],
    ['data.json', '{"a": 1}', 'data.json: is not a CloudFormation template: it has no Resources at its top level'],
    ['empty.yaml', 'Resources: {}', 'empty.yaml: has no resources: nothing to check'],
    ['list.yaml', 'Resources: [a]', 'list.yaml: is not a CloudFormation template: its Resources is a list, not a mapping from logical ids to resources'],
    ['nothing.yaml', '', 'nothing.yaml: is empty'],
  ])('%s is refused with its reason, and the others are read', (name, text, reason) => {
    const folder = folderOf({ 'ok.yaml': T, ...(text === undefined ? {} : { [name]: text }) });
    const found = findTemplates([join(folder, name), join(folder, 'ok.yaml')]);
    expect(reasonsOf(found)).toEqual([reason]);
    expect(filesOf(found.templates, folder)).toEqual(['ok.yaml']);
  });

  test('is refused by its size before it is read', () => {
    const file = join(folderOf({ 'big.yaml': T }), 'big.yaml');
    truncateSync(file, 17 * 1024 * 1024);
    expect(reasonsOf(findTemplates([file]))).toEqual(["big.yaml: is 17 MiB, larger than the limit of 16 MiB; CloudFormation's own is 1 MB"]);
  });

  test('is read once even if it is named twice', () => {
    const folder = folderOf({ 'a.yaml': T });
    expect(findTemplates([join(folder, 'a.yaml'), folder, `${folder}/./a.yaml`]).templates).toHaveLength(1);
  });

  test('may be UTF-16, as PowerShell writes it', () => {
    const file = join(folderOf({}), 'a.yaml');
    writeFileSync(file, Buffer.from(`\uFEFF${T}`, 'utf16le'));
    expect(findTemplates([file]).templates).toHaveLength(1);
  });

  test('brings its oddities', () => {
    const file = join(folderOf({ 'a.yaml': `${T}    Type: AWS::SQS::Queue\n` }), 'a.yaml');
    expect(findTemplates([file]).oddities).toEqual([{ file, line: 4, column: 5, says: 'the key "Type" is there twice in one mapping; the last one counts' }]);
  });

  test('circular links and device files', () => {
    const folder = folderOf({});
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
    expect(reasonsOf(findTemplates([join(folder, 'loop.yaml'), '/dev/null']))).toEqual([
      'loop.yaml: symbolic links lead in a circle', 'null: is not an ordinary file',
    ]);
  });
});

describe('a folder', () => {
  test('is looked through in the order of names', () => {
    const folder = folderOf({
      'b.yaml': T, 'a/z.json': JSON_T, 'a/y.template': T, 'c.yml': T, 'readme.md': T, 'node_modules/x.yaml': T, '.git/x.yaml': T, '.aws-sam/x.yaml': T,
    });
    expect(filesOf(findTemplates([folder]).templates, folder)).toEqual(['a/y.template', 'a/z.json', 'b.yaml', 'c.yml']);
  });

  test.each<[string, Record<string, string>]>([
    ['data', { 'package.json': '{"name": "x"}', 'list.yaml': '- a\n', 'empty.json': '' }],
    ['broken data', { 'x.json': '{"a": ', 'helm.yaml': '{{ if .Values.x }}\na: b\n{{ end }}\n' }],
    ['other formats with Resources', { 'x.json': '{"Resources": ["a"]}', 'y.json': '{"Resources": {"Title": {"Type": "string"}}}', 'z.yaml': 'Resources: {}\n' }],
    ['links to nowhere', {}],
  ])('passes over %s in silence', (name, files) => {
    const folder = folderOf({ 't.yaml': T, ...files });
    if (name.startsWith('links')) {
      symlinkSync('nowhere.yaml', join(folder, 'x.yaml'));
      symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
    }
    const found = findTemplates([folder]);
    expect(filesOf(found.templates, folder)).toEqual(['t.yaml']);
    expect(found.unreadable).toEqual([]);
  });

  test('names what looks like a template and is broken', () => {
    const folder = folderOf({ 'a.json': '{"Resources": {"A": ', 'b.yaml': 'Resources:\n  A:\n<<<<<<< HEAD\n    Type: X\n=======\n>>>>>>> b\n' });
    expect(reasonsOf(findTemplates([folder]))).toEqual([
      expect.stringMatching(/^a\.json: is not valid JSON: Unexpected end of JSON input \(line 1, column 21\)/),
      expect.stringMatching(/^b\.yaml: has a merge conflict that is not resolved \(line 3, column 1\)/),
    ]);
  });

  test('names large files only if they speak of Resources', () => {
    const folder = folderOf({ 't.yaml': T, 'big.json': '{"Resources": {', 'data.json': '{"a":' });
    truncateSync(join(folder, 'big.json'), 17 * 1024 * 1024);
    truncateSync(join(folder, 'data.json'), 17 * 1024 * 1024);
    expect(reasonsOf(findTemplates([folder]))).toEqual([expect.stringMatching(/^big\.json: is 17 MiB/)]);
  });

  test('without templates is named', () => {
    const folder = folderOf({ 'a/package.json': '{}' });
    expect(findTemplates([folder])).toEqual({ templates: [], unreadable: [{ file: folder, reason: 'no templates in this folder' }], oddities: [] });
  });

  test('with links in a circle ends', () => {
    const folder = folderOf({ 'a/t.yaml': T });
    symlinkSync('..', join(folder, 'a', 'up'));
    symlinkSync('a', join(folder, 'b'));
    expect(filesOf(findTemplates([folder]).templates, folder)).toEqual(['a/t.yaml']);
  });

  test('with a manifest.json of something else is an ordinary folder', () => {
    const folder = folderOf({ 'manifest.json': '{"name": "web app", "icons": []}', 't.yaml': T });
    expect(filesOf(findTemplates([folder]).templates, folder)).toEqual(['t.yaml']);
  });
});

describe('nested stacks', () => {
  test.each<[string, string]>([
    // AWS CLI, "cloudformation package": "TemplateURL property for the AWS::CloudFormation::Stack resource".
    ['a relative path', nested('./sub/inner.yaml')],
    ['a path without ./', nested('sub/inner.yaml')],
    // SAM, AWS::Serverless::Application: "Location … or a path to a local file".
    ['a SAM application', nested('sub/inner.yaml', 'AWS::Serverless::Application', 'Location')],
  ])('%s', (_name, text) => {
    const folder = folderOf({ 'outer.yaml': text, 'sub/inner.yaml': T });
    expect(filesOf(findTemplates([folder]).templates, folder)).toEqual(['outer.yaml(N=sub/inner.yaml)']);
    expect(filesOf(findTemplates([join(folder, 'outer.yaml')]).templates, folder)).toEqual(['outer.yaml(N=sub/inner.yaml)']);
    expect(filesOf(findTemplates([join(folder, 'sub/inner.yaml')]).templates, folder)).toEqual(['sub/inner.yaml']);
  });

  test.each<[string, string]>([
    ['a URL', nested('https://s3.amazonaws.com/b/inner.yaml')],
    ['a bucket', nested('s3://b/inner.yaml')],
    ['a function', nested('!Sub "${Base}/inner.yaml"')],
    ['a missing file', nested('./none.yaml')],
    ['a SAR application', nested('{ApplicationId: x, SemanticVersion: 1.0.0}', 'AWS::Serverless::Application', 'Location')],
    ['no properties', 'Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n'],
    ['itself', nested('./outer.yaml')],
  ])('%s is left out', (_name, text) => {
    const folder = folderOf({ 'outer.yaml': text });
    expect(filesOf(findTemplates([folder]).templates, folder)).toEqual(['outer.yaml']);
  });

  test('files that nest each other are read once, and one of them stays', () => {
    const folder = folderOf({ 'a.yaml': nested('b.yaml'), 'b.yaml': nested('a.yaml') });
    expect(filesOf(findTemplates([folder]).templates, folder)).toEqual(['b.yaml(N=a.yaml)']);
  });

  test('a broken one is named, once', () => {
    const folder = folderOf({ 'a.yaml': nested('b.yaml'), 'b.yaml': 'Resources: [' });
    const found = findTemplates([join(folder, 'a.yaml')]);
    expect(filesOf(found.templates, folder)).toEqual(['a.yaml']);
    expect(reasonsOf(found)).toEqual([expect.stringMatching(/^b\.yaml: is not valid YAML/)]);
  });

  test('that double at each level end', () => {
    const twice = (place: string): string => `Resources:\n${['A', 'B'].map((id) => nested(place).split('\n').slice(1).join('\n').replace('N:', `${id}:`)).join('')}`;
    const folder = folderOf({ 'f20.yaml': T, ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}.yaml`, twice(`f${i + 1}.yaml`)])) });
    expect(reasonsOf(findTemplates([join(folder, 'f0.yaml')]))).toEqual([expect.stringMatching(/more than 500 nested stacks below one template/)]);
  });
});

describe('a cloud assembly', () => {
  // The CDK warns of stacks without resources, which are here on purpose.
  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation();
  });
  afterEach(() => jest.restoreAllMocks());

  /** What the CLI sets in the context, and what it does not. */
  const byCli = { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true };

  function synth(context: Record<string, unknown>): string {
    const outdir = folderOf({});
    const app = new App({ outdir, context, analyticsReporting: false });
    const producer = new Stack(app, 'Producer', { env: { account: '123456789012', region: 'eu-west-1' } });
    const topic = new sns.Topic(producer, 'T');
    const relay = new Stack(app, 'OnlyOutputs', { env: { account: '123456789012', region: 'eu-west-1' } });
    new CfnOutput(relay, 'O', { value: topic.topicArn });
    const web = new Stack(new Stage(app, 'Prod'), 'Web', { stackName: 'web-prod', env: { region: 'us-east-1' } });
    const nest = new NestedStack(web, 'Nest');
    new sns.Topic(nest, 'T');
    new sns.Topic(new NestedStack(nest, 'Deep'), 'T');
    app.synth();
    return outdir;
  }

  test.each([['with the metadata of the CLI', byCli], ['without', {}]])('%s: stacks, stages and nested stacks', (_name, context) => {
    const folder = synth(context);
    const { templates, unreadable } = findTemplates([folder]);
    expect(unreadable).toEqual([]);
    const producer = templates.find(({ stack }) => stack === 'Producer')!;
    expect(producer).toMatchObject({ file: join(folder, 'Producer.template.json'), stackPath: 'Producer', region: 'eu-west-1', account: '123456789012' });
    const web = templates.find(({ stack }) => stack === 'web-prod')!;
    expect(web).toMatchObject({ stackPath: 'Prod/Web', region: 'us-east-1' });
    expect(web).not.toHaveProperty('account');
    expect(filesOf([web], folder)).toEqual([expect.stringMatching(
      /^assembly-Prod\/ProdWeb\w+\.template\.json\(NestNestedStack\w+=assembly-Prod\/ProdWebNest\w+\.nested\.template\.json\(DeepNestedStack\w+=assembly-Prod\/\w+\.nested\.template\.json\)\)$/,
    )]);
    expect(templates).toHaveLength(2);
    const [nest] = Object.values(web.nested!);
    expect(nest.region).toBe('us-east-1');
    expect(nest.stackPath).toBe('aws:cdk:enable-path-metadata' in context ? 'Prod/Web/Nest' : undefined);
  });

  test('is found inside a folder, by its manifest file, and as a stage of its own', () => {
    const folder = synth(byCli);
    const project = folderOf({ 'other.yaml': T, 'asset/x.txt': '' });
    renameSync(folder, join(project, 'cdk.out'));
    expect(findTemplates([project]).templates.map(({ stack }) => stack).sort()).toEqual(['Producer', 'other', 'web-prod']);
    expect(findTemplates([join(project, 'cdk.out/manifest.json')]).templates).toHaveLength(2);
    expect(findTemplates([join(project, 'cdk.out/assembly-Prod')]).templates).toMatchObject([{ stackPath: 'Prod/Web' }]);
  });

  test('names a stack whose template is missing or broken, and reads the others', () => {
    const folder = synth(byCli);
    rmSync(join(folder, 'Producer.template.json'));
    expect(reasonsOf(findTemplates([folder]))).toEqual(['Producer.template.json: no such file or folder']);
    writeFileSync(join(folder, 'Producer.template.json'), '{"Resources": ');
    expect(reasonsOf(findTemplates([folder]))).toEqual([expect.stringMatching(/^Producer\.template\.json: is not valid JSON/)]);
  });

  test('whose stages contain each other ends', () => {
    const folder = synth(byCli);
    cpSync(join(folder, 'Producer.template.json'), join(folder, 'assembly-Prod', 'Producer.template.json'));
    const file = join(folder, 'assembly-Prod', 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.artifacts.loop = { type: 'cdk:cloud-assembly', properties: { directoryName: '..' } };
    writeFileSync(file, JSON.stringify(manifest));
    expect(findTemplates([folder]).templates).toHaveLength(2);
  });

  test('without any resources is named', () => {
    const outdir = folderOf({});
    const app = new App({ outdir, analyticsReporting: false });
    new Stack(app, 'Bare');
    app.synth();
    expect(reasonsOf(findTemplates([outdir]))).toEqual([`${basename(outdir)}: this cloud assembly has no stacks with resources`]);
  });
});

describe('readTemplate', () => {
  test('takes what is known of the stack, and the base name where nothing is', () => {
    const file = join(folderOf({ 'App.template.json': JSON_T }), 'App.template.json');
    expect(readTemplate(file)).toMatchObject({ file, stack: 'App' });
    expect(readTemplate(file, { stack: 's', stackPath: 'P/s', region: 'eu-west-1', account: '1' }))
      .toMatchObject({ file, stack: 's', stackPath: 'P/s', region: 'eu-west-1', account: '1' });
    expect(readTemplate(file).locate!(['Resources', 'A', 'Type'])).toEqual({ line: 1, column: 22 });
  });

  test('throws a sentence', () => {
    expect(() => readTemplate(join(root, 'none.json'))).toThrow('no such file or folder');
    expect(() => readTemplate(root)).toThrow('is a folder');
  });
});
