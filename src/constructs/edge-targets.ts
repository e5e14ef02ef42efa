// What can be said about targets of an EdgeLoadBalancer. What follows from it: server-settings.ts.

import { Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Server } from '../declare/server';

/**
 * Targets behind an `EdgeLoadBalancer`, and which requests go there.
 */
export interface EdgeTargetsProps {
  /**
   * What receives the requests, for instance `service.loadBalancerTarget({ containerName: 'web', containerPort: 8080 })`.
   *
   * @default - none yet; add them to the target group that is returned
   */
  readonly targets?: elbv2.IApplicationLoadBalancerTarget[];

  /**
   * What kind of targets they are. A Lambda function takes ordinary HTTP only.
   *
   * @default - what the targets say, or IP addresses if there are none yet
   */
  readonly targetType?: elbv2.TargetType;

  /**
   * Health check settings that win over what follows from the server.
   *
   * @default - derived from the server
   */
  readonly healthCheck?: elbv2.HealthCheck;

  /**
   * Hosts that lead here, `*` for any part.
   *
   * @default - any host
   */
  readonly hosts?: string[];

  /**
   * Priority of the first listener rule, from 1 to 50000; a lower number is asked first. With several paths or hosts there may
   * be several rules, numbered on from here.
   *
   * @default - gRPC before WebSocket before HTTP, each in the order of the calls
   */
  readonly priority?: number;

  /**
   * How long a target that leaves may finish what it does.
   *
   * @default - 300 seconds, the default of Elastic Load Balancing
   */
  readonly deregistrationDelay?: Duration;
}

/**
 * Targets that answer ordinary HTTP requests.
 */
export interface EdgeHttpTargetsProps extends EdgeTargetsProps {
  /**
   * What the server speaks: health check, protocol, port and stickiness follow from it. It has to speak HTTP/1.1, because the
   * load balancer never turns HTTP/1.1 into HTTP/2.
   *
   * @default Server.http1()
   */
  readonly server?: Server;

  /**
   * Paths that lead here, `*` for any rest.
   *
   * @default - with hosts, any path on them; otherwise all requests that no other targets take
   */
  readonly paths?: string[];
}

/**
 * Targets that serve WebSocket connections.
 */
export interface EdgeWebSocketTargetsProps extends EdgeTargetsProps {
  /**
   * What the server speaks, WebSocket or Socket.IO among it. Its ping interval sets the idle timeout of the load balancer.
   *
   * @default Server.webSocket()
   */
  readonly server?: Server;

  /** Paths of the WebSocket handshake, `*` for any rest: `/ws/*`. */
  readonly paths: string[];
}

/**
 * Targets that serve gRPC calls.
 */
export interface EdgeGrpcTargetsProps extends EdgeTargetsProps {
  /**
   * What the server speaks: gRPC, in cleartext or over TLS.
   *
   * @default Server.grpc()
   */
  readonly server?: Server;

  /**
   * Full names of the gRPC services that are called here, for instance `shop.v1.Catalogue`.
   *
   * @default - all gRPC calls that no other targets take, known by their content type
   */
  readonly services?: string[];
}
