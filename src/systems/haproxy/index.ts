// HAProxy as a proxy: the port, the rules that answer by themselves, the route, the health check, the server, and what the caller gets.
// Not here: mode tcp (tcp.ts), header rules, QUIC, stick tables, retries; how a file is read (read.ts).
// Facts: seen with 2.6.12, 3.0.11, 3.2.26 (Debian) in front of Node.js, Tomcat, Gunicorn, Uvicorn, Apache, Go; test/lab for 2.6.12; the
// configuration manual (bind, server, option httpchk, timeout).

import { HAPROXY_AGES, HaproxyRow } from './ages';
import { agreed, Behind, serversFor, silent, throughServer } from './backends';
import { enter, Held, hold, portOf } from './front';
import { send } from './server';
import { HaproxyServer, HaproxySettings } from './settings';
import { tunnelled } from './tcp';
import { idle } from '../program/answer';
import { Knock, Program, Seen } from '../program/knock';
import { Port } from '../program/port';
import { onLeg } from '../program/relay';
import { seenWith } from '../program/versions';

export * from './read';
export * from './settings';

/** HAProxy with what stands behind it; `named`: by the name of the backend, where there are several. */
export function haproxy(settings: HaproxySettings, behind: Program, named: Readonly<Record<string, Program>> = {}): Program {
  const programOf = ({ backend }: HaproxyServer) => (backend === undefined ? undefined : named[backend]) ?? behind;
  return (knock) => seenWith('HAProxy', HAPROXY_AGES, settings.version, (row) => see(settings, row, knock, programOf));
}

function see(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  const { bind, mode } = settings;
  if (bind.unknown?.length) return { kind: 'unknown', because: bind.unknown.join('; ') };
  return mode === 'tcp' ? tunnelled(settings, row, knock, programOf) : served(settings, row, knock, programOf);
}

function served(settings: HaproxySettings, row: HaproxyRow, knock: Knock, programOf: Behind): Seen {
  const port = portOf(settings.bind, row, keepAliveSeconds(settings));
  const gate = enter(port, knock);
  if (gate.is === 'answered') return gate.seen;
  const { answers, condition } = settings;
  if (answers) return onLeg(kept(port, knock, status(answers.status)), gate);
  const held = hold({ ...knock, preface: undefined }, gate, row);
  const all = serversFor(settings, knock.path);
  const seen = held ? agreed(all.map((server) => answered(settings, held, server, row, programOf))) : status(400);
  const certain = condition === undefined || seen.possible !== undefined || seen.kind === 'unknown';
  return onLeg(kept(port, knock, certain ? seen : { ...seen, possible: `the rule at ${condition} does not answer or change the request` }), gate);
}

/** An answer of HAProxy's, and how long the connection is kept after it. */
function kept(port: Port, { idleSeconds }: Knock, seen: Seen): Seen {
  if (idleSeconds === undefined || seen.kind !== 'status') return seen;
  // An answer that came before the request was sent ends the connection.
  return seen.unasked ? { kind: 'connection-closed', afterSeconds: 0 } : idle(port, idleSeconds, seen);
}

function answered(settings: HaproxySettings, held: Held, server: HaproxyServer | undefined, row: HaproxyRow, programOf: Behind): Seen {
  if (!server) return status(503);
  const behind = programOf(server);
  const seen = throughServer(server, (up) => (up ? send(held, server, row, behind) : status(503)), row, behind);
  const { idleSeconds } = held.knock;
  return idleSeconds !== undefined && seen.kind === '101' ? silent(settings, server, idleSeconds, seen) : seen;
}

const status = (code: number): Seen => ({ kind: 'status', status: code });

/** timeout http-keep-alive, else http-request, else client. */
function keepAliveSeconds({ httpclose, timeouts }: HaproxySettings): number {
  if (httpclose) return 0;
  return timeouts?.httpKeepAlive ?? timeouts?.httpRequest ?? timeouts?.client ?? Infinity;
}
