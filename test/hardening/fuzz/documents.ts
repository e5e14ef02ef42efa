// Documents that look like CloudFormation and are not: resources of the types that the systems know, each property any value that some
// seed has for it or something else altogether, intrinsic functions in any place, references to anything, in circles too.

import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { Seed } from './seeds';

const SOURCES = join(__dirname, '..', '..', '..', 'src');
const ID_POOL = ['A', 'B', 'C', 'D', 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'Ünïcode', '\u001b[31mRed', 'a.b', ''];
const CONDITIONS = ['One', 'Two', 'Three', 'valueOf'];

/** What belongs there, and once in so often something else. */
function mostly(right: fc.Arbitrary<unknown>, wrong: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

/** What expressions may say in place of a value. */
function expressions(leaf: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const id = fc.constantFrom(...ID_POOL, 'P', 'Q', 'AWS::NoValue', 'AWS::Region');
  const condition = fc.constantFrom(...CONDITIONS);
  const { value } = fc.letrec<{ value: unknown; call: unknown }>((tie) => {
    const inner = tie('value');
    const call = (name: string, argument: fc.Arbitrary<unknown>) => argument.map((given) => ({ [name]: given }));
    const list = (...items: fc.Arbitrary<unknown>[]) => mostly(fc.tuple(...items), inner);
    const text = fc.tuple(id, id).map(([one, other]) => `x-\${${one}}.\${${other}.Arn}/\${!Literal}`);
    return {
      value: fc.oneof(
        { depthSize: 'medium', withCrossShrink: false },
        { weight: 5, arbitrary: leaf },
        { weight: 4, arbitrary: tie('call') },
        { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }) },
        { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('Key', 'Value', 'Type', 'Ref', 'constructor', 'Fn::If'), inner, { maxKeys: 3 }) },
      ),
      call: fc.oneof(
        call('Ref', mostly(id, inner)),
        call('Fn::GetAtt', list(id, fc.constantFrom('Arn', 'DNSName', 'Outputs.O', 'constructor'))),
        call('Fn::Sub', fc.oneof(text as fc.Arbitrary<unknown>, fc.tuple(text, fc.dictionary(id, inner, { maxKeys: 2 })))),
        call('Fn::If', list(condition, inner, inner)),
        call('Fn::Join', list(fc.constantFrom('', ',', '/'), fc.array(inner, { maxLength: 3 }))),
        call('Fn::Select', list(fc.constantFrom(0, 1, '2', -1, 1e9), inner)),
        call('Fn::Split', list(fc.constantFrom(',', '/', ''), inner)),
        call('Fn::FindInMap', list(fc.constantFrom('Map', 'constructor'), inner, inner)),
        call('Fn::ImportValue', inner),
        call('Fn::Transform', inner),
        call('Fn::GetStackOutput', inner),
        call('Fn::Base64', inner),
        call('Fn::Length', inner),
        call('Fn::Unheard', inner),
      ),
    };
  });
  return value;
}

function conditions(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.letrec<{ condition: unknown }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small' },
      { arbitrary: fc.tuple(value, value).map((pair) => ({ 'Fn::Equals': pair })), weight: 3 },
      fc.constantFrom(...CONDITIONS).map((Condition) => ({ Condition })),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).chain((list) => fc.constantFrom('Fn::And', 'Fn::Or', 'Fn::Not').map((name) => ({ [name]: list }))),
      value,
    ),
  })).condition;
}

/** The types that the systems look for, read from their sources, so that a new system is fuzzed without a word here. */
function typesOfSystems(): string[] {
  const files = (readdirSync(SOURCES, { recursive: true }) as string[]).filter((name) => /^(systems|template).*\.ts$/.test(name)).sort();
  const found = files.flatMap((name) => readFileSync(join(SOURCES, name), 'utf8').match(/(?<=')(AWS|Custom)::[A-Za-z0-9:]+(?=')/g) ?? []);
  return [...new Set(found)].filter((type) => type.split('::').length > 2 || type.startsWith('Custom'));
}

type Bag = Map<string, unknown[]>;

/** Which properties the seeds give to each type, and which values to each name, wherever it stands. */
function vocabulary(all: readonly Seed[]): { readonly properties: Bag; readonly values: Bag; readonly metadata: unknown[] } {
  const properties: Bag = new Map();
  const values: Bag = new Map();
  const metadata: unknown[] = [];
  const add = (bag: Bag, key: string, value: unknown) => {
    const kept = bag.get(key) ?? [];
    if (kept.length < 200) bag.set(key, [...kept, value]);
  };
  const learn = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > 12) return;
    for (const [key, value] of Object.entries(node)) {
      if (!Array.isArray(node)) add(values, key, value);
      learn(value, depth + 1);
    }
  };
  for (const { body } of all) {
    for (const resource of Object.values((body.Resources ?? {}) as object) as unknown[]) {
      if (typeof resource !== 'object' || resource === null) continue;
      const { Type, Properties, Metadata } = resource as Record<string, unknown>;
      if (Metadata !== undefined && metadata.length < 500) metadata.push(Metadata);
      if (typeof Type !== 'string' || typeof Properties !== 'object' || Properties === null) continue;
      for (const name of Object.keys(Properties)) if (!properties.get(Type)?.includes(name)) add(properties, Type, name);
      learn(Properties, 0);
    }
  }
  return { properties, values, metadata };
}

export function documents(all: readonly Seed[]): fc.Arbitrary<Record<string, unknown>> {
  const known = vocabulary(all);
  const types = [...new Set([...typesOfSystems(), ...known.properties.keys()])];
  const junk = fc.oneof(
    fc.constantFrom<unknown>(null, true, 'true', 0, -1, 443, '443', 1e308, '', '*', '/*', 'HTTP', 'HTTPS', 'GRPC', 'HTTP2', '{{resolve:ssm:x}}', [], {}, 'a'.repeat(5000)),
    fc.string({ maxLength: 12 }),
    fc.constantFrom(...ID_POOL),
  );
  const anything = expressions(junk);
  const property = (name: string): fc.Arbitrary<unknown> => {
    const values = known.values.get(name);
    return values ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anything }) : anything;
  };
  const made = new Map<string, fc.Arbitrary<unknown>>();
  const resourceOf = (Type: string): fc.Arbitrary<unknown> => {
    const before = made.get(Type);
    if (before) return before;
    const names = (known.properties.get(Type) ?? ['Name']) as string[];
    const Properties = mostly(fc.record(Object.fromEntries(names.map((name) => [name, property(name)])), { requiredKeys: [] }), anything);
    const arbitrary = fc.record({
      Type: fc.constant(Type),
      Properties,
      Condition: fc.constantFrom<unknown>(...CONDITIONS, 'Missing', 7),
      DependsOn: fc.oneof(fc.constantFrom(...ID_POOL), fc.array(fc.constantFrom(...ID_POOL), { maxLength: 2 })),
      Metadata: known.metadata.length ? fc.oneof(fc.constantFrom(...known.metadata), anything) : anything,
    }, { requiredKeys: ['Type', 'Properties'] });
    made.set(Type, arbitrary);
    return arbitrary;
  };
  const resource = mostly(fc.constantFrom(...types).chain(resourceOf), anything);
  const forEach = fc.tuple(fc.constant('N'), fc.array(anything, { maxLength: 2 }), fc.dictionary(fc.constant('X${N}'), resource, { maxKeys: 1 }));
  const parameter = fc.record({
    Type: fc.constantFrom('String', 'Number', 'CommaDelimitedList', 'List<Number>', 'AWS::SSM::Parameter::Value<String>'),
    Default: junk,
    AllowedValues: fc.array(junk, { maxLength: 3 }),
  }, { requiredKeys: [] });
  const dictionary = (keys: readonly string[], value: fc.Arbitrary<unknown>, maxKeys: number) => (
    fc.dictionary(fc.constantFrom(...keys), value, { maxKeys })
  );
  return fc.record({
    Resources: fc.tuple(fc.dictionary(fc.constantFrom(...ID_POOL), resource, { minKeys: 1, maxKeys: 8 }), fc.option(forEach, { freq: 8 }))
      .map(([one, loop]) => (loop === null ? one : { ...one, 'Fn::ForEach::L': loop })),
    Parameters: mostly(dictionary(['P', 'Q', 'constructor'], parameter, 2), anything),
    Conditions: mostly(dictionary(CONDITIONS, conditions(anything), 4), anything),
    Mappings: dictionary(['Map', 'constructor'], dictionary(['a', 'b'], dictionary(['c', 'd'], junk, 2), 2), 2),
    Outputs: dictionary(['O', 'toString'], fc.record({ Value: anything, Export: fc.record({ Name: anything }) }, { requiredKeys: ['Value'] }), 2),
    Transform: anything,
  }, { requiredKeys: ['Resources'] });
}
