// HTTP APIs and WebSocket APIs as the templates give them: both are AWS::ApiGatewayV2::Api and differ in ProtocolType.
// Routes find their integrations by Target. Not here: what they do (api-gateway/, websocket-api/).
// Facts: AWS::ApiGatewayV2 resource reference; quick create (Target, RouteKey) makes route, integration and stage.

import { ABSENT, asText, get, keyOf, known, Resource, Templates, Value } from '../../template';
import { Api, exampleOfRoute, Integration, Route, Stage } from '../api-gateway/model';
import { readBody } from '../api-gateway/openapi';

export interface V2Apis {
  readonly apis: ReadonlyMap<string, Api>;
  /** Integrations of APIs that are outside these templates. */
  readonly loose: readonly Integration[];
}

export function readV2Apis(templates: Templates): V2Apis {
  const integrations = new Map(templates.all('AWS::ApiGatewayV2::Integration').map((resource) => [resource.key, readIntegration(resource)]));
  const apis = new Map(templates.all('AWS::ApiGatewayV2::Api').map((resource) => [resource.key, readApi(resource)]));
  const of = (resource: Resource): Api | undefined => apiOf(get(resource, 'ApiId'), apis);
  for (const resource of templates.all('AWS::ApiGatewayV2::Route')) of(resource)?.routes.push(readRoute(resource, integrations));
  for (const resource of templates.all('AWS::ApiGatewayV2::Stage')) of(resource)?.stages.push(readStage(resource));
  return { apis, loose: [...integrations.values()].filter(({ resource }) => !of(resource)) };
}

export function apiOf(id: Value, apis: ReadonlyMap<string, Api>): Api | undefined {
  return id.kind === 'reference' ? apis.get(id.resource.key) : undefined;
}

function readApi(resource: Resource): Api {
  const product = asText(get(resource, 'ProtocolType'))?.toUpperCase() === 'WEBSOCKET' ? 'websocket' as const : 'http' as const;
  const body = product === 'http' ? readBody(resource, get(resource, 'Body'), 'Properties.Body') : { routes: [], disabled: ABSENT };
  const disabled = get(resource, 'DisableExecuteApiEndpoint');
  const elsewhere = get(resource, 'BodyS3Location').kind !== 'absent' ? 'its OpenAPI body is in S3' : undefined;
  return {
    resource,
    product,
    endpoint: known('REGIONAL'),
    securityPolicy: ABSENT,
    accessMode: ABSENT,
    disabled: disabled.kind === 'absent' ? body.disabled : disabled,
    routes: [...body.routes, ...quickCreate(resource)],
    stages: [],
    unread: ('unread' in body ? body.unread : undefined) ?? elsewhere,
    apiKeySource: get(resource, 'ApiKeySelectionExpression'),
    prefix: 'Properties.',
  };
}

/** Target on the API itself makes one route, $default unless RouteKey says otherwise. */
function quickCreate(resource: Resource): Route[] {
  const target = get(resource, 'Target');
  if (target.kind === 'absent') return [];
  const key = asText(get(resource, 'RouteKey')) ?? '$default';
  const url = /^https?:/i.test(keyOf(target));
  const integration: Integration = {
    ...NO_INTEGRATION,
    resource,
    type: known(url ? 'HTTP_PROXY' : 'AWS_PROXY'),
    uri: target,
    at: { uri: 'Properties.Target', tls: 'Properties.Target', connection: 'Properties.Target', parameters: 'Properties.Target', responses: 'Properties.Target' },
  };
  return [{ resource, ...parseKey(key), property: 'Properties.Target', integration, authorization: ABSENT, authorizer: ABSENT, apiKeyRequired: ABSENT }];
}

const NO_INTEGRATION: Omit<Integration, 'resource' | 'type' | 'uri' | 'at'> = {
  connectionType: ABSENT, connectionId: ABSENT, target: ABSENT, tls: ABSENT, serverName: 'ServerNameToVerify', requestParameters: ABSENT, responses: ABSENT,
};

function readRoute(resource: Resource, integrations: ReadonlyMap<string, Integration>): Route {
  const key = get(resource, 'RouteKey');
  const target = get(resource, 'Target');
  return {
    resource,
    ...parseKey(asText(key) ?? `ANY /${keyOf(key)}`),
    property: 'Properties.Target',
    integration: integrationOf(target, integrations),
    unknown: target.kind === 'absent' ? undefined : `its Target (${keyOf(target)}) is outside these templates`,
    authorization: get(resource, 'AuthorizationType'),
    authorizer: get(resource, 'AuthorizerId'),
    apiKeyRequired: get(resource, 'ApiKeyRequired'),
  };
}

/** "GET /items", "$default", "$connect". */
export function parseKey(key: string): { key: string; method: string; path: string; example: string } {
  const [method, path] = key.startsWith('$') || !key.includes(' ') ? ['ANY', '/{proxy+}'] : [key.slice(0, key.indexOf(' ')).toUpperCase(), key.slice(key.indexOf(' ') + 1).trim()];
  return { key, method, path, example: exampleOfRoute(path) };
}

/** Target is "integrations/" and the integration. */
function integrationOf(target: Value, integrations: ReadonlyMap<string, Integration>): Integration | undefined {
  if (target.kind === 'one-of') return integrationOf(target.options[0].value, integrations);
  const parts = target.kind === 'text' ? target.parts : target.kind === 'reference' ? [target] : [];
  for (const part of parts) if (typeof part !== 'string' && part.kind === 'reference') return integrations.get(part.resource.key);
  return undefined;
}

function readIntegration(resource: Resource): Integration {
  return {
    resource,
    type: get(resource, 'IntegrationType'),
    uri: get(resource, 'IntegrationUri'),
    connectionType: get(resource, 'ConnectionType'),
    connectionId: get(resource, 'ConnectionId'),
    target: ABSENT,
    tls: get(resource, 'TlsConfig'),
    serverName: 'ServerNameToVerify',
    requestParameters: get(resource, 'RequestParameters'),
    responses: ABSENT,
    at: { uri: 'Properties.IntegrationUri', tls: 'Properties.TlsConfig', connection: 'Properties.ConnectionId', parameters: 'Properties.RequestParameters', responses: 'Properties' },
  };
}

function readStage(resource: Resource): Stage {
  return {
    resource,
    name: get(resource, 'StageName'),
    autoDeploy: get(resource, 'AutoDeploy'),
    deployment: get(resource, 'DeploymentId'),
    clientCertificate: ABSENT,
  };
}
