// HTTP APIs: AWS::ApiGatewayV2::Api with ProtocolType HTTP (or an OpenAPI body, or quick create), AWS::Serverless::HttpApi,
// and integrations over a VPC link whose API is outside these templates.
// Facts: API Gateway guide "HTTP APIs"; each file names its own.

import { ABSENT, asText } from '../../template';
import { ELSEWHERE, Endpoint, looseEntry } from '../api-gateway/endpoint';
import { logErrands } from '../api-gateway/logs';
import { Integration, Route } from '../api-gateway/model';
import { gateway } from '../api-gateway/registry';
import { Network, System } from '../hop';

export function httpApiSystem(network: Network): System {
  const all = gateway(network);
  const endpoints = all.apis.filter(({ product }) => product === 'http').map((api) => new Endpoint(api, all));
  const loose = all.looseIntegrations.filter(({ connectionType }) => asText(connectionType)?.toUpperCase() === 'VPC_LINK');
  return {
    doors: endpoints.map((endpoint) => endpoint.door()),
    entries: [
      ...endpoints.map((endpoint) => endpoint.entry()).filter((entry) => entry !== undefined),
      ...loose.map((integration) => looseEntry(routeTo(integration), 'http', all)),
    ],
    errands: logErrands(endpoints.map(({ api }) => api)),
  };
}

function routeTo(integration: Integration): Route {
  return {
    resource: integration.resource,
    key: '$default',
    method: 'ANY',
    path: '/{proxy+}',
    example: ELSEWHERE.path,
    property: 'Properties',
    integration,
    authorization: ABSENT,
    authorizer: ABSENT,
    apiKeyRequired: ABSENT,
  };
}
