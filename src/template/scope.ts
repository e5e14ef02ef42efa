// One template with what its names mean: resources, parameters, conditions, outputs. A nested stack is a scope whose
// parameters are given by its parent. Only plain data and lookups; reading expressions is resolve.ts.

import { Guard } from './guard';
import { TemplateInput } from './input';
import { dig, Value } from './value';

/** A resource of a template. Its properties are read through get(). */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly scope: Scope;
  /** Unique over all templates. */
  readonly key: string;
  readonly raw: Readonly<Record<string, unknown>>;
  /** CDK construct path without the app's own id. */
  readonly constructPath?: string;
  /** What must hold for the resource to exist. */
  readonly when?: Guard;
  /** Set when it is certain that the resource is not created. */
  readonly never?: string;
  /** Properties as a value, read once. */
  readonly properties: Value;
}

export interface Scope {
  readonly index: number;
  readonly input: TemplateInput;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The stack resource that this one is nested in, and the values it passes. */
  readonly parent?: { readonly scope: Scope; readonly id: string; readonly parameters: Readonly<Record<string, unknown>> };
  readonly nested: Map<string, Scope>;
  /** Whether a macro may add or change resources: SAM, AWS::Include, one of the account's own. */
  readonly transformed: boolean;
}

/** An object that is not a list, or an empty one: what templates should hold, and what careless ones hold instead. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : EMPTY;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A scalar as text; anything else by its kind, because an object in a template may even lack toString. */
export function words(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  return Array.isArray(raw) ? 'a list' : raw === null || raw === undefined ? 'nothing' : 'an object';
}

export function isScalar(raw: unknown): raw is string | number | boolean {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean';
}

/** Own property only: template keys such as "constructor" must not reach the prototype. */
export function own(of: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.prototype.hasOwnProperty.call(of, key) ? of[key] : undefined;
}

const EMPTY: Readonly<Record<string, unknown>> = Object.freeze({});

export function makeScope(input: TemplateInput, index: number, parent?: Scope['parent']): Scope {
  const body = record(input.body);
  return {
    index,
    input,
    parent,
    resources: record(own(body, 'Resources')),
    parameters: record(own(body, 'Parameters')),
    mappings: record(own(body, 'Mappings')),
    conditions: record(own(body, 'Conditions')),
    outputs: record(own(body, 'Outputs')),
    nested: new Map(),
    transformed: own(body, 'Transform') !== undefined,
  };
}

/** A property of a resource: get(listener, 'SslPolicy'). */
export function get(resource: Resource, ...path: string[]): Value {
  return dig(resource.properties, ...path);
}
