// The shop of ../rejected, repaired: every client that knocks gets a handshake. Each "Repaired" names the fault that was here.

import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HandshakeChecks, Protocol, Protocols, Server } from 'cdk-handshake';

const app = new App();
const stack = new Stack(app, 'Shop');

const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d-shop');

// Repaired 1: the load balancer turns HTTP/2 into HTTP/1.1 for a server that speaks HTTP/1.1, so both kinds of caller get through.
const web = new elbv2.ApplicationTargetGroup(stack, 'Web', {
  vpc,
  targetType: elbv2.TargetType.IP,
  protocol: elbv2.ApplicationProtocol.HTTP,
  protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1,
});
Protocols.of(web).server(Server.http1());

// Repaired 2: TLS 1.2 and 1.3, and nothing older.
const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
const https = alb.addListener('Https', {
  port: 443,
  certificates: [certificate],
  sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS,
  defaultTargetGroups: [web],
});

// Repaired 3: a server that keeps the connection open, and pings well within the 60 seconds after which an idle one is cut.
const chat = new elbv2.ApplicationTargetGroup(stack, 'Chat', {
  vpc,
  targetType: elbv2.TargetType.IP,
  protocol: elbv2.ApplicationProtocol.HTTP,
  port: 8080,
  healthCheck: { path: '/healthz', healthyHttpCodes: '200' },
});
Protocols.of(chat).server(Server.webSocket({ pingInterval: Duration.seconds(25) }));
const chatRule = new elbv2.ApplicationListenerRule(stack, 'ChatRule', {
  listener: https,
  priority: 10,
  conditions: [elbv2.ListenerCondition.pathPatterns(['/chat/*'])],
  targetGroups: [chat],
});
Protocols.of(chatRule).route({ path: '/chat/*', speaks: [Protocol.WEBSOCKET] });

// Repaired 4: 426 is how this server says that it is well, and the health check knows.
const prices = new elbv2.ApplicationTargetGroup(stack, 'Prices', {
  vpc,
  targetType: elbv2.TargetType.IP,
  protocol: elbv2.ApplicationProtocol.HTTP,
  port: 8080,
  healthCheck: { path: '/', healthyHttpCodes: '426' },
});
Protocols.of(prices).server(Server.webSocket({ only: true, plainHttpAnswer: 426, pingInterval: Duration.seconds(25) }));
const pricesRule = new elbv2.ApplicationListenerRule(stack, 'PricesRule', {
  listener: https,
  priority: 20,
  conditions: [elbv2.ListenerCondition.pathPatterns(['/prices/*'])],
  targetGroups: [prices],
});
Protocols.of(pricesRule).route({ path: '/prices/*', speaks: [Protocol.WEBSOCKET] });

Validations.of(app).addPlugins(new HandshakeChecks(app));
