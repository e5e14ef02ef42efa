// WebSocket APIs: AWS::ApiGatewayV2::Api with ProtocolType WEBSOCKET, and AWS::Serverless::WebSocketApi.
// Facts: API Gateway guide "WebSocket APIs"; each file names its own.

import { get } from '../../template';
import { Endpoint } from '../api-gateway/endpoint';
import { errand } from '../api-gateway/errand';
import { logErrands } from '../api-gateway/logs';
import { gateway } from '../api-gateway/registry';
import { Entry, Errand, fail, Network, System } from '../hop';
import { deploymentOrder, linkVersion, messageRoutes } from './deployment';

export function webSocketApiSystem(network: Network): System {
  const all = gateway(network);
  const apis = all.apis.filter(({ product }) => product === 'websocket');
  const endpoints = apis.map((api) => new Endpoint(api, all));
  const byKey = new Map(all.apis.map((api) => [api.resource.key, api]));
  const errands: Errand[] = [...logErrands(apis), ...apis.map((api) => errand('advice', api.resource, (walk) => messageRoutes(api, walk)))];
  for (const deployment of network.templates.all('AWS::ApiGatewayV2::Deployment')) {
    const of = get(deployment, 'ApiId');
    const api = of.kind === 'reference' ? byKey.get(of.resource.key) : undefined;
    if (api) errands.push(errand('deployment', deployment, (walk) => deploymentOrder(deployment, api, walk)));
  }
  for (const integration of network.templates.all('AWS::ApiGatewayV2::Integration')) {
    const of = get(integration, 'ApiId');
    if (of.kind === 'reference' && byKey.get(of.resource.key)?.product === 'websocket') errands.push(errand('deployment', integration, (walk) => linkVersion(integration, walk)));
  }
  return {
    doors: endpoints.map((endpoint) => endpoint.door()),
    entries: endpoints.flatMap((endpoint) => [endpoint.entry(), cleartext(endpoint)].filter((entry) => entry !== undefined)),
    errands,
  };
}

/** For ws:// clients whom the user names: API Gateway has no port 80. They are not tried otherwise. */
function cleartext(endpoint: Endpoint): Entry | undefined {
  if (!endpoint.entry()) return undefined;
  const { resource } = endpoint.api;
  return {
    resource,
    schemes: () => ['http'],
    samples: endpoint.samples.map((sample) => ({ ...sample, kinds: [{ kind: 'websocket', by: 'assumed' }] })),
    receive: (_, walk) => {
      walk.through(resource);
      return fail('ws-handshake-failure', { cause: 'NoCleartextAtApi', resource, property: 'Properties', certainty: 'possible', why: 'API Gateway listens on port 443 only, unless something in front takes ws://' });
    },
  };
}
