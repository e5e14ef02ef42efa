// Edge and service in stacks of their own, joined by every kind of reference that CDK writes, under the real CDK CLI.

import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const CDK = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
const ROOT = path.join(__dirname, '..', '..');
const MAIN = path.join(ROOT, 'lib', 'cli', 'main.js');

function synth(...context: string[]) {
  const output = fs.mkdtempSync(path.join(os.tmpdir(), 'handshake-'));
  const app = 'node -r ts-node/register/transpile-only test/pack/cross-stack-app/app.ts';
  const { status, stdout, stderr } = spawnSync(process.execPath, [CDK, 'synth', '**', '-q', '--no-notices', '--output', output, '--app', app, ...context.flatMap((pair) => ['-c', pair])], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: '', JEST_WORKER_ID: '', NO_COLOR: '1', CDK_VALIDATION: 'false', TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.dev.json') },
  });
  return { status, screen: stdout + stderr, output };
}

const WEAK = '@aws-cdk/core:defaultCrossStackReferences=weak';
const STRONG = '@aws-cdk/core:defaultCrossStackReferences=strong';

describe.each([
  ['exports and imports', [STRONG], /Fn::ImportValue/],
  ['weak references', [WEAK], /Fn::GetStackOutput/],
  ['across regions, writer and reader', [STRONG, 'edge=us-east-1'], /CrossRegionExportReader/],
  ['across regions, weak', [WEAK, 'edge=us-east-1'], /Fn::GetStackOutput/],
])('%s', (_, context, written) => {
  test('the path is walked from the edge to the target group', () => {
    const { status, screen, output } = synth(...context);
    expect(fs.readFileSync(path.join(output, 'Edge.template.json'), 'utf8')).toMatch(written);
    expect(screen).toMatch(/Client h2 gets 464 at Targets.* Path: h2 -> Cdn\w+ -> Alb\w+ -> AlbHttps\w+ -> Targets\w+/);
    expect(screen).toMatch(/Client wss gets 400 at Cdn\w+ .*does not pass Sec-WebSocket-Key on to the origin/);
    expect(status).toBe(1);
    const check = spawnSync(process.execPath, [MAIN, 'check', output, '--client', 'h2', '--client', 'wss', '--format', 'json'], { encoding: 'utf8' });
    const { findings } = JSON.parse(check.stdout) as { findings: { rule: string; level: string; stack: string }[] };
    expect(findings.filter(({ level }) => level === 'error').map(({ rule, stack }) => `${stack} ${rule}`).sort()).toEqual(['Edge WebSocketHeadersNotForwarded', 'Service Http1ClientAtHttp2TargetGroup']);
  }, 120_000);

  test('and accepted once repaired', () => {
    const { status, screen } = synth(...context, 'fixed=true');
    expect(screen).not.toMatch(/ERROR/);
    expect(status).toBe(0);
  }, 120_000);
});
