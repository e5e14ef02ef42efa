// The properties of a resource as the template will have them: typed L1s, generic resources, what CfnInclude made, and overrides all alike.
// What is a CloudFormation function there is an object and stays untouched by every repair. Writing goes through overrides, or
// through `setAttribute` of the L2 around it, so that what the user adds later is kept.
// `_toCloudFormation` is @internal in the CDK (stable for years; the tests of the mixins watch it).

import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

export type Properties = Readonly<Record<string, unknown>>;

/** Undefined while a resource cannot be rendered, such as a listener that has no action yet: its turn comes at synth. */
export function propertiesOf(resource: CfnResource): Properties | undefined {
  try {
    const part = resource.stack.resolve((resource as unknown as { _toCloudFormation(): object })._toCloudFormation());
    const [definition] = Object.values<any>(part.Resources ?? {});
    return definition?.Properties ?? {};
  } catch {
    return undefined;
  }
}

/** The entries of an object; none for a CloudFormation function or anything else. */
export function objectOf(value: unknown): Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::')) ? {} : value as Properties;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether nothing is known to be written there, or just this. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Key and value of each attribute of a load balancer or listener. */
export function attributesOf(properties: Properties, list: string): ReadonlyMap<string, unknown> | undefined {
  if (!isAbsent(properties[list]) && !Array.isArray(properties[list])) return undefined;
  return new Map(listOf(properties[list]).map(objectOf).map(({ Key, Value }) => [String(Key), Value]));
}

export function setAttributes(resource: CfnResource, list: string, wanted: Readonly<Record<string, string>>): void {
  const owner = resource.node.scope as (IConstruct & { setAttribute?(key: string, value: string): void }) | undefined;
  if (owner?.setAttribute && owner.node.defaultChild === resource) {
    for (const [key, value] of Object.entries(wanted)) owner.setAttribute(key, value);
  }
  const properties = propertiesOf(resource);
  if (!properties) return;
  const now = listOf(properties[list]);
  const missing = Object.entries(resource.stack.resolve(wanted)).filter(([key, value]) =>
    !now.map(objectOf).some((entry) => entry.Key === key && JSON.stringify(entry.Value) === JSON.stringify(value)));
  if (missing.length === 0) return;
  const kept = now.filter((entry) => !missing.some(([key]) => key === objectOf(entry).Key));
  resource.addPropertyOverride(list, [...kept, ...missing.map(([Key, Value]) => ({ Key, Value }))]);
}

/** What is declared in Metadata `cdk-handshake` under a key, as a list. */
export function declared(resource: CfnResource, key: 'server' | 'routes'): Properties[] {
  const value = objectOf(resource.getMetadata('cdk-handshake'))[key];
  return isAbsent(value) ? [] : [value].flat().map(objectOf);
}
