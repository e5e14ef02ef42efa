// Logs of load balancers in S3: those that are kept already, or else new ones. Where access logs and connection logs are, is told apart,
// because they may go to two buckets.
// Facts: log-bucket.ts; ELB guide "Access logs for your Application Load Balancer", "Connection logs", "Access logs for your Network Load
// Balancer" (written for TLS listeners only); the folders of a day: prefix/AWSLogs/account/elasticloadbalancing/region/yyyy/mm/dd.

import { CfnResource, Token } from 'aws-cdk-lib';
import { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { namedIn } from './named-in';
import { allowDelivery, newLogBucket } from '../constructs/log-bucket';
import { attributesOf, propertiesOf, setAttributes } from '../constructs/rendered';

/** Where to write what is not written yet. */
export interface LogPlace {
  readonly bucket?: IBucket;
  readonly prefix?: string;
}

/** Where logs are: `s3://bucket/folder`, without a slash at the end. */
export type Location = string;

type Log = 'access_logs' | 'connection_logs';

const ATTRIBUTES = 'LoadBalancerAttributes';

/** The locations of the logs; undefined for one whose bucket is not known at synth. The bucket is the one that new logs go to. */
export interface BalancerLogs {
  readonly bucket?: IBucket;
  readonly locations: Readonly<Partial<Record<Log, Location>>>;
}

/** Switches on what is missing. */
export function balancerLogs(scope: Construct, balancer: CfnResource, logs: readonly Log[], place: LogPlace): BalancerLogs {
  const attributes = attributesOf(propertiesOf(balancer) ?? {}, ATTRIBUTES) ?? new Map<string, unknown>();
  const missing = logs.filter((log) => String(attributes.get(`${log}.s3.enabled`)) !== 'true');
  const bucket = missing.length === 0 ? undefined : place.bucket ?? newLogBucket(scope, 'Logs');
  if (bucket) deliver(balancer, bucket, missing, logs.includes('connection_logs') ? 'elb' : 'delivery', place.prefix);
  return {
    bucket,
    locations: Object.fromEntries(logs.map((log) => [
      log,
      bucket && missing.includes(log) ? locationOf(balancer, bucket.bucketName, place.prefix) : existing(balancer, log, attributes),
    ])),
  };
}

function deliver(balancer: CfnResource, bucket: IBucket, missing: readonly Log[], by: 'elb' | 'delivery', prefix?: string): void {
  allowDelivery(balancer, bucket, by, prefix);
  const policy = bucket.policy?.node.defaultChild;
  if (CfnResource.isCfnResource(policy)) balancer.addResourceDependency(policy);
  setAttributes(balancer, ATTRIBUTES, Object.fromEntries(missing.flatMap((log) => [
    [`${log}.s3.enabled`, 'true'],
    [`${log}.s3.bucket`, bucket.bucketName],
    ...(prefix ? [[`${log}.s3.prefix`, prefix]] : []),
  ])));
}

function existing(balancer: CfnResource, log: Log, attributes: ReadonlyMap<string, unknown>): Location | undefined {
  const name = bucketName(attributes.get(`${log}.s3.bucket`), balancer);
  const prefix = attributes.get(`${log}.s3.prefix`);
  return name && locationOf(balancer, name, prefix === undefined ? undefined : Token.asString(prefix));
}

/** The name of a bucket as written, or that of the bucket that is meant. */
export function bucketName(written: unknown, user: CfnResource): string | undefined {
  if (typeof written === 'string') return written;
  return (namedIn(written, 'AWS::S3::Bucket', user) as CfnBucket | undefined)?.ref;
}

function locationOf({ stack }: CfnResource, bucket: string, prefix?: string): Location {
  return `s3://${bucket}/${prefix ? `${prefix}/` : ''}AWSLogs/${stack.account}/elasticloadbalancing/${stack.region}`;
}
