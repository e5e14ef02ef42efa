// EdgeNetworkLoadBalancer: the ALPN policy that fits the server, ALB targets on matching ports, and what cannot work refused.

import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { accept, annotations, NOTHING, PROMISED, someCertificate, someVpc } from './accept';
import { Client, EdgeLoadBalancer, EdgeNetworkLoadBalancer, EdgeNetworkLoadBalancerProps, Protocol, Server, TlsPosture } from '../../src';

function edge(stack: Stack, props: Partial<EdgeNetworkLoadBalancerProps> = {}): EdgeNetworkLoadBalancer {
  const vpc = stack.node.tryFindChild('Vpc') as any ?? someVpc(stack);
  return new EdgeNetworkLoadBalancer(stack, 'Nlb', { vpc, internetFacing: true, certificates: [someCertificate(stack)], ...props });
}

function everything(stack: Stack, props: Partial<EdgeNetworkLoadBalancerProps> = {}): EdgeNetworkLoadBalancer {
  const balancer = edge(stack, props);
  balancer.addTlsTargets('Grpc', { server: Server.grpc({ port: 50051 }) });
  balancer.addTlsTargets('Web', { port: 8443, server: Server.http1() });
  balancer.addTlsTargets('Both', { port: 9443, server: Server.http2() });
  balancer.addTlsTargets('Chat', { port: 10443, server: Server.nodeWs({ port: 8080, pingInterval: Duration.seconds(25) }) });
  return balancer;
}

function beforeAlb(stack: Stack): EdgeNetworkLoadBalancer {
  const vpc = someVpc(stack);
  const alb = new EdgeLoadBalancer(stack, 'Alb', { vpc, certificates: [someCertificate(stack, 'eu-west-2')] });
  alb.addHttpTargets('Web');
  alb.addWebSocketTargets('Ws', { paths: ['/ws'], server: Server.nodeWs({ pingInterval: Duration.seconds(25) }) });
  alb.addGrpcTargets('Grpc');
  const nlb = edge(stack, { vpc } as any);
  nlb.addAlbTargets('Alb', alb);
  return nlb;
}

test.each<[string, (stack: Stack) => void, any]>([
  ['with everything', everything, {}],
  ['with everything, without feature flags', everything, { context: { '@aws-cdk/aws-elasticloadbalancingv2:networkLoadBalancerWithSecurityGroupByDefault': false } }],
  ['internal', (stack: Stack) => everything(stack, { internetFacing: false }), {}],
  ['FIPS', (stack: Stack) => everything(stack, { posture: TlsPosture.fips() }), {}],
  ['before an EdgeLoadBalancer', beforeAlb, {}],
])('accepted: %s', (_name, build, options) => {
  const { templates, acknowledged, ...verdicts } = accept(build, options);
  expect(verdicts).toEqual(NOTHING);
  for (const one of acknowledged) expect(one).toMatch(/^AwsSolutions-\S+: .{20,}/);
});

test.each<[string, Server, string, string, number]>([
  ['HTTP/1.1', Server.http1(), 'HTTP1Only', 'TCP', 80],
  ['WebSocket', Server.nodeWs({ port: 8080 }), 'HTTP1Only', 'TCP', 8080],
  ['gRPC', Server.grpc({ port: 50051 }), 'HTTP2Only', 'TCP', 50051],
  ['gRPC over TLS', Server.grpc({ tls: true }), 'HTTP2Only', 'TLS', 443],
  ['h2c and HTTP/1.1', Server.h2c(), 'HTTP2Preferred', 'TCP', 80],
  ['h2 and HTTP/1.1', Server.http2(), 'HTTP2Preferred', 'TLS', 443],
])('ALPN policy: %s', (_name, server, alpn, protocol, port) => {
  const stack = new Stack();
  edge(stack).addTlsTargets('T', { server });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { AlpnPolicy: [alpn], Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Protocol: protocol, Port: port });
});

test('ALB targets: TCP, matching ports, a health check in the protocol of the listener, and a way through the security group', () => {
  const stack = new Stack();
  beforeAlb(stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'alb', Port: 443, Protocol: 'TCP', HealthCheckProtocol: 'HTTPS' });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'alb', Port: 80, Protocol: 'TCP', HealthCheckProtocol: 'HTTP' });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, Description: 'Network load balancer' });
});

test.each<[string, (stack: Stack) => void, string]>([
  ['no certificate', (s) => edge(s, { certificates: undefined }).addTlsTargets('T'), "Name one in the load balancer's 'certificates'"],
  ['HTTP/2-only server', (s) => edge(s).addTlsTargets('T', { server: Server.h2c({ only: true }) }), 'HTTP/1.1 clients would get nothing'],
  ['ping not below the fixed timeout', (s) => edge(s).addTlsTargets('T', { server: Server.webSocket({ pingInterval: Duration.seconds(350) }) }), 'Let the server ping more often'],
])('refused: %s', (_name, build, message) => {
  expect(() => build(new Stack(undefined, 'Test'))).toThrow(message);
});

describe('each protection removed: the pack finds it', () => {
  const at = (scope: any, ...path: string[]) => path.reduce((node, id) => node.node.findChild(id), scope).node.defaultChild as CfnResource;
  test.each<[string, (stack: Stack) => EdgeNetworkLoadBalancer, (b: EdgeNetworkLoadBalancer) => void, string]>([
    ['TLS policy: none', everything, (b) => at(b, 'WebTls').addPropertyDeletionOverride('SslPolicy'), 'TlsPolicyWithoutTls13'],
    ['TLS policy: with 1.0', everything, (b) => at(b, 'WebTls').addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-TLS13-1-0-2021-06'), 'OutdatedTlsAccepted'],
    ['ALPN of gRPC: none', everything, (b) => at(b, 'GrpcTls').addPropertyDeletionOverride('AlpnPolicy'), 'AlpnWithoutHttp2'],
    ['ALPN of gRPC: HTTP/1 only', everything, (b) => at(b, 'GrpcTls').addPropertyOverride('AlpnPolicy', ['HTTP1Only']), 'AlpnWithoutHttp2'],
    ['ALPN of HTTP/1.1', everything, (b) => at(b, 'WebTls').addPropertyOverride('AlpnPolicy', ['HTTP2Preferred']), 'AlpnSelectsHttp2BeforeHttp1Server'],
    ['ALPN of WebSocket', everything, (b) => at(b, 'ChatTls').addPropertyOverride('AlpnPolicy', ['HTTP2Only']), 'AlpnWithoutHttp1'],
    ['target protocol', everything, (b) => at(b, 'Both').addPropertyOverride('Protocol', 'TCP'), 'TargetSchemeMismatch'],
    ['ALB: TCP', beforeAlb, (b) => { at(b, 'AlbTcp').addPropertyOverride('Protocol', 'TLS'); at(b, 'AlbTcp').addPropertyOverride('Certificates', [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/x' }]); }, 'AlbTargetNeedsTcp'],
    ['ALB: port', beforeAlb, (b) => { at(b, 'Alb').addPropertyOverride('Port', 8443); at(b, 'Alb').addPropertyOverride('Targets.0.Port', 8443); }, 'AlbTargetPortClosed'],
    ['ALB: protocol of the health check', beforeAlb, (b) => at(b, 'Alb').addPropertyOverride('HealthCheckProtocol', 'HTTP'), 'HealthCheckSchemeMismatch'],
  ])('%s', (_name, build, remove, rule) => {
    const { handshake } = accept((stack) => remove(build(stack)), { onlyPack: true });
    expect(handshake.join('\n')).toContain(`Handshake-${rule} `);
  });
});

test('a posture that it can follow is not talked about; metrics', () => {
  expect(annotations((stack) => { everything(stack); })).toEqual([]);
  const balancer = edge(new Stack());
  expect([balancer.metricTlsFailures().metricName, balancer.metricResets().metricName]).toEqual(['ClientTLSNegotiationErrorCount', 'TCP_ELB_Reset_Count']);
});

test('any props: every promised client gets through, or the construct refuses', () => {
  const server = fc.record({
    speaks: fc.uniqueArray(fc.constantFrom(...Object.values(Protocol)), { minLength: 1 }),
    only: fc.option(fc.boolean(), { nil: undefined }),
    tls: fc.option(fc.boolean(), { nil: undefined }),
    ping: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
  }).map(({ ping, ...props }) => Server.of({ ...props, pingInterval: ping === undefined ? undefined : Duration.seconds(ping) }));
  const posture = fc.constantFrom(TlsPosture.modern(), TlsPosture.compatible(), TlsPosture.fips(), undefined);
  fc.assert(fc.property(server, fc.record({ internetFacing: fc.boolean(), logs: fc.boolean(), posture }), (one, props) => {
    const { speaks } = one._props;
    const kinds = new Set(speaks.map((word) => (word === Protocol.GRPC ? 'grpc' : word === Protocol.WEBSOCKET || word === Protocol.SOCKET_IO ? 'websocket' : 'http')));
    const serve = PROMISED.filter(({ id }) => kinds.has(id === 'grpc' ? 'grpc' : id.startsWith('wss') ? 'websocket' : 'http'));
    try {
      const { handshake } = accept((stack) => edge(stack, props).addTlsTargets('T', { server: one }), { onlyPack: true, serve: serve.length ? serve : [Client.GRPC] });
      expect(handshake.filter((finding) => finding.startsWith('error'))).toEqual([]);
    } catch (error) {
      if (!(error as Error).message.startsWith('EdgeNetworkLoadBalancer')) throw error;
    }
  }), { numRuns: Number(process.env.FC_RUNS ?? 60) });
}, 120_000);
