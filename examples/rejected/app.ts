// A shop behind one load balancer, with four faults that pass code review, `cdk deploy` and every linter.
// `npx cdk synth '**'` in this folder shows what its clients would get. ../accepted is the same shop, repaired.

import { App, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HandshakeChecks, Protocol, Protocols, Server } from 'cdk-handshake';

const app = new App();
const stack = new Stack(app, 'Shop');

const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d-shop');

// Fault 1: "HTTP/2 is newer, so it must be better". The load balancer speaks HTTP/2 with browsers in any case; this setting is
// about the way to the server, and it turns HTTP/1.1 callers away.
const web = new elbv2.ApplicationTargetGroup(stack, 'Web', {
  vpc,
  targetType: elbv2.TargetType.IP,
  protocol: elbv2.ApplicationProtocol.HTTP,
  protocolVersion: elbv2.ApplicationProtocolVersion.HTTP2,
});
Protocols.of(web).server(Server.http1());

// Fault 2: `RECOMMENDED` is the name of the policy of August 2016, which still lets TLS 1.0 in.
const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
const https = alb.addListener('Https', {
  port: 443,
  certificates: [certificate],
  sslPolicy: elbv2.SslPolicy.RECOMMENDED,
  defaultTargetGroups: [web],
});

// Fault 3: a function behind a load balancer gets one request and gives one answer; no WebSocket can be opened to it.
const chat = new elbv2.ApplicationTargetGroup(stack, 'Chat', {
  targets: [new LambdaTarget(new LambdaFunction(stack, 'ChatFunction', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: "hello" });'),
  }))],
});
const chatRule = new elbv2.ApplicationListenerRule(stack, 'ChatRule', {
  listener: https,
  priority: 10,
  conditions: [elbv2.ListenerCondition.pathPatterns(['/chat/*'])],
  targetGroups: [chat],
});
Protocols.of(chatRule).route({ path: '/chat/*', speaks: [Protocol.WEBSOCKET] });

// Fault 4: the server only opens WebSockets and answers 426 to anything else. The health check is a plain GET that wants a
// 200, so no target ever becomes healthy, and ECS would replace them for ever.
const prices = new elbv2.ApplicationTargetGroup(stack, 'Prices', {
  vpc,
  targetType: elbv2.TargetType.IP,
  protocol: elbv2.ApplicationProtocol.HTTP,
  port: 8080,
  healthCheck: { path: '/', healthyHttpCodes: '200' },
});
Protocols.of(prices).server(Server.webSocket({ only: true, plainHttpAnswer: 426 }));
new elbv2.ApplicationListenerRule(stack, 'PricesRule', {
  listener: https,
  priority: 20,
  conditions: [elbv2.ListenerCondition.pathPatterns(['/prices/*'])],
  targetGroups: [prices],
});

Validations.of(app).addPlugins(new HandshakeChecks(app));
