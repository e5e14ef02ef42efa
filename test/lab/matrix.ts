// The lab's matrix: what real programs did with each client, one row a cell, and whether a model's prediction agrees with it.
// A row agrees if kind and status are those seen, or those of one of its `alsoSeen`; and ALPN, TLS version, whether frames were
// carried and the idle time, wherever both sides say something. Not here: who predicts (registry.ts).

import { Knock, Program, Seen } from '../../src/systems/program/knock';

export interface Row {
  readonly system: string;
  readonly version: string;
  readonly variant: string;
  readonly config?: string;
  /** What stands behind a proxy. */
  readonly backend?: string;
  readonly listener: 'clear' | 'tls';
  readonly client: string;
  readonly outcome: Cell & { readonly alsoSeen?: readonly Cell[] };
}

export interface Cell {
  readonly kind: Seen['kind'];
  readonly status?: number;
  readonly alpn?: string;
  /** As Node names it: TLSv1, TLSv1.2. */
  readonly tls?: string;
  /** Idle watches only. */
  readonly ms?: number;
  readonly note?: string;
}

/** A system that is modelled: the program that a row is about, or undefined for variants that are left out, with the reason. */
export interface Modelled {
  readonly system: string;
  /** Those that stand in a table. */
  readonly variants?: readonly string[];
  program(row: Row): Program | { readonly leftOut: string };
  /** Where the client is a program of its own: what it sees. */
  see?(row: Row): Seen | { readonly leftOut: string };
}

export type Judged =
  | { readonly is: 'agrees' }
  | { readonly is: 'differs'; readonly predicted: Seen }
  | { readonly is: 'left out'; readonly because: string };

export function judge(row: Row, modelled: Modelled, knocks: (client: string, listener: Row['listener']) => Knock | undefined): Judged {
  const predicted = modelled.see ? modelled.see(row) : seeKnock(row, modelled, knocks(row.client, row.listener));
  if ('leftOut' in predicted) return { is: 'left out', because: predicted.leftOut };
  if (predicted.kind === 'unknown') return { is: 'left out', because: predicted.because };
  const cells = [row.outcome, ...(row.outcome.alsoSeen ?? [])];
  return cells.some((cell) => agrees(predicted, cell)) ? { is: 'agrees' } : { is: 'differs', predicted };
}

function seeKnock(row: Row, modelled: Modelled, knock: Knock | undefined): Seen | { readonly leftOut: string } {
  if (!knock) return { leftOut: `no such client here: ${row.client}` };
  const program = modelled.program(row);
  return typeof program === 'function' ? program(knock) : program;
}

export function agrees(seen: Seen, cell: Cell): boolean {
  if (seen.kind !== cell.kind) return false;
  if ((seen.kind === 'status' || seen.kind === 'wrong-protocol') && seen.status !== cell.status) return false;
  if (seen.kind === '101' && /echo/.test(cell.note ?? '') && (seen.frames === false) !== /no echo/.test(cell.note ?? '')) return false;
  if (seen.kind === 'connection-closed' && seen.afterSeconds !== undefined && cell.ms !== undefined) {
    if (Math.abs(seen.afterSeconds - cell.ms / 1000) > 1) return false;
  }
  if (seen.alpn !== undefined && cell.alpn !== undefined && seen.alpn !== cell.alpn) return false;
  return seen.tls === undefined || cell.tls === undefined || tlsName(seen.tls) === cell.tls;
}

function tlsName(version: string): string {
  return version === '1.0' ? 'TLSv1' : `TLSv${version}`;
}

export function nameCell(cell: Cell): string {
  return [cell.kind, cell.status, cell.alpn, cell.tls, cell.ms !== undefined && `${cell.ms} ms`].filter((part) => part !== undefined && part !== false).join(' ');
}
