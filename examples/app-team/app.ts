// What an app team writes: a service with HTTP, WebSocket and gRPC behind CloudFront, and two APIs. Accepted by the checks, by
// cdk-nag's AwsSolutionsChecks and by the CDK's own validation (as errors: see cdk.json).

import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration, WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { FlowLogDestination, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, ContainerInsights, FargateTaskDefinition, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Client, EdgeHttpApi, EdgeService, EdgeWebSocketApi, HandshakeChecks, Server } from 'cdk-handshake';

const app = new App();
const stack = new Stack(app, 'Shop');
const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d-1234-1234-1234-123456789012');
const viewerCertificate = Certificate.fromCertificateArn(stack, 'ViewerCertificate', 'arn:aws:acm:us-east-1:111122223333:certificate/5a9b8c7d-1234-1234-1234-123456789013');

const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, flowLogs: { all: { destination: FlowLogDestination.toCloudWatchLogs() } } });
const cluster = new Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENABLED });
const taskDefinition = new FargateTaskDefinition(stack, 'Task');
taskDefinition.addContainer('shop', { image: ContainerImage.fromRegistry('shop'), logging: LogDriver.awsLogs({ streamPrefix: 'shop' }) });

// CloudFront -> VPC origin -> internal load balancer -> containers.
new EdgeService(stack, 'Web', {
  cluster,
  taskDefinition,
  certificates: [certificate],
  http: { port: 8080 },
  webSocket: { port: 8081, paths: ['/chat/*'], server: Server.nodeWs({ pingInterval: Duration.seconds(25) }) },
  grpc: { port: 50051 },
  distribution: { domainNames: ['shop.example.com'], certificate: viewerCertificate },
});

const api = new EdgeHttpApi(stack, 'Api', { domain: { name: 'api.example.com', certificate } });
api.addRoutes({ path: '/orders', integration: new HttpUrlIntegration('Orders', 'https://orders.example.net'), authorizer: new HttpIamAuthorizer() });

new EdgeWebSocketApi(stack, 'Live', {
  domain: { name: 'live.example.com', certificate },
  defaultRouteOptions: { integration: new WebSocketMockIntegration('Echo') },
});

const serve = [Client.HTTP_1_1, Client.H2, Client.H3, Client.WSS, Client.WSS_BROWSER, Client.GRPC, Client.TLS_1_2_ONLY, Client.TLS_1_3_ONLY];
Validations.of(app).addPlugins(new HandshakeChecks(app, { serve }), new AwsSolutionsChecks(app));
