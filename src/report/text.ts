// The report for a terminal: findings grouped by path with the hop at fault marked, and the table of paths and clients.
// Colour only where the caller says that the output is a terminal. Control characters in names are shown, not sent.

import { styleText } from 'util';
import { CLIENTS, Level, LEVELS } from '../protocol';
import { Finding, PathRow } from '../rules';
import { count, Report } from './report';
import { safe } from './safe';

export type Paint = (text: string, style: 'red' | 'yellow' | 'blue' | 'green' | 'bold' | 'dim') => string;

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
  const { findings, paths, templates, resources, acknowledged = [], known = [] } = analysis;
  const counts = LEVELS.map((level) => plural(count(findings, level), level));
  const all = `${plural(templates, 'template')}, ${plural(resources, 'resource')}, ${plural(paths.length, 'path')}: ${counts.join(', ')}`;
  lines.push(findings.length === 0 && unreadable.length === 0 ? paint(all, 'green') : all);
  if (acknowledged.length) lines.push(paint(`${plural(acknowledged.length, 'finding')} acknowledged; cdk-handshake acknowledgements lists them.`, 'dim'));
  if (known.length) lines.push(paint(`${plural(known.length, 'finding')} known from the baseline.`, 'dim'));
  if (findings.length) {lines.push(paint('cdk-handshake explain RULE says more about a rule; cdk-handshake paths shows who gets through where.', 'dim'));}
  return `${lines.join('\n')}\n`;
}

/** One row per path, one column per client; the path stands last, because it is as long as it likes. */
export function pathTable(rows: readonly PathRow[], colour: boolean): string {
  const paint = painter(colour);
  if (rows.length === 0) return 'no paths: none of the templates has an entry point that is known\n';
  const seen = new Set(rows.flatMap((row) => Object.keys(row.outcomes)));
  const clients = Object.keys(CLIENTS).filter((client) => seen.has(client));
  const widths = clients.map((client) => Math.max(client.length, ...rows.map((row) => (row.outcomes[client] ?? '').length)));
  const kind = Math.max(...rows.map((row) => row.kind.length));
  const lines: string[] = [];
  let stack: string | undefined;
  const headings = [...new Set(rows.map(headingOf))];
  for (const row of [...rows].sort((one, other) => headings.indexOf(headingOf(one)) - headings.indexOf(headingOf(other)))) {
    const heading = headingOf(row);
    if (heading !== stack) {
      if (stack !== undefined) lines.push('');
      stack = heading;
      lines.push(paint(safe(heading), 'bold'));
      lines.push(paint(['kind'.padEnd(kind), ...clients.map((client, index) => client.padEnd(widths[index])), 'path'].join('  '), 'dim'));
    }
    const cells = clients.map((client, index) => cell(row.outcomes[client], widths[index], paint));
    const path = `${row.path.join(' -> ')}${row.at ? `  (${row.at})` : ''}`;
    lines.push([row.kind.padEnd(kind), ...cells, safe(path)].join('  '));
  }
  return `${lines.join('\n')}\n`;
}

function headingOf(row: PathRow): string {
  return `${row.stack}  ${row.template}`;
}

function cell(outcome: string | undefined, width: number, paint: Paint): string {
  if (outcome === undefined) return paint('-'.padEnd(width), 'dim');
  return paint(outcome.padEnd(width), outcome === 'served' || outcome.startsWith('3') ? 'green' : outcome === 'unknown' ? 'dim' : 'red');
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

export function wrap(text: string, width: number): string[] {
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

export function painter(colour: boolean): Paint {
  return colour ? (text, style) => styleText(style, text) : (text) => text;
}
