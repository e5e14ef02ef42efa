// What SAM makes of AWS::Serverless::Api, HttpApi, WebSocketApi and of functions' API events, as far as their properties
// and Globals say it: endpoint, TLS policy, domain, routes. The macro itself is not run; what it adds beyond that is unknown.
// Facts: AWS SAM specification (resource and event properties, Globals, implicit ServerlessRestApi and ServerlessHttpApi).

import { ABSENT, asText, dig, get, isRecord, known, own, pick, record, Resource, Templates, Value } from '../../template';
import { Domain } from '../api-gateway/domains';
import { Api, Integration, Product, Route } from '../api-gateway/model';
import { Body, readBody } from '../api-gateway/openapi';
import { parseKey } from '../http-api/settings';
import { endpointType } from '../rest-api/settings';

export interface SamApis {
  readonly apis: ReadonlyMap<string, Api>;
  /** APIs that functions' events bring about without a resource of their own. */
  readonly implicit: readonly Api[];
  readonly domains: readonly Domain[];
}

type Apis = ReadonlyMap<string, Api>;

export function readSam(templates: Templates, rest: Apis, v2: Apis): SamApis {
  const apis = new Map<string, Api>();
  const domains: Domain[] = [];
  const add = (type: string, section: string, product: Product) => {
    for (const resource of templates.all(type)) {
      const settings = new Settings(resource, section);
      const api = product === 'websocket' ? webSocketApi(settings) : httpApi(settings, product);
      apis.set(resource.key, api);
      const domain = domainOf(settings, api);
      if (domain) domains.push(domain);
    }
  };
  add('AWS::Serverless::Api', 'Api', 'rest');
  add('AWS::Serverless::HttpApi', 'HttpApi', 'http');
  add('AWS::Serverless::WebSocketApi', 'WebSocketApi', 'websocket');
  const implicit = new Map<string, Api>();
  for (const fn of templates.all('AWS::Serverless::Function')) addEvents(fn, new Map([...rest, ...v2, ...apis]), implicit);
  return { apis, implicit: [...implicit.values()], domains };
}

/** Properties of a resource over those of its section in Globals. */
class Settings {
  private readonly globals: Value;

  constructor(public readonly resource: Resource, private readonly section: string) {
    const globals = own(record(own(record(resource.scope.input.body), 'Globals')), section);
    this.globals = resource.properties.kind === 'map' && isRecord(globals) ? resource.properties.read(globals) : ABSENT;
  }

  public get(name: string, onlyGlobal = false): Value {
    const mine = onlyGlobal ? ABSENT : get(this.resource, name);
    return mine.kind === 'absent' ? pick(this.globals, name) : mine;
  }

  public at(name: string): string {
    return get(this.resource, name).kind === 'absent' && pick(this.globals, name).kind !== 'absent' ? `Globals.${this.section}.${name}` : `Properties.${name}`;
  }
}

function httpApi(settings: Settings, product: 'rest' | 'http', implicit = false): Api {
  const { resource } = settings;
  const body: Body = implicit ? { routes: [], disabled: ABSENT } : readBody(resource, get(resource, 'DefinitionBody'), 'Properties.DefinitionBody');
  const disabled = settings.get('DisableExecuteApiEndpoint', implicit);
  const elsewhere = !implicit && get(resource, 'DefinitionUri').kind !== 'absent' ? 'its OpenAPI body is in a file (DefinitionUri)' : undefined;
  return {
    resource,
    product,
    endpoint: product === 'rest' ? endpointType(settings.get('EndpointConfiguration', implicit), 'EDGE') : known('REGIONAL'),
    securityPolicy: product === 'rest' ? settings.get('SecurityPolicy', implicit) : ABSENT,
    accessMode: product === 'rest' ? settings.get('EndpointAccessMode', implicit) : ABSENT,
    disabled: disabled.kind === 'absent' ? body.disabled : disabled,
    routes: [...body.routes],
    stages: [],
    unread: body.unread ?? elsewhere,
    apiKeySource: ABSENT,
    deployedBySam: true,
    prefix: implicit ? `Globals.${product === 'rest' ? 'Api' : 'HttpApi'}.` : 'Properties.',
  };
}

function webSocketApi(settings: Settings): Api {
  const { resource } = settings;
  const routes = settings.get('Routes');
  const auth = settings.get('Auth');
  const keys = routes.kind === 'map' ? Object.keys(routes.raw) : [];
  return {
    resource,
    product: 'websocket',
    endpoint: known('REGIONAL'),
    securityPolicy: ABSENT,
    accessMode: ABSENT,
    disabled: settings.get('DisableExecuteApiEndpoint'),
    routes: keys.map((key) => ({
      resource,
      ...parseKey(key),
      property: `Properties.Routes.${key}`,
      integration: lambda(resource, pick(pick(routes, key), 'FunctionArn'), `Properties.Routes.${key}`),
      authorization: key === '$connect' ? pick(auth, 'AuthType') : ABSENT,
      authorizer: key === '$connect' ? auth : ABSENT,
      apiKeyRequired: pick(pick(routes, key), 'ApiKeyRequired'),
    })),
    stages: [],
    unread: routes.kind === 'unknown' ? routes.because : undefined,
    apiKeySource: settings.get('ApiKeySelectionExpression'),
    deployedBySam: true,
    prefix: 'Properties.',
  };
}

function lambda(resource: Resource, uri: Value, property: string): Integration {
  return {
    resource,
    type: known('AWS_PROXY'),
    uri,
    connectionType: ABSENT,
    connectionId: ABSENT,
    target: ABSENT,
    tls: ABSENT,
    serverName: 'ServerNameToVerify',
    requestParameters: ABSENT,
    responses: ABSENT,
    at: { uri: property, tls: property, connection: property, parameters: property, responses: property },
  };
}

/** Domain: one domain name with one mapping, on a resource of the API's own. */
function domainOf(settings: Settings, api: Api): Domain | undefined {
  const domain = settings.get('Domain');
  if (domain.kind !== 'map') return undefined;
  const { resource } = settings;
  const at = (name: string) => `${settings.at('Domain')}.${name}`;
  const endpoint = endpointType(pick(domain, 'EndpointConfiguration'), 'REGIONAL');
  return {
    resource,
    version: api.product === 'rest' ? 'v1' : 'v2',
    name: pick(domain, 'DomainName'),
    endpoint,
    policy: pick(domain, 'SecurityPolicy'),
    accessMode: pick(domain, 'EndpointAccessMode'),
    mutualTls: pick(domain, 'MutualTlsAuthentication'),
    certificates: [pick(domain, 'CertificateArn')],
    mappings: [{ resource, version: api.product === 'rest' ? 'v1' : 'v2', api, basePath: ABSENT }],
    privateOnly: asText(endpoint) === 'PRIVATE',
    at: { endpoint: at('EndpointConfiguration'), policy: at('SecurityPolicy'), accessMode: at('EndpointAccessMode'), mutualTls: at('MutualTlsAuthentication') },
  };
}

/** Api and HttpApi events of a function make routes, on the API they name or on the template's implicit one. */
function addEvents(fn: Resource, apis: Apis, implicit: Map<string, Api>): void {
  const events = get(fn, 'Events');
  if (events.kind !== 'map') return;
  for (const name of Object.keys(events.raw)) {
    const event = pick(events, name);
    const type = asText(pick(event, 'Type'));
    if (type !== 'Api' && type !== 'HttpApi') continue;
    const id = dig(event, 'Properties', type === 'Api' ? 'RestApiId' : 'ApiId');
    const own_ = id.kind === 'reference' ? apis.get(id.resource.key) : undefined;
    const api = id.kind === 'absent' ? implicitApi(fn, type, implicit) : own_;
    api?.routes.push(eventRoute(fn, name, event));
  }
}

function implicitApi(fn: Resource, type: 'Api' | 'HttpApi', implicit: Map<string, Api>): Api {
  const key = `${fn.scope.index} ${type}`;
  const before = implicit.get(key);
  if (before) return before;
  const api = httpApi(new Settings(fn, type), type === 'Api' ? 'rest' : 'http', true);
  implicit.set(key, api);
  return api;
}

function eventRoute(fn: Resource, name: string, event: Value): Route {
  const path = asText(dig(event, 'Properties', 'Path'));
  const method = (asText(dig(event, 'Properties', 'Method')) ?? 'ANY').toUpperCase();
  const property = `Properties.Events.${name}`;
  return {
    resource: fn,
    ...parseKey(path === undefined || path === '$default' ? '$default' : `${method === 'X-AMAZON-APIGATEWAY-ANY-METHOD' ? 'ANY' : method} ${path}`),
    property,
    integration: lambda(fn, ABSENT, property),
    authorization: ABSENT,
    authorizer: ABSENT,
    apiKeyRequired: ABSENT,
  };
}
