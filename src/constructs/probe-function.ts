// The Lambda function of gate and canary: the bundled probe of this package, with a log group of its own and the right to write to it,
// and nothing else. Not here: when it runs (endpoint-gate.ts, endpoint-canary.ts), what it does (probe/function.ts).
// Facts: Lambda guide, "Giving Lambda functions access to resources in an Amazon VPC" (network interfaces need `*`, which IAM cannot narrow).

import { existsSync } from 'fs';
import { join } from 'path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { Client } from '../declare/client';
import { defined } from '../declare/defined';

/**
 * What is tried, by EndpointGate and EndpointCanary.
 */
export interface EndpointProbeProps {
  /** The endpoint: `https://shop.example.com/`. */
  readonly url: string;

  /**
   * The clients that have to be served.
   *
   * @default - HTTP/1.1 and HTTP/2 callers with TLS 1.2 and 1.3, WebSocket and gRPC clients where a path is given; TLS 1.0 and 1.1 have to be turned away
   */
  readonly clients?: Client[];

  /**
   * The path where WebSocket connections are opened.
   *
   * @default - none is tried
   */
  readonly webSocketPath?: string;

  /**
   * The path of a gRPC method: `/shop.v1.Catalogue/List`.
   *
   * @default - none is tried
   */
  readonly grpcPath?: string;

  /**
   * Headers that every request has, `Name: value`. They stand in the template: no secrets.
   *
   * @default - none
   */
  readonly headers?: string[];

  /**
   * Name or address to connect to, if the name of the URL does not lead there yet.
   *
   * @default - the host of the URL
   */
  readonly address?: string;

  /**
   * Statuses that will do besides 2xx and 3xx: 401 where a login is asked for.
   *
   * @default - none
   */
  readonly accept?: number[];

  /**
   * The network that the function runs in, for endpoints inside it. It needs a way out to CloudFormation (a gate) and to the endpoint.
   *
   * @default - the internet
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets in that network.
   *
   * @default - private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the function.
   *
   * @default - one that lets everything out
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** The event of the function, as function.ts reads it. */
export function probeRequest({ url, clients, webSocketPath, grpcPath, headers, address, accept }: EndpointProbeProps): Record<string, unknown> {
  return defined({ url, clients: clients?.map(({ id }) => id), webSocket: webSocketPath, grpc: grpcPath, headers, address, accept });
}

const NETWORK_INTERFACES = [
  'CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses',
];

const CODE = join(__dirname, '..', '..', 'lib', 'probe', 'function');

export function newProbeFunction(scope: Construct, id: string, props: EndpointProbeProps, timeout: Duration): lambda.Function {
  const { vpc, vpcSubnets, securityGroups } = props;
  if (!existsSync(join(CODE, 'index.js'))) throw new Error('The bundled probe is missing (lib/probe/function/index.js). Run `npx projen compile`.');
  const logGroup = new logs.LogGroup(scope, `${id}Log`, { retention: logs.RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(scope, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }));
  if (vpc) {
    role.addToPolicy(new iam.PolicyStatement({ actions: NETWORK_INTERFACES.map((name) => `ec2:${name}`), resources: ['*'] }));
  }
  const streams = 'Log streams of the one log group of this function; their names are given by Lambda.';
  const interfaces = ' Network interfaces of a function in a VPC: IAM knows no narrower resource for these actions.';
  acknowledge(role, { 'AwsSolutions-IAM5': `${streams}${vpc ? interfaces : ''}`, ...(vpc ? { 'AwsSolutions-IAM5[Resource::*]': interfaces.trim() } : {}) });
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(CODE),
    timeout,
    memorySize: 256,
    architecture: lambda.Architecture.ARM_64,
    logGroup,
    role,
    vpc,
    vpcSubnets,
    securityGroups,
  });
}
