// What all proxies have in common: a request that is let in goes on without what belonged to the first leg, and what comes back
// goes to the caller on its own leg. What a proxy makes of trouble behind it is a row of its own.
// Not here: what a proxy drops, keeps or repairs.
// Facts: RFC 9110 section 7.6.1 (Connection and Upgrade are of one leg), RFC 9112 section 3.2.2 (absolute form).

import { Admitted } from './admit';
import { idle, legOf } from './answer';
import { Change, Hello, Knock, Seen, withChange } from './knock';
import { Port } from './port';

/** The status that a caller gets when there is no answer to pass on. */
export interface Trouble {
  /** Nothing listens. */
  readonly refused: number;
  /** No TLS session. */
  readonly tls: number;
  /** The server closed without an answer. */
  readonly closed: number;
  /** The server answered in another protocol: HTTP/2 frames where HTTP/1 was spoken, or the other way round. */
  readonly foreign: number;
  /** Statuses after which the connection is not kept, whoever said them. */
  readonly closesAfter?: readonly number[];
}

/** What the leg behind a proxy is like. */
export interface Onward {
  readonly version: Knock['version'];
  readonly hello?: Hello;
  readonly host?: Knock['host'];
}

/** The request without what belonged to the leg it came on: Upgrade, Connection, the whole URL, TLS, a PROXY line, waiting. */
export function sentOn(knock: Knock, to: Onward, ...changes: readonly Change[]): Knock {
  const { method, path, host, webSocketVersion, webSocketKey, body, changes: earlier } = knock;
  return withChange({
    over: to.hello ? 'tls' : 'clear',
    method,
    path,
    host: host === 'none' ? 'address' : host,
    ...to,
    ...(webSocketVersion === undefined ? {} : { webSocketVersion }),
    ...(webSocketKey ? { webSocketKey } : {}),
    ...(body ? { body } : {}),
    ...(earlier ? { changes: earlier } : {}),
  }, ...changes);
}

/** The same request with its Upgrade, as a proxy writes it anew. */
export function withUpgrade(knock: Knock, upgrade: Knock['upgrade']): Knock {
  return { ...knock, upgrade, connection: ['upgrade'] };
}

/** What the caller sees of what came back. */
export function relayed(port: Port, knock: Knock, admitted: Admitted, seen: Seen, trouble: Trouble): Seen {
  const own = onLeg(passedOn(seen, trouble), admitted);
  if (knock.idleSeconds === undefined) return own;
  const closes = own.kind === 'status' && trouble.closesAfter?.includes(own.status);
  return closes ? { kind: 'connection-closed', afterSeconds: 0, ...legOf(own) } : idle(port, knock.idleSeconds, own);
}

/** An outcome as it is seen on the leg of a caller. */
export function onLeg(seen: Seen, admitted: Admitted): Seen {
  const { tls, alpn } = legOf(admitted);
  const { tls: _tls, alpn: _alpn, ...rest } = seen;
  return { ...rest, ...(tls === undefined ? {} : { tls }), ...(alpn === undefined ? {} : { alpn }) } as Seen;
}

function passedOn(seen: Seen, trouble: Trouble): Seen {
  const status = (code: number): Seen => ({ kind: 'status', status: code, ...(seen.possible === undefined ? {} : { possible: seen.possible }) });
  switch (seen.kind) {
    case 'status': return status(seen.status);
    case 'tls-failure': return status(trouble.tls);
    case 'connection-closed': return status(seen.refused ? trouble.refused : trouble.closed);
    case 'client-refuses':
    case 'wrong-protocol': return status(trouble.foreign);
    case '101':
    case 'timeout':
    case 'unknown': return seen;
    default: return seen satisfies never;
  }
}
