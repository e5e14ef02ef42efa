// Which requests did not get through for reasons of protocol: 426, 464, 502, 503, 504, WebSocket handshakes that did not end in 101,
// and 400 or 403 at paths of WebSockets. Alike ones are counted as one.
// A balancer logs a handshake that failed as plain HTTP. So a path counts as one of WebSockets if the logs have a WebSocket on it, or
// if its name says so; whether such a request was a handshake, or a plain request at that path, the logs do not tell.
// Facts: ELB guide "Troubleshoot your Application Load Balancers" (464, 502, 503, 504); RFC 9110 section 15.5.22 (426); RFC 6455
// section 4.2.2 (101).

import { ownCopy } from './own-copy';
import { Answerer, LogFormat, LoggedRequest, SpokenProtocol } from './request';
import { Tallied, Tally } from './tally';

export const PROBLEMS = {
  426: 'a server wants another protocol: an upgrade that a hop dropped, or a version of HTTP that it does not take',
  464: 'the version of the request does not fit the protocol version of the target group',
  502: 'no usable answer from the server: protocol or TLS do not fit, or it closed the connection',
  503: 'nothing to send the request to',
  504: 'no answer in time; for a WebSocket, the idle timeout',
  handshake: 'a WebSocket handshake that did not end in 101',
  refused: 'refused at a path of WebSockets',
} as const satisfies Record<string, string>;

export type ProblemKind = `${keyof typeof PROBLEMS}`;

/** Requests that are alike. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly requests: number;
  readonly status: string;
  /** Who answered; unknown where the log does not tell. */
  readonly answeredBy: Answerer;
  readonly format: LogFormat;
  readonly verb: string;
  readonly path: string;
  readonly family: string;
  readonly protocol: SpokenProtocol;
  /** Whether this is a path of WebSockets, so that these may be handshakes that did not end in 101. */
  readonly webSocketPath: boolean;
  /** What the log adds, such as OriginConnectError. */
  readonly reason?: string;
}

const KEPT = 500;
const CANDIDATES = 2000;
const PATHS = 2000;
export const LONGEST_PROBLEM_PATH = 200;
const SEPARATOR = '\u0000';

/** Segments of paths that are seldom anything else. */
export const WEBSOCKET_NAME = /(^|[/._-])(ws|wss|websockets?|socket\.io|sockjs|engine\.io|signalr|cable|graphql-ws|subscriptions)([/._-]|$)/i;

export class Problems {
  private readonly known = new Tally(1, KEPT);
  /** 400 and 403 at paths of which it is not known yet whether they are for WebSockets. */
  private readonly candidates = new Tally(1, CANDIDATES);
  private readonly webSocketPaths = new Set<string>();

  public request(request: LoggedRequest, family: string): void {
    if (request.protocol === 'ws') this.webSocket(request.path);
    const kind = kindOf(request);
    if (kind !== undefined) {this.known.of(keyOf(kind, request, family))[0] += 1;} else if (request.status === '400' || request.status === '403') {
      const tally = WEBSOCKET_NAME.test(request.path.slice(0, LONGEST_PROBLEM_PATH)) ? this.known : this.candidates;
      tally.of(keyOf('refused', request, family))[0] += 1;
    }
  }

  /** The most frequent first, and how many requests had problems that are not listed. */
  public answer(): { readonly problems: readonly Problem[]; readonly unlisted: number } {
    for (const { key, counts } of this.candidates.rows()) {
      if (this.webSocketPaths.has(partsOf(key).path)) this.known.of(key)[0] += counts[0];
    }
    return { problems: this.known.rows().map((row) => this.problem(row)), unlisted: this.known.other[0] };
  }

  private problem({ key, counts: [requests] }: Tallied): Problem {
    const parts = partsOf(key);
    const webSocketPath = parts.protocol === 'ws' || this.webSocketPaths.has(parts.path) || WEBSOCKET_NAME.test(parts.path);
    return { ...parts, requests, webSocketPath };
  }

  private webSocket(path: string): void {
    const known = path.slice(0, LONGEST_PROBLEM_PATH);
    if (this.webSocketPaths.size < PATHS && !this.webSocketPaths.has(known)) this.webSocketPaths.add(ownCopy(known));
  }
}

function kindOf({ status, opened, masked426 }: LoggedRequest): ProblemKind | undefined {
  switch (status) {
    case '426': case '464': case '502': case '503': case '504': return masked426 ? '426' : status;
    default: return masked426 ? '426' : opened === false ? 'handshake' : undefined;
  }
}

function keyOf(kind: ProblemKind, request: LoggedRequest, family: string): string {
  const { status, answerer, format, verb, path, protocol } = request;
  const reason = request.masked426 ? 'the 426 of the server did not reach the client' : (request.reason ?? '');
  return [kind, status, answerer, format, verb.slice(0, 20), path.slice(0, LONGEST_PROBLEM_PATH), family, protocol, reason.slice(0, 60)]
    .map((part) => part.replaceAll(SEPARATOR, '\ufffd')).join(SEPARATOR);
}

function partsOf(key: string): Omit<Problem, 'requests' | 'webSocketPath'> {
  const [kind, status, answeredBy, format, verb, path, family, protocol, reason] = key.split(SEPARATOR);
  return {
    kind: kind as ProblemKind,
    status,
    answeredBy: answeredBy as Answerer,
    format: format as LogFormat,
    verb,
    path,
    family,
    protocol: protocol as SpokenProtocol,
    reason: reason || undefined,
  };
}
