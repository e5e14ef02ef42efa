// Routes and integrations from an OpenAPI body that stands in the template. A body in S3, or one that AWS::Include brings,
// is unknown, and says so. Not here: fetching anything.
// Facts: API Gateway guide "OpenAPI extensions" (x-amazon-apigateway-integration, x-amazon-apigateway-any-method,
// x-amazon-apigateway-endpoint-configuration).

import { exampleOfRoute, Integration, Route } from './model';
import { ABSENT, dig, items, pick, Resource, Value } from '../../template';

export interface Body {
  readonly routes: readonly Route[];
  readonly unread?: string;
  readonly disabled: Value;
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'x-amazon-apigateway-any-method']);

/** The routes of a body; `property` is where it stands: Properties.Body. */
export function readBody(resource: Resource, body: Value, property: string): Body {
  if (body.kind === 'absent') return { routes: [], disabled: ABSENT };
  const settled = body.kind === 'one-of' ? body.options[0].value : body;
  if (settled.kind !== 'map') return { routes: [], disabled: ABSENT, unread: `its OpenAPI body is unknown${settled.kind === 'unknown' ? `: ${settled.because}` : ''}` };
  const paths = pick(settled, 'paths');
  const routes = keysOf(paths).flatMap((path) => {
    const entry = pick(paths, path);
    const methods = keysOf(entry).filter((method) => METHODS.has(method.toLowerCase()));
    return methods.map((method) => readRoute(resource, settled, path, method, pick(entry, method), property));
  });
  const included = 'Fn::Transform' in settled.raw || (paths.kind === 'map' && 'Fn::Transform' in paths.raw) || paths.kind === 'unknown';
  const disabled = dig(settled, 'x-amazon-apigateway-endpoint-configuration', 'disableExecuteApiEndpoint');
  return { routes, disabled: disabled.kind === 'unknown' ? ABSENT : disabled, unread: included ? 'its OpenAPI body is brought in by Fn::Transform' : undefined };
}

function keysOf(value: Value): string[] {
  return value.kind === 'map' ? Object.keys(value.raw) : [];
}

function readRoute(resource: Resource, body: Value, path: string, word: string, operation: Value, property: string): Route {
  const method = word.toLowerCase() === 'x-amazon-apigateway-any-method' ? 'ANY' : word.toUpperCase();
  const fallback = path === '/$default' || path === '$default';
  const written = pick(operation, 'x-amazon-apigateway-integration');
  const pointer = pick(written, '$ref');
  const integration = pointer.kind === 'known' ? dig(body, ...String(pointer.value).replace(/^#\//, '').split('/')) : written;
  return {
    resource,
    key: fallback ? '$default' : `${method} ${path}`,
    method,
    path: fallback ? '/{proxy+}' : path,
    example: exampleOfRoute(fallback ? '/{proxy+}' : path),
    integration: integration.kind === 'map' ? readIntegration(resource, integration, property) : undefined,
    unknown: integration.kind === 'unknown' ? integration.because : 'the operation names none',
    property,
    authorization: ABSENT,
    authorizer: ABSENT,
    apiKeyRequired: ABSENT,
  };
}

function readIntegration(resource: Resource, value: Value, property: string): Integration {
  return {
    resource,
    type: pick(value, 'type'),
    uri: pick(value, 'uri'),
    connectionType: pick(value, 'connectionType'),
    connectionId: pick(value, 'connectionId'),
    target: pick(value, 'integrationTarget'),
    tls: pick(value, 'tlsConfig'),
    serverName: 'serverNameToVerify',
    requestParameters: pick(value, 'requestParameters'),
    responses: responses(pick(value, 'responses')),
    at: { uri: property, tls: property, connection: property, parameters: property, responses: property },
  };
}

/** OpenAPI has a map from pattern to response, "default" for the rest; a Method has a list. */
function responses(value: Value): Value {
  if (value.kind !== 'map') return value;
  const list = Object.keys(value.raw).map((pattern): Value => ({
    kind: 'map',
    raw: { SelectionPattern: pattern === 'default' ? '' : pattern, StatusCode: (pick(value, pattern).kind === 'map' ? (value.raw[pattern] as Record<string, unknown>).statusCode : undefined) },
    read: value.read,
  }));
  return { kind: 'list', items: items({ kind: 'list', items: list }).map((item) => item.value) };
}
