// The shape of what comes out: findings, rows of the path table, the summary. Other tools read it (docs/contract.md).

import type { AcknowledgedFinding } from './acknowledge';
import { Certainty, ClientId, Kind, Level, Outcome } from '../protocol';

/** A verdict that should not be. One per rule and resource to change. */
export interface Finding {
  /** Rule id; its page is docs/rules/<rule>.md. */
  readonly rule: string;
  readonly level: Level;
  readonly certainty: Certainty;
  readonly template: string;
  readonly stack: string;
  /** Logical id of the resource to change. */
  readonly resource: string;
  readonly constructPath?: string;
  /** Property to change, from the resource down: Properties.SslPolicy. */
  readonly property: string;
  readonly line?: number;
  /** The first client that is hit. */
  readonly client: ClientId;
  /** All clients that are hit. */
  readonly clients: readonly ClientId[];
  readonly outcome: Outcome;
  /** One path as evidence: the client, then the logical id of each hop. */
  readonly path: readonly string[];
  /** All paths on which it was seen. */
  readonly paths: readonly (readonly string[])[];
  readonly message: string;
  readonly fix: string;
  /** What the verdict rests on beyond the template. */
  readonly assumptions: readonly string[];
  readonly sources: readonly string[];
}

/** One connection on a path. */
export interface PathLeg {
  /** Index in `path` of the hop that is connected to; the length of `path` for the server behind the last hop. */
  readonly to: number;
  readonly scheme: 'http' | 'https';
  /** `1.0`, `1.1`, `2` or `3`; absent when it is not known. */
  readonly version?: string;
  /** The TLS version that both sides choose; several where it is not known what the other side takes. Absent without TLS. */
  readonly tls?: readonly string[];
  readonly clients: readonly string[];
}

/** One row of the path table. */
export interface PathRow {
  readonly template: string;
  readonly stack: string;
  /** Logical ids of the hops, entry first. */
  readonly path: readonly string[];
  readonly kind: Kind | 'health-check';
  /** Host and path the row was walked with, when a rule asks for them. */
  readonly at?: string;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** The connections of a request, with who makes them; absent where none is known. */
  readonly legs?: readonly PathLeg[];
  /** Per client: index in `path` of the hop that answered, and why, when it was not served. */
  readonly notes: Readonly<Record<string, { readonly hop: number; readonly why: string; readonly certainty: Certainty }>>;
}

export interface Analysis {
  readonly templates: number;
  readonly resources: number;
  readonly findings: readonly Finding[];
  /** Findings that are not reported because somebody took responsibility for them; made by acknowledge(). */
  readonly acknowledged?: readonly AcknowledgedFinding[];
  /** Findings that are not reported because a baseline has them; made by against(). */
  readonly known?: readonly Finding[];
  readonly paths: readonly PathRow[];
}

/** Who must be served, and which rules apply how. */
export interface AnalysisOptions {
  /** Clients that must be served; naming any replaces the public-internet default. */
  readonly serve?: readonly ClientId[];
  /** Clients that must be turned away. */
  readonly refuse?: readonly ClientId[];
  /** Rule ids to leave out. */
  readonly exclude?: readonly string[];
  /** Level changes by rule id. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** Whether to look for circles of references; true unless said otherwise (CDK looks for them itself). */
  readonly cycles?: boolean;
  /** Whether to make the path table; true unless said otherwise (a synth asks for findings alone). */
  readonly table?: boolean;
}
