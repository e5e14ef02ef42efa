// Which servers of HAProxy may get a request, what to make of several, whether one is up, and how long a silent tunnel lives.
// Not here: what a server gets (server.ts).
// Facts: configuration manual, use_backend (the first that fits), timeout tunnel; seen with 2.6.12, 3.0.11, 3.2.26.

import { HaproxyRow } from './ages';
import { isUp } from './check';
import { HaproxyRoute, HaproxyServer, HaproxySettings } from './settings';
import { legOf } from '../program/answer';
import { nameSeen, Program, Seen } from '../program/knock';

export type Behind = (server: HaproxyServer) => Program;

/** Every server that may get the request, the first that must last. */
export function serversFor({ routes = [], server }: HaproxySettings, path: string): readonly (HaproxyServer | undefined)[] {
  const fitting = routes.filter((route) => fits(route, path));
  const sure = fitting.findIndex(({ maybe }) => !maybe);
  return sure < 0 ? [...fitting.map((route) => route.server), server] : fitting.slice(0, sure + 1).map((route) => route.server);
}

/** What stands after a question mark does not count. */
function fits({ pathBeg, path: whole = [] }: HaproxyRoute, path: string): boolean {
  return pathBeg === undefined || pathBeg.some((beginning) => path.startsWith(beginning)) || whole.includes(path.split('?')[0]);
}

/** One outcome, if all that may be taken give the same. */
export function agreed(all: readonly Seen[]): Seen {
  const [first] = all;
  const unknown = all.find(({ kind }) => kind === 'unknown');
  if (unknown) return unknown;
  if (all.every((seen) => nameSeen(seen) === nameSeen(first))) return first;
  return { kind: 'unknown', because: `servers of HAProxy that may get the request answer differently: ${[...new Set(all.map(nameSeen))].join(', ')}` };
}

/** What is not understood, or cannot be checked, is not guessed. */
export function throughServer(server: HaproxyServer, go: (up: boolean) => Seen, row: HaproxyRow, behind: Program): Seen {
  if (server.unknown?.length) return { kind: 'unknown', because: server.unknown.join('; ') };
  const up = isUp(server, row, behind);
  return up === 'unknown' ? { kind: 'unknown', because: `the health check of ${server.backend ?? 'the server'} cannot be told` } : go(up);
}

/** A tunnel in which nobody speaks. */
export function silence({ timeouts }: HaproxySettings, { timeouts: behind }: HaproxyServer): number {
  return behind?.tunnel ?? Math.min(timeouts?.client ?? Infinity, behind?.server ?? Infinity);
}

export function silent(settings: HaproxySettings, server: HaproxyServer, patience: number, seen: Seen): Seen {
  return shorter(silence(settings, server), patience, { kind: 'timeout', ...legOf(seen) });
}

export function shorter(seconds: number, patience: number, seen: Seen): Seen {
  const sooner = seconds <= patience && (seen.kind === 'timeout' || (seen.kind === 'connection-closed' && (seen.afterSeconds ?? 0) > seconds));
  return sooner ? { kind: 'connection-closed', afterSeconds: seconds, ...legOf(seen) } : seen;
}
