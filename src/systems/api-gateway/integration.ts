// The integration side of REST and HTTP APIs: what they send on, and what the client gets of what comes back. They speak
// HTTP/1.1 and TLS 1.2 to integrations and drop `Upgrade`, so that no WebSocket ever gets through.
// Facts: API Gateway guide "Known issues" (Upgrade), "Security policies" (TLS 1.2 on egress), "Private integrations for HTTP
// APIs" (TlsConfig); re:Post "api-gateway-private-integration-errors" (400 at HTTPS listeners, strictest desync mode);
// hashicorp/terraform-provider-aws#15768 (500 for a wrong server name). That HTTP APIs drop Upgrade too: inferred.

import { Outcome } from '../../protocol';
import { asFlag, asText, declarations, get, pick, Value } from '../../template';
import { attributeOf } from '../alb/settings';
import { certificateNames, covers } from '../certificate';
import { Answer, behindGateway, cannotKnow, fail, Fault, Request, Sender } from '../hop';
import { Arrival, blamesProxy, reply, serversFor } from '../server';
import { Walk } from '../walk';
import { Destination, Destinations, Reached } from './destination';
import { Api, Integration, PRODUCT_NAMES, Route } from './model';
import { INTEGRATION_TLS } from './tls-policies';

/** How often one route may be met in a walk before it counts as a circle. */
const CIRCLE = 3;
const met = new WeakMap<Walk, Map<Route, number>>();

/** What the client gets from a route of a REST or HTTP API. */
export function send(request: Request, api: Api, route: Route, destinations: Destinations, walk: Walk): Answer {
  const { integration } = route;
  const arrived = request.kind === 'websocket' && !request.spoilt ? spoil(request, api, route) : request;
  if (!integration) return lost(cannotKnow(`the integration of ${route.key} is unknown: ${route.unknown ?? 'none is attached'}`), arrived);
  if (circles(route, walk)) return cannotKnow(`${route.resource.id} leads to itself`);
  if (integration.resource !== route.resource) walk.through(integration.resource);
  if (request.kind === 'grpc') return withoutGrpc(request, api, route);
  const destination = destinations.of(integration, api, walk);
  const target = { ...arrived.target, path: pathAt(arrived.target.path, route, destination) };
  const onward: Request = { ...arrived, sender: sender(api), target, version: undefined, meant: undefined, routedBy: undefined };
  return lost(behindGateway(toDestination(onward, destination, integration, api, walk), '500'), arrived);
}

function circles(route: Route, walk: Walk): boolean {
  const routes = met.get(walk) ?? new Map<Route, number>();
  met.set(walk, routes);
  const times = (routes.get(route) ?? 0) + 1;
  routes.set(route, times);
  return times > CIRCLE;
}

/** The handshake loses its Upgrade header here; at fault is what leads WebSocket clients here. */
function spoil(request: Request, api: Api, route: Route): Request {
  const { integration } = route;
  const own = integration ? { resource: integration.resource, property: integration.at.uri } : { resource: route.resource, property: route.property };
  const fault: Fault = {
    cause: 'HopWithoutWebSocket',
    ...(request.routedBy ?? own),
    certainty: 'certain',
    why: `${api.resource.id} ${api.resource === route.resource && api.routes.length === 0 ? 'belongs to' : 'is'} ${PRODUCT_NAMES[api.product]}, which drops the Upgrade header and never switches protocols`,
  };
  return { ...request, spoilt: { how: 'no-upgrade', fault } };
}

/** A spoilt handshake never ends well, whatever stands behind. */
function lost(answer: Answer, { kind, spoilt }: Request): Answer {
  if (kind !== 'websocket' || !spoilt || answer.fault || answer.impossible) return answer;
  if (answer.note === SERVICE) return { outcome: 'ws-handshake-failure', fault: { ...spoilt.fault, why: `${spoilt.fault.why}; the function or service behind it answers as to any request` } };
  const status: Outcome = /^[345]/.test(answer.outcome) ? answer.outcome : '426';
  return { outcome: status, fault: { ...spoilt.fault, why: `${spoilt.fault.why}; the server behind it sees a plain GET, to which a WebSocket server answers 426 (some 400)` } };
}

function withoutGrpc(request: Request, api: Api, route: Route): Answer {
  const own = { resource: route.resource, property: route.property };
  return fail('502', {
    cause: 'HopWithoutGrpc',
    ...(request.routedBy ?? own),
    certainty: 'possible',
    why: `${api.resource.id} sends HTTP/1.1 to its integrations, and gRPC needs HTTP/2 all the way (inferred: no document speaks of gRPC through API Gateway)`,
  });
}

const SERVICE = 'a function or an AWS service answers';

function sender(api: Api): Sender {
  const presents = api.stages.some((stage) => stage.clientCertificate.kind !== 'absent') ?? false;
  return { versions: ['1.1'], alpn: ['http/1.1'], tls: INTEGRATION_TLS, needsAlpn: false, certificate: presents ? undefined : false, name: 'API Gateway' };
}

/** HTTP APIs pass the path on to listeners; a URL has one of its own, with {variables} of the request's. */
function pathAt(path: string, route: Route, destination: Destination): string {
  const pattern = destination.is === 'service' ? undefined : destination.url?.path;
  if (pattern === undefined) return path;
  const greedy = route.path.search(/\{[^{}]*\+\}/);
  const rest = greedy < 0 ? path.replace(/^\//, '') : path.slice(greedy);
  return pattern.replace(/\{proxy\+?\}/g, rest).replace(/\{[^{}]*\}/g, 'handshake');
}

function toDestination(request: Request, destination: Destination, integration: Integration, api: Api, walk: Walk): Answer {
  switch (destination.is) {
    case 'service': return { outcome: 'served', note: SERVICE };
    case 'unknown': return declared(request, integration, destination.url?.scheme ?? 'https', walk) ?? { outcome: 'served', note: `what stands behind the API is not known: ${destination.because}` };
    case 'reached': return reach(request, destination, integration, api, walk);
  }
}

/** A server that is declared on the integration itself, for one outside the templates. */
function declared(request: Request, integration: Integration, scheme: 'http' | 'https', walk: Walk): Answer | undefined {
  const servers = declarations(integration.resource).servers.map((server) => ({ ...server, declared: true, by: `declared in Metadata of ${integration.resource.id}` }));
  if (servers.length === 0) return undefined;
  const { path } = request.target;
  const arrival: Arrival = { kind: request.kind, version: '1.1', scheme, tls: INTEGRATION_TLS, path, spoilt: request.spoilt?.how };
  walk.toServer(arrival);
  const answer = reply(arrival, serversFor(servers, undefined, path));
  if (answer.does === 'serve') return { outcome: 'served', note: answer.assumed };
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  if (request.spoilt) return { outcome: answer.with, fault: { ...request.spoilt.fault, why: `${request.spoilt.fault.why}; ${answer.why}` } };
  const cause = answer.mismatch === 'websocket-only' ? 'PlainHttpAtWebSocketOnlyServer' : 'IntegrationServerMismatch';
  return blamesProxy(answer) ?? fail(answer.with, { cause, resource: integration.resource, property: cause === 'IntegrationServerMismatch' ? integration.at.uri : 'Metadata.cdk-handshake.server', why: answer.why, certainty: answer.certain ? 'certain' : 'possible' });
}

function reach(request: Request, reached: Reached, integration: Integration, api: Api, walk: Walk): Answer {
  for (const resource of reached.through) walk.through(resource);
  const tls = tlsOf(reached, integration, walk);
  const scheme = tls.on ? 'https' : 'http';
  const { listening, door, port } = reached;
  const where = door ? `port ${port} of ${door.resource.id}` : 'the listener';
  const at = (cause: string, property: string, why: string) => ({ cause, resource: integration.resource, property, why });
  if (listening.is === 'unknown') return { outcome: 'served', note: listening.because };
  if (listening.is === 'closed') {
    return fail(api.product === 'rest' ? '504' : '503', at('IntegrationPortClosed', integration.at.uri, `the integration connects to ${where}, where nothing listens`));
  }
  if (listening.is !== 'bytes' && listening.is !== scheme) {
    const name = listening.setting.resource.id;
    const property = reached.url ? integration.at.uri : integration.at.tls;
    if (tls.on) return fail('500', at('IntegrationSchemeMismatch', property, `the integration starts a TLS handshake (${tls.why}) and ${name} speaks cleartext`));
    const balancer = asText(get(listening.setting.resource, 'Protocol')) === 'TLS' ? 'a network load balancer closes the connection' : 'the balancer answers 400 to plain HTTP on an HTTPS port';
    return fail(balancer.startsWith('the') ? '400' : '503', at('IntegrationSchemeMismatch', property, `the integration sends plain HTTP (${tls.why}), ${name} expects TLS, and ${balancer}`));
  }
  const refused = wrongName(reached, tls, integration, walk) ?? strictest(reached, api, walk);
  if (refused) return refused;
  if (!door) return { outcome: 'served', note: 'what the load balancer does is not known' };
  if (port === undefined) return cannotKnow(`the port of ${listening.setting.resource.id} is unknown`);
  return door.receive({ ...request, scheme, port }, walk);
}

/** Whether the leg is TLS, and which name is asked for. */
interface Tls { readonly on: boolean; readonly name: Value; readonly why: string; readonly written: boolean }

function tlsOf({ url }: Reached, integration: Integration, walk: Walk): Tls {
  const config = walk.settle(integration.tls);
  if (url) return { on: url.scheme === 'https', name: url.host, why: `its URI is ${url.scheme}`, written: false };
  const name = pick(config, integration.serverName);
  return { on: config.kind !== 'absent', name, why: config.kind === 'absent' ? 'it has no TlsConfig' : 'it has a TlsConfig', written: true };
}

/** The name that is verified must be on the certificate of the listener. */
function wrongName(reached: Reached, tls: Tls, integration: Integration, walk: Walk): Answer | undefined {
  const { listening, door, port } = reached;
  if (!tls.on || listening.is !== 'https' || asFlag(pick(walk.settle(integration.tls), 'insecureSkipVerification')) === true) return undefined;
  const fault = { cause: 'ServerNameNotOnCertificate', resource: integration.resource, property: tls.written ? `${integration.at.tls}.ServerNameToVerify` : integration.at.uri };
  if (reached.ownName) return fail('500', { ...fault, certainty: 'possible', why: `the URI has the amazonaws.com name of ${door?.resource.id}, which no certificate of yours can carry` });
  const asked = asText(walk.settle(tls.name))?.toLowerCase();
  const names = reached.moreCertificates ? undefined : door && port !== undefined ? door.certificateNames(port, walk)
    : certificateNames(listening.setting.resource, walk);
  if (asked === undefined || names === undefined || covers(names, asked)) return undefined;
  const why = `the integration verifies the name ${asked}, and the certificate of ${listening.setting.resource.id} is for ${names.join(', ')}`;
  return fail('500', { ...fault, why, certainty: tls.written ? 'certain' : 'possible' });
}

/** In strictest mode an ALB answers 400 to what an HTTP API sends it. */
function strictest({ door, url }: Reached, api: Api, walk: Walk): Answer | undefined {
  if (api.product === 'rest' || door?.resource.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return undefined;
  const balancer = door.resource;
  if ((asText(walk.settle(get(balancer, 'Type'))) ?? 'application') !== 'application') return undefined;
  const mode = asText(walk.settle(attributeOf(get(balancer, 'LoadBalancerAttributes'), 'routing.http.desync_mitigation_mode')));
  if (mode !== 'strictest') return undefined;
  walk.through(balancer);
  return fail('400', {
    cause: 'StrictestDesyncBehindHttpApi',
    resource: balancer,
    property: 'Properties.LoadBalancerAttributes',
    certainty: url ? 'possible' : 'certain',
    why: 'in desync mitigation mode strictest the balancer takes only requests that follow RFC 9110 to the letter, and answers 400 to those of an HTTP API',
  });
}
