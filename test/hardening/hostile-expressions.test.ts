// Expressions that double at each step, go in a circle, or are very long: each ends as a value or as unknown, in no time.

import { within } from './bounds';
import { analyse } from '../../src/rules';
import { Resource, TemplateInput, Templates, get, Value } from '../../src/template';
import { albTemplate, template } from '../templates';

const TYPE = 'AWS::SNS::Topic';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

function valueOf(expression: unknown, sections: object = {}, more: readonly TemplateInput[] = []): Value {
  const templates = new Templates([{ file: 't', stack: 'T', body: { ...sections, Resources: { A: { Type: TYPE, Properties: { P: expression } } } } }, ...more]);
  return get(templates.all(TYPE)[0] as Resource, 'P');
}

const exporting = (values: readonly unknown[]) => ({ Outputs: Object.fromEntries(values.map((value, at) => [`O${at}`, { Value: value, Export: { Name: `e${at}` } }])) });
const imported = (at: number) => ({ 'Fn::ImportValue': `e${at}` });
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

describe('what doubles at each of 60 steps', () => {
  test.each<[string, () => Value, Value['kind']]>([
    ['a text of exports', () => valueOf(imported(59), exporting(numbers(60).map((at) => (at === 0 ? 'xx' : join(imported(at - 1), imported(at - 1)))))), 'text'],
    ['alternatives of exports', () => valueOf(imported(59), {
      ...exporting(numbers(60).map((at) => (at === 0 ? { Ref: 'P' } : { 'Fn::If': [`C${at}`, imported(at - 1), join(imported(at - 1), 'x')] }))),
      Parameters: { P: { Type: 'String', AllowedValues: ['a', 'b'] } },
    }), 'one-of'],
    ['names of imports that are not there', () => valueOf(imported(59), exporting(numbers(60).map((at) => (at === 0 ? imported(99) : { 'Fn::ImportValue': join(imported(at - 1), imported(at - 1)) })))), 'unknown'],
    ['a list of exports', () => valueOf({ 'Fn::Join': [',', imported(59)] }, exporting(numbers(60).map((at) => (at === 0 ? 'x' : [imported(at - 1), imported(at - 1)])))), 'unknown'],
    ['variables of Fn::Sub', () => valueOf(numbers(60).reduce<unknown>((inner) => ({ 'Fn::Sub': ['${V}${V}', { V: inner }] }), 'xx')), 'text'],
    ['variables of Fn::Sub that are empty', () => valueOf(numbers(60).reduce<unknown>((inner) => ({ 'Fn::Sub': ['${V}${V}', { V: inner }] }), '')), 'known'],
    ['assumptions', () => valueOf(imported(59), {
      ...exporting(numbers(60).map((at) => (at === 0 ? { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'P' }] }] } : { 'Fn::Select': [0, { 'Fn::Split': [',', join(imported(at - 1), ',', imported(at - 1))] }] }))),
      Parameters: { P: { Type: 'String', Default: 'a,b' } },
    }), 'known'],
  ])('%s', (_, read, kind) => {
    expect(within(1000, read).kind).toBe(kind);
  });

  test('a nested stack that is given its own outputs', () => {
    const twice = (value: unknown) => join(value, value);
    const output = { 'Fn::GetAtt': ['N', 'Outputs.O'] };
    const nested: TemplateInput = { file: 'n', stack: 'N', body: { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: twice({ Ref: 'P' }) } }, Resources: { B: { Type: TYPE, Properties: { P: { Ref: 'P' } } } } } };
    const parent: TemplateInput = {
      file: 'p', stack: 'P', nested: { N: nested }, body: { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: twice(output) } } } } },
    };
    const [resource] = new Templates([parent]).all(TYPE);
    expect(JSON.stringify(within(1000, () => get(resource, 'P')))).toContain('in a circle');
  });

  test('exports that are each other', () => {
    expect(within(1000, () => valueOf(imported(0), exporting([join(imported(1), imported(1)), join(imported(0), imported(0))]))).kind).not.toBe('known');
  });
});

describe('what is long', () => {
  const MANY = 250_000;
  test.each<[string, unknown]>([
    ['placeholders that do not end', { 'Fn::Sub': '${'.repeat(MANY) }],
    ['placeholders', { 'Fn::Sub': '${A}'.repeat(MANY) }],
    ['a list to join', { 'Fn::Join': ['', new Array(MANY).fill('x')] }],
    ['a list to join with a part that is unknown', { 'Fn::Join': ['', new Array(MANY).fill({ Ref: 'AWS::StackName' })] }],
    ['a text to split', { 'Fn::Split': [',', ','.repeat(MANY)] }],
    ['a list in Fn::If', { 'Fn::If': ['C', new Array(MANY).fill('x'), 'y'] }],
    ['an attribute', { 'Fn::GetAtt': '.'.repeat(MANY) }],
    ['a dynamic reference', '{{resolve:'.repeat(MANY)],
  ])('%s', (_, expression) => {
    within(2000, () => valueOf(expression));
    within(2000, () => analyse([template({ A: { Type: TYPE, Properties: { P: expression } } })]));
    within(3000, () => analyse([albTemplate({ listener: { SslPolicy: expression, Certificates: expression } })]));
  });

  test('lists in circles, declarations and errors of declarations', () => {
    const many = new Array<unknown>(300_000).fill('x');
    within(5000, () => analyse([template({ A: { Type: TYPE, DependsOn: many, Properties: { P: many } } })]));
    within(5000, () => analyse([albTemplate({ server: { speaks: many, hops: many }, routes: many })]));
    within(5000, () => analyse([albTemplate({ server: { settings: Object.fromEntries(numbers(100_000).map((at) => [`s${at}`, at])), preset: 'ws' } })]));
  });

  test('Fn::If inside each other on either side', () => {
    const then = numbers(190).reduce<unknown>((inner, at) => ({ 'Fn::If': [`C${at}`, inner, `v${at}`] }), 'x');
    const both = numbers(20).reduce<unknown>((inner, at) => ({ 'Fn::If': [`C${at}`, { 'Fn::If': [`D${at}`, inner, `v${at}`] }, { 'Fn::If': [`E${at}`, `w${at}`, `u${at}`] }] }), 'x');
    for (const expression of [then, both]) {
      expect(within(2000, () => valueOf(expression)).kind).toBe('one-of');
      const input = albTemplate({ listener: { SslPolicy: expression, Protocol: expression }, group: { ProtocolVersion: expression } });
      within(3000, () => analyse([input]));
    }
  });

  test('conditions that go in circles of two', () => {
    const Conditions = Object.fromEntries(numbers(60).map((at) => [`C${at}`, { 'Fn::And': [{ Condition: `C${(at + 1) % 60}` }, { Condition: `C${(at + 2) % 60}` }] }]));
    expect(within(1000, () => valueOf({ 'Fn::If': ['C0', 'a', 'b'] }, { Conditions })).kind).toBe('one-of');
  });
});

describe('requests that go in circles end, and are said to', () => {
  const notesOf = (input: TemplateInput) => JSON.stringify(within(2000, () => analyse([input])).paths.map(({ notes }) => notes));
  const distribution = (domain: unknown) => ({
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Origins: [{ Id: 'o', DomainName: domain, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }],
        DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'allow-all' },
      },
    },
  });
  const domainOf = (id: string) => ({ 'Fn::GetAtt': [id, 'DomainName'] });
  const api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } };
  const route = { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: '$default', Target: { 'Fn::Sub': 'integrations/${Integration}' } } };
  const stage = { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } };
  const integration = (uri: unknown) => ({ Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: uri } });
  const apiHost = { 'Fn::Sub': '${Api}.execute-api.eu-west-1.amazonaws.com' };

  test.each<[string, TemplateInput]>([
    ['a distribution that is its own origin', template({ A: distribution(domainOf('A')) })],
    ['two distributions', template({ A: distribution(domainOf('B')), B: distribution(domainOf('A')) })],
    ['a distribution and an API', template({ A: distribution(apiHost), Api: api, Route: route, Stage: stage, Integration: integration({ 'Fn::Sub': 'https://${A.DomainName}/' }) })],
    ['an API that integrates itself', template({ Api: api, Route: route, Stage: stage, Integration: integration({ 'Fn::Sub': 'https://${Api}.execute-api.eu-west-1.amazonaws.com/' }) })],
  ])('%s', (_, input) => {
    expect(notesOf(input)).toMatch(/goes in a circle|leads to itself/);
  });
});

/** Twice the resources may take a little more than twice the time, not four times. */
describe('time grows with the size of the template, not with its square', () => {
  const listeners = (count: number) => albTemplate({ more: Object.fromEntries(numbers(count).map((at) => [`L${at}`, { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Alb' }, Port: 1000 + at, Protocol: 'HTTP', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }] } }])) });
  const rules = (count: number) => albTemplate({ more: Object.fromEntries(numbers(count).map((at) => [`R${at}`, { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { ListenerArn: { Ref: 'Listener' }, Priority: at + 1, Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [`/p${at}/*`] } }], Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }] } }])) });
  const behaviors = (count: number) => template({
    D: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Origins: numbers(count).map((at) => ({ Id: `o${at}`, DomainName: `o${at}.example.com`, CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } })),
          DefaultCacheBehavior: { TargetOriginId: 'o0', ViewerProtocolPolicy: 'allow-all' },
          CacheBehaviors: numbers(count).map((at) => ({ PathPattern: `/p${at}/*`, TargetOriginId: `o${at}`, ViewerProtocolPolicy: 'https-only' })),
        },
      },
    },
  });
  const routes = (count: number) => template({
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    ...Object.fromEntries(numbers(count).flatMap((at) => [
      [`R${at}`, { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: `GET /r${at}`, Target: { 'Fn::Sub': `integrations/\${I${at}}` } } }],
      [`I${at}`, { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: `https://h${at}.example.com` } }],
    ])),
  });
  const services = (count: number) => template(Object.fromEntries(numbers(count).flatMap((at) => [
    [`S${at}`, { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: `T${at}` }, ServiceConnectConfiguration: { Enabled: true, Namespace: 'n', Services: [{ PortName: 'p', ClientAliases: [{ Port: 80, DnsName: `d${at}` }] }] } }, Metadata: { 'cdk-handshake': { calls: { to: `d${(at + 1) % count}:80`, with: ['http/1.1'] } } } }],
    [`T${at}`, { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'c', PortMappings: [{ ContainerPort: 80, Name: 'p', AppProtocol: 'http' }] }] } }],
  ])));
  test.each<[string, (count: number) => TemplateInput, number]>([
    ['listeners', listeners, 1000],
    ['rules of one listener', rules, 200],
    ['behaviors of one distribution', behaviors, 200],
    ['routes of one API', routes, 300],
    ['services that call each other', services, 300],
  ])('%s', (_, make, count) => {
    const time = (input: TemplateInput) => {
      const start = process.cpuUsage();
      analyse([input]);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    time(make(count));
    const [small, large] = [time(make(count)), time(make(4 * count))];
    expect(large).toBeLessThan(4 * 3 * small + 200);
  });
});
