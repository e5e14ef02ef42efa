// Endpoints that AWS runs under a host name of their own, over HTTPS only: function URLs, App Runner services. What is common
// to them: an entry for what is declared behind, a door for hops in front, and that no WebSocket gets through.
// Not here: what sets one apart from another (a file each).

import { Client, Server } from '../protocol';
import { declarations, Resource } from '../template';
import { Answer, cannotKnow, Door, Entry, fail, Fault, IMPOSSIBLE, Intent, Request, Sample, SERVED, Target } from './hop';
import { exampleOf } from './pattern';
import { kindsOf } from './server';
import { Walk } from './walk';

export interface Endpoint {
  readonly resource: Resource;
  /** Where else a server may be declared: the function behind a URL. */
  readonly behind?: Resource;
  /** TLS versions that are documented; others are unknown. */
  readonly tls: Client['tls'];
  /** Why there is no WebSocket, and how sure that is. */
  readonly withoutWebSocket: Pick<Fault, 'why' | 'certainty'>;
  /** What the service answers to HTTP/1.0, or that it is not known. */
  readonly http10: string;
}

const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };

export function endpointEntry(endpoint: Endpoint): Entry {
  return { resource: endpoint.resource, schemes: () => ['https'], samples: samplesOf(endpoint), receive: (request, walk) => receive(request, endpoint, walk) };
}

export function endpointDoor(endpoint: Endpoint): Door {
  const { resource } = endpoint;
  return {
    resource,
    samples: () => samplesOf(endpoint),
    listening: (port) => (port === 443 ? { is: 'https', setting: { resource, property: 'Properties' } } : { is: 'closed' }),
    certificateNames: () => undefined,
    receive: (request, walk) => receive(request, endpoint, walk),
  };
}

/** HTTP callers, and whoever is declared to come. */
function samplesOf({ resource, behind }: Endpoint): Sample[] {
  const declared = [resource, ...(behind ? [behind] : [])].map(declarations).flatMap(({ servers, routes }): Server[] => [
    ...servers,
    ...routes.map((route) => ({ ...route, only: false, transports: [] })),
  ]);
  const at = (path: string, kinds: readonly Intent[]): Sample => ({
    target: { ...ELSEWHERE, path: exampleOf(path) },
    says: path === ELSEWHERE.path ? undefined : path,
    kinds,
  });
  const known = (servers: readonly Server[]) => kindsOf(servers.map((server) => ({ ...server, declared: true, by: '' })));
  const general = known(declared.filter(({ path }) => path === undefined));
  return [
    at(ELSEWHERE.path, [...general.filter(({ kind }) => kind !== 'http'), { kind: 'http', by: 'inferred' }]),
    ...declared.flatMap((server) => (server.path === undefined ? [] : [at(server.path, known([server]))])),
  ];
}

function receive(request: Request, endpoint: Endpoint, walk: Walk): Answer {
  const { resource, tls } = endpoint;
  walk.through(resource);
  if (request.scheme === 'http') return IMPOSSIBLE;
  if (!request.sender.tls.some((version) => tls.includes(version))) return cannotKnow(`whether ${resource.id} accepts TLS ${request.sender.tls.join(' or ')} is documented nowhere`);
  walk.accepts(tls);
  walk.leg(resource, request);
  if (request.kind === 'websocket') {
    const at = request.routedBy ?? { resource, property: 'Properties' };
    return request.spoilt
      ? { outcome: 'ws-handshake-failure', fault: request.spoilt.fault }
      : fail('ws-handshake-failure', { cause: 'HopWithoutWebSocket', ...at, ...endpoint.withoutWebSocket });
  }
  if (request.kind === 'grpc') return cannotKnow(`whether ${resource.id} takes gRPC is documented nowhere`);
  if (request.sender.versions[0] === '1.0') return cannotKnow(endpoint.http10);
  return SERVED;
}
