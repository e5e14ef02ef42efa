// The HTTP health checks of NLB target groups: what the server, or the ALB behind, answers. TCP checks say nothing about HTTP.
// Facts: AWS::ElasticLoadBalancingV2::TargetGroup (HealthCheckProtocol TCP by default, HTTP for alb targets; Matcher 200-399
// on NLBs); "Use an ALB as a target" (the check's protocol must be that of the ALB listener on its port).

import { asText } from '../../template';
import { atProxy, codes, within } from '../alb/health';
import { Answer, cannotKnow, fail, Network, SERVED } from '../hop';
import { Arrival, blamesProxy, reply, serversFor } from '../server';
import { Walk } from '../walk';
import { albTarget, NetworkGroup } from './settings';

/** What the health check of a group ends up with. */
export function healthCheck(group: NetworkGroup, network: Network, walk: Walk): Answer {
  walk.through(group.resource);
  const type = walk.text(group.targetType, 'instance', []);
  const protocol = walk.text(group.health.protocol, type === 'alb' ? 'HTTP' : 'TCP', []);
  if (!walk.flag(group.health.enabled, true) || (protocol !== 'HTTP' && protocol !== 'HTTPS')) return SERVED;
  const own = walk.settle(group.health.port);
  const elsewhere = own.kind !== 'absent' && asText(own) !== 'traffic-port';
  const port = walk.number(elsewhere ? own : group.port, 80);
  if (port === undefined) return cannotKnow(`the health port of ${group.resource.id} is unknown`);
  const scheme = protocol === 'HTTPS' ? 'https' : 'http';
  return type === 'alb' ? atAlb(group, scheme, port, network, walk) : atServer(group, scheme, port, walk);
}

function atAlb(group: NetworkGroup, scheme: 'http' | 'https', port: number, network: Network, walk: Walk): Answer {
  const target = albTarget(group);
  const listening = target && network.door(target.resource)?.listening(port, walk);
  if (!listening || listening.is === 'unknown' || listening.is === 'closed' || listening.is === 'bytes' || listening.is === scheme) return SERVED;
  const byDefault = group.health.protocol.kind === 'absent';
  return fail('unhealthy-targets', {
    cause: 'HealthCheckSchemeMismatch',
    resource: group.resource,
    property: 'Properties.HealthCheckProtocol',
    certainty: byDefault ? 'possible' : 'certain',
    why: `${byDefault ? 'no HealthCheckProtocol is set, which is taken for HTTP: ' : ''}the health check speaks ${scheme.toUpperCase()} to port ${port} of the load balancer, where ${listening.setting.resource.id} speaks ${listening.is.toUpperCase()}`,
  });
}

function atServer(group: NetworkGroup, scheme: 'http' | 'https', port: number, walk: Walk): Answer {
  const path = walk.text(group.health.path, '/', []);
  if (path === undefined) return cannotKnow(`the health check path of ${group.resource.id} is unknown`);
  const traffic = port === walk.number(group.port, 80);
  const about = serversFor(group.servers, port, path);
  const servers = traffic ? about : about.filter((server) => server.port === port);
  const arrival: Arrival = { kind: 'http', version: '1.1', scheme, tls: ['1.0', '1.1', '1.2', '1.3'], path, probe: true };
  walk.toServer(arrival);
  const answer = reply(arrival, servers);
  if (answer.does !== 'refuse') return SERVED;
  const certainty = answer.certain ? 'certain' : 'possible';
  const why = `the health check of ${group.resource.id} fails: ${answer.why}`;
  const proxy = blamesProxy(answer);
  if (proxy) return atProxy(proxy, codes(group.health.httpCode, '200-399', walk), `the health check of ${group.resource.id} fails`);
  switch (answer.mismatch) {
    case 'websocket-only': {
      const accepts = codes(group.health.httpCode, '200-399', walk);
      if (accepts === undefined) return cannotKnow(`the matcher of ${group.resource.id} is unknown`);
      if (within(accepts, answer.with)) return SERVED;
      return fail(answer.with, {
        cause: 'HealthCheckAtWebSocketOnlyServer',
        resource: group.resource,
        property: 'Properties.Matcher.HttpCode',
        certainty,
        why: `${why}, and the matcher wants ${accepts}`,
      });
    }
    case 'scheme': return fail('unhealthy-targets', { cause: 'HealthCheckSchemeMismatch', resource: group.resource, property: 'Properties.HealthCheckProtocol', certainty, why });
    case 'http-version': return fail('unhealthy-targets', { cause: 'HealthCheckProtocolVersion', resource: group.resource, property: 'Properties.HealthCheckProtocol', certainty, why });
    default: return SERVED;
  }
}
