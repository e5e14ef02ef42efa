// The pack under the real CDK CLI: exit codes, and the line of the user's source that a finding is about.

import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const CDK = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
const ROOT = path.join(__dirname, '..', '..');
const APP = path.join(__dirname, 'cli-app', 'app.ts');
const SOURCE = fs.readFileSync(APP, 'utf8').split('\n');

interface Run {
  readonly status: number | null;
  readonly screen: string;
}

function cdkSynth(which: string, ...more: string[]): Run {
  const output = fs.mkdtempSync(path.join(os.tmpdir(), 'handshake-'));
  const app = `node -r ts-node/register/transpile-only ${path.relative(ROOT, APP)}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CDK, 'synth', '-q', '--no-notices', '--output', output, '--app', app, '-c', `which=${which}`, ...more], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_ENV: '',
      JEST_WORKER_ID: '',
      FORCE_COLOR: '0',
      NO_COLOR: '1',
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_VALIDATION: 'false',
      TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.dev.json'),
    },
  });
  return { status, screen: stdout + stderr };
}

/** "app.ts:12:" for the line with this mark. */
function at(mark: string): string {
  return `app.ts:${SOURCE.findIndex((line) => line.endsWith(`// line: ${mark}`)) + 1}:`;
}

/** The block of output about a construct. */
function block(screen: string, constructPath: string): string {
  return screen.split(/\n\s*\n/).find((part) => part.includes(`${constructPath} (`)) ?? `nothing about ${constructPath} in:\n${screen}`;
}

describe('errors', () => {
  let plain: Run;
  let debug: Run;

  beforeAll(() => {
    plain = cdkSynth('errors');
    debug = cdkSynth('errors', '--debug');
  }, 120_000);

  test('exit code 1', () => expect(plain.status).toBe(1));

  test.each(['Stack/Outer', 'Stack/Nested/Inner'])('%s: message, repair and acknowledgement', (construct) => {
    const text = block(plain.screen, construct);
    expect(text).toMatch(/ERROR .* gets 464 at /);
    expect(text).toContain('Suggested fix: ');
    expect(text).toContain("Acknowledge with 'Handshake::Handshake-Http1ClientAtHttp2TargetGroup'");
  });

  test.each([['Stack/Outer', 'outer'], ['Stack/Nested/Inner', 'inner']])('%s: the source line', (construct, mark) => {
    expect(block(plain.screen, construct)).toContain(at(mark));
  });

  test.each([['Stack/Outer', 'override'], ['Stack/Nested/Inner', 'assignment']])('%s: with --debug, the line that set the property', (construct, mark) => {
    expect(block(debug.screen, construct)).toContain(`or test/pack/cli-app/${at(mark)}`);
  });
});

test('warnings alone: exit code 0, and they are on the screen', () => {
  const { status, screen } = cdkSynth('warnings');
  expect(block(screen, 'Stack/Shop/Targets')).toMatch(/WARNING .* gets 464 at /);
  expect(status).toBe(0);
}, 60_000);

test('stacks in Stages, asked for with **: exit code 1', () => {
  const { status, screen } = cdkSynth('stages', '**');
  expect(block(screen, 'Production/Stack/Shop/Targets')).toMatch(/ERROR/);
  expect(status).toBe(1);
}, 60_000);
