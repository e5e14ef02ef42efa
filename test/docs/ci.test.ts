// The GitHub action and the pre-commit hook: their shell is run for real, with an npx that starts the compiled command and a gh that writes down
// what it was asked. What CI recipes in documents run is tried in commands.test.ts.

import { spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { parse } from 'yaml';
import { blocksOf, ROOT } from './markdown';
import { albTemplate } from '../templates';

interface Step { readonly name: string; readonly if?: string; readonly uses?: string; readonly run?: string; readonly env?: Record<string, string> }

const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: Record<string, { default: string }>; runs: { using: string; steps: Step[] } };
const folder = mkdtempSync(join(tmpdir(), 'handshake-ci-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, text: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/usr/bin/env bash\n${text}`);
  chmodSync(file, 0o755);
}

beforeAll(() => {
  mkdirSync(join(folder, 'bin'));
  program('npx', `[ "$1" = --yes ] && [ "$2" = cdk-handshake ] || { echo "npx $*" >&2; exit 9; }
shift 2; exec ${process.execPath} ${ROOT}/lib/cli/main.js "$@"\n`);
  program('gh', 'echo "$*" >> asked.txt; case "$*" in *--paginate*) cat mine.txt;; esac\n');
  writeFileSync(join(folder, 'bad.json'), JSON.stringify(albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body));
  writeFileSync(join(folder, 'good.json'), JSON.stringify(albTemplate().body));
});

function run(script: string, env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`, RUNNER_TEMP: folder, GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_REPOSITORY: 'acme/shop', ...env },
  });
  return { status, stdout, stderr };
}

const step = (name: string): Step & { run: string } => action.runs.steps.find((one) => one.name === name) as Step & { run: string };
const ENV = { PATHS: 'bad.json', ARGUMENTS: '', PACKAGE: 'cdk-handshake', FAIL_ON: 'error' };

describe('action.yml', () => {
  test('is a composite action, and every value that a user gives comes by the environment', () => {
    expect(action.runs.using).toBe('composite');
    expect(action.runs.steps.filter(({ run: script }) => script?.includes('${{'))).toEqual([]);
    const given = JSON.stringify(action.runs.steps);
    expect(Object.keys(action.inputs).filter((input) => !given.includes(`inputs.${input}`))).toEqual([]);
  });

  test('writes a summary, a comment and SARIF, and does not fail yet', () => {
    expect(run(step('Reports').run, ENV)).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toMatch(/^<!-- cdk-handshake -->\n[\s\S]*Http1ClientAtHttp2TargetGroup/);
    expect(JSON.parse(readFileSync(join(folder, 'cdk-handshake.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0', runs: [{ results: expect.arrayContaining([expect.objectContaining({ ruleId: 'Http1ClientAtHttp2TargetGroup' })]) }] });
  }, 60_000);

  test.each([
    ['bad.json', {}, 1], ['bad.json', { FAIL_ON: 'never' }, 0], ['good.json', {}, 0], ['good.json bad.json', {}, 1], ['bad.json', { ARGUMENTS: '--client h2' }, 0], ['none.json', {}, 2],
  ])('check of %s with %j ends with %s', (paths, more, code) => {
    expect(run(step('Check').run, { ...ENV, ...more, PATHS: paths })).toMatchObject({ status: code });
  }, 60_000);

  test.each([['', '--method POST repos/acme/shop/issues/7/comments'], ['42\n', '--method PATCH repos/acme/shop/issues/comments/42']])('comments once: own comments %j', (mine, asked) => {
    writeFileSync(join(folder, 'mine.txt'), mine);
    rmSync(join(folder, 'asked.txt'), { force: true });
    expect(run(step('Comment on the pull request').run, { NUMBER: '7' })).toMatchObject({ status: 0, stderr: '' });
    const lines = readFileSync(join(folder, 'asked.txt'), 'utf8').trim().split('\n');
    expect(lines[1]).toBe(`api ${asked} --field body=@${folder}/cdk-handshake.md --silent`);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const [hook] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string; entry: string; files: string }[];

  test.each([['template.yaml', true], ['infra/template.prod.json', true], ['cdk.out/Shop.template.json', true], ['cloudformation.yml', true], ['package.json', false], ['docker-compose.yaml', false]])('%s: %s', (file, taken) => {
    expect(new RegExp(hook.files).test(file)).toBe(taken);
  });

  test('its entry runs', () => {
    expect(run(`${hook.entry} good.json bad.json`, {})).toMatchObject({ status: 1 });
    expect(run(`${hook.entry} good.json`, {})).toMatchObject({ status: 0 });
  }, 60_000);
});

test('recipes use the action and the hook by names that exist', () => {
  const recipes = blocksOf('docs/ci.md').filter(({ language }) => language === 'yaml').map(({ code }) => code);
  const steps = recipes.flatMap((code) => Object.values((parse(code) as any)?.jobs ?? {})).flatMap((job: any) => job.steps ?? []).filter(({ uses }) => uses?.startsWith('cdk-handshake/'));
  expect(steps.length).toBeGreaterThan(0);
  for (const { with: inputs } of steps) expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs ?? {})));
  const hooks = recipes.flatMap((code) => (parse(code) as any)?.repos ?? []).filter(({ repo }) => repo.includes('github.com/cdk-handshake/')).flatMap(({ hooks: named }) => named);
  expect(hooks.map(({ id }) => id)).toContain('cdk-handshake');
  expect(existsSync(join(ROOT, '.pre-commit-hooks.yaml'))).toBe(true);
});
