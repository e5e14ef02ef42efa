// The answers out of logs as text and as JSON. Paths, user agents and names of files were written by others: control characters are
// shown, not sent, in both.
// Not here: the arguments (logs.ts), what is counted (logs/).

import type { TlsFloor, Dimension, Counted, CountedRow, FloorAnswer, LogReport, Problem } from '../logs';
import { PROBLEMS } from '../logs';
import { Paint, painter, safe } from '../report';

/** What was asked for; without anything, an overview. */
export interface LogView {
  readonly by?: Dimension;
  readonly breaksIf?: TlsFloor;
}

export const OVERVIEW = ['family', 'protocol', 'tls', 'status'] as const satisfies readonly Dimension[];
const TOP = 10;
const ALL = 100;
export const TITLES: Readonly<Record<Dimension, string>> = {
  family: 'clients by user agent family', protocol: 'protocols', tls: 'TLS versions', status: 'statuses', path: 'paths',
};

export function logsText(report: LogReport, { by, breaksIf }: LogView, colour: boolean): string {
  const paint = painter(colour);
  const { answers } = report;
  const lines = [summary(report)];
  if (answers.requests + answers.connections === 0) lines.push(paint('no line is of a format that is known', 'red'));
  else if (breaksIf !== undefined) lines.push('', ...floor(answers.floors.find((one) => one.floor === breaksIf)!, ALL, paint));
  else if (by !== undefined) lines.push('', ...table(by, answers.by, ALL, paint));
  else lines.push(...overview(report, paint));
  const odd = report.notUnderstoodIn;
  if (odd.length > 0) lines.push('');
  for (const { file, lines: count, firstLine } of odd.slice(0, TOP)) {
    lines.push(paint(`${safe(file)}:${firstLine}: ${plural(count, 'line')} not understood; this is the first`, 'yellow'));
  }
  if (odd.length > TOP) lines.push(paint('and in more files; --format json names them', 'yellow'));
  return `${lines.join('\n')}\n`;
}

export function summary({ files, bytes, lines, headers, blank, notUnderstood, formats, answers }: LogReport): string {
  const parts = Object.entries(formats).map(([format, count]) => `${count} of ${format}`);
  const rest = [[headers, 'header'], [blank, 'blank'], [notUnderstood, 'not understood']] as const;
  for (const [count, word] of rest) if (count > 0) parts.push(`${count} ${word}`);
  const of = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  return `${plural(files, 'file')}, ${megabytes(bytes)}, ${plural(lines, 'line')}${of}: `
    + `${plural(answers.requests, 'request')}, ${plural(answers.connections, 'connection')}`;
}

function overview({ answers }: LogReport, paint: Paint): string[] {
  const lines: string[] = [];
  if (answers.requests > 0) {
    for (const dimension of OVERVIEW) lines.push('', ...table(dimension, answers.by, TOP, paint));
    lines.push('', ...problems(answers.problems, answers.unlistedProblems, paint), '', paint('outdated clients', 'bold'));
    if (answers.outdated.length === 0) lines.push('  none');
    const outdated = answers.outdated.slice(0, TOP);
    lines.push(...columns(outdated.map(({ family, why, requests, share }) => [safe(family), safe(why), String(requests), percent(share)]), [2, 3]));
  }
  if (answers.connections > 0) {
    for (const [title, rows] of [['connections by TLS version', answers.connectionsByTls], ['connections by result', answers.connectionsByResult]] as const) {
      lines.push('', paint(title, 'bold'), ...columns(rows.map(({ key, connections, share }) => [safe(key), String(connections), percent(share)]), [1, 2]));
    }
  }
  for (const answer of answers.floors) lines.push('', ...floor(answer, TOP, paint));
  return lines;
}

export const COUNTS = [
  ['426', 'status426'], ['464', 'status464'], ['502-504', 'gatewayErrors'], ['no 101', 'failedHandshakes'], ['HTTP/1.0', 'oldHttp'], ['TLS<1.2', 'oldTls'],
] as const satisfies readonly (readonly [string, keyof CountedRow])[];

function table(by: Dimension, all: Readonly<Record<Dimension, Counted>>, most: number, paint: Paint): string[] {
  const { rows, others, partial } = all[by];
  const shown = [...rows.slice(0, most), ...(others === undefined ? [] : [others])];
  const cells = shown.map((row) => [safe(row.key), String(row.requests), percent(row.share), ...COUNTS.map(([, count]) => (row[count] ? String(row[count]) : '-'))]);
  const [head, ...body] = columns([['', 'requests', 'share', ...COUNTS.map(([name]) => name)], ...cells], [1, 2, 3, 4, 5, 6, 7, 8]);
  const lines = [paint(TITLES[by], 'bold'), paint(head, 'dim'), ...body];
  if (rows.length > most) lines.push(paint(`  ${rows.length - most} more; ${most === TOP ? `--by ${by} shows them` : '--format json has them'}`, 'dim'));
  if (partial) lines.push(paint('  too many to keep all: counts of single rows may be too low, the sum with (others) is right', 'dim'));
  return lines;
}

function problems(all: readonly Problem[], unlisted: number, paint: Paint): string[] {
  const lines = [paint('what did not get through', 'bold')];
  for (const [kind, says] of Object.entries(PROBLEMS)) {
    const rows = all.filter((problem) => problem.kind === kind);
    if (rows.length === 0) continue;
    const sum = sumOf(rows);
    const handshakes = sumOf(rows.filter(({ webSocketPath }) => webSocketPath));
    const of = handshakes > 0 ? `, ${handshakes === sum ? 'all' : handshakes} at paths of WebSockets` : '';
    lines.push(`  ${paint(kind, 'red')}  ${plural(sum, 'request')}${of}: ${says}`);
    lines.push(...columns(rows.slice(0, TOP).map(described), [1]).map((line) => `  ${line}`));
    if (rows.length > TOP) lines.push(paint(`    ${rows.length - TOP} more kinds; --format json has them`, 'dim'));
  }
  if (unlisted > 0) lines.push(`  ${plural(unlisted, 'request')} more, too different to list`);
  return lines.length === 1 ? [...lines, '  nothing of the kind'] : lines;
}

export function sumOf(rows: readonly Problem[]): number {
  return rows.reduce((total, { requests }) => total + requests, 0);
}

export function described({ requests, status, verb, path, family, protocol, answeredBy, reason }: Problem): string[] {
  const who = answeredBy === 'target' ? 'by the target' : answeredBy === 'edge' ? 'by the balancer or API' : '';
  return [`${verb} ${path}`, String(requests), status, family, protocol, [who, reason].filter(Boolean).join(': ')].map(safe);
}

function floor({ floor: lowest, offered, families, ...counts }: FloorAnswer, most: number, paint: Paint): string[] {
  const lines = [paint(`if the lowest version were TLS ${lowest}`, 'bold')];
  if (counts.ofRequests > 0) lines.push(`  requests that used an older one: ${counts.requests} of ${counts.ofRequests} over TLS (${percent(counts.requestShare)})`);
  if (counts.ofConnections > 0) lines.push(`  connections: ${counts.connections} of ${counts.ofConnections} over TLS (${percent(counts.connectionShare)})`);
  if (counts.ofRequests + counts.ofConnections === 0) return [...lines, '  no line has a TLS version'];
  if (!offered) lines.push(paint(`  no line has TLS ${lowest} or later: it may not have been offered, so these clients may well be able to use it`, 'yellow'));
  const rows = families.slice(0, most).map(({ family, requests, connections }) => [safe(family), String(requests), counts.ofConnections > 0 ? String(connections) : '']);
  if (rows.length > 0) lines.push(...columns([['', 'requests', counts.ofConnections > 0 ? 'connections' : ''], ...rows], [1, 2]));
  if (families.length > most) lines.push(paint(`  ${families.length - most} more families; --breaks-if tls${lowest} shows them`, 'dim'));
  return lines;
}

/** Cells in columns, of which some are numbers and stand to the right. */
function columns(rows: readonly (readonly string[])[], numbers: readonly number[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const set = (cell: string, column: number): string => (numbers.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  return rows.map((row) => `  ${row.map(set).join('  ').trimEnd()}`);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** One object: a contract that is only ever added to (docs/logs.md). */
export function logsJson({ answers, notUnderstoodIn, unreadable, ...counts }: LogReport, { by, breaksIf }: LogView): string {
  const { requests, connections, ...asked } = answers;
  const document = {
    version: 1,
    summary: { ...counts, requests, connections, notUnderstoodIn, unreadable },
    ...asked,
    by: by === undefined ? asked.by : { [by]: asked.by[by] },
    floors: breaksIf === undefined ? asked.floors : asked.floors.filter(({ floor: lowest }) => lowest === breaksIf),
  };
  return `${JSON.stringify(document, (_, value: unknown) => (typeof value === 'string' ? safe(value) : value), 2)}\n`;
}
