// The pure parts under API Gateway: names in Route 53, URLs that are expressions, the choice of a route, the policy table.

import { Route, RouteTable } from '../../src/systems/api-gateway/model';
import { API_TLS_POLICIES } from '../../src/systems/api-gateway/tls-policies';
import { urlOf } from '../../src/systems/api-gateway/url';
import { parseKey } from '../../src/systems/http-api/settings';
import { aliasTargets } from '../../src/systems/route53';
import { ABSENT, get, keyOf, Settled, Templates } from '../../src/template';
import { res } from '../rules/api-templates';
import { template } from '../templates';

const record = (name: unknown, target: unknown) => res('Route53::RecordSet', { Name: name, Type: 'A', AliasTarget: { DNSName: target } });
const DNS = { 'Fn::GetAtt': ['Alb', 'DNSName'] };

describe('aliasTargets', () => {
  const table: [string, Parameters<typeof template>[0], unknown, string | undefined][] = [
    ['a plain alias', { R: record('a.example.com', DNS) }, 'a.example.com', 'Alb'],
    ['trailing dot and case', { R: record('A.example.com.', DNS) }, 'a.Example.com', 'Alb'],
    ['dualstack', { R: record('a.example.com', { 'Fn::Join': ['', ['dualstack.', DNS]] }) }, 'a.example.com', 'Alb'],
    ['the same expression', { R: record({ 'Fn::Sub': 'origin.${P}' }, DNS) }, { 'Fn::Join': ['.', ['origin', { Ref: 'P' }]] }, 'Alb'],
    ['a group of records', { G: res('Route53::RecordSetGroup', { RecordSets: [{ Name: 'a.example.com', Type: 'A', AliasTarget: { DNSName: DNS } }] }) }, 'a.example.com', 'Alb'],
    ['a CNAME', { R: res('Route53::RecordSet', { Name: 'a.example.com', Type: 'CNAME', ResourceRecords: [DNS] }) }, 'a.example.com', 'Alb'],
    ['a CNAME to an alias', { R: res('Route53::RecordSet', { Name: 'a.example.com', Type: 'CNAME', ResourceRecords: ['b.example.com'] }), S: record('b.example.com', DNS) }, 'a.example.com', 'Alb'],
    ['A and AAAA to the same', { R: record('a.example.com', DNS), S: record('a.example.com', DNS) }, 'a.example.com', 'Alb'],
    ['two targets: not known which', { R: record('a.example.com', DNS), S: record('a.example.com', { 'Fn::GetAtt': ['Other', 'DNSName'] }) }, 'a.example.com', undefined],
    ['names in a circle', { R: record('a.example.com', 'b.example.com'), S: record('b.example.com', 'a.example.com') }, 'a.example.com', undefined],
    ['an address', { R: res('Route53::RecordSet', { Name: 'a.example.com', Type: 'A', ResourceRecords: ['192.0.2.1'] }) }, 'a.example.com', undefined],
    ['another name', { R: record('a.example.com', DNS) }, 'b.example.com', undefined],
  ];
  test.each(table)('%s', (_, records, asked, expected) => {
    const templates = new Templates([template({ Alb: res('ElasticLoadBalancingV2::LoadBalancer'), Other: res('ElasticLoadBalancingV2::LoadBalancer'), Asks: res('X::Y', { Name: asked as string }), ...records }, { Parameters: { P: { Type: 'String' } } })]);
    expect(aliasTargets(templates)(get(templates.all('AWS::X::Y')[0], 'Name'))?.id).toBe(expected);
  });
});

describe('urlOf', () => {
  const table: [unknown, string | undefined][] = [
    ['https://a.example.com/x/{proxy}?y', 'https a.example.com 443 /x/{proxy}'],
    ['http://a.example.com:8080', 'http a.example.com 8080 /'],
    ['HTTP://a.example.com?x', 'http a.example.com 80 /'],
    [{ 'Fn::Sub': 'http://${Alb.DNSName}:81/x' }, 'http ${0:Alb.DNSName} 81 /x'],
    [{ 'Fn::Sub': 'https://${Alb.DNSName}' }, 'https ${0:Alb.DNSName} 443 /'],
    ['arn:aws:lambda:eu-west-1:1:function:f', undefined],
    [{ Ref: 'Alb' }, undefined],
  ];
  test.each(table)('%j', (raw, expected) => {
    const templates = new Templates([template({ Alb: res('ElasticLoadBalancingV2::LoadBalancer'), Asks: res('X::Y', { Uri: raw as string }) })]);
    const url = urlOf(get(templates.all('AWS::X::Y')[0], 'Uri') as Settled);
    expect(url && `${url.scheme} ${keyOf(url.host)} ${url.port} ${url.path}`).toBe(expected);
  });
});

describe('RouteTable', () => {
  const keys = ['$default', 'ANY /{proxy+}', 'GET /items', 'ANY /items', 'GET /items/{id}', 'GET /items/{id}/parts', 'POST /items/{proxy+}', 'GET /'];
  const none = { authorization: ABSENT, authorizer: ABSENT, apiKeyRequired: ABSENT };
  const [owner] = new Templates([template({ Api: res('ApiGatewayV2::Api') })]).all('AWS::ApiGatewayV2::Api');
  const routes: Route[] = keys.map((key) => ({ resource: owner, property: '', ...parseKey(key), ...none }));
  test.each([
    ['/items', 'GET', 'GET /items'],
    ['/items', 'PUT', 'ANY /items'],
    ['/items/7', 'GET', 'GET /items/{id}'],
    ['/items/7/parts', 'GET', 'GET /items/{id}/parts'],
    ['/items/7/8', 'POST', 'POST /items/{proxy+}'],
    ['/other/x', 'GET', 'ANY /{proxy+}'],
    ['/', 'GET', 'GET /'],
    ['/', 'POST', '$default'],
  ])('%s %s', (path, method, key) => {
    expect(new RouteTable(routes).find(path, method)?.key).toBe(key);
  });
});

test('every policy is named once per endpoint type and goes up to TLS 1.3', () => {
  expect(new Set(API_TLS_POLICIES.map(({ name, endpoint }) => `${name} ${endpoint}`)).size).toBe(API_TLS_POLICIES.length);
  for (const { tls } of API_TLS_POLICIES) expect(tls).toContain('1.3');
});

test('$default takes what the greedy route leaves over, which is / alone, wherever it is written', () => {
  const route = (key: string) => ({ ...parseKey(key), key }) as unknown as Route;
  for (const keys of [['ANY /{proxy+}', '$default'], ['$default', 'ANY /{proxy+}']]) {
    const table = new RouteTable(keys.map(route));
    expect(['/', '/x', '/handshake/any'].map((path) => table.find(path, 'GET')?.key)).toEqual(['$default', 'ANY /{proxy+}', 'ANY /{proxy+}']);
  }
});
