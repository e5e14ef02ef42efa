// A WebSocket handshake at a WebSocket API: is the API deployed, does $connect let the caller in, does its integration
// answer 2xx. API Gateway ends the WebSocket itself; integrations get ordinary HTTP calls. Only $connect decides about the
// handshake: other routes are for messages.
// Facts: API Gateway guide "WebSocket APIs" (deployment, $connect, authorizers at $connect only); engineer-jose-blog.com and
// stackoverflow.com/questions/67640010 (400 from HTTP backends that see Sec-WebSocket-* without Upgrade: reported);
// open-guides/og-aws#772 (browsers cannot send x-api-key). What it answers to anything but a handshake is not documented.

import { asText, get, items, pick, Resource, Value } from '../../template';
import { deployed } from '../api-gateway/deployed';
import { send } from '../api-gateway/integration';
import { Api, Integration, Route } from '../api-gateway/model';
import type { Gateway } from '../api-gateway/registry';
import { Answer, cannotKnow, fail, Request, SERVED } from '../hop';
import { Walk } from '../walk';

export function handshakeAtApi(request: Request, api: Api, gateway: Gateway, walk: Walk): Answer {
  if (request.kind !== 'websocket') return cannotKnow('what a WebSocket API answers to a request that is no handshake is documented nowhere');
  if (request.version === '2') return cannotKnow('whether a WebSocket API selects h2 when a client offers it is documented nowhere');
  if (request.spoilt) return { outcome: 'ws-handshake-failure', fault: request.spoilt.fault };
  return undeployed(api, gateway, walk) ?? connect(request, api, gateway, walk);
}

/** A stage with a deployment must be there; 403 is what is remembered, no document names the status. */
function undeployed(api: Api, gateway: Gateway, walk: Walk): Answer | undefined {
  if (api.deployedBySam) return undefined;
  const stages = api.stages.filter((stage) => walk.exists(stage.resource));
  if (stages.length === 0) {
    if (gateway.network.templates.all('AWS::ApiGatewayV2::Stage').some((stage) => get(stage, 'ApiId').kind === 'unknown')) return undefined;
    return fail('403', {
      cause: 'WebSocketApiNotDeployed',
      resource: api.resource,
      property: 'Properties',
      certainty: api.routes.length === 0 || leavesTemplate(api.resource) ? 'possible' : 'certain',
      why: 'the API has no stage in these templates, and without one there is nothing to connect to',
    });
  }
  const stage = stages.find((candidate) => deployed(candidate, gateway, walk));
  if (stage) {
    walk.through(stage.resource);
    const deployment = walk.settle(stage.deployment);
    if (deployment.kind === 'reference') walk.through(deployment.resource);
    return undefined;
  }
  return fail('403', {
    cause: 'WebSocketApiNotDeployed',
    resource: stages[0].resource,
    property: 'Properties.DeploymentId',
    why: 'the stage has neither AutoDeploy nor a DeploymentId, so nothing is ever deployed to it',
  });
}

/** Another stack may add the stage (and has to, where there are no routes either): the template exports the API's id, or hands it on. */
function leavesTemplate({ id, scope }: Resource): boolean {
  if (scope.parent || scope.transformed) return true;
  const outputs = JSON.stringify(scope.outputs) ?? '';
  return outputs.includes('"Export"') && outputs.includes(`"${id}"`);
}

function connect(request: Request, api: Api, gateway: Gateway, walk: Walk): Answer {
  const route = api.routes.find((candidate) => candidate.key === '$connect' && walk.exists(candidate.resource));
  if (!route) return api.unread ? cannotKnow(api.unread) : SERVED;
  if (route.resource !== api.resource) walk.through(route.resource);
  return keyInHeader(request, route, api, walk) ?? authorizerInHeader(request, route, walk) ?? connectIntegration(request, route, api, gateway, walk);
}

/** Browsers cannot add x-api-key to a WebSocket handshake. */
function keyInHeader(request: Request, route: Route, api: Api, walk: Walk): Answer | undefined {
  if (request.setsHeaders || !walk.flag(route.apiKeyRequired, false)) return undefined;
  const source = walk.settle(api.apiKeySource);
  if (source.kind !== 'absent' && !/header/i.test(asText(source) ?? '')) return undefined;
  return fail('403', {
    cause: 'HeaderAuthorizationAtConnect',
    resource: route.resource,
    property: route.resource === api.resource ? `${route.property}.ApiKeyRequired` : 'Properties.ApiKeyRequired',
    why: '$connect wants an API key in the header x-api-key, which a browser\'s WebSocket cannot send',
  });
}

/** What a browser sends by itself with a handshake. */
const BROWSER_HEADERS = new Set(['cookie', 'host', 'origin', 'user-agent', 'accept-language', 'accept-encoding', 'cache-control', 'sec-websocket-protocol', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions', 'connection', 'upgrade', 'x-forwarded-for']);

/** An authorizer whose identity source is a header answers 401 when it is not there, without being called. */
function authorizerInHeader(request: Request, route: Route, walk: Walk): Answer | undefined {
  if (request.setsHeaders || asText(walk.settle(route.authorization))?.toUpperCase() !== 'CUSTOM') return undefined;
  const settled = walk.settle(route.authorizer);
  const authorizer = settled.kind === 'reference' ? settled.resource : undefined;
  const sources = authorizer ? get(authorizer, 'IdentitySource') : pick(settled, 'IdentitySource');
  const missing = items(sources).map(({ value }) => /^route\.request\.header\.(.+)$/i.exec(asText(value) ?? '')?.[1]).find((name) => name !== undefined && !BROWSER_HEADERS.has(name.toLowerCase()));
  if (missing === undefined) return undefined;
  return fail('401', {
    cause: 'HeaderAuthorizationAtConnect',
    resource: authorizer ?? route.resource,
    property: authorizer ? 'Properties.IdentitySource' : 'Properties.Auth.IdentitySource',
    why: `the authorizer of $connect looks for the header ${missing}, which a browser's WebSocket cannot send`,
  });
}

function connectIntegration(request: Request, route: Route, api: Api, gateway: Gateway, walk: Walk): Answer {
  const { integration } = route;
  if (!integration) {
    if (route.unknown) return { outcome: 'served', note: route.unknown };
    return fail('500', { cause: 'RouteWithoutIntegration', resource: route.resource, property: route.property, certainty: 'possible', why: `${route.key} has no Target, so there is nothing to call` });
  }
  const type = asText(walk.settle(integration.type))?.toUpperCase();
  if (type === undefined) return cannotKnow(`the type of ${integration.resource.id} is unknown`);
  if (type !== 'HTTP' && type !== 'HTTP_PROXY') {
    if (integration.resource !== route.resource) walk.through(integration.resource);
    return { outcome: 'served', note: 'the integration of $connect answers 2xx' };
  }
  const headers = versionHeader(integration, walk);
  if (headers === 'unknown') return cannotKnow(`the RequestParameters of ${integration.resource.id} are unknown`);
  if (headers === 'passes') {
    walk.through(integration.resource);
    return fail('400', {
      cause: 'ConnectIntegrationSeesHandshake',
      resource: integration.resource,
      property: integration.at.parameters,
      why: 'API Gateway passes Sec-WebSocket-Version and -Key on to the HTTP backend of $connect without Upgrade, and the backend refuses that as a broken handshake',
    });
  }
  return send({ ...request, kind: 'http', target: { ...request.target, method: 'POST' } }, api, route, gateway.destinations, walk);
}

/** Whether Sec-WebSocket-Version: 13 reaches the backend of $connect. */
function versionHeader({ requestParameters }: Integration, walk: Walk): 'passes' | 'replaced' | 'unknown' {
  const parameters: Value = walk.settle(requestParameters);
  if (parameters.kind === 'absent') return 'passes';
  if (parameters.kind !== 'map') return 'unknown';
  const key = Object.keys(parameters.raw).find((name) => name.toLowerCase() === 'integration.request.header.sec-websocket-version');
  if (key === undefined) return 'passes';
  const value = asText(walk.settle(pick(parameters, key)));
  return value?.replace(/'/g, '').trim() === '13' ? 'passes' : 'replaced';
}

