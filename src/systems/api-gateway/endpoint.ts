// The doors of an API: its default endpoint (execute-api) and, for requests that come through a custom domain, the API
// behind it. A private API is no door for public clients; a disabled default endpoint is none for anybody.
// Facts: API Gateway guide "Disable the default endpoint" (403), "Private REST APIs", "Choose a security policy".

import { asFlag, asText, declarations, get, Resource } from '../../template';
import { Answer, cannotKnow, Door, Entry, fail, IMPOSSIBLE, Intent, Request, Sample, SERVED, Target } from '../hop';
import { exampleOf } from '../pattern';
import { kindsOf } from '../server';
import { Walk } from '../walk';
import { idle } from './deployed';
import { send } from './integration';
import { Api, apiOutside, Product, PRODUCT_NAMES, Route, RouteTable } from './model';
import { Gateway } from './registry';
import { apiTlsPolicies, connect, TlsFront } from './tls';
import { DEFAULT_API_TLS_POLICIES } from './tls-policies';
import { handshakeAtApi } from '../websocket-api/connect';

/** A path that no route names. */
export const ELSEWHERE: Target = { path: '/handshake', headers: {}, query: {} };

/** Goes through a resource once, even where SAM packs several hops into one. */
export function pass(resource: Resource, walk: Walk): void {
  if (walk.trace[walk.trace.length - 1] !== resource) walk.through(resource);
}

export class Endpoint {
  private readonly table: RouteTable;
  private made?: readonly Sample[];

  constructor(public readonly api: Api, private readonly gateway: Gateway) {
    this.table = new RouteTable(api.routes);
  }

  public door(): Door {
    const { resource } = this.api;
    return {
      resource,
      samples: () => this.samples,
      listening: (port) => (port === 443 ? { is: 'https', setting: { resource, property: 'Properties' } } : { is: 'closed' }),
      certificateNames: () => undefined,
      receive: (request, walk) => this.receive(request, walk),
    };
  }

  /** The default endpoint, unless nobody comes that way. */
  public entry(): Entry | undefined {
    const { api } = this;
    if (asText(api.endpoint) === 'PRIVATE') return undefined;
    if (asFlag(api.disabled) === true && this.gateway.domainsOf(api).length > 0) return undefined;
    const own = this;
    return {
      resource: api.resource,
      schemes: () => ['https'],
      get samples() {
        return own.samples;
      },
      tlsSetting: api.product === 'rest' && asFlag(api.disabled) !== true ? { resource: api.resource, property: `${api.prefix}SecurityPolicy`, value: api.securityPolicy, cause: (asked) => this.outdatedCause(asked) } : undefined,
      receive: (request, walk) => this.receive(request, walk),
    };
  }

  public get samples(): readonly Sample[] {
    if (this.made) return this.made;
    this.made = []; // what asks again from behind, in a circle, finds nothing
    return (this.made = this.api.product === 'websocket' ? this.sockets() : this.requests());
  }

  /** A request to the default endpoint. */
  public receive(request: Request, walk: Walk): Answer {
    const { api } = this;
    pass(api.resource, walk);
    const at = { resource: api.resource, property: 'Properties' };
    if (api.product === 'rest' && walk.text(api.endpoint, 'EDGE', ['EDGE', 'PRIVATE']) === 'PRIVATE') {
      if (!request.routedBy) return IMPOSSIBLE;
      return fail('403', { cause: 'PrivateApiFromOutside', ...request.routedBy, why: `${api.resource.id} is a private API, which answers inside its VPC only` });
    }
    if (walk.flag(api.disabled, false)) {
      if (request.routedBy) return fail('403', { cause: 'DefaultEndpointDisabled', ...request.routedBy, why: `the origin is the execute-api name of ${api.resource.id}, and its default endpoint is disabled` });
      if (this.gateway.domainsOf(api).length > 0) return IMPOSSIBLE;
      walk.note(`callers come through a custom domain of ${api.resource.id} that is outside these templates`);
      const version = request.sender.alpn.includes('h2') ? '2' : '1.1';
      walk.leg(api.resource, { ...request, version });
      return this.take({ ...request, version }, walk);
    }
    const connected = connect(request, this.front(at), walk);
    if (typeof connected !== 'string') return connected;
    walk.leg(api.resource, { ...request, version: connected });
    return this.take({ ...request, version: connected }, walk);
  }

  /** A request that has been let in, here or at a custom domain. */
  public take(request: Request, walk: Walk): Answer {
    const { api } = this;
    pass(api.resource, walk);
    if (api.product === 'websocket') return handshakeAtApi(request, api, this.gateway, walk);
    const empty = api.product === 'http' ? idle(api, this.gateway, walk) : undefined;
    if (empty) return empty;
    const method = request.kind === 'grpc' ? 'POST' : request.kind === 'websocket' ? 'GET' : (request.target.method ?? 'GET');
    const route = this.table.find(request.target.path, method);
    if (route) {
      pass(route.resource, walk);
      return send(request, api, route, this.gateway.destinations, walk);
    }
    if (request.kind === 'websocket') {
      const where = request.routedBy ?? { resource: api.resource, property: 'Properties' };
      return fail('ws-handshake-failure', { cause: 'HopWithoutWebSocket', ...where, why: `${api.resource.id} is ${PRODUCT_NAMES[api.product]}, which never switches protocols` });
    }
    const why = api.unread ?? (api.routes.length ? undefined : `no route of ${api.resource.id} is in these templates`);
    return why ? { outcome: 'served', note: why } : cannotKnow(`no route of ${api.resource.id} takes ${request.target.path}`);
  }

  private front(setting: TlsFront['setting']): TlsFront {
    const { api } = this;
    const name = `the default endpoint of ${api.resource.id}`;
    if (api.product !== 'rest') return { policy: api.securityPolicy, fallback: DEFAULT_API_TLS_POLICIES.httpApi, settable: false, setting, name };
    return { policy: api.securityPolicy, fallback: DEFAULT_API_TLS_POLICIES.restApi, settable: true, setting: { ...setting, property: `${api.prefix}SecurityPolicy` }, name };
  }

  /** Nobody chose the default of REST APIs: it is worth a word, and more where a domain of theirs is stricter. */
  private outdatedCause(asked: boolean): string {
    if (asked || this.api.securityPolicy.kind !== 'absent') return 'OutdatedTlsOnApi';
    const stricter = this.gateway.domainsOf(this.api).some(({ policy }) => {
      const name = policy.kind === 'absent' ? DEFAULT_API_TLS_POLICIES.domainName : asText(policy);
      const found = name === undefined ? undefined : apiTlsPolicies(name)[0];
      return found !== undefined && !found.tls.includes('1.0');
    });
    return stricter ? 'WeakerDefaultEndpoint' : 'OutdatedTlsOnDefaultEndpoint';
  }

  private sockets(): Sample[] {
    return [{ target: { ...ELSEWHERE, path: '/' }, kinds: [{ kind: 'websocket', by: 'inferred' }] }];
  }

  /** One request per route, per declared route, and per WebSocket path declared behind a balancer that only the API leads to. */
  private requests(): Sample[] {
    const samples: Sample[] = [];
    const doors = new Map<string, { behind: readonly Sample[]; routes: Route[] }>();
    for (const route of this.api.routes) {
      if (route.method === 'OPTIONS') continue; // preflights are made up, and never what a client is there for
      const declared = this.declaredOn(route);
      const door = declared ? undefined : this.internalDoor(route);
      const before = door && doors.get(door.resource.key);
      const behind = before?.behind ?? door?.samples() ?? [];
      if (door && before) before.routes.push(route);
      else if (door) doors.set(door.resource.key, { behind, routes: [route] });
      const here = declared ?? behind.find((sample) => sample.says === undefined)?.kinds ?? [];
      const onlySockets = here.length > 0 && here.every(({ kind }) => kind === 'websocket');
      const kinds: readonly Intent[] = onlySockets || declared ? here : [{ kind: 'http', by: 'inferred' }];
      // /{proxy+} takes everything but /, and leaves that to $default.
      const path = route.key === '$default' && this.table.find(route.example, 'GET') !== route ? '/' : route.example;
      samples.push({ target: { ...ELSEWHERE, path, method: route.method === 'ANY' ? undefined : route.method }, says: route.key, kinds });
    }
    for (const { behind, routes } of doors.values()) samples.push(...this.socketsBehind(behind, routes));
    for (const { path, speaks } of declarations(this.api.resource).routes) {
      samples.push({ target: { ...ELSEWHERE, path: exampleOf(path) }, says: path, kinds: kindsOf([{ speaks, only: false, transports: [], declared: true, by: '' }]) });
    }
    if (samples.length === 0) samples.push({ target: ELSEWHERE, kinds: [{ kind: 'http', by: 'inferred' }] });
    return samples;
  }

  /** WebSocket servers that are declared behind an internal balancer: the API may be the only way in, which is a guess. */
  private socketsBehind(behind: readonly Sample[], routes: readonly Route[]): Sample[] {
    return behind.flatMap(({ target, says, kinds }): Sample[] => {
      const sockets = kinds.filter(({ kind, by }) => kind === 'websocket' && by === 'declared');
      if (sockets.length === 0 || sockets.length === kinds.length && says === undefined) return [];
      const path = says === undefined ? routes[0].example : target.path;
      const route = this.table.find(path, 'GET');
      return route && routes.includes(route) ? [{ target: { ...ELSEWHERE, path }, says: says ?? route.key, kinds: [{ kind: 'websocket', by: 'guessed' }] }] : [];
    });
  }

  /** What a server declared on the integration itself is there for. */
  private declaredOn({ integration }: Route): readonly Intent[] | undefined {
    const servers = integration ? declarations(integration.resource).servers : [];
    return servers.length ? kindsOf(servers.map((server) => ({ ...server, declared: true, by: '' }))) : undefined;
  }

  private internalDoor({ integration }: Route): Door | undefined {
    let door: Door | undefined;
    if (!integration) return undefined;
    Walk.all((walk) => {
      const destination = this.gateway.destinations.of(integration, this.api, walk);
      if (destination.is === 'reached') door ??= destination.door;
      return SERVED;
    });
    return door && asText(get(door.resource, 'Scheme')) === 'internal' && !this.gateway.otherwiseReached(door.resource) ? door : undefined;
  }
}

/** Callers of an API outside the templates, seen from one of its routes or integrations on. */
export function looseEntry(route: Route, product: Product, gateway: Gateway): Entry {
  const api = apiOutside(route.resource, product);
  return {
    resource: route.resource,
    schemes: () => ['https'],
    samples: [{ target: { ...ELSEWHERE, path: route.example }, says: route.key, kinds: [{ kind: 'http', by: 'inferred' }] }],
    receive: (request, walk) => {
      walk.through(route.resource);
      return send({ ...request, version: '1.1' }, api, route, gateway.destinations, walk);
    },
  };
}
