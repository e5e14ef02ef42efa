// What a CDK cloud assembly holds: its stacks with name, construct path and environment, and which of its files are the
// templates of nested stacks. Stages are assemblies inside assemblies.
// Not here: reading the templates (read.ts), and everything else that an assembly lists (assets, images, tree).
// Facts: aws-cdk-lib cloud-assembly-schema, manifest 54.0.0 (`AwsCloudFormationStackProperties`, `NestedCloudAssemblyProperties`)
// and asset manifest (`FileAsset`); synthesised assemblies.

import { existsSync, readFileSync, realpathSync, statSync } from 'fs';
import { basename, join } from 'path';
import { MAX_TEMPLATE_BYTES, isMapping } from './unreadable';

/** What is known of a stack beyond its template. */
export interface StackFacts {
  readonly stack?: string;
  readonly stackPath?: string;
  readonly region?: string;
  readonly account?: string;
}

export interface AssemblyStack {
  /** Template file, joined to the folder as it was given. */
  readonly file: string;
  readonly facts: StackFacts;
}

export const MANIFEST = 'manifest.json';

/** All stacks below a folder, in the order of the manifests; undefined when the folder is no cloud assembly. */
export function assemblyStacks(folder: string, seen = new Set<string>()): AssemblyStack[] | undefined {
  const manifest = readMapping(join(folder, MANIFEST));
  if (!isMapping(manifest?.artifacts) || typeof manifest.version !== 'string') return undefined;
  const real = realpathSync(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  return Object.entries(manifest.artifacts).flatMap(([id, artifact]) => artifactStacks(folder, id, artifact, seen));
}

function artifactStacks(folder: string, id: string, artifact: unknown, seen: Set<string>): AssemblyStack[] {
  if (!isMapping(artifact)) return [];
  const properties = isMapping(artifact.properties) ? artifact.properties : {};
  if (artifact.type === 'cdk:cloud-assembly' && typeof properties.directoryName === 'string') {
    return assemblyStacks(join(folder, properties.directoryName), seen) ?? [];
  }
  if (artifact.type !== 'aws:cloudformation:stack' || typeof properties.templateFile !== 'string') return [];
  return [{
    file: join(folder, properties.templateFile),
    facts: {
      stack: text(properties.stackName) ?? id,
      stackPath: text(artifact.displayName) ?? id,
      ...environment(text(artifact.environment)),
    },
  }];
}

/** "aws://123456789012/eu-west-1"; either half is "unknown-…" when the app does not say. */
function environment(uri: string | undefined): { account?: string; region?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(uri ?? '') ?? [];
  const known = (part: string | undefined): string | undefined => (part?.startsWith('unknown-') ? undefined : part);
  return { account: known(account), region: known(region) };
}

/**
 * Files by the object key under which a deployment uploads them. A nested stack's TemplateURL ends with such a key; it is
 * the only trace when an app is synthesised without the CLI, which alone asks for the metadata 'aws:asset:path'.
 */
export function assetFiles(template: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const [, stem] = /^(.*?)(?:\.template)?\.json$/s.exec(template) ?? [];
  const files = stem === undefined ? undefined : readMapping(`${stem}.assets.json`)?.files;
  for (const asset of isMapping(files) ? Object.values(files) : []) {
    if (!isMapping(asset) || !isMapping(asset.source) || !isMapping(asset.destinations) || typeof asset.source.path !== 'string') continue;
    for (const destination of Object.values(asset.destinations)) {
      if (isMapping(destination) && typeof destination.objectKey === 'string') found.set(basename(destination.objectKey), asset.source.path);
    }
  }
  return found;
}

/** A small JSON file; undefined when it is missing or anything but an object. */
function readMapping(file: string): Record<string, unknown> | undefined {
  try {
    if (!existsSync(file) || statSync(file).size > MAX_TEMPLATE_BYTES) return undefined;
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
