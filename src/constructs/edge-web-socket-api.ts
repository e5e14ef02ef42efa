// A WebSocket API that is complete: stage, custom domain, access log, an answer to clients that offer subprotocols, and routes to
// HTTP servers (web-socket-http-integration.ts). What the function at $connect answers: subprotocol-echo.ts.
// Facts: API Gateway guide "WebSocket APIs" (not callable before it is deployed to a stage; authorizers at $connect only; idle
// connections end after 10 minutes, all after 2 hours), "Disable the default endpoint for WebSocket APIs", "Custom domain names for
// WebSocket APIs", "Monitor WebSocket API execution with CloudWatch metrics".

import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { accessLogFormat, newAccessLogGroup, newAccountRole, NO_LOGS } from './api-access-log';
import { addRecords, newDomainName, pathOf } from './api-domain';
import { checkWebSocketApi, EdgeHttpRouteOptions, EdgePrivateRouteOptions, EdgeWebSocketApiProps } from './edge-web-socket-api-props';
import { newSubprotocolEcho } from './subprotocol-echo';
import { WebSocketHttpIntegration } from './web-socket-http-integration';
import { defined } from '../declare/defined';
import { announce } from '../posture/announce';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

/**
 * A WebSocket API with a stage, a custom domain, an access log and an answer to clients that offer subprotocols.
 *
 * API Gateway ends idle connections after 10 minutes: clients and servers have to send something more often.
 *
 * @example
 * declare const certificate: acm.Certificate;
 *
 * const api = new EdgeWebSocketApi(this, 'Chat', { domain: { name: 'chat.example.com', certificate }, subprotocols: ['chat.v1'] });
 * api.addHttpRoute('$default', { url: 'https://backend.example.com/messages' });
 */
@propertyInjectable
export class EdgeWebSocketApi extends apigatewayv2.WebSocketApi {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-handshake.EdgeWebSocketApi';

  /** The stage, without which nobody can connect. */
  public readonly stage: apigatewayv2.WebSocketStage;

  /** The custom domain name, if `domain` was given. */
  public readonly customDomain?: apigatewayv2.DomainName;

  /** Where the access log goes, unless it was switched off or sent elsewhere with `stageOptions`. */
  public readonly logGroup?: logs.ILogGroup;

  /** The TLS posture toward clients. */
  public readonly posture: TlsPosture;

  private readonly host?: string;
  private readonly subprotocols?: string[];

  /**
   * @param scope where it belongs
   * @param id its name there
   * @param props anything that a `WebSocketApi` takes, and a domain
   */
  constructor(scope: Construct, id: string, props: EdgeWebSocketApiProps = {}) {
    checkWebSocketApi(`EdgeWebSocketApi '${[scope.node.path, id].filter(Boolean).join('/')}'`, scope, props);
    super(scope, id, props);
    const { domain, stageOptions, subprotocols } = props;
    this.posture = props.posture ?? TlsPosture.modern();
    announce(this, this.posture, TlsHop.WEB_SOCKET_API);
    if ((props.logs ?? true) && !stageOptions?.accessLogSettings) this.logGroup = props.logGroup ?? newAccessLogGroup(this);
    if (domain) {
      this.customDomain = newDomainName(this, domain, this.posture, TlsHop.WEB_SOCKET_API);
      addRecords(this, domain, new ApiGatewayv2DomainProperties(this.customDomain.regionalDomainName, this.customDomain.regionalHostedZoneId));
    }
    const domainMapping = domain ? { domainName: this.customDomain!, mappingKey: pathOf(domain) } : stageOptions?.domainMapping;
    if (domainMapping) this.host = [domainMapping.domainName.domainNameRef.domainName, domainMapping.mappingKey].filter(Boolean).join('/');
    (this.node.defaultChild as apigatewayv2.CfnApi).disableExecuteApiEndpoint = props.disableExecuteApiEndpoint ?? (domainMapping ? true : undefined);
    this.stage = this.newStage(props, domainMapping);
    this.subprotocols = subprotocols;
    if (subprotocols) {
      const integration = new WebSocketLambdaIntegration('Subprotocol', newSubprotocolEcho(this, subprotocols));
      super.addRoute('$connect', { integration, authorizer: props.connectAuthorizer });
    }
  }

  /** The URL for clients: that of the custom domain, or else of the stage at the default endpoint. */
  public get edgeUrl(): string {
    return this.host ? `wss://${this.host}` : this.stage.url;
  }

  /** The URL for what sends messages to clients (`@connections`); the default endpoint no longer serves it once it is closed. */
  public get callbackUrl(): string {
    return this.host ? `https://${this.host}` : this.stage.callbackUrl;
  }

  /**
   * Adds a route.
   *
   * @param routeKey `$connect`, `$disconnect`, `$default`, or what the route selection expression finds in a message
   * @param options the integration, and at `$connect` an authorizer
   */
  public addRoute(routeKey: string, options: apigatewayv2.WebSocketRouteOptions): apigatewayv2.WebSocketRoute {
    if (routeKey === '$connect' && this.subprotocols) {
      throw new Error(`EdgeWebSocketApi '${this.node.path}': 'subprotocols' made the route $connect already, and there is one only. Leave 'subprotocols' out and let your own integration return Sec-WebSocket-Protocol, or leave the route out; an authorizer goes to 'connectAuthorizer'.`);
    }
    const route = super.addRoute(routeKey, options);
    if (routeKey !== '$connect') acknowledge(route, { 'AwsSolutions-APIG4': 'WebSocket APIs authorize the connection, at $connect; other routes take no authorizer.' });
    return route;
  }

  /**
   * Sends the handshake or messages to an HTTP server on the internet, which gets plain HTTP requests and no WebSocket.
   *
   * @param routeKey `$connect`, `$disconnect`, `$default`, or what the route selection expression finds in a message
   * @param options the URL and how to call it
   */
  public addHttpRoute(routeKey: string, options: EdgeHttpRouteOptions): apigatewayv2.WebSocketRoute {
    const { authorizer, returnResponse, ...integration } = options;
    return this.addRoute(routeKey, { authorizer, returnResponse, integration: new WebSocketHttpIntegration('Http', integration) });
  }

  /**
   * Sends the handshake or messages to an HTTP server in a VPC, which gets plain HTTP requests and no WebSocket.
   *
   * @param routeKey `$connect`, `$disconnect`, `$default`, or what the route selection expression finds in a message
   * @param options the VPC link, the URL and how to call it
   */
  public addPrivateRoute(routeKey: string, options: EdgePrivateRouteOptions): apigatewayv2.WebSocketRoute {
    return this.addHttpRoute(routeKey, options);
  }

  /**
   * Handshakes and messages that the API answered with a 4xx before it called an integration. There is no metric for failed TLS
   * handshakes.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricEdge4xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ClientError', { statistic: 'Sum', ...options });
  }

  /**
   * Errors in calling an integration. What integrations themselves answer with 4xx or 5xx is in `metric('IntegrationError')`. There
   * is no metric for failed TLS handshakes.
   *
   * @param options how to aggregate; by default the sum over 5 minutes
   */
  public metricEdge5xx(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ExecutionError', { statistic: 'Sum', ...options });
  }

  private newStage(props: EdgeWebSocketApiProps, domainMapping?: apigatewayv2.DomainMappingOptions): apigatewayv2.WebSocketStage {
    const accessLogSettings = this.logGroup && { destination: new apigatewayv2.LogGroupLogDestination(this.logGroup), format: accessLogFormat('websocket') };
    const stage = new apigatewayv2.WebSocketStage(this, 'Stage', {
      webSocketApi: this, stageName: props.stageName ?? 'live', autoDeploy: true, accessLogSettings, ...defined(props.stageOptions), domainMapping,
    });
    if (props.cloudWatchRole) stage.node.addDependency(newAccountRole(this));
    if (props.logs === false) acknowledge(stage, NO_LOGS);
    return stage;
  }
}
