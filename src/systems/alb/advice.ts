// What works and will still hurt: a matcher that hides failures, no logs, strict desync mode. Never an error.
// Facts: ELB guide target-group-health-checks; load-balancer-access-logs (464 and 426 show in the logs only, no metric);
// desync mitigation mode: ALB guide edit-load-balancer-attributes.

import { asFlag, asText, ABSENT } from '../../template';
import { Answer, fail, SERVED } from '../hop';
import { kindsOf } from '../server';
import { Walk } from '../walk';
import { codes, within } from './health';
import { Balancer, TargetGroup } from './settings';

/** A matcher that takes 426 for healthy, unless the server is declared to answer so. */
export function matcherAdvice(group: TargetGroup, walk: Walk): Answer {
  walk.through(group.resource);
  if (
    group.servers.some(
      (server) => server.plainHttpAnswer !== undefined || (server.only && kindsOf([server]).some(({ kind }) => kind === 'websocket')),
    )
  ) {return SERVED;}
  const accepts = codes(group.health.httpCode, '200', walk);
  if (accepts === undefined || !within(accepts, '426')) return SERVED;
  return fail('426', {
    cause: 'HealthCheckAccepts426',
    resource: group.resource,
    property: 'Properties.Matcher.HttpCode',
    certainty: 'possible',
    why: `the health check accepts ${accepts}, so a server that asks every caller to upgrade (426) counts as healthy`,
  });
}

/** The default path of a gRPC health check works with the default code only. */
export function grpcPathAdvice(group: TargetGroup, walk: Walk): Answer {
  walk.through(group.resource);
  if (walk.text(group.protocolVersion, 'HTTP1', []) !== 'GRPC') return SERVED;
  const path = asText(walk.settle(group.health.path));
  const code = asText(walk.settle(group.health.grpcCode)) ?? '12';
  if (path === undefined || /^\/[^/]+\/[^/]+$/.test(path) || within(code, '12')) return SERVED;
  return fail('unhealthy-targets', {
    cause: 'GrpcHealthCheckPath',
    resource: group.resource,
    property: 'Properties.HealthCheckPath',
    certainty: 'possible',
    why: `the health check calls ${path}, which is no gRPC method (/package.Service/Method): a gRPC server answers 12 (unimplemented) and the matcher wants ${code}`,
  });
}

export function logAdvice(balancer: Balancer, walk: Walk): Answer {
  walk.through(balancer.resource);
  if (asText(walk.settle(balancer.scheme)) !== 'internet-facing') return SERVED;
  const logs = [balancer.accessLogs, balancer.connectionLogs].map((setting) => walk.settle(setting));
  if (!logs.every((setting) => setting.kind === ABSENT.kind || asFlag(setting) === false)) return SERVED;
  return fail('unknown', {
    cause: 'NoBalancerLogs',
    resource: balancer.resource,
    property: 'Properties.LoadBalancerAttributes',
    certainty: 'possible',
    why: 'neither access nor connection logs are on: a 464, a 426 and a failed TLS handshake show in no metric of their own',
  });
}

/** Strictest mode refuses what legacy clients and proxies send. */
export function desyncAdvice(balancer: Balancer, walk: Walk): Answer {
  walk.through(balancer.resource);
  if (asText(walk.settle(balancer.desync)) !== 'strictest') return SERVED;
  return fail('400', {
    cause: 'StrictestDesyncMode',
    resource: balancer.resource,
    property: 'Properties.LoadBalancerAttributes',
    certainty: 'possible',
    why: 'routing.http.desync_mitigation_mode is strictest: the load balancer answers 400 to any request that is not strictly RFC compliant',
  });
}
