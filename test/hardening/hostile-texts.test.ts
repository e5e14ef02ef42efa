// Texts that are made to hurt a reader of JSON and YAML: each is refused in one sentence or read, in a second or two at most.

import { within } from './bounds';
import { jsonReport, textReport, withLines } from '../../src/report';
import { analyse } from '../../src/rules';
import { parseTemplate, UnreadableTemplate } from '../../src/template/parse';

/** The sentence that refuses, or the body. */
function read(text: string, milliseconds = 2000): unknown {
  return within(milliseconds, () => {
    try {
      return parseTemplate(text, 't').body;
    } catch (error) {
      if (!(error instanceof UnreadableTemplate)) throw error;
      return error.message;
    }
  });
}

const T = 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n';
const DEEP = 100_000;
const under = (more: string) => `${T}    Properties:\n      P: ${more}\n`;
const block = (levels: number) => Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}k:\n`).join('');

describe('nested 100,000 levels deep', () => {
  test.each<[string, string]>([
    ['objects', `{"Resources":${'{"k":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`],
    ['objects without end', `{"Resources":${'{"k":'.repeat(DEEP)}`],
    ['arrays', `{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}}}`],
    ['arrays without end', `{"Resources":{"A":${'['.repeat(DEEP)}`],
    ['flow lists', under('['.repeat(DEEP) + ']'.repeat(DEEP))],
    ['flow lists without end', under('['.repeat(DEEP))],
    ['flow mappings', under('{k: '.repeat(DEEP) + '}'.repeat(DEEP))],
    ['flow mappings without end', under('{k: '.repeat(DEEP))],
    ['block lists in one line', under(`\n        ${'- '.repeat(DEEP)}x`)],
    ['explicit keys', under(`\n        ${'? '.repeat(DEEP)}x`)],
    ['mappings as keys', under(`${'{? '.repeat(DEEP)}x`)],
    ['functions', `{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":${'{"Fn::If":["C",'.repeat(DEEP)}1${',2]}'.repeat(DEEP)}}}}`],
  ])('%s', (_, text) => {
    expect(typeof read(text, 3000)).toBe('string');
  });

  test('tags and anchors, of which one counts', () => {
    expect(read(under('!Sub '.repeat(DEEP)), 5000)).toMatchObject({ Resources: { A: { Type: 'AWS::SNS::Topic' } } });
    expect(read(under('&a '.repeat(DEEP)), 5000)).toMatchObject({ Resources: { A: { Type: 'AWS::SNS::Topic' } } });
  });

  test('block mappings', () => {
    expect(read(`Resources:\n${block(1200)}`)).toContain('levels deep');
  });
});

describe('what is as deep as may be is walked to its end', () => {
  test.each<[string, (inner: string) => string]>([
    ['Fn::Join', (inner) => `{"Fn::Join":["",[${inner}]]}`],
    ['Fn::Sub', (inner) => `{"Fn::Sub":["\${V}",{"V":${inner}}]}`],
    ['Fn::If', (inner) => `{"Fn::If":["C",${inner},"x"]}`],
    ['objects', (inner) => `{"k":${inner}}`],
    ['lists', (inner) => `[${inner}]`],
  ])('%s', (_, around) => {
    let inner = '1';
    let text = '';
    for (let depth = 0; depth < 600; depth += 1) {
      inner = around(inner);
      const longer = `{"Resources":{"L":{"Type":"AWS::ElasticLoadBalancingV2::Listener","Properties":{"SslPolicy":${inner},"Protocol":${inner},"DefaultActions":${inner}}}}}`;
      if (typeof read(longer) === 'string') break;
      text = longer;
    }
    within(2000, () => analyse([{ file: 't', stack: 'T', body: parseTemplate(text, 't').body }]));
  });
});

describe('anchors and aliases', () => {
  const laughs = (open: string, close: string, separator: string) => `a0: &a0 x\n${Array.from({ length: 40 }, (_, at) => (
    `a${at + 1}: &a${at + 1} ${open}${Array.from({ length: 9 }, (__, key) => (open === '{' ? `k${key}: *a${at}` : `*a${at}`)).join(separator)}${close}\n`
  )).join('')}${T}    Properties: { P: *a40 }\n`;
  test.each<[string, string]>([
    ['a billion laughs in lists', laughs('[', ']', ', ')],
    ['a billion laughs in mappings', laughs('{', '}', ', ')],
    ['merge keys that double', `m0: &m0 { k: v }\n${Array.from({ length: 60 }, (_, at) => `m${at + 1}: &m${at + 1} { <<: [*m${at}, *m${at}], k${at}: v }\n`).join('')}${T}    Properties: { <<: *m60 }\n`],
    ['one alias 50,000 times', `a: &a [x, y, z]\nb: [${'*a, '.repeat(50_000)}]\n${T}`],
  ])('%s', (_, text) => {
    expect(read(text)).toContain('aliases that stand for more than');
  });
  test.each<[string, string]>([
    ['an anchor in itself', `a: &a [*a]\n${T}`],
    ['a merge of itself', `a: &a { <<: *a }\n${T}`],
    ['two that merge each other', `a: &a { <<: *b }\nb: &b { <<: *a }\n${T}`],
    ['the same anchor again and again', `${Array.from({ length: 20_000 }, (_, at) => `a${at}: &a x\nb${at}: *a\n`).join('')}${T}`],
    ['aliases of nothing', `a: [${'*nothing, '.repeat(50_000)}]\n${T}`],
    ['merge keys of what is no mapping', `${T}    <<: [1, x, [], *z]\n    Properties: { <<: 5 }\n`],
  ])('%s', (_, text) => {
    expect(read(text, 4000)).toMatchObject({ Resources: { A: { Type: 'AWS::SNS::Topic' } } });
  });
});

describe('scalars', () => {
  test.each<[string, string]>([
    ['a text of 15 MB', `{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"P":"${'x'.repeat(15e6)}"}}}}`],
    ['a number of 1 MB', `{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"P":${'9'.repeat(1e6)}}}}}`],
    ['1e99999', '{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"P":1e99999,"Q":-1e99999}}}}'],
    ['a number of 1 MB in YAML', under('9'.repeat(1e6))],
    ['a hexadecimal one', under(`0x${'f'.repeat(1e5)}`)],
    ['a plain text of 1 MB', under('x'.repeat(1e6))],
    ['a folded text of 100,000 lines', under(`>\n${'        x\n'.repeat(1e5)}`)],
    ['a quoted text of 100,000 lines', under(`"${'x\n        '.repeat(1e5)}"`)],
    ['a plain text of 50,000 lines', under('x\n        '.repeat(5e4))],
    ['100,000 escapes', under(`"${'\\u0041'.repeat(1e5)}"`)],
    ['a comment of 1 MB', `#${' x'.repeat(5e5)}\n${T}`],
    ['100,000 comments', `${'# x\n'.repeat(1e5)}${T}`],
    ['100,000 blank lines', `${'\n'.repeat(1e5)}${T}`],
    ['comments in JSON without end', `${'/*'.repeat(1e5)}\n{"Resources":{"A":{"Type":"AWS::SNS::Topic"}}}`],
  ])('%s', (name, text) => {
    const body = read(text, 3000);
    if (!name.includes('without end')) expect(body).toMatchObject({ Resources: { A: { Type: 'AWS::SNS::Topic' } } });
  });
});

/** Nothing of these is a template; what they may not do is take long. */
test.each<[string, string]>([
  ...['{', '[', '"', "'", '- ', ': ', 'a: ', '&a ', '*a ', '!a ', '| ', '> ', '# ', '? ', '%', '@', '`', '---\n', '...\n', '\t', '\r', '\\', ',', '}', ']', '<<: ', '!<', '"\n', "'\n", '{"a":', '[{', 'a:\n', '- -\n',
    '"a": "b"\n', '\u2028', '\ufeff', '- {\n', ' "', '*a : b\n', '? -\n', '!!binary ', '{a: b}: ', '": ', '/*', '//', '\\"', ' |\n', '\n ', '\n\t', '${'].map((piece): [string, string] => [JSON.stringify(piece), piece]),
])('%s repeated, in JSON and in YAML', (_, piece) => {
  const count = Math.ceil(8_000 / piece.length);
  const many = piece.repeat(count);
  for (const text of [many, T + many, under(many), `{"Resources":{"A":{"Type":"AWS::SNS::Topic"}},"x":${many}`, `{"Resources":${many}`]) read(text, 2500);
});

describe('bytes that are no text', () => {
  test.each<[string, Buffer]>([
    ['NUL', Buffer.from(`${T}\u0000`)],
    ['nothing', Buffer.alloc(0)],
    ['a BOM alone', Buffer.from('\ufeff')],
    ['two BOMs', Buffer.from(`\ufeff\ufeff${T}`)],
    ['binary', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256))],
    ['invalid UTF-8', Buffer.concat([Buffer.from(under('"')), Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80])])],
    ['half a surrogate', Buffer.from('{"Resources":{"A":{"Type":"\\ud800"}}}')],
  ])('%s', (_, bytes) => {
    read(bytes.toString('utf8'));
  });
});

describe('names of prototypes are names like others', () => {
  const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'length', 'name', 'then', 'toJSON'];
  const listener = (more: object) => ({
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Alb' }, Port: 443, Protocol: 'HTTPS', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }], ...more },
  });
  const checked = (body: object, stack = 'T') => {
    const text = JSON.stringify(body);
    const { body: parsed, locate } = parseTemplate(text, 't');
    const input = { file: 't', stack, body: parsed, locate };
    const analysis = withLines(analyse([input]), [input]);
    const report = { analysis, unreadable: [] };
    const { findings } = JSON.parse(jsonReport(report)) as { findings: { resource: string; rule: string }[] };
    return { report: { findings }, text: textReport(report, false) };
  };
  const ALB = { Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } }, Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 80, Protocol: 'HTTP' } } };

  test.each(NAMES)('%s', (name) => {
    const outdated = listener({ SslPolicy: 'ELBSecurityPolicy-2016-08' });
    const resources = `{"Resources":${JSON.stringify({ ...ALB, X: outdated }).replace('"X":', `"${name}":`)}}`;
    const found = checked(JSON.parse(resources) as object).report.findings.map(({ resource }) => resource);
    if (name !== '__proto__') expect(found).toContain(name);

    const everywhere = {
      Parameters: { [name]: { Type: 'String', Default: 'ELBSecurityPolicy-2016-08' } },
      Mappings: { [name]: { [name]: { [name]: 'HTTPS' } } },
      Conditions: { [name]: { 'Fn::Equals': [{ Ref: name }, name] } },
      Outputs: { [name]: { Value: name, Export: { Name: name } } },
      Resources: {
        ...ALB,
        L: {
          ...listener({ SslPolicy: { Ref: name }, Protocol: { 'Fn::FindInMap': [name, name, name] }, Certificates: { 'Fn::If': [name, [], { 'Fn::ImportValue': name }] }, [name]: name }),
          Condition: name,
          Metadata: { 'cdk-handshake': { server: { speaks: [name], preset: name, settings: { [name]: 1 }, hops: { program: name } }, behind: { hop: name }, [name]: name } },
        },
      },
    };
    const { report, text } = checked(everywhere, name);
    expect(report.findings.map(({ rule }) => rule)).toContain('DeclarationNotUnderstood');
    expect(text).toContain(name);
    for (const absent of [{ Ref: name }, { 'Fn::FindInMap': [name, name, name] }, { 'Fn::GetAtt': [name, name] }, { 'Fn::Sub': `\${${name}}` }, { 'Fn::If': [name, 'a', 'b'] }, { 'Fn::ImportValue': name }]) {
      checked({ Resources: { ...ALB, L: listener({ SslPolicy: absent }) } });
    }
    expect(({} as Record<string, unknown>)[`polluted by ${name}`]).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
