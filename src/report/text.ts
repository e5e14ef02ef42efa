// The report for a terminal: findings grouped by path with the hop at fault marked, and the table of paths and clients.
// Colour only where the caller says that the output is a terminal. Control characters in names are shown, not sent.

import { styleText } from 'util';
import { Level, LEVELS } from '../protocol';
import { Finding, PathRow } from '../rules';
import { count, Report } from './report';

type Paint = (text: string, style: 'red' | 'yellow' | 'blue' | 'green' | 'bold' | 'dim') => string;

const STYLE: Readonly<Record<Level, 'red' | 'yellow' | 'blue'>> = { error: 'red', warning: 'yellow', info: 'blue' };
const WIDTH = 110;

export function textReport({ analysis, unreadable }: Report, colour: boolean): string {
  const paint = painter(colour);
  const lines: string[] = [];
  for (const [heading, findings] of byPath(analysis.findings)) {
    lines.push(paint(heading, 'bold'));
    for (const finding of findings) lines.push(...describe(finding, paint).map((line) => `  ${line}`), '');
  }
  for (const { file, reason } of unreadable) lines.push(`${paint('unreadable', 'red')} ${safe(file)}: ${safe(reason)}`);
  const { findings, paths, templates, resources } = analysis;
  const counts = LEVELS.map((level) => plural(count(findings, level), level));
  const all = `${plural(templates, 'template')}, ${plural(resources, 'resource')}, ${plural(paths.length, 'path')}: ${counts.join(', ')}`;
  lines.push(findings.length === 0 && unreadable.length === 0 ? paint(all, 'green') : all);
  if (findings.length) {lines.push(paint('cdk-handshake explain RULE says more about a rule; cdk-handshake paths shows who gets through where.', 'dim'));}
  return `${lines.join('\n')}\n`;
}

/** One row per path, one column per client. */
export function pathTable(rows: readonly PathRow[], colour: boolean): string {
  const paint = painter(colour);
  if (rows.length === 0) return 'no paths: none of the templates has an entry point that is known\n';
  const clients = [...new Set(rows.flatMap((row) => Object.keys(row.outcomes)))];
  const name = (row: PathRow) => safe(`${row.kind.padEnd(12)} ${row.path.join(' -> ')}${row.at ? `  (${row.at})` : ''}`);
  const first = Math.min(90, Math.max(4, ...rows.map((row) => name(row).length)));
  const widths = clients.map((client) => Math.max(client.length, ...rows.map((row) => (row.outcomes[client] ?? '').length)));
  const line = (cells: readonly string[]) => cells.join('  ').trimEnd();
  const lines: string[] = [];
  let stack: string | undefined;
  for (const row of rows) {
    if (row.stack !== stack) {
      stack = row.stack;
      if (lines.length) lines.push('');
      lines.push(paint(`${safe(row.stack)}  ${safe(row.template)}`, 'bold'));
      lines.push(paint(line(['path'.padEnd(first), ...clients.map((client, index) => client.padEnd(widths[index]))]), 'dim'));
    }
    const long = name(row);
    if (long.length > first) lines.push(long);
    const cells = clients.map((client, index) => {
      const outcome = row.outcomes[client] ?? '';
      return paint(
        outcome.padEnd(widths[index]),
        outcome === 'served' || outcome.startsWith('3') ? 'green' : outcome === 'unknown' ? 'dim' : 'red',
      );
    });
    lines.push(line([(long.length > first ? '' : long).padEnd(first), ...cells]));
  }
  return `${lines.join('\n')}\n`;
}

function byPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const hops = finding.path.map((hop) => safe(hop === finding.resource ? `[${hop}]` : hop)).join(' -> ');
    const heading = `${safe(finding.stack)} (${safe(finding.template)}): ${hops}`;
    groups.set(heading, [...(groups.get(heading) ?? []), finding]);
  }
  return groups;
}

function describe(finding: Finding, paint: Paint): string[] {
  const place = `${finding.template}${finding.line ? `:${finding.line}` : ''}  ${finding.resource} ${finding.property}`;
  return [
    `${paint(finding.level.toUpperCase(), STYLE[finding.level])} ${paint(finding.rule, 'bold')}  ${safe(place)}`,
    ...wrap(safe(finding.message), WIDTH - 4).map((text) => `  ${text}`),
    ...wrap(safe(`Fix: ${finding.fix}`), WIDTH - 4).map((text) => `  ${paint(text, 'green')}`),
  ];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function painter(colour: boolean): Paint {
  return colour ? (text, style) => styleText(style, text) : (text) => text;
}

/** Names come from templates: no escape sequence of theirs reaches the terminal. */
export function safe(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
