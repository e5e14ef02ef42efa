// What template text is read as, what is remarked on, what is refused. The sentence before each row is the source's own.

import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { UnreadableTemplate, parseTemplate } from '../../src/template/parse';

const A = 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n';

/** The value of property P of resource A, written as YAML. */
function valueOf(yaml: string): unknown {
  const body = parseTemplate(`${A}    Properties:\n      P: ${yaml.replace(/\n/g, '\n      ')}\n`, 'f.yaml').body;
  return (body as any).Resources.A.Properties.P;
}

function oddities(text: string): string[] {
  return parseTemplate(text, 'f.yaml').oddities.map(({ line, column, says }) => `${line}:${column} ${says}`);
}

function refusal(text: string): UnreadableTemplate {
  try {
    parseTemplate(text, 'f.yaml');
  } catch (error) {
    if (error instanceof UnreadableTemplate) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('short tags become the long form', () => {
  // CloudFormation Template Reference, "Syntax for the short form" on the page of each function.
  test.each<[string, unknown]>([
    ['!Ref B', { Ref: 'B' }],
    ['!Condition B', { Condition: 'B' }],
    ['!GetAtt B.Arn', { 'Fn::GetAtt': ['B', 'Arn'] }],
    ['!GetAtt B.Outputs.Url', { 'Fn::GetAtt': ['B', 'Outputs.Url'] }],
    ['!GetAtt [B, Endpoint.Address]', { 'Fn::GetAtt': ['B', 'Endpoint.Address'] }],
    ['!GetAtt B', { 'Fn::GetAtt': 'B' }],
    ['!Sub "a-${B}"', { 'Fn::Sub': 'a-${B}' }],
    ['!Sub\n  - "${V}"\n  - V: !Ref B', { 'Fn::Sub': ['${V}', { V: { Ref: 'B' } }] }],
    ['!If [C, !Ref B, !Ref "AWS::NoValue"]', { 'Fn::If': ['C', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] }],
    ['!Join ["", [a, !Ref B]]', { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
    ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['!GetAZs', { 'Fn::GetAZs': '' }],
    ['!Select [2, !Split ["/", !GetAtt B.Url]]', { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['B', 'Url'] }] }] }],
    ['!FindInMap [M, !Ref "AWS::Region", k]', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }],
    ['!ImportValue\n  Fn::Sub: "${B}-x"', { 'Fn::ImportValue': { 'Fn::Sub': '${B}-x' } }],
    ['!Base64\n  Fn::Sub: x', { 'Fn::Base64': { 'Fn::Sub': 'x' } }],
    ['!Cidr ["10.0.0.0/16", 4, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }],
    ['!And [!Condition X, !Or [!Equals [a, b], !Not [!Condition Y]]]',
      { 'Fn::And': [{ Condition: 'X' }, { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Not': [{ Condition: 'Y' }] }] }] }],
    ['!Transform {Name: "AWS::Include", Parameters: {Location: "s3://b/k"}}',
      { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } }],
    ['!Length [a]', { 'Fn::Length': ['a'] }],
    ['!ToJsonString {a: 1}', { 'Fn::ToJsonString': { a: 1 } }],
    ['!ForEach [X, [a], {}]', { 'Fn::ForEach': ['X', ['a'], {}] }],
    ['!GetStackOutput {StackName: S, OutputName: O}', { 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O' } }],
    ['!Ref 123', { Ref: '123' }],
  ])('%s', (yaml, value) => {
    expect(valueOf(yaml)).toEqual(value);
    expect(oddities(`${A}    P: ${yaml.replace(/\n/g, '\n    ')}\n`)).toEqual([]);
  });

  // Facts on real templates, 6: "Unknown tags and functions: !Rain::Module, !ValueOf", "!Ref: AWS::NoValue (a tag with a colon)".
  test.each<[string, unknown]>([
    ['!Rain::Module x', { 'Fn::Rain::Module': 'x' }],
    ['!ValueOf [P, Tags]', { 'Fn::ValueOf': ['P', 'Tags'] }],
    ['!Ref: AWS::NoValue', { 'Fn::Ref:': 'AWS::NoValue' }],
    ['!Fn::Sub x', { 'Fn::Sub': 'x' }],
    ['!sub x', { 'Fn::sub': 'x' }],
  ])('%s is kept, with a remark', (yaml, value) => {
    expect(valueOf(yaml)).toEqual(value);
    expect(oddities(`${A}    P: ${yaml}\n`)).toEqual([expect.stringMatching(/^4:\d+ !\S+ is not a tag that CloudFormation knows; read as the function Fn::/)]);
  });

  test('YAML\'s own tags are no functions', () => {
    expect(valueOf('[!!str 1, !!int "3", ! 5, !!timestamp 2010-09-09]')).toEqual(['1', 3, '5', '2010-09-09']);
  });
});

describe('scalars', () => {
  // YAML 1.2.2, 10.3.2 "Tag resolution" of the core schema; YAML 1.1 "bool" type; what would lose digits stays text.
  test.each<[string, unknown]>([
    ['80', 80], ['-5', -5], ['1.5', 1.5], ['1.0', 1], ['0x1F', 31], ['true', true], ['False', false], ['~', null], ['', null],
    ['yes', true], ['On', true], ['no', false], ['OFF', false], ['"yes"', 'yes'], ['y', 'y'],
    ['2010-09-09', '2010-09-09'], ['012345678901', '012345678901'], ['123456789012', 123456789012], ['12345678901234567890', '12345678901234567890'],
    ['12e3', '12e3'], ['.inf', '.inf'], ['0644', '0644'], ['"80"', '80'], ['Grüße 🎉', 'Grüße 🎉'], ['|\n  a\n  b', 'a\nb\n'], ['>-\n  a\n  b', 'a b'],
  ])('%s', (yaml, value) => {
    expect(valueOf(yaml)).toEqual(value);
  });

  test('keys are text', () => {
    expect(valueOf('{200: a, on: b, 012: c, true: d}')).toEqual({ '200': 'a', 'on': 'b', '012': 'c', 'true': 'd' });
  });

  test('AWSTemplateFormatVersion without quotes stays the text it is', () => {
    expect(parseTemplate(`AWSTemplateFormatVersion: 2010-09-09\n${A}`, 'f').body).toMatchObject({ AWSTemplateFormatVersion: '2010-09-09' });
  });
});

describe('anchors and merge keys', () => {
  // YAML 1.1 "merge" type: "each of its key/value pairs is inserted into the current mapping, unless the key already exists in it".
  test.each<[string, string, unknown]>([
    ['alias', '{x: &a {k: !Ref B}, y: *a}', { x: { k: { Ref: 'B' } }, y: { k: { Ref: 'B' } } }],
    ['merge', '{x: &a {k: 1, l: 2}, y: {<<: *a, l: 3}}', { x: { k: 1, l: 2 }, y: { k: 1, l: 3 } }],
    ['merge of several: the first wins', '{x: &a {k: 1}, z: &b {k: 2, m: 3}, y: {<<: [*a, *b]}}', { x: { k: 1 }, z: { k: 2, m: 3 }, y: { k: 1, m: 3 } }],
    ['a quoted << is a key', '{"<<": {k: 1}}', { '<<': { k: 1 } }],
    ['an anchor given twice: the last before counts', '[&a 1, &a 2, *a]', [1, 2, 2]],
  ])('%s', (_name, yaml, value) => {
    expect(valueOf(yaml)).toEqual(value);
  });

  test('copies are not the same object, so that changing one leaves the other', () => {
    const { x, y } = valueOf('{x: &a {k: 1}, y: *a}') as any;
    expect(x).not.toBe(y);
  });
});

describe('read all the same, with a remark at its place', () => {
  test.each<[string, string, unknown, (string | RegExp)[]]>([
    // YAML 1.2.2, 3.2.1.3: "mapping keys must be unique"; seven of 383 real YAML templates have duplicates.
    ['duplicate key', `${A}    Type: AWS::SQS::Queue\n`, { Type: 'AWS::SQS::Queue' }, ['4:5 the key "Type" is there twice in one mapping; the last one counts']],
    // RFC 8259, 4: "The names within an object SHOULD be unique."
    ['duplicate JSON key', '{"Resources": {"A": {"Type": "X",\n  "Type": "Y"}}}', { Type: 'Y' }, ['2:3 the key "Type" is there twice in one object; the last one counts']],
    // YAML 1.2.2, 7.4: flow content must be indented more than its parent; PyYAML and CloudFormation take less.
    ['bracket at the column of its key', `${A}    P: [{\n      k: 1\n    }]\n    Q: 2\n`, { Type: 'AWS::SNS::Topic', P: [{ k: 1 }], Q: 2 }, [/^6:1 the inside of/]],
    ['bracket left of its key', `${A}    P: {"k": [1,\n  2],\n  "l": 3 }\n    Q: 2\n`, { Type: 'AWS::SNS::Topic', P: { k: [1, 2], l: 3 }, Q: 2 }, [/^5:1 the inside of/]],
    ['quoted text left of its key', `${A}    P: "a\n  b\nc"\n    Q: 2\n`, { Type: 'AWS::SNS::Topic', P: 'a b c', Q: 2 }, [/^5:1 a quoted text goes on/]],
    // YAML 1.2.2, 6.1: "tab characters must not be used in indentation".
    ['tabs', 'Resources:\n\tA:\n\t\tType: X\n\t\tP: 1\n', { Type: 'X', P: 1 }, [/^2:1 the line is indented with a tab/]],
    ['misplaced dash', `${A}    L:\n      - a\n    - k: 1\n      l: 2\n    M: 3\n`, { Type: 'AWS::SNS::Topic', L: ['a', { k: 1, l: 2 }], M: 3 }, [/^6:1 the dash is indented less/]],
    ['two colons', `${A}    P: a: 1\n`, { Type: 'AWS::SNS::Topic', P: { a: 1 } }, [/^4:8 is not valid YAML: nested mappings/]],
    ['reserved start', `${A}    P: @x\n`, { Type: 'AWS::SNS::Topic', P: '@x' }, [/^4:8 is not valid YAML: .*put the value in quotes/]],
    ['star without quotes', `${A}    P: *\n    Q: *.html\n`, { Type: 'AWS::SNS::Topic', P: '*', Q: '*.html' }, [/^4:8 .*needs quotes/, /^5:8 \*\.html refers to nothing/]],
    ['placeholder', `${A}    P: {{x}}\n`, { Type: 'AWS::SNS::Topic', P: { '{"x":null}': null } }, [/^4:9 a mapping or list stands where a key belongs/]],
    // YAML 1.2.2, 9.2 "streams".
    ['several documents', `a: b\n---\n${A}---\nc: d\n`, { Type: 'AWS::SNS::Topic' }, ['2:1 the file holds 3 documents; only this one is read']],
    ['JSON with comments', '{ // a\n"Resources": {"A": {"U": "http://h//p", /* b */ "T": 1}}}', { U: 'http://h//p', T: 1 }, [/^1:3 a comment, which JSON does not have/]],
    ['JSON with a comma too many', '{"Resources": {"A": {"T": 1,},},}', { T: 1 }, [/^1:29 is not valid JSON \(.*\); read as YAML/]],
    ['JSON with an account id as number', '{"Resources": {"A": {"T": 012345678901}}}', { T: '012345678901' }, [/^1:28 is not valid JSON/]],
    ['__proto__', `${A}    __proto__: {polluted: 1}\n`, { Type: 'AWS::SNS::Topic' }, [/^4:5 the key __proto__ is left out/]],
    ['__proto__ in JSON', '{"Resources": {"A": {"__proto__": {"polluted": 1}, "T": 1}}}', { T: 1 }, [/^1:22 the key __proto__ is left out/]],
  ])('%s', (_name, text, resource, remarks) => {
    const { body } = parseTemplate(text, 'f');
    expect((body as any).Resources.A).toEqual(resource);
    expect(oddities(text)).toEqual(remarks.map((remark) => (typeof remark === 'string' ? remark : expect.stringMatching(remark))));
    expect(({} as any).polluted).toBeUndefined();
  });

  test('an oddity names the file, and a broken file does not have thousands', () => {
    const { oddities: found } = parseTemplate(`${A}${'k: 1\n'.repeat(1000)}`, 'some/f.yaml');
    expect(found).toHaveLength(21);
    expect(found[0].file).toBe('some/f.yaml');
    expect(found[20].says).toBe('and 979 more remarks from here on');
  });

  test('control characters of a file do not get into a remark', () => {
    expect(oddities(`${A}    "a\\e[31m": 1\n    "a\\e[31m": 2\n`)[0]).toBe('5:5 the key "a [31m" is there twice in one mapping; the last one counts');
  });
});

describe('nothing odd about', () => {
  test.each<[string, string]>([
    ['CRLF', A.replace(/\n/g, '\r\n')],
    ['a byte order mark', `\uFEFF${A}`],
    ['JSON with a byte order mark', '\uFEFF{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}}'],
    ['JSON with spaces before colons', '{"Resources" : {"A" : {"Type" : "AWS::SNS::Topic"}}}'],
    ['JSON in a JSON string', '{"Resources": {"A": {"Type": "AWS::SNS::Topic", "D": "{\\"a\\":1}"}}}'],
    ['tabs after a value', A.replace('Topic', 'Topic\t')],
    ['a resource called constructor', `${A}  constructor:\n    Type: X\n`],
  ])('%s', (_name, text) => {
    expect(parseTemplate(text, 'f').body).toMatchObject({ Resources: { A: { Type: 'AWS::SNS::Topic' } } });
    expect(oddities(text)).toEqual([]);
  });
});

describe('refused in one sentence', () => {
  test.each<[string, string, string | RegExp, string]>([
    // CloudFormation User Guide, "Resources": "The required Resources section".
    ['a list', '- a\n', 'is not a CloudFormation template: its top level is a list, not a mapping with Resources', 'foreign'],
    ['a text', 'hello', 'is not a CloudFormation template: its top level is a text, not a mapping with Resources', 'foreign'],
    ['another mapping', 'name: x\n', 'is not a CloudFormation template: it has no Resources at its top level', 'foreign'],
    ['another JSON', '{"name": 1}', 'is not a CloudFormation template: it has no Resources at its top level', 'foreign'],
    ['only outputs', 'Outputs: {}\n', 'is not a CloudFormation template: it has no Resources at its top level', 'empty'],
    ['no resources', 'Resources: {}', 'has no resources: nothing to check', 'empty'],
    ['null resources', 'Resources:\n', 'has no resources: nothing to check', 'empty'],
    ['a list of resources', 'Resources:\n  - A\n', 'is not a CloudFormation template: its Resources is a list, not a mapping from logical ids to resources', 'foreign'],
    ['nothing', ' \n', 'is empty', 'foreign'],
    ['binary', 'PK\u0003\u0004\u0000', 'is not text but binary data', 'foreign'],
    ['JSON cut off', '{"Resources": {"A": {"Type": "X"', /^is not valid JSON: Expected ',' or '}' after property value.* \(line 1, column 33\); mend it/, 'broken'],
    ['JSON with a bracket too many', '{"Resources": {"A": {}}}}', /^is not valid JSON: .*\(line 1, column 25\)/, 'broken'],
    ['broken JSON without a position', '{"Resources": {"A": x y: z]}', /^is not valid JSON: Unexpected token 'x' \(line 1, column \d+\)/, 'broken'],
    ['broken YAML', 'a: b: c\n  - d\n', /^is not valid YAML: .*\(line \d, column \d+\)$/, 'broken'],
    ['a merge conflict', 'Resources:\n  A:\n<<<<<<< HEAD\n    Type: X\n=======\n    Type: Y\n>>>>>>> b\n', 'has a merge conflict that is not resolved (line 3, column 1); resolve it', 'broken'],
  ])('%s', (_name, text, message, kind) => {
    const error = refusal(text);
    expect(error.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(error.kind).toBe(kind);
    expect(error.message).not.toMatch(/\n|f\.yaml/);
  });
});

describe('hostile text costs neither the process nor minutes', () => {
  const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`)].join('\n');
  const mergeBomb = ['a0: &a0 {x: 1}', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1}\n  <<: [*a${i}, *a${i}, *a${i}]`)].join('\n');
  const deep = /^is nested more than 500 levels deep/;
  test.each<[string, string, RegExp]>([
    // https://en.wikipedia.org/wiki/Billion_laughs_attack
    ['billion laughs', `${bomb}\n${A}`, /^has aliases that stand for more than 100000 values/],
    ['billion laughs by merging', `${mergeBomb}\n${A}`, /^has aliases that stand for more than 100000 values/],
    ['deep lists', `${A}    P: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, deep],
    ['deep lists that never end', `Resources: ${'['.repeat(2_000_000)}`, deep],
    ['deep block lists', `${A}    P:\n      ${'- '.repeat(10_000)}x`, deep],
    ['deep keys', `${A}    P:\n      ${'? '.repeat(10_000)}x`, deep],
    ['deep JSON', `{"Resources":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`, deep],
    ['deep JSON lists', `{"Resources":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`, deep],
    ['comments that never end', `{${'/* '.repeat(300_000)}`, /^is not valid JSON/],
    ['quotes that never end', `{"a": "${'\\"'.repeat(300_000)}`, /^is not valid JSON/],
    ['more YAML than it reads', `${A}${'# '.repeat(1_500_000)}`, /^is 2\.9 MiB of YAML; the limit is 2 MiB/],
  ])('%s', (_name, text, message) => {
    expect(refusal(text).message).toMatch(message);
  });

  test('an anchor that contains itself ends', () => {
    expect(valueOf('&a [*a]')).toEqual(['*a']);
  });

  test('huge scalars are read', () => {
    expect(valueOf('x'.repeat(1_000_000))).toHaveLength(1_000_000);
  });

  test('brackets that are all wrong are mended only so long', () => {
    expect(() => parseTemplate(`${A}    P: [\n${'x,\n'.repeat(20_000)}]\n`, 'f')).not.toThrow(RangeError);
  });
});

describe('positions', () => {
  const yaml = ['Base: &base', '  Port: 80', 'Resources:', '  Alb:', '    Type: X', '    Properties:', '      <<: *base', '      Subnets: !If', '        - C',
    '        - !Ref S', '        - [a,', '           b]', '      Name: !Sub x', ''].join('\n');
  const json = '{\n  "Resources": {\n    "Alb": {\n      "Type": "X",\n      "Properties": { "Port": 80,\n        "Subnets": [ "a", {"Ref": "S"} ] }\n    }\n  }\n}';
  test.each<[string, string, (string | number)[], number, number]>([
    ['a key', yaml, ['Resources', 'Alb', 'Properties'], 6, 5],
    ['through a short tag', yaml, ['Resources', 'Alb', 'Properties', 'Subnets', 'Fn::If', 1], 10, 16],
    ['a list in a list', yaml, ['Resources', 'Alb', 'Properties', 'Subnets', 'Fn::If', 2, 1], 12, 12],
    ['a merged key', yaml, ['Resources', 'Alb', 'Properties', 'Port'], 2, 3],
    ['a key that is missing: its parent', yaml, ['Resources', 'Alb', 'Properties', 'Scheme'], 6, 5],
    ['all that is missing', yaml, ['Outputs', 'X'], 1, 1],
    ['with CRLF', yaml.replace(/\n/g, '\r\n'), ['Resources', 'Alb', 'Properties', 'Name'], 13, 7],
    ['behind a mended line', `${A}    P: [\n  1]\n    Q: {k: 1}\n`, ['Resources', 'A', 'Q', 'k'], 6, 9],
    ['in a mended line', `${A}    P: [\n  1, {k: 2}]\n`, ['Resources', 'A', 'P', 1, 'k'], 5, 7],
    ['of several documents', `a: b\n---\n${A}`, ['Resources', 'A', 'Type'], 5, 5],
    ['the last of equal keys', `${A}    Type: Y\n`, ['Resources', 'A', 'Type'], 4, 5],
    ['a key in JSON', json, ['Resources', 'Alb', 'Properties', 'Port'], 5, 23],
    ['an element in JSON', json, ['Resources', 'Alb', 'Properties', 'Subnets', 1, 'Ref'], 6, 28],
    ['missing in JSON: its parent', json, ['Resources', 'Alb', 'Properties', 'Scheme', 0], 5, 7],
    ['nothing of it in JSON', json, ['Outputs'], 1, 1],
    ['in JSON with comments', '{ // "Resources": {\n "Resources": {"A": 1}}', ['Resources', 'A'], 2, 16],
  ])('%s', (_name, text, path, line, column) => {
    expect(parseTemplate(text, 'f').locate(path)).toEqual({ line, column });
  });
});

// Templates by other people; not part of this repository.
const corpus = join(__dirname, '..', '..', '..', 'shared', 'corpus', 'real');
const manifest = join(corpus, 'MANIFEST.json');
const present = existsSync(manifest);
describe(present ? 'real templates' : `real templates: NOT CHECKED, ${corpus} is absent`, () => {
  const files = present ? (JSON.parse(readFileSync(manifest, 'utf8')) as { file: string; resources: Record<string, number> }[]) : [];
  if (!present) console.warn('The collection of real templates is absent; reading it was not checked.');

  test('all are read, with every resource that their manifest counts', () => {
    const wrong = files.filter(({ file, resources }) => {
      const text = readFileSync(join(corpus, file), 'utf8');
      const { body } = parseTemplate(text, file);
      const found = Object.values((body as any).Resources).filter((one: any) => typeof one?.Type === 'string' && Object.hasOwn(resources, one.Type));
      return found.length !== Object.values(resources).reduce((sum, count) => sum + count, 0);
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});
