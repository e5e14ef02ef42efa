// A REST API: regional, TLS by posture at the default endpoint and at the custom domain, default endpoint closed once there is a
// domain, access log, errors of integrations logged. What is passed to the L2: rest-api-settings.ts.
// Not here: WebSocket and gRPC, which REST APIs do not carry; who may call (authorizers, WAF), which is up to the app.
// Facts: API Gateway guide "Security policies" (the default endpoint of a REST API takes TLS 1.0 unless told otherwise; enhanced
// policies want an endpoint access mode), "Disable the default endpoint", "Set up logging", "Metrics for REST APIs".

import { Annotations, CfnOutput } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ApiGatewayDomain } from 'aws-cdk-lib/aws-route53-targets';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { accessLogFormat, acknowledgeAccountRole, newAccessLogGroup, NO_LOGS } from './api-access-log';
import { addRecords, EdgeApiDomain, EdgeApiTrustStore } from './api-domain';
import { accessModeFor, checkRestApi, endpointTypeOf, l2Props } from './rest-api-settings';
import { announce } from '../posture/announce';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

/**
 * Settings of an `EdgeRestApi`.
 */
export interface EdgeRestApiProps extends apigateway.RestApiProps {
  /**
   * The custom domain name, edge-optimized if the API is. The default endpoint is then closed, unless
   * `disableExecuteApiEndpoint: false` says otherwise.
   *
   * @default - none; callers use the default endpoint
   */
  readonly domain?: EdgeApiDomain;

  /**
   * Mutual TLS: only callers with a certificate from this trust store are let in. Needs a regional `domain`, whose TLS policy is
   * then TLS_1_2, the only one that mutual TLS goes with.
   *
   * @default - callers need no certificate
   */
  readonly mutualTls?: EdgeApiTrustStore;

  /**
   * The TLS versions and suites that clients may use, at the custom domain and at the default endpoint.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;

  /**
   * What requests have to look like that come in with an enhanced TLS policy. STRICT also wants the name of the TLS handshake to
   * be that of the Host header. Start with BASIC and look at the logs before changing to STRICT.
   *
   * @default EndpointAccessMode.BASIC
   */
  readonly endpointAccessMode?: apigateway.EndpointAccessMode;

  /**
   * Whether an access log is kept, and errors of integrations are logged. A 426 from behind the API, and who got it, show nowhere
   * else.
   *
   * API Gateway writes them with a role that is set once per account and region. If none is set, the stage fails with "CloudWatch
   * Logs role ARN must be set in account settings to enable logging"; see `cloudWatchRole`.
   *
   * @default true
   */
  readonly logs?: boolean;

  /**
   * Where the access log is written.
   *
   * @default - a new log group that keeps it for a year
   */
  readonly logGroup?: logs.ILogGroup;
}

/**
 * A regional REST API for HTTP/1.1 and HTTP/2 clients, with a custom domain, a closed default endpoint and an access log.
 *
 * @example
 * declare const certificate: acm.Certificate;
 *
 * const api = new EdgeRestApi(this, 'Api', { domain: { name: 'api.example.com', certificate } });
 * api.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com/'));
 */
@propertyInjectable
export class EdgeRestApi extends apigateway.RestApi {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EdgeRestApi';

  /** Where the access log goes, unless it was switched off or sent elsewhere with `deployOptions`. */
  public readonly logGroup?: logs.ILogGroup;

  /** The TLS posture toward clients. */
  public readonly posture: TlsPosture;

  private readonly customUrl?: string;

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props anything that a `RestApi` takes, and a domain
   */
  constructor(scope: Construct, id: string, props: EdgeRestApiProps = {}) {
    const posture = props.posture ?? TlsPosture.modern();
    checkRestApi(`EdgeRestApi '${[scope.node.path, id].filter(Boolean).join('/')}'`, scope, props, posture);
    const passed = l2Props(props, posture);
    super(scope, id, passed);
    this.posture = posture;
    const edgeOptimized = endpointTypeOf(props) === apigateway.EndpointType.EDGE;
    const resource = this.node.defaultChild as apigateway.CfnRestApi;
    resource.securityPolicy ??= posture.restApiPolicy(endpointTypeOf(props));
    resource.endpointAccessMode ??= accessModeFor(resource.securityPolicy, props.endpointAccessMode);
    announce(this, posture, edgeOptimized ? TlsHop.EDGE_REST_API : TlsHop.REST_API);
    if (props.domain) this.finishDomain(props.domain, this.domainName!, props.mutualTls !== undefined);
    if (passed.domainName) this.customUrl = `https://${passed.domainName.domainName}/${passed.domainName.basePath ?? ''}`;
    if (this.customUrl && passed.disableExecuteApiEndpoint) this.correctOutput(this.customUrl);
    if (props.deploy ?? true) this.logGroup = this.keepLog(props);
    const role = this.node.tryFindChild('CloudWatchRole');
    if (role) acknowledgeAccountRole(role);
  }

  /** The URL for callers: that of the custom domain, or else of the stage at the default endpoint. */
  public get edgeUrl(): string {
    return this.customUrl ?? this.url;
  }

  /**
   * Requests that were answered with a 4xx, by the API or by what stands behind it. There is no metric for failed TLS handshakes.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricEdge4xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricClientError(options);
  }

  /**
   * Requests that were answered with a 5xx, by the API or by what stands behind it. There is no metric for failed TLS handshakes.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricEdge5xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricServerError(options);
  }

  /** What the L2 does not do for its domain name: IPv6, records, a word about the policy of mutual TLS. */
  private finishDomain(domain: EdgeApiDomain, made: apigateway.DomainName, mutualTls: boolean): void {
    (made.node.defaultChild as apigateway.CfnDomainName).addPropertyOverride('EndpointConfiguration.IpAddressType', 'dualstack');
    addRecords(this, domain, new ApiGatewayDomain(made));
    if (mutualTls) this.announceLegacyPolicy(made);
  }

  /** Mutual TLS goes with TLS_1_2 only, the policy that HTTP APIs have. */
  private announceLegacyPolicy(made: apigateway.DomainName): void {
    const { shortcomings } = this.posture._choose(TlsHop.HTTP_API);
    if (shortcomings.length === 0) return;
    const text = `TLS posture ${this.posture}: a domain name with mutual TLS (with TLS_1_2, the only policy for it) ${shortcomings.map(({ says }) => says).join(', ')}.`;
    if (shortcomings.some(({ grave }) => grave)) Annotations.of(made).addWarningV2('cdk-handshake:tlsPostureNotFollowed', text);
    else Annotations.of(made).addInfoV2('cdk-handshake:tlsPostureWeaker', text);
  }

  /** The L2 puts the URL of the default endpoint into the outputs, which is closed. */
  private correctOutput(url: string): void {
    const output = this.node.tryFindChild('Endpoint');
    if (output instanceof CfnOutput) output.value = url;
  }

  private keepLog({ deployOptions, logGroup, logs: wanted = true }: EdgeRestApiProps): logs.ILogGroup | undefined {
    if (deployOptions?.accessLogDestination) return undefined;
    const stage = this.deploymentStage;
    if (!wanted) {
      acknowledge(stage, { ...NO_LOGS, 'AwsSolutions-APIG6': 'Logs were switched off with logs: false.' });
      return undefined;
    }
    const group = logGroup ?? newAccessLogGroup(this);
    (stage.node.defaultChild as apigateway.CfnStage).accessLogSetting = {
      destinationArn: new apigateway.LogGroupLogDestination(group).bind(stage).destinationArn,
      format: (deployOptions?.accessLogFormat ?? accessLogFormat('rest')).toString(),
    };
    return group;
  }
}
