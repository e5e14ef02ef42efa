// The words between hops: a request on one leg, what its sender can do, and the answer that comes back.
// A system turns a request into an answer or passes a changed request on (docs/architecture.md).

import { Alpn, Certainty, ClientId, HttpVersion, Kind, Outcome, TlsVersion } from '../protocol';
import { Resource, Templates, Value } from '../template';
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
  /** The setting that decides which TLS versions it offers, when it is a hop: to blame if that is the odd one out. */
  readonly tlsSetting?: Setting;
}

/** A setting of a resource, to name in a fault. */
export interface Setting {
  readonly resource: Resource;
  /** From the resource down: Properties.SslPolicy. */
  readonly property: string;
  /** It is not written in the template but a default of the service. */
  readonly byDefault?: boolean;
}

/** A WebSocket handshake that a hop has spoilt: the server will refuse it, and this hop is at fault. */
export interface Spoilt {
  /** No Upgrade header arrives (the server sees a plain GET), or a Sec-WebSocket header is missing. */
  readonly how: 'no-upgrade' | 'no-websocket-headers';
  readonly fault: Fault;
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
  /** Port of this leg; undefined at an entry point, which is reached by its own port. */
  readonly port?: number;
  /** The setting of a hop in front that leads requests for this path here: to blame if it should lead elsewhere. */
  readonly routedBy?: Setting;
  /** Set once a hop has spoilt the WebSocket handshake. */
  readonly spoilt?: Spoilt;
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
  /** Who is hit, where the one who walks cannot know. */
  readonly client?: ClientId;
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
  /** Exactly these clients call here, because a `calls` declaration says so; nobody else is tried. */
  readonly callers?: readonly ClientId[];
  /** Rule or route the sample was made from; blamed when another one takes it. */
  readonly meant?: Resource;
}

/** That this is a place for clients of a kind, and why we think so. */
export interface Intent {
  readonly kind: Kind;
  readonly by: 'declared' | 'inferred' | 'assumed' | 'guessed';
}

/** What decides which TLS versions get in at an entry point. */
export interface TlsSetting {
  readonly resource: Resource;
  readonly property: string;
  readonly value: Value;
  /** Rule for outdated callers who get in: OutdatedTlsAccepted unless said otherwise. `asked`: the user wants them out. */
  readonly cause?: (asked: boolean) => string;
}

/** A door that clients knock at. */
export interface Entry {
  readonly resource: Resource;
  /** What it is a part of: the balancer of a listener. */
  readonly within?: Resource;
  readonly samples: readonly Sample[];
  /** The setting that decides which TLS versions get in. */
  readonly tlsSetting?: TlsSetting;
  /** Whether the TLS handshake of a sender comes about for certain; receive() decides the same. Saves walks, and nothing else. */
  admits?(sender: Sender): boolean;
  /** Cleartext, TLS, or either (CloudFront). */
  schemes(walk: Walk): readonly ('http' | 'https')[];
  receive(request: Request, walk: Walk): Answer;
}

/** Something to walk that no client asked for: a health check, a rule about a resource alone. */
export interface Errand {
  readonly resource: Resource;
  readonly kind: 'health-check' | 'deployment' | 'advice';
  /** @param named the clients that the user wants served, in case only some of them are hit */
  go(walk: Walk, named?: readonly ClientId[]): Answer;
}

/** What listens on a port of a resource that other hops send to. */
export type Listening =
  /** `bytes`: passes whatever comes on (TCP). */
  | { readonly is: 'http' | 'https' | 'bytes'; readonly setting: Setting }
  | { readonly is: 'closed' }
  | { readonly is: 'unknown'; readonly because: string };

/** A resource that other hops send to: a load balancer, an API, a function URL. */
export interface Door {
  readonly resource: Resource;
  /** Requests that it is there for, on one port or on all; asked for only once all systems are read. */
  samples(port?: number): readonly Sample[];
  listening(port: number, walk: Walk): Listening;
  /** Host names by which it is known: those that its rules ask for and that its certificates carry. */
  names?(): readonly string[];
  /** Names on the certificate of a port; undefined when not known. */
  certificateNames(port: number, walk: Walk): readonly string[] | undefined;
  /** Takes a request that has a port. */
  receive(request: Request, walk: Walk): Answer;
}

export interface System {
  readonly entries: readonly Entry[];
  readonly errands: readonly Errand[];
  readonly doors?: readonly Door[];
}

/** How a system finds what stands behind a resource. */
export interface Network {
  readonly templates: Templates;
  door(resource: Resource): Door | undefined;
  /** The only door that is known by a host name. */
  doorNamed(host: string): Door | undefined;
}

export const SERVED: Answer = { outcome: 'served' };

/** No request comes this way, for instance TLS to a listener that is cleartext under the conditions taken. */
export const IMPOSSIBLE: Answer = { outcome: 'unknown', impossible: true };

export function fail(outcome: Outcome, fault: Omit<Fault, 'certainty'> & { certainty?: Certainty }): Answer {
  return { outcome, fault: { certainty: 'certain', ...fault } };
}

/** The answer as a gateway passes it on: a failed handshake behind it is its own error status. */
export function behindGateway(answer: Answer, status: Outcome = '502'): Answer {
  return answer.outcome === 'tls-handshake-failure' ? { ...answer, outcome: status } : answer;
}

export function cannotKnow(note: string): Answer {
  return { outcome: 'unknown', note };
}
