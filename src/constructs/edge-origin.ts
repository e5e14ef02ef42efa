// What stands behind a distribution, and what CloudFront has to do to reach it: name, port and TLS so that the certificate
// matches, and whether the viewer's Host header goes along.
// Facts: CloudFront guide "HTTP 502 status code" (the certificate must match the origin's name or the forwarded Host), "Use managed
// origin request policies" (Host for API Gateway and function URLs), "Restrict access with VPC origins" (gRPC not supported;
// WebSocket since May 2026), "Using gRPC with CloudFront distributions"; aws-samples/simple-websockets-chat-app#5 (stage path).

import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { EdgeHttpApi } from './edge-http-api';
import { EdgeLoadBalancer } from './edge-load-balancer';
import { EdgeRestApi } from './edge-rest-api';
import { EdgeWebSocketApi } from './edge-web-socket-api';

/**
 * Settings of an origin that is reached by a name.
 */
export interface EdgeOriginProps extends cloudfront.OriginProps {
  /**
   * The name to connect to, which has to be on the certificate of the origin.
   *
   * @default - for a load balancer, its own DNS name together with the viewer's Host header, which its certificate then has to
   * carry; for an API, its custom domain if it is one of this package's, otherwise its default endpoint
   */
  readonly domainName?: string;
}

/**
 * Settings of a VPC origin.
 */
export interface EdgeVpcOriginProps extends cloudfront.OriginProps {
  /**
   * Who may connect to the load balancer. CloudFront comes from network interfaces in the VPC; narrow it down with
   * `ec2.Peer.prefixList(…)` of the managed list `com.amazonaws.global.cloudfront.origin-facing`.
   *
   * @default - any address on port 443, which for an internal load balancer means those that the VPC routes to it
   */
  readonly allowFrom?: ec2.IPeer;
}

/**
 * An origin that knows how CloudFront has to reach it, and what can pass.
 *
 * Can be used wherever CloudFront takes an origin; on an `EdgeDistribution` header policy, methods and caching follow from it.
 */
export class EdgeOrigin implements cloudfront.IOrigin {
  /**
   * A load balancer on the internet, reached over HTTPS with the viewer's Host header.
   *
   * @param balancer the load balancer; it has to accept TLS 1.2, which is all that CloudFront offers for certain
   * @param props its name, where the certificate has another than the viewer's
   */
  public static loadBalancer(balancer: elbv2.ILoadBalancerV2, props: EdgeOriginProps = {}): EdgeOrigin {
    acceptsTls12(balancer, 'loadBalancer');
    const { domainName, ...options } = props;
    return new EdgeOrigin('a load balancer', { host: true, webSocket: true, grpc: true }, () =>
      https(domainName ?? balancer.loadBalancerDnsName, options));
  }

  /**
   * An internal Application Load Balancer, reached inside its VPC. WebSocket passes since May 2026; gRPC does not.
   *
   * @param balancer the load balancer; it has to accept TLS 1.2, which is all that CloudFront offers for certain
   * @param props who may connect to it
   */
  public static vpcOrigin(balancer: EdgeLoadBalancer, props: EdgeVpcOriginProps = {}): EdgeOrigin {
    acceptsTls12(balancer, 'vpcOrigin');
    const { allowFrom, ...options } = props;
    let opened = false;
    return new EdgeOrigin('a VPC origin', { host: true, webSocket: true, grpc: false }, () => {
      if (!opened) open(balancer, allowFrom);
      opened = true;
      return origins.VpcOrigin.withApplicationLoadBalancer(balancer, {
        ...options,
        protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
      });
    });
  }

  /**
   * An HTTP API. It knows neither WebSocket nor gRPC.
   *
   * @param api the API
   * @param props its name, if its default endpoint is closed and it is no `EdgeHttpApi`
   */
  public static httpApi(api: apigatewayv2.IHttpApi, props: EdgeOriginProps = {}): EdgeOrigin {
    const own = api instanceof EdgeHttpApi && api.customDomain ? place(api.edgeUrl!) : undefined;
    if (props.domainName === undefined && !own && (api as apigatewayv2.HttpApi).disableExecuteApiEndpoint) throw closed('httpApi', api.node.path);
    return new EdgeOrigin('an HTTP API', API, () => toApi(props, own ?? { domainName: endpoint(api, api.apiId) }));
  }

  /**
   * A REST API, at one of its stages. It knows neither WebSocket nor gRPC.
   *
   * @param stage the stage, for instance `api.deploymentStage`
   * @param props the API's name, if its default endpoint is closed
   */
  public static restApi(stage: apigateway.Stage, props: EdgeOriginProps = {}): EdgeOrigin {
    const { restApi: api } = stage;
    const own = api instanceof EdgeRestApi && api.domainName ? place(api.edgeUrl) : undefined;
    return new EdgeOrigin('a REST API', API, () => toApi(props, own ?? { domainName: endpoint(stage, api.restApiId), originPath: `/${stage.stageName}` }));
  }

  /**
   * A WebSocket API, at one of its stages. Use it with `EdgeDistribution.addWebSocketBehavior`, which takes the viewer's path off:
   * the API answers at the path of its stage and nowhere else.
   *
   * @param stage the stage, for instance `EdgeWebSocketApi.stage`
   * @param props the API's name, if its default endpoint is closed
   */
  public static webSocketApi(stage: apigatewayv2.WebSocketStage, props: EdgeOriginProps = {}): EdgeOrigin {
    const { api } = stage;
    const own = api instanceof EdgeWebSocketApi && api.customDomain && api.stage === stage ? place(api.edgeUrl) : undefined;
    return new EdgeOrigin('a WebSocket API', { host: false, webSocket: true, grpc: false, rootOnly: true }, () =>
      toApi(props, own ?? { domainName: endpoint(stage, api.apiId), originPath: `/${stage.stageName}` }));
  }

  /**
   * A Lambda function URL. It knows neither WebSocket nor gRPC. If it asks for IAM authorization, CloudFront signs its requests.
   *
   * @param url the function URL
   */
  public static functionUrl(url: lambda.IFunctionUrl): EdgeOrigin {
    const signed = url.authType === lambda.FunctionUrlAuthType.AWS_IAM;
    return new EdgeOrigin('a Lambda function URL', API, () =>
      (signed ? origins.FunctionUrlOrigin.withOriginAccessControl(url) : new origins.FunctionUrlOrigin(url)));
  }

  /** What it is, for messages. @internal */
  public readonly _what: string;
  /** @internal */
  public readonly _passes: Passes;
  private readonly make: () => cloudfront.IOrigin;
  private made?: cloudfront.IOrigin;

  private constructor(what: string, passes: Passes, make: () => cloudfront.IOrigin) {
    this._what = what;
    this._passes = passes;
    this.make = make;
  }

  /**
   * Called by the distribution that it is used in.
   *
   * @param scope the distribution
   * @param options id of the origin there
   */
  public bind(scope: Construct, options: cloudfront.OriginBindOptions): cloudfront.OriginBindConfig {
    this.made ??= this.make();
    return this.made.bind(scope, options);
  }
}

/** What gets through to an origin. */
interface Passes {
  /** Whether it wants the viewer's Host header, and not its own name. */
  readonly host: boolean;
  readonly webSocket: boolean;
  readonly grpc: boolean;
  /** Whether it answers at its own path and no other. */
  readonly rootOnly?: boolean;
}

const API: Passes = { host: false, webSocket: false, grpc: false };

function https(domainName: string, options: cloudfront.OriginProps): cloudfront.IOrigin {
  return new origins.HttpOrigin(domainName, {
    ...options,
    protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
  });
}

/** Where an API is found. */
interface Place {
  readonly domainName: string;
  readonly originPath?: string;
}

/** The name and path in a URL, which may hold tokens. */
function place(url: string): Place {
  const [domainName, ...path] = url.replace(/^\w+:\/\//, '').replace(/\/$/, '').split('/');
  return path.length > 0 ? { domainName, originPath: `/${path.join('/')}` } : { domainName };
}

/** A name that the user gives wins, and then means the whole of it. */
function toApi({ domainName, ...options }: EdgeOriginProps, otherwise: Place): cloudfront.IOrigin {
  const { domainName: name, ...path } = domainName === undefined ? otherwise : { domainName };
  return https(name, { ...path, ...options });
}

/** The default endpoint of an API. */
function endpoint(construct: Construct | apigatewayv2.IHttpApi, apiId: string): string {
  const { region, urlSuffix } = Stack.of(construct);
  return `${apiId}.execute-api.${region}.${urlSuffix}`;
}

function open(balancer: EdgeLoadBalancer, peer: ec2.IPeer = ec2.Peer.anyIpv4()): void {
  balancer.https.connections.allowDefaultPortFrom(peer, 'CloudFront VPC origin');
  const securityGroup = balancer.node.tryFindChild('SecurityGroup');
  if (securityGroup) acknowledge(securityGroup, { 'AwsSolutions-EC23': 'CloudFront comes from network interfaces in the VPC; the load balancer is internal, so that nobody else reaches it from outside.' });
}

function acceptsTls12(balancer: elbv2.ILoadBalancerV2, method: string): void {
  if (!(balancer instanceof EdgeLoadBalancer) || balancer.posture._serves('1.2')) return;
  throw new Error(
    `EdgeOrigin.${method}: '${balancer.node.path}' accepts TLS 1.3 only (posture ${balancer.posture}), and CloudFront offers its origins TLS 1.2 for certain and TLS 1.3 not. ` +
    'Give the load balancer posture: TlsPosture.strict().withTls12().');
}

function closed(method: string, path: string): Error {
  return new Error(`EdgeOrigin.${method}: the default endpoint of '${path}' is closed. Name the API's own domain: EdgeOrigin.${method}(api, { domainName: 'api.example.com' }).`);
}
