// What an EdgeWebSocketApi takes, and which combinations cannot work. No mutual TLS: it is documented for REST and HTTP APIs only.
// Facts: API Gateway guide "Custom domain names for WebSocket APIs" (regional, TLS 1.2), "Configure logging for WebSocket APIs".

import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { checkDomain, EdgeApiDomain } from './api-domain';
import { checkSubprotocols } from './subprotocol-echo';
import { TlsPosture } from '../posture/tls-posture';

/**
 * Settings of an `EdgeWebSocketApi`.
 */
export interface EdgeWebSocketApiProps extends apigatewayv2.WebSocketApiProps {
  /**
   * The custom domain name. It cannot be shared with REST or HTTP APIs. The default endpoint is then closed, unless
   * `disableExecuteApiEndpoint: false` says otherwise.
   *
   * @default - none; clients use the default endpoint
   */
  readonly domain?: EdgeApiDomain;

  /**
   * Whether the default endpoint is closed. When that changes for an API that is there already, it takes effect with the next deployment.
   *
   * @default - true with a custom domain, otherwise false
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * The subprotocols that the API speaks. A function at `$connect` then answers with the first that a client offers and the API
   * speaks; clients that offer only others get 400, and those that offer none get in.
   *
   * @default - none; a client that offers a subprotocol, and gets none back, may close the connection, as browsers do
   */
  readonly subprotocols?: string[];

  /**
   * Decides who may connect, at the `$connect` route that `subprotocols` makes.
   *
   * @default - anyone may connect
   */
  readonly connectAuthorizer?: apigatewayv2.IWebSocketRouteAuthorizer;

  /**
   * The name of the stage, and the path at the default endpoint.
   *
   * @default live
   */
  readonly stageName?: string;

  /**
   * Settings of the stage, such as throttling. They win over those of this construct.
   *
   * @default - deployed automatically, with an access log
   */
  readonly stageOptions?: apigatewayv2.StageOptions;

  /**
   * The TLS versions and suites that clients may use. WebSocket APIs have one policy (TLS 1.2 and 1.3); where it does not follow
   * the posture, that is said at synth.
   *
   * @default TlsPosture.modern()
   */
  readonly posture?: TlsPosture;

  /**
   * Whether an access log is kept. Which clients fail at the handshake shows nowhere else.
   *
   * API Gateway writes it with a role that is set once per account and region. If none is set, the stage fails with "CloudWatch
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

  /**
   * Whether to set the role with which API Gateway writes logs in this account and region, in place of one that is there. One
   * stack per account and region should.
   *
   * @default false
   */
  readonly cloudWatchRole?: boolean;
}

/**
 * A route of a WebSocket API to an HTTP server on the internet.
 */
export interface EdgeHttpRouteOptions {
  /**
   * The URL of the server, with `http://` or `https://`. API Gateway speaks HTTP/1.1 and TLS 1.2 to it.
   */
  readonly url: string;

  /**
   * The HTTP method of the calls.
   *
   * @default POST
   */
  readonly method?: string;

  /**
   * What is sent along, destination to source. With `'integration.request.header.Connection-Id': 'context.connectionId'` the
   * server learns whom to answer.
   *
   * @default - at `$connect`: `Sec-WebSocket-Version: 0`, so that the server does not take the call for a WebSocket handshake
   */
  readonly requestParameters?: { [destination: string]: string };

  /**
   * How long the server may take, from 50 milliseconds to 29 seconds.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;

  /**
   * Decides who may connect; at `$connect` only.
   *
   * @default - anyone may connect
   */
  readonly authorizer?: apigatewayv2.IWebSocketRouteAuthorizer;

  /**
   * Whether the answer of the server goes back to the client.
   *
   * @default false
   */
  readonly returnResponse?: boolean;
}

/**
 * A route of a WebSocket API to an HTTP server in a VPC.
 */
export interface EdgePrivateRouteOptions extends EdgeHttpRouteOptions {
  /** The VPC link to the network load balancer before the server: one of REST APIs (`AWS::ApiGateway::VpcLink`), never of HTTP APIs. */
  readonly vpcLink: apigateway.IVpcLink;
}

/** Refuses what cannot work, with what to write instead. */
export function checkWebSocketApi(who: string, scope: Construct, props: EdgeWebSocketApiProps): void {
  const { domain, subprotocols, stageOptions, connectRouteOptions, connectAuthorizer } = props;
  if (domain) checkDomain(who, scope, domain);
  if (domain && stageOptions?.domainMapping) {
    throw new Error(`${who}: both 'domain' and 'stageOptions.domainMapping' are given. Write 'domain' to have the domain name made here, or 'stageOptions.domainMapping' for one that is there already.`);
  }
  if (subprotocols) checkSubprotocols(who, subprotocols);
  if (subprotocols && connectRouteOptions) {
    throw new Error(`${who}: both 'subprotocols' and 'connectRouteOptions' are given, and there is one route $connect only. Leave 'subprotocols' out and let your own integration return Sec-WebSocket-Protocol, or leave 'connectRouteOptions' out; an authorizer goes to 'connectAuthorizer'.`);
  }
  if (connectAuthorizer && !subprotocols) {
    throw new Error(`${who}: 'connectAuthorizer' is for the route $connect that 'subprotocols' makes, and none are given. Give the authorizer with the route: connectRouteOptions: { integration, authorizer }.`);
  }
}
