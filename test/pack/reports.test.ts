// The files that a synth writes beside its assembly.

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { RULE, Shop } from './shop';
import { synth } from './synth';
import { HandshakeChecks, HandshakeReport, ReportFormat } from '../../src';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'reports-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function checked(reports: (app: App) => HandshakeReport[], acknowledge: boolean = false) {
  const app = new App();
  new Shop(new Stack(app, 'Shop'), 'Shop');
  if (acknowledge) Validations.of(app).acknowledge({ id: `Handshake::Handshake-${RULE}`, reason: 'all callers speak HTTP/2' });
  Validations.of(app).addPlugins(new HandshakeChecks(app, { reports: reports(app) }));
  return synth(app);
}

const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

test('every format is written, also into a new folder', () => {
  const { violations } = checked(() => Object.values(ReportFormat).map((format) => ({ format, file: path.join(folder, 'new', `report.${format}`) })));
  expect(violations.map(({ ruleName }) => ruleName)).not.toContain('Handshake-ReportNotWritten');
  for (const format of Object.values(ReportFormat)) expect(read(`new/report.${format}`)).toContain(RULE);
  const { findings, paths } = JSON.parse(read('new/report.json'));
  expect(findings.find(({ rule }: { rule: string }) => rule === RULE)).toMatchObject({ stack: 'Shop', property: 'Properties.ProtocolVersion', line: expect.any(Number) });
  expect(paths.length).toBeGreaterThan(0);
});

test('what is acknowledged is not in them', () => {
  checked(() => [{ format: ReportFormat.JSON, file: path.join(folder, 'acknowledged.json') }], true);
  expect(JSON.parse(read('acknowledged.json')).findings.map(({ rule }: { rule: string }) => rule)).not.toContain(RULE);
});

test('a file that cannot be written is a warning that names it, and the synth goes on', () => {
  fs.writeFileSync(path.join(folder, 'file'), '');
  const { violations } = checked((app) => [
    { format: ReportFormat.TEXT, file: path.join(folder, 'file', 'report.txt') },
    { format: ReportFormat.HTML, file: path.join(app.outdir, 'report.html') },
    { format: ReportFormat.JUNIT, file: path.join(folder, 'after.xml') },
  ]);
  const warnings = violations.filter(({ ruleName }) => ruleName === 'Handshake-ReportNotWritten');
  expect(warnings.map(({ severity, description }) => [severity, description])).toEqual([
    ['warning', expect.stringContaining(path.join(folder, 'file', 'report.txt'))],
    ['warning', expect.stringContaining('lies inside the cloud assembly')],
  ]);
  expect(violations.map(({ ruleName }) => ruleName)).toContain(`Handshake-${RULE}`);
  expect(read('after.xml')).toContain('<testsuites');
});
