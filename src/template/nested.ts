// Which resources of a template are nested stacks whose template is a file at hand: CDK assets, and relative paths that
// `aws cloudformation package` and `sam package` would upload. What lies at a URL or in a bucket is left out.
// Not here: reading those files (read.ts).
// Facts: AWS::CloudFormation::Stack TemplateURL; AWS::Serverless::Application Location; AWS CLI "cloudformation package"
// (local paths are relative to the template); aws-cdk-lib NestedStack (metadata, asset URL).

import { isMapping } from './unreadable';

export interface NestedStack {
  readonly logicalId: string;
  /** Path relative to the folder of the template. */
  readonly path: string;
  /** CDK construct path of the nested stack, when the template says. */
  readonly stackPath?: string;
}

/** The property that holds the template's place, by resource type. */
const PLACE: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};

export function nestedStacks(body: unknown, assets: () => ReadonlyMap<string, string>): NestedStack[] {
  const resources = isMapping(body) && isMapping(body.Resources) ? body.Resources : {};
  const found: NestedStack[] = [];
  for (const logicalId in resources) {
    const resource = resources[logicalId];
    if (!isMapping(resource) || typeof resource.Type !== 'string' || !Object.hasOwn(PLACE, resource.Type)) continue;
    const metadata = isMapping(resource.Metadata) ? resource.Metadata : {};
    const place = isMapping(resource.Properties) ? resource.Properties[PLACE[resource.Type]] : undefined;
    const path = assetPath(metadata) ?? localPath(place) ?? assets().get(lastSegment(place));
    if (path !== undefined) found.push({ logicalId, path, stackPath: constructPath(metadata['aws:cdk:path']) });
  }
  return found;
}

function assetPath(metadata: Record<string, unknown>): string | undefined {
  const path = metadata['aws:asset:path'];
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/** A literal that is no URL; "s3://…" is one. */
function localPath(place: unknown): string | undefined {
  return typeof place === 'string' && place !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(place) ? place : undefined;
}

/** The file name at the end of a URL that is a literal, a `Fn::Sub` or a `Fn::Join` of parts. */
function lastSegment(place: unknown): string {
  const inner = isMapping(place) ? place['Fn::Sub'] ?? place['Fn::Join'] : place;
  const parts = Array.isArray(inner) ? inner.flat() : [inner];
  const last: unknown = parts[parts.length - 1];
  return typeof last === 'string' ? last.slice(last.lastIndexOf('/') + 1) : '';
}

/** "Web/Nest.NestedStack/Nest.NestedStackResource" belongs to the nested stack "Web/Nest". */
function constructPath(path: unknown): string | undefined {
  if (typeof path !== 'string') return undefined;
  const [, scope, id] = /^(.*\/)?([^/]+)\.NestedStack\/\2\.NestedStackResource$/.exec(path) ?? [];
  return id === undefined ? undefined : `${scope ?? ''}${id}`;
}
