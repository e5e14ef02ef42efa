// Each format is held to what reads it: SARIF to its schema, JUnit's XML to an XML reader, Markdown to GitHub's limit.

import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { HOSTILE, large, reportOf, template } from './samples';
import { FORMATS, render, safe } from '../../src/report';
import { sarifReport } from '../../src/report/sarif';

describe('sarif', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { $schema: _draft4, id: _name, ...schema } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'); // draft 4 says id for $id
  const valid = (() => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv as never);
    return ajv.compile(schema);
  })();

  test.each([['plain', reportOf(template())], ['hostile', reportOf(template('', HOSTILE), `${HOSTILE}.json`, HOSTILE)], ['large', large(50)]])('is valid: %s', (_, report) => {
    valid(JSON.parse(sarifReport(report)));
    expect(valid.errors ?? []).toEqual([]);
  });

  test('the schema refuses what is none', () => {
    const log = JSON.parse(sarifReport(reportOf(template())));
    log.runs[0].results[0].level = 'loud';
    expect(valid(log)).toBe(false);
  });

  test('says rule, page, line, place and client', () => {
    const [run] = JSON.parse(sarifReport(reportOf(template()))).runs;
    const found = run.results.find((one: { ruleId: string }) => one.ruleId === 'Http1ClientAtHttp2TargetGroup');
    expect(found).toMatchObject({
      level: 'error',
      properties: { client: 'http/1.1', outcome: '464', certainty: 'certain' },
      locations: [{
        physicalLocation: { artifactLocation: { uri: 'cdk.out/Shop.template.json', uriBaseId: '%SRCROOT%' }, region: { startLine: template().split('\n').findIndex((line) => line.includes('ProtocolVersion')) + 1 } },
        logicalLocations: [{ name: 'Targets' }],
      }],
    });
    expect(run.tool.driver.rules[found.ruleIndex]).toMatchObject({
      id: 'Http1ClientAtHttp2TargetGroup',
      helpUri: 'https://github.com/cdk-handshake/cdk-handshake/blob/main/docs/rules/Http1ClientAtHttp2TargetGroup.md',
      help: { markdown: expect.stringContaining('HTTP') },
    });
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] });
  });

  test('fingerprints stay when lines move, and differ by stack', () => {
    const prints = (text: string, stack: string = 'Shop') => JSON.parse(sarifReport(reportOf(text, 'Shop.template.json', stack))).runs[0].results
      // eslint-disable-next-line @stylistic/max-len
      .map((one: { partialFingerprints: object; locations: { physicalLocation: { region: { startLine: number } } }[] }) => [one.partialFingerprints, one.locations[0].physicalLocation.region.startLine]);
    const [before, after, other] = [prints(template()), prints(template('\n\n\n')), prints(template(), 'Other')];
    expect(after.map(([print]: unknown[]) => print)).toEqual(before.map(([print]: unknown[]) => print));
    expect(after[0][1]).toBe(before[0][1] + 3);
    expect(other[0][0]).not.toEqual(before[0][0]);
  });
});

describe('junit', () => {
  test('an error fails its case, the others pass, what cannot be read is an error', () => {
    const xml = render(reportOf(template()), 'junit');
    expect(xml).toMatch(/<testsuites name="cdk-handshake" tests="\d+" failures="1" errors="1" skipped="0"/);
    expect(xml).toMatch(/<testcase name="http\/1\.1: Balancer -&gt; Listener -&gt; Targets" classname="Shop\.http"[^>]*>\n\s*<failure message="http\/1\.1 gets 464: Http1ClientAtHttp2TargetGroup" type="Http1ClientAtHttp2TargetGroup">/);
    expect(xml).toMatch(/<testcase name="h2: Balancer -&gt; Listener -&gt; Targets"[^>]*\/>/);
  });

  test('is well-formed whatever stands in names', () => {
    const xml = render(reportOf(template('', HOSTILE), `${HOSTILE}.json`, HOSTILE), 'junit');
    const stack: string[] = [];
    const rest = xml.replace(/<\?xml[^?]*\?>/, '').replace(/<(\/?)([a-z-]+)((?:\s[a-z-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos);[^"<&]*)*")*)\s*(\/?)>/g, (_, close: string, name: string, __, empty: string) => {
      if (close) expect(stack.pop()).toBe(name);
      else if (!empty) stack.push(name);
      return '';
    });
    expect(stack).toEqual([]);
    expect(rest.replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toMatch(/[<&]/);
    // eslint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u);
  });
});

describe('markdown', () => {
  test('says who gets what, and begins with the marker', () => {
    const text = render(reportOf(template()), 'markdown');
    expect(text).toMatch(/^<!-- cdk-handshake -->\n### cdk-handshake: some clients do not get through\n/);
    expect(text).toContain('| http/1.1: **464** | <code>Targets</code>');
    expect(text).toContain('<details><summary>Who gets through where (2)</summary>');
  });

  test('no markup, mention or column comes out of names', () => {
    const text = render(reportOf(template('', HOSTILE), `${HOSTILE}.json`, HOSTILE), 'markdown');
    expect(text).not.toMatch(/<script|<img|@everyone|\]\(b\)|&#64;(?!&#8203;)(?![^<]*<\/code>)/);
    for (const row of text.split('\n').filter((line) => line.startsWith('| \ud83d'))) expect(row.split('|')).toHaveLength(6);
  });

  test('fits into a comment of GitHub, and says what it left out', () => {
    const text = render(large(3_000), 'markdown');
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/\d+ more findings did not fit into this comment\./);
    expect(text).toMatch(/\d+ more paths did not fit/);
    expect(text.match(/<details>/g)!.length).toBe(text.match(/<\/details>/g)!.length);
  });
});

test.each(FORMATS)('%s sends no control character of others', (format) => {
  const text = render(reportOf(template('', HOSTILE), `${HOSTILE}.json`, HOSTILE), format);
  expect(text.replace(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
  expect(safe(HOSTILE)).toContain('\\u202e');
});

test.each(['HTTP2', 'HTTPS', 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', 'application', 'internet-facing', 'forward', 'ip'])('a long value for %s is named by its beginning', (value) => {
  const { findings, paths } = reportOf(template().replace(`"${value}"`, `"${'x'.repeat(1_000_000)}"`)).analysis;
  for (const text of [...findings.map(({ message }) => message), ...paths.flatMap(({ notes }) => Object.values(notes).map(({ why }) => why))]) {
    expect(text.length).toBeLessThan(3_000);
  }
});
