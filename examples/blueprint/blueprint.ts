// The app of `plain.ts` with one line changed: the App has the blueprint's injectors, so that the plain listener gets a TLS policy.
// Nothing below that line knows of it.

import { App, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as handshake from 'cdk-handshake';

const app = new App({ propertyInjectors: handshake.HandshakeBlueprint.injectors() });
const stack = new Stack(app, 'Shop');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d-1234-1234-1234-123456789012')];
const web = new elbv2.ApplicationTargetGroup(stack, 'Web', { vpc, port: 80, targetType: elbv2.TargetType.IP });
alb.addListener('Https', { port: 443, certificates, defaultTargetGroups: [web] });

Validations.of(app).addPlugins(new handshake.HandshakeChecks(app, { serve: [handshake.Client.H2, handshake.Client.TLS_1_3_ONLY] }));
