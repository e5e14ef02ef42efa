// The words between hops: a request on one leg, what its sender can do, and the answer that comes back.
// A system turns a request into an answer or passes a changed request on (docs/architecture.md).

import { Alpn, Certainty, HttpVersion, Kind, Outcome, TlsVersion } from '../protocol';
import { Resource, Value } from '../template';
import type { Walk } from './walk';

/** What the sender of a leg can do; the client at first, then each hop in turn. */
export interface Sender {
  /** HTTP versions, best first. */
  readonly versions: readonly HttpVersion[];
  /** Empty: sends no ALPN extension. */
  readonly alpn: readonly Alpn[];
  readonly tls: readonly TlsVersion[];
  readonly needsAlpn: boolean;
  /** Whether it presents a client certificate; undefined: not known. */
  readonly certificate?: boolean;
  /** For messages: "the client", "CloudFront". */
  readonly name: string;
}

/** Where on an entry point the request goes, and what it carries. Header names in lower case. */
export interface Target {
  readonly host?: string;
  readonly path: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly sourceIp?: string;
}

/** A request on one leg. */
export interface Request {
  readonly kind: Kind;
  readonly scheme: 'http' | 'https';
  /** HTTP version on this leg; undefined until ALPN has decided. */
  readonly version?: HttpVersion;
  readonly sender: Sender;
  readonly target: Target;
  /** Whether the client can set headers of its own, such as Authorization. */
  readonly setsHeaders: boolean;
  /** Resource to blame when the request is routed to nothing that expects it. */
  readonly meant?: Resource;
}

/** Why the client does not get what it wants, and what to change. */
export interface Fault {
  /** Id of the rule that describes the root cause. */
  readonly cause: string;
  /** Resource to change. */
  readonly resource: Resource;
  /** From the resource down: Properties.SslPolicy. */
  readonly property: string;
  /** What happens, in one sentence without the client's name. */
  readonly why: string;
  readonly certainty: Certainty;
  /** The setting at fault is not written in the template but is a default of the service. */
  readonly byDefault?: boolean;
}

export interface Answer {
  readonly outcome: Outcome;
  readonly fault?: Fault;
  /** What an unknown outcome rests on, or what a good one assumes. */
  readonly note?: string;
  /** The request cannot come this way at all, under the alternatives taken: the branch does not count. */
  readonly impossible?: boolean;
}

/** A request that may enter here, and who is meant by it. */
export interface Sample {
  readonly target: Target;
  /** As the template writes it, for people: "/ws/*". */
  readonly says?: string;
  readonly kinds: readonly Intent[];
  /** Rule or route the sample was made from; blamed when another one takes it. */
  readonly meant?: Resource;
}

/** That this is a place for clients of a kind, and why we think so. */
export interface Intent {
  readonly kind: Kind;
  readonly by: 'declared' | 'inferred' | 'assumed' | 'guessed';
}

/** A door that clients knock at. */
export interface Entry {
  readonly resource: Resource;
  /** Cleartext, TLS, or either (CloudFront). */
  schemes(walk: Walk): readonly ('http' | 'https')[];
  readonly samples: readonly Sample[];
  /** The setting that decides which TLS versions get in. */
  readonly tlsSetting?: { readonly resource: Resource; readonly property: string; readonly value: Value };
  receive(request: Request, walk: Walk): Answer;
}

/** Something to walk that no client asked for: a health check, a rule about a resource alone. */
export interface Errand {
  readonly resource: Resource;
  readonly kind: 'health-check' | 'deployment' | 'advice';
  go(walk: Walk): Answer;
}

export interface System {
  readonly entries: readonly Entry[];
  readonly errands: readonly Errand[];
}

export const SERVED: Answer = { outcome: 'served' };

/** No request comes this way, for instance TLS to a listener that is cleartext under the conditions taken. */
export const IMPOSSIBLE: Answer = { outcome: 'unknown', impossible: true };

export function fail(outcome: Outcome, fault: Omit<Fault, 'certainty'> & { certainty?: Certainty }): Answer {
  return { outcome, fault: { certainty: 'certain', ...fault } };
}

export function cannotKnow(note: string): Answer {
  return { outcome: 'unknown', note };
}
