// A request through a listener: connection, rule, action, target group, server, and back. Puts the pure parts together
// and names the resource to change when the client does not get through.
// Facts: ALB guide "Listener rules" (actions), "Authenticate users", "Verify JWTs"; clients do not follow a redirect on a
// WebSocket handshake (WHATWG WebSockets standard; inferred for other clients); idle timeout: edit-load-balancer-attributes.

import { Status } from '../../protocol';
import { asText, pick, Resource, Settled } from '../../template';
import { Answer, cannotKnow, fail, IMPOSSIBLE, Request } from '../hop';
import { reasonOf, Walk } from '../walk';
import { connect } from './front';
import { takes } from './rules';
import { Albs, Listener, Rule, targetsOf } from './settings';
import { toGroup } from './target-group';

/** What a client that comes to this listener ends up with. */
export function receive(request: Request, listener: Listener, albs: Albs, walk: Walk): Answer {
  if (listener.balancer) walk.through(listener.balancer.resource);
  walk.through(listener.resource);
  const protocol = walk.text(listener.protocol, 'HTTP', ['HTTP', 'HTTPS']);
  if ((protocol === 'HTTPS') !== (request.scheme === 'https')) return IMPOSSIBLE;
  const connected = connect(request, listener, walk);
  if (typeof connected !== 'string') return connected;
  const arrived: Request = { ...request, version: connected };
  walk.leg(listener.balancer?.resource ?? listener.resource, arrived);
  const rule = listener.rules.find((candidate) => takes(candidate, arrived) && walk.exists(candidate.resource));
  if (rule) walk.through(rule.resource);
  return shadowed(act(arrived, rule, listener, albs, walk), arrived, rule, listener, albs);
}

/** A handshake that another rule takes than the one that is there for it ends at a server of which nothing is known. */
function shadowed(answer: Answer, { kind, meant }: Request, rule: Rule | undefined, listener: Listener, albs: Albs): Answer {
  if (kind === 'http' || answer.outcome !== 'served' || !rule || !meant || rule.resource === meant) return answer;
  const own = listener.rules.find(({ resource }) => resource === meant);
  if (!own || answer.note === undefined || sameGroups(own, rule, albs)) return answer;
  return fail('ws-handshake-failure', {
    cause: 'RuleNeverReached',
    resource: meant,
    property: 'Properties.Priority',
    certainty: 'possible',
    why: `${rule.resource.id} has the lower priority number and takes the request first, and nothing says that its server expects it`,
  });
}

function sameGroups(one: Rule, other: Rule, albs: Albs): boolean {
  const keys = (rule: Rule) => targetsOf(rule.actions).map(({ group }) => (group.kind === 'reference' ? albs.groups.get(group.resource.key) : group));
  const taken = keys(other);
  return keys(one).every((group) => taken.includes(group));
}

/** What a client gets that meets a rule whose listener is outside these templates: TLS and ALPN are not known. */
export function receiveAtRule(request: Request, rule: Rule, albs: Albs, walk: Walk): Answer {
  walk.through(rule.resource);
  const version = request.sender.alpn.includes('h2')
    ? walk.choose([{ value: '2' as const }, { value: '1.1' as const }], `the listener of ${rule.resource.id} is outside these templates`)
    : request.sender.versions[0];
  const arrived = { ...request, version };
  walk.leg(rule.resource, arrived);
  return act(arrived, rule, undefined, albs, walk);
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
        if (request.kind !== 'http') {
          return intercepted(
            door,
            property,
            '302',
            'the rule first sends the caller to a login page with 302, which a handshake or a call does not follow',
          );
        }
        continue;
      case 'jwt-validation':
        if (request.kind === 'websocket' && !request.setsHeaders) {
          return intercepted(
            door,
            property,
            '401',
            "the rule validates a JWT in the Authorization header, which a browser's WebSocket cannot send",
          );
        }
        continue;
      case 'redirect':
        return redirect(request, action, door, property, walk);
      case 'fixed-response':
        return fixedResponse(request, action, door, property, walk);
      case 'forward':
        return forwardAction(request, action, rule, listener, albs, walk);
      default:
        return cannotKnow(`what ${door.id} does is unknown: the Type of its action is not known (${reasonOf(type)})`);
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
    cause: 'RedirectBeforeHandshake',
    resource: door,
    property,
    certainty: 'possible',
    why: `the answer is a redirect (${status}), which ${request.kind === 'grpc' ? 'a gRPC call' : 'a WebSocket handshake'} does not follow`,
  });
}

function fixedResponse(request: Request, action: Settled, door: Resource, property: string, walk: Walk): Answer {
  const setting = walk.settle(pick(pick(action, 'FixedResponseConfig'), 'StatusCode'));
  const status = asText(setting);
  if (status === undefined || !/^[245]\d\d$/.test(status)) {return cannotKnow(`the status of the fixed response of ${door.id} is unknown: ${reasonOf(setting)}`);}
  if (status === '426') {
    return fail('426', {
      cause: 'FixedResponse426',
      resource: door,
      property,
      why: 'a fixed response of 426 cannot carry the Upgrade header that RFC 9110 requires, so no client learns what to upgrade to',
    });
  }
  if (request.kind === 'http' && !request.meant) return { outcome: status as Status, note: 'fixed response' };
  return fail(status as Status, {
    cause: 'PathNotRouted',
    resource: request.meant ?? door,
    property: request.meant ? 'Properties.Conditions' : property,
    why: `no rule takes ${request.target.path.replace('handshake', '*')}, so the request ends at the fixed response ${status} of ${door.id}`,
  });
}

function forwardAction(
  request: Request,
  action: Settled,
  rule: Rule | undefined,
  listener: Listener | undefined,
  albs: Albs,
  walk: Walk,
): Answer {
  const door = rule?.resource ?? listener!.resource;
  const targets = targetsOf(action).filter(({ weight }) => asText(weight) !== '0');
  if (targets.length === 0) return cannotKnow(`${door.id} forwards to no target group`);
  const taken = walk.choose(
    targets.map(({ group }, index) => ({
      value: group,
      says: `the request goes to target group ${index + 1} of ${targets.length} (by weight)`,
    })),
  );
  const settled = walk.settle(taken ?? targets[0].group);
  const group = settled.kind === 'reference' ? albs.groups.get(settled.resource.key) : undefined;
  if (!group) return cannotKnow(`the target group of ${door.id} is unknown: ${reasonOf(settled)}`);
  return toGroup(request, group, { rule, listener, several: targets.length > 1 }, walk);
}
