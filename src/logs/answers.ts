// The questions that are put to the logs, and their answers: who calls, over which protocol and TLS version, with what result, who is
// out of date. One pass; what is kept does not grow with the logs.
// Not here: which requests failed and why (problems.ts), who breaks with a higher TLS floor (floors.ts).
// Facts: RFC 8996 (TLS 1.0 and 1.1 must not be used); HTTP/1.0 is what Envoy and others answer with 426 (protocol/presets.ts).

import { Agents } from './agent';
import { FloorAnswer, Floors, share } from './floors';
import { Problem, Problems } from './problems';
import { LogFormat, LoggedConnection, LoggedRequest } from './request';
import { Tally } from './tally';
import { TlsVersion } from '../protocol';

/** By what requests can be counted. */
export const DIMENSIONS = ['family', 'path', 'status', 'tls', 'protocol'] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** The requests of one family, path, status, TLS version or protocol. */
export interface CountedRow {
  readonly key: string;
  readonly requests: number;
  /** Of all requests, from 0 to 1. */
  readonly share: number;
  readonly status426: number;
  readonly status464: number;
  /** 502, 503 and 504. */
  readonly gatewayErrors: number;
  /** Logged as WebSockets, without a 101. */
  readonly failedHandshakes: number;
  /** HTTP/1.0 and HTTP/0.9. */
  readonly oldHttp: number;
  /** Below TLS 1.2. */
  readonly oldTls: number;
}

export interface Counted {
  readonly rows: readonly CountedRow[];
  /** All that has no row of its own. */
  readonly others?: CountedRow;
  /** Whether counts of single rows may be too low, because there were too many keys to keep. */
  readonly partial: boolean;
}

export interface OutdatedClient {
  readonly family: string;
  readonly why: string;
  readonly requests: number;
  readonly share: number;
}

export interface ConnectionCount {
  readonly key: string;
  readonly connections: number;
  readonly share: number;
}

export interface Answers {
  readonly requests: number;
  readonly connections: number;
  readonly by: Readonly<Record<Dimension, Counted>>;
  readonly problems: readonly Problem[];
  readonly unlistedProblems: number;
  readonly outdated: readonly OutdatedClient[];
  readonly floors: readonly FloorAnswer[];
  readonly connectionsByTls: readonly ConnectionCount[];
  readonly connectionsByResult: readonly ConnectionCount[];
}

const LIMITS: Readonly<Record<Dimension, number>> = { family: 500, path: 1000, status: 100, tls: 20, protocol: 20 };
const COLUMNS = 7;

export const CLEARTEXT = 'none, or not logged';

export class Questions {
  private readonly tallies = DIMENSIONS.map((dimension) => new Tally(COLUMNS, LIMITS[dimension]));
  private readonly agents = new Agents();
  private readonly problems = new Problems();
  private readonly floors = new Floors();
  private readonly outdated = new Tally(1, 200);
  private readonly byTls = new Tally(1, 20);
  private readonly byResult = new Tally(1, 50);
  private readonly formats = new Map<LogFormat, number>();
  private requests = 0;
  private connections = 0;

  public request(request: LoggedRequest): void {
    const { family, outdated } = this.agents.of(request.agent);
    this.requests += 1;
    this.formats.set(request.format, (this.formats.get(request.format) ?? 0) + 1);
    this.count(request, [family, request.path, request.status, tlsName(request.tls), request.protocol]);
    this.problems.request(request, family);
    this.floors.request(request, family);
    const why = outdatedBy(request) ?? outdated;
    if (why !== undefined) this.outdated.of(`${family}\u0000${why}`)[0] += 1;
  }

  public connection(connection: LoggedConnection): void {
    this.connections += 1;
    this.formats.set('alb-connection', (this.formats.get('alb-connection') ?? 0) + 1);
    this.byTls.of(tlsName(connection.tls))[0] += 1;
    this.byResult.of(connection.result ?? 'none')[0] += 1;
    this.floors.connection(connection);
  }

  /** Lines by format. */
  public lines(): Readonly<Partial<Record<LogFormat, number>>> {
    return Object.fromEntries(this.formats);
  }

  public answers(): Answers {
    const { problems, unlisted } = this.problems.answer();
    return {
      requests: this.requests,
      connections: this.connections,
      by: Object.fromEntries(DIMENSIONS.map((dimension, index) => [dimension, this.counted(this.tallies[index])])) as unknown as Answers['by'],
      problems,
      unlistedProblems: unlisted,
      outdated: this.outdated.rows().map(({ key, counts: [requests] }) => {
        const [family, why] = key.split('\u0000');
        return { family, why, requests, share: share(requests, this.requests) };
      }),
      floors: this.floors.answers(),
      connectionsByTls: this.connectionCounts(this.byTls),
      connectionsByResult: this.connectionCounts(this.byResult),
    };
  }

  private count(request: LoggedRequest, keys: readonly string[]): void {
    const { status } = request;
    const gateway = status === '502' || status === '503' || status === '504';
    const oldHttp = request.protocol === 'HTTP/1.0' || request.protocol === 'HTTP/0.9';
    const oldTls = isOld(request.tls);
    keys.forEach((key, index) => {
      const counts = this.tallies[index].of(key);
      counts[0] += 1;
      if (status === '426' || request.masked426) counts[1] += 1;
      if (status === '464') counts[2] += 1;
      if (gateway) counts[3] += 1;
      if (request.opened === false) counts[4] += 1;
      if (oldHttp) counts[5] += 1;
      if (oldTls) counts[6] += 1;
    });
  }

  private counted(tally: Tally): Counted {
    const rows = tally.rows().map(({ key, counts }) => this.row(key, counts));
    return { rows, others: tally.other[0] > 0 ? this.row('(others)', tally.other) : undefined, partial: tally.partial };
  }

  private row(key: string, [requests, status426, status464, gatewayErrors, failedHandshakes, oldHttp, oldTls]: readonly number[]): CountedRow {
    return { key, requests, share: share(requests, this.requests), status426, status464, gatewayErrors, failedHandshakes, oldHttp, oldTls };
  }

  private connectionCounts(tally: Tally): ConnectionCount[] {
    const { connections } = this;
    const rows = tally.rows().map(({ key, counts }) => ({ key, connections: counts[0], share: share(counts[0], connections) }));
    const others = tally.other[0];
    return others > 0 ? [...rows, { key: '(others)', connections: others, share: share(others, connections) }] : rows;
  }
}

function isOld(tls: TlsVersion | undefined): boolean {
  return tls === '1.0' || tls === '1.1' || tls === 'SSLv3';
}

function tlsName(tls: TlsVersion | undefined): string {
  if (tls === undefined) return CLEARTEXT;
  return tls === 'SSLv3' ? tls : `TLS ${tls}`;
}

/** By what it did; TLS comes first, because it is what a policy shuts out. */
function outdatedBy({ tls, protocol }: LoggedRequest): string | undefined {
  if (isOld(tls)) return `uses ${tlsName(tls)}`;
  return protocol === 'HTTP/1.0' || protocol === 'HTTP/0.9' ? `speaks ${protocol}` : undefined;
}
