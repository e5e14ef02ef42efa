// Who loses and who gains, as text and as JSON.
// Not here: what makes a difference (rules/differences.ts).

import { painter, safe, wrap } from '../report';
import { Difference, Turn } from '../rules';

const STYLES = { lost: 'red', unclear: 'yellow', otherwise: 'dim', gained: 'green' } as const satisfies Record<Turn, string>;
const WIDTH = 104;

/** Grouped by place, the places with losses first. */
export function diffText(all: readonly Difference[], colour: boolean): string {
  const paint = painter(colour);
  const groups = new Map<string, Difference[]>();
  for (const difference of all) {
    const { stack, kind, at, path } = difference;
    const heading = safe(`${stack}: ${path.join(' -> ')} (${kind}${at === undefined ? '' : `, ${at}`})`);
    const group = groups.get(heading);
    if (group) group.push(difference);
    else groups.set(heading, [difference]);
  }
  const lines: string[] = [];
  for (const [heading, group] of groups) {
    lines.push(paint(heading, 'bold'));
    for (const { turn, clients, before, after, why } of group) {
      const [first, ...rest] = wrap(clients.join(', '), WIDTH - 12);
      lines.push(`  ${paint(turn.padEnd(9), STYLES[turn])} ${first}`, ...rest.map((text) => `            ${text}`));
      const reason = `${named(before, 'no such place')} -> ${named(after, 'no such place')}${why === undefined ? '' : `: ${why}`}`;
      lines.push(...wrap(safe(reason), WIDTH - 12).map((text) => `            ${text}`));
    }
    lines.push('');
  }
  lines.push(summary(all));
  return `${lines.join('\n')}\n`;
}

/** One object: a contract that is only ever added to (docs/what-if.md). */
export function diffJson(all: readonly Difference[], more: object): string {
  const counts = Object.fromEntries((['lost', 'unclear', 'otherwise', 'gained'] as const).map((turn) => [turn, clientsOf(all, turn).length]));
  return `${JSON.stringify({ version: 1, summary: counts, ...more, differences: all }, null, 2)}\n`;
}

function summary(all: readonly Difference[]): string {
  if (all.length === 0) return 'every client fares as before on every path';
  const says: Readonly<Record<Turn, string>> = {
    lost: 'no longer get through somewhere', unclear: 'may no longer', otherwise: 'fail with another answer', gained: 'get through somewhere for the first time',
  };
  const parts = (Object.keys(says) as Turn[]).flatMap((turn) => {
    const clients = clientsOf(all, turn);
    return clients.length > 0 ? [`${clients.length} ${says[turn]}`] : [];
  });
  return `clients: ${parts.join('; ')}`;
}

function clientsOf(all: readonly Difference[], turn: Turn): string[] {
  return [...new Set(all.filter((difference) => difference.turn === turn).flatMap(({ clients }) => clients))];
}

function named(outcomes: readonly string[], none: string): string {
  return outcomes.length > 0 ? outcomes.join(' or ') : none;
}
