// Signs in WebSocket handshakes: which header is lost on the way, as far as a client can tell. The good handshake is compared with the
// same one without Upgrade, Connection, key or version, and with a plain GET: what gets the same answer arrived as the same.
// Facts: RFC 6455 section 4.2 and 4.4, facts of the lab: `ws` alone answers 426 to what is no handshake and says which header is bad,
// Varnish, Squid and nginx without further settings drop Upgrade, Envoy answers 403 to upgrades that it was not told of.

import { HANDSHAKE_HEADERS, HandshakeHeader } from './attempts';
import { Evidence } from './evidence';
import { ClientSeen } from './probed';
import { Case, Sign, those, tried } from './sign';
import { edge } from './signs-http';

const isSocket = ({ kind, outcome }: ClientSeen) => kind === 'websocket' && outcome !== 'served' && outcome !== 'untested';
/** The handshake was sent in HTTP/1.1 and answered by a status. */
const refused = (client: ClientSeen) => isSocket(client) && client.evidence.end === 'answered' && !client.evidence.webSocket && client.evidence.answer?.version !== '2';

export const OF_WEB_SOCKETS: readonly Sign[] = [
  lost,
  ({ clients }) => {
    const [own, browser] = [tried(clients, 'wss'), tried(clients, 'wss-browser')];
    if (own?.outcome !== 'served' || !browser || !refused(browser)) return undefined;
    return {
      cause: 'websocket-handshake',
      certainty: 'possible',
      clients: ['wss-browser'],
      says: `With the Origin of this host and without headers of its own, as a browser sends it, the handshake gets ${browser.outcome}, and without Origin it succeeds.`,
      fix: 'Put the origin of the page on the list of the server; and if a header carries credentials, take them from the query, a cookie or the subprotocol, which browsers can set.',
    };
  },
  ({ clients }) => {
    const which = (client: ClientSeen) => isSocket(client) && client.evidence.end === 'client-refuses';
    return clients.some(which) ? {
      cause: 'websocket-handshake',
      certainty: 'certain',
      clients: those(clients, which),
      says: 'A WebSocket client whose HTTP library offers h2 gets h2, and WebSocket over HTTP/2 (RFC 8441) is not announced.',
      fix: 'Let this client offer http/1.1 alone by ALPN for WebSockets; browsers do that by themselves.',
    } : undefined;
  },
  ({ clients }) => {
    const which = ({ evidence }: ClientSeen) => evidence.webSocket !== undefined && !evidence.webSocket.accepted;
    return clients.some(which) ? {
      cause: 'websocket-handshake',
      certainty: 'certain',
      clients: those(clients, which),
      says: 'The answer is 101, and its Sec-WebSocket-Accept does not belong to the key: a hop changes the key, or answers by itself.',
      fix: 'Look for a cache or mock on the path that answers 101; the handshake has to reach the WebSocket server unchanged.',
    } : undefined;
  },
  ({ clients }) => {
    const which = ({ outcome, kind }: ClientSeen) => kind === 'websocket' && outcome === 'ws-close-1006';
    const hit = clients.find(which);
    return hit && {
      cause: 'websocket-handshake',
      certainty: 'possible',
      clients: those(clients, which),
      says: `The WebSocket opens (${hit.evidence.says}).`,
      fix: 'Look whether every hop tunnels after the 101 (uWSGI\'s router needs http-websockets, HAProxy answers 200 for a server that ignored the upgrade), and whether the server answers pings.',
    };
  },
  ({ clients }) => {
    const which = (client: ClientSeen) => isSocket(client) && (client.evidence.end === 'silent' || client.evidence.end === 'closed');
    return clients.some(which) ? {
      cause: 'websocket-handshake',
      certainty: 'possible',
      clients: those(clients, which),
      says: 'The handshake gets no answer: the server, or a hop, closes the connection or waits when it sees Upgrade.',
      fix: 'Look whether the path is one that the upgrade listener of the server takes; listeners written by hand close the others.',
    } : undefined;
  },
];

/** What became of the good handshake, told by its answer. */
function lost({ clients, looks }: Case): ReturnType<Sign> {
  const hit = clients.find(refused);
  if (!hit) return undefined;
  if (tried(clients, 'wss')?.outcome === 'served' && hit.client === 'wss-browser') return undefined;
  const { outcome } = hit;
  const shown = outcome === 'ws-handshake-failure' ? String(hit.evidence.answer!.status) : outcome;
  const base = { cause: 'websocket-handshake' as const, clients: those(clients, refused) };
  if (/^3\d\d$/.test(outcome)) {
    const where = hit.evidence.answer?.headers.location;
    return {
      ...base,
      certainty: 'certain',
      says: `The handshake gets ${outcome}${where ? ` to ${where}` : ''}${edge(hit)}, and WebSocket clients do not follow redirects.`,
      fix: 'Call the place that it leads to, with wss://, or leave the path of the WebSocket out of the redirect.',
    };
  }
  const same = (id: string) => alike(hit.evidence, looks.get(id));
  if (same('ws plain')) {
    const sure = shown === '426';
    return {
      ...base,
      certainty: sure ? 'certain' : 'possible',
      says: `The handshake gets ${shown}${edge(hit)}, just as a plain GET does: ${sure
        ? 'the server wants a WebSocket and is not shown the handshake, so Upgrade and Connection are lost on the way'
        : 'Upgrade and Connection are lost on the way, or the server does not do WebSocket at this path'}.`,
      fix: UPGRADE,
    };
  }
  const missing = headersLost(hit, (name) => same(`ws without ${name}`));
  if (missing.length > 0 && shown === '400') {
    return {
      ...base,
      certainty: 'possible',
      says: `The handshake gets ${shown}${edge(hit)}, as one without ${missing.join(' or ')} does, and not as a plain GET: ${missing.join(' or ')} is lost on the way.`,
      fix: `Let every hop forward ${missing.join(' and ')}: on a distribution the origin request policy AllViewer.`,
    };
  }
  return { ...base, certainty: 'possible', ...others(shown, hit) };
}

/** By what the answer itself says; else those without which the answer is the same, unless that is so of all. */
function headersLost({ evidence }: ClientSeen, same: (name: HandshakeHeader) => boolean): HandshakeHeader[] {
  const named = HANDSHAKE_HEADERS.filter((name) => name.startsWith('Sec-') && evidence.answer?.body?.toLowerCase().includes(name.toLowerCase()));
  if (named.length > 0) return named.filter(same);
  const all = HANDSHAKE_HEADERS.filter(same);
  return all.length < HANDSHAKE_HEADERS.length ? all : [];
}

const UPGRADE = 'Let every hop forward them: proxy_http_version 1.1 with Upgrade and Connection headers in nginx, a pipe in Varnish, http_upgrade_request_protocols in Squid; and look at the path.';

function others(shown: string, hit: ClientSeen): { says: string; fix: string } {
  switch (shown) {
    case '400': return {
      says: `The handshake gets 400${edge(hit)}: a header of it is lost or changed on the way, or the server knows no WebSocket at this path.`,
      fix: 'Let every hop forward Upgrade, Connection and all Sec-WebSocket headers, and compare the path with that of the server.',
    };
    case '401': return {
      says: `The handshake gets 401${edge(hit)}: who calls is not known.`,
      fix: 'Say who you are by --header; browsers cannot, so take credentials from the query, a cookie or the subprotocol.',
    };
    case '403': return {
      says: `The handshake gets 403${edge(hit)}: an authorizer, a check of Origin, a firewall rule, or a proxy that allows no upgrades (Envoy without upgrade_configs) turns it away.`,
      fix: 'Look into the log of whoever answers; in Envoy allow the upgrade type websocket for the route.',
    };
    case '404': return {
      says: `The handshake gets 404${edge(hit)}: no route leads from this path to a WebSocket server.`,
      fix: 'Compare the path with the routes; on a WebSocket API it begins with the stage, unless a custom domain maps it away.',
    };
    case '502':
    case '503':
    case '504': return {
      says: `The handshake gets ${shown}${edge(hit)}: the hop that answers got no valid 101 from what stands behind it.`,
      fix: 'Try the WebSocket at the server itself: whether it listens there, takes the Upgrade, and speaks the HTTP version of that hop (HTTP/1.1).',
    };
    default: return {
      says: `The handshake gets ${shown}${edge(hit)}.`,
      fix: 'Compare the path with that of the WebSocket server, and look into the log of whoever answers.',
    };
  }
}

/** The same answer: status, the versions that it asks for, and the start of the body, where it was read. */
function alike({ answer: one }: Evidence, other: Evidence | undefined): boolean {
  const two = other?.answer;
  if (!one || !two || one.status !== two.status) return false;
  if (one.headers['sec-websocket-version'] !== two.headers['sec-websocket-version']) return false;
  return one.body === undefined || two.body === undefined || one.body === two.body;
}
