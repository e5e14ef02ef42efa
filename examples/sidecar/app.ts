// Prices over WebSocket: a Node.js `ws` server with an nginx sidecar in front of it, behind a load balancer. `context sidecar=own` takes
// the nginx of nginx.conf, which drops the handshake; without it NginxSidecar writes the configuration. The rest is the same.

import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Client, EdgeLoadBalancer, HandshakeChecks, NginxSidecar, Protocols, Server } from 'cdk-handshake';

const app = new App();
const stack = new Stack(app, 'Prices');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
const image = (name: string) => ecs.ContainerImage.fromRegistry(`public.ecr.aws/docker/library/${name}`);
taskDefinition.addContainer('App', { image: image('node:22'), portMappings: [{ containerPort: 8080 }] });

// What listens on port 8080: new WebSocketServer({ port: 8080 }), which answers 426 to anything but a handshake.
const server = Server.nodeWs({ port: 8080, pingInterval: Duration.seconds(30) });

if (app.node.tryGetContext('sidecar') === 'own') {
  taskDefinition.addContainer('Proxy', { image: image('nginx:1.28-alpine'), portMappings: [{ containerPort: 80 }] });
  Protocols.of(taskDefinition).server(Server.nginxConfig('nginx.conf', { version: '1.28', server, port: 80 }));
} else {
  new NginxSidecar(stack, 'Proxy', { taskDefinition, server });
}

const service = new ecs.FargateService(stack, 'Service', {
  cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
  taskDefinition,
  minHealthyPercent: 100,
  circuitBreaker: { rollback: true },
});
const edge = new EdgeLoadBalancer(stack, 'Edge', {
  vpc,
  certificates: [Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d-1234-1234-1234-123456789012')],
});
edge.addWebSocketTargets('Prices', {
  targets: [service.loadBalancerTarget({ containerName: 'Proxy', containerPort: 80 })],
  paths: ['/*'],
  server: Server.nodeWs({ port: 80 }),
});

Validations.of(app).addPlugins(new HandshakeChecks(app, { serve: [Client.WSS] }));
