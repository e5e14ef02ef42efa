// The bucket that edges write their logs to when the user names none, and the policy by which Elastic Load Balancing may.
// Not the L2's `logAccessLogs`: it needs a region at synth, and grants more than the documented policy asks for.
// Facts: ELB guide, "Access logs for your Application Load Balancer", bucket policy with the service principal
// logdelivery.elasticloadbalancing.amazonaws.com for all regions, SSE-S3 only
// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html, .../enable-connection-logging.html).

import { ArnFormat, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';

/** A bucket for logs: encrypted, private, kept for a year and when the stack goes. */
export function newLogBucket(scope: Construct, id: string, props: Partial<s3.BucketProps> = {}): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: Duration.days(365), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy: RemovalPolicy.RETAIN,
    ...props,
  });
  acknowledge(bucket, { 'AwsSolutions-S1': 'This bucket holds access logs; logging access to it would only make more of them.' });
  return bucket;
}

/** Lets an ALB (`elb`) or NLB (`delivery`) write below AWSLogs/<account>/ and nothing else, and makes the balancer wait for that. */
export function allowDelivery(balancer: IConstruct, bucket: s3.IBucket, by: 'elb' | 'delivery', prefix?: string): void {
  const stack = Stack.of(balancer);
  const resources = [bucket.arnForObjects(`${prefix ? `${prefix}/` : ''}AWSLogs/${stack.account}/*`)];
  if (by === 'elb') {
    const source = stack.formatArn({ service: 'elasticloadbalancing', resource: 'loadbalancer', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'LoadBalancerLogs',
      actions: ['s3:PutObject'],
      principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
      resources,
      conditions: { ArnLike: { 'aws:SourceArn': source } },
    }));
  } else {
    const conditions = { StringEquals: { 'aws:SourceAccount': stack.account } };
    const principals = [new iam.ServicePrincipal('delivery.logs.amazonaws.com')];
    bucket.addToResourcePolicy(new iam.PolicyStatement({ sid: 'LogDeliveryWrite', actions: ['s3:PutObject'], principals, resources, conditions }));
    bucket.addToResourcePolicy(new iam.PolicyStatement({ sid: 'LogDeliveryAclCheck', actions: ['s3:GetBucketAcl'], principals, resources: [bucket.bucketArn], conditions }));
  }
  const policy = bucket.policy?.node.defaultChild;
  const resource = balancer.node.defaultChild;
  if (CfnResource.isCfnResource(policy) && CfnResource.isCfnResource(resource)) resource.addResourceDependency(policy);
}
