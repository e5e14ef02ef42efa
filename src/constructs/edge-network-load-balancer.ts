// A Network Load Balancer that ends TLS and lets clients choose by ALPN what the server behind speaks, or passes connections to
// the listeners of an Application Load Balancer. It never changes the HTTP version; what no ALPN policy can repair is refused.
// Facts: NLB guide "Listeners" (ALPN policies; the documents on a missing match), "Update the TCP idle timeout" (350 s for TLS listeners,
// fixed), "Use an ALB as a target" (TCP, same port, health check in the protocol of that listener, same cross-zone setting).

import { Annotations, Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AlbListenerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { EdgeLoadBalancer } from './edge-load-balancer';
import { allowDelivery, newLogBucket } from './log-bucket';
import { Protocol } from '../declare/protocol';
import { Protocols } from '../declare/protocols';
import { Server, ServerProps } from '../declare/server';
import { announce } from '../posture/announce';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

/** Seconds after which a TLS listener drops an idle connection; cannot be changed. */
const TLS_IDLE_SECONDS = 350;

/**
 * Settings of an `EdgeNetworkLoadBalancer`.
 */
export interface EdgeNetworkLoadBalancerProps extends elbv2.NetworkLoadBalancerProps {
  /**
   * Certificates of the TLS listeners; the first is shown to clients that name no host.
   *
   * @default - none; then only `addAlbTargets` can be used
   */
  readonly certificates?: elbv2.IListenerCertificate[];

  /**
   * The TLS versions and suites that clients may use at TLS listeners.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;

  /**
   * Whether anyone may connect to the listeners.
   *
   * @default - true for an internet-facing load balancer; an internal one is opened with `connections`
   */
  readonly open?: boolean;

  /**
   * Whether access logs are kept. They are written for TLS listeners, and show ALPN offers and TLS alerts.
   *
   * @default true
   */
  readonly logs?: boolean;

  /**
   * Where logs are written: a bucket in the same region.
   *
   * @default - a new bucket that keeps them for a year
   */
  readonly logBucket?: s3.IBucket;
}

/**
 * Targets behind a TLS listener of an `EdgeNetworkLoadBalancer`.
 */
export interface EdgeTlsTargetsProps {
  /**
   * What the server speaks: the ALPN policy, the port and the protocol of the target group follow from it.
   *
   * @default Server.http1()
   */
  readonly server?: Server;

  /**
   * Port of the listener, from 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * What receives the connections.
   *
   * @default - none yet; add them to the target group that is returned
   */
  readonly targets?: elbv2.INetworkLoadBalancerTarget[];

  /**
   * What kind of targets they are.
   *
   * @default - what the targets say, or IP addresses if there are none yet
   */
  readonly targetType?: elbv2.TargetType;

  /**
   * How targets are found healthy.
   *
   * @default - by a TCP connection
   */
  readonly healthCheck?: elbv2.HealthCheck;
}

/**
 * A Network Load Balancer whose TLS listeners select by ALPN what the servers behind speak.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const certificate: acm.Certificate;
 * declare const service: ecs.FargateService;
 *
 * const edge = new EdgeNetworkLoadBalancer(this, 'Edge', { vpc, internetFacing: true, certificates: [certificate] });
 * edge.addTlsTargets('Grpc', { server: Server.grpc({ port: 50051 }), targets: [service] });
 */
@propertyInjectable
export class EdgeNetworkLoadBalancer extends elbv2.NetworkLoadBalancer {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EdgeNetworkLoadBalancer';

  /** Where access logs go, unless they were switched off. */
  public readonly logBucket?: s3.IBucket;

  /** The TLS posture toward clients. */
  public readonly posture: TlsPosture;

  private readonly certificates: elbv2.IListenerCertificate[];
  private readonly open: boolean;

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props certificates, and anything that a `NetworkLoadBalancer` takes
   */
  constructor(scope: Construct, id: string, props: EdgeNetworkLoadBalancerProps) {
    super(scope, id, props);
    this.posture = props.posture ?? TlsPosture.modern();
    this.certificates = props.certificates ?? [];
    this.open = props.open ?? props.internetFacing ?? false;
    // With a security group from the start: one cannot be added to a load balancer that was made without.
    if (!props.disableSecurityGroups && this.connections.securityGroups.length === 0) {
      this.addSecurityGroup(new ec2.SecurityGroup(this, 'SecurityGroup', { vpc: props.vpc, description: `Network load balancer ${this.node.path}`, allowAllOutbound: false }));
    }
    const securityGroup = this.node.tryFindChild('SecurityGroup');
    if (this.open && securityGroup) acknowledge(securityGroup, { 'AwsSolutions-EC23': 'This is the door of the application: anyone may knock at its listeners.' });
    if (props.logs ?? true) this.logBucket = this.keepLogs(props.logBucket ?? newLogBucket(this, 'Logs'));
  }

  /**
   * Ends TLS on a port and passes the connections to targets. Clients choose HTTP/2 or HTTP/1.1 by ALPN, among what the server
   * speaks.
   *
   * @param id name of the target group
   * @param props the targets and what they speak
   */
  public addTlsTargets(id: string, props: EdgeTlsTargetsProps = {}): elbv2.NetworkTargetGroup {
    const who = `EdgeNetworkLoadBalancer '${this.node.path}', addTlsTargets('${id}')`;
    if (this.certificates.length === 0) throw new Error(`${who}: a TLS listener needs a certificate. Name one in the load balancer's 'certificates'.`);
    const server = props.server ?? Server.http1();
    const alpnPolicy = alpnPolicyFor(server._props, who);
    refuseLongPing(server._props.pingInterval, who);
    const tls = expectsTls(server._props);
    const group = new elbv2.NetworkTargetGroup(this, id, {
      vpc: this.vpc,
      port: server._props.port ?? (tls ? 443 : 80),
      protocol: tls ? elbv2.Protocol.TLS : elbv2.Protocol.TCP,
      targets: props.targets,
      targetType: props.targetType ?? (props.targets?.length ? undefined : elbv2.TargetType.IP),
      healthCheck: props.healthCheck,
    });
    Protocols.of(group).server(server);
    const port = props.port ?? 443;
    const { certificates, posture: { sslPolicy } } = this;
    this.addListener(`${id}Tls`, { port, protocol: elbv2.Protocol.TLS, certificates, sslPolicy, alpnPolicy, defaultTargetGroups: [group] });
    announce(this, this.posture, TlsHop.NETWORK_LOAD_BALANCER);
    this.welcome(port);
    return group;
  }

  /**
   * Passes connections to the listeners of an Application Load Balancer, each on its own port, for instance to give it fixed
   * addresses. TLS ends there and not here.
   *
   * @param id name of the target groups
   * @param balancer the load balancer behind
   */
  public addAlbTargets(id: string, balancer: EdgeLoadBalancer): elbv2.NetworkTargetGroup[] {
    // Unlike settings of the two lead to 503 now and then (ELB guide, "Troubleshoot your Application Load Balancers").
    this.setAttribute('load_balancing.cross_zone.enabled', 'true');
    const listeners = balancer.http ? [balancer.https, balancer.http] : [balancer.https];
    return listeners.map((listener) => {
      const name = listener === balancer.https ? id : `${id}Http`;
      const group = new elbv2.NetworkTargetGroup(this, name, {
        vpc: this.vpc,
        port: listener.port,
        protocol: elbv2.Protocol.TCP,
        targetType: elbv2.TargetType.ALB,
        targets: [new AlbListenerTarget(listener)],
        // Any answer but a 5xx shows that the load balancer is there; what its path / answers is its own affair.
        healthCheck: { protocol: listener === balancer.https ? elbv2.Protocol.HTTPS : elbv2.Protocol.HTTP, healthyHttpCodes: '200-499' },
      });
      this.addListener(`${name}Tcp`, { port: listener.port, protocol: elbv2.Protocol.TCP, defaultTargetGroups: [group] });
      this.welcome(listener.port);
      balancer.connections.allowFrom(this, ec2.Port.tcp(listener.port), 'Network load balancer');
      return group;
    });
  }

  /**
   * TLS handshakes that clients could not finish at TLS listeners.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricTlsFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.custom('ClientTLSNegotiationErrorCount', { statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * Connections that the load balancer itself reset; it knows no HTTP and sends no 4xx or 5xx.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricResets(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.tcpElbResetCount(options);
  }

  private welcome(port: number): void {
    if (!this.open) return;
    this.connections.allowFrom(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), `Allow from anyone on port ${port}`);
    if (this.ipAddressType === elbv2.IpAddressType.DUAL_STACK) this.connections.allowFrom(ec2.Peer.anyIpv6(), ec2.Port.tcp(port), `Allow from anyone on port ${port}`);
  }

  private keepLogs(bucket: s3.IBucket): s3.IBucket {
    this.setAttribute('access_logs.s3.enabled', 'true');
    this.setAttribute('access_logs.s3.bucket', bucket.bucketName);
    allowDelivery(this, bucket, 'delivery');
    if (bucket.encryptionKey) {
      Annotations.of(this).addInfoV2('cdk-handshake:logBucketKey', 'The log bucket is encrypted with a key of your own: let delivery.logs.amazonaws.com use it, or no logs arrive.');
    }
    return bucket;
  }
}

/** The policy under which clients agree with the load balancer on what the server behind speaks, since bytes are passed on as they are. */
function alpnPolicyFor({ speaks }: ServerProps, who: string): elbv2.AlpnPolicy {
  const http2 = speaks.some((word) => word === Protocol.H2 || word === Protocol.H2C || word === Protocol.GRPC);
  const http1 = speaks.some((word) => [Protocol.HTTP_1_1, Protocol.HTTP_1_0, Protocol.WEBSOCKET, Protocol.SOCKET_IO].includes(word));
  if (http2 && http1) return elbv2.AlpnPolicy.HTTP2_PREFERRED;
  if (!http2) return elbv2.AlpnPolicy.HTTP1_ONLY;
  if (speaks.every((word) => word === Protocol.GRPC || word === Protocol.TLS)) return elbv2.AlpnPolicy.HTTP2_ONLY;
  throw new Error(
    `${who}: the server speaks HTTP/2 only, and a Network Load Balancer passes on what the client speaks, so HTTP/1.1 clients would get nothing. ` +
    "Let the server speak HTTP/1.1 as well and declare it without 'only', or declare it with Server.grpc() if gRPC is all that is called.");
}

function expectsTls({ tls, speaks }: ServerProps): boolean {
  return Boolean(tls) || speaks.includes(Protocol.TLS) || (speaks.includes(Protocol.H2) && !speaks.includes(Protocol.H2C));
}

function refuseLongPing(ping: Duration | undefined, who: string): void {
  if (!ping || ping.isUnresolved() || ping.toSeconds({ integral: false }) < TLS_IDLE_SECONDS) return;
  throw new Error(
    `${who}: the ping interval is ${ping.toSeconds({ integral: false })} s, and a TLS listener drops connections that are idle for ${TLS_IDLE_SECONDS} s, which cannot be changed. Let the server ping more often.`);
}
