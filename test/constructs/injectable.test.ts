// Every construct can be given defaults by a platform team, under the id that its class names, and keeps what its L2 can do.

import { App, InjectionContext, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { someCertificate, someVpc } from './accept';
import { EdgeDistribution, EdgeHttpApi, EdgeLoadBalancer, EdgeNetworkLoadBalancer, EdgeRestApi, EdgeService, EdgeWebSocketApi, EndpointCanary, EndpointGate, HandshakeMonitoring, HaproxySidecar, NginxSidecar, Server } from '../../src';

class Witness implements IPropertyInjector {
  public readonly seen: string[] = [];

  constructor(public readonly constructUniqueId: string) {}

  public inject(props: any, { id }: InjectionContext): any {
    this.seen.push(id);
    return props;
  }
}

function service(stack: Stack) {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('shop') });
  return new EdgeService(stack, 'It', { cluster: new ecs.Cluster(stack, 'Cluster', { vpc: someVpc(stack) }), taskDefinition, certificates: [someCertificate(stack)], http: { port: 80 } });
}

test.each<[{ PROPERTY_INJECTION_ID: string; name: string }, (stack: Stack) => unknown]>([
  [EdgeLoadBalancer, (s) => new EdgeLoadBalancer(s, 'It', { vpc: someVpc(s), certificates: [someCertificate(s)] })],
  [EdgeNetworkLoadBalancer, (s) => new EdgeNetworkLoadBalancer(s, 'It', { vpc: someVpc(s) })],
  [EdgeDistribution, (s) => new EdgeDistribution(s, 'It', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new s3.Bucket(s, 'B')) } })],
  [EdgeHttpApi, (s) => new EdgeHttpApi(s, 'It')],
  [EdgeRestApi, (s) => new EdgeRestApi(s, 'It').root.addMethod('GET')],
  [EdgeWebSocketApi, (s) => new EdgeWebSocketApi(s, 'It')],
  [EdgeService, service],
  [EndpointGate, (s) => new EndpointGate(s, 'It', { url: 'https://shop.example.com/' })],
  [EndpointCanary, (s) => new EndpointCanary(s, 'It', { url: 'https://shop.example.com/' })],
  [HandshakeMonitoring, (s) => new HandshakeMonitoring(s, 'It', { edge: new EdgeHttpApi(s, 'Api') })],
  [NginxSidecar, (s) => new NginxSidecar(s, 'It', { taskDefinition: new ecs.FargateTaskDefinition(s, 'Task'), server: Server.http1({ port: 8080 }) })],
  [HaproxySidecar, (s) => new HaproxySidecar(s, 'It', { taskDefinition: new ecs.FargateTaskDefinition(s, 'Task'), server: Server.http1({ port: 8080 }) })],
])('%p', (type, make) => {
  const witness = new Witness(type.PROPERTY_INJECTION_ID);
  const app = new App();
  PropertyInjectors.of(app).add(witness);
  make(new Stack(app, 'Test'));
  expect([type.PROPERTY_INJECTION_ID, witness.seen]).toEqual([`cdk-handshake.${type.name}`, ['It']]);
});

test('what exists already is taken in by the L2\'s own means, which the classes keep', () => {
  const stack = new Stack();
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef';
  const imported = EdgeLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Alb', { loadBalancerArn: arn, securityGroupId: 'sg-0123456789abcdef0', loadBalancerDnsName: 'shop.example.com' });
  expect(imported.loadBalancerArn).toBe(arn);
  expect(EdgeDistribution.fromDistributionAttributes(stack, 'Cdn', { domainName: 'd1.cloudfront.net', distributionId: 'E1' }).distributionId).toBe('E1');
  expect(new EdgeLoadBalancer(stack, 'It', { vpc: someVpc(stack), certificates: [someCertificate(stack)] })).toBeInstanceOf(elbv2.ApplicationLoadBalancer);
  expect(EdgeDistribution.prototype).toBeInstanceOf(cloudfront.Distribution);
});
