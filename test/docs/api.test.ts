// API.md is complete: every public class, interface, enum and member has a sentence, and every optional prop says its default. Reads .jsii, which the
// compile before the tests writes.

import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './markdown';

interface Docs { readonly docs?: { readonly summary?: string; readonly default?: string } }
interface Member extends Docs {
  readonly name: string;
  readonly optional?: boolean;
  readonly parameters?: readonly (Docs & { readonly name: string })[];
  readonly overrides?: string;
}
interface Type extends Docs {
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly initializer?: Member;
  readonly methods?: readonly Member[];
  readonly properties?: readonly Member[];
  readonly members?: readonly Member[];
}

const FILE = join(ROOT, '.jsii');
const types: readonly Type[] = existsSync(FILE) ? Object.values(JSON.parse(readFileSync(FILE, 'utf8')).types) : [];

test('there is an assembly', () => {
  expect(types.length).toBeGreaterThan(50);
});

test('every type has a sentence', () => {
  expect(types.filter(({ docs }) => !docs?.summary).map(({ fqn }) => fqn)).toEqual([]);
});

test('every member has a sentence', () => {
  const members = types.flatMap(({ fqn, methods = [], properties = [], members: values = [] }) =>
    [...methods, ...properties, ...values].filter(({ docs, overrides }) => !docs?.summary && !overrides).map(({ name }) => `${fqn}.${name}`));
  expect(members).toEqual([]);
});

test('every parameter of a method has a sentence', () => {
  const own = types.flatMap(({ fqn, methods = [] }) => methods.filter(({ overrides }) => !overrides).map((method) => ({ fqn, ...method })));
  const parameters = own.flatMap(({ fqn, name, parameters: all = [] }) => (
    all.filter(({ docs }) => !docs?.summary).map((parameter) => `${fqn}.${name}(${parameter.name})`)));
  expect(parameters).toEqual([]);
});

test('every optional prop says its default', () => {
  const props = types.filter(({ datatype }) => datatype).flatMap(({ fqn, properties = [] }) =>
    properties.filter(({ optional, docs }) => optional && docs?.default === undefined).map(({ name }) => `${fqn}.${name}`));
  expect(props).toEqual([]);
});
