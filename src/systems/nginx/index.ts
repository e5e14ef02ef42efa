// nginx as a server and as a proxy: the listener, the location, what goes upstream and what comes back. The versions that matter
// are in ages.ts; without a version the oldest is reported, as a possibility where a newer one differs.
// Not here: rewrite and if (a condition makes the outcome a possible one), regular expressions, error_page, caching. With
// proxy_http_version 2 trailers are lost, so gRPC needs grpc_pass: not seen in a status either. In 1.30.6 a location that verifies and
// one that does not share TLS sessions to one address, and the first then fails (proxy_ssl_session_reuse off).
// Facts: seen with 1.22.1, 1.26.3, 1.30.6 in front of Node.js, Apache, Gunicorn, uWSGI, Tomcat, HAProxy, Varnish; test/lab for 1.22.1.

import { agesOf, NginxRow } from './ages';
import { relayed, silent } from './answers';
import { portOf } from './listener';
import { locationFor } from './location';
import { NginxLocation, NginxPass, NginxSettings } from './settings';
import { agreed, listeners, notRead, passes, unlessOther } from './unknowns';
import { sentUpstream } from './upstream';
import { admit, Admitted } from '../program/admit';
import { idle, legOf } from '../program/answer';
import { asksForUpgrade, Knock, Program, Seen } from '../program/knock';
import { Port } from '../program/port';
import { seenWith } from '../program/versions';

export * from './settings';

/** nginx with what stands behind it; `named`: by the address in proxy_pass, where locations pass to different servers. */
export function nginx(settings: NginxSettings, behind: Program, named: Readonly<Record<string, Program>> = {}): Program {
  const all = listeners(settings);
  return (knock) => seenWith('nginx', agesOf(settings), settings.version, (row) => {
    const seen = all.map((one) => seeAt(one, row, knock, ({ to }) => (to !== undefined && named[to]) || behind));
    return agreed(seen, notRead(settings.lines, { ...settings, ...settings.tls }, 'nginx'));
  });
}

type Behind = (pass: NginxPass) => Program;

function seeAt(settings: NginxSettings, row: NginxRow, knock: Knock, behind: Behind): Seen {
  const port = portOf(settings, row);
  if (settings.tls?.rejectsHandshake && knock.over === 'tls') return { kind: 'tls-failure', alert: 'unrecognized_name' };
  const gate = admit(port, knock);
  if (gate.is === 'answered') return gate.seen;
  const elsewhere = settings.tls?.rejectsUnknownNames;
  if (elsewhere && knock.host !== 'name') return answer(elsewhere.otherHosts, gate);
  const { taken, others } = locationFor(settings, knock.path);
  const see = (location: NginxLocation) => seeLocation(location, port, row, knock, gate, behind);
  const seen = unlessOther(see(taken), others.map((location) => ({ location, seen: see(location) })));
  const condition = taken.condition ?? settings.condition;
  return condition === undefined || seen.possible !== undefined ? seen : { ...seen, possible: `what stands at ${condition} does not take the request elsewhere` };
}

function seeLocation(location: NginxLocation, port: Port, row: NginxRow, knock: Knock, admitted: Admitted, behind: Behind): Seen {
  const { does } = location;
  switch (does.is) {
    case 'content': return kept(port, knock, answer(does.status ?? 200, admitted));
    case 'unknown': return { kind: 'unknown', because: does.because };
    case 'proxy_pass':
    case 'grpc_pass': {
      const all = passes(does).map((pass) => seePass(location, pass, row, knock, admitted, behind(pass)));
      return kept(port, knock, agreed(all, notRead(does.lines, { ...does, ...does.tls }, location.at ?? 'the location')));
    }
    default: return does satisfies never;
  }
}

function seePass(location: NginxLocation, pass: NginxPass, row: NginxRow, knock: Knock, admitted: Admitted, behind: Program): Seen {
  if (knock.method === 'CONNECT' && !knock.extendedConnect) return answer(405, admitted);
  if (pass.tls?.verify === 'fails') return answer(502, admitted);
  const sent = sentUpstream(row, location, pass, knock, admitted);
  const seen = relayed(row, pass, knock, admitted, sent, behind(sent));
  const { idleSeconds } = knock;
  if (seen.kind === '101' && idleSeconds !== undefined && asksForUpgrade(sent)) {
    return silent(pass, idleSeconds, seen, behind({ ...sent, idleSeconds }));
  }
  return pass.tls?.verify === 'on' && seen.possible === undefined ? { ...seen, possible: 'the certificate of the server passes proxy_ssl_verify' } : seen;
}

function answer(status: number, admitted: Admitted): Seen {
  return status === 444 ? { kind: 'connection-closed', ...legOf(admitted) } : { kind: 'status', status, ...legOf(admitted) };
}

/** The connection to the caller is kept by nginx's own clock. */
function kept(port: Port, knock: Knock, seen: Seen): Seen {
  return knock.idleSeconds === undefined || seen.kind !== 'status' ? seen : idle(port, knock.idleSeconds, seen);
}
