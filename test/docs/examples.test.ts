// The examples under the real CDK CLI, as their READMEs say: exit codes, and the findings that they are about. Where cfn-lint is
// installed, it reads the templates of the constructs as well.

import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const CDK = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
const EXAMPLES = path.join(__dirname, '..', '..', 'examples');

interface Run {
  readonly status: number | null;
  readonly screen: string;
  readonly output: string;
}

interface SynthOptions {
  readonly file?: string;
  readonly select?: string[];
  readonly more?: string[];
  /** Whether the CDK validates too, which takes seconds; an empty CDK_VALIDATION switches it off. */
  readonly validation?: boolean;
}

function synth(example: string, { file, select = ['**'], more = [], validation = false }: SynthOptions = {}): Run {
  const output = fs.mkdtempSync(path.join(os.tmpdir(), 'handshake-example-'));
  const app = file === undefined ? [] : ['--app', `npx ts-node --prefer-ts-exts -P ../../tsconfig.dev.json ${file}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [CDK, 'synth', ...select, '-q', '--no-notices', '--output', output, ...app, ...more], {
    cwd: path.join(EXAMPLES, example),
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: '', JEST_WORKER_ID: '', CDK_VALIDATION: validation ? 'true' : '', NO_COLOR: '1', FORCE_COLOR: '0', CDK_DISABLE_VERSION_CHECK: '1', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  return { status, screen: stdout + stderr, output };
}

function reports(output: string): any[] {
  return JSON.parse(fs.readFileSync(path.join(output, 'validation-report.json'), 'utf8')).pluginReports;
}

test('app team: accepted by the checks, by AwsSolutionsChecks and by the CDK', () => {
  const { status, screen, output } = synth('app-team', { validation: true });
  expect(screen).not.toMatch(/ERROR|WARNING/);
  expect(status).toBe(0);
  const all = reports(output);
  // A plugin that has nothing to say is not in the report; the suppressed findings show that AwsSolutionsChecks ran.
  expect(all.flatMap(({ violations }) => violations).filter(({ severity }) => severity !== 'info')).toEqual([]);
  const acknowledged = all.flatMap(({ suppressedViolations }) => suppressedViolations ?? []);
  expect(acknowledged.length).toBeGreaterThan(3);
  for (const { reason } of acknowledged) expect(reason).toMatch(/.{20,}/);
  cfnLint(output);
}, 180_000);

test.each([['platform-team', undefined, 0, ''], ['blueprint', undefined, 0, ''], ['blueprint', 'plain.ts', 1, 'Handshake-TlsPolicyWithoutTls13']])('%s %s: exit code %s', (example, file, code, finding) => {
  const { status, screen } = synth(example, { file });
  expect(screen).toContain(finding);
  expect(status).toBe(code);
}, 180_000);

test('sidecar: NginxSidecar is accepted, the nginx that everybody starts with is not', () => {
  const accepted = synth('sidecar');
  expect(accepted.screen).not.toMatch(/ERROR|WARNING/);
  expect(accepted.status).toBe(0);
  const own = synth('sidecar', { more: ['--context', 'sidecar=own'] });
  expect(own.screen).toMatch(/Handshake-ProxyDropsUpgrade/);
  expect(own.screen).toContain('nginx.conf:10');
  expect(own.status).toBe(1);
}, 180_000);

test('compliance gate: a bare synth lets everything pass, the gate does not', () => {
  const bare = synth('compliance-gate', { select: [] });
  expect(bare.status).toBe(0);
  expect(reports(bare.output).map(({ conclusion }) => conclusion)).toContain('failure');
  const gate = synth('compliance-gate');
  expect(gate.screen).toContain('Handshake-Http1ClientAtHttp2TargetGroup');
  expect(gate.status).toBe(1);
}, 180_000);

/** cfn-lint on all templates of an assembly; without it, says how to get it. */
function cfnLint(output: string): void {
  const { error } = spawnSync('cfn-lint', ['--version']);
  if (error) {
    console.warn('cfn-lint is not installed, so its verdict on the constructs was skipped. Install it with: pipx install cfn-lint');
    return;
  }
  const templates = fs.readdirSync(output).filter((file) => file.endsWith('.template.json')).map((file) => path.join(output, file));
  // W3005: dependencies that a reference implies as well; the CDK writes them. W2001, W8001: what `cdk bootstrap` leaves unused.
  const { status, stdout } = spawnSync('cfn-lint', ['--ignore-checks', 'W3005', 'W2001', 'W8001', '--', ...templates], { encoding: 'utf8' });
  expect(`${status}\n${stdout}`).toBe('0\n');
}
