// Signs in plain HTTP and gRPC: versions that are refused, statuses of the edge, ALPN that leads nowhere or is not there.
// Facts: RFC 9110 section 15.5.22 (426), ELB guide "Troubleshoot" (464: the version of the request does not fit the target group),
// RFC 7301 section 3.2 (no_application_protocol), facts of the lab: Envoy and its kin answer 426 to HTTP/1.0, a Node.js server that
// speaks only HTTP/2 answers HTTP/1.0 403 to callers without ALPN, Gunicorn 26 may select h2 and then speak HTTP/1.1.

import { ClientSeen, Diagnosis } from './probed';
import { common, failed, plainServed, Sign, those, tried } from './sign';

const got = (status: string, kind?: string) => (client: ClientSeen) => client.outcome === status && (kind === undefined || client.kind === kind);
const EDGES: readonly (readonly [RegExp, string])[] = [
  [/awselb/i, 'an Elastic Load Balancer'], [/cloudfront/i, 'CloudFront'], [/^envoy|istio/i, 'Envoy'], [/^google|gws/i, 'a Google load balancer'], [/cloudflare/i, 'Cloudflare'],
];
/** The application's own business, whatever the protocol. */
const OF_APPLICATIONS = ['401', '404', '405', '410', '429'];

export const OF_HTTP: readonly Sign[] = [
  ({ clients }) => {
    const [old, modern] = [tried(clients, 'http/1.0') ?? tried(clients, 'apachebench'), tried(clients, 'http/1.1')];
    if (!old || !modern || !failed(old) || failed(modern) || modern.outcome === 'untested' || old.evidence.end !== 'answered') return undefined;
    return {
      cause: 'outdated-client',
      certainty: 'certain',
      clients: those(clients, ({ client }) => ['http/1.0', 'apachebench'].includes(client)),
      says: `HTTP/1.0 gets ${old.outcome}, and HTTP/1.1 is served${edge(old)}: callers that still speak 1.0 are turned away.`,
      fix: 'Let callers speak HTTP/1.1: proxy_http_version 1.1 in nginx before 1.29.7, HAProxy health checks with "http-check send ver HTTP/1.1", hey or wrk for ApacheBench.',
    };
  },
  ({ clients }) => (clients.some(got('464')) ? {
    cause: 'edge-enforcement',
    certainty: 'certain',
    clients: those(clients, got('464')),
    says: 'An Application Load Balancer answers 464: its target group takes another HTTP version than these clients speak.',
    fix: 'Set ProtocolVersion HTTP1 on the target group, which HTTP/2 clients are served by too; for gRPC use a target group and a listener rule of its own.',
  } : undefined),
  ({ clients, looks }) => {
    const plain = clients.filter(({ kind, evidence, outcome }) => kind === 'http' && evidence.end === 'answered' && outcome !== 'served');
    if (common(plain.map(({ outcome }) => outcome)) !== '426' || plainServed(clients) || plain.length < 2) return undefined;
    const sockets = clients.some(({ kind, outcome }) => kind === 'websocket' && outcome === 'served') || looks.get('ws plain')?.answer?.status === 426;
    return {
      cause: 'edge-enforcement',
      certainty: sockets ? 'certain' : 'possible',
      clients: plain.map(({ client }) => client),
      says: `Every plain request gets 426${edge(plain[0])}, whatever its HTTP version: ${sockets ? 'the server wants WebSocket here and has no plain route' : 'the server wants WebSocket here and has no plain route, or a hop on the way speaks HTTP/1.0 to it'}.`,
      fix: sockets ? 'Give the server an HTTP route for plain requests and health checks, or call it by WebSocket alone.' : 'Try --ws with the path of the WebSocket; if that is not it, look for a proxy with HTTP/1.0 behind the edge.',
    };
  },
  ({ clients }) => {
    const plain = clients.filter(({ kind, evidence }) => kind === 'http' && evidence.end === 'answered');
    const status = common(plain.map(({ outcome }) => outcome));
    if (status === undefined || !OF_APPLICATIONS.includes(status) || plain.length < 2) return undefined;
    return {
      cause: 'edge-enforcement',
      certainty: 'possible',
      clients: plain.map(({ client }) => client),
      says: `Every plain request gets ${status}${edge(plain[0])}, whatever its HTTP and TLS version: the protocols get through, and the answer is that of the application, of its routes or of an authorizer.`,
      fix: `Name a path that answers 200 in the URL, say who you are by --header, or let the status pass by --accept ${status}.`,
    };
  },
  ({ clients }) => {
    const plain = clients.filter(({ kind, evidence }) => kind === 'http' && evidence.end === 'answered');
    const status = common(plain.map(({ outcome }) => outcome));
    if (status === undefined || !/^(400|403|5\d\d)$/.test(status) || plain.length < 2) return undefined;
    return { certainty: 'possible', clients: plain.map(({ client }) => client), ...forAll(status, edge(plain[0])) };
  },
  ({ clients, looks }) => {
    const which = (client: ClientSeen) => failed(client) && (client.evidence.alert === 'no_application_protocol'
      || (client.outcome === '403' && client.evidence.answer?.version === '1.0') || /speaks HTTP\/2 only/.test(client.evidence.says));
    const served = tried(clients, 'h2');
    if (!clients.some(which) || (looks.get('alpn h2')?.tls?.alpn !== 'h2' && served?.evidence.answer?.version !== '2')) return undefined;
    return {
      cause: 'server-negotiation',
      certainty: 'certain',
      clients: those(clients, which),
      says: 'The endpoint speaks HTTP/2 only: callers that offer http/1.1, or no ALPN at all, are turned away, and with them every WebSocket client.',
      fix: 'Offer http/1.1 in ALPN too: allowHTTP1 in Node.js, the ALPN policy HTTP2Preferred on a Network Load Balancer.',
    };
  },
  ({ clients }) => {
    const which = ({ evidence }: ClientSeen) => evidence.end === 'other-protocol' && evidence.tls?.alpn === 'h2';
    return clients.some(which) ? {
      cause: 'server-negotiation',
      certainty: 'certain',
      clients: those(clients, which),
      says: 'The endpoint selects h2 by ALPN and then does not speak it.',
      fix: 'Take h2 out of its ALPN list, or use a worker that speaks it (Gunicorn 26: gthread instead of sync).',
    } : undefined;
  },
  ({ clients, looks }) => {
    const which = (client: ClientSeen) => client.kind === 'grpc' && (client.evidence.end === 'client-refuses' || client.evidence.alert === 'no_application_protocol');
    if (!clients.some(which) || looks.get('alpn h2')?.tls?.alpn === 'h2') return undefined;
    return {
      cause: 'server-negotiation',
      certainty: 'certain',
      clients: those(clients, which),
      says: 'The endpoint does not select h2 by ALPN, and gRPC speaks nothing but HTTP/2.',
      fix: 'Switch HTTP/2 on: routing.http2.enabled on an ALB, HttpVersion http2 on a distribution, an ALPN policy on a Network Load Balancer, "http2 on" in nginx, alpn h2,http/1.1 in HAProxy.',
    };
  },
  ({ clients }) => {
    const which = ({ kind, evidence, outcome }: ClientSeen) => kind === 'grpc' && evidence.end === 'answered' && outcome !== 'served' && outcome !== '464';
    const hit = clients.find(which);
    return hit && {
      cause: 'server-negotiation',
      certainty: 'possible',
      clients: those(clients, which),
      says: `The gRPC call gets ${hit.evidence.says}${edge(hit)}.`,
      fix: 'Look whether the path leads to the gRPC server, whether every hop before it speaks HTTP/2 (grpc_pass in nginx, proto h2 in HAProxy, a GRPC target group) and keeps trailers.',
    };
  },
  ({ clients }) => {
    const h2 = tried(clients, 'h2');
    if (!h2 || failed(h2) || h2.evidence.tls === undefined || h2.evidence.answer?.version === '2' || h2.outcome === 'untested') return undefined;
    return {
      cause: 'server-negotiation',
      certainty: 'certain',
      clients: ['h2'],
      says: `A client that offers h2 is served in HTTP/${h2.evidence.answer?.version ?? '1.1'}: ALPN selects ${h2.evidence.tls.alpn ?? 'nothing'}.`,
      fix: 'Nothing has to be done unless HTTP/2 is wanted; then switch it on at the edge.',
    };
  },
  ({ clients }) => {
    const alone = (client: ClientSeen) => failed(client) && client.kind === 'http' && client.evidence.end === 'answered' && /^(400|505|5\d\d|426)$/.test(client.outcome)
      && !['http/1.0', 'apachebench'].includes(client.client);
    if (!plainServed(clients) || !clients.some(alone)) return undefined;
    const hit = clients.find(alone)!;
    return {
      cause: 'server-negotiation',
      certainty: 'possible',
      clients: those(clients, alone),
      says: `Some HTTP versions are served and these get ${hit.outcome}${edge(hit)}: the hop behind the edge does not speak what the edge makes of them.`,
      fix: 'Compare the HTTP version that the edge uses towards its target with what the target speaks.',
    };
  },
  ({ clients }) => {
    const which = ({ kind, evidence }: ClientSeen) => kind === 'http' && (evidence.end === 'silent' || evidence.end === 'closed');
    return clients.some(which) ? {
      cause: 'server-negotiation',
      certainty: 'possible',
      clients: those(clients, which),
      says: 'The connection opens, and no answer comes: the server is busy or down, wants a client certificate, another protocol on this port, or a PROXY line first.',
      fix: 'Look whether its targets are healthy, whether PROXY protocol or mutual TLS is on, and whether the port speaks TLS where the URL says http.',
    } : undefined;
  },
];

/** What a status means that every plain request gets. */
function forAll(status: string, who: string): Pick<Diagnosis, 'cause' | 'says' | 'fix'> {
  switch (status) {
    case '400': return {
      cause: 'edge-enforcement',
      says: `Every plain request gets 400${who}: the server wants a client certificate (nginx says so after the handshake), does not know the Host, or wants TLS where the URL says http.`,
      fix: 'Look at the port, the name in the URL, and whether mutual TLS is on.',
    };
    case '403': return {
      cause: 'edge-enforcement',
      says: `Every plain request gets 403${who}: a rule of the edge (AWS WAF, an authorizer, a region lock, a Host that it does not know) turns everybody away.`,
      fix: 'Look into the log of the web ACL or authorizer, and say who you are by --header.',
    };
    default: return {
      cause: 'server-negotiation',
      says: `Every plain request gets ${status}${who}: the edge does not come to terms with what stands behind it.`,
      fix: 'Look whether the targets are healthy, and whether they speak the protocol, the HTTP version and the TLS versions that the edge uses towards them (cdk-handshake check says so from the templates).',
    };
  }
}

/** " from CloudFront", where the answer says so. */
export function edge({ evidence }: ClientSeen): string {
  const { server = '', via = '' } = evidence.answer?.headers ?? {};
  const known = EDGES.find(([name]) => name.test(server) || name.test(via))?.[1];
  return known ? ` from ${known}` : server ? ` (Server: ${server})` : '';
}
