// The report as a comment on a pull request: a summary, a table of findings, what to change, and the paths, folded. It begins with a marker, so
// that the next run finds its comment, and never grows over what GitHub takes; what is left out is said.
// Facts: GitHub refuses comments of more than 65,536 characters; GitHub Flavored Markdown: character references are text and never markup,
// @names and #numbers are linked wherever they stand outside of code.

import { Report } from './report';
import { safe } from './safe';
import { clientsOf, countsOf, getsOf, isGood } from './seen';
import { pageUrl } from './tool';
import { CLIENTS, Level } from '../protocol';
import { Finding, PathRow } from '../rules';

const LIMIT = 65_536;
/** For the sentences that say what was cut. */
const RESERVE = 1_000;
const ICON = { error: '🔴', warning: '🟡', info: '🔵' } as const satisfies Record<Level, string>;

export function markdownReport({ analysis, unreadable }: Report): string {
  const { findings, paths, templates, resources, acknowledged = [], known = [] } = analysis;
  const page = new Page(LIMIT - RESERVE);
  page.add(['<!-- cdk-handshake -->', `### cdk-handshake: ${verdict(findings)}`, '', `${countsOf(findings)} in ${templates} templates, ${resources} resources, ${paths.length} paths.`]);
  if (acknowledged.length > 0) page.add([`${acknowledged.length} acknowledged findings are not listed.`]);
  if (known.length > 0) page.add([`${known.length} findings that the baseline knows are not listed.`]);
  page.add(['']);
  page.table(['| | rule | who gets what | where |', '|---|---|---|---|'], findings.map(line), (left) => `${left} more findings did not fit into this comment.`);
  page.table([], unreadable.map(({ file, reason }) => `- ${code(file)} could not be read: ${text(reason)}`), (left) => `${left} more files could not be read.`);
  page.folded('What to change', findings.map(advice), (left) => `The advice for ${left} more findings did not fit; <code>cdk-handshake check</code> prints it.`);
  const clients = clientsOf(paths, Object.keys(CLIENTS));
  const head = ['', `| path | ${clients.join(' | ')} |`, `|---|${clients.map(() => '---|').join('')}`];
  page.folded('Who gets through where', paths.map((row) => pathLine(row, clients)), (left) => `${left} more paths did not fit; <code>cdk-handshake paths</code> prints them.`, head);
  return page.text();
}

function verdict(findings: readonly Finding[]): string {
  if (findings.some(({ level }) => level === 'error')) return 'some clients do not get through';
  return findings.some(({ level }) => level === 'warning') ? 'some clients may not get through' : 'every client gets its handshake';
}

function line(finding: Finding): string {
  const { level, rule, clients, resource, template, line: at } = finding;
  const shown = clients.length > 4 ? `${clients.slice(0, 3).join(', ')} and ${clients.length - 3} more` : clients.join(', ');
  const where = `${code(resource)}<br>${code(`${template}${at === undefined ? '' : `:${at}`}`)}`;
  return `| ${ICON[level]} ${level} | [${rule}](${pageUrl(rule)}) | ${shown}: **${getsOf(finding)}** | ${where} |`;
}

function advice({ level, rule, resource, property, message, fix }: Finding): string {
  return `- ${ICON[level]} **${rule}** at ${code(resource)} ${code(property)}: ${text(message)}<br>**Fix:** ${text(fix)}`;
}

function pathLine({ stack, path, kind, at, outcomes }: PathRow, clients: readonly string[]): string {
  const cells = clients.map((client) => {
    const outcome = outcomes[client];
    if (outcome === undefined) return '';
    return isGood(outcome) ? outcome : outcome === 'unknown' ? '*unknown*' : `**${outcome}**`;
  });
  return `| ${code(`${stack}: ${path.join(' → ')}`)}${at === undefined ? '' : ` ${code(at)}`} ${kind} | ${cells.join(' | ')} |`;
}

/** Lines, as long as they fit. */
class Page {
  private readonly lines: string[] = [];
  private size = 0;

  constructor(private readonly limit: number) {}

  public add(lines: readonly string[]): boolean {
    const size = lines.reduce((sum, one) => sum + one.length + 1, 0);
    if (this.size + size > this.limit) return false;
    this.lines.push(...lines);
    this.size += size;
    return true;
  }

  public table(head: readonly string[], rows: readonly string[], cut: (left: number) => string): void {
    if (rows.length === 0) return;
    const after = this.add(head) ? rows.findIndex((row) => !this.add([row])) : 0;
    this.lines.push('');
    if (after >= 0) this.lines.push(cut(rows.length - after), '');
  }

  public folded(title: string, rows: readonly string[], cut: (left: number) => string, head: readonly string[] = ['']): void {
    if (rows.length === 0) return;
    this.lines.push(`<details><summary>${title} (${rows.length})</summary>`);
    this.table(head, rows, cut);
    this.lines.push('</details>', '');
  }

  public text(): string {
    return `${this.lines.join('\n').trimEnd()}\n`;
  }
}

/** A name that others wrote, as code: neither markup nor a mention. */
function code(name: string): string {
  return `<code>${references(safe(name))}</code>`;
}

/** A sentence: what could be markup is a character reference, and nobody is mentioned. */
function text(raw: string): string {
  return references(raw.split('\n').map(safe).join(' ')).replace(/&#(64|35);/g, '&#$1;&#8203;').replace(/\bwww\./g, 'www&#46;');
}

function references(raw: string): string {
  return raw.replace(/[^\p{L}\p{N} .,;()=+'"/\u2192-]/gu, (character) => `&#${character.codePointAt(0)};`);
}
