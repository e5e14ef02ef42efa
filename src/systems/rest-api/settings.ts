// REST APIs as the templates give them: resources and methods make the routes, or an OpenAPI body does.
// Not here: what they do (api-gateway/), gateway responses and masking (advice.ts).
// Facts: AWS::ApiGateway resource reference; defaults: EndpointConfiguration EDGE.

import { ABSENT, asText, each, get, items, keyOf, known, pick, Resource, Templates, Value } from '../../template';
import { Api, exampleOfRoute, Integration, Route } from '../api-gateway/model';
import { readBody } from '../api-gateway/openapi';

export interface RestApis {
  readonly apis: ReadonlyMap<string, Api>;
  /** Methods of APIs that are outside these templates. */
  readonly loose: readonly Route[];
}

export function readRestApis(templates: Templates): RestApis {
  const apis = new Map(templates.all('AWS::ApiGateway::RestApi').map((resource) => [resource.key, readApi(resource)]));
  const paths = new Map<string, string>();
  const loose: Route[] = [];
  for (const resource of templates.all('AWS::ApiGateway::Method')) {
    const of = get(resource, 'RestApiId');
    const api = of.kind === 'reference' ? apis.get(of.resource.key) : undefined;
    (api?.routes ?? loose).push(readMethod(resource, paths));
  }
  for (const resource of templates.all('AWS::ApiGateway::Stage')) {
    const of = get(resource, 'RestApiId');
    if (of.kind !== 'reference') continue;
    apis.get(of.resource.key)?.stages.push({ resource, name: get(resource, 'StageName'), autoDeploy: ABSENT, deployment: get(resource, 'DeploymentId'), clientCertificate: get(resource, 'ClientCertificateId') });
  }
  return { apis, loose };
}

function readApi(resource: Resource): Api {
  const body = readBody(resource, get(resource, 'Body'), 'Properties.Body');
  const disabled = get(resource, 'DisableExecuteApiEndpoint');
  return {
    resource,
    product: 'rest',
    endpoint: endpointType(get(resource, 'EndpointConfiguration'), 'EDGE'),
    securityPolicy: get(resource, 'SecurityPolicy'),
    accessMode: get(resource, 'EndpointAccessMode'),
    disabled: disabled.kind === 'absent' ? body.disabled : disabled,
    routes: [...body.routes],
    stages: [],
    unread: body.unread ?? (get(resource, 'BodyS3Location').kind === 'absent' ? undefined : 'its OpenAPI body is in S3'),
    apiKeySource: ABSENT,
    prefix: 'Properties.',
  };
}

/** EDGE, REGIONAL or PRIVATE: CloudFormation has a list of one, SAM a word or an object too. */
export function endpointType(configuration: Value, fallback: string): Value {
  return each(configuration, (settled) => {
    if (settled.kind === 'absent') return known(fallback);
    if (settled.kind === 'known') return known(String(settled.value).toUpperCase());
    const type = pick(settled, 'Type');
    const listed = type.kind === 'absent' ? pick(settled, 'Types') : type;
    if (listed.kind === 'absent' && settled.kind === 'map') return known(fallback);
    return listed.kind === 'list' ? (items(listed)[0]?.value ?? known(fallback)) : listed;
  });
}

function readMethod(resource: Resource, paths: Map<string, string>): Route {
  const method = (asText(get(resource, 'HttpMethod')) ?? 'ANY').toUpperCase();
  const path = pathOf(get(resource, 'ResourceId'), paths);
  const integration = get(resource, 'Integration');
  return {
    resource,
    key: `${method} ${path}`,
    method,
    path,
    example: exampleOfRoute(path),
    property: 'Properties.Integration',
    integration: integration.kind === 'map' ? readIntegration(resource, integration) : undefined,
    unknown: integration.kind === 'unknown' ? integration.because : undefined,
    authorization: get(resource, 'AuthorizationType'),
    authorizer: get(resource, 'AuthorizerId'),
    apiKeyRequired: get(resource, 'ApiKeyRequired'),
  };
}

/** The path of a resource: its parents' parts and its own. */
function pathOf(id: Value, paths: Map<string, string>, depth = 0): string {
  if (id.kind !== 'reference' || id.resource.type !== 'AWS::ApiGateway::Resource') return '/';
  const { resource } = id;
  const before = paths.get(resource.key);
  if (before !== undefined) return before;
  const parent = depth > 100 ? '/' : pathOf(get(resource, 'ParentId'), paths, depth + 1);
  const path = `${parent === '/' ? '' : parent}/${keyOf(get(resource, 'PathPart'))}`;
  paths.set(resource.key, path);
  return path;
}

function readIntegration(resource: Resource, value: Value): Integration {
  const at = (name: string) => `Properties.Integration.${name}`;
  return {
    resource,
    type: pick(value, 'Type'),
    uri: pick(value, 'Uri'),
    connectionType: pick(value, 'ConnectionType'),
    connectionId: pick(value, 'ConnectionId'),
    target: pick(value, 'IntegrationTarget'),
    tls: pick(value, 'TlsConfig'),
    serverName: 'ServerNameToVerify',
    requestParameters: pick(value, 'RequestParameters'),
    responses: pick(value, 'IntegrationResponses'),
    at: { uri: at('Uri'), tls: at('Uri'), connection: at('ConnectionId'), parameters: at('RequestParameters'), responses: at('IntegrationResponses') },
  };
}
