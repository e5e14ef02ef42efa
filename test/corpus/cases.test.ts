// Labelled faults as people reported them, in templates that are not part of this project: read when a folder with them
// stands beside the checkout (../shared/corpus), said out loud when not. Our own cases are the tables in test/rules.
// Each: the bad template has a finding with the labelled outcome at the labelled resource, the good twin has no error.

import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse as parseYaml } from 'yaml';
import { ClientId } from '../../src/protocol';
import { analyse } from '../../src/rules';
import { parseTemplate } from '../../src/template/parse';
import { findTemplates } from '../../src/template/sources';

const CORPUS = join(__dirname, '..', '..', '..', 'shared', 'corpus');

interface Label {
  readonly client: readonly ClientId[];
  readonly resource: string;
  readonly expected_outcome: string;
  readonly declares?: readonly Readonly<Record<string, unknown>>[];
}
interface Body { readonly Resources: Record<string, { Type: string; Properties?: { Protocol?: unknown }; Metadata?: Record<string, unknown> }> }

function caseOf(folder: string, side: 'bad' | 'good') {
  const label = parseYaml(readFileSync(join(folder, 'case.yaml'), 'utf8')) as Label;
  const file = join(folder, readdirSync(folder).find((name) => name.startsWith(`${side}.template.`))!);
  const { body } = parseTemplate(readFileSync(file, 'utf8'), file);
  for (const declared of label.declares ?? []) declare(body as Body, declared);
  return { label, analysis: analyse([{ file, stack: side, body }], { serve: label.client }) };
}

/** A label's declaration as the Metadata that a user would write. */
function declare({ Resources }: Body, said: Readonly<Record<string, unknown>>): void {
  const resource = Resources[String(said.resource)];
  const metadata = ((resource.Metadata ??= {})['cdk-handshake'] ??= {}) as Record<string, unknown[]>;
  const add = (key: string, value: object) => (metadata[key] ??= []).push(value);
  if (said.calls !== undefined) return void add('calls', { to: said.calls, with: said.with, container: said.container });
  const group = resource.Type.endsWith('TargetGroup');
  let speaks = ((said.speaks ?? []) as string[]).map((word) => (word === 'ws' ? 'websocket' : word));
  if (group && String(resource.Properties?.Protocol ?? 'HTTP') !== 'HTTPS' && !speaks.includes('tls')) speaks = speaks.map((word) => (word === 'h2' ? 'h2c' : word));
  if (said.path !== undefined && !group) return void add('routes', { path: said.path, speaks, ...(said.origin ? { origin: said.origin } : {}) });
  const { only, plain_http_answer: plainHttpAnswer, port, path, origin, ping_interval_seconds: pingIntervalSeconds, transports } = said;
  add('server', JSON.parse(JSON.stringify({ speaks, only, plainHttpAnswer, port, path, origin, pingIntervalSeconds, transports })) as object);
}

if (!existsSync(CORPUS)) {
  test('labelled cases', () => {
    process.stderr.write(`No folder ${CORPUS}: the labelled cases of others were not tried. test/rules has our own.\n`);
    expect(existsSync(CORPUS)).toBe(false);
  });
} else {
  const cases = readdirSync(join(CORPUS, 'cases')).filter((name) => existsSync(join(CORPUS, 'cases', name, 'case.yaml')));
  describe('labelled cases', () => {
    test.each(cases)('%s', (name) => {
      const bad = caseOf(join(CORPUS, 'cases', name), 'bad');
      const found = bad.analysis.findings.filter(({ level }) => level !== 'info').map(({ outcome, resource }) => `${outcome} at ${resource}`);
      expect(found).toContain(`${bad.label.expected_outcome} at ${bad.label.resource}`);
      const good = caseOf(join(CORPUS, 'cases', name), 'good');
      expect(good.analysis.findings.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([]);
    });
  });

  test('templates of others are read and walked without a crash', () => {
    const { templates, unreadable } = findTemplates([join(CORPUS, 'real')]);
    expect(unreadable).toEqual([]);
    expect(templates.length).toBeGreaterThan(500);
    for (const template of templates) expect(() => analyse([template])).not.toThrow();
    expect(() => analyse(templates)).not.toThrow();
  }, 60_000);
}
