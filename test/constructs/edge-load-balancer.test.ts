// EdgeLoadBalancer: accepted by all judges, refused when it cannot work, and each of its protections is one that the pack
// would miss.

import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { accept, annotations, NOTHING, PROMISED, someCertificate, someVpc } from './accept';
import { Client, EdgeLoadBalancer, EdgeLoadBalancerProps, Protocol, Server, SocketIoTransport, TlsPosture } from '../../src';

const PING = Duration.seconds(25);

function edge(stack: Stack, props: Partial<EdgeLoadBalancerProps> = {}): EdgeLoadBalancer {
  return new EdgeLoadBalancer(stack, 'Edge', { vpc: someVpc(stack), internetFacing: true, certificates: [someCertificate(stack)], ...props });
}

function everything(stack: Stack, props: Partial<EdgeLoadBalancerProps> = {}): EdgeLoadBalancer {
  const balancer = edge(stack, props);
  balancer.addHttpTargets('Web');
  balancer.addHttpTargets('Api', { paths: ['/api/*'], hosts: ['shop.example.com'] });
  balancer.addWebSocketTargets('Chat', { paths: ['/chat/*'], server: Server.webSocket({ port: 8080, pingInterval: Duration.seconds(90) }) });
  balancer.addWebSocketTargets('Prices', { paths: ['/prices'], server: Server.nodeWs({ port: 9000, pingInterval: PING }) });
  balancer.addGrpcTargets('Grpc', { server: Server.grpc({ port: 50051 }) });
  balancer.addGrpcTargets('Catalogue', { services: ['shop.v1.Catalogue'], server: Server.grpc({ port: 50052 }) });
  return balancer;
}

describe('accepted', () => {
  test.each<[string, (stack: Stack) => void, any]>([
    ['with everything', everything, {}],
    ['with everything, region and account known', everything, { env: { account: '111122223333', region: 'eu-west-1' } }],
    ['without feature flags', everything, { context: { '@aws-cdk/aws-elasticloadbalancingv2:usePostQuantumTlsPolicy': false } }],
    ['alone', edge, {}],
    ['internal', (stack: Stack) => everything(stack, { internetFacing: false }), {}],
    ['compatible', (stack: Stack) => everything(stack, { posture: TlsPosture.compatible() }), {}],
    ['FIPS', (stack: Stack) => everything(stack, { posture: TlsPosture.fips() }), {}],
    ['strict, for who speaks TLS 1.3', (stack: Stack) => everything(stack, { posture: TlsPosture.strict() }), { serve: [Client.H2, Client.H3, Client.WSS, Client.GRPC, Client.TLS_1_3_ONLY] }],
  ])('%s', (_name, build, options) => {
    const { templates, acknowledged, ...verdicts } = accept(build, options);
    expect(verdicts).toEqual(NOTHING);
    for (const one of acknowledged) expect(one).toMatch(/^AwsSolutions-\S+: .{20,}/);
    expect(Object.keys(templates)).toHaveLength(1);
  });
});

describe('what a server comes to', () => {
  test.each<[string, (balancer: EdgeLoadBalancer) => void, Record<string, unknown>]>([
    ['HTTP', (b) => b.addHttpTargets('T'), { ProtocolVersion: 'HTTP1', Protocol: 'HTTP', Port: 80, TargetType: 'ip' }],
    ['HTTPS', (b) => b.addHttpTargets('T', { server: Server.http1({ tls: true, port: 8443 }) }), { ProtocolVersion: 'HTTP1', Protocol: 'HTTPS', Port: 8443, HealthCheckProtocol: 'HTTPS' }],
    ['ws beside HTTP', (b) => b.addWebSocketTargets('T', { paths: ['/ws'], server: Server.webSocket() }), { ProtocolVersion: 'HTTP1' }],
    ['Node ws', (b) => b.addWebSocketTargets('T', { paths: ['/ws'], server: Server.nodeWs() }), { Matcher: { HttpCode: '426' } }],
    ['Node ws with a health path', (b) => b.addWebSocketTargets('T', { paths: ['/ws'], server: Server.nodeWs(), healthCheck: { path: '/healthz' } }), { HealthCheckPath: '/healthz' }],
    ['gRPC', (b) => b.addGrpcTargets('T'), { ProtocolVersion: 'GRPC', HealthCheckPath: '/grpc.health.v1.Health/Check', Matcher: { GrpcCode: '0,12' } }],
    ['gRPC with a health method of its own', (b) => b.addGrpcTargets('T', { healthCheck: { path: '/shop.Health/Ping' } }), { HealthCheckPath: '/shop.Health/Ping' }],
  ])('%s', (_name, add, expected) => {
    const stack = new Stack();
    add(edge(stack));
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', expected);
  });

  test.each<[string, Server, string | undefined]>([
    ['Socket.IO polls first: sticky', Server.socketIo(), 'lb_cookie'],
    ['Socket.IO without polling: not sticky', Server.socketIo({ transports: [SocketIoTransport.WEBSOCKET] }), undefined],
  ])('%s', (_name, server, type) => {
    const stack = new Stack();
    edge(stack).addWebSocketTargets('T', { paths: ['/socket.io/*'], server });
    const [group] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
    expect(group.Properties.TargetGroupAttributes.find(({ Key }: any) => Key === 'stickiness.type')?.Value).toBe(type);
  });

  test.each<[string, number | undefined, number | undefined, string | undefined]>([
    ['no ping known', undefined, undefined, undefined],
    ['a short ping needs nothing', 25, undefined, undefined],
    ['a long one raises the timeout', 90, undefined, '180'],
    ['never above what there is', 3900, undefined, '4000'],
    ['a timeout of the user stays', 90, 300, '300'],
  ])('idle timeout: %s', (_name, ping, idle, expected) => {
    const stack = new Stack();
    const balancer = edge(stack, idle ? { idleTimeout: Duration.seconds(idle) } : {});
    balancer.addWebSocketTargets('T', { paths: ['/ws'], server: Server.webSocket({ pingInterval: ping === undefined ? undefined : Duration.seconds(ping) }) });
    const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
    expect(resource.Properties.LoadBalancerAttributes.find(({ Key }: any) => Key === 'idle_timeout.timeout_seconds')?.Value).toBe(expected);
  });

  test('rules: gRPC before WebSocket before HTTP, and no more values than a rule takes', () => {
    const stack = new Stack();
    const balancer = edge(stack);
    balancer.addHttpTargets('Api', { paths: ['/a/*', '/b/*', '/c/*', '/d/*', '/e/*', '/f/*'] });
    balancer.addWebSocketTargets('Chat', { paths: ['/chat/*'] });
    balancer.addGrpcTargets('Grpc');
    balancer.addGrpcTargets('Four', { services: ['a.A', 'b.B', 'c.C', 'd.D'] });
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::ListenerRule'));
    const read = rules.map(({ Properties: { Priority, Conditions } }) => [
      Priority, ...Conditions.flatMap((one: any) => one.PathPatternConfig?.Values ?? one.HttpHeaderConfig?.Values),
    ]).sort(([one], [other]) => one - other);
    expect(read).toEqual([
      [1, 'application/grpc', 'application/grpc+*', '/a.A/*', '/b.B/*', '/c.C/*'],
      [2, 'application/grpc', 'application/grpc+*', '/d.D/*'],
      [4000, 'application/grpc', 'application/grpc+*'],
      [5000, '/chat/*'],
      [10000, '/a/*', '/b/*', '/c/*', '/d/*', '/e/*'],
      [10001, '/f/*'],
    ]);
  });

  test('a Lambda function takes ordinary HTTP', () => {
    const stack = new Stack();
    const fn = new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });') });
    edge(stack).addHttpTargets('Fn', { targets: [new LambdaTarget(fn)] });
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'lambda' });
  });
});

describe('refused, with what to write instead', () => {
  const fn = (stack: Stack) => new LambdaTarget(lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:eu-west-1:111122223333:function:f'));
  test.each<[string, (stack: Stack) => void, string]>([
    ['no certificate', (s) => edge(s, { certificates: [] }), 'Name a certificate'],
    ['HTTP/2-only server', (s) => edge(s).addHttpTargets('T', { server: Server.h2c({ only: true }) }), 'would get 464'],
    ['gRPC server for HTTP', (s) => edge(s).addHttpTargets('T', { server: Server.grpc() }), 'Use addGrpcTargets'],
    ['WebSocket-only server for HTTP', (s) => edge(s).addHttpTargets('T', { server: Server.nodeWs() }), 'Use addWebSocketTargets'],
    ['default targets twice', (s) => { const b = edge(s); b.addHttpTargets('A'); b.addHttpTargets('B'); }, "with 'paths' or 'hosts'"],
    ['WebSocket to Lambda', (s) => edge(s).addWebSocketTargets('T', { paths: ['/ws'], targets: [fn(s)] }), 'use EdgeWebSocketApi'],
    ['WebSocket without paths', (s) => edge(s).addWebSocketTargets('T', { paths: [] }), "'paths' is empty"],
    ['WebSocket to a server without it', (s) => edge(s).addWebSocketTargets('T', { paths: ['/ws'], server: Server.http1() }), 'Declare it with Server.webSocket()'],
    ['WebSocket-only server of unknown answer', (s) => edge(s).addWebSocketTargets('T', { paths: ['/ws'], server: Server.webSocket({ only: true }) }), 'plainHttpAnswer: 426'],
    ['ping not below a fixed idle timeout', (s) => edge(s, { idleTimeout: Duration.seconds(60) }).addWebSocketTargets('T', { paths: ['/ws'], server: Server.webSocket({ pingInterval: Duration.seconds(60) }) }), "Leave 'idleTimeout' out"],
    ['ping longer than any timeout', (s) => edge(s).addWebSocketTargets('T', { paths: ['/ws'], server: Server.webSocket({ pingInterval: Duration.hours(2) }) }), 'ping more often'],
    ['gRPC without HTTP/2', (s) => edge(s, { http2Enabled: false }).addGrpcTargets('T'), 'gRPC needs HTTP/2'],
    ['gRPC to Lambda', (s) => edge(s).addGrpcTargets('T', { targets: [fn(s)] }), 'gRPC to a Lambda function'],
    ['gRPC to a server without it', (s) => edge(s).addGrpcTargets('T', { server: Server.http1() }), 'Declare it with Server.grpc()'],
    ['HTTP matcher on gRPC', (s) => edge(s).addGrpcTargets('T', { healthCheck: { healthyHttpCodes: '200' } }), "Use 'healthyGrpcCodes'"],
    ['more hosts than a rule takes', (s) => edge(s).addHttpTargets('T', { hosts: ['a.x', 'b.x', 'c.x', 'd.x', 'e.x', 'f.x'] }), 'Name fewer hosts'],
  ])('%s', (_name, build, message) => {
    expect(() => build(new Stack(undefined, 'Test'))).toThrow(message);
  });
});

describe('each protection removed: the pack finds it', () => {
  const at = (b: EdgeLoadBalancer, ...path: string[]): CfnResource =>
    path.reduce((node, id) => node.node.findChild(id) as any, b as any).node.defaultChild;
  const attribute = (b: EdgeLoadBalancer, key: string, value: string) => b.setAttribute(key, value);
  test.each<[string, (b: EdgeLoadBalancer) => void, string]>([
    ['TLS policy: none', (b) => at(b, 'Https').addPropertyDeletionOverride('SslPolicy'), 'Handshake-TlsPolicyWithoutTls13'],
    ['TLS policy: without 1.3', (b) => at(b, 'Https').addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-TLS-1-2-2017-01'), 'Handshake-TlsPolicyWithoutTls13'],
    ['TLS policy: with 1.0', (b) => at(b, 'Https').addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-TLS13-1-0-2021-06'), 'Handshake-OutdatedTlsAccepted'],
    ['TLS policy: 1.3 only', (b) => at(b, 'Https').addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-TLS13-1-3-2021-06'), 'Handshake-TlsFloorAboveClient'],
    ['HTTP/2 off', (b) => attribute(b, 'routing.http2.enabled', 'false'), 'Handshake-Http2DisabledBeforeHttp2TargetGroup'],
    ['idle timeout back to 60 s', (b) => attribute(b, 'idle_timeout.timeout_seconds', '60'), 'Handshake-IdleTimeoutNotAbovePing'],
    ['version of HTTP targets', (b) => at(b, 'Web').addPropertyOverride('ProtocolVersion', 'HTTP2'), 'Handshake-Http1ClientAtHttp2TargetGroup'],
    ['version of WebSocket targets', (b) => at(b, 'Chat').addPropertyOverride('ProtocolVersion', 'HTTP2'), 'Handshake-WebSocketAtHttp2TargetGroup'],
    ['version of gRPC targets', (b) => at(b, 'Grpc').addPropertyOverride('ProtocolVersion', 'HTTP1'), 'Handshake-HttpMatcherOnGrpcTargetGroup|Handshake-GrpcAtHttp1TargetGroup|Handshake-Http2ServerAtHttp1TargetGroup'],
    ['scheme of targets', (b) => { b.addHttpTargets('Tls', { hosts: ['tls.example.com'], server: Server.http1({ tls: true }) }); at(b, 'Tls').addPropertyOverride('Protocol', 'HTTP'); }, 'Handshake-TargetSchemeMismatch|Handshake-HealthCheckSchemeMismatch'],
    ['matcher of a WebSocket-only server', (b) => at(b, 'Prices').addPropertyDeletionOverride('Matcher'), 'Handshake-HealthCheckAtWebSocketOnlyServer'],
    ['matcher of gRPC', (b) => at(b, 'Grpc').addPropertyOverride('Matcher', { HttpCode: '200' }), 'Handshake-HttpMatcherOnGrpcTargetGroup'],
    ['content type of gRPC', (b) => at(b, 'Https', 'Grpc').addPropertyOverride('Conditions', [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]), 'Handshake-PlainHttpAtGrpcTargetGroup'],
    ['order of rules', (b) => { at(b, 'Https', 'Chat').addPropertyOverride('Priority', 20000); at(b, 'Https', 'Api').addPropertyOverride('Conditions', [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]); }, 'Handshake-RuleNeverReached|Handshake-ServerWithoutProtocol'],
    ['TLS at the listener', (b) => at(b, 'Https').addPropertyOverride('Protocol', 'HTTP'), 'Handshake-CleartextListenerToHttp2TargetGroup|Handshake-TlsSettingsOnHttpListener'],
  ])('%s', (_name, remove, rules) => {
    const { handshake } = accept((stack) => remove(everything(stack)), { onlyPack: true });
    expect(handshake.join('\n')).toMatch(new RegExp(rules));
  });
});

test('what it says by itself: nothing with the default posture, the ping interval where it is unknown', () => {
  expect(annotations((stack) => { everything(stack); })).toEqual([]);
  expect(annotations((stack) => edge(stack).addWebSocketTargets('T', { paths: ['/ws'] }))).toEqual([expect.stringContaining('cdk-handshake:pingIntervalUnknown')]);
});

test('metrics of what the balancer itself answers', () => {
  const balancer = edge(new Stack());
  expect([balancer.metricEdge4xx(), balancer.metricEdge5xx(), balancer.metricTlsFailures()].map(({ metricName }) => metricName))
    .toEqual(['HTTPCode_ELB_4XX_Count', 'HTTPCode_ELB_5XX_Count', 'ClientTLSNegotiationErrorCount']);
});

/** WebSocket and gRPC clients are promised something where there is something for them. */
function promisedTo(kinds: string[]): Client[] {
  return PROMISED.filter(({ id }) => (id === 'grpc' ? kinds.includes('Grpc') : !id.startsWith('wss') || kinds.includes('WebSocket')));
}

test('any props: every promised client gets through, or the construct refuses', () => {
  const server = fc.oneof(
    fc.record({ tls: fc.boolean(), only: fc.boolean(), ping: fc.option(fc.integer({ min: 1, max: 5000 })), answer: fc.option(fc.constantFrom(200, 400, 426)), kind: fc.constantFrom('webSocket', 'http1', 'h2c', 'http2', 'socketIo', 'nodeWs', 'grpc') })
      .map(({ tls, only, ping, answer, kind }) => {
        const options = { tls: tls || kind === 'http2', only, pingInterval: ping === null ? undefined : Duration.seconds(ping), plainHttpAnswer: answer ?? undefined };
        return (Server as any)[kind](options) as Server;
      }),
    fc.uniqueArray(fc.constantFrom(...Object.values(Protocol)), { minLength: 1 }).map((speaks) => Server.of({ speaks })),
  );
  const healthCheck = fc.option(fc.constantFrom<elbv2.HealthCheck>({ path: '/healthz' }, { healthyHttpCodes: '200-399' }, { interval: Duration.seconds(20) }), { nil: undefined });
  const target = fc.record({ kind: fc.constantFrom('Http', 'WebSocket', 'Grpc'), server, healthCheck, paths: fc.constantFrom(['/a/*'], ['/b', '/c/*'], ['/d/1', '/d/2', '/d/3', '/d/4', '/d/5', '/d/6']) });
  const postures = [TlsPosture.modern(), TlsPosture.compatible(), TlsPosture.fips(), TlsPosture.serving(Client.TLS_1_2_ONLY), undefined];
  const posture = fc.constantFrom(...postures);
  fc.assert(fc.property(
    fc.record({
      http2Enabled: fc.option(fc.boolean(), { nil: undefined }),
      idle: fc.option(fc.integer({ min: 1, max: 4000 }), { nil: undefined }),
      internetFacing: fc.boolean(),
      redirectHttp: fc.boolean(),
      logs: fc.boolean(),
      posture,
    }),
    fc.array(target, { maxLength: 3 }),
    ({ idle, ...props }, targets) => {
      try {
        const { handshake } = accept((stack) => {
          const balancer = edge(stack, { ...props, idleTimeout: idle === undefined ? undefined : Duration.seconds(idle) });
          targets.forEach(({ kind, ...target_ }, index) => (balancer as any)[`add${kind}Targets`](`T${index}`, { ...target_, hosts: [`h${index}.example.com`], services: undefined }));
        }, { onlyPack: true, serve: promisedTo(targets.map(({ kind }) => kind)) });
        expect(handshake.filter((finding) => finding.startsWith('error'))).toEqual([]);
      } catch (error) {
        if (!(error as Error).message.startsWith('EdgeLoadBalancer')) throw error;
      }
    },
  ), { numRuns: Number(process.env.FC_RUNS ?? 60) });
}, 120_000);
