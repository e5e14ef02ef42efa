// What REST, HTTP and WebSocket APIs have in common once read, whether they come from resources, from an OpenAPI body or
// from SAM: routes, integrations, stages. Values stay values; a walk settles them. Not here: reading them (each product's
// settings.ts, openapi.ts, sam/), what they do (integration.ts, websocket-api/connect.ts).

import { ABSENT, known, Resource, Value } from '../../template';

export type Product = 'rest' | 'http' | 'websocket';

export const PRODUCT_NAMES: Readonly<Record<Product, string>> = { rest: 'a REST API', http: 'an HTTP API', websocket: 'a WebSocket API' };

export interface Api {
  readonly resource: Resource;
  readonly product: Product;
  /** EDGE, REGIONAL or PRIVATE; REST only. */
  readonly endpoint: Value;
  readonly securityPolicy: Value;
  readonly accessMode: Value;
  /** DisableExecuteApiEndpoint. */
  readonly disabled: Value;
  readonly routes: Route[];
  readonly stages: Stage[];
  /** Why its routes, or some of them, cannot be read. */
  unread?: string;
  /** Where the key of a WebSocket API's caller comes from: a header unless said otherwise. */
  readonly apiKeySource: Value;
  /** SAM makes deployment and stage in the right order. */
  readonly deployedBySam?: boolean;
  /** From the resource down, of the settings above: "Properties." for resources of their own, "Globals.Api." and the like for implicit ones. */
  readonly prefix: string;
}

export interface Route {
  readonly resource: Resource;
  /** As the template writes it: "ANY /{proxy+}", "$default", "$connect". */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** Undefined: none is attached; see `unknown`. */
  readonly integration?: Integration;
  /** Why the integration is not known. */
  readonly unknown?: string;
  /** Property that leads to the integration, from the resource down. */
  readonly property: string;
  readonly authorization: Value;
  readonly authorizer: Value;
  readonly apiKeyRequired: Value;
  /** The request path as it reaches integrations that pass it on. */
  readonly example: string;
}

export interface Integration {
  readonly resource: Resource;
  /** AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK. */
  readonly type: Value;
  readonly uri: Value;
  readonly connectionType: Value;
  readonly connectionId: Value;
  /** REST over a VPC link v2: ARN of the balancer. */
  readonly target: Value;
  /** TlsConfig: its presence turns TLS on for private integrations of HTTP APIs. */
  readonly tls: Value;
  /** Key of the name to verify in it: OpenAPI spells it otherwise. */
  readonly serverName: 'ServerNameToVerify' | 'serverNameToVerify';
  readonly requestParameters: Value;
  readonly responses: Value;
  /** Names of the properties above, for faults. */
  readonly at: { readonly uri: string; readonly tls: string; readonly connection: string; readonly parameters: string; readonly responses: string };
}

export interface Stage {
  readonly resource: Resource;
  readonly name: Value;
  readonly autoDeploy: Value;
  readonly deployment: Value;
  /** Set when REST integrations get a client certificate. */
  readonly clientCertificate: Value;
}

/** A path that fits a route and hardly any other one: {x} is one segment, {x+} several. */
export function exampleOfRoute(path: string): string {
  return path.replace(/\{[^{}]*\+\}/g, 'handshake/any').replace(/\{[^{}]*\}/g, 'handshake');
}

/** Finds routes by the examples made of them first, by pattern otherwise. */
export class RouteTable {
  private readonly examples = new Map<string, Route>();

  constructor(private readonly routes: readonly Route[]) {
    // $default takes what no other route takes, its own example too.
    for (const route of routes) if (route.key !== '$default') this.examples.set(`${route.method} ${route.example}`, route);
  }

  /**
   * The route that takes a request: literal before variable, variable before greedy, greedy before $default (API Gateway guide, "Create
   * routes for HTTP APIs", "Routing API requests").
   */
  public find(path: string, method: string): Route | undefined {
    const exact = this.examples.get(`${method} ${path}`) ?? this.examples.get(`ANY ${path}`);
    if (exact) return exact;
    let best: { route: Route; rank: string } | undefined;
    for (const route of this.routes) {
      if (route.method !== 'ANY' && route.method !== method) continue;
      const rank = rankOf(route, path);
      if (rank !== undefined && (!best || rank > best.rank)) best = { route, rank };
    }
    return best?.route;
  }
}

/** Comparable as text: the more specific the greater; undefined when the route does not take the path. */
function rankOf(route: Route, path: string): string | undefined {
  if (route.key === '$default') return '';
  const wanted = route.path.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  let rank = '0';
  for (let at = 0; at < wanted.length; at++) {
    if (/^\{.*\+\}$/.test(wanted[at])) return at < given.length ? `${rank}1` : undefined;
    if (at >= given.length) return undefined;
    if (/^\{.*\}$/.test(wanted[at])) rank += '2';
    else if (wanted[at] === given[at]) rank += '3';
    else return undefined;
  }
  return wanted.length === given.length ? `${rank}${route.method === 'ANY' ? '' : '4'}` : undefined;
}

/** Stands for an API that is outside the templates, of which only a part is known. */
export function apiOutside(part: Resource, product: Product): Api {
  return { resource: part, product, endpoint: known('REGIONAL'), securityPolicy: ABSENT, accessMode: ABSENT, disabled: ABSENT, routes: [], stages: [], apiKeySource: ABSENT, prefix: 'Properties.' };
}
