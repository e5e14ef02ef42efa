// The package as it is published: what is in it, that it is small, and that an app in an empty folder can use it from the tarball: with
// require and import, with its types, and as a command.

import { execFileSync, spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const ROOT = join(__dirname, '..', '..');
const app = mkdtempSync(join(tmpdir(), 'handshake-package-'));
const modules = join(app, 'node_modules');
afterAll(() => rmSync(app, { recursive: true, force: true }));

interface Packed {
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let packed: Packed;

beforeAll(() => {
  [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', app], { cwd: ROOT, encoding: 'utf8' })) as Packed[];
  writeFileSync(join(app, 'package.json'), '{ "private": true }');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const peers = ['aws-cdk-lib', 'constructs', 'cdk-nag'].map((name) => `${name}@${(require(`${name}/package.json`) as { version: string }).version}`);
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags, `./${packed.filename}`, ...peers], { cwd: app, encoding: 'utf8' });
}, 300_000);

function node(file: string, text: string) {
  writeFileSync(join(app, file), text);
  return spawnSync(process.execPath, [file], { cwd: app, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', CDK_VALIDATION: 'false' } });
}

const APP = `
const app = new App();
const stack = new Stack(app, 'Shop');
const vpc = new ec2.Vpc(stack, 'Vpc');
const edge = new EdgeLoadBalancer(stack, 'Edge', { vpc, certificates: [Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-west-1:123456789012:certificate/a')] });
Validations.of(app).addPlugins(new HandshakeChecks(app));
app.synth();
console.log('synthesized', edge.node.path);
`;

test('what is in it: the compiled package, its types, its description; no sources, tests, source maps or packages of others', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json', '.jsii', 'lib/index.js', 'lib/index.d.ts', 'lib/cli/main.js', 'lib/probe/function/index.js', 'lib/THIRD-PARTY-NOTICES.md']));
  const odd = paths.filter((path) => !/^lib\/.*(\.js|\.d\.ts|\.md)$|^(README\.md|LICENSE|CHANGELOG\.md|package\.json|\.jsii|\.warnings\.jsii\.js|lib\/.*\.json)$/.test(path));
  expect(odd).toEqual([]);
  expect(paths.filter((path) => /\.map$|\.test\.|(^|\/)test\//.test(path))).toEqual([]);
  expect(readFileSync(join(modules, 'cdk-handshake', 'lib', 'cli', 'check.js'), 'utf8')).not.toContain('sourceMappingURL');
});

test('it is small', () => {
  expect(packed.size).toBeLessThan(1.5e6);
});

test('an app in JavaScript', () => {
  const { stdout, stderr } = node('app.js', 'const { EdgeService, HandshakeChecks } = require("cdk-handshake"); console.log(EdgeService.name, HandshakeChecks.name);');
  expect({ stdout, stderr }).toEqual({ stdout: 'EdgeService HandshakeChecks\n', stderr: '' });
});

test('an app as an ES module, which finds the names before anything is run', () => {
  const { stdout, stderr } = node('app.mjs', `
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { EdgeLoadBalancer, HandshakeChecks } from 'cdk-handshake';
${APP}`);
  expect({ stdout, stderr }).toMatchObject({ stdout: 'synthesized Shop/Edge\n' });
});

test('the types that an app in TypeScript reads are all there, and need nothing but the peers', () => {
  const home = join(modules, 'cdk-handshake', 'lib');
  const [read, foreign] = [new Set<string>(), new Set<string>()];
  const visit = (file: string): void => {
    if (read.has(file)) return;
    read.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)) {
      if (!name.startsWith('.')) foreign.add(name.split('/')[0]);
      else visit([`${join(file, '..', name)}.d.ts`, join(file, '..', name, 'index.d.ts')].find(existsSync) ?? name);
    }
  };
  visit(join(home, 'index.d.ts'));
  expect(read.size).toBeGreaterThan(20);
  expect([...foreign].filter((name) => !['aws-cdk-lib', 'constructs', 'cdk-nag'].includes(name))).toEqual([]);
});

test('the command, on the app that was synthesized', () => {
  writeFileSync(join(app, 'template.json'), JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
  const { status, stdout } = spawnSync(process.execPath, [join(modules, 'cdk-handshake', 'lib', 'cli', 'main.js'), 'check', 'template.json'], { cwd: app, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '1 template, 1 resource, 0 paths: 0 errors, 0 warnings, 0 infos\n' });
});

test('the licences of all packages inside are named in the bill of materials, and no other package', () => {
  const said = [...readFileSync(join(modules, 'cdk-handshake', 'lib', 'THIRD-PARTY-NOTICES.md'), 'utf8').matchAll(/^## (\S+) (\S+) \(/gm)].map(([, name, version]) => `${name} ${version}`);
  expect(said.length).toBeGreaterThan(2);
  execFileSync('npx', ['ts-node', '-T', '-P', 'tsconfig.dev.json', 'scripts/sbom.ts'], { cwd: ROOT });
  const { bomFormat, components } = JSON.parse(readFileSync(join(ROOT, 'dist', 'sbom.cdx.json'), 'utf8')) as { bomFormat: string; components: { name: string; version: string; licenses?: unknown[] }[] };
  expect(bomFormat).toBe('CycloneDX');
  expect(components.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(said.sort());
  expect(components.every(({ licenses }) => licenses?.length)).toBe(true);
}, 120_000);
