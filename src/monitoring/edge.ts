// What is monitored: told by the resource that a construct has, so that L1 and L2 constructs and those of this package are all known.
// Of an API it is the stage, which writes the log.
// Not here: what is made for it (handshake-monitoring.ts).

import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { propertiesOf } from '../constructs/rendered';

export type EdgeKind = 'alb' | 'nlb' | 'distribution' | ApiProduct;

export type ApiProduct = 'rest' | 'http' | 'websocket';

export interface Edge {
  readonly kind: EdgeKind;
  /** The load balancer, the distribution, or the stage of an API. */
  readonly resource: CfnResource;
}

const TAKEN = 'It takes an Application or Network Load Balancer, a CloudFront distribution, or a REST, HTTP or WebSocket API or its stage, made in this app.';

const STAGES = {
  'AWS::ApiGateway::RestApi': { type: 'AWS::ApiGateway::Stage', api: 'RestApiId' },
  'AWS::ApiGatewayV2::Api': { type: 'AWS::ApiGatewayV2::Stage', api: 'ApiId' },
} as const;

/** What a construct is; an error for anything else. */
export function edgeOf(construct: IConstruct): Edge {
  const who = `HandshakeMonitoring of '${construct.node.path}'`;
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${who}: there is no resource behind it, as with constructs that are looked up or imported. ${TAKEN}`);
  switch (resource.cfnResourceType) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer': return { kind: balancerKind(who, resource), resource };
    case 'AWS::CloudFront::Distribution': return { kind: 'distribution', resource };
    case 'AWS::ApiGateway::RestApi':
    case 'AWS::ApiGatewayV2::Api': return edgeOfStage(who, stageOf(who, resource, STAGES[resource.cfnResourceType]));
    case 'AWS::ApiGateway::Stage':
    case 'AWS::ApiGatewayV2::Stage': return edgeOfStage(who, resource);
    default: throw new Error(`${who}: it is an ${resource.cfnResourceType}. ${TAKEN}`);
  }
}

function balancerKind(who: string, resource: CfnResource): EdgeKind {
  const { Type: type = 'application' } = propertiesOf(resource) ?? {};
  if (type === 'application') return 'alb';
  if (type === 'network') return 'nlb';
  throw new Error(`${who}: its load balancer is of type ${JSON.stringify(type)}. ${TAKEN}`);
}

function stageOf(who: string, api: CfnResource, { type, api: property }: (typeof STAGES)[keyof typeof STAGES]): CfnResource {
  const id = api.stack.resolve(api.ref);
  const stages = api.stack.node.findAll().filter((one): one is CfnResource =>
    CfnResource.isCfnResource(one) && one.cfnResourceType === type && JSON.stringify(propertiesOf(one)?.[property]) === JSON.stringify(id));
  if (stages.length === 1) return stages[0];
  if (stages.length === 0) throw new Error(`${who}: the API has no stage in its stack yet. Make the stage first, then the monitoring.`);
  throw new Error(`${who}: the API has ${stages.length} stages (${stages.map(({ node }) => node.path).join(', ')}), and each writes a log of its own. Name the one to monitor.`);
}

function edgeOfStage(who: string, resource: CfnResource): Edge {
  return { kind: resource.cfnResourceType === 'AWS::ApiGateway::Stage' ? 'rest' : productOf(who, resource), resource };
}

function productOf(who: string, stage: CfnResource): ApiProduct {
  const id = JSON.stringify(propertiesOf(stage)?.ApiId);
  const api = stage.stack.node.findAll().find((one): one is CfnResource =>
    CfnResource.isCfnResource(one) && one.cfnResourceType === 'AWS::ApiGatewayV2::Api' && JSON.stringify(stage.stack.resolve(one.ref)) === id);
  if (!api) throw new Error(`${who}: the API of this stage is not in its stack, and only there is written whether it is an HTTP or a WebSocket API. Make both in one stack.`);
  return propertiesOf(api)?.ProtocolType === 'WEBSOCKET' ? 'websocket' : 'http';
}
