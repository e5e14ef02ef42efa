// An app of plain L2 constructs that takes the platform team's blueprint. Its WebSocket server pings every 90 seconds, which the
// default idle timeout of 60 seconds would not survive; the blueprint sets it.

import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { acmeBlueprint } from './acme-blueprint';
import { Client, HandshakeChecks, Protocols, Server } from 'cdk-handshake';

const app = new App({ propertyInjectors: acmeBlueprint() });
const stack = new Stack(app, 'Chat');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d-1234-1234-1234-123456789012')];
const chat = new elbv2.ApplicationTargetGroup(stack, 'Chat', { vpc, port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, targetType: elbv2.TargetType.IP });
Protocols.of(chat).server(Server.webSocket({ pingInterval: Duration.seconds(90) }));
alb.addListener('Https', { port: 443, certificates, defaultTargetGroups: [chat] });

Validations.of(app).addPlugins(new HandshakeChecks(app, { serve: [Client.H2, Client.WSS, Client.TLS_1_2_ONLY, Client.TLS_1_3_ONLY] }));
