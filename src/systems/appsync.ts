// AppSync: GraphQL and Event APIs answer HTTPS on one host and WebSocket on another. A hop in front that leads WebSocket
// clients to the ordinary host gets 400.
// Facts: AppSync guide "Building a real-time WebSocket client" (hosts, custom domains; documented);
// apollographql/apollo-kotlin#1992, graphql-dotnet/graphql-client#591 (400; reported); custom domains TLS 1.2 and 1.3.

import { Resource } from '../template';
import { Answer, cannotKnow, Door, fail, IMPOSSIBLE, Network, Request, SERVED, System } from './hop';
import { Walk } from './walk';

const TYPES: readonly string[] = ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api'];

/** No entry of its own: clients that follow the documents reach the right host; only hops in front can go wrong. */
export function appSyncSystem({ templates }: Network): System {
  return { entries: [], errands: [], doors: TYPES.flatMap((type) => templates.all(type)).map(door) };
}

function door(resource: Resource): Door {
  return {
    resource,
    samples: () => [],
    listening: (port) => (port === 443 ? { is: 'https', setting: { resource, property: 'Properties' } } : { is: 'closed' }),
    certificateNames: () => undefined,
    receive: (request, walk) => receive(request, resource, walk),
  };
}

/** The host as the hop in front writes it: an attribute of the API, such as RealtimeDns, or a custom domain. */
function receive(request: Request, resource: Resource, walk: Walk): Answer {
  walk.through(resource);
  if (request.scheme === 'http') return IMPOSSIBLE;
  if (request.kind === 'http') return SERVED;
  if (request.kind === 'grpc') return cannotKnow('AppSync is not for gRPC');
  if (request.spoilt) return { outcome: '400', fault: request.spoilt.fault };
  const host = request.target.host ?? '';
  if (/realtime/i.test(host) || /\/realtime\b/.test(request.target.path)) return SERVED;
  if (!host.includes(resource.key.toLowerCase())) return cannotKnow(`which host of ${resource.id} the request is for is not known`);
  return fail('400', {
    cause: 'AppSyncRealtimeHost',
    ...(request.routedBy ?? { resource, property: 'Properties' }),
    why: `the path leads to the GraphQL host of ${resource.id}, which answers 400 to an upgrade; WebSocket lives on its realtime host`,
  });
}
