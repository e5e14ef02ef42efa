// The app that the benchmark checks: stacks of at most 500 resources in the mix of a real service landscape. Each product
// has a load balancer with rules and target groups, services behind it, and the roles, buckets, functions and logs around
// them; log groups fill up to the exact number. It is sound on purpose, except for one target group in each stack:
// a report of nothing would be cheaper than real ones.
// Not here: what is measured (measure.ts), how it is printed (validate.ts).

import { App, Aws, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ManagedPolicy, ServicePrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Protocol, Protocols, Server } from '../../src';

export const RESOURCES_PER_STACK = 500;

/** An app with exactly so many resources, with the metadata that the CDK CLI asks for. */
export function appOf(resources: number, outdir: string): App {
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    context: { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true },
  });
  for (let left = resources, number = 1; left > 0; left -= RESOURCES_PER_STACK, number++) {
    fill(new Stack(app, `Products${number}`, { env: { account: '111122223333', region: 'eu-west-1' } }), Math.min(left, RESOURCES_PER_STACK));
  }
  return app;
}

/** Resources that a Product of this size has: an upper bound, kept by `fill`. */
const PRODUCT = 240;

function fill(stack: Stack, resources: number): void {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
    publicSubnetIds: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
  });
  const products = Math.floor(resources / PRODUCT);
  if (products === 0) new Balancer(stack, 'Product1', vpc, true);
  for (let number = 1; number <= products; number++) new Product(stack, `Product${number}`, vpc, number === 1);
  const missing = resources - sizeOf(stack);
  if (missing < 0) throw new Error(`the benchmark's ${stack.node.id} has ${-missing} resources more than the ${resources} it should have`);
  for (let number = 1; number <= missing; number++) new LogGroup(stack, `Archive${number}`);
}

function sizeOf(scope: Construct): number {
  return scope.node.findAll().filter((construct) => CfnResource.isCfnResource(construct)).length;
}

/** A load balancer with its services, and what surrounds them in an account. */
class Product extends Construct {
  constructor(scope: Construct, id: string, vpc: ReturnType<typeof Vpc.fromVpcAttributes>, flawed: boolean) {
    super(scope, id);
    const { groups } = new Balancer(this, 'Entry', vpc, flawed);
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc });
    groups.forEach((group, index) => this.service(cluster, `Service${index + 1}`, group));
    for (let number = 1; number <= 20; number++) this.worker(`Worker${number}`);
    for (let number = 1; number <= 22; number++) this.bucket(`Bucket${number}`);
  }

  private service(cluster: ecs.Cluster, id: string, group: elbv2.ApplicationTargetGroup): void {
    const definition = new ecs.FargateTaskDefinition(this, `${id}Task`, { cpu: 512, memoryLimitMiB: 1024 });
    const container = definition.addContainer('app', {
      image: ecs.ContainerImage.fromRegistry(`${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.amazonaws.com/${id.toLowerCase()}`),
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: id, logGroup: new LogGroup(this, `${id}Logs`) }),
      environment: { STAGE: 'production', UPSTREAM: 'http://catalogue:8080' },
    });
    container.addPortMappings({ containerPort: 8080 });
    const service = new ecs.FargateService(this, id, { cluster, taskDefinition: definition, desiredCount: 3 });
    service.attachToApplicationTargetGroup(group);
    definition.taskRole.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AWSXRayDaemonWriteAccess'));
  }

  private worker(id: string): void {
    const jobs = new Queue(this, `${id}Jobs`, { visibilityTimeout: Duration.minutes(5), enforceSSL: true });
    const role = new Role(this, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const code = Code.fromInline('exports.handler = async () => 1;');
    const worker = new LambdaFunction(this, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code, role });
    worker.addEnvironment('JOBS', jobs.queueUrl);
    jobs.grantConsumeMessages(worker);
  }

  private bucket(id: string): void {
    const blockPublicAccess = BlockPublicAccess.BLOCK_ALL;
    new Bucket(this, id, { encryption: BucketEncryption.S3_MANAGED, blockPublicAccess, enforceSSL: true, versioned: true });
  }
}

/** One load balancer: HTTP redirected, HTTPS with six rules and a default; pages, gRPC and WebSocket behind it. */
class Balancer extends Construct {
  public readonly groups: elbv2.ApplicationTargetGroup[] = [];

  constructor(scope: Construct, id: string, private readonly vpc: ReturnType<typeof Vpc.fromVpcAttributes>, flawed: boolean) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', { vpc });
    securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(443));
    const balancer = new elbv2.ApplicationLoadBalancer(this, 'Alb', { vpc, internetFacing: true, securityGroup, idleTimeout: Duration.minutes(5) });
    balancer.setAttribute('access_logs.s3.enabled', 'true');
    balancer.setAttribute('access_logs.s3.bucket', 'central-logs');
    balancer.addListener('Http', { port: 80, defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }) });
    const listener = balancer.addListener('Https', {
      port: 443,
      certificates: [Certificate.fromCertificateArn(this, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/5a9b8c7d')],
      sslPolicy: elbv2.SslPolicy.TLS13_RES,
      defaultTargetGroups: [this.group('Pages')],
    });
    const { HTTP1, HTTP2, GRPC } = elbv2.ApplicationProtocolVersion;
    const route = (name: string, priority: number, condition: elbv2.ListenerCondition, version = HTTP1, server?: Server) => {
      const target = this.group(name, version);
      if (server) Protocols.of(target).server(server);
      return new elbv2.ApplicationListenerRule(this, `${name}Rule`, { listener, priority, conditions: [condition], targetGroups: [target] });
    };
    const { pathPatterns, hostHeaders, httpHeader } = elbv2.ListenerCondition;
    route('Rpc', 1, httpHeader('content-type', ['application/grpc*']), GRPC, Server.grpc());
    const live = route('Live', 2, pathPatterns(['/live/*', '/ws/*']), HTTP1, Server.webSocket({ pingInterval: Duration.seconds(30) }));
    Protocols.of(live).route({ path: '/live/*', speaks: [Protocol.WEBSOCKET] });
    route('Api', 3, hostHeaders(['api.example.com']), HTTP1, Server.http1());
    route('Reports', 4, pathPatterns(['/reports/*']), flawed ? HTTP2 : HTTP1);
    route('Admin', 5, pathPatterns(['/admin', '/admin/*']));
    route('Assets', 6, pathPatterns(['/assets/*']));
  }

  private group(name: string, protocolVersion?: elbv2.ApplicationProtocolVersion): elbv2.ApplicationTargetGroup {
    const isGrpc = protocolVersion === elbv2.ApplicationProtocolVersion.GRPC;
    const group = new elbv2.ApplicationTargetGroup(this, name, {
      vpc: this.vpc,
      targetType: elbv2.TargetType.IP,
      port: 8080,
      protocol: elbv2.ApplicationProtocol.HTTP,
      protocolVersion,
      healthCheck: isGrpc ? { path: '/grpc.health.v1.Health/Check', healthyGrpcCodes: '0' } : { path: '/healthz', healthyHttpCodes: '200' },
    });
    this.groups.push(group);
    return group;
  }
}
