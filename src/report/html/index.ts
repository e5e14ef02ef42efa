// The report as one page: what was found, a picture of the paths of each entry point, and the table of clients and paths. It needs neither network
// nor script; with script it can be filtered. Bounded: of more than it can show, what fails comes first, and the page says what it leaves out.
// Not here: the shell (page.ts), the pictures (picture.ts), the filters (script.ts).

import { CLIENTS, Level, LEVELS } from '../../protocol';
import { Finding, PathRow } from '../../rules';
import { Report } from '../report';
import { clientsOf, getsOf, isGood, push, Seen, seenOn } from '../seen';
import { pageUrl, REPOSITORY, toolVersion } from '../tool';
import { escaped, page, words } from './page';
import { boxesOf, MOST_BOXES, picture, spoken } from './picture';

const MOST_FINDINGS = 1_000;
const MOST_ROWS = 2_000;
const MOST_PICTURES = 150;
/** With more entry points than this only those that fail are open at first. */
const OPEN = 6;

const NAMES: Readonly<Record<Level, string>> = { error: 'errors', warning: 'warnings', info: 'advice' };

export function htmlReport({ analysis, unreadable }: Report): string {
  const { findings, paths, templates, resources, acknowledged = [], known = [] } = analysis;
  const seen = seenOn(analysis);
  const groups = entryPoints(paths, seen);
  const fails = findings.some(({ level }) => level === 'error');
  const title = fails ? 'Some clients do not get through' : findings.some(({ level }) => level === 'warning') ? 'Some clients may not get through' : 'Every client gets its handshake';
  const cards = [
    ...LEVELS.map((level) => ({ level, number: findings.filter((finding) => finding.level === level).length })).map(({ level, number }) => card(NAMES[level], number, number > 0 ? level : '')),
    card('paths', paths.length), card('templates', templates), card('resources', resources),
    ...(acknowledged.length > 0 ? [card('acknowledged', acknowledged.length)] : []), ...(known.length > 0 ? [card('in the baseline', known.length)] : []),
  ];
  const body = [
    `<header class="top"><div><span class="brand">cdk-handshake</span><h1>${title}</h1><ul class="cards">${cards.join('')}</ul></div></header>`,
    '<main id="main" tabindex="-1">',
    filters(findings, paths),
    ...unread(unreadable),
    '<h2 id="findings">Findings</h2>',
    ...(findings.length === 0 ? ['<p class="muted">Nothing was found.</p>'] : findings.slice(0, MOST_FINDINGS).map(findingPanel)),
    ...leftOut(findings.length - MOST_FINDINGS, 'findings', 'The most severe are shown; <code>--format json</code> has all.'),
    '<h2 id="paths">Who gets through where</h2>',
    ...(groups.length === 0 ? ['<p class="muted">None of the templates has an entry point that is known.</p>'] : entries(groups, seen)),
    ARROWS,
    '</main>',
    `<footer>Written by <a href="${REPOSITORY}">cdk-handshake</a> ${escaped(toolVersion())} from the templates alone. <span class="badge good">served</span> means that the request reaches a server that takes it; <span class="badge">unknown</span> that the templates do not say.</footer>`,
  ];
  return page({ title: `${title} - cdk-handshake`, body: body.join('\n') });
}

function unread(files: Report['unreadable']): string[] {
  if (files.length === 0) return [];
  return ['<h2>Files that could not be read</h2>', '<ul>', ...files.map(({ file, reason }) => `<li><code>${escaped(file)}</code>: ${escaped(reason)}</li>`), '</ul>'];
}

const ARROWS = '<svg class="defs" aria-hidden="true"><defs>'
  + ['arrow', 'arrow-cut'].map((id) => `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="${id.replace('-', ' ')}" d="M0 0L8 4L0 8z"/></marker>`).join('')
  + '</defs></svg>';

function card(name: string, number: number, kind: string = ''): string {
  return `<li class="${kind}"><b>${number.toLocaleString('en')}</b><span>${name}</span></li>`;
}

function leftOut(number: number, what: string, more: string): string[] {
  return number > 0 ? [`<p class="note">${number.toLocaleString('en')} more ${what} are left out here. ${more}</p>`] : [];
}

function filters(findings: readonly Finding[], paths: readonly PathRow[]): string {
  const clients = clientsOf([...paths], Object.keys(CLIENTS));
  const hit = findings.flatMap((finding) => finding.clients).filter((client) => !clients.includes(client));
  const select = (label: string, name: string, all: readonly string[]) =>
    `<label>${label}<select name="${name}"><option value="">all</option>${[...new Set(all)].map((value) => `<option value="${token(value)}">${escaped(value)}</option>`).join('')}</select></label>`;
  const levels = LEVELS.map((level) => `<label><input type="checkbox" name="level" value="${level}" checked>${NAMES[level]}</label>`).join('');
  return `<form class="filters" role="search" aria-label="Filter findings and paths" hidden>
<label>Text<input type="search" name="text" placeholder="name, path, message" autocomplete="off"></label>
${select('Client', 'client', [...clients, ...hit])}
${select('Rule', 'rule', findings.map(({ rule }) => rule).sort())}
${select('Stack', 'stack', [...findings, ...paths].map(({ stack }) => stack).sort())}
<fieldset><legend>Levels</legend>${levels}</fieldset>
<button type="reset">Show all</button>
<span data-status role="status"></span>
</form>`;
}

/** A name without blanks, for attributes that hold several. */
function token(name: string): string {
  return escaped(name.replace(/\s/g, '_'));
}

function findingPanel(finding: Finding, index: number): string {
  const { rule, level, clients, resource, constructPath, property, template, stack, line, message, fix, paths, assumptions, sources } = finding;
  const rows: [string, string][] = [
    ['Where', `<code>${escaped(resource)}</code> <code>${escaped(property)}</code>`],
    ['File', `<code>${escaped(template)}${line === undefined ? '' : `:${line}`}</code>, stack <code>${escaped(stack)}</code>`],
    ...(constructPath === undefined ? [] : [['Construct', `<code>${escaped(constructPath)}</code>`] as [string, string]]),
    ['Clients', clients.map((client) => `<code>${escaped(client)}</code>`).join(', ')],
    ['Paths', `<ul>${paths.slice(0, 10).map((path) => `<li>${path.map((hop) => `<code>${escaped(hop)}</code>`).join(' → ')}</li>`).join('')}${paths.length > 10 ? `<li>and ${paths.length - 10} more</li>` : ''}</ul>`],
    ...(assumptions.length > 0 ? [['Rests on', assumptions.map(escaped).join('; ')] as [string, string]] : []),
    ['Evidence', `<ul>${sources.map((source) => `<li>${escaped(source)}</li>`).join('')}</ul>`],
  ];
  return `<details class="panel finding ${level}" id="finding-${index + 1}" data-item="finding" data-level="${level}" data-rule="${rule}" data-client="${words(clients)}" data-stack="${token(stack)}">
<summary><span class="badge ${level}">${level}</span><span class="rule">${rule}</span><code>${escaped(resource)}</code><span class="end">${clients.slice(0, 3).map(escaped).join(', ')}${clients.length > 3 ? ` and ${clients.length - 3} more` : ''} <span class="badge ${level}">${getsOf(finding)}</span></span></summary>
<div class="inside"><p class="message">${escaped(message)}</p><p class="fix"><b>Fix</b> ${escaped(fix)}</p>
<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>
<p><a href="${pageUrl(rule)}">More about ${rule}</a></p></div>
</details>`;
}

/** The rows that begin at one entry point, for one kind of client. */
interface EntryPoint {
  readonly stack: string;
  readonly template: string;
  readonly entry: string;
  readonly kind: string;
  readonly rows: readonly PathRow[];
  readonly failing: number;
}

/** Those with failures first. */
function entryPoints(paths: readonly PathRow[], seen: Seen): EntryPoint[] {
  const groups = new Map<string, PathRow[]>();
  for (const row of paths) {
    if (row.path.length === 0) continue;
    const key = JSON.stringify([row.template, row.stack, row.path[0], row.kind]);
    push(groups, key, row);
  }
  return [...groups.values()]
    .map((rows) => ({
      stack: rows[0].stack,
      template: rows[0].template,
      entry: rows[0].path[0],
      kind: rows[0].kind,
      rows,
      failing: rows.filter((row) => Object.keys(row.outcomes).some((client) => seen.of(row, client).length > 0 || !(isGood(row.outcomes[client]) || row.outcomes[client] === 'unknown'))).length,
    }))
    .sort((one, other) => Number(other.failing > 0) - Number(one.failing > 0));
}

function entries(groups: readonly EntryPoint[], seen: Seen): string[] {
  const parts: string[] = [];
  let left = MOST_ROWS;
  let pictures = MOST_PICTURES;
  let unshown = 0;
  let undrawn = 0;
  for (const group of groups) {
    const rows = group.rows.slice(0, left);
    unshown += group.rows.length - rows.length;
    if (rows.length === 0) continue;
    left -= rows.length;
    const drawable = pictures > 0 && boxesOf(rows) <= MOST_BOXES;
    if (drawable) pictures -= 1;
    else undrawn += 1;
    parts.push(entryPanel({ ...group, rows }, seen, drawable, groups.length <= OPEN || group.failing > 0));
  }
  return [
    ...parts,
    ...leftOut(unshown, 'paths', 'Those that fail come first; <code>cdk-handshake paths --format json</code> has all.'),
    ...leftOut(undrawn, 'pictures', 'Their paths are in the tables.'),
  ];
}

function entryPanel({ stack, template, entry, kind, rows, failing }: EntryPoint, seen: Seen, drawable: boolean, open: boolean): string {
  const clients = clientsOf(rows, Object.keys(CLIENTS));
  const state = failing > 0 ? `<span class="badge error">${failing} of ${rows.length} ${rows.length === 1 ? 'path' : 'paths'} with failures</span>` : `<span class="badge good">${rows.length} ${rows.length === 1 ? 'path' : 'paths'}</span>`;
  const name = `Paths of ${kind} clients from ${entry} in ${stack}: ${rows.map(({ path }) => path.join(' to ')).slice(0, 10).join('; ')}`;
  return `<details class="panel" data-group${open ? ' open' : ''}>
<summary><h3><code>${escaped(entry)}</code></h3><span class="badge">${kind}</span><span class="muted">${escaped(stack)}, <code>${escaped(template)}</code></span><span class="end">${state}</span></summary>
<div class="inside">
${drawable ? `<div class="scroll" tabindex="0" role="region" aria-label="Picture: ${escaped(entry)}, ${kind}">${picture(rows, name)}</div>` : ''}
<div class="scroll"><table><thead><tr><th scope="col">path</th>${clients.map((client) => `<th scope="col" data-cell="${client}">${client}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => pathRow(row, clients, seen)).join('\n')}</tbody></table></div>
</div></details>`;
}

function pathRow(row: PathRow, clients: readonly string[], seen: Seen): string {
  const findings = Object.keys(row.outcomes).flatMap((client) => seen.of(row, client));
  const hops = row.path.map((hop) => `<code>${escaped(hop)}</code>`).join(' → ');
  const at = row.at === undefined ? '' : `<br><span class="muted">at</span> <code>${escaped(row.at)}</code>`;
  // A row without findings is there at every level.
  const levels = findings.length > 0 ? findings.map(({ level }) => level) : LEVELS;
  return `<tr data-item="path" data-level="${words(levels)}" data-rule="${words(findings.map(({ rule }) => rule))}" data-client="${words(Object.keys(row.outcomes))}" data-stack="${token(row.stack)}"><th scope="row">${hops}${at}</th>${clients.map((client) => cell(row, client)).join('')}</tr>`;
}

function cell(row: PathRow, client: string): string {
  const outcome = row.outcomes[client];
  if (outcome === undefined) return `<td data-cell="${client}"><span class="muted">–</span></td>`;
  const kind = isGood(outcome) ? 'good' : outcome === 'unknown' ? '' : 'bad';
  const legs = (row.legs ?? []).filter(({ clients }) => clients.includes(client)).map(spoken);
  const why = row.notes[client]?.why;
  const title = [why, legs.length > 0 ? `Legs: ${legs.join(' → ')}` : undefined].filter(Boolean).join('. ');
  return `<td data-cell="${client}"><span class="badge ${kind}"${title ? ` title="${escaped(title)}"` : ''}>${escaped(outcome)}</span></td>`;
}
