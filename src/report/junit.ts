// The report for test results: GitLab, Jenkins and others that read JUnit's XML. A suite per stack; a case per path and client that has to get
// through; an error fails its case, a warning is printed in it, what cannot be known is skipped. What stands on no path is a case of its own.
// Facts: Jenkins JUnit plugin (packages come from the dots of `classname`); GitLab docs "Unit test reports" (suites by name, cases by name and
// classname, the file of a case); XML 1.0 section 2.2 (characters that no document may have).

import { Report } from './report';
import { safe } from './safe';
import { isGood, push, seenOn } from './seen';
import { Finding, PathRow } from '../rules';

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly classname: string;
  readonly file: string;
  readonly result?: { readonly is: 'failure' | 'error' | 'skipped'; readonly message: string; readonly type?: string; readonly text?: string };
  readonly out?: string;
}

export function junitReport({ analysis, unreadable }: Report): string {
  const seen = seenOn(analysis);
  const cases = [
    ...analysis.paths.flatMap((row) => Object.keys(row.outcomes).map((client) => ofCell(row, client, seen.of(row, client)))),
    ...seen.elsewhere.map(ofFinding),
    ...unreadable.map(({ file, reason }): Case => ({
      suite: 'files', classname: 'files', name: `${file} can be read`, file, result: { is: 'error', message: reason },
    })),
  ];
  const suites = new Map<string, Case[]>();
  for (const one of distinct(cases)) push(suites, one.suite, one);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="cdk-handshake"${totals(cases)}>`];
  for (const [name, all] of suites) {
    lines.push(`  <testsuite${attribute('name', name)}${totals(all)}>`, ...all.flatMap(printed), '  </testsuite>');
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`;
}

function ofCell(row: PathRow, client: string, findings: readonly Finding[]): Case {
  const { stack, template, path, kind, at, outcomes, notes } = row;
  const where = `${path.join(' -> ')}${at === undefined ? '' : ` at ${at}`}`;
  const place = { suite: `${stack} (${template})`, classname: `${dotless(stack)}.${kind}`, file: template, name: `${client}: ${where}` };
  const errors = findings.filter(({ level }) => level === 'error');
  const out = findings.filter(({ level }) => level !== 'error').map(described).join('\n');
  if (errors.length > 0) {
    const message = `${client} gets ${outcomes[client]}: ${errors.map(({ rule }) => rule).join(', ')}`;
    return { ...place, out, result: { is: 'failure', message, type: errors[0].rule, text: errors.map(described).join('\n\n') } };
  }
  if (outcomes[client] === 'unknown') return { ...place, out, result: { is: 'skipped', message: `cannot be known: ${notes[client]?.why ?? 'the templates do not say'}` } };
  return { ...place, out: out || (isGood(outcomes[client]) ? '' : `${client} gets ${outcomes[client]}: ${notes[client]?.why ?? 'acknowledged, or known'}`) };
}

function ofFinding(finding: Finding): Case {
  const { stack, template, rule, resource, level } = finding;
  const place = { suite: `${stack} (${template})`, classname: `${dotless(stack)}.${rule}`, file: template, name: `${rule}: ${resource}` };
  if (level !== 'error') return { ...place, out: described(finding) };
  return { ...place, result: { is: 'failure', message: `${rule}: ${resource} ${finding.property}`, type: rule, text: described(finding) } };
}

function described({ level, rule, message, fix, template, line, resource, property }: Finding): string {
  return `${level.toUpperCase()} ${rule}  ${template}${line === undefined ? '' : `:${line}`}  ${resource} ${property}\n${message}\nFix: ${fix}`;
}

/** Names are what results are told apart by. */
function distinct(cases: readonly Case[]): Case[] {
  const times = new Map<string, number>();
  return cases.map((one) => {
    const key = `${one.suite}\n${one.name}`;
    const before = times.get(key) ?? 0;
    times.set(key, before + 1);
    return before === 0 ? one : { ...one, name: `${one.name} (${before + 1})` };
  });
}

function printed({ name, classname, file, result, out }: Case): string[] {
  const open = `    <testcase${attribute('name', name)}${attribute('classname', classname)}${attribute('file', file)} time="0"`;
  const inside = [
    ...(result ? [`      <${result.is}${attribute('message', result.message)}${result.type ? attribute('type', result.type) : ''}>${content(result.text ?? result.message)}</${result.is}>`] : []),
    ...(out ? [`      <system-out>${content(out)}</system-out>`] : []),
  ];
  return inside.length > 0 ? [`${open}>`, ...inside, '    </testcase>'] : [`${open}/>`];
}

function totals(cases: readonly Case[]): string {
  const number = (is: string) => cases.filter(({ result }) => result?.is === is).length;
  return ` tests="${cases.length}" failures="${number('failure')}" errors="${number('error')}" skipped="${number('skipped')}" time="0"`;
}

function dotless(name: string): string {
  return name.replace(/\./g, '-');
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escaped(safe(value))}"`;
}

function content(text: string): string {
  return text.split('\n').map((line) => escaped(safe(line))).join('\n');
}

function escaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;' };
  return text.replace(/[&<>"']/g, (character) => characters[character]).replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd');
}
