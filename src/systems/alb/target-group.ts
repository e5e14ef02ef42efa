// A request at a target group and the server behind it: does the ALB pass it on, does the server take it, does the
// connection last. Names the resource to change when not. Not here: how a request gets to the group (listener.ts).
// Facts: ALB guide "Target group protocol version", "Connection idle timeout", "Sticky sessions"; socket.io "Using multiple nodes".

import { Outcome } from '../../protocol';
import { asText, Resource } from '../../template';
import { DEFAULT_ELB_TLS_POLICY, versionsTowardTargets } from '../elb-tls';
import { Answer, cannotKnow, fail, Request, SERVED, Spoilt } from '../hop';
import { Arrival, blamesProxy, reply, serversFor } from '../server';
import { Walk } from '../walk';
import { forward, ProtocolVersion, withoutWebSocket } from './forward';
import { Balancer, Listener, Rule, TargetGroup } from './settings';

/** How a request came to a group. */
export interface Came {
  readonly rule?: Rule;
  readonly listener?: Listener;
  readonly several: boolean;
}

/** What a client ends up with whose request goes to this group. */
export function toGroup(request: Request, group: TargetGroup, came: Came, walk: Walk): Answer {
  const { resource } = group;
  walk.through(resource);
  const type = walk.text(group.targetType, 'instance', ['instance', 'lambda']);
  const version = walk.text(group.protocolVersion, 'HTTP1', ['HTTP1', 'HTTP2', 'GRPC']);
  if (version !== 'HTTP1' && version !== 'HTTP2' && version !== 'GRPC') {return cannotKnow(`the ProtocolVersion of ${resource.id} is unknown`);}
  const tunnel = request.kind === 'websocket' && request.spoilt?.how !== 'no-upgrade';
  const barred = tunnel ? withoutWebSocket(type ?? 'instance', walk.settle(group.controlPort).kind !== 'absent') : undefined;
  const step = barred ?? forward(request.kind === 'websocket' && !tunnel ? 'http' : request.kind, request.version ?? '1.1', version);
  if (step.does === 'answer') {return { outcome: step.with, fault: { ...blame(step.cause, request, group, version, came), why: step.why, certainty: 'certain' } };}
  if (type === 'lambda') return SERVED;

  const balancer = came.listener?.balancer;
  const scheme = walk.text(group.protocol, 'HTTP', ['HTTP', 'HTTPS']) === 'HTTPS' ? 'https' : 'http';
  const port = walk.number(group.port, 80);
  const servers = serversFor(group.servers, port, request.target.path);
  const arrival: Arrival = {
    kind: request.kind,
    version: step.version,
    scheme,
    tls: scheme === 'https' ? backendTls(balancer, walk) : [],
    path: request.target.path,
    spoilt: request.spoilt?.how,
  };
  walk.toServer(arrival);
  const answer = reply(arrival, servers);
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  if (answer.does === 'refuse' && request.spoilt) return spoiltAt(answer, request.spoilt);
  if (answer.does === 'refuse') return blamesProxy(answer) ?? refused(answer, group, came.listener, version);
  const cut = request.kind === 'http' ? polling(group, servers, walk) : idle(request.kind, group, servers, balancer, walk);
  return cut ?? { outcome: 'served', note: answer.assumed };
}

/** What the client sees of a spoilt handshake is the server's answer; at fault is the hop that spoilt it. */
function spoiltAt(answer: { with: Outcome; why: string; certain: boolean }, { fault }: Spoilt): Answer {
  return {
    outcome: answer.with,
    fault: { ...fault, why: `${fault.why}; ${answer.why}`, certainty: answer.certain ? fault.certainty : 'possible' },
  };
}

/** Which resource to change when a group does not fit: the group, or what led the request to it. */
function blame(
  cause: string,
  request: Request,
  group: TargetGroup,
  version: ProtocolVersion,
  came: Came,
): { cause: string; resource: Resource; property: string } {
  const { rule, listener } = came;
  const balancer = listener?.balancer;
  if (request.meant && rule && rule.resource !== request.meant) {return { cause: 'RuleNeverReached', resource: request.meant, property: 'Properties.Priority' };}
  if (version !== 'HTTP1' && request.version !== '2' && request.sender.alpn.includes('h2') && request.kind !== 'websocket' && balancer) {
    return { cause: 'Http2DisabledBeforeHttp2TargetGroup', resource: balancer.resource, property: 'Properties.LoadBalancerAttributes' };
  }
  if (came.several) {
    return {
      cause: 'MixedProtocolVersions',
      resource: rule?.resource ?? listener?.resource ?? group.resource,
      property: rule ? 'Properties.Actions' : 'Properties.DefaultActions',
    };
  }
  if (cause === 'WebSocketAtLambdaTarget' || cause === 'PlainHttpAtGrpcTargetGroup') {
    const door = rule?.resource ?? listener?.resource;
    if (door) return { cause, resource: door, property: rule ? 'Properties.Actions' : 'Properties.DefaultActions' };
  }
  const property = cause === 'WebSocketAtTargetOptimizer' ? 'Properties.TargetControlPort' : 'Properties.ProtocolVersion';
  return { cause, resource: group.resource, property };
}

/** TLS versions offered to targets: they follow from the policies of all HTTPS listeners of the balancer. */
export function backendTls(balancer: Balancer | undefined, walk: Walk): readonly string[] {
  const policies = (balancer?.listeners ?? [])
    .filter((listener) => asText(listener.protocol) === 'HTTPS')
    .map((listener) => {
      const policy = walk.settle(listener.sslPolicy);
      return policy.kind === 'absent' ? DEFAULT_ELB_TLS_POLICY : asText(policy);
    });
  const known = versionsTowardTargets(policies.filter((name) => name !== undefined));
  if (known.includes('1.3') || (balancer && !policies.includes(undefined))) return known;
  // A policy that cannot be read decides: without a TLS 1.3 policy on any listener, targets are offered TLS 1.2 at most.
  const because = balancer ? `a TLS policy of ${balancer.resource.id} is unknown` : 'the load balancer is outside these templates';
  return walk.choose([{ value: known }, { value: [...known, '1.3'] }], because) ?? known;
}

/** The last hop's setting that does not fit the server. */
export function refused(
  answer: Extract<ReturnType<typeof reply>, { does: 'refuse' }>,
  group: TargetGroup,
  listener: Listener | undefined,
  version: ProtocolVersion,
): Answer {
  const at = (cause: string, resource: Resource, property: string) =>
    fail(answer.with, { cause, resource, property, why: answer.why, certainty: answer.certain ? 'certain' : 'possible' });
  switch (answer.mismatch) {
    case 'scheme':
      return at('TargetSchemeMismatch', group.resource, 'Properties.Protocol');
    case 'tls-version': {
      const https = tlsListener(listener?.balancer) ?? listener;
      return at('TargetNeedsNewerTls', https?.resource ?? group.resource, https ? 'Properties.SslPolicy' : 'Properties.Protocol');
    }
    case 'http-version':
      return at(
        version === 'HTTP1' ? 'Http2ServerAtHttp1TargetGroup' : 'Http1ServerAtHttp2TargetGroup',
        group.resource,
        'Properties.ProtocolVersion',
      );
    case 'websocket-only':
      return at('PlainHttpAtWebSocketOnlyServer', group.resource, 'Metadata.cdk-handshake.server');
    case 'spoilt':
    case 'not-websocket':
    case 'not-grpc':
      return at('ServerWithoutProtocol', group.resource, 'Metadata.cdk-handshake.server');
  }
}

/** The listener whose policy decides what targets are offered. */
export function tlsListener(balancer: Balancer | undefined): Listener | undefined {
  return balancer?.listeners.find((candidate) => asText(candidate.protocol) === 'HTTPS');
}

/** A connection that is idle for the whole timeout is closed: a WebSocket ping must come before, an HTTP/2 PING does not count. */
function idle(
  kind: 'websocket' | 'grpc',
  group: TargetGroup,
  servers: readonly { pingIntervalSeconds?: number }[],
  balancer: Balancer | undefined,
  walk: Walk,
): Answer | undefined {
  const ping = Math.max(0, ...servers.map((server) => server.pingIntervalSeconds ?? 0));
  if (ping === 0 || !balancer) return undefined;
  const timeout = walk.number(balancer.idleTimeout, 60);
  if (timeout === undefined) return cannotKnow(`the idle timeout of ${balancer.resource.id} is unknown`);
  const at = { resource: balancer.resource, property: 'Properties.LoadBalancerAttributes' };
  if (kind === 'grpc') {
    const why = `the server behind ${group.resource.id} relies on pings every ${ping} s, and HTTP/2 PING frames do not reset the idle timeout of ${timeout} s`;
    return fail('504', { cause: 'GrpcKeepaliveDoesNotCount', ...at, why, certainty: 'possible' });
  }
  if (timeout > ping) return undefined;
  return fail('ws-close-1006', {
    cause: 'IdleTimeoutNotAbovePing',
    ...at,
    why: `the load balancer closes a connection that is idle for ${timeout} s, and the server behind ${group.resource.id} pings every ${ping} s only`,
  });
}

/** socket.io's polling transport spreads one session over several requests, which must reach the same server. */
function polling(
  group: TargetGroup,
  servers: readonly { speaks: readonly string[]; transports: readonly string[]; copies?: number }[],
  walk: Walk,
): Answer | undefined {
  const socketIo = servers.find((server) => server.speaks.includes('socket.io'));
  if (!socketIo || (socketIo.transports.length > 0 && !socketIo.transports.includes('polling'))) return undefined;
  const copies = servers.find((server) => server.copies !== undefined)?.copies;
  if (copies === 1 || walk.flag(group.stickiness, false)) return undefined;
  return fail('400', {
    cause: 'PollingWithoutStickiness',
    resource: group.resource,
    property: 'Properties.TargetGroupAttributes',
    certainty: copies === undefined ? 'possible' : 'certain',
    why: `socket.io polls over several requests, the target group has no stickiness, and ${copies === undefined ? 'if there is more than one target' : `with ${copies} targets`} another server answers 400 "Session ID unknown"`,
  });
}
