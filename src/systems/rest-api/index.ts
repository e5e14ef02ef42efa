// REST APIs: AWS::ApiGateway::RestApi with methods or an OpenAPI body, AWS::Serverless::Api and SAM's implicit API, and
// methods over a VPC link whose API is outside these templates.
// Facts: API Gateway guide "REST APIs"; each file names its own.

import { asText } from '../../template';
import { Endpoint, looseEntry } from '../api-gateway/endpoint';
import { errand } from '../api-gateway/errand';
import { logErrands } from '../api-gateway/logs';
import { Route } from '../api-gateway/model';
import { restApiRefusal } from '../api-gateway/refusals';
import { gateway } from '../api-gateway/registry';
import { Network, System } from '../hop';
import { gatewayResponse, maskedErrors } from './advice';

export function restApiSystem(network: Network): System {
  const all = gateway(network);
  const apis = all.apis.filter(({ product }) => product === 'rest');
  const endpoints = apis.map((api) => new Endpoint(api, all));
  const loose = all.looseMethods.filter((method) => word(method, 'connectionType') === 'VPC_LINK');
  const open = apis.filter(({ endpoint }) => asText(endpoint) !== 'PRIVATE');
  const plain = [...open.flatMap((api) => api.routes), ...all.looseMethods].filter((route) => word(route, 'type') === 'HTTP');
  return {
    doors: endpoints.map((endpoint) => endpoint.door()),
    entries: [...endpoints.map((endpoint) => endpoint.entry()).filter((entry) => entry !== undefined), ...loose.map((method) => looseEntry(method, 'rest', all))],
    errands: [
      ...logErrands(apis),
      ...apis.map((api) => errand('deployment', api.resource, (walk) => restApiRefusal(api, walk))),
      ...plain.map((route) => errand('advice', route.resource, (walk) => maskedErrors(route, walk))),
      ...network.templates.all('AWS::ApiGateway::GatewayResponse').map((resource) => errand('advice', resource, (walk) => gatewayResponse(resource, walk))),
    ],
  };
}

function word({ integration }: Route, name: 'type' | 'connectionType'): string | undefined {
  return integration && asText(integration[name])?.toUpperCase();
}
