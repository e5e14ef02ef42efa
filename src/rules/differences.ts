// Two analyses side by side: which clients got through before and do not now, and the other way round, by place. A place is where a
// client knocks (stack, entry, kind, host and path); what stands behind it may have changed its name.
// Not here: making the two analyses, and showing the differences.

import { Kind, Outcome } from '../protocol';
import { Analysis, PathRow } from './finding';

/**
 * `lost`: got through, and does not. `gained`: did not get through, and does. `unclear`: got through or was turned away for certain, and the
 * templates do not tell now. `otherwise`: fails now as before, with another answer.
 */
export type Turn = 'lost' | 'gained' | 'unclear' | 'otherwise';

/** Clients that fare alike at one place. */
export interface Difference {
  readonly turn: Turn;
  readonly stack: string;
  readonly kind: Kind | 'health-check';
  /** Host and path, where the place has any. */
  readonly at?: string;
  /** Logical ids of the hops as they are now; as they were where there is no such place any more. */
  readonly path: readonly string[];
  readonly clients: readonly string[];
  /** Empty: there was no such place. */
  readonly before: readonly Outcome[];
  /** Empty: there is no such place any more, or none that the client can knock at. */
  readonly after: readonly Outcome[];
  /** Why the clients fail now, as far as they do. */
  readonly why?: string;
}

type Place = ReadonlyMap<string, readonly PathRow[]>;

const ORDER: readonly Turn[] = ['lost', 'unclear', 'otherwise', 'gained'];

/** What differs, the losses first. Where each side has one template, their names may differ. */
export function differences(before: Analysis, after: Analysis): Difference[] {
  const named = before.templates !== 1 || after.templates !== 1;
  const [old, now] = [places(before, named), places(after, named)];
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  return keys
    .flatMap((key) => atPlace(old.get(key) ?? [], now.get(key) ?? []))
    .sort((one, other) => ORDER.indexOf(one.turn) - ORDER.indexOf(other.turn));
}

function places({ paths }: Analysis, named: boolean): Place {
  const found = new Map<string, PathRow[]>();
  for (const row of paths) {
    const key = JSON.stringify([named ? row.stack : '', row.path[0], row.kind, row.at]);
    const rows = found.get(key);
    if (rows) rows.push(row);
    else found.set(key, [row]);
  }
  return found;
}

function atPlace(before: readonly PathRow[], after: readonly PathRow[]): Difference[] {
  const groups = new Map<string, { difference: Omit<Difference, 'clients'>; clients: string[] }>();
  for (const client of new Set([...before, ...after].flatMap(({ outcomes }) => Object.keys(outcomes)))) {
    const [old, now] = [outcomesOf(before, client), outcomesOf(after, client)];
    const turn = turnOf(old, now);
    if (turn === undefined) continue;
    const row = (now.length > 0 ? after : before).find(({ outcomes }) => outcomes[client] !== undefined)!;
    const failing = after.find(({ outcomes }) => outcomes[client] !== undefined && !through(outcomes[client]));
    const why = failing?.notes[client]?.why;
    const key = JSON.stringify([turn, old, now, why]);
    const group = groups.get(key);
    if (group) {group.clients.push(client);} else {
      const { stack, kind, at, path } = row;
      groups.set(key, { clients: [client], difference: { turn, stack, kind, at, path, before: old, after: now, why } });
    }
  }
  return [...groups.values()].map(({ difference, clients }) => ({ ...difference, clients }));
}

function outcomesOf(rows: readonly PathRow[], client: string): Outcome[] {
  return [...new Set(rows.map(({ outcomes }) => outcomes[client]).filter((outcome) => outcome !== undefined))];
}

function turnOf(before: readonly Outcome[], after: readonly Outcome[]): Turn | undefined {
  if (before.length === after.length && before.every((outcome) => after.includes(outcome))) return undefined;
  const [was, is] = [state(before), state(after)];
  if (is === 'unknown') return was === 'unknown' || before.length === 0 ? undefined : 'unclear';
  if (was === 'through') return is === 'through' ? undefined : 'lost';
  if (is === 'through') return was === 'unknown' ? undefined : 'gained';
  return was === 'unknown' ? 'unclear' : before.length === 0 || after.length === 0 ? undefined : 'otherwise';
}

/** Whether clients get through wherever the place leads; nowhere to knock is not through. */
function state(outcomes: readonly Outcome[]): 'through' | 'not' | 'unknown' {
  if (outcomes.length === 0 || outcomes.some((outcome) => outcome !== 'unknown' && !through(outcome))) return 'not';
  return outcomes.includes('unknown') ? 'unknown' : 'through';
}

/** Served, or sent to a place of its own. */
function through(outcome: Outcome): boolean {
  return outcome === 'served' || outcome.startsWith('3');
}
