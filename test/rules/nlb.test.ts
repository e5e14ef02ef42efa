// The rules about Network Load Balancers, each with templates on which it must speak and on which it must not. Most NLBs
// carry no HTTP at all: those stay silent. Sources stand in the rules; labels follow public reports of the same faults.

import { analyse } from '../../src/rules';
import { TemplateInput } from '../../src/template';
import { forwardTo, Properties, Resources, template } from '../templates';
import { ruleTester } from './rule-tester';

const testRule = ruleTester('nlb');

interface NlbParts {
  readonly balancer?: Properties;
  readonly listener?: Properties;
  readonly group?: Properties;
  readonly server?: unknown;
  readonly more?: Resources;
}

const TLS = { Protocol: 'TLS', Port: 443, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' };

/** Nlb -> Listener (TLS, TLS 1.2 and 1.3) -> Group (TCP). */
function nlb(parts: NlbParts = {}): TemplateInput {
  return template({
    Nlb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network', ...parts.balancer } },
    Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Nlb' }, ...TLS, DefaultActions: [forwardTo('Group')], ...parts.listener } },
    Group: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { TargetType: 'ip', Port: 8443, Protocol: 'TCP', ...parts.group },
      ...(parts.server === undefined ? {} : { Metadata: { 'cdk-handshake': { server: parts.server } } }),
    },
    ...parts.more,
  });
}

const tcp = (port: number, more: Properties = {}): Properties => ({ Protocol: 'TCP', Port: port, SslPolicy: undefined, ...more });
const alpn = (...names: string[]): Properties => ({ AlpnPolicy: names });
const GRPC = { speaks: ['grpc'] };
const WS = { speaks: ['websocket', 'http/1.1'] };

/** An ALB with a listener, to stand behind an NLB. */
const alb = (protocol: string, port: number): Resources => ({
  Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internal' } },
  Inner: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Alb' }, Protocol: protocol, Port: port, SslPolicy: protocol === 'HTTPS' ? 'ELBSecurityPolicy-TLS13-1-2-2021-06' : undefined, DefaultActions: [forwardTo('Web')] } },
  Web: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'ip', Protocol: 'HTTP', Port: 8080 } },
});
const toAlb = (port: number, more: Properties = {}): Properties => ({ TargetType: 'alb', Port: port, Targets: [{ Id: { Ref: 'Alb' } }], ...more });

testRule('AlpnWithoutHttp2', {
  valid: [
    { name: 'HTTP2Preferred', template: nlb({ listener: alpn('HTTP2Preferred'), server: GRPC }), serve: ['grpc'] },
    { name: 'HTTP2Optional: a client that offers only h2 gets it', template: nlb({ listener: alpn('HTTP2Optional'), server: GRPC }), serve: ['grpc'] },
    { name: 'TCP passes the handshake on', template: nlb({ listener: tcp(443), server: { speaks: ['grpc', 'tls'] } }), serve: ['grpc'] },
    { name: 'nobody speaks gRPC: browsers fall back', template: nlb() },
    { name: 'the policy is a parameter: unknown', template: { ...nlb({ listener: { AlpnPolicy: [{ Ref: 'P' }] }, server: GRPC }), body: { ...(nlb({ listener: { AlpnPolicy: [{ Ref: 'P' }] }, server: GRPC }).body as object), Parameters: { P: { Type: 'String' } } } } },
  ],
  invalid: [
    { name: 'no policy, declared gRPC', template: nlb({ server: GRPC }), outcome: 'tls-handshake-failure', resource: 'Listener', client: 'grpc', property: 'Properties.AlpnPolicy', says: /missing selected ALPN/ },
    { name: 'None, and gRPC must be served', template: nlb({ listener: alpn('None') }), serve: ['grpc'], outcome: 'tls-handshake-failure', resource: 'Listener' },
    { name: 'HTTP1Only', template: nlb({ listener: alpn('HTTP1Only'), server: GRPC }), outcome: 'tls-handshake-failure', resource: 'Listener' },
    { name: 'an HTTP/2-only server, and clients fall back to HTTP/1.1', template: nlb({ server: { speaks: ['h2c'], only: true } }), serve: ['h2'], outcome: '400', resource: 'Listener' },
    {
      name: 'the container port says grpc',
      outcome: 'tls-handshake-failure',
      resource: 'Listener',
      template: nlb({
        more: {
          Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, LoadBalancers: [{ ContainerName: 'c', ContainerPort: 8443, TargetGroupArn: { Ref: 'Group' } }] } },
          Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'c', PortMappings: [{ ContainerPort: 8443, Name: 'g', AppProtocol: 'grpc' }] }] } },
        },
      }),
    },
  ],
});

testRule('AlpnWithoutHttp1', {
  valid: [
    { name: 'HTTP2Preferred', template: nlb({ listener: alpn('HTTP2Preferred') }), serve: ['http/1.1', 'wss'] },
    { name: 'only HTTP/2 callers', template: nlb({ listener: alpn('HTTP2Only') }), serve: ['h2', 'grpc'] },
    { name: 'a gRPC server, and nobody else is meant', template: nlb({ listener: alpn('HTTP2Only'), server: GRPC }) },
    { name: 'callers without ALPN', template: nlb({ listener: alpn('HTTP2Only') }), serve: ['http/1.0'] },
  ],
  invalid: [
    { name: 'named clients', template: nlb({ listener: alpn('HTTP2Only') }), serve: ['http/1.1', 'wss'], outcome: 'tls-handshake-failure', resource: 'Listener', client: 'http/1.1' },
    { name: 'nobody named: our default against the policy', template: nlb({ listener: alpn('HTTP2Only') }), outcome: 'tls-handshake-failure', resource: 'Listener', level: 'warning' },
    { name: 'documents say that it goes on without ALPN, which the server would stand', template: nlb({ listener: alpn('HTTP2Only'), server: WS }), serve: ['wss'], outcome: 'tls-handshake-failure', resource: 'Listener', level: 'warning' },
  ],
});

testRule('AlpnSelectsHttp2BeforeHttp1Server', {
  valid: [
    { name: 'HTTP1Only', template: nlb({ listener: alpn('HTTP1Only'), server: { speaks: ['http/1.1'] } }) },
    { name: 'no policy', template: nlb({ server: { speaks: ['http/1.1'] } }) },
    { name: 'HTTP2Optional prefers HTTP/1.1', template: nlb({ listener: alpn('HTTP2Optional'), server: { speaks: ['http/1.1'] } }) },
    { name: 'the server speaks both', template: nlb({ listener: alpn('HTTP2Preferred'), server: { speaks: ['http/1.1', 'h2c'] } }) },
    { name: 'nothing is declared', template: nlb({ listener: alpn('HTTP2Preferred') }) },
    { name: 'browsers open HTTP/1.1 for WebSocket', template: nlb({ listener: alpn('HTTP2Preferred'), server: { speaks: ['websocket'] } }), serve: ['wss-browser'] },
  ],
  invalid: [
    { name: 'HTTP2Preferred', template: nlb({ listener: alpn('HTTP2Preferred'), server: { speaks: ['http/1.1'] } }), outcome: '400', resource: 'Listener', client: 'h2' },
    { name: 'HTTP2Only', template: nlb({ listener: alpn('HTTP2Only'), server: { speaks: ['http/1.1'], only: true } }), serve: ['h2'], outcome: '400', resource: 'Listener' },
    { name: 'a WebSocket client that takes h2', template: nlb({ listener: alpn('HTTP2Preferred'), server: { speaks: ['websocket'] } }), serve: ['wss-alpn-h2'], outcome: 'ws-handshake-failure', resource: 'Listener' },
  ],
});

testRule('Http10AtHttp11Server', {
  valid: [
    { name: 'HTTP/1.1 callers', template: nlb({ listener: tcp(80), server: { speaks: ['http/1.1', 'h2c'], only: true } }), serve: ['http/1.1'] },
    { name: 'a server that takes HTTP/1.0 too', template: nlb({ listener: tcp(80), server: { speaks: ['http/1.0', 'http/1.1'], only: true } }), serve: ['http/1.0'] },
    { name: 'most HTTP/1.1 servers take HTTP/1.0', template: nlb({ listener: tcp(80), server: { speaks: ['http/1.1'] } }), serve: ['http/1.0'] },
    { name: 'an ALB between sends HTTP/1.1', template: nlb({ listener: tcp(80), group: toAlb(80), more: { ...alb('HTTP', 80), Web: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'ip', Protocol: 'HTTP', Port: 8080 }, Metadata: { 'cdk-handshake': { server: { speaks: ['http/1.1'], only: true } } } } } }), serve: ['http/1.0'] },
  ],
  invalid: [
    { name: 'Envoy behind TCP', template: nlb({ listener: tcp(80), server: { speaks: ['http/1.1', 'h2c'], only: true } }), serve: ['http/1.0'], outcome: '426', resource: 'Listener', client: 'http/1.0' },
    { name: 'its answer is declared', template: nlb({ listener: tcp(80), server: { speaks: ['http/1.1'], plainHttpAnswer: 426 } }), serve: ['http/1.0'], outcome: '426', resource: 'Listener' },
    { name: 'behind TLS', template: nlb({ server: { speaks: ['http/1.1'], only: true } }), serve: ['http/1.0'], outcome: '426', resource: 'Listener' },
  ],
});

testRule('FlowIdleTimeoutNotAbovePing', {
  valid: [
    { name: 'a ping within the default', template: nlb({ listener: tcp(80), server: { ...WS, pingIntervalSeconds: 60 } }) },
    { name: 'a longer timeout', template: nlb({ listener: tcp(80, { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '900' }] }), server: { ...WS, pingIntervalSeconds: 600 } }) },
  ],
  invalid: [
    { name: 'the default of 350 s', template: nlb({ listener: tcp(80), group: { Port: 8080 }, server: { ...WS, pingIntervalSeconds: 600 } }), outcome: 'ws-close-1006', resource: 'Listener', client: 'ws' },
    { name: 'a shorter one', template: nlb({ group: { Port: 8080 }, listener: tcp(80, { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: 60 }] }), server: { ...WS, pingIntervalSeconds: 60 } }), outcome: 'ws-close-1006', resource: 'Listener', property: 'Properties.ListenerAttributes' },
    { name: 'TLS listeners have a fixed one', template: nlb({ listener: { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '900' }] }, server: { ...WS, pingIntervalSeconds: 600 } }), outcome: 'ws-close-1006', resource: 'Listener', client: 'wss' },
  ],
});

testRule('UnknownAlpnPolicy', {
  valid: [{ name: 'one of the five', template: nlb({ listener: alpn('HTTP2Optional') }) }, { name: 'none', template: nlb() }],
  invalid: [{ name: 'a slip', template: nlb({ listener: alpn('HTTP2') }), outcome: 'deployment-failure', resource: 'Listener' }],
});

testRule('AlbTargetNeedsTcp', {
  valid: [{ name: 'TCP throughout', template: nlb({ listener: tcp(443), group: toAlb(443, { HealthCheckProtocol: 'HTTPS' }), more: alb('HTTPS', 443) }) }, { name: 'TLS before a server', template: nlb() }],
  invalid: [
    { name: 'a TLS listener', template: nlb({ group: toAlb(443), more: alb('HTTPS', 443) }), outcome: 'deployment-failure', resource: 'Listener' },
    { name: 'a TLS group', template: nlb({ listener: tcp(443), group: toAlb(443, { Protocol: 'TLS' }), more: alb('HTTPS', 443) }), outcome: 'deployment-failure', resource: 'Group' },
  ],
});

testRule('AlbTargetPortClosed', {
  valid: [
    { name: 'the same port', template: nlb({ listener: tcp(80), group: toAlb(80), more: alb('HTTP', 80) }) },
    { name: 'the ALB is elsewhere', template: nlb({ listener: tcp(80), group: { TargetType: 'alb', Port: 80, Targets: [{ Id: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x/1' }] } }) },
  ],
  invalid: [{ name: 'another port', template: nlb({ listener: tcp(443), group: toAlb(443), more: alb('HTTP', 80) }), outcome: 'deployment-failure', resource: 'Group' }],
});

testRule('QuicListenerRefused', {
  valid: [
    { name: 'a plain IPv4 balancer', template: nlb({ listener: { ...tcp(443), Protocol: 'TCP_QUIC' }, group: { Protocol: 'TCP_QUIC' } }) },
    { name: 'targets with ids', template: nlb({ listener: { ...tcp(443), Protocol: 'QUIC' }, group: { Protocol: 'QUIC', Targets: [{ Id: '10.0.0.1', QuicServerId: '0x0123456789abcdef' }] } }) },
  ],
  invalid: [
    { name: 'a security group', template: nlb({ balancer: { SecurityGroups: ['sg-1'] }, listener: { ...tcp(443), Protocol: 'TCP_QUIC' } }), outcome: 'deployment-failure', resource: 'Nlb', property: 'Properties.SecurityGroups' },
    { name: 'dualstack', template: nlb({ balancer: { IpAddressType: 'dualstack' }, listener: { ...tcp(443), Protocol: 'QUIC' } }), outcome: 'deployment-failure', resource: 'Nlb' },
    { name: 'UDP beside it', template: nlb({ listener: { ...tcp(443), Protocol: 'QUIC' }, more: { Dns: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Nlb' }, Port: 53, Protocol: 'UDP', DefaultActions: [forwardTo('Group')] } } } }), outcome: 'deployment-failure', resource: 'Listener' },
    { name: 'a target without id', template: nlb({ listener: { ...tcp(443), Protocol: 'QUIC' }, group: { Targets: [{ Id: '10.0.0.1' }] } }), outcome: 'deployment-failure', resource: 'Group' },
  ],
});

testRule('HealthCheckSchemeMismatch', {
  valid: [{ name: 'HTTPS at an HTTPS listener', template: nlb({ listener: tcp(443), group: toAlb(443, { HealthCheckProtocol: 'HTTPS' }), more: alb('HTTPS', 443) }) }],
  invalid: [
    { name: 'HTTP at an HTTPS listener', template: nlb({ listener: tcp(443), group: toAlb(443, { HealthCheckProtocol: 'HTTP' }), more: alb('HTTPS', 443) }), outcome: 'unhealthy-targets', resource: 'Group', client: 'health-check' },
    { name: 'by default: possible', template: nlb({ listener: tcp(443), group: toAlb(443), more: alb('HTTPS', 443) }), outcome: 'unhealthy-targets', resource: 'Group', level: 'warning' },
  ],
});

testRule('TlsPolicyWithoutTls13', {
  valid: [{ name: 'a TLS13 policy', template: nlb() }, { name: 'a broker behind TLS', template: nlb({ listener: { Port: 8883, SslPolicy: undefined }, group: { Port: 1883 } }) }],
  invalid: [
    { name: 'HTTP is spoken behind it', template: nlb({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS-1-2-2017-01' }, server: { speaks: ['http/1.1'] } }), outcome: 'tls-handshake-failure', resource: 'Listener', client: 'tls1.3-only' },
    { name: 'nothing says so: a warning', template: nlb({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS-1-2-2017-01' } }), outcome: 'tls-handshake-failure', resource: 'Listener', level: 'warning' },
    { name: 'nothing says so, and TLS 1.3 is asked for', template: nlb({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS-1-2-2017-01' } }), serve: ['tls1.3-only'], outcome: 'tls-handshake-failure', resource: 'Listener' },
  ],
});

testRule('UnknownTlsPolicy', {
  valid: [{ name: 'a policy of the table', template: nlb() }],
  invalid: [{ name: 'the classic slip', template: nlb({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS-1-3-2021-06' } }), outcome: 'deployment-failure', resource: 'Listener' }],
});

describe('an NLB in front of an ALB', () => {
  const chain = (protocolVersion: string): TemplateInput => nlb({ listener: tcp(443), group: toAlb(443, { HealthCheckProtocol: 'HTTPS' }), more: { ...alb('HTTPS', 443), Web: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'ip', Protocol: 'HTTP', Port: 8080, ProtocolVersion: protocolVersion } } } });

  test('is one path, and its fault one finding', () => {
    const { findings, paths } = analyse([chain('HTTP2')], { serve: ['http/1.1'] });
    expect(findings.filter(({ level }) => level === 'error').map(({ rule, resource, paths: seen }) => [rule, resource, seen.length])).toEqual([['Http1ClientAtHttp2TargetGroup', 'Web', 2]]);
    expect(paths.map(({ path }) => path)).toContainEqual(['Nlb', 'Listener', 'Group', 'Alb', 'Inner', 'Web']);
  });

  test('HTTP/1.0 comes out as HTTP/1.1', () => {
    const { paths } = analyse([chain('HTTP1')], { serve: ['http/1.0'] });
    expect(paths.find(({ path }) => path[0] === 'Nlb')?.outcomes).toEqual({ 'http/1.0': 'served' });
  });
});

test.each([
  ['a database', nlb({ listener: tcp(5432), group: { Port: 5432 } })],
  ['a broker behind TLS', nlb({ listener: { Port: 8883 }, group: { Port: 1883 } })],
  ['TLS in, TCP out', nlb({ listener: { Port: 6000 }, group: { Port: 7000 } })],
  ['TCP:443 passed through', nlb({ listener: tcp(443), group: { Port: 443 } })],
  ['UDP', nlb({ listener: { ...tcp(53), Protocol: 'UDP' }, group: { Port: 53, Protocol: 'UDP' } })],
  ['a gateway balancer', nlb({ balancer: { Type: 'gateway' }, listener: { Protocol: undefined, Port: undefined, SslPolicy: undefined }, group: { Port: 6081, Protocol: 'GENEVE' } })],
])('nothing is said of %s', (_, input) => {
  for (const serve of [[], ['http/1.1', 'wss', 'h2']] as const) {
    expect(analyse([input], { serve: [...serve] }).findings.map(({ rule }) => rule)).toEqual([]);
  }
});
