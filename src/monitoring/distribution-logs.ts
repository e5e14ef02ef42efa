// Standard logs of a distribution in S3: those that are kept already, or else new ones. In us-east-1 new ones are of version 2, with a
// folder for each day; that kind of delivery can be made nowhere else, so that elsewhere, and where the region is not known, they are of
// the legacy kind, whose files are all in one folder.
// Facts: CloudFront guide "Configure standard logging (v2)" (CloudWatch Logs API in us-east-1; W3C format; partitions in the suffix path),
// "Configure standard logging (legacy)" (the bucket needs ACLs), CloudFormation AWS::Logs::DeliverySource, DeliveryDestination, Delivery.

import { CfnResource, Names, Tokenization } from 'aws-cdk-lib';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketName, Location, LogPlace } from './balancer-logs';
import { acknowledge } from '../constructs/acknowledge';
import { allowDelivery, newLogBucket } from '../constructs/log-bucket';
import { objectOf, propertiesOf } from '../constructs/rendered';
import { STANDARD_FIELDS } from '../logs/cloudfront';

export interface DistributionLogs {
  /** The one that new logs go to. */
  readonly bucket?: s3.IBucket;
  /** Undefined where the bucket is not known at synth. */
  readonly location?: Location;
  /** Whether there is a folder for each day. */
  readonly byDay: boolean;
}

const HOME = 'us-east-1';

/** Switches logs on if they are missing. */
export function distributionLogs(scope: Construct, distribution: CfnResource, place: LogPlace): DistributionLogs {
  const { Logging: logging } = objectOf(propertiesOf(distribution)?.DistributionConfig);
  if (logging !== undefined) return { location: existing(distribution, objectOf(logging)), byDay: false };
  if (isDelivered(distribution)) return { byDay: true };
  return distribution.stack.region === HOME ? deliver(scope, distribution, place) : writeLegacy(scope, distribution, place);
}

function existing(distribution: CfnResource, { Bucket, Prefix }: Readonly<Record<string, unknown>>): Location | undefined {
  const name = bucketName(Bucket, distribution)?.replace(/\.s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$/, '');
  return name && `s3://${name}${typeof Prefix === 'string' && Prefix !== '' ? `/${Prefix.replace(/\/$/, '')}` : ''}`;
}

/** Whether standard logging of version 2 is set up for it by others. */
function isDelivered({ stack, logicalId }: CfnResource): boolean {
  const id = JSON.stringify(stack.resolve(logicalId));
  return stack.node.findAll().some((one) => CfnResource.isCfnResource(one) && one.cfnResourceType === 'AWS::Logs::DeliverySource' &&
    JSON.stringify(propertiesOf(one)?.ResourceArn ?? '').includes(id));
}

function writeLegacy(scope: Construct, distribution: CfnResource, { bucket: given, prefix = 'cloudfront' }: LogPlace): DistributionLogs {
  const bucket = given ?? newLogBucket(scope, 'Logs', { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED });
  write(distribution, bucket.bucketRegionalDomainName, `${prefix}/`);
  return { bucket, location: `s3://${bucket.bucketName}/${prefix}`, byDay: false };
}

/** As a property of the L1 where that can be, since other checks look there and not at overrides. */
function write(distribution: CfnResource, bucket: string, prefix: string): void {
  if (distribution instanceof CfnDistribution && !Tokenization.isResolvable(distribution.distributionConfig)) {
    distribution.distributionConfig = { ...distribution.distributionConfig, logging: { bucket, prefix } };
  } else {
    distribution.addPropertyOverride('DistributionConfig.Logging', { Bucket: bucket, Prefix: prefix });
  }
}

function deliver(scope: Construct, distribution: CfnResource, { bucket: given, prefix }: LogPlace): DistributionLogs {
  const { stack } = distribution;
  const bucket = given ?? newLogBucket(scope, 'Logs');
  const folder = `${prefix ? `${prefix}/` : ''}AWSLogs/${stack.account}/CloudFront/${distribution.ref}`;
  const name = Names.uniqueResourceName(scope, { maxLength: 60 });
  const resourceArn = stack.formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: distribution.ref });
  const source = new logs.CfnDeliverySource(scope, 'LogSource', { name, logType: 'ACCESS_LOGS', resourceArn });
  const destination = new logs.CfnDeliveryDestination(scope, 'LogDestination', { name, destinationResourceArn: bucket.bucketArn, outputFormat: 'w3c' });
  const delivery = new logs.CfnDelivery(scope, 'LogDelivery', {
    deliverySourceName: source.ref,
    deliveryDestinationArn: destination.attrArn,
    recordFields: [...STANDARD_FIELDS],
    fieldDelimiter: '\t',
    s3SuffixPath: `${folder}/{yyyy}/{MM}/{dd}`,
  });
  allowDelivery(delivery, bucket, 'delivery', prefix);
  if (bucket.policy) delivery.node.addDependency(bucket.policy);
  acknowledge(distribution, { 'AwsSolutions-CFR3': 'Standard logs of version 2 are delivered; this rule knows the legacy kind only.' });
  return { bucket, location: `s3://${bucket.bucketName}/${folder}`, byDay: true };
}
