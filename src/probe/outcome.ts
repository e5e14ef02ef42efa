// From what was seen to what the client ends up with, in the words of docs/contract.md, and whether that will do. Three words are the
// probe's own, because only a live endpoint has them: `no-connection`, `no-answer`, `untested`.
// Facts: RFC 6455 sections 4.1 and 5.5.2 (what makes a WebSocket, a ping has a pong), RFC 8441 section 5 (a 2xx opens it over HTTP/2),
// gRPC over HTTP/2 (no call ends well without grpc-status).

import { Evidence } from './evidence';
import { Kind, Outcome, Status } from '../protocol';

export type ProbeOutcome =
  | Outcome
  /** No TCP connection. */
  | 'no-connection'
  /** A connection, and no response that the client could read. */
  | 'no-answer'
  | 'untested';

/** UNAVAILABLE: what proxies make of a server that they do not reach. */
const UNAVAILABLE = 14;

/** What a client of this kind ends up with. */
export function outcomeOf(kind: Kind, evidence: Evidence, needsAlpn: boolean = false): ProbeOutcome {
  switch (evidence.end) {
    case 'untested': return 'untested';
    case 'no-connection': return 'no-connection';
    case 'tls-failure':
    case 'certificate': return 'tls-handshake-failure';
    case 'client-refuses':
      if (kind === 'websocket') return 'ws-handshake-failure';
      return needsAlpn ? 'tls-handshake-failure' : 'no-answer';
    case 'closed':
    case 'silent':
    case 'other-protocol': return kind === 'websocket' ? 'ws-handshake-failure' : 'no-answer';
    case 'open':
    case 'answered': return answered(kind, evidence);
    default: return evidence.end satisfies never;
  }
}

function answered(kind: Kind, { answer, webSocket }: Evidence): ProbeOutcome {
  if (!answer) return 'served';
  const status = String(answer.status) as Status;
  switch (kind) {
    case 'http': return answer.status < 300 ? 'served' : status;
    // 200 without a gRPC status, or with "unavailable", is no answer to a call; it is said as what it is.
    case 'grpc': return answer.status === 200 && answer.grpcStatus !== undefined && answer.grpcStatus !== UNAVAILABLE ? 'served' : status;
    case 'websocket':
      if (!webSocket) return answer.status < 300 ? 'ws-handshake-failure' : status;
      if (!webSocket.accepted) return 'ws-handshake-failure';
      return webSocket.frames === 'none' || webSocket.frames === 'cut' ? 'ws-close-1006' : 'served';
    default: return kind satisfies never;
  }
}

/** What is asked of a client: to be served, to be turned away, or neither. */
export type Need = 'served' | 'refused' | 'none';

/** Whether a client that must be served, or turned away, is. A redirect is an answer that plain HTTP clients follow. */
export function fits(need: Need, kind: Kind, outcome: ProbeOutcome, accept: readonly number[]): boolean {
  switch (need) {
    case 'none': return true;
    case 'refused': return outcome === 'tls-handshake-failure' || outcome === 'no-connection' || outcome === 'untested';
    case 'served': return outcome === 'served' || (kind === 'http' && /^3\d\d$/.test(outcome)) || accept.some((status) => String(status) === outcome);
    default: return need satisfies never;
  }
}
