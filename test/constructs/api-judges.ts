// What the tests of the three API constructs share: every rule that speaks up, remarks included; what an app adds by itself, so that
// cdk-nag has nothing to say about what is not the construct's business.

import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone, IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { FLAGS, PROMISED, someCertificate } from './accept';
import { HandshakeChecks } from '../../src';
import { EdgeApiDomain } from '../../src/constructs/api-domain';

export const HERE = { account: '111122223333', region: 'eu-west-1' };

/** As in an app of before the flags. */
export const WITHOUT_FLAGS = { context: Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, undefined])) };

/** The ids of all findings, remarks as well, without `Handshake-`. */
export function ruleIds(build: (stack: Stack) => void): string[] {
  const stack = new Stack(new App(), 'Test');
  build(stack);
  const { violations } = new HandshakeChecks(undefined, { serve: PROMISED }).validateScope(stack);
  return [...new Set(violations.map(({ ruleName }) => ruleName.replace('Handshake-', '')))].sort();
}

/** The template of what is built. */
export function templateOf(build: (stack: Stack) => void, env = {}): Template {
  const stack = new Stack(new App(), 'Test', env);
  build(stack);
  return Template.fromStack(stack);
}

/** The CloudFormation resource of a type below a construct. */
export function resourceOf(construct: IConstruct, type: string): CfnResource {
  const resources = construct.node.findAll().filter((child) => CfnResource.isCfnResource(child));
  const found = resources.find(({ cfnResourceType }) => cfnResourceType === type);
  if (!found) throw new Error(`no ${type} below ${construct.node.path}`);
  return found;
}

/** A certificate, the same whenever it is asked for. */
export function aCertificate(stack: Stack, region = 'eu-west-1'): ICertificate {
  return (stack.node.tryFindChild(`Certificate-${region}`) as unknown as ICertificate | undefined) ?? someCertificate(stack, region);
}

export function someZone(stack: Stack): IHostedZone {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
}

export function someDomain(stack: Stack, more: Partial<EdgeApiDomain> = {}, region?: string): EdgeApiDomain {
  return { name: 'api.example.com', certificate: aCertificate(stack, region), ...more };
}

export function someTrustStore(stack: Stack) {
  return { bucket: Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'clients.pem' };
}

/** Fields of an access log. */
export function formatWith(...variables: string[]) {
  return Match.serializedJson(Match.objectLike(Object.fromEntries(variables.map((name) => [name.split('=')[0], `$context.${name.split('=')[1]}`]))));
}

/** What it says when it refuses. */
export function thrownBy(build: () => unknown): string {
  try {
    build();
    return 'nothing was thrown';
  } catch (error) {
    return (error as Error).message;
  }
}
