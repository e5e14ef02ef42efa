// The integration of a WebSocket API with an HTTP server: on the internet, or in a VPC behind a network load balancer. The L2 has none.
// API Gateway ends the WebSocket; the server gets one HTTP request for the handshake and one per message.
// Facts: API Gateway guide "Set up a WebSocket API integration request" (HTTP_PROXY); whitepaper "Best practices for designing API
// Gateway private APIs and private integration" (WebSocket APIs: network load balancer; that only VPC links of version 1 serve: reported,
// terraform-aws-modules/terraform-aws-apigateway-v2#151). The override of Sec-WebSocket-Version at $connect is reported and not
// documented: API Gateway passes the headers of the handshake on without Upgrade, many servers answer 400 to that, and
// a version other than 13 keeps them from taking it for a handshake (stackoverflow.com/questions/67640010).

import { Duration, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { defined } from '../declare/defined';

const VERSION = 'integration.request.header.Sec-WebSocket-Version';

/**
 * Settings of a `WebSocketHttpIntegration`.
 */
export interface WebSocketHttpIntegrationProps {
  /**
   * The URL of the server, with `http://` or `https://`. API Gateway speaks HTTP/1.1 and TLS 1.2 to it. In a VPC, its host is the Host header
   * and the name that TLS verifies; the port is that of a listener of the network load balancer.
   */
  readonly url: string;

  /**
   * The VPC link to the network load balancer before the server: one of REST APIs (`AWS::ApiGateway::VpcLink`), never of HTTP APIs.
   *
   * @default - the server is on the internet
   */
  readonly vpcLink?: apigateway.IVpcLink;

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
}

/**
 * Calls an HTTP server for the handshake or the messages of a WebSocket API.
 *
 * One integration serves `$connect` or other routes, not both.
 *
 * @example
 * declare const api: EdgeWebSocketApi;
 *
 * api.addRoute('$default', { integration: new WebSocketHttpIntegration('Backend', { url: 'https://backend.example.com/messages' }) });
 */
export class WebSocketHttpIntegration extends apigatewayv2.WebSocketRouteIntegration {
  private readonly integrationId: string;
  private readonly props: WebSocketHttpIntegrationProps;
  private forConnect?: boolean;

  /**
   * @param id its name below the route
   * @param props the URL, and how to get there
   */
  constructor(id: string, props: WebSocketHttpIntegrationProps) {
    super(id);
    const who = `WebSocketHttpIntegration '${id}'`;
    this.integrationId = id;
    this.props = props;
    const { url, vpcLink } = props;
    if (!/^https?:\/\/./i.test(url) && (!Token.isUnresolved(url) || /^wss?:/i.test(url))) {
      throw new Error(`${who}: 'url' is '${url}'. API Gateway ends the WebSocket itself and calls servers with plain HTTP requests; write an http:// or https:// URL, for instance 'https://backend.example.com/messages'.`);
    }
    // A link of version 2 has the same shape, as far as the types go, and a VPC besides.
    if (vpcLink && 'vpc' in vpcLink) {
      throw new Error(`${who}: 'vpcLink' is a VPC link of version 2 (aws-apigatewayv2), which serves HTTP APIs only. Use a VpcLink of aws-apigateway with a network load balancer as target.`);
    }
  }

  /**
   * Says what the integration is for a route.
   *
   * @param options the route
   */
  public bind(options: apigatewayv2.WebSocketRouteIntegrationBindOptions): apigatewayv2.WebSocketRouteIntegrationConfig {
    const { url: uri, method, timeout, requestParameters: given } = this.props;
    const connect = options.route.routeKey === '$connect';
    this.forConnect ??= connect;
    if (this.forConnect !== connect) {
      throw new Error(`WebSocketHttpIntegration '${this.integrationId}': it is used at $connect and at other routes, and the headers of the handshake have to be overridden at $connect only. Create one for $connect and another one for the rest.`);
    }
    const overridden = Object.keys(given ?? {}).some((key) => key.toLowerCase() === VERSION.toLowerCase());
    const requestParameters = connect && !overridden ? { [VERSION]: "'0'", ...given } : given;
    const type = 'HTTP_PROXY' as apigatewayv2.WebSocketIntegrationType; // which the enumeration of the L2 lacks
    return { type, uri, method: method ?? 'POST', ...defined({ timeout, requestParameters }) };
  }

  /**
   * The L2 has no property for a VPC link, so it is written on the resource that it makes.
   * @internal
   */
  public _bindToRoute(options: apigatewayv2.WebSocketRouteIntegrationBindOptions): { readonly integrationId: string } {
    const bound = super._bindToRoute(options);
    const made = options.scope.node.tryFindChild(this.integrationId)?.node.defaultChild;
    if (this.props.vpcLink && made instanceof apigatewayv2.CfnIntegration) {
      made.connectionType = 'VPC_LINK';
      made.connectionId = this.props.vpcLink.vpcLinkId;
    }
    return bound;
  }
}
