// Server programs by name, through the public API and through Metadata: the same declaration, and verdicts that follow from it.

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Protocols, Server, ServerOptions, ServerPreset } from '../../src';
import { PRESET_IDS, PRESETS, PresetId } from '../../src/protocol';
import { analyse } from '../../src/rules';
import { albTemplate, Properties } from '../templates';

const ids = (template: ReturnType<typeof albTemplate>, serve: any[] = ['http/1.1']) => analyse([template], { serve }).findings.map(({ rule, outcome, level }) => `${level} ${rule} ${outcome}`);

function declaredBy(preset: ServerPreset, options: ServerOptions = {}): unknown {
  const stack = new Stack(new App(), 'Test');
  const group = new elbv2.ApplicationTargetGroup(stack, 'Group', { vpc: new Vpc(stack, 'Vpc'), port: 80, targetType: elbv2.TargetType.IP });
  Protocols.of(group).server(Server.preset(preset, options));
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
  return resource.Metadata['cdk-handshake'].server;
}

test('the enum and the table are the same list', () => {
  expect(Object.values(ServerPreset).sort()).toEqual([...PRESET_IDS].sort());
});

test.each(PRESET_IDS)('%s: a row with what it rests on', (id) => {
  expect(PRESETS[id].source).toMatch(/^(lab|documented|source code)/);
});

test.each<[ServerPreset, ServerOptions, object]>([
  [ServerPreset.NODE_WS, { port: 8080 }, { preset: 'node-ws', speaks: ['websocket'], only: true, plainHttpAnswer: 426, port: 8080 }],
  [ServerPreset.TOMCAT, {}, { preset: 'tomcat', speaks: ['http/1.0', 'http/1.1'], only: false }],
  [ServerPreset.EXPRESS, { only: false }, { preset: 'express', speaks: ['http/1.0', 'http/1.1'], only: false }],
  [ServerPreset.GRPC, { tls: true }, { preset: 'grpc', speaks: ['grpc', 'tls'], only: true }],
])('Server.preset(%s, %j)', (preset, options, expected) => {
  expect(declaredBy(preset, options)).toEqual(expected);
});

test.each<[PresetId, string, Properties, any[], string[]]>([
  ['express', 'HTTP/2 to a server that speaks HTTP/1.1', { ProtocolVersion: 'HTTP2' }, ['h2'], ['error Http1ServerAtHttp2TargetGroup 502']],
  ['hypercorn', 'HTTP/2 to a server that speaks both', { ProtocolVersion: 'HTTP2' }, ['h2'], []],
  ['node-http2-cleartext', 'HTTP/1.1 to a server that speaks HTTP/2 only', { ProtocolVersion: 'HTTP1' }, ['http/1.1'], ['error Http2ServerAtHttp1TargetGroup 502']],
  ['node-ws', 'a health check that wants 200', {}, ['wss'], ['error HealthCheckAtWebSocketOnlyServer 426']],
  ['node-ws-with-http', 'a health check that wants 200', {}, ['wss'], []],
  ['grpc', 'gRPC through an HTTP1 group', { ProtocolVersion: 'HTTP1' }, ['grpc'], ['error GrpcAtHttp1TargetGroup 464', 'error Http2ServerAtHttp1TargetGroup unhealthy-targets']],
  ['node-http2', 'cleartext to a server that expects TLS', { Protocol: 'HTTP' }, ['http/1.1'], ['error TargetSchemeMismatch 400']],
])('%s in Metadata, %s', (preset, _what, group, serve, expected) => {
  const template = albTemplate({ group, server: { preset } as any, listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' } });
  expect(ids(template, serve).filter((finding) => finding.startsWith('error'))).toEqual(expected);
});

/** A distribution that caches a WebSocket path, so that the headers of the handshake are lost, before this server. */
function spoilt(preset: PresetId) {
  const behavior = { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', OriginRequestPolicyId: 'bf0718e1-ba1e-49d1-88b1-f726733018ae' };
  const origin = { Id: 'o', DomainName: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } };
  return albTemplate({
    server: { preset } as any,
    listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
    more: {
      Cdn: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: { DistributionConfig: { Enabled: true, HttpVersion: 'http2', Origins: [origin], DefaultCacheBehavior: behavior } },
        Metadata: { 'cdk-handshake': { routes: { path: '/live', speaks: ['websocket'] } } },
      },
    },
  });
}

test.each<[PresetId, string]>([['tomcat', '426'], ['spring-boot', '426'], ['uvicorn', '400'], ['node-ws-with-http', '400']])('%s answers %s to a handshake that lost its headers', (preset, status) => {
  expect(ids(spoilt(preset), ['wss'])).toContain(`error WebSocketHeadersNotForwarded ${status}`);
});

test('a program that can do WebSocket is not there for WebSocket clients', () => {
  expect(ids(albTemplate({ group: { ProtocolVersion: 'HTTP2' }, server: { preset: 'hypercorn' } as any }), ['h2']).filter((finding) => finding.includes('WebSocket'))).toEqual([]);
});

test('a misspelt preset is not passed over', () => {
  expect(ids(albTemplate({ server: { preset: 'tomkat' } as any }))).toContainEqual(expect.stringContaining('DeclarationNotUnderstood'));
});

test('what is written beside a preset wins', () => {
  const template = albTemplate({ group: { ProtocolVersion: 'HTTP2' }, server: { preset: 'express', speaks: ['h2c', 'http/1.1'] } as any });
  expect(ids(template, ['h2']).filter((finding) => finding.startsWith('error'))).toEqual([]);
});
