// Switches HTTP/2 on where it is off: on Application Load Balancers, and on distributions together with HTTP/3.
// Facts: ELB guide "Load balancer attributes" (routing.http2.enabled, true by default); CloudFront API reference HttpVersion
// (CloudFormation's default is http1.1; http3 does not include HTTP/2); "Viewer mTLS": no HTTP/3 beside it.

import { CfnResource, Mixin } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Everywhere } from './everywhere';
import { attributesOf, isAbsent, objectOf, propertiesOf, setAttributes } from '../../constructs/rendered';

const HTTP2_ENABLED = 'routing.http2.enabled';
const ATTRIBUTES = 'LoadBalancerAttributes';

/**
 * Repairs load balancers with HTTP/2 switched off and distributions without it, also those that are added after it was applied.
 *
 * @example
 * Mixins.of(app).apply(new Http2Mixin());
 */
export class Http2Mixin extends Mixin {
  private readonly everywhere = new Everywhere(repairHttp2);

  /**
   * Called by `Mixins.of(scope).apply(...)`.
   *
   * @param construct a construct
   */
  public applyTo(construct: IConstruct): void {
    this.everywhere.applyTo(construct);
  }
}

function repairHttp2(resource: CfnResource): void {
  switch (resource.cfnResourceType) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer': return balancer(resource);
    case 'AWS::CloudFront::Distribution': return distribution(resource);
  }
}

function balancer(resource: CfnResource): void {
  const attributes = attributesOf(propertiesOf(resource) ?? {}, ATTRIBUTES);
  if (String(attributes?.get(HTTP2_ENABLED)) === 'false') setAttributes(resource, ATTRIBUTES, { [HTTP2_ENABLED]: 'true' });
}

function distribution(resource: CfnResource): void {
  const properties = propertiesOf(resource);
  if (!properties || Object.keys(objectOf(properties.DistributionConfig)).length === 0) return;
  const { HttpVersion, ViewerMtlsConfig } = objectOf(properties.DistributionConfig);
  const without = isAbsent(HttpVersion) || (typeof HttpVersion === 'string' && ['http1.1', 'http3'].includes(HttpVersion.toLowerCase()));
  if (without) resource.addPropertyOverride('DistributionConfig.HttpVersion', isAbsent(ViewerMtlsConfig) ? 'http2and3' : 'http2');
}
