// What a CDK cloud assembly holds: its stacks with name, construct path and environment, and which of its files are the
// templates of nested stacks. Stages are assemblies inside assemblies.
// Not here: reading the templates (read.ts), and everything else that an assembly lists (assets, images, tree).
// Facts: aws-cdk-lib cloud-assembly-schema, manifest 54.0.0 (`AwsCloudFormationStackProperties`, `NestedCloudAssemblyProperties`,
// `additionalMetadataFile`) and asset manifest (`FileAsset`); synthesised assemblies. Acknowledgements stand in the metadata of the stack they
// are in, as `aws:cdk:acknowledged-rules`; those of the app and of stages stand in no stack, and only validation-report.json has them.

import { existsSync, readFileSync, realpathSync, statSync } from 'fs';
import { basename, isAbsolute, join, relative, sep } from 'path';
import { Acknowledged, AcknowledgedRule } from './input';
import { MAX_TEMPLATE_BYTES, isMapping } from './unreadable';

/** What is known of a stack beyond its template. */
export interface StackFacts {
  readonly stack?: string;
  readonly stackPath?: string;
  readonly region?: string;
  readonly account?: string;
  readonly acknowledged?: Acknowledged;
  /** The folder of the cloud assembly that it comes from; nothing is read from outside of it. */
  readonly root?: string;
}

export interface AssemblyStack {
  /** Template file, joined to the folder as it was given. */
  readonly file: string;
  readonly facts: StackFacts;
}

export const MANIFEST = 'manifest.json';

/** All stacks below a folder, in the order of the manifests; undefined when the folder is no cloud assembly. */
export function assemblyStacks(
  folder: string, root: string = folder, seen = new Set<string>(), above: readonly AcknowledgedRule[] = [],
): AssemblyStack[] | undefined {
  const manifest = readMapping(join(folder, MANIFEST));
  if (!isMapping(manifest?.artifacts) || typeof manifest.version !== 'string') return undefined;
  const real = realpathSync(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const reported = [...above, ...suppressed(folder)];
  return Object.entries(manifest.artifacts).flatMap(([id, artifact]) => artifactStacks(folder, root, id, artifact, seen, reported));
}

/** Whether a path leads out of a folder; links are followed, not judged: builds that consist of links are usual. */
export function isOutside(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
}

function artifactStacks(
  folder: string, root: string, id: string, artifact: unknown, seen: Set<string>, above: readonly AcknowledgedRule[],
): AssemblyStack[] {
  if (!isMapping(artifact)) return [];
  const properties = isMapping(artifact.properties) ? artifact.properties : {};
  if (artifact.type === 'cdk:cloud-assembly' && typeof properties.directoryName === 'string') {
    const stage = join(folder, properties.directoryName);
    return isOutside(root, stage) ? [{ file: stage, facts: { root } }] : assemblyStacks(stage, root, seen, above) ?? [];
  }
  if (artifact.type !== 'aws:cloudformation:stack' || typeof properties.templateFile !== 'string') return [];
  return [{
    file: join(folder, properties.templateFile),
    facts: {
      stack: text(properties.stackName) ?? id,
      stackPath: text(artifact.displayName) ?? id,
      ...environment(text(artifact.environment)),
      ...acknowledgedIn(folder, artifact, above),
      root,
    },
  }];
}

const RULES = 'aws:cdk:acknowledged-rules';

/** What the constructs of a stack, and those around it, acknowledge. */
function acknowledgedIn(folder: string, artifact: Record<string, unknown>, above: readonly AcknowledgedRule[]): { acknowledged?: Acknowledged } {
  const file = text(artifact.additionalMetadataFile);
  const metadata = artifact.metadata ?? (file !== undefined && file === basename(file) ? readMapping(join(folder, file)) : undefined);
  const rules: AcknowledgedRule[] = [];
  const paths = new Map<string, string[]>();
  for (const [at, entries] of Object.entries(isMapping(metadata) ? metadata : {})) {
    const path = at.replace(/^\//, '');
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (!isMapping(entry)) continue;
      if (entry.type === 'aws:cdk:logicalId' && typeof entry.data === 'string') paths.set(entry.data, [...(paths.get(entry.data) ?? []), path]);
      if (entry.type === RULES && isMapping(entry.data)) {
        for (const [id, reason] of Object.entries(entry.data)) rules.push({ at: path, id, reason: typeof reason === 'string' ? reason : '' });
      }
    }
  }
  const further = above.filter(({ at, id }) => !rules.some((rule) => rule.at === at && rule.id === id));
  return rules.length + further.length === 0 ? {} : { acknowledged: { rules: [...rules, ...further], paths } };
}

/** What a synth with validation plugins has left unreported, and who acknowledged it. */
function suppressed(folder: string): AcknowledgedRule[] {
  const reports = readMapping(join(folder, 'validation-report.json'))?.pluginReports;
  const found = (Array.isArray(reports) ? reports : [])
    .flatMap((report) => (isMapping(report) && Array.isArray(report.suppressedViolations) ? (report.suppressedViolations as unknown[]) : []))
    .flatMap((violation) => (isMapping(violation) ? [{ at: text(violation.acknowledgedAt) ?? '', id: text(violation.acknowledgedId), reason: text(violation.reason) ?? '' }] : []));
  const distinct = new Map(found.map((rule) => [`${rule.at} ${rule.id}`, rule]));
  return [...distinct.values()].flatMap(({ at, id, reason }) => (id === undefined ? [] : [{ at, id, reason }]));
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
