// EdgeService: all other constructs together, accepted by all judges, and each way in as it should be.

import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { accept, annotations, NOTHING, PROMISED, someCertificate, someVpc } from './accept';
import { Client, EdgeService, EdgeServiceProps, Server, TlsPosture } from '../../src';

const NODE_WS = Server.nodeWs({ pingInterval: Duration.seconds(25) });
const PORTS: Partial<EdgeServiceProps> = {
  http: { port: 8080 },
  webSocket: { port: 8081, paths: ['/chat/*'], server: NODE_WS },
  grpc: { port: 50051, services: ['shop.v1.Catalogue'] },
};

function service(stack: Stack, props: Partial<EdgeServiceProps> = PORTS): EdgeService {
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: someVpc(stack), containerInsightsV2: ecs.ContainerInsights.ENABLED });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('shop'), logging: ecs.LogDriver.awsLogs({ streamPrefix: 'shop', logGroup: new logs.LogGroup(stack, 'AppLogs') }) });
  return new EdgeService(stack, 'Shop', { cluster, taskDefinition, certificates: [someCertificate(stack)], ...props });
}

const distribution = (stack: Stack, vpcOrigin?: boolean) => ({ domainNames: ['shop.example.com'], certificate: someCertificate(stack, 'us-east-1'), vpcOrigin });

test.each<[string, (stack: Stack) => void, any]>([
  ['alone', service, {}],
  ['alone, without feature flags', service, { context: { '@aws-cdk/aws-ecs:removeDefaultDeploymentAlarm': false } }],
  ['alone, region known', service, { env: { account: '111122223333', region: 'eu-west-1' } }],
  ['distribution -> VPC origin -> load balancer -> HTTP, WebSocket and gRPC', (stack: Stack) => service(stack, { ...PORTS, distribution: distribution(stack) }), {}],
  ['distribution -> load balancer -> HTTP, WebSocket and gRPC', (stack: Stack) => service(stack, { ...PORTS, distribution: distribution(stack, false) }), {}],
  ['strict behind a distribution', (stack: Stack) => service(stack, { ...PORTS, posture: TlsPosture.strict(), distribution: distribution(stack) }), { serve: [Client.H2, Client.H3, Client.WSS, Client.TLS_1_3_ONLY] }],
  ['one port for HTTP and WebSocket', (stack: Stack) => service(stack, { http: { port: 8080, server: Server.webSocket({ pingInterval: Duration.seconds(30) }) }, webSocket: { port: 8080, paths: ['/ws'], server: Server.webSocket({ pingInterval: Duration.seconds(30) }) } }), { serve: PROMISED.filter(({ id }) => id !== 'grpc') }],
])('accepted: %s', (_name, build, options) => {
  const { templates, acknowledged, ...verdicts } = accept(build, options);
  expect(verdicts).toEqual(NOTHING);
  for (const one of acknowledged) expect(one).toMatch(/^AwsSolutions-\S+: .{20,}/);
});

test('ports are mapped, and each has a target group', () => {
  const stack = new Stack();
  service(stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [{ ContainerPort: 8080 }, { ContainerPort: 8081 }, { ContainerPort: 50051 }], DeploymentConfiguration: { MinimumHealthyPercent: 100 } });
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 3);
});

test.each<[string, boolean | undefined, string, number]>([['a VPC origin: internal', undefined, 'internal', 1], ['no VPC origin: on the internet', false, 'internet-facing', 0]])('behind a distribution, %s', (_name, vpcOrigin, Scheme, count) => {
  const stack = new Stack();
  service(stack, { ...PORTS, distribution: distribution(stack, vpcOrigin) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme });
  template.resourceCountIs('AWS::CloudFront::VpcOrigin', count);
});

test.each<[string, (stack: Stack) => void, string]>([
  ['no port', (s) => service(s, {}), 'no port is named'],
  ['no certificate', (s) => service(s, { ...PORTS, certificates: [] }), 'Name a certificate'],
  ['an unknown container', (s) => service(s, { http: { port: 80, containerName: 'web' } }), "no container named 'web'"],
  ['gRPC through a distribution without names', (s) => service(s, { grpc: { port: 1 }, distribution: distribution(s, false) }), 'Name the services'],
  ['a VPC origin on the internet', (s) => service(s, { ...PORTS, internetFacing: true, distribution: distribution(s) }), "'internetFacing' with a VPC origin"],
])('refused: %s', (_name, build, message) => {
  expect(() => build(new Stack(undefined, 'Test'))).toThrow(message);
});

describe('each protection removed, seen from the whole: the pack finds it', () => {
  const at = (scope: any, ...path: string[]) => path.reduce((node, id) => node.node.findChild(id), scope).node.defaultChild as CfnResource;
  const whole = (stack: Stack) => service(stack, { ...PORTS, distribution: distribution(stack) });
  test.each<[string, (s: EdgeService) => void, string]>([
    ['TLS toward viewers', (s) => at(s, 'Distribution').addPropertyOverride('DistributionConfig.ViewerCertificate.MinimumProtocolVersion', 'TLSv1.1_2016'), 'OutdatedTlsAccepted'],
    ['TLS toward the VPC origin', (s) => at(s, 'Edge', 'Https').addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-TLS13-1-3-2021-06'), 'OriginTlsCeiling'],
    ['version of WebSocket targets', (s) => at(s, 'Edge', 'WebSocket').addPropertyOverride('ProtocolVersion', 'HTTP2'), 'WebSocketAtHttp2TargetGroup'],
    ['version of HTTP targets, behind CloudFront', (s) => at(s, 'Edge', 'Http').addPropertyOverride('ProtocolVersion', 'HTTP2'), 'Http1ClientAtHttp2TargetGroup'],
    ['version of gRPC targets', (s) => at(s, 'Edge', 'Grpc').addPropertyOverride('ProtocolVersion', 'HTTP1'), 'GrpcAtHttp1TargetGroup'],
    ['WebSocket headers', (s) => at(s, 'Distribution').addPropertyDeletionOverride('DistributionConfig.CacheBehaviors.0.OriginRequestPolicyId'), 'WebSocketHeadersNotForwarded'],
    ['port of the VPC origin', (s) => s.node.findAll().filter((node): node is CfnResource => (node as CfnResource).cfnResourceType === 'AWS::CloudFront::VpcOrigin').forEach((node) => node.addPropertyOverride('VpcOriginEndpointConfig.HTTPSPort', 8443)), 'OriginPortClosed'],
  ])('%s', (_name, remove, rule) => {
    const { handshake } = accept((stack) => remove(whole(stack)), { onlyPack: true });
    expect(handshake.join('\n')).toContain(`Handshake-${rule} `);
  });
});

test('gRPC that stays inside is said', () => {
  expect(annotations((stack) => { service(stack, { ...PORTS, distribution: distribution(stack) }); })).toEqual([expect.stringContaining('cdk-handshake:grpcNotThroughVpcOrigin')]);
});

test('any props: every promised client gets through, or the construct refuses', () => {
  const port = fc.integer({ min: 1, max: 65535 });
  const props = fc.record({
    http: fc.option(fc.record({ port }), { nil: undefined }),
    webSocket: fc.option(fc.record({ port, paths: fc.constantFrom<string[]>(['/ws'], ['/a/*', '/b/*']), server: fc.constantFrom(NODE_WS, Server.webSocket({ pingInterval: Duration.seconds(200) }), Server.http1()) }), { nil: undefined }),
    grpc: fc.option(fc.record({ port, services: fc.constantFrom<string[] | undefined>(undefined, ['a.B'], ['a.B', 'c.D']) }), { nil: undefined }),
    posture: fc.constantFrom(undefined, TlsPosture.modern(), TlsPosture.compatible(), TlsPosture.fips()),
    cdn: fc.constantFrom(undefined, true, false),
  });
  fc.assert(fc.property(props, ({ cdn, ...rest }) => {
    const serve = PROMISED.filter(({ id }) => (id === 'grpc' ? rest.grpc : id.startsWith('wss') ? rest.webSocket : rest.http));
    try {
      const { handshake } = accept((stack) => {
        service(stack, { ...rest, distribution: cdn === undefined ? undefined : distribution(stack, cdn) });
      }, { onlyPack: true, serve: serve.length ? serve : [Client.TLS_1_2_ONLY] });
      expect(handshake.filter((finding) => finding.startsWith('error'))).toEqual([]);
    } catch (error) {
      if (!/^Edge/.test((error as Error).message)) throw error;
    }
  }), { numRuns: Number(process.env.FC_RUNS ?? 40) });
}, 120_000);
