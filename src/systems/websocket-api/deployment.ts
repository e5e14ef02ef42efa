// What is refused about WebSocket APIs at deployment, and what will not work once they are there: a deployment that may run
// before its routes, a VPC link of the wrong version, an API without a route for messages.
// Facts: aws/serverless-application-model#2512 ("At least one route is required before deploying the Api"),
// aws-samples/simple-websockets-chat-app#28; whitepaper "Best practices for designing API Gateway private APIs" (VPC link v2
// serves HTTP APIs; reported); API Gateway guide "WebSocket routes" ($default).

import { get, isRecord, own, Resource, Scope } from '../../template';
import { Api } from '../api-gateway/model';
import { Answer, fail, SERVED } from '../hop';
import { Walk } from '../walk';

/** A deployment of a v2 API must come after its routes; CloudFormation knows only by DependsOn or a reference. */
export function deploymentOrder(deployment: Resource, api: Api, walk: Walk): Answer {
  walk.through(deployment);
  const routes = api.routes.filter(({ resource }) => resource.type === 'AWS::ApiGatewayV2::Route' && resource.scope === deployment.scope);
  if (routes.length === 0 || api.routes.length > routes.length) return SERVED;
  const before = dependencies(deployment.id, deployment.scope);
  const late = routes.filter(({ resource }) => !before.has(resource.id));
  if (late.length === 0) return SERVED;
  const fault = { cause: 'DeploymentBeforeRoutes', resource: deployment, property: 'DependsOn' };
  if (late.length === routes.length) {
    return fail('deployment-failure', { ...fault, why: `nothing says that it comes after the routes (${late.slice(0, 3).map(({ resource }) => resource.id).join(', ')}), and a deployment without any is refused` });
  }
  return fail('403', { ...fault, certainty: 'possible', why: `nothing says that it comes after ${late.slice(0, 3).map(({ resource }) => resource.id).join(', ')}, which may be missing from it` });
}

/** A VPC link v2 on an integration of a WebSocket API. */
export function linkVersion(integration: Resource, walk: Walk): Answer {
  walk.through(integration);
  const link = walk.settle(get(integration, 'ConnectionId'));
  if (link.kind !== 'reference' || link.resource.type !== 'AWS::ApiGatewayV2::VpcLink') return SERVED;
  return fail('deployment-failure', {
    cause: 'VpcLinkV2OnWebSocketApi',
    resource: integration,
    property: 'Properties.ConnectionId',
    why: `${link.resource.id} is a VPC link of version 2, and WebSocket APIs take links of version 1 (AWS::ApiGateway::VpcLink with a network load balancer) only`,
  });
}

/** Messages that no route takes are answered with an error frame. */
export function messageRoutes(api: Api, walk: Walk): Answer {
  walk.through(api.resource);
  if (api.unread !== undefined || api.routes.length === 0) return SERVED;
  const takes = api.routes.some(({ key }) => key !== '$connect' && key !== '$disconnect');
  if (takes) return SERVED;
  return fail('unknown', {
    cause: 'WebSocketApiWithoutMessageRoute',
    resource: api.resource,
    property: 'Properties.RouteSelectionExpression',
    certainty: 'possible',
    why: 'there is neither $default nor a route of its own for messages, and whatever a client sends gets an error frame',
  });
}

/** Everything a resource waits for, directly or by way of others. */
function dependencies(id: string, scope: Scope): Set<string> {
  const found = new Set<string>();
  const open = [id];
  while (open.length) {
    const raw = own(scope.resources, open.pop()!);
    if (!isRecord(raw)) continue;
    for (const name of mentioned(raw, scope)) {
      if (found.has(name)) continue;
      found.add(name);
      open.push(name);
    }
  }
  return found;
}

function mentioned(resource: Readonly<Record<string, unknown>>, scope: Scope): string[] {
  const names = new Set<string>();
  const add = (name: unknown) => {
    if (typeof name === 'string' && own(scope.resources, name) !== undefined) names.add(name);
  };
  (Array.isArray(resource.DependsOn) ? resource.DependsOn : [resource.DependsOn]).forEach(add);
  const open: unknown[] = [resource.Properties];
  while (open.length) {
    const at = open.pop();
    if (Array.isArray(at)) {
      for (const item of at) open.push(item);
    } else if (isRecord(at)) {
      for (const [key, value] of Object.entries(at)) {
        if (key === 'Ref') {add(value);} else if (key === 'Fn::GetAtt') {add(Array.isArray(value) ? value[0] : typeof value === 'string' ? value.split('.')[0] : undefined);} else if (key === 'Fn::Sub') {
          const text = Array.isArray(value) ? value[0] : value;
          if (typeof text === 'string') for (const match of text.matchAll(/\$\{([A-Za-z0-9]+)/g)) add(match[1]);
        }
        open.push(value);
      }
    }
  }
  return [...names];
}
