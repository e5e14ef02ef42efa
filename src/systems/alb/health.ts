// The health check of a target group: which request it sends, what the server answers, whether the matcher accepts that.
// Facts: AWS::ElasticLoadBalancingV2::TargetGroup (HealthCheckProtocol default HTTP, port traffic-port, path "/" or
// "/AWS.ALB/healthcheck", Matcher 200 or gRPC 12); the check uses the group's protocol version whatever its port
// (kubernetes-sigs/aws-load-balancer-controller#2694, #3162); Node ws answers a plain GET with 426 (websockets/ws#1297).

import { Outcome } from '../../protocol';
import { asText, Value } from '../../template';
import { Answer, cannotKnow, fail, SERVED } from '../hop';
import { Arrival, blamesProxy, Mismatch, reply, serversFor } from '../server';
import { reasonOf, Walk } from '../walk';
import { TargetGroup } from './settings';
import { backendTls, tlsListener } from './target-group';

/** What the health check of a group ends up with. */
export function healthCheck(group: TargetGroup, walk: Walk): Answer {
  const balancer = [...group.balancers][0];
  if (balancer) walk.through(balancer.resource);
  walk.through(group.resource);
  const type = walk.text(group.targetType, 'instance', []);
  if (type === 'lambda' || type === 'alb' || !walk.flag(group.health.enabled, true)) return SERVED;
  const version = walk.text(group.protocolVersion, 'HTTP1', ['HTTP1', 'HTTP2', 'GRPC']);
  const scheme = walk.text(group.health.protocol, 'HTTP', ['HTTP', 'HTTPS']) === 'HTTPS' ? 'https' : 'http';
  const trafficPort = walk.number(group.port, 80);
  const portSetting = walk.settle(group.health.port);
  const own = portSetting.kind !== 'absent' && asText(portSetting) !== 'traffic-port';
  const port = own ? walk.number(portSetting, 0) : trafficPort;
  const path = walk.text(group.health.path, version === 'GRPC' ? '/AWS.ALB/healthcheck' : '/', []);
  if (path === undefined) return cannotKnow(`the health check path of ${group.resource.id} is unknown`);

  const elsewhere = own && port !== trafficPort;
  const about = serversFor(group.servers, port, path);
  const servers = elsewhere ? about.filter((server) => server.port === port) : about;
  const arrival: Arrival = {
    kind: version === 'GRPC' ? 'grpc' : 'http',
    version: version === 'HTTP1' ? '1.1' : '2',
    scheme,
    tls: scheme === 'https' ? backendTls(balancer, walk) : [],
    path,
    probe: true,
  };
  walk.toServer(arrival);
  const answer = reply(arrival, servers);
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  if (answer.does === 'serve') return SERVED;
  const certainty = answer.certain ? 'certain' : 'possible';
  const proxy = blamesProxy(answer);
  if (proxy) return atProxy(proxy, codes(group.health.httpCode, '200', walk), `the health check of ${group.resource.id} fails`);
  if (answer.mismatch === 'websocket-only') {
    const accepts = codes(group.health.httpCode, '200', walk);
    if (accepts === undefined) return cannotKnow(`the matcher of ${group.resource.id} is unknown`);
    if (within(accepts, answer.with)) return SERVED;
    return fail(answer.with, {
      cause: 'HealthCheckAtWebSocketOnlyServer',
      resource: group.resource,
      property: 'Properties.Matcher.HttpCode',
      certainty,
      why: `${answer.why}, and the health check of ${group.resource.id} wants ${accepts}: targets never become healthy and the service is restarted over and over`,
    });
  }
  const [cause, property] = healthCause(answer.mismatch, version ?? 'HTTP1', elsewhere);
  const policy = answer.mismatch === 'tls-version' ? tlsListener(balancer) : undefined;
  if (policy) {
    return fail('unhealthy-targets', {
      cause,
      resource: policy.resource,
      property: 'Properties.SslPolicy',
      certainty,
      why: `the health check of ${group.resource.id} fails: ${answer.why}`,
    });
  }
  const outcome: Outcome = answer.mismatch === 'scheme' && !elsewhere ? answer.with : 'unhealthy-targets';
  return fail(outcome, {
    cause,
    resource: group.resource,
    property,
    certainty,
    why: `the health check of ${group.resource.id} fails: ${answer.why}`,
  });
}

/** A proxy before the server answers the check; that is well if the matcher takes it. */
export function atProxy(answer: Answer, accepts: string | undefined, fails: string): Answer {
  if (accepts === undefined) return cannotKnow('the matcher of the health check is unknown');
  if (within(accepts, answer.outcome)) return SERVED;
  return { ...answer, outcome: 'unhealthy-targets', fault: { ...answer.fault!, why: `${fails}: ${answer.fault!.why}` } };
}

/** A mismatch on the traffic port is the same root cause as for requests; on a port of its own it is the health check's. */
function healthCause(mismatch: Mismatch, version: string, elsewhere: boolean): [string, string] {
  if (elsewhere) {
    return mismatch === 'scheme'
      ? ['HealthCheckSchemeMismatch', 'Properties.HealthCheckProtocol']
      : ['HealthCheckProtocolVersion', 'Properties.HealthCheckPort'];
  }
  if (mismatch === 'scheme') return ['TargetSchemeMismatch', 'Properties.HealthCheckProtocol'];
  if (mismatch === 'http-version') {return [version === 'HTTP1' ? 'Http2ServerAtHttp1TargetGroup' : 'Http1ServerAtHttp2TargetGroup', 'Properties.ProtocolVersion'];}
  return mismatch === 'tls-version'
    ? ['TargetNeedsNewerTls', 'Properties.Protocol']
    : ['ServerWithoutProtocol', 'Metadata.cdk-handshake.server'];
}

/** The accepted status codes as the template writes them. */
export function codes(setting: Value, fallback: string, walk: Walk): string | undefined {
  const settled = walk.settle(setting);
  if (settled.kind === 'absent') return fallback;
  return asText(settled) ?? (walk.unknowns.push(reasonOf(settled)), undefined);
}

/** Whether "200,300-310" holds the code. */
export function within(accepted: string, code: string): boolean {
  return accepted.split(',').some((part) => {
    const [from, to = from] = part
      .trim()
      .split('-')
      .map((end) => Number(end));
    return Number(code) >= from && Number(code) <= to;
  });
}
