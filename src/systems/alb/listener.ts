// A request through a listener: connection, rule, action, target group, server, and back. Puts the pure parts together
// and names the resource to change when the client does not get through.
// Facts: ALB guide "Listener rules" (actions), "Authenticate users", "Verify JWTs"; clients do not follow a redirect on a
// WebSocket handshake (WHATWG WebSockets standard; inferred for other clients); idle timeout: edit-load-balancer-attributes.

import { Status } from '../../protocol';
import { asText, pick, Resource, Settled } from '../../template';
import { versionsTowardTargets, DEFAULT_ELB_TLS_POLICY } from '../elb-tls';
import { Answer, cannotKnow, fail, IMPOSSIBLE, Request, SERVED } from '../hop';
import { reply, serversFor } from '../server';
import { reasonOf, Walk } from '../walk';
import { connect } from './front';
import { forward, ProtocolVersion, withoutWebSocket } from './forward';
import { takes } from './rules';
import { Albs, Balancer, Listener, Rule, TargetGroup, targetsOf } from './settings';

/** What a client that comes to this listener ends up with. */
export function receive(request: Request, listener: Listener, albs: Albs, walk: Walk): Answer {
  if (listener.balancer) walk.through(listener.balancer.resource);
  walk.through(listener.resource);
  const protocol = walk.text(listener.protocol, 'HTTP', ['HTTP', 'HTTPS']);
  if ((protocol === 'HTTPS') !== (request.scheme === 'https')) return IMPOSSIBLE;
  const connected = connect(request, listener, walk);
  if (typeof connected !== 'string') return connected;
  const arrived: Request = { ...request, version: connected };
  const rule = listener.rules.find((candidate) => takes(candidate, arrived) && walk.exists(candidate.resource));
  if (rule) walk.through(rule.resource);
  return act(arrived, rule, listener, albs, walk);
}

/** What a client gets that meets a rule whose listener is outside these templates: TLS and ALPN are not known. */
export function receiveAtRule(request: Request, rule: Rule, albs: Albs, walk: Walk): Answer {
  walk.through(rule.resource);
  const version = request.sender.alpn.includes('h2')
    ? walk.choose([{ value: '2' as const }, { value: '1.1' as const }], `the listener of ${rule.resource.id} is outside these templates`)
    : request.sender.versions[0];
  return act({ ...request, version }, rule, undefined, albs, walk);
}

function act(request: Request, rule: Rule | undefined, listener: Listener | undefined, albs: Albs, walk: Walk): Answer {
  const door = rule?.resource ?? listener!.resource;
  const property = rule ? 'Properties.Actions' : 'Properties.DefaultActions';
  const actions = walk.list(rule ? rule.actions : listener!.actions);
  const ordered = [...actions].sort((a, b) => order(a.value) - order(b.value));
  for (const { value: action } of ordered) {
    const type = walk.settle(pick(action, 'Type'));
    switch (asText(type)) {
      case 'authenticate-oidc':
      case 'authenticate-cognito':
        if (request.kind !== 'http') return intercepted(door, property, '302', 'the rule first sends the caller to a login page with 302, which a handshake or a call does not follow');
        continue;
      case 'jwt-validation':
        if (request.kind === 'websocket' && !request.setsHeaders) return intercepted(door, property, '401', 'the rule validates a JWT in the Authorization header, which a browser\'s WebSocket cannot send');
        continue;
      case 'redirect': return redirect(request, action, door, property, walk);
      case 'fixed-response': return fixedResponse(request, action, door, property, walk);
      case 'forward': return forwardAction(request, action, rule, listener, albs, walk);
      default: return cannotKnow(`what ${door.id} does is unknown: its action is ${asText(type) ?? reasonOf(type)}`);
    }
  }
  return cannotKnow(`${door.id} has no action that ends a request`);
}

function order(action: Settled): number {
  const value = Number(asText(pick(action, 'Order')) ?? NaN);
  return Number.isNaN(value) ? 0 : value;
}

function intercepted(door: Resource, property: string, status: Status, why: string): Answer {
  return fail(status, { cause: 'AuthenticationBeforeHandshake', resource: door, property, why, certainty: 'possible' });
}

function redirect(request: Request, action: Settled, door: Resource, property: string, walk: Walk): Answer {
  const code = walk.text(pick(pick(action, 'RedirectConfig'), 'StatusCode'), 'HTTP_301', ['HTTP_301', 'HTTP_302']);
  const status = (code === 'HTTP_302' ? '302' : '301') as Status;
  if (request.kind === 'http') return { outcome: status, note: 'redirected' };
  return fail(status, {
    cause: 'RedirectBeforeHandshake', resource: door, property, certainty: 'possible',
    why: `the answer is a redirect (${status}), which ${request.kind === 'grpc' ? 'a gRPC call' : 'a WebSocket handshake'} does not follow`,
  });
}

function fixedResponse(request: Request, action: Settled, door: Resource, property: string, walk: Walk): Answer {
  const setting = walk.settle(pick(pick(action, 'FixedResponseConfig'), 'StatusCode'));
  const status = asText(setting);
  if (status === undefined || !/^[245]\d\d$/.test(status)) return cannotKnow(`the status of the fixed response of ${door.id} is unknown: ${reasonOf(setting)}`);
  if (status === '426') {
    return fail('426', {
      cause: 'FixedResponse426', resource: door, property,
      why: 'a fixed response of 426 cannot carry the Upgrade header that RFC 9110 requires, so no client learns what to upgrade to',
    });
  }
  if (request.kind === 'http' && !request.meant) return { outcome: status as Status, note: 'fixed response' };
  return fail(status as Status, {
    cause: 'PathNotRouted', resource: request.meant ?? door, property: request.meant ? 'Properties.Conditions' : property,
    why: `no rule takes ${request.target.path.replace('handshake', '*')}, so the request ends at the fixed response ${status} of ${door.id}`,
  });
}

function forwardAction(request: Request, action: Settled, rule: Rule | undefined, listener: Listener | undefined, albs: Albs, walk: Walk): Answer {
  const door = rule?.resource ?? listener!.resource;
  const targets = targetsOf({ kind: 'list', items: [action] }).filter(({ weight }) => asText(weight) !== '0');
  if (targets.length === 0) return cannotKnow(`${door.id} forwards to no target group`);
  const taken = walk.choose(targets.map(({ group }, index) => ({ value: group, says: `the request goes to target group ${index + 1} of ${targets.length} (by weight)` })));
  const settled = walk.settle(taken ?? targets[0].group);
  const group = settled.kind === 'reference' ? albs.groups.get(settled.resource.key) : undefined;
  if (!group) return cannotKnow(`the target group of ${door.id} is unknown: ${reasonOf(settled)}`);
  return toGroup(request, group, { rule, listener, several: targets.length > 1 }, walk);
}

interface Came { readonly rule?: Rule; readonly listener?: Listener; readonly several: boolean }

function toGroup(request: Request, group: TargetGroup, came: Came, walk: Walk): Answer {
  const { resource } = group;
  walk.through(resource);
  const type = walk.text(group.targetType, 'instance', ['instance', 'lambda']);
  const version = walk.text(group.protocolVersion, 'HTTP1', ['HTTP1', 'HTTP2', 'GRPC']);
  if (version !== 'HTTP1' && version !== 'HTTP2' && version !== 'GRPC') return cannotKnow(`the ProtocolVersion of ${resource.id} is unknown`);
  const barred = request.kind === 'websocket' ? withoutWebSocket(type ?? 'instance', walk.settle(group.controlPort).kind !== 'absent') : undefined;
  const step = barred ?? forward(request.kind, request.version ?? '1.1', version);
  if (step.does === 'answer') return { outcome: step.with, fault: { ...blame(step.cause, request, group, version, came), why: step.why, certainty: 'certain' } };
  if (type === 'lambda') return SERVED;

  const balancer = came.listener?.balancer;
  const scheme = walk.text(group.protocol, 'HTTP', ['HTTP', 'HTTPS']) === 'HTTPS' ? 'https' : 'http';
  const port = walk.number(group.port, 80);
  const servers = serversFor(group.servers, port, request.target.path);
  const answer = reply({ kind: request.kind, version: step.version, scheme, tls: backendTls(balancer, walk), path: request.target.path }, servers);
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  if (answer.does === 'refuse') return refused(answer, group, came.listener, version);
  return (request.kind === 'websocket' ? idle(group, servers, balancer, walk) : polling(group, servers, walk)) ?? { outcome: 'served', note: answer.assumed };
}

/** Which resource to change when a group does not fit: the group, or what led the request to it. */
function blame(cause: string, request: Request, group: TargetGroup, version: ProtocolVersion, came: Came): { cause: string; resource: Resource; property: string } {
  const { rule, listener } = came;
  const balancer = listener?.balancer;
  if (request.meant && rule && rule.resource !== request.meant) return { cause: 'RuleNeverReached', resource: request.meant, property: 'Properties.Priority' };
  if (version !== 'HTTP1' && request.version !== '2' && request.sender.alpn.includes('h2') && request.kind !== 'websocket' && balancer) {
    return { cause: 'Http2DisabledBeforeHttp2TargetGroup', resource: balancer.resource, property: 'Properties.LoadBalancerAttributes' };
  }
  if (came.several) return { cause: 'MixedProtocolVersions', resource: rule?.resource ?? listener?.resource ?? group.resource, property: rule ? 'Properties.Actions' : 'Properties.DefaultActions' };
  if (cause === 'WebSocketAtLambdaTarget' || cause === 'PlainHttpAtGrpcTargetGroup') {
    const door = rule?.resource ?? listener?.resource;
    if (door) return { cause, resource: door, property: rule ? 'Properties.Actions' : 'Properties.DefaultActions' };
  }
  const property = cause === 'WebSocketAtTargetOptimizer' ? 'Properties.TargetControlPort' : 'Properties.ProtocolVersion';
  return { cause, resource: group.resource, property };
}

/** TLS versions offered to targets: they follow from the policies of all HTTPS listeners of the balancer. */
export function backendTls(balancer: Balancer | undefined, walk: Walk): readonly string[] {
  if (!balancer) return ['1.0', '1.1', '1.2', '1.3'];
  const names = balancer.listeners.filter((listener) => asText(listener.protocol) === 'HTTPS').map((listener) => {
    const policy = walk.settle(listener.sslPolicy);
    return policy.kind === 'absent' ? DEFAULT_ELB_TLS_POLICY : (asText(policy) ?? 'ELBSecurityPolicy-TLS13-1-2-2021-06');
  });
  return versionsTowardTargets(names);
}

/** The last hop's setting that does not fit the server. */
export function refused(answer: Extract<ReturnType<typeof reply>, { does: 'refuse' }>, group: TargetGroup, listener: Listener | undefined, version: ProtocolVersion): Answer {
  const at = (cause: string, resource: Resource, property: string) =>
    fail(answer.with, { cause, resource, property, why: answer.why, certainty: answer.certain ? 'certain' : 'possible' });
  switch (answer.mismatch) {
    case 'scheme': return at('TargetSchemeMismatch', group.resource, 'Properties.Protocol');
    case 'tls-version': {
      const https = tlsListener(listener?.balancer) ?? listener;
      return at('TargetNeedsNewerTls', https?.resource ?? group.resource, https ? 'Properties.SslPolicy' : 'Properties.Protocol');
    }
    case 'http-version': return at(version === 'HTTP1' ? 'Http2ServerAtHttp1TargetGroup' : 'Http1ServerAtHttp2TargetGroup', group.resource, 'Properties.ProtocolVersion');
    case 'websocket-only': return at('PlainHttpAtWebSocketOnlyServer', group.resource, 'Metadata.cdk-handshake.server');
    case 'not-websocket':
    case 'not-grpc': return at('ServerWithoutProtocol', group.resource, 'Metadata.cdk-handshake.server');
  }
}

/** The listener whose policy decides what targets are offered. */
export function tlsListener(balancer: Balancer | undefined): Listener | undefined {
  return balancer?.listeners.find((candidate) => asText(candidate.protocol) === 'HTTPS');
}

/** A WebSocket that is idle for the whole timeout is closed; a ping must come before. */
function idle(group: TargetGroup, servers: readonly { pingIntervalSeconds?: number }[], balancer: Balancer | undefined, walk: Walk): Answer | undefined {
  const ping = Math.max(0, ...servers.map((server) => server.pingIntervalSeconds ?? 0));
  if (ping === 0 || !balancer) return undefined;
  const timeout = walk.number(balancer.idleTimeout, 60);
  if (timeout === undefined) return cannotKnow(`the idle timeout of ${balancer.resource.id} is unknown`);
  if (timeout > ping) return undefined;
  return fail('ws-close-1006', {
    cause: 'IdleTimeoutNotAbovePing',
    resource: balancer.resource,
    property: 'Properties.LoadBalancerAttributes',
    why: `the load balancer closes a connection that is idle for ${timeout} s, and the server behind ${group.resource.id} pings every ${ping} s only`,
  });
}

/** socket.io's polling transport spreads one session over several requests, which must reach the same server. */
function polling(group: TargetGroup, servers: readonly { speaks: readonly string[]; transports: readonly string[]; copies?: number }[], walk: Walk): Answer | undefined {
  const socketIo = servers.find((server) => server.speaks.includes('socket.io'));
  if (!socketIo || (socketIo.transports.length > 0 && !socketIo.transports.includes('polling'))) return undefined;
  const copies = servers.find((server) => server.copies !== undefined)?.copies;
  if (copies === 1 || walk.flag(group.stickiness, false)) return undefined;
  return fail('400', {
    cause: 'PollingWithoutStickiness', resource: group.resource, property: 'Properties.TargetGroupAttributes', certainty: copies === undefined ? 'possible' : 'certain',
    why: `socket.io polls over several requests, the target group has no stickiness, and ${copies === undefined ? 'if there is more than one target' : `with ${copies} targets`} another server answers 400 "Session ID unknown"`,
  });
}
