// An HTTP API: custom domain, default endpoint closed once there is one, access log. The default stage is made here and not by
// the L2, which gives it no log; ids are those of the L2, so that an HttpApi can be replaced.
// Not here: WebSocket, which HTTP APIs do not carry (EdgeWebSocketApi, or a load balancer), and gRPC.
// Facts: API Gateway guide "HTTP APIs", "Disable the default endpoint", "Mutual TLS for HTTP APIs" (the default endpoint would be a way
// around it), "Metrics for HTTP APIs".

import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { accessLogFormat, newAccessLogGroup, NO_LOGS } from './api-access-log';
import { addRecords, checkDomain, EdgeApiDomain, EdgeApiTrustStore, newDomainName, pathOf } from './api-domain';
import { defined } from '../declare/defined';
import { announce } from '../posture/announce';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

/**
 * Settings of an `EdgeHttpApi`.
 */
export interface EdgeHttpApiProps extends apigatewayv2.HttpApiProps {
  /**
   * The custom domain name. The default endpoint is then closed, unless `disableExecuteApiEndpoint: false` says otherwise.
   *
   * @default - none; callers use the default endpoint
   */
  readonly domain?: EdgeApiDomain;

  /**
   * Mutual TLS: only callers with a certificate from this trust store are let in. Needs `domain`.
   *
   * @default - callers need no certificate
   */
  readonly mutualTls?: EdgeApiTrustStore;

  /**
   * The TLS versions and suites that clients may use. HTTP APIs have one policy (TLS 1.2 and 1.3); where it does not follow the
   * posture, that is said at synth.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;

  /**
   * Whether an access log is kept. A 426 from behind the API, and who got it, show nowhere else.
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

  /**
   * Settings of the default stage, such as throttling. They win over those of this construct.
   *
   * @default - deployed automatically, with an access log
   */
  readonly stageOptions?: apigatewayv2.StageOptions;
}

/**
 * An HTTP API for HTTP/1.1 and HTTP/2 clients, with a custom domain, a closed default endpoint and an access log.
 *
 * @example
 * declare const certificate: acm.Certificate;
 * declare const hostedZone: route53.HostedZone;
 *
 * const api = new EdgeHttpApi(this, 'Api', { domain: { name: 'api.example.com', certificate, hostedZone } });
 */
@propertyInjectable
export class EdgeHttpApi extends apigatewayv2.HttpApi {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EdgeHttpApi';

  /** The custom domain name, if `domain` was given. */
  public readonly customDomain?: apigatewayv2.DomainName;

  /** Where the access log goes, unless it was switched off or sent elsewhere with `stageOptions`. */
  public readonly logGroup?: logs.ILogGroup;

  /** The TLS posture toward clients. */
  public readonly posture: TlsPosture;

  private readonly mapped: boolean;

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props anything that an `HttpApi` takes, and a domain
   */
  constructor(scope: Construct, id: string, props: EdgeHttpApiProps = {}) {
    const given = props.defaultDomainMapping ?? props.stageOptions?.domainMapping;
    const mapped = props.domain !== undefined || given !== undefined;
    check(`EdgeHttpApi '${[scope.node.path, id].filter(Boolean).join('/')}'`, scope, props, mapped);
    super(scope, id, {
      ...props,
      createDefaultStage: false,
      defaultDomainMapping: undefined,
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? (mapped || undefined),
    });
    this.posture = props.posture ?? TlsPosture.modern();
    this.mapped = mapped;
    announce(this, this.posture, TlsHop.HTTP_API);
    if ((props.logs ?? true) && !props.stageOptions?.accessLogSettings) this.logGroup = props.logGroup ?? newAccessLogGroup(this);
    if (props.domain) this.customDomain = this.newDomain(props.domain, props.mutualTls);
    if (props.createDefaultStage ?? true) {
      const domainMapping = props.domain ? { domainName: this.customDomain!, mappingKey: pathOf(props.domain) } : given;
      const own: { defaultStage?: apigatewayv2.IHttpStage } = this; // read-only, and the L2 has left it empty
      own.defaultStage = new apigatewayv2.HttpStage(this, 'DefaultStage', {
        httpApi: this, autoDeploy: true, accessLogSettings: this.accessLog(), ...defined(props.stageOptions), domainMapping,
      });
    }
    if (props.logs === false) acknowledge(this, NO_LOGS);
  }

  /**
   * The URL for callers: that of the custom domain, or else of the default endpoint.
   */
  public get edgeUrl(): string | undefined {
    return this.mapped ? this.defaultStage?.domainUrl : this.url;
  }

  /**
   * Adds a stage, which writes the same access log unless told otherwise.
   *
   * @param id its name
   * @param options anything that a stage takes
   */
  public addStage(id: string, options: apigatewayv2.HttpStageOptions): apigatewayv2.HttpStage {
    return super.addStage(id, { accessLogSettings: this.accessLog(), ...defined(options) });
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

  private newDomain(domain: EdgeApiDomain, mutualTls?: EdgeApiTrustStore): apigatewayv2.DomainName {
    const made = newDomainName(this, domain, this.posture, TlsHop.HTTP_API, mutualTls);
    addRecords(this, domain, new ApiGatewayv2DomainProperties(made.regionalDomainName, made.regionalHostedZoneId));
    return made;
  }

  private accessLog(): apigatewayv2.IAccessLogSettings | undefined {
    return this.logGroup && { destination: new apigatewayv2.LogGroupLogDestination(this.logGroup), format: accessLogFormat('http') };
  }
}

function check(who: string, scope: Construct, props: EdgeHttpApiProps, mapped: boolean): void {
  const { domain, mutualTls, stageOptions } = props;
  if (domain) checkDomain(who, scope, domain);
  if (domain && props.defaultDomainMapping) throw new Error(`${who}: both 'domain' and 'defaultDomainMapping' are given. Write 'domain' to have the domain name made here, or 'defaultDomainMapping' for one that is there already.`);
  if (stageOptions?.domainMapping && (domain || props.defaultDomainMapping)) {
    throw new Error(`${who}: 'stageOptions.domainMapping' is given beside ${domain ? "'domain'" : "'defaultDomainMapping'"}. Keep one of them; a stage has one mapping.`);
  }
  if (props.createDefaultStage === false && (mapped || stageOptions)) {
    throw new Error(`${who}: ${mapped ? 'a domain leads to the default stage' : "'stageOptions' are for the default stage"}, which 'createDefaultStage: false' leaves out. Remove it, or give the mapping and the options to addStage.`);
  }
  if (!mutualTls) return;
  if (!domain) throw new Error(`${who}: 'mutualTls' is given without 'domain', and mutual TLS is a property of a custom domain name. Add domain: { name: 'api.example.com', certificate }.`);
  if (props.disableExecuteApiEndpoint === false) throw new Error(`${who}: 'disableExecuteApiEndpoint: false' keeps the default endpoint open, a way around 'mutualTls' for callers without a certificate. Leave it out.`);
}
