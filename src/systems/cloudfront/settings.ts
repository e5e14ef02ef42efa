// The settings of CloudFront distributions as the templates give them: behaviors in order, origins, viewer certificate.
// Values stay values; a walk settles them. Not here: what they do.
// Facts: AWS::CloudFront::Distribution resource reference; CloudFormation's defaults differ from CDK's and the console's.

import { asText, declarations, Declarations, get, Guard, items, keyOf, pick, Resource, Templates, Value } from '../../template';
import { reasonOf } from '../walk';

export interface Distribution {
  readonly resource: Resource;
  readonly httpVersion: Value;
  readonly certificate: { readonly present: Value; readonly byDefault: Value; readonly minimum: Value; readonly support: Value };
  readonly aliases: Value;
  /** In the order in which they are tried; the default behavior comes last. */
  readonly behaviors: readonly Behavior[];
  readonly origins: readonly Origin[];
  /** Ids of origin groups with the id of their first member. */
  readonly groups: ReadonlyMap<string, string>;
  readonly errorResponses: Value;
  readonly mutualTls: Value;
  readonly logging: Value;
  readonly declared: Declarations;
}

export interface Behavior {
  /** Undefined: the default behavior. */
  readonly pattern?: string;
  /** Why the pattern is not known; it then only fits what is written in the same way. */
  readonly hidden?: string;
  readonly when?: Guard;
  readonly originId: string;
  readonly viewerProtocol: Value;
  readonly methods: Value;
  readonly cachePolicy: Value;
  readonly originRequestPolicy: Value;
  readonly forwarded: Value;
  readonly grpc: Value;
  readonly lambdas: Value;
  readonly functions: Value;
  /** Path to the behavior from the resource down. */
  readonly property: string;
}

export interface Origin {
  readonly id: string;
  readonly domain: Value;
  readonly path: Value;
  readonly custom: Value;
  readonly s3: Value;
  readonly vpc: Value;
  readonly shield: Value;
  readonly property: string;
  /** Where scheme, ports and TLS versions are set: in the distribution, or in the VPC origin. */
  readonly setAt: { readonly resource: Resource; readonly property: string };
}

const CONFIG = 'Properties.DistributionConfig';

export function readDistributions(templates: Templates): Distribution[] {
  return templates.all('AWS::CloudFront::Distribution').map(readDistribution);
}

function readDistribution(resource: Resource): Distribution {
  const config = get(resource, 'DistributionConfig');
  const certificate = pick(config, 'ViewerCertificate');
  const ordered = items(pick(config, 'CacheBehaviors'));
  return {
    resource,
    httpVersion: pick(config, 'HttpVersion'),
    certificate: {
      present: certificate,
      byDefault: pick(certificate, 'CloudFrontDefaultCertificate'),
      minimum: pick(certificate, 'MinimumProtocolVersion'),
      support: pick(certificate, 'SslSupportMethod'),
    },
    aliases: pick(config, 'Aliases'),
    behaviors: [
      ...ordered.map(({ value, when }, index) => readBehavior(value, `${CONFIG}.CacheBehaviors.${index}`, when)),
      readBehavior(pick(config, 'DefaultCacheBehavior'), `${CONFIG}.DefaultCacheBehavior`),
    ],
    origins: items(pick(config, 'Origins')).map(({ value }, index) => readOrigin(resource, value, `${CONFIG}.Origins.${index}`)),
    groups: new Map(
      items(pick(pick(config, 'OriginGroups'), 'Items')).map(({ value }) => {
        const [first] = items(pick(pick(value, 'Members'), 'Items'));
        return [keyOf(pick(value, 'Id')), first ? keyOf(pick(first.value, 'OriginId')) : ''];
      }),
    ),
    errorResponses: pick(config, 'CustomErrorResponses'),
    mutualTls: pick(pick(config, 'ViewerMtlsConfig'), 'Mode'),
    logging: pick(config, 'Logging'),
    declared: declarations(resource),
  };
}

function readBehavior(value: Value, property: string, when?: Guard): Behavior {
  const pattern = pick(value, 'PathPattern');
  return {
    pattern: pattern.kind === 'absent' ? undefined : rooted(asText(pattern) ?? keyOf(pattern)),
    ...(pattern.kind === 'absent' || asText(pattern) !== undefined ? {} : { hidden: `the PathPattern of ${property} is not known: ${reasonOf(pattern)}` }),
    when,
    originId: keyOf(pick(value, 'TargetOriginId')),
    viewerProtocol: pick(value, 'ViewerProtocolPolicy'),
    methods: pick(value, 'AllowedMethods'),
    cachePolicy: pick(value, 'CachePolicyId'),
    originRequestPolicy: pick(value, 'OriginRequestPolicyId'),
    forwarded: pick(value, 'ForwardedValues'),
    grpc: pick(pick(value, 'GrpcConfig'), 'Enabled'),
    lambdas: pick(value, 'LambdaFunctionAssociations'),
    functions: pick(value, 'FunctionAssociations'),
    property,
  };
}

/** "images/*" and "/images/*" are the same pattern (CloudFront guide, "Path pattern"). */
function rooted(pattern: string): string {
  return pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
}

function readOrigin(distribution: Resource, value: Value, property: string): Origin {
  const vpc = pick(pick(value, 'VpcOriginConfig'), 'VpcOriginId');
  const vpcOrigin = vpc.kind === 'reference' && vpc.resource.type === 'AWS::CloudFront::VpcOrigin' ? vpc.resource : undefined;
  return {
    id: keyOf(pick(value, 'Id')),
    domain: pick(value, 'DomainName'),
    path: pick(value, 'OriginPath'),
    custom: vpcOrigin ? get(vpcOrigin, 'VpcOriginEndpointConfig') : pick(value, 'CustomOriginConfig'),
    s3: pick(value, 'S3OriginConfig'),
    vpc,
    shield: pick(pick(value, 'OriginShield'), 'Enabled'),
    property,
    setAt: vpcOrigin
      ? { resource: vpcOrigin, property: 'Properties.VpcOriginEndpointConfig' }
      : { resource: distribution, property: `${property}.CustomOriginConfig` },
  };
}

/** The origin that a behavior leads to; the first member of an origin group. */
export function originOf(distribution: Distribution, behavior: Behavior): Origin | undefined {
  const id = distribution.groups.get(behavior.originId) ?? behavior.originId;
  return distribution.origins.find((origin) => origin.id === id);
}
