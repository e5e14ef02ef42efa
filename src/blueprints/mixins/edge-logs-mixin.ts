// Switches the logs on in which a refused client shows: access and connection logs of Application Load Balancers, standard logs
// of distributions, access logs of API stages. Existing settings stay. What the logs go to is made once per stack, with a fixed
// id, when the first one is needed.
// Facts: log-bucket.ts (delivery by Elastic Load Balancing); CloudFront guide "Configure standard logging (legacy)": the bucket
// needs ACLs, which CloudFront writes itself; "Standard logging (v2)": a delivery source names the distribution; api-access-log.ts.

import { CfnResource, Mixin, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { Everywhere } from './everywhere';
import { accessLogFormat } from '../../constructs/api-access-log';
import { allowDelivery, newLogBucket } from '../../constructs/log-bucket';
import { attributesOf, isAbsent, objectOf, Properties, propertiesOf, setAttributes } from '../../constructs/rendered';
import { newStageLog } from '../stage-log';

const ATTRIBUTES = 'LoadBalancerAttributes';

/**
 * Switches on the logs of load balancers, distributions and API stages that keep none, also of those that are added after it was
 * applied.
 *
 * They go to buckets and log groups of their own in each stack. REST and WebSocket APIs write with the CloudWatch role
 * that is set for API Gateway in the account and region; without one, their stages cannot be deployed with a log.
 *
 * @example
 * Mixins.of(app).apply(new EdgeLogsMixin());
 */
export class EdgeLogsMixin extends Mixin {
  private readonly everywhere = new Everywhere(repairLogs);

  /**
   * Called by `Mixins.of(scope).apply(...)`.
   *
   * @param construct a construct
   */
  public applyTo(construct: IConstruct): void {
    this.everywhere.applyTo(construct);
  }
}

type Repair = (resource: CfnResource, properties: Properties) => void;

const REPAIRS: Readonly<Record<string, Repair | undefined>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': balancer,
  'AWS::CloudFront::Distribution': distribution,
  'AWS::ApiGateway::Stage': (resource, properties) => stage(resource, properties, 'AccessLogSetting', 'rest'),
  'AWS::ApiGatewayV2::Stage': (resource, properties) => stage(resource, properties, 'AccessLogSettings', productOf(resource, properties)),
};

function repairLogs(resource: CfnResource): void {
  const repair = REPAIRS[resource.cfnResourceType];
  const properties = repair && propertiesOf(resource);
  if (properties) repair(resource, properties);
}

function balancer(resource: CfnResource, properties: Properties): void {
  const attributes = attributesOf(properties, ATTRIBUTES);
  const application = isAbsent(properties.Type) || properties.Type === 'application';
  if (!attributes || !application) return;
  const missing = ['access_logs', 'connection_logs'].filter((log) => {
    const enabled = attributes.get(`${log}.s3.enabled`);
    return isAbsent(enabled) || String(enabled) === 'false';
  });
  if (missing.length === 0) return;
  const bucket = once(resource, 'HandshakeBalancerLogs', (stack, id) => newLogBucket(stack, id));
  allowDelivery(resource, bucket, 'elb');
  const policy = bucket.policy?.node.defaultChild;
  if (CfnResource.isCfnResource(policy)) resource.addResourceDependency(policy);
  setAttributes(resource, ATTRIBUTES, Object.fromEntries(missing.flatMap((log) => [
    [`${log}.s3.enabled`, 'true'],
    [`${log}.s3.bucket`, bucket.bucketName],
  ])));
}

function distribution(resource: CfnResource, { DistributionConfig }: Properties): void {
  const config = objectOf(DistributionConfig);
  if (Object.keys(config).length === 0 || !isAbsent(config.Logging) || isDelivered(resource)) return;
  const objectOwnership = s3.ObjectOwnership.BUCKET_OWNER_PREFERRED;
  const bucket = once(resource, 'HandshakeDistributionLogs', (stack, id) => newLogBucket(stack, id, { objectOwnership }));
  resource.addPropertyOverride('DistributionConfig.Logging', { Bucket: bucket.bucketRegionalDomainName, Prefix: `${resource.logicalId}/` });
}

/** Whether standard logging v2 is set up for it. */
function isDelivered({ stack, logicalId }: CfnResource): boolean {
  const id = JSON.stringify(stack.resolve(logicalId));
  return stack.node.findAll().some((one) => CfnResource.isCfnResource(one) && one.cfnResourceType === 'AWS::Logs::DeliverySource' &&
    JSON.stringify(propertiesOf(one)?.ResourceArn ?? '').includes(id));
}

function stage(resource: CfnResource, properties: Properties, setting: string, product: 'rest' | 'http' | 'websocket'): void {
  if (!isAbsent(properties[setting])) return;
  const group = once(resource, 'HandshakeApiLogs', newStageLog);
  resource.addPropertyOverride(setting, { DestinationArn: group.logGroupArn, Format: accessLogFormat(product).toString() });
}

/** A WebSocket API when the API in the same stack says so. */
function productOf({ stack }: CfnResource, { ApiId }: Properties): 'http' | 'websocket' {
  const id = (ApiId as { Ref?: string } | undefined)?.Ref;
  const api = stack.node.findAll().find((one) => CfnResource.isCfnResource(one) && stack.resolve(one.logicalId) === id);
  return api && propertiesOf(api as CfnResource)?.ProtocolType === 'WEBSOCKET' ? 'websocket' : 'http';
}

function once<Made extends IConstruct>(resource: CfnResource, id: string, make: (stack: Stack, id: string) => Made): Made {
  return resource.stack.node.tryFindChild(id) as Made | undefined ?? make(resource.stack, id);
}
