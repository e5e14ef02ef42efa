// A CloudFront distribution on which HTTP/1.1, HTTP/2, HTTP/3, WebSocket and gRPC clients all get through to an EdgeOrigin.
// How an origin is reached: edge-origin.ts.
// Facts: CloudFront guide "Use WebSockets with distributions" (Sec-WebSocket-Key and -Version have to be forwarded), "Using gRPC with
// CloudFront distributions" (HTTP/2, POST, GrpcConfig), "Values that you specify" (HTTP versions; with the default certificate the TLS
// policy is TLSv1, whatever is set).

import { Annotations } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { EdgeOrigin } from './edge-origin';
import { newLogBucket } from './log-bucket';
import { defined } from '../declare/defined';
import { Protocol } from '../declare/protocol';
import { Protocols } from '../declare/protocols';
import { announce } from '../posture/announce';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

/** WebSocket APIs answer at the path of their stage only, which CloudFront puts before the viewer's path. */
const TO_ROOT = "function handler(event) { event.request.uri = '/'; return event.request; }";

/**
 * Settings of an `EdgeDistribution`.
 */
export interface EdgeDistributionProps extends cloudfront.DistributionProps {
  /**
   * The TLS versions and suites that viewers may use. Has effect only with a certificate: with the default one, CloudFront
   * lets in TLS 1.0 and newer, whatever is set.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;

  /**
   * The zone in which the domain names get their records.
   *
   * @default - no records are made
   */
  readonly hostedZone?: route53.IHostedZone;
}

/**
 * A CloudFront distribution on which HTTP/1.1, HTTP/2, HTTP/3, WebSocket and gRPC clients all get through.
 *
 * It speaks HTTP/2 and HTTP/3, redirects to HTTPS and keeps logs. Behaviors with an `EdgeOrigin` forward what that origin needs,
 * allow all methods and do not cache, unless you say otherwise.
 *
 * @example
 * declare const balancer: EdgeLoadBalancer;
 * declare const certificate: acm.Certificate;
 *
 * const origin = EdgeOrigin.loadBalancer(balancer);
 * const edge = new EdgeDistribution(this, 'Cdn', { defaultBehavior: { origin }, certificate, domainNames: ['shop.example.com'] });
 * edge.addWebSocketBehavior('/chat/*', origin);
 * edge.addGrpcBehavior('/shop.v1.Catalogue/*', origin);
 */
@propertyInjectable
export class EdgeDistribution extends cloudfront.Distribution {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EdgeDistribution';

  private readonly httpVersionChosen: cloudfront.HttpVersion;

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props behaviors, certificate, and anything that a `Distribution` takes
   */
  constructor(scope: Construct, id: string, props: EdgeDistributionProps) {
    const who = `EdgeDistribution '${scope.node.path ? `${scope.node.path}/` : ''}${id}'`;
    refuse(props, who);
    const posture = props.posture ?? TlsPosture.modern();
    const httpVersion = props.httpVersion ?? cloudfront.HttpVersion.HTTP2_AND_3;
    super(scope, id, {
      ...props,
      httpVersion,
      minimumProtocolVersion: props.certificate ? props.minimumProtocolVersion ?? posture.minimumProtocolVersion : undefined,
      enableLogging: props.enableLogging ?? true,
      logBucket: props.logBucket ?? (props.enableLogging === false ? undefined : logBucket(scope, `${id}Logs`)),
      defaultBehavior: { ...fitting(props.defaultBehavior.origin, props.defaultBehavior, who), origin: props.defaultBehavior.origin },
      additionalBehaviors: Object.fromEntries(Object.entries(props.additionalBehaviors ?? {})
        .map(([path, options]) => [path, { ...fitting(options.origin, options, who), origin: options.origin }])),
    });
    this.httpVersionChosen = httpVersion;
    if (props.certificate) announce(this, posture, TlsHop.DISTRIBUTION);
    else Annotations.of(this).addWarningV2('cdk-handshake:defaultCertificate', `${who}: without a certificate of your own CloudFront lets in TLS 1.0 and 1.1. Name 'certificate' (from us-east-1) and 'domainNames'.`);
    if (!props.geoRestriction) acknowledge(this, { 'AwsSolutions-CFR1': 'Which countries may come is for the application to say, with geoRestriction.' });
    if (!props.webAclId) acknowledge(this, { 'AwsSolutions-CFR2': 'Which requests a firewall stops is for the application to say, with webAclId.' });
    for (const [index, name] of (props.hostedZone ? props.domainNames ?? [] : []).entries()) {
      const record = { zone: props.hostedZone!, recordName: name, target: route53.RecordTarget.fromAlias(new CloudFrontTarget(this)) };
      new route53.ARecord(this, `Ipv4Record${index || ''}`, record);
      new route53.AaaaRecord(this, `Ipv6Record${index || ''}`, record);
    }
  }

  /**
   * Adds a behavior; with an `EdgeOrigin`, what is not said follows from it.
   *
   * @param pathPattern the paths: `/api/*`
   * @param origin where they lead
   * @param behaviorOptions what to do differently
   */
  public override addBehavior(pathPattern: string, origin: cloudfront.IOrigin, behaviorOptions: cloudfront.AddBehaviorOptions = {}): void {
    super.addBehavior(pathPattern, origin, fitting(origin, behaviorOptions, `EdgeDistribution '${this.node.path}', addBehavior('${pathPattern}')`));
  }

  /**
   * Lets WebSocket clients through on some paths: with the headers of the handshake, and without caching.
   *
   * @param pathPattern the paths of the handshake: `/ws/*`
   * @param origin a load balancer, a VPC origin or a WebSocket API
   * @param behaviorOptions what to do differently; caching and header policy are fixed
   */
  public addWebSocketBehavior(pathPattern: string, origin: EdgeOrigin, behaviorOptions: cloudfront.AddBehaviorOptions = {}): void {
    const who = `EdgeDistribution '${this.node.path}', addWebSocketBehavior('${pathPattern}')`;
    if (!origin._passes.webSocket) throw new Error(`${who}: WebSocket does not pass through ${origin._what}. Use EdgeOrigin.loadBalancer, vpcOrigin or webSocketApi.`);
    refusePolicies(behaviorOptions, who);
    const { functionAssociations: functions = [] } = behaviorOptions;
    const rewrite = origin._passes.rootOnly && !functions.some(({ eventType }) => eventType === cloudfront.FunctionEventType.VIEWER_REQUEST);
    this.addBehavior(pathPattern, origin, {
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      ...defined(behaviorOptions),
      functionAssociations: rewrite ? [...functions, this.toRoot()] : functions,
    });
    Protocols.of(this).route({ path: pathPattern.startsWith('/') ? pathPattern : `/${pathPattern}`, speaks: [Protocol.WEBSOCKET] });
  }

  /**
   * Lets gRPC clients through on some paths. Other requests there go on as HTTP/1.1.
   *
   * @param pathPattern the paths: `/shop.v1.Catalogue/*`
   * @param origin a load balancer with gRPC targets
   * @param behaviorOptions what to do differently; caching, header policy and methods are fixed
   */
  public addGrpcBehavior(pathPattern: string, origin: EdgeOrigin, behaviorOptions: cloudfront.AddBehaviorOptions = {}): void {
    const who = `EdgeDistribution '${this.node.path}', addGrpcBehavior('${pathPattern}')`;
    if (!origin._passes.grpc) throw new Error(`${who}: gRPC does not pass through ${origin._what}. Use EdgeOrigin.loadBalancer.`);
    if (![cloudfront.HttpVersion.HTTP2, cloudfront.HttpVersion.HTTP2_AND_3].includes(this.httpVersionChosen)) {
      throw new Error(`${who}: gRPC needs HTTP/2, and 'httpVersion' is ${this.httpVersionChosen}. Leave it out, or take HttpVersion.HTTP2_AND_3.`);
    }
    refusePolicies(behaviorOptions, who);
    if (behaviorOptions.edgeLambdas?.length) throw new Error(`${who}: CloudFront runs no Lambda@Edge function on gRPC calls. Use a CloudFront function (functionAssociations), or leave 'edgeLambdas' out.`);
    this.addBehavior(pathPattern, origin, {
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      ...defined(behaviorOptions),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      enableGrpc: true,
    });
    Protocols.of(this).route({ path: pathPattern.startsWith('/') ? pathPattern : `/${pathPattern}`, speaks: [Protocol.GRPC] });
  }

  /**
   * Share of requests that ended with a 4xx, in percent. CloudFront has no metric for failed TLS handshakes.
   *
   * @param options how to aggregate; by default the average over 5 minutes
   */
  public metricEdge4xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric4xxErrorRate(options);
  }

  /**
   * Share of requests that ended with a 5xx, in percent; the 502 of an origin that cannot be spoken to is among them.
   *
   * @param options how to aggregate; by default the average over 5 minutes
   */
  public metricEdge5xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric5xxErrorRate(options);
  }

  private toRoot(): cloudfront.FunctionAssociation {
    const id = 'WebSocketPath';
    const rewrite = this.node.tryFindChild(id) as cloudfront.Function | undefined ?? new cloudfront.Function(this, id, {
      code: cloudfront.FunctionCode.fromInline(TO_ROOT),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      comment: 'A WebSocket API answers at the path of its stage only',
    });
    return { eventType: cloudfront.FunctionEventType.VIEWER_REQUEST, function: rewrite };
  }
}

/** What a behavior needs for its origin, under what the user says. */
function fitting(origin: cloudfront.IOrigin, options: cloudfront.AddBehaviorOptions, who: string): cloudfront.AddBehaviorOptions {
  const viewerProtocolPolicy = cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS;
  if (!(origin instanceof EdgeOrigin)) return { viewerProtocolPolicy, ...defined(options) };
  const { host } = origin._passes;
  const policyId = options.originRequestPolicy?.originRequestPolicyRef.originRequestPolicyId;
  if (!host && policyId === cloudfront.OriginRequestPolicy.ALL_VIEWER.originRequestPolicyId) {
    throw new Error(`${who}: the policy ALL_VIEWER forwards the viewer's Host header, to which ${origin._what} answers 403. Leave 'originRequestPolicy' out.`);
  }
  return {
    viewerProtocolPolicy,
    allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
    cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
    originRequestPolicy: host ? cloudfront.OriginRequestPolicy.ALL_VIEWER : cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    ...defined(options),
  };
}

function refuse(props: EdgeDistributionProps, who: string): void {
  if (props.domainNames?.length && !props.certificate) {
    throw new Error(`${who}: 'domainNames' without 'certificate'. Name a certificate for ${props.domainNames.join(', ')}; it has to be in us-east-1.`);
  }
  if (props.hostedZone && !props.domainNames?.length) throw new Error(`${who}: 'hostedZone' without 'domainNames'. Name the domain names that shall lead here.`);
  if (props.sslSupportMethod === cloudfront.SSLMethod.VIP) {
    throw new Error(`${who}: 'sslSupportMethod' VIP goes with TLS policy TLSv1 and older only. Leave it out; every client since 2010 names the host it wants.`);
  }
}

function refusePolicies({ cachePolicy, originRequestPolicy }: cloudfront.AddBehaviorOptions, who: string): void {
  if (cachePolicy || originRequestPolicy) throw new Error(`${who}: 'cachePolicy' and 'originRequestPolicy' follow from the origin here. Leave them out, or use addBehavior.`);
}

/** CloudFront's standard logs need a bucket with access control lists. */
function logBucket(scope: Construct, id: string): s3.Bucket {
  return newLogBucket(scope, id, { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED });
}
