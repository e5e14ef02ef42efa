// An Application Load Balancer on which HTTP/1.1, HTTP/2, WebSocket and gRPC clients all get through. What follows from a
// server is in server-settings.ts, how conditions are spread over rules in rule-conditions.ts.
// Not here: HTTP/3, which no load balancer speaks; put an EdgeDistribution before it.
// Facts: ELB guide "Listeners for your Application Load Balancers", "Target groups" (protocol version), "Load balancer attributes"
// (idle timeout 1 to 4000 s, HTTP/2 PING frames do not count).

import { Annotations, Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { EdgeGrpcTargetsProps, EdgeHttpTargetsProps, EdgeTargetsProps, EdgeWebSocketTargetsProps } from './edge-targets';
import { FallbackAction } from './fallback-action';
import { allowDelivery, newLogBucket } from './log-bucket';
import { Common, Share, shares } from './rule-conditions';
import { grpcSettings, healthServer, httpSettings, webSocketSettings } from './server-settings';
import { Protocol } from '../declare/protocol';
import { Protocols } from '../declare/protocols';
import { Server } from '../declare/server';
import { announce } from '../posture/announce';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

const DEFAULT_IDLE_SECONDS = 60;
const MOST_IDLE_SECONDS = 4000;

/** First priority of each kind of rule; gRPC goes by content type and has to come before rules that look at paths only. */
const FIRST_PRIORITY = { grpcService: 1, grpc: 4000, webSocket: 5000, http: 10000 };

/** gRPC, and not gRPC-Web, which is ordinary HTTP (gRPC over HTTP/2: "application/grpc" [("+proto" / "+json" / {custom})]). */
const GRPC_CONTENT_TYPE = { name: 'content-type', values: ['application/grpc', 'application/grpc+*'] };

/** A server may speak gRPC and HTTP on one port; each target group is for one of them. */
const GRPC = [Protocol.GRPC, Protocol.H2, Protocol.H2C, Protocol.TLS];
const NOT_GRPC = Object.values(Protocol).filter((word) => word !== Protocol.GRPC);

/**
 * Settings of an `EdgeLoadBalancer`.
 */
export interface EdgeLoadBalancerProps extends elbv2.ApplicationLoadBalancerProps {
  /** Certificates of the HTTPS listener, at least one; the first is shown to clients that name no host. */
  readonly certificates: elbv2.IListenerCertificate[];

  /**
   * The TLS versions and suites that clients may use.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;

  /**
   * Whether port 80 redirects to HTTPS.
   *
   * @default true
   */
  readonly redirectHttp?: boolean;

  /**
   * Whether anyone may connect to the listeners.
   *
   * @default - true for an internet-facing load balancer; an internal one is opened with `https.connections`
   */
  readonly open?: boolean;

  /**
   * Whether access and connection logs are kept. A 464, a 426 and a failed TLS handshake show nowhere else.
   *
   * @default true
   */
  readonly logs?: boolean;

  /**
   * Where logs are written: a bucket in the same region, with encryption by S3-managed keys.
   *
   * @default - a new bucket that keeps them for a year
   */
  readonly logBucket?: s3.IBucket;
}

/**
 * An Application Load Balancer on which HTTP/1.1, HTTP/2, WebSocket and gRPC clients all get through.
 *
 * It has an HTTPS listener with TLS 1.2 and 1.3, a redirect from port 80, and access and connection logs. Target groups, rules,
 * health checks and idle timeout follow from what the servers speak; what was said is declared to the checks as well.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const certificate: acm.Certificate;
 * declare const service: ecs.FargateService;
 *
 * const edge = new EdgeLoadBalancer(this, 'Edge', { vpc, internetFacing: true, certificates: [certificate] });
 * edge.addHttpTargets('Web', { targets: [service] });
 * edge.addWebSocketTargets('Chat', {
 *   paths: ['/chat/*'],
 *   server: Server.nodeWs({ port: 8080, pingInterval: Duration.seconds(25) }),
 *   targets: [service.loadBalancerTarget({ containerName: 'chat', containerPort: 8080 })],
 * });
 */
@propertyInjectable
export class EdgeLoadBalancer extends elbv2.ApplicationLoadBalancer {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EdgeLoadBalancer';

  /** The HTTPS listener on port 443. */
  public readonly https: elbv2.ApplicationListener;

  /** The listener on port 80 that redirects to HTTPS, unless it was switched off. */
  public readonly http?: elbv2.ApplicationListener;

  /** Where access and connection logs go, unless they were switched off. */
  public readonly logBucket?: s3.IBucket;

  /** The TLS posture toward clients. */
  public readonly posture: TlsPosture;

  private readonly fallback = new FallbackAction();
  private readonly nextPriority = { ...FIRST_PRIORITY };
  private readonly http2: boolean;
  private readonly fixedIdleTimeout?: Duration;

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props certificates, and anything that an `ApplicationLoadBalancer` takes
   */
  constructor(scope: Construct, id: string, props: EdgeLoadBalancerProps) {
    super(scope, id, props);
    if (!props.certificates?.length) {
      throw new Error(`EdgeLoadBalancer '${this.node.path}': 'certificates' is empty. Name a certificate, for instance certificates: [certificate]; HTTP/2, gRPC and TLS need one.`);
    }
    this.posture = props.posture ?? TlsPosture.modern();
    this.http2 = props.http2Enabled ?? true;
    this.fixedIdleTimeout = props.idleTimeout;
    const open = props.open ?? props.internetFacing ?? false;
    this.https = this.addListener('Https', {
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates: props.certificates,
      sslPolicy: this.posture.sslPolicy,
      defaultAction: this.fallback,
      open,
    });
    announce(this, this.posture, TlsHop.APPLICATION_LOAD_BALANCER);
    if (props.redirectHttp ?? true) this.http = this.addRedirect({ sourcePort: 80, targetPort: 443, open });
    const securityGroup = this.node.tryFindChild('SecurityGroup');
    const reason = 'This is the door of the application: anyone may knock at ports 443 and 80.';
    if (open && securityGroup) acknowledge(securityGroup, { 'AwsSolutions-EC23': reason });
    if (props.logs ?? true) this.logBucket = this.keepLogs(props.logBucket ?? newLogBucket(this, 'Logs'));
  }

  /**
   * Sends ordinary HTTP requests to targets: those with certain paths or hosts, or all that nothing else takes.
   *
   * @param id name of the target group
   * @param props the targets and what they speak
   */
  public addHttpTargets(id: string, props: EdgeHttpTargetsProps = {}): elbv2.ApplicationTargetGroup {
    const who = this.naming('addHttpTargets', id);
    const server = props.server ?? Server.http1();
    const isDefault = !props.paths?.length && !props.hosts?.length;
    if (isDefault && this.fallback.replaced) {
      throw new Error(`${who}: there are targets already for all requests that nothing else takes. Say which requests go here with 'paths' or 'hosts'.`);
    }
    const settings = httpSettings(server, props, who);
    const { speaks, pingInterval } = server._props;
    if (speaks.includes(Protocol.WEBSOCKET) || speaks.includes(Protocol.SOCKET_IO)) this.outlast(pingInterval, who);
    const group = this.group(id, settings, server, props, NOT_GRPC);
    if (isDefault) this.fallback.replaceWith(elbv2.ListenerAction.forward([group]));
    else this.rules(id, group, shares(props.paths ?? [], { hosts: props.hosts }, who), 'http', props.priority);
    return group;
  }

  /**
   * Sends the WebSocket handshakes of certain paths to targets, and raises the idle timeout above their ping interval.
   *
   * @param id name of the target group
   * @param props the paths, the targets and what they speak
   */
  public addWebSocketTargets(id: string, props: EdgeWebSocketTargetsProps): elbv2.ApplicationTargetGroup {
    const who = this.naming('addWebSocketTargets', id);
    if (props.paths.length === 0) throw new Error(`${who}: 'paths' is empty. Name the paths of the handshake, for instance ['/ws/*'].`);
    const server = props.server ?? Server.webSocket();
    const settings = webSocketSettings(server, props, who);
    this.outlast(server._props.pingInterval, who);
    const group = this.group(id, settings, server, props, NOT_GRPC);
    for (const { rule, paths } of this.rules(id, group, shares(props.paths, { hosts: props.hosts }, who), 'webSocket', props.priority)) {
      for (const path of paths) Protocols.of(rule).route({ path, speaks: [Protocol.WEBSOCKET] });
    }
    return group;
  }

  /**
   * Sends gRPC calls to targets, those of certain services or all. Calls are told from other requests by their content type, so
   * that a UI and gRPC can share one name.
   *
   * @param id name of the target group
   * @param props the targets and what they speak
   */
  public addGrpcTargets(id: string, props: EdgeGrpcTargetsProps = {}): elbv2.ApplicationTargetGroup {
    const who = this.naming('addGrpcTargets', id);
    if (!this.http2) throw new Error(`${who}: gRPC needs HTTP/2, which 'http2Enabled: false' switches off. Leave it out.`);
    const server = props.server ?? Server.grpc();
    const group = this.group(id, grpcSettings(server, props, who), server, props, GRPC);
    const common: Common = { hosts: props.hosts, header: GRPC_CONTENT_TYPE };
    const paths = (props.services ?? []).map((service) => `/${service.replace(/^\//, '')}/*`);
    this.rules(id, group, shares(paths, common, who), paths.length > 0 ? 'grpcService' : 'grpc', props.priority);
    return group;
  }

  /**
   * Requests that the load balancer itself answered with a 4xx, among them 464; they do not come from a target.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricEdge4xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_4XX_COUNT, options);
  }

  /**
   * Requests that the load balancer itself answered with a 5xx, such as the 502 of a target that speaks something else.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricEdge5xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, options);
  }

  /**
   * TLS handshakes that clients could not finish: no common version or suite, or no trust in the certificate.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricTlsFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.clientTlsNegotiationErrorCount(options);
  }

  /** A target group, declared with the part of what its server speaks that this group is for. */
  private group(
    id: string,
    settings: elbv2.ApplicationTargetGroupProps,
    server: Server,
    props: EdgeTargetsProps,
    part: Protocol[],
  ): elbv2.ApplicationTargetGroup {
    const group = new elbv2.ApplicationTargetGroup(this, id, { vpc: this.vpc, ...settings });
    const speaks = server._props.speaks.filter((word) => part.includes(word));
    if (settings.targetType !== elbv2.TargetType.LAMBDA) Protocols.of(group).server(Server.of({ ...server._props, speaks }));
    const health = healthServer(server, props);
    if (health) Protocols.of(group).server(health);
    return group;
  }

  private rules(id: string, group: elbv2.ApplicationTargetGroup, parts: Share[], kind: keyof typeof FIRST_PRIORITY, priority?: number) {
    return parts.map(({ conditions, paths }, index) => ({
      paths,
      rule: new elbv2.ApplicationListenerRule(this.https, index === 0 ? id : `${id}${index + 1}`, {
        listener: this.https,
        priority: priority === undefined ? this.nextPriority[kind]++ : priority + index,
        conditions,
        action: elbv2.ListenerAction.forward([group]),
      }),
    }));
  }

  /** Makes the idle timeout longer than the pause between two pings; a timeout that the user set stays, or is refused. */
  private outlast(ping: Duration | undefined, who: string): void {
    if (ping === undefined) {
      Annotations.of(this).addInfoV2('cdk-handshake:pingIntervalUnknown', `${who}: a WebSocket is closed when nothing is sent for the idle timeout of the load balancer. Declare the server's pingInterval, and the timeout follows from it.`);
      return;
    }
    if (ping.isUnresolved()) return;
    const seconds = ping.toSeconds({ integral: false });
    if (seconds >= MOST_IDLE_SECONDS) {
      throw new Error(`${who}: the ping interval is ${seconds} s, and a load balancer closes connections that are idle for ${MOST_IDLE_SECONDS} s at most. Let the server ping more often.`);
    }
    if (this.fixedIdleTimeout && !this.fixedIdleTimeout.isUnresolved()) {
      const idle = this.fixedIdleTimeout.toSeconds();
      if (idle <= seconds) throw new Error(`${who}: the ping interval of ${seconds} s is not below 'idleTimeout', which is ${idle} s. Leave 'idleTimeout' out, or let the server ping more often.`);
      return;
    }
    const wanted = Math.min(MOST_IDLE_SECONDS, Math.ceil(2 * seconds));
    if (wanted > this.idleSeconds()) this.setAttribute('idle_timeout.timeout_seconds', String(wanted));
  }

  /** The idle timeout as it would be rendered now; others, such as property injectors, may have set it. */
  private idleSeconds(): number {
    const resource = this.node.defaultChild as elbv2.CfnLoadBalancer;
    const attributes: elbv2.CfnLoadBalancer.LoadBalancerAttributeProperty[] = this.stack.resolve(resource.loadBalancerAttributes) ?? [];
    const set = attributes.find(({ key }) => key === 'idle_timeout.timeout_seconds')?.value;
    return set === undefined || Token.isUnresolved(set) ? DEFAULT_IDLE_SECONDS : Number(set);
  }

  private keepLogs(bucket: s3.IBucket): s3.IBucket {
    for (const kind of ['access_logs', 'connection_logs']) {
      this.setAttribute(`${kind}.s3.enabled`, 'true');
      this.setAttribute(`${kind}.s3.bucket`, bucket.bucketName);
    }
    allowDelivery(this, bucket, 'elb');
    return bucket;
  }

  private naming(method: string, id: string): string {
    return `EdgeLoadBalancer '${this.node.path}', ${method}('${id}')`;
  }
}
