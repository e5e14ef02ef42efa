// Shows what the library is for: synthesizes examples with the real CDK CLI and prints how each client ends up on each path. Ends
// with 0 only if the rejected app was rejected for each of its four faults, the accepted one was accepted, and the plain app that
// is rejected is accepted with one line of blueprint.
// Run it with `npm run demo`, which compiles the library first.

import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const CDK = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
const HANDSHAKE = path.join(__dirname, '..', 'lib', 'cli', 'main.js');

/** The faults of examples/rejected, by the construct to change. */
const FAULTS = [
  { says: 'HTTP/2-only target group before an HTTP/1.1 server', at: /^Shop\/Web\// },
  { says: 'TLS policy of 2016, which lets TLS 1.0 in', at: /^Shop\/Alb\/Https\// },
  { says: 'WebSocket route to a Lambda function', at: /^Shop\/Chat/ },
  { says: 'health check that wants 200 from a WebSocket-only server', at: /^Shop\/Prices\// },
];

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

function main(): number {
  const disappointments: string[] = [];

  heading('1. The rejected app, as `cdk synth` shows it', 'Each block: your source line, what goes wrong for whom, the resource, the repair.');
  const rejected = synth('rejected');
  if (rejected.status !== 1) disappointments.push(`the rejected app should end with exit code 1, but ended with ${rejected.status}`);
  for (const { says, at } of FAULTS) {
    const found = rejected.errors.filter(({ violatingConstructs }) => violatingConstructs.some(({ constructPath }) => at.test(constructPath)));
    console.log(`  ${found.length > 0 ? 'found' : 'MISSED'}: ${says}${found.length > 0 ? ` (${found.map(({ ruleName }) => ruleName).join(', ')})` : ''}`);
    if (found.length === 0) disappointments.push(`no finding for: ${says}`);
  }

  heading('2. The accepted app, as `cdk synth` shows it', 'The same shop, repaired. Nothing below is an error.');
  const accepted = synth('accepted');
  if (accepted.status !== 0) disappointments.push(`the accepted app should end with exit code 0, but ended with ${accepted.status}`);
  if (accepted.errors.length > 0) disappointments.push('the accepted app should have no errors');

  for (const [number, example] of [['3', 'rejected'], ['4', 'accepted']] as const) {
    heading(`${number}. The paths of the ${example} app`, 'A row per path from entry to server, and what each kind of client ends up with on it.');
    const { status } = spawnSync(process.execPath, [HANDSHAKE, 'paths', path.join('examples', example, 'cdk.out')], { cwd: path.join(__dirname, '..'), stdio: 'inherit' });
    if (status !== 0) disappointments.push(`\`cdk-handshake paths\` of the ${example} app ended with exit code ${status}`);
  }

  heading('5. A plain app, and the same with one line of blueprint', 'Two files that differ in one line; below each, what `cdk synth` says.');
  const [plain, blueprint] = ['plain.ts', 'blueprint.ts'].map((file) => code(path.join(__dirname, 'blueprint', file)));
  const changed = plain.flatMap((line, index) => (line === blueprint[index] ? [] : [`- ${line}`, `+ ${blueprint[index]}`]));
  console.log(changed.join('\n'), '\n');
  if (changed.length !== 2) disappointments.push('plain.ts and blueprint.ts should differ in one line');
  const without = synth('blueprint', 'plain.ts');
  if (without.status !== 1) disappointments.push(`the plain app should end with exit code 1, but ended with ${without.status}`);
  const withIt = synth('blueprint');
  if (withIt.status !== 0 || withIt.errors.length > 0) disappointments.push('the app with the blueprint should be accepted');

  heading('Result');
  for (const disappointment of disappointments) console.log(`  not as it should be: ${disappointment}`);
  if (disappointments.length === 0) console.log('  The rejected app was rejected for each of its four faults, the accepted app was accepted, and one line of blueprint made the plain app pass.');
  return disappointments.length === 0 ? 0 : 1;
}

/** The lines of a file without its comments. */
function code(file: string): string[] {
  return fs.readFileSync(file, 'utf8').split('\n').filter((line) => !line.startsWith('//'));
}

/** Runs the CDK CLI on an example, or on another app of its folder; its output goes to the screen. */
function synth(example: string, file?: string): { status: number | null; errors: Violation[] } {
  const cwd = path.join(__dirname, example);
  fs.rmSync(path.join(cwd, 'cdk.out'), { recursive: true, force: true });
  const app = file === undefined ? [] : ['--app', `npx ts-node --prefer-ts-exts -P ../../tsconfig.dev.json ${file}`];
  console.log(`$ cd examples/${example} && npx cdk synth '**' -q${app.length > 0 ? ` --app "${app[1]}"` : ''}\n`);
  const { status } = spawnSync(process.execPath, [CDK, 'synth', '**', '-q', '--no-notices', ...app], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1', JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  console.log(`\nexit code ${status}\n`);
  return { status, errors: errorsIn(path.join(cwd, 'cdk.out', 'validation-report.json')) };
}

function errorsIn(file: string): Violation[] {
  if (!fs.existsSync(file)) return [];
  const report: { pluginReports: { pluginName: string; violations: Violation[] }[] } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return report.pluginReports.filter(({ pluginName }) => pluginName === 'Handshake').flatMap(({ violations }) => violations).filter(({ severity }) => severity === 'error');
}

function heading(title: string, explanation = ''): void {
  console.log(`\n${title}\n${'='.repeat(title.length)}`);
  if (explanation) console.log(`${explanation}\n`);
}

process.exit(main());
