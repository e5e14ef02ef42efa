// For each property that the blueprint sets: what the template has without it, with it, and with a value of the user's, and
// whether that value is warned about. Sources of the defaults: the head comments of src/blueprints/*-injectors.ts.

import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { build, Built, BuildOptions, unknown } from './blueprint-app';
import { TlsPosture } from '../../src';
import { HandshakeBlueprintProps } from '../../src/blueprints/handshake-blueprint';
import { isSocketPath } from '../../src/blueprints/web-socket-behaviors';
import { someCertificate, someVpc } from '../constructs/accept';

interface Row {
  readonly name: string;
  readonly make: (stack: Stack, given: any) => void;
  readonly given?: object;
  readonly read: (built: Built) => unknown;
  readonly without?: unknown;
  readonly with: unknown;
  /** `<Class>.<property>` that is warned about. */
  readonly warned?: string;
  readonly blueprint?: HandshakeBlueprintProps;
}

const attribute = (type: string, list: string, key: string) => (built: Built) => built.of(type)[0][list]?.find(({ Key }: any) => Key === key)?.Value;
const balancer = (key: string) => attribute('AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes', key);
const listener = (built: Built) => built.of('AWS::ElasticLoadBalancingV2::Listener')[0];
const config = (built: Built) => built.of('AWS::CloudFront::Distribution')[0].DistributionConfig;

const alb = (stack: Stack, given: object) => new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: someVpc(stack), ...given });
const https = (stack: Stack, given: object) =>
  alb(stack, {}).addListener('Https', { port: 443, certificates: [someCertificate(stack)], defaultAction: elbv2.ListenerAction.fixedResponse(200), ...given });
const http = (stack: Stack, given: object) => alb(stack, {}).addListener('Http', { port: 80, defaultAction: elbv2.ListenerAction.fixedResponse(200), ...given });
const group = (stack: Stack, given: object) => new elbv2.ApplicationTargetGroup(stack, 'Group', { vpc: someVpc(stack), port: 80, targetType: elbv2.TargetType.IP, ...given });
const nlb = (stack: Stack, given: object) => {
  const to = new elbv2.NetworkTargetGroup(stack, 'Group', { vpc: someVpc(stack), port: 80 });
  new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc: to.node.scope!.node.findChild('Vpc') as any }).addListener('Listener', { port: 443, defaultTargetGroups: [to], ...given });
};
const tls = (stack: Stack, given: object) => nlb(stack, { certificates: [someCertificate(stack)], ...given });
const cdn = (stack: Stack, given: object) => new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('web.example.com') }, ...given });
const certified = (stack: Stack, given: object) => cdn(stack, { certificate: someCertificate(stack, 'us-east-1'), domainNames: ['example.com'], ...given });
const socket = (pattern: string, origin: cloudfront.IOrigin) => (stack: Stack, given: object) =>
  cdn(stack, { additionalBehaviors: { [pattern]: { origin, ...given } } });
const restDomain = (stack: Stack, given: object) => new apigateway.DomainName(stack, 'Domain', { domainName: 'api.example.com', certificate: someCertificate(stack), ...given });
const domain = (stack: Stack, given: object) => new apigatewayv2.DomainName(stack, 'Domain', { domainName: 'api.example.com', certificate: someCertificate(stack), ...given });
const restApi = (stack: Stack, given: object) => new apigateway.RestApi(stack, 'Api', given).root.addMethod('GET');

const ALB = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const web = new origins.HttpOrigin('web.example.com');
const policies = (built: Built) => [config(built).CacheBehaviors[0].CachePolicyId, config(built).CacheBehaviors[0].OriginRequestPolicyId];
const security = (type: string) => (built: Built) => [built.of(type)[0].SecurityPolicy, built.of(type)[0].EndpointAccessMode];
const DOMAIN = 'AWS::ApiGateway::DomainName';
const ping = { pingInterval: Duration.seconds(90) };
const { TLS_V1_1_2016, TLS_V1_2_2021 } = cloudfront.SecurityPolicyProtocol;

const ROWS: Row[] = [
  { name: 'HTTP/2 of an ALB', make: alb, read: balancer('routing.http2.enabled'), with: 'true' },
  { name: 'HTTP/2 of an ALB, switched off', make: alb, given: { http2Enabled: false }, read: balancer('routing.http2.enabled'), without: 'false', with: 'false', warned: 'ApplicationLoadBalancer.http2Enabled' },
  { name: 'HTTP/2 of an ALB, explicitly undefined', make: alb, given: { http2Enabled: undefined }, read: balancer('routing.http2.enabled'), with: 'true' },
  { name: 'idle timeout, without a ping interval', make: alb, read: balancer('idle_timeout.timeout_seconds'), with: undefined },
  { name: 'idle timeout, from the ping interval', make: alb, blueprint: ping, read: balancer('idle_timeout.timeout_seconds'), with: '180' },
  { name: 'idle timeout, pings often enough for the default', make: alb, blueprint: { pingInterval: Duration.seconds(20) }, read: balancer('idle_timeout.timeout_seconds'), with: undefined },
  { name: 'idle timeout, never above 4000 s', make: alb, blueprint: { pingInterval: Duration.seconds(3900) }, read: balancer('idle_timeout.timeout_seconds'), with: '4000' },
  { name: 'idle timeout, explicitly longer', make: alb, blueprint: ping, given: { idleTimeout: Duration.seconds(100) }, read: balancer('idle_timeout.timeout_seconds'), without: '100', with: '100' },
  { name: 'idle timeout, explicitly shorter', make: alb, blueprint: ping, given: { idleTimeout: Duration.seconds(90) }, read: balancer('idle_timeout.timeout_seconds'), without: '90', with: '90', warned: 'ApplicationLoadBalancer.idleTimeout' },

  { name: 'HTTPS listener by port', make: https, read: (built) => listener(built).SslPolicy, with: ALB },
  { name: 'HTTPS listener by protocol', make: https, given: { port: 9000, protocol: elbv2.ApplicationProtocol.HTTPS }, read: (built) => listener(built).SslPolicy, with: ALB },
  { name: 'HTTPS listener, posture strict', make: https, blueprint: { posture: TlsPosture.strict() }, read: (built) => listener(built).SslPolicy, with: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09' },
  { name: 'HTTP listener gets no policy', make: http, read: (built) => listener(built).SslPolicy, with: undefined },
  { name: 'HTTP listener on port 8443 gets no policy', make: http, given: { port: 8443, protocol: elbv2.ApplicationProtocol.HTTP }, read: (built) => listener(built).SslPolicy, with: undefined },
  { name: 'HTTPS listener, weaker policy', make: https, given: { sslPolicy: elbv2.SslPolicy.RECOMMENDED }, read: (built) => listener(built).SslPolicy, without: 'ELBSecurityPolicy-2016-08', with: 'ELBSecurityPolicy-2016-08', warned: 'ApplicationListener.sslPolicy' },
  { name: 'HTTPS listener, policy that shuts TLS 1.2 out', make: https, given: { sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }, read: (built) => listener(built).SslPolicy, without: 'ELBSecurityPolicy-TLS13-1-3-2021-06', with: 'ELBSecurityPolicy-TLS13-1-3-2021-06', warned: 'ApplicationListener.sslPolicy' },
  { name: 'HTTPS listener, another policy that fits', make: https, given: { sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS }, read: (built) => listener(built).SslPolicy, without: 'ELBSecurityPolicy-TLS13-1-2-2021-06', with: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
  { name: 'HTTPS listener, policy known at deployment', make: (stack) => https(stack, { sslPolicy: unknown(stack) }), read: (built) => listener(built).SslPolicy, without: { Ref: 'AWS::StackId' }, with: { Ref: 'AWS::StackId' } },

  { name: 'gRPC health check on a path of its own', make: group, given: { protocolVersion: elbv2.ApplicationProtocolVersion.GRPC, protocol: elbv2.ApplicationProtocol.HTTP, healthCheck: { path: '/grpc.health.v1.Health/Check' } }, read: (built) => built.of('AWS::ElasticLoadBalancingV2::TargetGroup')[0].Matcher, with: { GrpcCode: '0,12' } },
  { name: 'gRPC health check on the default path', make: group, given: { protocolVersion: elbv2.ApplicationProtocolVersion.GRPC, protocol: elbv2.ApplicationProtocol.HTTP }, read: (built) => built.of('AWS::ElasticLoadBalancingV2::TargetGroup')[0].Matcher, with: undefined },
  { name: 'gRPC health check with codes', make: group, given: { protocolVersion: elbv2.ApplicationProtocolVersion.GRPC, protocol: elbv2.ApplicationProtocol.HTTP, healthCheck: { path: '/a.B/C', healthyGrpcCodes: '5' } }, read: (built) => built.of('AWS::ElasticLoadBalancingV2::TargetGroup')[0].Matcher, without: { GrpcCode: '5' }, with: { GrpcCode: '5' } },
  { name: 'target group without gRPC', make: group, given: { healthCheck: { path: '/healthz' } }, read: (built) => built.of('AWS::ElasticLoadBalancingV2::TargetGroup')[0].Matcher, with: undefined },

  { name: 'TLS listener of an NLB', make: tls, read: (built) => [listener(built).SslPolicy, listener(built).AlpnPolicy], without: [undefined, undefined], with: [ALB, undefined] },
  { name: 'TCP listener of an NLB', make: nlb, read: (built) => listener(built).SslPolicy, with: undefined },
  { name: 'TLS listener, weaker policy', make: tls, given: { sslPolicy: elbv2.SslPolicy.TLS12 }, read: (built) => listener(built).SslPolicy, without: 'ELBSecurityPolicy-TLS-1-2-2017-01', with: 'ELBSecurityPolicy-TLS-1-2-2017-01', warned: 'NetworkListener.sslPolicy' },
  { name: 'TCP idle timeout, pings often enough', make: nlb, blueprint: ping, read: attribute('AWS::ElasticLoadBalancingV2::Listener', 'ListenerAttributes', 'tcp.idle_timeout.seconds'), with: undefined },
  { name: 'TCP idle timeout, from the ping interval', make: nlb, blueprint: { pingInterval: Duration.minutes(10) }, read: attribute('AWS::ElasticLoadBalancingV2::Listener', 'ListenerAttributes', 'tcp.idle_timeout.seconds'), with: '1200' },
  { name: 'UDP listener has no TCP idle timeout', make: nlb, given: { protocol: elbv2.Protocol.UDP }, blueprint: { pingInterval: Duration.minutes(10) }, read: (built) => listener(built).ListenerAttributes, with: undefined },

  { name: 'HTTP versions of a distribution', make: cdn, read: (built) => config(built).HttpVersion, without: 'http2', with: 'http2and3' },
  { name: 'HTTP versions, HTTP/1.1 only', make: cdn, given: { httpVersion: cloudfront.HttpVersion.HTTP1_1 }, read: (built) => config(built).HttpVersion, without: 'http1.1', with: 'http1.1', warned: 'Distribution.httpVersion' },
  { name: 'HTTP versions, HTTP/3 without HTTP/2', make: cdn, given: { httpVersion: cloudfront.HttpVersion.HTTP3 }, read: (built) => config(built).HttpVersion, without: 'http3', with: 'http3', warned: 'Distribution.httpVersion' },
  { name: 'HTTP versions, without HTTP/3', make: cdn, given: { httpVersion: cloudfront.HttpVersion.HTTP2 }, read: (built) => config(built).HttpVersion, without: 'http2', with: 'http2' },
  { name: 'viewer policy with a certificate', make: certified, blueprint: { posture: TlsPosture.strict() }, read: (built) => config(built).ViewerCertificate.MinimumProtocolVersion, without: 'TLSv1.2_2021', with: 'TLSv1.3_2025' },
  { name: 'viewer policy without a certificate', make: cdn, read: (built) => config(built).ViewerCertificate, with: undefined },
  { name: 'viewer policy, weaker', make: certified, given: { minimumProtocolVersion: TLS_V1_1_2016 }, read: (built) => config(built).ViewerCertificate.MinimumProtocolVersion, without: TLS_V1_1_2016, with: TLS_V1_1_2016, warned: 'Distribution.minimumProtocolVersion' },
  { name: 'viewer policy, the same', make: certified, given: { minimumProtocolVersion: TLS_V1_2_2021 }, read: (built) => config(built).ViewerCertificate.MinimumProtocolVersion, without: TLS_V1_2_2021, with: TLS_V1_2_2021 },

  { name: 'behavior for WebSocket', make: socket('/ws/*', web), read: policies, without: [CACHING_OPTIMIZED, undefined], with: [CACHING_DISABLED, ALL_VIEWER] },
  { name: 'behavior for Socket.IO before an API', make: socket('/socket.io/*', new origins.HttpOrigin('abc.execute-api.eu-west-1.amazonaws.com')), read: policies, without: [CACHING_OPTIMIZED, undefined], with: [CACHING_DISABLED, EXCEPT_HOST] },
  { name: 'behavior for WebSocket, cache policy of the user', make: socket('/ws/*', web), given: { cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED }, read: policies, without: [CACHING_OPTIMIZED, undefined], with: [CACHING_OPTIMIZED, ALL_VIEWER] },
  { name: 'behavior for WebSocket, policy that drops the headers', make: socket('/ws/*', web), given: { originRequestPolicy: cloudfront.OriginRequestPolicy.CORS_CUSTOM_ORIGIN }, read: policies, without: [CACHING_OPTIMIZED, '59781a5b-3903-41f3-afcb-af62929ccde1'], with: [CACHING_OPTIMIZED, '59781a5b-3903-41f3-afcb-af62929ccde1'], warned: 'Distribution.originRequestPolicy' },
  { name: 'behavior for anything else', make: socket('/images/*', web), read: policies, without: [CACHING_OPTIMIZED, undefined], with: [CACHING_OPTIMIZED, undefined] },

  { name: 'domain of a regional REST API', make: restDomain, read: security(DOMAIN), without: [undefined, undefined], with: ['SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'BASIC'] },
  { name: 'domain of an edge-optimized REST API', make: (stack) => restDomain(stack, { endpointType: apigateway.EndpointType.EDGE, certificate: someCertificate(stack, 'us-east-1') }), read: security(DOMAIN), without: [undefined, undefined], with: ['SecurityPolicy_TLS12_PFS_2025_EDGE', 'BASIC'] },
  { name: 'domain of a REST API, access mode of the user', make: restDomain, given: { endpointAccessMode: undefined }, read: security(DOMAIN), without: [undefined, undefined], with: ['SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'BASIC'] },
  { name: 'domain of a REST API, TLS_1_0', make: restDomain, given: { securityPolicy: apigateway.SecurityPolicy.TLS_1_0 }, read: security(DOMAIN), without: ['TLS_1_0', undefined], with: ['TLS_1_0', undefined], warned: 'apigateway.DomainName.securityPolicy' },
  { name: 'domain of a REST API, TLS_1_2', make: restDomain, given: { securityPolicy: apigateway.SecurityPolicy.TLS_1_2 }, read: security(DOMAIN), without: ['TLS_1_2', undefined], with: ['TLS_1_2', undefined] },
  { name: 'domain with mutual TLS', make: (stack) => restDomain(stack, { mtls: { bucket: { s3UrlForObject: () => 's3://trust/store.pem' } as any, key: 'store.pem' } }), read: security(DOMAIN), without: [undefined, undefined], with: ['TLS_1_2', undefined] },
  { name: 'domain of an HTTP API', make: domain, read: (built) => built.of('AWS::ApiGatewayV2::DomainName')[0].DomainNameConfigurations[0].SecurityPolicy, with: 'TLS_1_2' },
  { name: 'domain of an HTTP API, TLS_1_0', make: domain, given: { securityPolicy: apigatewayv2.SecurityPolicy.TLS_1_0 }, read: (built) => built.of('AWS::ApiGatewayV2::DomainName')[0].DomainNameConfigurations[0].SecurityPolicy, without: 'TLS_1_0', with: 'TLS_1_0', warned: 'apigatewayv2.DomainName.securityPolicy' },
  { name: 'default endpoint of a REST API', make: restApi, read: security('AWS::ApiGateway::RestApi'), without: [undefined, undefined], with: ['SecurityPolicy_TLS12_PFS_2025_EDGE', 'BASIC'] },
  { name: 'default endpoint, regional', make: restApi, given: { endpointTypes: [apigateway.EndpointType.REGIONAL] }, read: security('AWS::ApiGateway::RestApi'), without: [undefined, undefined], with: ['SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'BASIC'] },
  { name: 'default endpoint, closed', make: restApi, given: { disableExecuteApiEndpoint: true }, read: security('AWS::ApiGateway::RestApi'), without: [undefined, undefined], with: [undefined, undefined] },
];

describe.each(ROWS)('$name', (row) => {
  const made = (options: BuildOptions) => build((stack) => row.make(stack, row.given ?? {}), options);

  test('without and with the blueprint', () => {
    const built = made({ blueprint: row.blueprint ?? {} });
    expect([row.read(made({})), row.read(built)]).toEqual([row.without, row.with]);
    const warnings = built.said.filter((text) => text.includes('blueprintOverridden'));
    expect(warnings).toEqual(row.warned ? [expect.stringContaining(`[ack: cdk-handshake:blueprintOverridden:${row.warned}]`)] : []);
  });
});

describe('access logs of stages', () => {
  const make = (stack: Stack) => {
    new apigateway.RestApi(stack, 'Rest').root.addMethod('GET');
    new apigatewayv2.HttpApi(stack, 'Http');
    new apigatewayv2.WebSocketStage(stack, 'Live', { webSocketApi: new apigatewayv2.WebSocketApi(stack, 'Socket'), stageName: 'live' });
  };
  const stages = (built: Built) => [...built.of('AWS::ApiGateway::Stage'), ...built.of('AWS::ApiGatewayV2::Stage')]
    .map(({ AccessLogSetting, AccessLogSettings }) => (AccessLogSetting ?? AccessLogSettings)?.Format !== undefined);

  test.each<[string, HandshakeBlueprintProps, boolean[]]>([
    ['unless said otherwise, where no role is needed', {}, [false, true, false]],
    ['everywhere', { accessLogs: true }, [true, true, true]],
    ['nowhere', { accessLogs: false }, [false, false, false]],
  ])('%s', (_name, blueprint, logged) => {
    expect(stages(build(make, { blueprint }))).toEqual(logged);
  });

  test('the rule about logs is content with them', () => {
    expect(build(make, { blueprint: { accessLogs: true } }).findings.filter((finding) => finding.endsWith('NoApiLogs'))).toEqual([]);
    expect(build(make).findings.filter((finding) => finding.endsWith('NoApiLogs'))).toHaveLength(3);
  });

  test('a destination without a format gets the format', () => {
    const built = build((stack) => {
      const accessLogDestination = { bind: () => ({ destinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:mine' }) };
      new apigateway.RestApi(stack, 'Rest', { deployOptions: { accessLogDestination } }).root.addMethod('GET');
    }, { blueprint: {} });
    expect(built.of('AWS::ApiGateway::Stage')[0].AccessLogSetting.Format).toContain('$context.identity.userAgent');
  });

  test('a log group finds a name when the one wanted is taken', () => {
    const built = build((stack) => {
      new LogGroup(stack, 'AAccessLog');
      new apigatewayv2.HttpStage(stack, 'A', { httpApi: new apigatewayv2.HttpApi(stack, 'Http', { createDefaultStage: false }) });
    }, { blueprint: {} });
    expect(built.of('AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual([731, 365]);
  });
});

test('an origin behind a function URL is not sent the viewer\'s Host', () => {
  const built = build((stack) => {
    const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = 0') });
    const origin = new origins.FunctionUrlOrigin(handler.addFunctionUrl());
    cdn(stack, { additionalBehaviors: { '/ws/*': { origin }, '/realtime/*': { origin: new origins.OriginGroup({ primaryOrigin: web, fallbackOrigin: new origins.HttpOrigin('other.example.com') }) } } });
  }, { blueprint: {} });
  expect(config(built).CacheBehaviors.map(({ OriginRequestPolicyId }: any) => OriginRequestPolicyId)).toEqual([EXCEPT_HOST, ALL_VIEWER]);
});

test.each<[string, (stack: Stack) => void]>([
  ['an HTTP API', (stack) => domain(stack, {})],
  ['mutual TLS', (stack) => restDomain(stack, { mtls: { bucket: { s3UrlForObject: () => 's3://trust/store.pem' } as any, key: 'store.pem' } })],
])('a posture that %s cannot follow is said', (_name, make) => {
  expect(build(make, { blueprint: { posture: TlsPosture.strict() } }).said).toEqual(expect.arrayContaining([expect.stringContaining('cdk-handshake:tlsPostureNotFollowed')]));
});

test('a ping interval that no load balancer survives is refused', () => {
  expect(() => build(() => {}, { blueprint: { pingInterval: Duration.seconds(4000) } })).toThrow(/'pingInterval' is 4000 s, .* 4000 s at most/);
});

test('the given properties are not changed', () => {
  const given = Object.freeze({ additionalBehaviors: Object.freeze({ '/ws/*': Object.freeze({ origin: web }) }) });
  expect(() => build((stack) => cdn(stack, given), { blueprint: {} })).not.toThrow();
});

test.each(['/ws', 'ws/*', '/wss/*', '/socket.io/*', '/websocket', '/websockets/*', '/signalr/*', '/realtime/*', '/sockjs/*', '/cable', '/WS/*', '/wsx', '/news/ws', '/images/*'])(
  'the pack and the blueprint agree whether %s is for WebSocket', (pattern) => {
    const findings = build((stack) => socket(pattern, web)(stack, {})).findings;
    expect(isSocketPath(pattern)).toBe(findings.some((finding) => finding.endsWith('WebSocketHeadersNotForwarded')));
  });
