// What `Protocols` writes is the metadata contract, word for word; each row is one call and the object that readers get.

import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { Protocol, Protocols, Server, SocketIoTransport } from '../../src';

let stack: Stack;
let resource: CfnResource;

beforeEach(() => {
  process.env.CDK_VALIDATION = 'false';
  stack = new Stack(new App(), 'Stack');
  resource = new CfnResource(stack, 'Resource', { type: 'AWS::ElasticLoadBalancingV2::TargetGroup' });
});

/** The declarations in the synthesized template. */
function declared(): unknown {
  return Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, { Metadata?: Record<string, unknown> }>)
    .map(({ Metadata }) => Metadata?.['cdk-handshake'])
    .find((declarations) => declarations !== undefined);
}

test.each<[string, Server, object]>([
  ['http1', Server.http1(), { speaks: ['http/1.1'] }],
  ['http2', Server.http2(), { speaks: ['h2', 'http/1.1', 'tls'] }],
  ['http2, nothing else', Server.http2({ only: true }), { speaks: ['h2', 'tls'], only: true }],
  ['h2c', Server.h2c(), { speaks: ['h2c', 'http/1.1'] }],
  ['h2c, nothing else', Server.h2c({ only: true }), { speaks: ['h2c'], only: true }],
  ['webSocket', Server.webSocket(), { speaks: ['websocket', 'http/1.1'] }],
  [
    'webSocket with all settings',
    Server.webSocket({ only: true, plainHttpAnswer: 426, pingInterval: Duration.minutes(1), port: 8080, path: '/ws/*', origin: 'web' }),
    { speaks: ['websocket'], only: true, plainHttpAnswer: 426, pingIntervalSeconds: 60, port: 8080, path: '/ws/*', origin: 'web' },
  ],
  ['webSocket that pings twice a second', Server.webSocket({ pingInterval: Duration.millis(500) }), { speaks: ['websocket', 'http/1.1'], pingIntervalSeconds: 0.5 }],
  ['grpc', Server.grpc(), { speaks: ['grpc'] }],
  ['grpc over TLS', Server.grpc({ tls: true }), { speaks: ['grpc', 'tls'] }],
  [
    'socketIo',
    Server.socketIo({ transports: [SocketIoTransport.POLLING, SocketIoTransport.WEBSOCKET] }),
    { speaks: ['socket.io', 'http/1.1'], transports: ['polling', 'websocket'] },
  ],
  ['any', Server.of({ speaks: [Protocol.HTTP_1_0, Protocol.TLS], tls: true }), { speaks: ['http/1.0', 'tls'] }],
])('a server: %s', (_name, server, metadata) => {
  Protocols.of(resource).server(server);
  expect(declared()).toEqual({ server: metadata });
});

test('a route and a call', () => {
  Protocols.of(resource)
    .route({ path: '/ws/*', speaks: [Protocol.WEBSOCKET], origin: 'backend' })
    .calls({ to: 'catalogue:8080', speaks: [Protocol.HTTP_1_0], container: 'web' });
  expect(declared()).toEqual({
    routes: { path: '/ws/*', speaks: ['websocket'], origin: 'backend' },
    calls: { to: 'catalogue:8080', with: ['http/1.0'], container: 'web' },
  });
});

test('several declarations become a list, a repeated one stays one', () => {
  Protocols.of(resource).server(Server.http1({ port: 80 })).server(Server.grpc({ port: 50051 }));
  Protocols.of(resource).server(Server.http1({ port: 80 }));
  expect(declared()).toEqual({ server: [{ speaks: ['http/1.1'], port: 80 }, { speaks: ['grpc'], port: 50051 }] });
});

test('what was written by hand stays', () => {
  resource.addMetadata('cdk-handshake', { server: [{ speaks: ['h2c'], port: 1 }], routes: [] });
  Protocols.of(resource).server(Server.http1());
  expect(declared()).toEqual({ server: [{ speaks: ['h2c'], port: 1 }, { speaks: ['http/1.1'] }], routes: [] });
});

test('a construct passes its declaration to the resource behind it', () => {
  const group = new ApplicationTargetGroup(stack, 'Group', { vpc: new Vpc(stack, 'Vpc'), targetType: TargetType.IP, port: 80 });
  Protocols.of(group).server(Server.http1());
  expect(declared()).toEqual({ server: { speaks: ['http/1.1'] } });
});

describe('refused, with the reason', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['a construct without a resource', () => Protocols.of(new Construct(stack, 'Nothing')), /'Stack\/Nothing' has no CloudFormation resource/],
    [
      'a container, which is part of its task definition',
      () => Protocols.of(new FargateTaskDefinition(stack, 'Task').addContainer('web', { image: ContainerImage.fromRegistry('nginx') })),
      /'Stack\/Task\/web' has no .* task definition/,
    ],
    [
      'an imported target group',
      () => Protocols.of(ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Imported', { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1' })),
      /imported from another app, declare it in the app that creates it/,
    ],
    ['a server that speaks nothing', () => Server.of({ speaks: [] }), /'speaks' is empty/],
    ['an impossible port', () => Server.http1({ port: 65536 }), /'port' is 65536. Expected is a whole number from 1 to 65535/],
    ['an impossible status', () => Server.http1({ plainHttpAnswer: 42 }), /'plainHttpAnswer' is 42. Expected is a whole number from 100 to 599/],
    ['a path of a server without a slash', () => Server.http1({ path: 'ws' }), /'path' is 'ws'. A path begins with '\/'/],
  ])('%s', (_name, act, message) => {
    expect(act).toThrow(message);
  });
});
