// An edge stack, a service stack and a certificate in another region, tied together in the way that context says:
// strong (exports, or a cross-region writer and reader) or weak (Fn::GetStackOutput). The service takes only HTTP/2, which
// CloudFront does not speak to origins; the WebSocket behavior drops the handshake's headers.

import { App, Stack, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Client, HandshakeChecks, Protocol, Protocols, Server } from '../../../src';

const app = new App();
const fixed = app.node.tryGetContext('fixed') === 'true';
const edgeRegion = app.node.tryGetContext('edge') ?? 'eu-west-1';
const account = '111111111111';

const names = new Stack(app, 'Names', { env: { account, region: 'us-east-1' }, crossRegionReferences: true });
const certificate = new acm.Certificate(names, 'Certificate', { domainName: 'app.example.com', validation: acm.CertificateValidation.fromDns() });

const service = new Stack(app, 'Service', { env: { account, region: 'eu-west-1' }, crossRegionReferences: true });
const vpc = ec2.Vpc.fromVpcAttributes(service, 'Vpc', {
  vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], publicSubnetIds: ['subnet-1', 'subnet-2'], publicSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
});
const alb = new elbv2.ApplicationLoadBalancer(service, 'Alb', { vpc, internetFacing: true });
const targets = new elbv2.ApplicationTargetGroup(service, 'Targets', {
  vpc,
  port: 8080,
  protocol: elbv2.ApplicationProtocol.HTTP,
  targetType: elbv2.TargetType.IP,
  protocolVersion: fixed ? elbv2.ApplicationProtocolVersion.HTTP1 : elbv2.ApplicationProtocolVersion.HTTP2,
});
const listener = alb.addListener('Https', {
  port: 443,
  protocol: elbv2.ApplicationProtocol.HTTPS,
  certificates: [elbv2.ListenerCertificate.fromArn(`arn:aws:acm:eu-west-1:${account}:certificate/x`)],
  sslPolicy: elbv2.SslPolicy.TLS13_RES,
  defaultTargetGroups: [targets],
});

const sockets = new elbv2.ApplicationTargetGroup(service, 'Sockets', { vpc, port: 3000, protocol: elbv2.ApplicationProtocol.HTTP, targetType: elbv2.TargetType.IP });
Protocols.of(sockets).server(Server.webSocket());
listener.addTargetGroups('Live', { priority: 1, conditions: [elbv2.ListenerCondition.pathPatterns(['/live/*'])], targetGroups: [sockets] });

const edge = new Stack(app, 'Edge', { env: { account, region: edgeRegion }, crossRegionReferences: true });
const origin = new origins.LoadBalancerV2Origin(alb, { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY });
const hostOnly = cloudfront.OriginRequestPolicy.fromOriginRequestPolicyId(edge, 'HostHeaderOnly', 'bf0718e1-ba1e-49d1-88b1-f726733018ae');
const distribution = new cloudfront.Distribution(edge, 'Cdn', {
  domainNames: ['app.example.com'],
  certificate,
  httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
  minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
  defaultBehavior: { origin, cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED, originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER },
  additionalBehaviors: {
    '/live/*': { origin, cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED, originRequestPolicy: fixed ? cloudfront.OriginRequestPolicy.ALL_VIEWER : hostOnly },
  },
});
Protocols.of(distribution).route({ path: '/live/*', speaks: [Protocol.WEBSOCKET] });

Validations.of(app).addPlugins(new HandshakeChecks(app, { serve: [Client.H2, Client.WSS] }));
