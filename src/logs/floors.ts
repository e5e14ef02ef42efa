// Who breaks if the lowest TLS version is raised: requests and connections that used an older one, by user agent family.
// The version that was used is the highest that both sides have. So who used 1.0 or 1.1 where 1.2 was offered cannot do better; but if
// no line has a version as high as the new floor, the listener may not have offered it, and nothing can be said: `offered` tells.
// Connection logs have no user agent. Connections are joined to requests by conn_trace_id, as far as bounded memory reaches.
// Facts: RFC 8446 section 4.2.1 and RFC 5246 appendix E (selection of the version); ELB guide "Connection logs" (conn_trace_id).

import { ownCopy } from './own-copy';
import { LoggedConnection, LoggedRequest } from './request';
import { Tally } from './tally';
import { TLS_VERSIONS, TlsVersion } from '../protocol';

export type TlsFloor = '1.2' | '1.3';

export const TLS_FLOORS: readonly TlsFloor[] = ['1.2', '1.3'];

export interface FloorFamily {
  readonly family: string;
  readonly requests: number;
  readonly connections: number;
}

export interface FloorAnswer {
  readonly floor: TlsFloor;
  /** Requests with an older version, and of how many over TLS. */
  readonly requests: number;
  readonly ofRequests: number;
  readonly requestShare: number;
  /** Connections with an older version, and of how many over TLS; from connection logs alone. */
  readonly connections: number;
  readonly ofConnections: number;
  readonly connectionShare: number;
  /** Whether any line has this version or a higher one. */
  readonly offered: boolean;
  /** Families with the most requests and connections first. */
  readonly families: readonly FloorFamily[];
}

const FAMILIES = 200;
const REMEMBERED = 50_000;
export const NO_REQUEST = '(no request of the connection is in the logs)';

export class Floors {
  private readonly floors = TLS_FLOORS.map((floor) => new Floor(floor));

  public request(request: LoggedRequest, family: string): void {
    if (request.tls === undefined) return;
    for (const floor of this.floors) floor.request(request.tls, family, request.connection);
  }

  public connection({ tls, connection }: LoggedConnection): void {
    if (tls === undefined) return;
    for (const floor of this.floors) floor.connection(tls, connection);
  }

  public answers(): FloorAnswer[] {
    return this.floors.map((floor) => floor.answer());
  }
}

class Floor {
  private readonly lowest: number;
  private readonly families = new Tally(3, FAMILIES);
  private readonly familyOf = new Map<string, string>();
  private readonly waiting = new Map<string, number>();
  private requests = 0;
  private connections = 0;
  private older = 0;
  private unmatched = 0;
  private offered = false;

  constructor(private readonly floor: TlsFloor) {
    this.lowest = TLS_VERSIONS.indexOf(floor);
  }

  public request(tls: TlsVersion, family: string, connection: string | undefined): void {
    this.requests += 1;
    if (this.fine(tls)) return;
    const counts = this.families.of(family);
    counts[0] += 1;
    counts[1] += 1;
    if (connection !== undefined && this.familyOf.size < REMEMBERED && !this.familyOf.has(connection)) this.familyOf.set(bounded(connection), family);
  }

  public connection(tls: TlsVersion, connection: string | undefined): void {
    this.connections += 1;
    if (this.fine(tls)) return;
    this.older += 1;
    if (connection === undefined || this.waiting.size >= REMEMBERED) this.unmatched += 1;
    else this.waiting.set(bounded(connection), (this.waiting.get(connection) ?? 0) + 1);
  }

  public answer(): FloorAnswer {
    for (const [connection, times] of this.waiting) this.addConnections(this.familyOf.get(connection) ?? NO_REQUEST, times);
    if (this.unmatched > 0) this.addConnections(NO_REQUEST, this.unmatched);
    this.waiting.clear();
    this.unmatched = 0;
    const requests = this.families.sum(1);
    const rows = this.families.rows().map(({ key, counts }) => ({ family: key, requests: counts[1], connections: counts[2] }));
    const { other } = this.families;
    return {
      floor: this.floor,
      requests,
      ofRequests: this.requests,
      requestShare: share(requests, this.requests),
      connections: this.older,
      ofConnections: this.connections,
      connectionShare: share(this.older, this.connections),
      offered: this.offered,
      families: other[0] > 0 ? [...rows, { family: '(others)', requests: other[1], connections: other[2] }] : rows,
    };
  }

  private fine(tls: TlsVersion): boolean {
    const fine = TLS_VERSIONS.indexOf(tls) >= this.lowest;
    if (fine) this.offered = true;
    return fine;
  }

  private addConnections(family: string, times: number): void {
    const counts = this.families.of(family);
    counts[0] += times;
    counts[2] += times;
  }
}

function bounded(connection: string): string {
  return ownCopy(connection.slice(0, 64));
}

/** A share from 0 to 1 with six digits; 0 of nothing is 0. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6;
}
