// The command as users run it, in a process of its own: exit codes, one-line errors, formats.

import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { albTemplate, template } from '../templates';

const MAIN = join(__dirname, '..', '..', 'lib', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'handshake-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return path;
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  return { status, stdout, stderr };
}

const GOOD = file('good.json', albTemplate().body);
const BAD = file('bad.json', albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body);

describe('exit codes', () => {
  test.each<[string, string[], number]>([
    ['nothing found', ['check', GOOD], 0],
    ['an error', ['check', BAD], 1],
    ['an error, but never fail', ['check', BAD, '--fail-on', 'never'], 0],
    ['nobody needs HTTP/1.1', ['check', BAD, '--client', 'h2'], 0],
    ['one good, one unreadable', ['check', GOOD, join(folder, 'none.yaml')], 0],
    ['nothing could be read', ['check', join(folder, 'none.yaml')], 2],
    ['no command', [], 2],
    ['help', ['--help'], 0],
    ['paths', ['paths', BAD], 0],
    ['version', ['--version'], 0],
  ])('%s', (_, args, status) => {
    expect(run(...args)).toMatchObject({ status });
  });
});

describe('errors are one line that names the thing', () => {
  const broken = file('broken.yaml', 'Resources:\n  A: [1, {');
  const empty = file('empty.yaml', 'Resources: {}\n');
  const other = file('other.json', { name: 'package' });
  const big = file('big.json', '');
  truncateSync(big, 50 * 1024 * 1024);
  const bare = join(folder, 'bare');
  mkdirSync(bare);
  test.each<[string, string[], RegExp]>([
    ['broken YAML', ['check', broken], /broken\.yaml: /],
    ['a missing file', ['check', join(folder, 'none.yaml')], /none\.yaml: no such file/],
    ['a folder without templates', ['check', bare], /bare: no templates/],
    ['a file that is no template', ['check', other], /other\.json: is not a CloudFormation template/],
    ['empty Resources', ['check', empty], /empty\.yaml: has no resources/],
    ['a 50 MB file', ['check', big], /big\.json: .*50.* MB|big\.json: .*16/],
    ['an unknown client', ['check', GOOD, '--client', 'http/11'], /--client http\/11: there is no such client; did you mean http\/1\.1\?/],
    ['an unknown option', ['check', GOOD, '--clients', 'h2'], /--clients/],
    ['an unknown format', ['check', GOOD, '--format', 'xml'], /--format xml: it must be one of text, json/],
    ['an unknown command', ['chek'], /there is no command "chek"/],
    ['a client that is both', ['check', GOOD, '--client', 'h2', '--refuse', 'h2'], /h2 is named by --client and by --refuse/],
    ['an unknown rule', ['explain', 'UnknownTlsPolic'], /did you mean UnknownTlsPolicy\?/],
  ])('%s', (_, args, says) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\bat .*\.js:\d+/);
  });

  test('the others are still checked', () => {
    const { status, stdout, stderr } = run('check', broken, BAD, '--format', 'json');
    expect(status).toBe(1);
    expect(stderr).toMatch(/broken\.yaml/);
    const report = JSON.parse(stdout) as { summary: { templates: number; errors: number; unreadable: { file: string }[] } };
    expect(report.summary).toMatchObject({ templates: 1, errors: 1 });
    expect(report.summary.unreadable[0].file).toMatch(/broken\.yaml/);
  });

  test('a circle of references is a finding', () => {
    const circle = file('circle.json', template({ A: { Type: 'X', Properties: { b: { Ref: 'B' } } }, B: { Type: 'X', Properties: { a: { Ref: 'A' } } } }).body);
    const { status, stdout } = run('check', circle);
    expect(status).toBe(1);
    expect(stdout).toMatch(/A refers to B refers to A/);
  });
});

describe('reports', () => {
  test('JSON is the documented object', () => {
    const report = JSON.parse(run('check', BAD, '--format', 'json').stdout) as { findings: object[]; paths: object[] };
    expect(report).toMatchObject({ version: 1, summary: { templates: 1, resources: 3, errors: 1, warnings: 0, infos: 0, unreadable: [] } });
    expect(report.findings[0]).toMatchObject({
      rule: 'Http1ClientAtHttp2TargetGroup',
      level: 'error',
      certainty: 'certain',
      template: BAD,
      stack: 'bad',
      resource: 'Group',
      property: 'Properties.ProtocolVersion',
      client: 'http/1.1',
      outcome: '464',
      path: ['http/1.1', 'Alb', 'Listener', 'Group'],
    });
    expect(report.findings[0]).toHaveProperty('line');
    expect(report.paths[0]).toMatchObject({ path: ['Alb', 'Listener', 'Group'], kind: 'http', outcomes: { 'http/1.1': '464', 'h2': 'served' } });
  });

  test('text marks the hop at fault and names file and line', () => {
    const { stdout } = run('check', BAD);
    expect(stdout).toMatch(/http\/1\.1 -> Alb -> Listener -> \[Group\]/);
    expect(stdout).toMatch(/bad\.json:\d+ {2}Group Properties\.ProtocolVersion/);
    expect(stdout).not.toMatch(/\u001b\[/);
  });

  test('the table has one column per client and the path last', () => {
    expect(run('paths', BAD).stdout).toMatch(/kind +http\/1\.1 +h2 .* path\nhttp +464 +served +served +served .*Alb -> Listener -> Group/);
  });

  test('--output writes a file', () => {
    const out = join(folder, 'report.json');
    expect(run('check', BAD, '--format', 'json', '--output', out).stdout).toBe('');
    expect(JSON.parse(readFileSync(out, 'utf8'))).toHaveProperty('version', 1);
  });

  test('no escape sequence of a template reaches the terminal', () => {
    const evil = file('evil.json', template({ 'A\u001b[31m': { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP', ProtocolVersion: 'GRPC', Matcher: { HttpCode: '\u001b]0;x\u0007' } } } }).body);
    const { stdout, stderr } = run('check', evil);
    expect(stdout + stderr).not.toMatch(/\u001b|\u0007/);
    expect(stdout).toMatch(/\\u001b/);
  });
});
