// The whole blueprint: a Fargate service behind an EdgeLoadBalancer, and behind an EdgeDistribution where one is wanted. Puts the
// other constructs together and decides nothing of its own but which way clients come in.
// Facts: CloudFront guide "Restrict access with VPC origins" (no gRPC through a VPC origin).

import { Annotations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EdgeDistribution } from './edge-distribution';
import { EdgeLoadBalancer } from './edge-load-balancer';
import { EdgeOrigin } from './edge-origin';
import { Server } from '../declare/server';
import { TlsPosture } from '../posture/tls-posture';

/**
 * A port of a container, and what listens there.
 */
export interface EdgeServicePort {
  /** The container port, from 1 to 65535. It is mapped if it is not yet. */
  readonly port: number;

  /**
   * The container.
   *
   * @default - the default container of the task definition
   */
  readonly containerName?: string;

  /**
   * What listens there.
   *
   * @default - `Server.http1()`, `Server.webSocket()` or `Server.grpc()`, by the kind of port
   */
  readonly server?: Server;

  /**
   * Health check settings that win over what follows from the server.
   *
   * @default - derived from the server
   */
  readonly healthCheck?: elbv2.HealthCheck;
}

/**
 * A port that serves WebSocket connections.
 */
export interface EdgeServiceWebSocketPort extends EdgeServicePort {
  /** Paths of the WebSocket handshake, `*` for any rest: `/ws/*`. */
  readonly paths: string[];
}

/**
 * A port that serves gRPC calls.
 */
export interface EdgeServiceGrpcPort extends EdgeServicePort {
  /**
   * Full names of the gRPC services, for instance `shop.v1.Catalogue`. Needed where gRPC comes through a distribution.
   *
   * @default - all gRPC calls
   */
  readonly services?: string[];
}

/**
 * The distribution before an `EdgeService`.
 */
export interface EdgeServiceDistribution {
  /** The names by which viewers come. */
  readonly domainNames: string[];

  /** The certificate for these names, from us-east-1. */
  readonly certificate: acm.ICertificate;

  /**
   * The zone in which the names get their records.
   *
   * @default - no records are made
   */
  readonly hostedZone?: route53.IHostedZone;

  /**
   * Whether the load balancer is internal and CloudFront reaches it inside the VPC. gRPC does not come through then; it is left to
   * callers in the VPC.
   *
   * @default true
   */
  readonly vpcOrigin?: boolean;
}

/**
 * Settings of an `EdgeService`.
 */
export interface EdgeServiceProps extends ecs.FargateServiceProps {
  /**
   * Certificates of the load balancer, at least one. Behind a distribution one of them has to carry the distribution's names.
   */
  readonly certificates: elbv2.IListenerCertificate[];

  /**
   * The port that answers ordinary HTTP requests.
   *
   * @default - none
   */
  readonly http?: EdgeServicePort;

  /**
   * The port that serves WebSocket connections; may be the same one.
   *
   * @default - none
   */
  readonly webSocket?: EdgeServiceWebSocketPort;

  /**
   * The port that serves gRPC calls.
   *
   * @default - none
   */
  readonly grpc?: EdgeServiceGrpcPort;

  /**
   * The distribution before the load balancer.
   *
   * @default - clients come to the load balancer
   */
  readonly distribution?: EdgeServiceDistribution;

  /**
   * Whether the load balancer is on the internet.
   *
   * @default - true, unless it is the VPC origin of a distribution
   */
  readonly internetFacing?: boolean;

  /**
   * The TLS versions and suites that clients may use. Behind a distribution the load balancer keeps TLS 1.2, which is all that
   * CloudFront offers for certain.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;
}

/**
 * A Fargate service that HTTP/1.1, HTTP/2, WebSocket and gRPC clients reach through a load balancer, and HTTP/3 clients through a
 * distribution before it.
 *
 * @example
 * declare const cluster: ecs.Cluster;
 * declare const taskDefinition: ecs.FargateTaskDefinition;
 * declare const certificate: acm.Certificate;
 *
 * new EdgeService(this, 'Shop', {
 *   cluster, taskDefinition, certificates: [certificate],
 *   http: { port: 8080 },
 *   webSocket: { port: 8081, paths: ['/chat/*'], server: Server.nodeWs({ pingInterval: Duration.seconds(25) }) },
 *   grpc: { port: 50051 },
 * });
 */
@propertyInjectable
export class EdgeService extends ecs.FargateService {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EdgeService';

  /** The load balancer before the service. */
  public readonly edge: EdgeLoadBalancer;

  /** The distribution before the load balancer, if one is wanted. */
  public readonly distribution?: EdgeDistribution;

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props ports, certificates, and anything that a `FargateService` takes
   */
  constructor(scope: Construct, id: string, props: EdgeServiceProps) {
    super(scope, id, { ...props, minHealthyPercent: props.minHealthyPercent ?? 100, circuitBreaker: props.circuitBreaker ?? { rollback: true } });
    const { http, webSocket, grpc, distribution } = props;
    const who = `EdgeService '${this.node.path}'`;
    if (!http && !webSocket && !grpc) throw new Error(`${who}: no port is named. Say what the containers listen on with 'http', 'webSocket' or 'grpc', for instance http: { port: 8080 }.`);
    const inside = distribution !== undefined && (distribution.vpcOrigin ?? true);
    if (inside && props.internetFacing) throw new Error(`${who}: 'internetFacing' with a VPC origin. Leave it out, or set distribution.vpcOrigin to false.`);
    const posture = props.posture ?? TlsPosture.modern();
    this.edge = new EdgeLoadBalancer(this, 'Edge', {
      vpc: props.cluster.vpc,
      internetFacing: props.internetFacing ?? !inside,
      certificates: props.certificates,
      posture: distribution ? posture.withTls12() : posture,
      redirectHttp: !inside,
    });
    if (http) this.edge.addHttpTargets('Http', this.targets(http, Server.http1()));
    if (webSocket) this.edge.addWebSocketTargets('WebSocket', { ...this.targets(webSocket, Server.webSocket()), paths: webSocket.paths });
    if (grpc) this.edge.addGrpcTargets('Grpc', { ...this.targets(grpc, Server.grpc()), services: inside ? undefined : grpc.services });
    if (distribution) this.distribution = this.distribute(distribution, inside, props, posture, who);
  }

  private distribute(
    { domainNames, certificate, hostedZone }: EdgeServiceDistribution,
    inside: boolean,
    { webSocket, grpc }: EdgeServiceProps,
    posture: TlsPosture,
    who: string,
  ): EdgeDistribution {
    const origin = inside ? EdgeOrigin.vpcOrigin(this.edge) : EdgeOrigin.loadBalancer(this.edge);
    const distribution = new EdgeDistribution(this, 'Distribution', { defaultBehavior: { origin }, domainNames, certificate, hostedZone, posture });
    for (const path of webSocket?.paths ?? []) distribution.addWebSocketBehavior(path, origin);
    if (grpc && inside) {
      Annotations.of(this).addInfoV2('cdk-handshake:grpcNotThroughVpcOrigin', `${who}: gRPC does not pass through a VPC origin, so it is for callers in the VPC only. Set distribution.vpcOrigin to false to let it in from outside.`);
    }
    if (grpc && !inside) {
      if (!grpc.services?.length) throw new Error(`${who}: a distribution tells gRPC from other requests by its path. Name the services: grpc: { port: ${grpc.port}, services: ['shop.v1.Catalogue'] }.`);
      for (const service of grpc.services) distribution.addGrpcBehavior(`/${service}/*`, origin);
    }
    return distribution;
  }

  private targets({ port, containerName, server, healthCheck }: EdgeServicePort, otherwise: Server) {
    const container = containerName === undefined ? this.taskDefinition.defaultContainer : this.taskDefinition.findContainer(containerName);
    if (!container) {
      throw new Error(`EdgeService '${this.node.path}': the task definition has no container${containerName === undefined ? '' : ` named '${containerName}'`} for port ${port}. Add it before the service.`);
    }
    if (!container.portMappings.some(({ containerPort }) => containerPort === port)) container.addPortMappings({ containerPort: port });
    return {
      server: Server.of({ ...(server ?? otherwise)._props, port }),
      healthCheck,
      targets: [this.loadBalancerTarget({ containerName: container.containerName, containerPort: port })],
    };
  }
}
