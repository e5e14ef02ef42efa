// The findings of an old estate, written down so that only new ones fail. A finding is known by its rule, its stack and its resource; it is new
// all the same where it is louder, or hits a client that it did not hit.
// Not here: reading and writing the file.

import { Finding } from './finding';
import { ClientId, Level, LEVELS } from '../protocol';

export interface KnownFinding {
  readonly rule: string;
  readonly stack: string;
  /** Logical id. */
  readonly resource: string;
  readonly level: Level;
  readonly clients: readonly ClientId[];
}

export interface Compared {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** Entries of the baseline that are not found any more. */
  readonly gone: readonly KnownFinding[];
}

export function against(baseline: readonly KnownFinding[], findings: readonly Finding[]): Compared {
  const entries = new Map(baseline.map((entry) => [keyOf(entry), entry]));
  const known = findings.filter((finding) => isKnown(finding, entries.get(keyOf(finding))));
  const found = new Set(findings.map(keyOf));
  return { known, fresh: findings.filter((finding) => !known.includes(finding)), gone: baseline.filter((entry) => !found.has(keyOf(entry))) };
}

/** As it is written down, in an order that makes small changes small. */
export function baselineOf(findings: readonly Finding[]): KnownFinding[] {
  return findings
    .map(({ rule, stack, resource, level, clients }) => ({ rule, stack, resource, level, clients: [...clients].sort() }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ stack, resource, rule }: Pick<KnownFinding, 'stack' | 'resource' | 'rule'>): string {
  return JSON.stringify([stack, resource, rule]);
}

function isKnown({ level, clients }: Finding, entry: KnownFinding | undefined): boolean {
  return entry !== undefined && LEVELS.indexOf(level) >= LEVELS.indexOf(entry.level) && clients.every((client) => entry.clients.includes(client));
}
