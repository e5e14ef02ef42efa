// The answers out of logs as one page: what the text says, with a bar for each share, and nothing left out but what the counting leaves out.
// Not here: the shell and the look of the page (report/html), what is counted (logs/).

import { COUNTS, described, LogView, OVERVIEW, percent, plural, summary, sumOf, TITLES } from './logs-report';
import { Answers, ConnectionCount, Counted, CountedRow, Dimension, FloorAnswer, LogReport, Problem, PROBLEMS } from '../logs';
import { escaped, page } from '../report/html/page';

export function logsHtml(report: LogReport, view: LogView): string {
  const title = 'Who calls, and who fails';
  const body = `<header class="top"><div>
<div class="brand">cdk-handshake</div>
<h1>${title}</h1>
<p class="muted">${escaped(summary(report))}</p>
${cards(report.answers)}
</div></header>
<main id="main">
${sections(report, view).join('\n')}
${notUnderstood(report)}
</main>
<footer>Made by <code>cdk-handshake logs</code>, on one machine; nothing was sent anywhere.</footer>`;
  return page({ title: `cdk-handshake: ${title.toLowerCase()}`, body });
}

function sections({ answers }: LogReport, { by, breaksIf }: LogView): string[] {
  if (answers.requests + answers.connections === 0) return ['<p class="note">No line is of a format that is known.</p>'];
  if (breaksIf !== undefined) return answers.floors.filter(({ floor }) => floor === breaksIf).map(floorSection);
  if (by !== undefined) return [counted(by, answers.by[by])];
  return [
    ...answers.floors.map(floorSection),
    ...(answers.requests > 0 ? [problemsSection(answers), outdatedSection(answers), ...[...OVERVIEW, 'path' as const].map((one) => counted(one, answers.by[one]))] : []),
    ...(answers.connections > 0 ? [connections('connections by TLS version', answers.connectionsByTls), connections('connections by result', answers.connectionsByResult)] : []),
  ];
}

function cards({ requests, connections: opened, by: { status }, outdated }: Answers): string {
  const all = [...status.rows, ...(status.others ? [status.others] : [])];
  const sum = (column: keyof CountedRow) => all.reduce((total, row) => total + (row[column] as number), 0);
  const list: readonly (readonly [number, string, string])[] = [
    [requests, plural(requests, 'request').replace(/^\d+ /, ''), ''],
    ...(opened > 0 ? [[opened, 'connections', ''] as const] : []),
    [sum('status426'), '426', 'error'], [sum('status464'), '464', 'error'], [sum('gatewayErrors'), '502 to 504', 'error'], [sum('failedHandshakes'), 'WebSockets without 101', 'error'],
    [outdated.reduce((total, one) => total + one.requests, 0), 'by outdated clients', 'warning'],
  ];
  return `<ul class="cards">${list.map(([count, label, style]) => `<li class="${count > 0 ? style : ''}"><b>${count.toLocaleString('en')}</b><span>${label}</span></li>`).join('')}</ul>`;
}

function counted(dimension: Dimension, { rows, others, partial }: Counted): string {
  const shown = [...rows, ...(others ? [others] : [])];
  const body = shown.map((row) => [escaped(row.key), number(row.requests), ...share(row.share), ...COUNTS.map(([, column]) => (row[column] ? number(row[column]) : '-'))]);
  const note = partial ? '<p class="note">Too many to keep all: counts of single rows may be too low, the sum with (others) is right.</p>' : '';
  return section(TITLES[dimension], note + table(['', 'requests', 'share', '', ...COUNTS.map(([name]) => name)], body));
}

function problemsSection({ problems, unlistedProblems }: Answers): string {
  const kinds = Object.entries(PROBLEMS).flatMap(([kind, says]) => {
    const rows = problems.filter((problem) => problem.kind === kind);
    return rows.length === 0 ? [] : [`<details class="panel finding error" open><summary><span class="badge error">${escaped(kind)}</span><h3>${plural(sumOf(rows), 'request')}</h3><span class="muted">${escaped(says)}</span></summary>
<div class="inside">${table(['request', 'requests', 'status', 'client', 'protocol', 'answered'], rows.map(problemRow))}</div></details>`];
  });
  const rest = unlistedProblems > 0 ? `<p class="muted">${plural(unlistedProblems, 'request')} more, too different to list.</p>` : '';
  return section('what did not get through', kinds.length > 0 ? kinds.join('\n') + rest : '<p>Nothing of the kind.</p>', kinds.length === 0);
}

function problemRow(problem: Problem): string[] {
  const [request, count, status, family, protocol, answered] = described(problem);
  return [`<code>${escaped(request)}</code>`, number(Number(count)), escaped(status), escaped(family), escaped(protocol), escaped(answered)];
}

function outdatedSection({ outdated }: Answers): string {
  const rows = outdated.map((one) => [escaped(one.family), escaped(one.why), number(one.requests), ...share(one.share, 'bad')]);
  return section('outdated clients', rows.length > 0 ? table(['', 'why', 'requests', 'share', ''], rows) : '<p>None.</p>');
}

function floorSection({ floor, offered, families, ...counts }: FloorAnswer): string {
  const lines = [
    ...(counts.ofRequests > 0 ? [`${number(counts.requests)} of ${number(counts.ofRequests)} requests over TLS used an older one (${percent(counts.requestShare)})`] : []),
    ...(counts.ofConnections > 0 ? [`${number(counts.connections)} of ${number(counts.ofConnections)} connections over TLS did (${percent(counts.connectionShare)})`] : []),
  ];
  const warning = lines.length > 0 && !offered
    ? `<p class="note">No line has TLS ${floor} or later: it may not have been offered, so these clients may well be able to use it.</p>` : '';
  const heads = ['', 'requests', 'connections'].slice(0, counts.ofConnections > 0 ? 3 : 2);
  const rows = families.map((one) => [escaped(one.family), number(one.requests), number(one.connections)].slice(0, heads.length));
  const list = rows.length > 0 ? table(heads, rows) : '';
  const says = `<p>${lines.length > 0 ? `${lines.join('; ')}.` : 'No line has a TLS version.'}</p>`;
  return section(`who breaks if the lowest version is TLS ${floor}`, says + warning + list);
}

function connections(title: string, rows: readonly ConnectionCount[]): string {
  return section(title, table(['', 'connections', 'share', ''], rows.map((row) => [escaped(row.key), number(row.connections), ...share(row.share)])));
}

function notUnderstood({ notUnderstoodIn, unreadable }: LogReport): string {
  const rows = [
    ...notUnderstoodIn.map(({ file, lines, firstLine }) => [`<code>${escaped(file)}:${firstLine}</code>`, `${plural(lines, 'line')} not understood; this is the first`]),
    ...unreadable.map(({ file, reason }) => [`<code>${escaped(file)}</code>`, escaped(reason)]),
  ];
  return rows.length > 0 ? section('what could not be read', table(['', ''], rows)) : '';
}

function section(title: string, content: string, inPanel = true): string {
  const inside = inPanel ? `<div class="panel"><div class="inside">${content}</div></div>` : content;
  return `<section><h2>${escaped(title[0].toUpperCase() + title.slice(1))}</h2>\n${inside}\n</section>`;
}

const NUMBER = /^(-|[\d,]+|[\d.]+%)$/;

/** Cells are HTML; a column of numbers stands to the right. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = heads.map((_, column) => rows.length > 0 && rows.every((cells) => NUMBER.test(cells[column])));
  const css = (column: number) => (right[column] ? ' class="number"' : '');
  const head = heads.map((name, column) => `<th scope="col"${css(column)}>${escaped(name)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell, column) => (column === 0 ? `<th scope="row">${cell}</th>` : `<td${css(column)}>${cell}</td>`)).join('')}</tr>`);
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

/** The share in words and as a bar. */
function share(of: number, style = ''): [string, string] {
  const width = Math.max(of > 0 ? 0.5 : 0, of * 100).toFixed(1);
  return [percent(of), `<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="12" rx="2"/><rect class="part ${style}" width="${width}" height="12" rx="2"/></svg>`];
}

function number(count: number): string {
  return count.toLocaleString('en');
}
