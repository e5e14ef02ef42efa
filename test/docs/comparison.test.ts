// The measured table of docs/comparison.md: what each judge reports on our faulty examples, under the real CDK CLI. cfn-lint where it is
// installed. What the page says of tools that were only read has links there and no test here.

import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ROOT, text } from './markdown';

const CDK = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
/** Example, its app, and more arguments. */
const APPS: Record<string, readonly string[]> = {
  'rejected': ['app.ts'],
  'blueprint, plain.ts': ['plain.ts'],
  'sidecar, own nginx.conf': ['app.ts', '--context', 'sidecar=own'],
};

/** What stands for a finding about the fault that other-judges.ts adds. */
const CONTROL = 'the control';

function nameOf({ ruleName, violatingConstructs }: any): string {
  const isControl = violatingConstructs.every((one: any) => `${one.constructPath} ${one.resourceLogicalId}`.includes('Control'));
  return isControl ? CONTROL : ruleName.replace(/^(Handshake|AwsSolutions)-/, '').replace(/\[.*/, '');
}

interface Judged { readonly reports: Record<string, string[]>; readonly output: string }

function judged(example: string): Judged {
  const [app, ...more] = APPS[example];
  const output = mkdtempSync(join(tmpdir(), 'handshake-comparison-'));
  const { stderr } = spawnSync(process.execPath, [
    CDK, 'synth', '**', '-q', '--no-notices', '--output', output, '--context', '@aws-cdk/core:validateAgainstDefaultRules=true', ...more,
    '--app', `npx ts-node -T --prefer-ts-exts -P ../../tsconfig.dev.json -r ../../test/docs/other-judges.ts ${app}`,
  ], {
    cwd: join(ROOT, 'examples', example.split(',')[0]),
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: '', JEST_WORKER_ID: '', CDK_VALIDATION: 'true', CDK_DISABLE_VERSION_CHECK: '1', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  const file = join(output, 'validation-report.json');
  try {
    const { pluginReports } = JSON.parse(readFileSync(file, 'utf8'));
    return { output, reports: Object.fromEntries(pluginReports.map((one: any) => [one.pluginName, one.violations.filter(({ severity }: any) => severity !== 'info').map(nameOf).sort()])) };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${stderr}`);
  }
}

/** The cells of the row of an example in the page: rule ids by judge. */
function shown(example: string): Record<'ours' | 'nag' | 'cdk' | 'lint', string[]> {
  const row = text('docs/comparison.md').split('\n').find((line) => line.startsWith(`| ${example} |`))!;
  const [, , ours, nag, cdk, lint] = row.split('|').map((cell) => [...cell.matchAll(/\b[A-Z][A-Za-z]*\d*[A-Za-z0-9]*\b/g)].map(([id]) => id).sort());
  return { ours, nag, cdk, lint };
}

test.each(Object.keys(APPS))('%s', (example) => {
  const { reports, output } = judged(example);
  const { Handshake: ours = [], AwsSolutions: nag = [], ...others } = reports;
  const cdk = Object.values(others).flat();
  expect(cdk).toContain(CONTROL);
  const { lint, ...page } = shown(example);
  expect({ ours, nag, cdk: cdk.filter((finding) => finding !== CONTROL) }).toEqual(page);
  const { error, stdout } = spawnSync('cfn-lint', ['--format', 'json', '--', ...withoutControl(output)], { encoding: 'utf8' });
  if (error) return console.warn('cfn-lint is not installed, so its column was not compared. Install it with: pipx install cfn-lint');
  const found: string[] = JSON.parse(stdout).map(({ Rule }: any) => Rule.Id);
  return expect([...new Set(found)].sort()).toEqual(lint);
}, 300_000);

/** Copies of the templates as the app wrote them. */
function withoutControl(output: string): string[] {
  return readdirSync(output).filter((file) => file.endsWith('.template.json')).map((file) => {
    const { Resources: { Control: _control, ...resources }, ...rest } = JSON.parse(readFileSync(join(output, file), 'utf8'));
    const copy = join(output, `only-${file}`);
    writeFileSync(copy, JSON.stringify({ ...rest, Resources: resources }));
    return copy;
  });
}
