// Which finding a cell of the path table shows: a finding names clients and paths, a row has paths and outcomes per client.
// A client that fails early has a shorter path than the row, which shows the longest; so a finding's path is the beginning of the row's.

import { ClientId, Level, LEVELS, Outcome } from '../protocol';
import { Analysis, Finding, PathRow } from '../rules';

export interface Seen {
  /** Findings that stand on no row: outdated clients that are let in, refusals at deployment, advice. */
  readonly elsewhere: readonly Finding[];
  /** The findings that a client meets on a row, the loudest first. */
  of(row: PathRow, client: string): readonly Finding[];
}

export function seenOn({ findings, paths }: Pick<Analysis, 'findings' | 'paths'>): Seen {
  const cells = new Map<PathRow, Map<string, Finding[]>>();
  const byStart = new Map<string, PathRow[]>();
  for (const row of paths) {
    for (const client of failing(row)) {
      for (let length = 1; length <= row.path.length; length++) {
        const start = [client, ...row.path.slice(0, length)];
        push(byStart, JSON.stringify(start), row);
        push(byStart, JSON.stringify([row.template, row.stack, start]), row);
      }
    }
  }
  const elsewhere = findings.filter((finding) => {
    let found = false;
    for (const path of finding.paths) {
      // The resource at fault may stand in another stack than the entry point.
      const rows = byStart.get(JSON.stringify([finding.template, finding.stack, path])) ?? byStart.get(JSON.stringify(path)) ?? [];
      for (const row of rows) {
        const ofRow = cells.get(row) ?? new Map<string, Finding[]>();
        push(ofRow, path[0], finding);
        cells.set(row, ofRow);
        found = true;
      }
    }
    return !found;
  });
  return { of: (row, client) => cells.get(row)?.get(client) ?? [], elsewhere };
}

/** Adds to the list of a key. */
export function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Whether an outcome is what a client wants: an answer of the server, or a redirect, which plain HTTP callers follow. */
export function isGood(outcome: Outcome): boolean {
  return outcome === 'served' || outcome.startsWith('3');
}

function failing({ outcomes, notes }: PathRow): string[] {
  return Object.keys(outcomes).filter((client) => outcomes[client] !== 'served' || notes[client]?.certainty === 'possible');
}

/** The clients of some rows, in the order in which they are always listed. */
export function clientsOf(rows: readonly PathRow[], all: readonly string[]): ClientId[] {
  const seen = new Set(rows.flatMap(({ outcomes }) => Object.keys(outcomes)));
  return all.filter((client) => seen.has(client)) as ClientId[];
}

/** What the clients of a finding get, in a word or two. */
export function getsOf({ level, outcome, certainty }: Finding): string {
  if (outcome === 'unknown') return level === 'info' ? 'advice' : 'cannot be known';
  return `${certainty === 'possible' ? 'possibly ' : ''}${outcome === 'served' ? 'let in' : outcome}`;
}

/** "1 error, 2 warnings, 0 infos". */
export function countsOf(findings: readonly Finding[]): string {
  const number = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return LEVELS.map((level) => `${number(level)} ${level}${number(level) === 1 ? '' : 's'}`).join(', ');
}
