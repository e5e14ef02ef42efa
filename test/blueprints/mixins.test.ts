// For each mixin: faulty resources of every make are repaired, whether they were there before it or came later, twice is like
// once, and what fits or is not known stays. That a rule falls silent is in rule-mixins.test.ts.

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CfnParameter, CfnResource, Duration, Mixins, Shims, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { build } from './blueprint-app';
import { Protocol, Protocols, Server, TlsPosture } from '../../src';
import { EdgeLogsMixin } from '../../src/blueprints/mixins/edge-logs-mixin';
import { Http2Mixin } from '../../src/blueprints/mixins/http2-mixin';
import { IdleTimeoutMixin } from '../../src/blueprints/mixins/idle-timeout-mixin';
import { TlsPolicyMixin } from '../../src/blueprints/mixins/tls-policy-mixin';
import { WebSocketHeadersMixin } from '../../src/blueprints/mixins/web-socket-headers-mixin';
import { someVpc } from '../constructs/accept';

const generic = (type: string, properties: object) => (stack: Stack) => new CfnResource(stack, 'It', { type, properties: properties as any });
const MODERN = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const EDGE = 'SecurityPolicy_TLS12_PFS_2025_EDGE';
const REGIONAL = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CDN = 'AWS::CloudFront::Distribution';
const REST_DOMAIN = 'AWS::ApiGateway::DomainName';
const REST = 'AWS::ApiGateway::RestApi';
const UNKNOWN = { Ref: 'AWS::StackId' };

const cdn = (config: object) => ({ DistributionConfig: config });
const attributes = (...pairs: [string, unknown][]) => ({ LoadBalancerAttributes: pairs.map(([Key, Value]) => ({ Key, Value })) });
const origin = (domain: unknown) => [{ Id: 'o', DomainName: domain }];
const behavior = (PathPattern: string, policies: object) => ({ PathPattern, TargetOriginId: 'o', ...policies });
const certificate = { AcmCertificateArn: 'arn', SslSupportMethod: 'sni-only' };
const custom = (OriginProtocolPolicy: string, more = {}) => cdn({ Origins: [{ Id: 'o', DomainName: 'a.b', CustomOriginConfig: { OriginProtocolPolicy, ...more } }] });

/** Mixin, type, properties, and what they become; undefined: they stay. */
const ROWS: [() => any, string, any, any?][] = [
  [() => new TlsPolicyMixin(), LISTENER, { Protocol: 'HTTPS' }, { Protocol: 'HTTPS', SslPolicy: MODERN }],
  [() => new TlsPolicyMixin(), LISTENER, { Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-2016-08' }, { Protocol: 'TLS', SslPolicy: MODERN }],
  [() => new TlsPolicyMixin(), LISTENER, { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }],
  [() => new TlsPolicyMixin(), LISTENER, { Protocol: 'HTTPS', SslPolicy: UNKNOWN }],
  [() => new TlsPolicyMixin(), LISTENER, { Protocol: UNKNOWN }],
  [() => new TlsPolicyMixin(), LISTENER, { Protocol: 'HTTP' }],
  [() => new TlsPolicyMixin(), LISTENER, { Protocol: 'TCP' }],
  [() => new TlsPolicyMixin({ posture: TlsPosture.strict() }), LISTENER, { Protocol: 'HTTPS', SslPolicy: MODERN }, { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09' }],
  [() => new TlsPolicyMixin(), CDN, cdn({ ViewerCertificate: certificate }), cdn({ ViewerCertificate: { ...certificate, MinimumProtocolVersion: 'TLSv1.2_2021' } })],
  [() => new TlsPolicyMixin(), CDN, cdn({ ViewerCertificate: { ...certificate, MinimumProtocolVersion: 'TLSv1.1_2016' } }), cdn({ ViewerCertificate: { ...certificate, MinimumProtocolVersion: 'TLSv1.2_2021' } })],
  [() => new TlsPolicyMixin(), CDN, cdn({ ViewerCertificate: { ...certificate, SslSupportMethod: 'vip', MinimumProtocolVersion: 'TLSv1' } })],
  [() => new TlsPolicyMixin(), CDN, cdn({ ViewerCertificate: { CloudFrontDefaultCertificate: true } })],
  [() => new TlsPolicyMixin(), CDN, custom('https-only'), custom('https-only', { OriginSSLProtocols: ['TLSv1.2'] })],
  [() => new TlsPolicyMixin(), CDN, custom('http-only')],
  [() => new TlsPolicyMixin(), REST, {}, { SecurityPolicy: EDGE, EndpointAccessMode: 'BASIC' }],
  [() => new TlsPolicyMixin(), REST, { EndpointConfiguration: { Types: ['REGIONAL'] } }, { EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: REGIONAL, EndpointAccessMode: 'BASIC' }],
  [() => new TlsPolicyMixin(), REST, { EndpointConfiguration: { Types: ['PRIVATE'] } }],
  [() => new TlsPolicyMixin(), REST, { EndpointConfiguration: { Types: [UNKNOWN] } }],
  [() => new TlsPolicyMixin(), REST, { DisableExecuteApiEndpoint: true }],
  [() => new TlsPolicyMixin(), REST_DOMAIN, { RegionalCertificateArn: 'arn', SecurityPolicy: 'TLS_1_0' }, { RegionalCertificateArn: 'arn', SecurityPolicy: REGIONAL, EndpointAccessMode: 'BASIC' }],
  [() => new TlsPolicyMixin(), REST_DOMAIN, { CertificateArn: 'arn', SecurityPolicy: 'TLS_1_0' }, { CertificateArn: 'arn', SecurityPolicy: EDGE, EndpointAccessMode: 'BASIC' }],
  [() => new TlsPolicyMixin(), REST_DOMAIN, { RegionalCertificateArn: 'arn' }],
  [() => new TlsPolicyMixin(), REST_DOMAIN, { RegionalCertificateArn: 'arn', SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' }, { RegionalCertificateArn: 'arn', SecurityPolicy: REGIONAL, EndpointAccessMode: 'STRICT' }],
  [() => new TlsPolicyMixin(), REST_DOMAIN, { RegionalCertificateArn: 'arn', SecurityPolicy: 'TLS_1_0', MutualTlsAuthentication: { TruststoreUri: 's3://a/b' } }, { RegionalCertificateArn: 'arn', SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { TruststoreUri: 's3://a/b' } }],
  [() => new TlsPolicyMixin(), 'AWS::ApiGatewayV2::DomainName', { DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_0' }, {}] }, { DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }, {}] }],

  [() => new Http2Mixin(), CDN, cdn({ Enabled: true }), cdn({ Enabled: true, HttpVersion: 'http2and3' })],
  [() => new Http2Mixin(), CDN, cdn({ HttpVersion: 'HTTP1.1' }), cdn({ HttpVersion: 'http2and3' })],
  [() => new Http2Mixin(), CDN, cdn({ HttpVersion: 'http3' }), cdn({ HttpVersion: 'http2and3' })],
  [() => new Http2Mixin(), CDN, cdn({ HttpVersion: 'http1.1', ViewerMtlsConfig: { Mode: 'required' } }), cdn({ HttpVersion: 'http2', ViewerMtlsConfig: { Mode: 'required' } })],
  [() => new Http2Mixin(), CDN, cdn({ HttpVersion: 'http2' })],
  [() => new Http2Mixin(), CDN, cdn({ HttpVersion: UNKNOWN })],
  [() => new Http2Mixin(), CDN, { DistributionConfig: { 'Fn::If': ['C', {}, {}] } }],
  [() => new Http2Mixin(), BALANCER, attributes(['routing.http2.enabled', 'false'], ['a', 'b']), attributes(['a', 'b'], ['routing.http2.enabled', 'true'])],
  [() => new Http2Mixin(), BALANCER, attributes(['routing.http2.enabled', UNKNOWN])],
  [() => new Http2Mixin(), BALANCER, {}],

  [() => new WebSocketHeadersMixin(), CDN, cdn({ Origins: origin('a.b'), CacheBehaviors: [behavior('/ws/*', { CachePolicyId: DISABLED })] }), cdn({ Origins: origin('a.b'), CacheBehaviors: [behavior('/ws/*', { CachePolicyId: DISABLED, OriginRequestPolicyId: ALL_VIEWER })] })],
  [() => new WebSocketHeadersMixin(), CDN, cdn({ Origins: origin({ 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' }), CacheBehaviors: [behavior('socket.io/*', { CachePolicyId: DISABLED, OriginRequestPolicyId: '59781a5b-3903-41f3-afcb-af62929ccde1' })] }), cdn({ Origins: origin({ 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' }), CacheBehaviors: [behavior('socket.io/*', { CachePolicyId: DISABLED, OriginRequestPolicyId: EXCEPT_HOST })] })],
  [() => new WebSocketHeadersMixin(), CDN, cdn({ Origins: origin('a.b'), CacheBehaviors: [behavior('/ws/*', { CachePolicyId: DISABLED, OriginRequestPolicyId: EXCEPT_HOST })] })],
  [() => new WebSocketHeadersMixin(), CDN, cdn({ Origins: origin('a.b'), CacheBehaviors: [behavior('/ws/*', { CachePolicyId: DISABLED, OriginRequestPolicyId: UNKNOWN })] })],
  [() => new WebSocketHeadersMixin(), CDN, cdn({ Origins: origin('a.b'), CacheBehaviors: [behavior('/ws/*', { ForwardedValues: { QueryString: true } })] })],
  [() => new WebSocketHeadersMixin(), CDN, cdn({ Origins: origin('a.b'), CacheBehaviors: [behavior('/images/*', { CachePolicyId: DISABLED })] })],

  [() => new IdleTimeoutMixin({ pingInterval: Duration.seconds(90) }), BALANCER, {}, attributes(['idle_timeout.timeout_seconds', '180'])],
  [() => new IdleTimeoutMixin({ pingInterval: Duration.seconds(90) }), BALANCER, attributes(['idle_timeout.timeout_seconds', 90]), attributes(['idle_timeout.timeout_seconds', '180'])],
  [() => new IdleTimeoutMixin({ pingInterval: Duration.seconds(90) }), BALANCER, attributes(['idle_timeout.timeout_seconds', '91'])],
  [() => new IdleTimeoutMixin({ pingInterval: Duration.seconds(90) }), BALANCER, attributes(['idle_timeout.timeout_seconds', UNKNOWN])],
  [() => new IdleTimeoutMixin({ pingInterval: Duration.seconds(90) }), BALANCER, { Type: 'network' }],
  [() => new IdleTimeoutMixin(), BALANCER, {}],
  [() => new IdleTimeoutMixin({ pingInterval: Duration.minutes(6) }), LISTENER, { Protocol: 'TCP' }, { Protocol: 'TCP', ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '720' }] }],
  [() => new IdleTimeoutMixin({ pingInterval: Duration.minutes(6) }), LISTENER, { Protocol: 'HTTPS' }],
];

describe.each(ROWS)('%s on %s %j', (mixin, type, before, after) => {
  const make = generic(type, before);
  const read = (mixins: { before?: any[]; after?: any[] }) => build(make, { mixins }).of(type)[0] ?? {};

  test('what is there, what comes later, and twice', () => {
    const expected = after ?? before;
    expect(read({ after: [mixin()] })).toEqual(expected);
    expect(read({ before: [mixin()] })).toEqual(expected);
    expect(read({ before: [mixin()], after: [mixin(), mixin()] })).toEqual(expected);
  });
});

describe('logs', () => {
  const make = (stack: Stack) => {
    generic(BALANCER, {})(stack);
    new CfnResource(stack, 'Cdn', { type: CDN, properties: { DistributionConfig: { Enabled: true } } });
    new CfnResource(stack, 'Rest', { type: 'AWS::ApiGateway::Stage', properties: {} });
    new CfnResource(stack, 'Api', { type: 'AWS::ApiGatewayV2::Api', properties: { ProtocolType: 'WEBSOCKET' } });
    new CfnResource(stack, 'Live', { type: 'AWS::ApiGatewayV2::Stage', properties: { ApiId: { Ref: 'Api' } } });
  };

  test.each<[string, object]>([
    ['what is there', { after: [new EdgeLogsMixin()] }],
    ['what comes later', { before: [new EdgeLogsMixin()] }],
    ['twice', { before: [new EdgeLogsMixin()], after: [new EdgeLogsMixin()] }],
  ])('%s', (_name, mixins) => {
    const built = build(make, { mixins });
    expect(built.of('AWS::S3::Bucket')).toHaveLength(2);
    expect(built.of('AWS::Logs::LogGroup')).toHaveLength(1);
    const [balancer] = built.of(BALANCER);
    expect(balancer.LoadBalancerAttributes.map(({ Key }: any) => Key)).toEqual(['access_logs.s3.enabled', 'access_logs.s3.bucket', 'connection_logs.s3.enabled', 'connection_logs.s3.bucket']);
    expect(built.of('AWS::S3::BucketPolicy')[0].PolicyDocument.Statement.filter(({ Sid }: any) => Sid === 'LoadBalancerLogs')).toHaveLength(1);
    expect(built.of(CDN)[0].DistributionConfig.Logging.Prefix).toBe('Cdn/');
    expect(built.of('AWS::S3::Bucket').map(({ OwnershipControls }) => OwnershipControls.Rules[0].ObjectOwnership).sort()).toEqual(['BucketOwnerEnforced', 'BucketOwnerPreferred']);
    expect(built.of('AWS::ApiGateway::Stage')[0].AccessLogSetting.Format).toContain('tlsVersion');
    expect(built.of('AWS::ApiGatewayV2::Stage')[0].AccessLogSettings.Format).toContain('eventType');
  });

  test('logs that are there stay', () => {
    const set = attributes(['access_logs.s3.enabled', 'true'], ['connection_logs.s3.enabled', UNKNOWN]);
    const built = build((stack) => {
      generic(BALANCER, set)(stack);
      new CfnResource(stack, 'Cdn', { type: CDN, properties: { DistributionConfig: { Logging: { Bucket: 'mine' } } } });
      new CfnResource(stack, 'Other', { type: CDN, properties: { DistributionConfig: { Enabled: true } } });
      new CfnResource(stack, 'Source', { type: 'AWS::Logs::DeliverySource', properties: { ResourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::x:distribution/${Other}', 'x': { Ref: 'Other' } } } });
    }, { mixins: { before: [new EdgeLogsMixin()] } });
    expect([built.of(BALANCER)[0], built.of('AWS::S3::Bucket')]).toEqual([set, []]);
  });
});

test('settings of an L2 that come after the mixin are kept', () => {
  const built = build((stack) => {
    const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: someVpc(stack), http2Enabled: false });
    Mixins.of(stack).apply(new Http2Mixin(), new IdleTimeoutMixin({ pingInterval: Duration.seconds(90) }));
    alb.setAttribute('waf.fail_open.enabled', 'true');
    alb.setAttribute('idle_timeout.timeout_seconds', '60');
  });
  const set = Object.fromEntries(built.of(BALANCER)[0].LoadBalancerAttributes.map(({ Key, Value }: any) => [Key, Value]));
  expect(set).toMatchObject({ 'waf.fail_open.enabled': 'true', 'routing.http2.enabled': 'true', 'idle_timeout.timeout_seconds': '180' });
});

test('an override on a typed L1 is seen and repaired', () => {
  const built = build((stack) => {
    const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: someVpc(stack) });
    (alb.node.defaultChild as CfnResource).addPropertyOverride('LoadBalancerAttributes', [{ Key: 'routing.http2.enabled', Value: 'false' }]);
  }, { mixins: { before: [new Http2Mixin()] } });
  expect(built.of(BALANCER)[0].LoadBalancerAttributes).toEqual([{ Key: 'routing.http2.enabled', Value: 'true' }]);
});

test('a template that was included', () => {
  const templateFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'included-')), 'template.json');
  fs.writeFileSync(templateFile, JSON.stringify({ Resources: { It: { Type: LISTENER, Properties: { Protocol: 'HTTPS', LoadBalancerArn: 'arn', DefaultActions: [{ Type: 'fixed-response' }] } } } }));
  const built = build((stack) => new CfnInclude(stack, 'Included', { templateFile }), { mixins: { before: [new TlsPolicyMixin()] } });
  expect(built.of(LISTENER)[0].SslPolicy).toBe(MODERN);
});

test('a value that comes from a parameter stays', () => {
  const built = build((stack) => {
    const policy = new CfnParameter(stack, 'Policy', { default: 'ELBSecurityPolicy-2016-08' });
    generic(LISTENER, { Protocol: 'HTTPS', SslPolicy: policy.valueAsString })(stack);
  }, { mixins: { before: [new TlsPolicyMixin()] } });
  expect(built.of(LISTENER)[0].SslPolicy).toEqual({ Ref: 'Policy' });
});

test('the ping interval follows from what servers are declared to do', () => {
  const built = build((stack) => {
    const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: someVpc(stack) });
    const group = new elbv2.ApplicationTargetGroup(stack, 'Chat', { vpc: alb.vpc, port: 80, targetType: elbv2.TargetType.IP });
    const pinging = (port: number, seconds: number) => Server.webSocket({ port, pingInterval: Duration.seconds(seconds) });
    Protocols.of(group).server(pinging(80, 20)).server(pinging(81, 100));
  }, { mixins: { before: [new IdleTimeoutMixin()] } });
  expect(built.of(BALANCER)[0].LoadBalancerAttributes).toContainEqual({ Key: 'idle_timeout.timeout_seconds', Value: '200' });
});

test('a route that is declared makes its behavior one for WebSocket', () => {
  const built = build((stack) => {
    const it = generic(CDN, cdn({ Origins: origin('a.b'), DefaultCacheBehavior: behavior('', { CachePolicyId: DISABLED }), CacheBehaviors: [behavior('/chat/*', { CachePolicyId: DISABLED })] }))(stack);
    Protocols.of(it).route({ path: '/chat/*', speaks: [Protocol.WEBSOCKET] }).route({ path: '/live', speaks: [Protocol.WEBSOCKET] });
  }, { mixins: { before: [new WebSocketHeadersMixin()] } });
  const { DefaultCacheBehavior, CacheBehaviors } = built.of(CDN)[0].DistributionConfig;
  expect([DefaultCacheBehavior.OriginRequestPolicyId, CacheBehaviors[0].OriginRequestPolicyId]).toEqual([ALL_VIEWER, ALL_VIEWER]);
});

test('what is added to a Stage that was there is repaired', () => {
  const app = new App();
  const stage = new Stage(app, 'Prod');
  Mixins.of(app).apply(new TlsPolicyMixin());
  const stack = new Stack(stage, 'Test');
  generic(LISTENER, { Protocol: 'HTTPS' })(stack);
  expect(app.synth().getNestedAssembly('assembly-Prod').stacks[0].template.Resources.It.Properties.SslPolicy).toBe(MODERN);
});

test('an L2 that is not finished yet is repaired at synth', () => {
  const stack = new Stack();
  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: someVpc(stack) });
  const listener = new elbv2.ApplicationListener(stack, 'Https', { loadBalancer: alb, port: 443, protocol: elbv2.ApplicationProtocol.HTTPS });
  listener.addCertificates('More', [elbv2.ListenerCertificate.fromArn('arn')]);
  Mixins.of(stack).apply(new TlsPolicyMixin());
  listener.addAction('Default', { action: elbv2.ListenerAction.fixedResponse(200) });
  Template.fromStack(stack).hasResourceProperties(LISTENER, { SslPolicy: MODERN, DefaultActions: [{ Type: 'fixed-response' }] });
});

test.each([true, false])('as an aspect it works as well (stabilization %s)', (stabilization) => {
  const app = new App({ context: { '@aws-cdk/core:aspectStabilization': stabilization } });
  const stack = new Stack(app, 'Test');
  new apigateway.RestApi(stack, 'Api').root.addMethod('GET');
  const { Aspects } = jest.requireActual('aws-cdk-lib');
  Aspects.of(app).add(Shims.asAspect(new TlsPolicyMixin()));
  Template.fromStack(stack).hasResourceProperties(REST, { SecurityPolicy: EDGE, EndpointAccessMode: 'BASIC' });
});
