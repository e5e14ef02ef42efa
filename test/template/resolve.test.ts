// Forms of expressions, in the order of need in real templates; each row: the expression, and what it comes to.

import { asFlag, asNumber, asText, get, items, keyOf, Templates, Value } from '../../src/template';

const BODY = {
  Parameters: {
    Open: { Type: 'String' },
    Empty: { Type: 'String', Default: '' },
    Port: { Type: 'Number', Default: 8080 },
    Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] },
    List: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Ssm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' },
  },
  Mappings: { Map: { eu: { version: 'HTTP1' }, us: { version: 'HTTP2' } } },
  Conditions: {
    HasEmpty: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Empty' }, ''] }] },
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsDev: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    OpenSet: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Open' }, ''] }] },
    Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
  },
  Resources: {
    Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Gone: { Type: 'AWS::EC2::Instance', Condition: 'HasEmpty' },
  },
};

function read(expression: unknown): Value {
  const body = { ...BODY, Resources: { ...BODY.Resources, Probe: { Type: 'Test', Properties: { value: expression } } } };
  const templates = new Templates([{ file: 't.json', stack: 'T', body }]);
  return get(templates.all('Test')[0], 'value');
}

describe('values', () => {
  test.each<[string, unknown, string]>([
    ['a literal', 'HTTP1', 'HTTP1'],
    ['a number', 80, '80'],
    ['a Ref to a resource', { Ref: 'Alb' }, '${0:Alb.Ref}'],
    ['a parameter without Default', { Ref: 'Open' }, '${parameter 0:Open}'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, '${AWS::Region}'],
    ['GetAtt as a string', { 'Fn::GetAtt': 'Alb.DNSName' }, '${0:Alb.DNSName}'],
    ['GetAtt as a list, with dots', { 'Fn::GetAtt': ['Alb', 'Outputs.X'] }, '${0:Alb.Outputs.X}'],
    ['Sub', { 'Fn::Sub': 'http://${Alb.DNSName}:${Port}/${!x}' }, 'http://${0:Alb.DNSName}:8080/${x}'],
    ['Sub with a map', { 'Fn::Sub': ['${Host}/p', { Host: { 'Fn::GetAtt': ['Alb', 'DNSName'] } }] }, '${0:Alb.DNSName}/p'],
    ['Join', { 'Fn::Join': ['.', ['api', { Ref: 'AWS::Region' }, 'aws']] }, 'api.${AWS::Region}.aws'],
    ['a parameter with Default', { Ref: 'Port' }, '8080'],
    ['If that is decided', { 'Fn::If': ['HasEmpty', 'yes', 'no'] }, 'no'],
    ['Select of Split over an unresolved text', { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Alb', 'DNSName'] }, '/prod']] }] }] }, '${0:Alb.DNSName}'],
    ['a parameter with an empty Default', { Ref: 'Empty' }, '${parameter 0:Empty}'],
    ['a name that is nowhere', { Ref: 'Nowhere' }, '${0:Nowhere.Ref}'],
    ['a resource whose condition is false', { Ref: 'Gone' }, '${0:Gone.Ref}'],
    ['an SSM parameter', { Ref: 'Ssm' }, '${parameter 0:Ssm}'],
    ['a dynamic reference', '{{resolve:ssm:/a}}', '${{{resolve:ssm:/a}}}'],
    ['FindInMap', { 'Fn::FindInMap': ['Map', 'us', 'version'] }, 'HTTP2'],
    ['FindInMap by region: one of', { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'version'] }, 'HTTP1|HTTP2'],
    ['AllowedValues: one of', { Ref: 'Stage' }, 'dev|prod'],
    ['NoValue', { Ref: 'AWS::NoValue' }, ''],
    ['an import from elsewhere', { 'Fn::ImportValue': { 'Fn::Sub': '${Open}-arn' } }, '${import ${parameter 0:Open}-arn}'],
    ['a list parameter', { Ref: 'List' }, 'a,b'],
  ])('%s', (_, expression, expected) => {
    expect(keyOf(read(expression))).toBe(expected);
  });

  test.each([[80, '80'], ['80', '80'], [true, 'true'], ['True', 'True']])('%p compares after normalising', (raw, text) => {
    expect(asText(read(raw))).toBe(text);
    expect(asNumber(read('80'))).toBe(asNumber(read(80)));
    expect(asFlag(read('True'))).toBe(asFlag(read(true)));
  });

  test('a Default is an assumption, and is named', () => {
    expect(read({ 'Fn::Sub': '${Port}' }).assuming).toEqual(['parameter Port keeps its Default "8080"']);
  });

  test('an undecided If keeps both branches, and a chain of a thousand stays linear', () => {
    let chain: unknown = 'last';
    for (let index = 0; index < 1000; index++) chain = { 'Fn::If': [`Unknown${index}`, `v${index}`, chain] };
    const before = process.hrtime.bigint();
    const value = read(chain);
    expect(value.kind === 'one-of' && value.options.length).toBe(1001);
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(500);
  });

  test('branches that exclude each other carry contradicting guards', () => {
    const prod = read({ 'Fn::If': ['IsProd', 'a', 'b'] });
    const dev = read({ 'Fn::If': ['IsDev', 'a', 'b'] });
    if (prod.kind !== 'one-of' || dev.kind !== 'one-of') throw new Error('both are undecided');
    expect(prod.options[0].when).toMatchObject({ is: 'prod' });
    expect(dev.options[0].when).toMatchObject({ not: 'prod', key: prod.options[0].when!.key });
  });

  test.each<[string, unknown, number]>([
    ['a list', ['a', 'b'], 2],
    ['one value where a list is expected', 'a', 1],
    ['elements that are absent', ['a', { Ref: 'AWS::NoValue' }], 1],
    ['an If around the list', { 'Fn::If': ['OpenSet', ['a', 'b'], { Ref: 'AWS::NoValue' }] }, 2],
    ['an If around an element', ['a', { 'Fn::If': ['OpenSet', 'b', { Ref: 'AWS::NoValue' }] }], 2],
  ])('items of %s', (_, expression, length) => {
    expect(items(read(expression))).toHaveLength(length);
  });

  test('a condition that refers to itself stays undecided', () => {
    expect(read({ 'Fn::If': ['Circle', 'a', 'b'] }).kind).toBe('one-of');
  });
});
