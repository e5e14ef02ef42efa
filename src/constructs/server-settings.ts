// What follows for a target group from what its server speaks: protocol, version, port, health check, stickiness. A server
// that cannot stand behind an ALB in this role is refused with what to write instead.
// Facts: ELB guide "Target groups" (protocol versions: HTTP1 takes everything but gRPC, HTTP2 and GRPC answer 464 to HTTP/1.1),
// "Health checks for your target groups" (GrpcCode, default 12; WebSocket is no health check), "Sticky sessions"; gRPC health
// checking protocol (grpc.health.v1.Health/Check; a server without it answers 12, UNIMPLEMENTED); Socket.IO documentation, "Using
// multiple nodes" (polling needs stickiness).

import { Duration, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { EdgeTargetsProps } from './edge-targets';
import { defined } from '../declare/defined';
import { Protocol, SocketIoTransport } from '../declare/protocol';
import { Server, ServerProps } from '../declare/server';

const GRPC_HEALTH = '/grpc.health.v1.Health/Check';

/** Target group props for ordinary HTTP. */
export function httpSettings(server: Server, props: EdgeTargetsProps, who: string): elbv2.ApplicationTargetGroupProps {
  if (isLambda(props)) return { targets: props.targets, targetType: elbv2.TargetType.LAMBDA, healthCheck: props.healthCheck };
  const { speaks } = server._props;
  if (speaks.includes(Protocol.GRPC) && speaks.length === 1) throw new Error(`${who}: the server speaks gRPC only. Use addGrpcTargets.`);
  if (!speaks.includes(Protocol.HTTP_1_1)) {
    throw new Error(speaks.includes(Protocol.H2) || speaks.includes(Protocol.H2C)
      ? `${who}: the server speaks HTTP/2 only, and an Application Load Balancer never turns HTTP/1.1 into HTTP/2, so HTTP/1.1 clients would get 464. ` +
        "Let the server speak HTTP/1.1 as well and declare it without 'only', or use addGrpcTargets for gRPC."
      : `${who}: the server does not speak HTTP/1.1 (it speaks ${speaks.join(', ')}). Use addWebSocketTargets for a WebSocket-only server.`);
  }
  return http1(server._props, props, who);
}

/** Target group props for WebSocket. */
export function webSocketSettings(server: Server, props: EdgeTargetsProps, who: string): elbv2.ApplicationTargetGroupProps {
  refuseLambda(props, who, 'a WebSocket handshake (it answers 400)', 'Run the server on ECS or EC2, or use EdgeWebSocketApi, which calls Lambda functions per message.');
  const { speaks } = server._props;
  if (!speaks.includes(Protocol.WEBSOCKET) && !speaks.includes(Protocol.SOCKET_IO)) {
    throw new Error(`${who}: the server does not speak WebSocket (it speaks ${speaks.join(', ')}). Declare it with Server.webSocket(), Server.nodeWs() or Server.socketIo().`);
  }
  return http1(server._props, props, who);
}

/** Target group props for gRPC. */
export function grpcSettings(server: Server, props: EdgeTargetsProps, who: string): elbv2.ApplicationTargetGroupProps {
  refuseLambda(props, who, 'gRPC', 'Run the server on ECS or EC2.');
  const { speaks } = server._props;
  if (!speaks.includes(Protocol.GRPC)) throw new Error(`${who}: the server does not speak gRPC (it speaks ${speaks.join(', ')}). Declare it with Server.grpc().`);
  if (props.healthCheck?.healthyHttpCodes !== undefined) {
    throw new Error(`${who}: 'healthyHttpCodes' is ${props.healthCheck.healthyHttpCodes}, and the health check of a gRPC target group takes gRPC codes only. Use 'healthyGrpcCodes'.`);
  }
  return {
    ...common(server._props, props),
    protocolVersion: elbv2.ApplicationProtocolVersion.GRPC,
    // 0 from a server with the health service, 12 from one without it; both are up and speak gRPC.
    healthCheck: { ...health(server._props, props), path: GRPC_HEALTH, healthyGrpcCodes: props.healthCheck?.path === undefined ? '0,12' : undefined, ...defined(props.healthCheck) },
  };
}

/** What the health check needs to know beside the server: a path of its own that answers plain HTTP. */
export function healthServer(server: Server, { healthCheck }: EdgeTargetsProps): Server | undefined {
  if (!isWebSocketOnly(server._props)) return undefined;
  const plainHttpAnswer = firstCode(healthCheck?.healthyHttpCodes);
  const port = Number(healthCheck?.port);
  if (port > 0 && port !== server._props.port) return Server.http1({ port, plainHttpAnswer });
  return healthCheck?.path === undefined ? undefined : Server.http1({ path: healthCheck.path, plainHttpAnswer });
}

function http1(server: ServerProps, props: EdgeTargetsProps, who: string): elbv2.ApplicationTargetGroupProps {
  return { ...common(server, props), protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1, healthCheck: httpHealth(server, props, who) };
}

function common(server: ServerProps, { targets, targetType, deregistrationDelay }: EdgeTargetsProps): elbv2.ApplicationTargetGroupProps {
  const tls = expectsTls(server);
  return {
    targets,
    targetType: targetType ?? (targets?.length ? undefined : elbv2.TargetType.IP),
    deregistrationDelay,
    protocol: tls ? elbv2.ApplicationProtocol.HTTPS : elbv2.ApplicationProtocol.HTTP,
    port: server.port ?? (tls ? 443 : 80),
    stickinessCookieDuration: polls(server) ? Duration.days(1) : undefined,
  };
}

/** A health check speaks cleartext unless it is told otherwise, whatever the protocol of its target group. */
function health(server: ServerProps, { healthCheck }: EdgeTargetsProps): elbv2.HealthCheck {
  const ownPort = healthCheck?.port !== undefined && healthCheck.port !== 'traffic-port' && healthCheck.port !== String(server.port);
  return { ...(expectsTls(server) && !ownPort ? { protocol: elbv2.Protocol.HTTPS } : {}), ...defined(healthCheck) };
}

function httpHealth(server: ServerProps, props: EdgeTargetsProps, who: string): elbv2.HealthCheck {
  const healthCheck = health(server, props);
  if (!isWebSocketOnly(server) || healthCheck.path !== undefined || Number(healthCheck.port) > 0) return healthCheck;
  const codes = healthCheck.healthyHttpCodes;
  if (codes !== undefined && server.plainHttpAnswer !== undefined && !Token.isUnresolved(codes) && !holds(codes, server.plainHttpAnswer)) {
    throw new Error(`${who}: 'healthyHttpCodes' is ${codes}, and the server answers a plain GET with ${server.plainHttpAnswer}. Leave 'healthyHttpCodes' out, or name a path that answers otherwise.`);
  }
  if (codes !== undefined) return healthCheck;
  if (server.plainHttpAnswer === undefined) {
    throw new Error(
      `${who}: the server speaks WebSocket only, and a health check is a plain GET. Say what it answers (plainHttpAnswer: 426, as Server.nodeWs() does), ` +
      "or name a path or port that answers 200 (healthCheck: { path: '/healthz' }).");
  }
  return { ...healthCheck, healthyHttpCodes: String(server.plainHttpAnswer) };
}

function expectsTls({ tls, speaks }: ServerProps): boolean {
  return Boolean(tls) || speaks.includes(Protocol.H2) || speaks.includes(Protocol.TLS);
}

function isWebSocketOnly({ speaks, only }: ServerProps): boolean {
  return Boolean(only) && !speaks.some((word) => word === Protocol.HTTP_1_1 || word === Protocol.HTTP_1_0);
}

/** Socket.IO polls first unless it is told not to, and each poll has to find the same server. */
function polls({ speaks, transports }: ServerProps): boolean {
  return speaks.includes(Protocol.SOCKET_IO) && (transports === undefined || transports.includes(SocketIoTransport.POLLING));
}

function isLambda({ targetType, targets }: EdgeTargetsProps): boolean {
  return targetType === elbv2.TargetType.LAMBDA || Boolean(targets?.some((target) => target instanceof LambdaTarget));
}

function refuseLambda(props: EdgeTargetsProps, who: string, what: string, instead: string): void {
  if (isLambda(props)) throw new Error(`${who}: an Application Load Balancer does not forward ${what} to a Lambda function. ${instead}`);
}

/** Whether a matcher such as "200,301-399" holds a code. */
function holds(matcher: string, code: number): boolean {
  return matcher.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return from <= code && code <= to;
  });
}

function firstCode(matcher: string | undefined): number | undefined {
  const code = matcher === undefined || Token.isUnresolved(matcher) ? NaN : parseInt(matcher, 10);
  return Number.isNaN(code) || code === 200 ? undefined : code;
}
