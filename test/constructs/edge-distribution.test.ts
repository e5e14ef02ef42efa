// EdgeDistribution and EdgeOrigin: what each origin needs, what cannot pass refused, and each protection missed when it is gone.

import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { accept, annotations, NOTHING, PROMISED, someCertificate, someVpc } from './accept';
import { Client, EdgeDistribution, EdgeDistributionProps, EdgeHttpApi, EdgeLoadBalancer, EdgeLoadBalancerProps, EdgeOrigin, EdgeRestApi, EdgeWebSocketApi, Server, TlsPosture } from '../../src';

const PING = Duration.seconds(25);
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const HOST_ONLY = 'bf0718e1-ba1e-49d1-88b1-f726733018ae';
const NO_CACHE = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

function balancer(stack: Stack, props: Partial<EdgeLoadBalancerProps> = {}): EdgeLoadBalancer {
  const alb = new EdgeLoadBalancer(stack, 'Alb', { vpc: someVpc(stack), internetFacing: true, certificates: [someCertificate(stack)], ...props });
  alb.addHttpTargets('Web');
  alb.addWebSocketTargets('Chat', { paths: ['/chat/*'], server: Server.nodeWs({ port: 8080, pingInterval: PING }) });
  alb.addGrpcTargets('Catalogue', { server: Server.grpc({ port: 50051 }) });
  return alb;
}

function distribution(stack: Stack, origin: cloudfront.IOrigin, props: Partial<EdgeDistributionProps> = {}): EdgeDistribution {
  return new EdgeDistribution(stack, 'Cdn', { defaultBehavior: { origin }, certificate: someCertificate(stack, 'us-east-1'), domainNames: ['shop.example.com'], ...props });
}

function beforeAlb(stack: Stack, props: Partial<EdgeDistributionProps> = {}, alb: Partial<EdgeLoadBalancerProps> = {}): EdgeDistribution {
  const origin = EdgeOrigin.loadBalancer(balancer(stack, alb));
  const edge = distribution(stack, origin, props);
  edge.addWebSocketBehavior('/chat/*', origin);
  edge.addGrpcBehavior('/shop.v1.Catalogue/*', origin);
  return edge;
}

function beforeVpcOrigin(stack: Stack): EdgeDistribution {
  const origin = EdgeOrigin.vpcOrigin(balancer(stack, { internetFacing: false }));
  const edge = distribution(stack, origin);
  edge.addWebSocketBehavior('/chat/*', origin);
  return edge;
}

function webSocketStage(stack: Stack): apigatewayv2.WebSocketStage {
  const api = new apigatewayv2.WebSocketApi(stack, 'Ws', { defaultRouteOptions: { integration: new WebSocketMockIntegration('Mock') } });
  return new apigatewayv2.WebSocketStage(stack, 'Live', { webSocketApi: api, stageName: 'live', autoDeploy: true });
}

function beforeWebSocketApi(stack: Stack): EdgeDistribution {
  const edge = distribution(stack, S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Site', { enforceSSL: true, serverAccessLogsPrefix: 'own/' })));
  edge.addWebSocketBehavior('/ws', EdgeOrigin.webSocketApi(webSocketStage(stack)));
  return edge;
}

function beforeFunctionUrl(stack: Stack): EdgeDistribution {
  const fn = new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });') });
  return distribution(stack, EdgeOrigin.functionUrl(fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM })));
}

/** The APIs of this package, behind their own names. */
function beforeEdgeApis(stack: Stack): EdgeDistribution {
  const certificate = someCertificate(stack);
  const http = new EdgeHttpApi(stack, 'Api', { domain: { name: 'api.example.com', certificate, path: 'orders' } });
  const rest = new EdgeRestApi(stack, 'Rest', { domain: { name: 'rest.example.com', certificate } });
  rest.root.addMethod('GET', new apigateway.MockIntegration(), { authorizationType: apigateway.AuthorizationType.IAM });
  const live = new EdgeWebSocketApi(stack, 'Live', { domain: { name: 'live.example.com', certificate }, defaultRouteOptions: { integration: new WebSocketMockIntegration('Mock') } });
  const edge = distribution(stack, EdgeOrigin.httpApi(http));
  edge.addBehavior('/rest/*', EdgeOrigin.restApi(rest.deploymentStage));
  edge.addWebSocketBehavior('/live', EdgeOrigin.webSocketApi(live.stage));
  return edge;
}

const beforeHttpApi = (stack: Stack) => distribution(stack, EdgeOrigin.httpApi(new apigatewayv2.HttpApi(stack, 'Api')));
const beforeRestApi = (stack: Stack) => {
  const api = new apigateway.RestApi(stack, 'Rest', { endpointTypes: [apigateway.EndpointType.REGIONAL] });
  api.root.addMethod('GET', new apigateway.MockIntegration());
  return distribution(stack, EdgeOrigin.restApi(api.deploymentStage));
};

describe('accepted', () => {
  // What AwsSolutionsChecks says of the other constructs of these tests, which are not ours.
  const notOurs = /Test\/(Ws|Live|Fn|Api|Rest|Site)\b/;
  test.each<[string, (stack: Stack) => void, any]>([
    ['before an EdgeLoadBalancer', beforeAlb, {}],
    ['before an EdgeLoadBalancer, without feature flags', beforeAlb, { context: { '@aws-cdk/aws-cloudfront:defaultSecurityPolicyTLSv1.2_2021': false, '@aws-cdk/aws-cloudfront:defaultViewerProtocolPolicyRedirectToHttps': false } }],
    ['before a VPC origin, with WebSocket, gRPC inside the VPC and HTTP', beforeVpcOrigin, {}],
    ['before a WebSocket API', beforeWebSocketApi, {}],
    ['before a function URL', beforeFunctionUrl, { serve: PROMISED.filter(({ id }) => !id.startsWith('wss') && id !== 'grpc') }],
    ['before an HTTP API', beforeHttpApi, { serve: PROMISED.filter(({ id }) => !id.startsWith('wss') && id !== 'grpc') }],
    ['before a REST API', beforeRestApi, { serve: PROMISED.filter(({ id }) => !id.startsWith('wss') && id !== 'grpc') }],
    ['before the APIs of this package', beforeEdgeApis, { serve: PROMISED.filter(({ id }) => id !== 'grpc') }],
    ['compatible', (stack: Stack) => beforeAlb(stack, { posture: TlsPosture.compatible() }), {}],
    ['strict, before a balancer that keeps TLS 1.2', (stack: Stack) => beforeAlb(stack, { posture: TlsPosture.strict() }, { posture: TlsPosture.strict().withTls12() }), { serve: [Client.H2, Client.H3, Client.WSS, Client.GRPC, Client.TLS_1_3_ONLY] }],
  ])('%s', (_name, build, options) => {
    const { templates, acknowledged, ...verdicts } = accept(build, options);
    expect({ ...verdicts, nag: verdicts.nag.filter((finding) => !notOurs.test(finding)), handshake: verdicts.handshake.filter((finding) => !/OutdatedTlsOnDefaultEndpoint/.test(finding)) }).toEqual(NOTHING);
    for (const one of acknowledged) expect(one).toMatch(/^AwsSolutions-\S+: .{20,}/);
  });
});

describe('what an origin needs', () => {
  const behavior = (build: (stack: Stack) => EdgeDistribution) => {
    const stack = new Stack();
    build(stack);
    const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFront::Distribution'));
    return resource.Properties.DistributionConfig;
  };

  test.each<[string, (stack: Stack) => EdgeDistribution, string]>([
    ['load balancer: the viewer\'s Host', beforeAlb, ALL_VIEWER],
    ['VPC origin: the viewer\'s Host', beforeVpcOrigin, ALL_VIEWER],
    ['HTTP API: its own Host', beforeHttpApi, EXCEPT_HOST],
    ['REST API: its own Host', beforeRestApi, EXCEPT_HOST],
    ['function URL: its own Host', beforeFunctionUrl, EXCEPT_HOST],
  ])('%s', (_name, build, policy) => {
    expect(behavior(build).DefaultCacheBehavior).toMatchObject({ OriginRequestPolicyId: policy, CachePolicyId: NO_CACHE, ViewerProtocolPolicy: 'redirect-to-https' });
  });

  test('HTTP/2 and 3, posture, logs', () => {
    expect(behavior(beforeAlb)).toMatchObject({ HttpVersion: 'http2and3', ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' }, Logging: {} });
  });

  test('origins are reached over HTTPS with TLS 1.2', () => {
    expect(behavior(beforeAlb).Origins[0].CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
    const stack = new Stack();
    beforeVpcOrigin(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } });
  });

  test('gRPC: enabled, with POST', () => {
    expect(behavior(beforeAlb).CacheBehaviors.find(({ PathPattern }: any) => PathPattern.startsWith('/shop'))).toMatchObject({ GrpcConfig: { Enabled: true }, AllowedMethods: expect.arrayContaining(['POST']) });
  });

  test('WebSocket API: path of the stage, and the viewer\'s path taken off', () => {
    const { Origins, CacheBehaviors } = behavior(beforeWebSocketApi);
    expect(Origins.map(({ OriginPath }: any) => OriginPath)).toContainEqual(expect.stringContaining('/live'));
    expect(CacheBehaviors[0].FunctionAssociations).toEqual([expect.objectContaining({ EventType: 'viewer-request' })]);
  });

  test('an API of this package is reached by its own name, and under its path', () => {
    const origins = behavior(beforeEdgeApis).Origins.map(({ DomainName, OriginPath }: any) => [JSON.stringify(DomainName), OriginPath]);
    expect(origins).toEqual([[expect.stringMatching(/ApiDomain|api\.example\.com/), '/orders'], [expect.stringMatching(/Rest|rest\.example\.com/), undefined], [expect.stringMatching(/Live|live\.example\.com/), undefined]]);
  });

  test('a user\'s own choice stays', () => {
    expect(behavior((stack) => {
      const origin = EdgeOrigin.loadBalancer(balancer(stack));
      const { CACHING_OPTIMIZED: cachePolicy } = cloudfront.CachePolicy;
      return distribution(stack, origin, { defaultBehavior: { origin, cachePolicy, allowedMethods: undefined } });
    }).DefaultCacheBehavior).toMatchObject({ CachePolicyId: cloudfront.CachePolicy.CACHING_OPTIMIZED.cachePolicyId, AllowedMethods: expect.arrayContaining(['POST']) });
  });

  test('records for its names', () => {
    const stack = new Stack();
    beforeAlb(stack, { hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z123', zoneName: 'example.com' }) });
    for (const Type of ['A', 'AAAA']) Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', { Type, Name: 'shop.example.com.' });
  });
});

describe('refused, with what to write instead', () => {
  test.each<[string, (stack: Stack) => void, string]>([
    ['names without certificate', (s) => beforeAlb(s, { certificate: undefined }), "'domainNames' without 'certificate'"],
    ['zone without names', (s) => beforeAlb(s, { domainNames: undefined, hostedZone: route53.HostedZone.fromHostedZoneId(s, 'Zone', 'Z1') }), "'hostedZone' without 'domainNames'"],
    ['dedicated addresses', (s) => beforeAlb(s, { sslSupportMethod: cloudfront.SSLMethod.VIP }), 'TLSv1 and older only'],
    ['WebSocket to an HTTP API', (s) => beforeHttpApi(s).addWebSocketBehavior('/ws', EdgeOrigin.httpApi(new apigatewayv2.HttpApi(s, 'Two'))), 'does not pass through an HTTP API'],
    ['gRPC through a VPC origin', (s) => beforeVpcOrigin(s).addGrpcBehavior('/x', EdgeOrigin.vpcOrigin(s.node.findChild('Alb') as EdgeLoadBalancer)), 'does not pass through a VPC origin'],
    ['gRPC without HTTP/2', (s) => beforeAlb(s, { httpVersion: cloudfront.HttpVersion.HTTP1_1 }), 'gRPC needs HTTP/2'],
    ['gRPC with HTTP/3 alone', (s) => beforeAlb(s, { httpVersion: cloudfront.HttpVersion.HTTP3 }), 'gRPC needs HTTP/2'],
    ['policies on a WebSocket behavior', (s) => beforeAlb(s).addWebSocketBehavior('/w', EdgeOrigin.loadBalancer(s.node.findChild('Alb') as EdgeLoadBalancer), { cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED }), 'follow from the origin'],
    ['the viewer\'s Host to an API', (s) => beforeHttpApi(s).addBehavior('/x', EdgeOrigin.httpApi(new apigatewayv2.HttpApi(s, 'Two')), { originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER }), 'answers 403'],
    ['a balancer with TLS 1.3 only', (s) => beforeAlb(s, {}, { posture: TlsPosture.strict() }), 'TlsPosture.strict().withTls12()'],
    ['an API whose default endpoint is closed', (s) => EdgeOrigin.httpApi(new apigatewayv2.HttpApi(s, 'Two', { disableExecuteApiEndpoint: true })), "{ domainName: 'api.example.com' }"],
  ])('%s', (_name, build, message) => {
    expect(() => build(new Stack(undefined, 'Test'))).toThrow(message);
  });
});

describe('each protection removed: the pack finds it', () => {
  const CONFIG = 'DistributionConfig';
  const cfn = (edge: EdgeDistribution) => edge.node.defaultChild as CfnResource;
  test.each<[string, (stack: Stack) => EdgeDistribution, (edge: EdgeDistribution) => void, string]>([
    ['HTTP versions', beforeAlb, (e) => cfn(e).addPropertyDeletionOverride(`${CONFIG}.HttpVersion`), 'GrpcNeedsHttp2'],
    ['HTTP/3 alone', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.HttpVersion`, 'http3'), 'GrpcNeedsHttp2|Http3WithoutHttp2'],
    ['TLS policy', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.ViewerCertificate.MinimumProtocolVersion`, 'TLSv1'), 'OutdatedTlsAccepted'],
    ['TLS policy: 1.3 only', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.ViewerCertificate.MinimumProtocolVersion`, 'TLSv1.3_2025'), 'TlsFloorAboveClient'],
    ['headers of the handshake', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.CacheBehaviors.0.OriginRequestPolicyId`, HOST_ONLY), 'WebSocketHeadersNotForwarded'],
    ['gRPC enabled', beforeAlb, (e) => cfn(e).addPropertyDeletionOverride(`${CONFIG}.CacheBehaviors.1.GrpcConfig`), 'GrpcNotEnabled'],
    ['methods of gRPC', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.CacheBehaviors.1.AllowedMethods`, ['GET', 'HEAD']), 'GrpcWithoutPost'],
    ['Host for a load balancer', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.DefaultCacheBehavior.OriginRequestPolicyId`, EXCEPT_HOST), 'OriginCertificateName'],
    ['Host for an API', beforeHttpApi, (e) => cfn(e).addPropertyOverride(`${CONFIG}.DefaultCacheBehavior.OriginRequestPolicyId`, ALL_VIEWER), 'ForwardedHostNotExpected'],
    ['TLS toward the origin', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.Origins.0.CustomOriginConfig.OriginSSLProtocols`, ['TLSv1']), 'NoCommonTlsVersion'],
    ['scheme toward the origin', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.Origins.0.CustomOriginConfig.OriginProtocolPolicy`, 'http-only'), 'OriginRedirectLoop'],
    ['scheme toward gRPC', beforeAlb, (e) => cfn(e).addPropertyOverride(`${CONFIG}.Origins.0.CustomOriginConfig.OriginProtocolPolicy`, 'http-only'), 'GrpcNeedsHttpsOrigin'],
    ['path of the stage', beforeWebSocketApi, (e) => cfn(e).addPropertyDeletionOverride(`${CONFIG}.Origins.1.OriginPath`), 'WebSocketApiWithoutStagePath'],
    ['the viewer\'s path', beforeWebSocketApi, (e) => cfn(e).addPropertyDeletionOverride(`${CONFIG}.CacheBehaviors.0.FunctionAssociations`), 'WebSocketApiWithoutStagePath'],
    ['certificate', beforeAlb, (e) => cfn(e).addPropertyDeletionOverride(`${CONFIG}.ViewerCertificate`), 'AliasWithoutCertificate'],
  ])('%s', (_name, build, remove, rules) => {
    const { handshake } = accept((stack) => remove(build(stack)), { onlyPack: true, serve: build === beforeHttpApi ? [Client.H2] : undefined });
    expect(handshake.join('\n')).toMatch(new RegExp(rules.split('|').map((rule) => `Handshake-${rule} `).join('|')));
  });
});

test('what it says by itself', () => {
  expect(annotations((stack) => { beforeAlb(stack); })).toEqual([]);
  expect(annotations((stack) => { beforeAlb(stack, { certificate: undefined, domainNames: undefined }); })).toEqual([expect.stringMatching(/^warning: .*cdk-handshake:defaultCertificate/)]);
  expect(annotations((stack) => { beforeAlb(stack, { posture: TlsPosture.fips() }); })).toEqual([expect.stringContaining('cdk-handshake:tlsPostureNotFollowed')]);
});

test('metrics', () => {
  const edge = beforeAlb(new Stack());
  expect([edge.metricEdge4xx().metricName, edge.metricEdge5xx().metricName]).toEqual(['4xxErrorRate', '5xxErrorRate']);
});

test('any props: every promised client gets through, or the construct refuses', () => {
  const props = fc.record({
    httpVersion: fc.option(fc.constantFrom(...Object.values(cloudfront.HttpVersion)), { nil: undefined }),
    posture: fc.constantFrom(TlsPosture.modern(), TlsPosture.compatible(), TlsPosture.fips(), undefined),
    enableLogging: fc.option(fc.boolean(), { nil: undefined }),
    domain: fc.boolean(),
    vpc: fc.boolean(),
    behaviors: fc.uniqueArray(fc.constantFrom('WebSocket', 'Grpc', 'Plain')),
    viewerProtocolPolicy: fc.option(fc.constantFrom(...Object.values(cloudfront.ViewerProtocolPolicy)), { nil: undefined }),
    cachePolicy: fc.constantFrom(undefined, cloudfront.CachePolicy.CACHING_OPTIMIZED),
    albPosture: fc.constantFrom(undefined, TlsPosture.modern(), TlsPosture.strict().withTls12(), TlsPosture.strict()),
  });
  fc.assert(fc.property(props, ({ domain, vpc, behaviors, viewerProtocolPolicy, cachePolicy, albPosture, ...rest }) => {
    const serve = PROMISED.filter(({ id }) => (id === 'grpc' ? behaviors.includes('Grpc') : !id.startsWith('wss') || behaviors.includes('WebSocket')));
    try {
      const { handshake } = accept((stack) => {
        const alb = new EdgeLoadBalancer(stack, 'Alb', { vpc: someVpc(stack), internetFacing: !vpc, certificates: [someCertificate(stack)], posture: albPosture });
        alb.addHttpTargets('Web');
        if (behaviors.includes('WebSocket')) alb.addWebSocketTargets('Ws', { paths: ['/ws/*'], server: Server.nodeWs({ pingInterval: PING }) });
        if (behaviors.includes('Grpc')) alb.addGrpcTargets('Grpc');
        const origin = vpc ? EdgeOrigin.vpcOrigin(alb) : EdgeOrigin.loadBalancer(alb);
        const names = domain ? {} : { certificate: undefined, domainNames: undefined };
        const edge = distribution(stack, origin, { ...rest, ...names, defaultBehavior: { origin, viewerProtocolPolicy, cachePolicy } });
        if (behaviors.includes('WebSocket')) edge.addWebSocketBehavior('/ws/*', origin, { viewerProtocolPolicy });
        if (behaviors.includes('Grpc')) edge.addGrpcBehavior('/pkg.Service/*', origin);
        if (behaviors.includes('Plain')) edge.addBehavior('/static/*', origin, { cachePolicy });
      }, { onlyPack: true, serve });
      expect(handshake.filter((finding) => finding.startsWith('error'))).toEqual([]);
    } catch (error) {
      if (!/^Edge(Distribution|Origin|LoadBalancer)/.test((error as Error).message)) throw error;
    }
  }), { numRuns: Number(process.env.FC_RUNS ?? 60) });
}, 120_000);
