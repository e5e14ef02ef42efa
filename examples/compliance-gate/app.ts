// All stacks of this app stand in Stages, as with CDK Pipelines, and one of them turns HTTP/1.1 clients away. A bare `cdk synth`
// selects none of them and ends with 0; the gate has to ask for '**'.

import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HandshakeChecks, TlsPosture } from 'cdk-handshake';

const app = new App();
for (const name of ['Test', 'Production']) {
  const stack = new Stack(new Stage(app, name), 'Shop');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
  const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d-1234-1234-1234-123456789012')];
  const protocolVersion = name === 'Production' ? elbv2.ApplicationProtocolVersion.HTTP2 : elbv2.ApplicationProtocolVersion.HTTP1;
  const web = new elbv2.ApplicationTargetGroup(stack, 'Web', { vpc, port: 80, targetType: elbv2.TargetType.IP, protocolVersion });
  alb.addListener('Https', { port: 443, certificates, sslPolicy: TlsPosture.modern().sslPolicy, defaultTargetGroups: [web] });
}

Validations.of(app).addPlugins(new HandshakeChecks(app));
