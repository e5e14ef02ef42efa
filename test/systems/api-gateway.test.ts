// API Gateway: which path is walked and what each client ends up with, where no rule has anything to say. Rows name their
// source: the API Gateway guide unless said otherwise.

import { analyse, AnalysisOptions } from '../../src/rules';
import { TemplateInput } from '../../src/template';
import { CERTIFICATE, distribution, httpApi, HTTPS, LAMBDA, res, restApi, socketApi, v1Domain, v1Mapping, v2Domain, v2Mapping } from '../rules/api-templates';
import { template } from '../templates';

const rows = (input: TemplateInput, options: AnalysisOptions = {}) => analyse([input], options).paths.map(({ path, kind, outcomes }) => ({ path: path.join(' '), kind, outcomes }));
const errors = (input: TemplateInput, options: AnalysisOptions = {}) => analyse([input], options).findings.filter(({ level }) => level !== 'info').map(({ rule, resource }) => `${rule} ${resource}`);
const PUBLIC = { 'http/1.1': 'served', 'h2': 'served', 'tls1.2-only': 'served', 'tls1.3-only': 'served' };
const sam = (resources: Parameters<typeof template>[0], sections: Record<string, unknown> = {}) => template(resources, { Transform: 'AWS::Serverless-2016-10-31', ...sections });
const fn = (events: Record<string, unknown>) => res('Serverless::Function', { Runtime: 'nodejs22.x', Events: events });

describe('paths', () => {
  const table: [string, TemplateInput, string, string][] = [
    ['HTTP API over a VPC link to an ALB', httpApi(), 'Api Route Integration Link Alb Listener Group', 'http'],
    ['HTTP API by a URL to the balancer\'s name', httpApi({ integration: { ConnectionType: undefined, IntegrationUri: { 'Fn::Sub': 'http://${Alb.DNSName}/x/{proxy}' } } }), 'Api Route Integration Alb Listener Group', 'http'],
    ['quick create', template({ Api: res('ApiGatewayV2::Api', { ProtocolType: 'HTTP', Target: 'arn:aws:lambda:eu-west-1:1:function:f' }) }), 'Api', 'http'],
    ['REST API to a function', restApi(LAMBDA), 'Api Method', 'http'],
    ['REST API over a VPC link v2', restApi({ Type: 'HTTP_PROXY', Uri: 'http://orders.example.com/', ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' }, IntegrationTarget: { Ref: 'Alb' } }, rest(httpApi())), 'Api Method Link Alb Listener Group', 'http'],
    ['custom domain', httpApi({ api: { DisableExecuteApiEndpoint: true }, more: { Domain: v2Domain({}), Mapping: v2Mapping({ Ref: 'Api' }, { Ref: 'Domain' }, { ApiMappingKey: 'orders' }) } }), 'Domain Mapping Api Route Integration Link Alb Listener Group', 'http'],
    ['v1 domain of a REST API', restApi(LAMBDA, { Domain: v1Domain({}), Mapping: v1Mapping({ Ref: 'Api' }) }, { DisableExecuteApiEndpoint: true }), 'Domain Mapping Api Method', 'http'],
    ['one API behind another', httpApi({ route: { RouteKey: '$default' }, more: { Front: res('ApiGatewayV2::Api', { ProtocolType: 'HTTP', Target: { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com/']] } }) } }), 'Front Api Route Integration Link Alb Listener Group', 'http'],
    ['CloudFront in front of an HTTP API', httpApi({ more: { Cdn: distribution({ 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' }) } }), 'Cdn Api Route Integration Link Alb Listener Group', 'http'],
    ['WebSocket API', socketApi(), 'Sockets Stage Connect Integration', 'websocket'],
    ['CloudFront in front of a WebSocket API', socketApi({ more: { Cdn: distribution({ 'Fn::Sub': '${Sockets}.execute-api.${AWS::Region}.amazonaws.com' }, {}, { OriginPath: '/live' }) } }), 'Cdn Sockets Stage Connect Integration', 'websocket'],
    ['OpenAPI body', template({ Api: res('ApiGatewayV2::Api', { Body: { openapi: '3.0.1', paths: { '/$default': { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { type: 'http_proxy', connectionType: 'VPC_LINK', connectionId: { Ref: 'Link' }, uri: { Ref: 'Listener' } } } } } } }), ...rest(httpApi()) }), 'Api Link Alb Listener Group', 'http'],
    ['SAM: events on an HTTP API', sam({ Api: res('Serverless::HttpApi'), Fn: fn({ Get: { Type: 'HttpApi', Properties: { ApiId: { Ref: 'Api' }, Path: '/x', Method: 'get' } } }) }), 'Api Fn', 'http'],
    ['SAM: the implicit API', sam({ Fn: fn({ Get: { Type: 'HttpApi' } }) }), 'Fn', 'http'],
    ['SAM: WebSocket API', sam({ Sockets: res('Serverless::WebSocketApi', { Routes: { $connect: { FunctionArn: 'arn:f' }, $default: { FunctionArn: 'arn:f' } } }) }), 'Sockets', 'websocket'],
  ];
  test.each(table)('%s', (_, input, path, kind) => {
    const row = rows(input).find((candidate) => candidate.path === path);
    expect(row).toMatchObject({ kind, outcomes: kind === 'http' ? PUBLIC : { wss: 'served' } });
    expect(errors(input)).toEqual([]);
  });
});

describe('nothing to say', () => {
  const table: [string, TemplateInput, AnalysisOptions?][] = [
    ['a private API is no entry', restApi(LAMBDA, {}, { EndpointConfiguration: { Types: ['PRIVATE'] } }), { serve: ['http/1.1', 'tls1.0'] }],
    ['a private API by an old type of SAM\'s', sam({ Api: res('Serverless::Api', { EndpointConfiguration: 'PRIVATE' }), Fn: fn({ Get: { Type: 'Api', Properties: { RestApiId: { Ref: 'Api' }, Path: '/', Method: 'get' } } }) }), { serve: ['tls1.0'] }],
    ['a body in S3', template({ Api: res('ApiGateway::RestApi', { BodyS3Location: { Bucket: 'b', Key: 'k' } }) })],
    ['a body that AWS::Include brings', template({ Api: res('ApiGateway::RestApi', { Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } } }) })],
    ['an integration that leads to its own API', httpApi({ integration: { ConnectionType: undefined, IntegrationUri: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/{proxy}' } } })],
    ['two distributions and APIs in a circle', httpApi({ integration: { ConnectionType: undefined, IntegrationUri: { 'Fn::Sub': 'https://${Cdn.DomainName}/{proxy}' } }, more: { Cdn: distribution({ 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' }) } })],
    ['a link to a Cloud Map service', httpApi({ integration: { IntegrationUri: { 'Fn::GetAtt': ['Service', 'Arn'] } }, more: { Service: res('ServiceDiscovery::Service') } })],
    ['a route to an unknown integration', httpApi({ route: { Target: { 'Fn::ImportValue': 'target' } } })],
    ['WebSocket named, and a WebSocket API is there for it', socketApi(), { serve: ['wss', 'wss-browser', 'wss-alpn-h2'] }],
    ['plain HTTP named, and only a WebSocket API there', socketApi(), { serve: ['http/1.1', 'h2', 'http/1.0'] }],
    ['odd shapes', template({ Api: res('ApiGatewayV2::Api', { ProtocolType: { Ref: 'AWS::NoValue' }, Body: [] }), Route: res('ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: { Ref: 'X' }, Target: [] }), Method: res('ApiGateway::Method', { RestApiId: { Ref: 'Api' }, Integration: 'x' }), D: res('ApiGatewayV2::DomainName', { DomainNameConfigurations: 'x' }), S: { Type: 'AWS::ApiGatewayV2::Stage' }, F: fn({ A: 'x', B: { Type: 'Api' } }), W: res('Serverless::WebSocketApi', { Routes: ['x'] }), H: { Type: 'AWS::Serverless::HttpApi' } }, { Globals: 'x' })],
  ];
  test.each(table)('%s', (...[, input, options]) => {
    expect(errors(input, options)).toEqual([]);
  });
});

test('a SAM domain is walked with its policy from Globals', () => {
  const input = sam({ Api: res('Serverless::Api'), Fn: fn({ Get: { Type: 'Api', Properties: { RestApiId: { Ref: 'Api' }, Path: '/', Method: 'get' } } }) }, { Globals: { Api: { Domain: { DomainName: 'api.example.com', CertificateArn: 'arn:c', SecurityPolicy: 'TLS_1_0' } } } });
  const found = analyse([input]).findings.find(({ rule }) => rule === 'OutdatedTlsOnApi');
  expect(found).toMatchObject({ resource: 'Api', property: 'Globals.Api.Domain.SecurityPolicy', level: 'error' });
});

test('what HTTP/1.0 gets is not claimed', () => {
  expect(rows(httpApi(), { serve: ['http/1.0'] }).find(({ path }) => path.startsWith('Api'))?.outcomes).toEqual({ 'http/1.0': 'unknown' });
});

test('the TLS leg of a private integration is named by its TlsConfig', () => {
  const input = httpApi({ integration: { TlsConfig: { ServerNameToVerify: 'a.example.com' } }, listener: HTTPS, more: CERTIFICATE('a.example.com') });
  expect(rows(input).find(({ path }) => path.startsWith('Api'))?.outcomes).toEqual(PUBLIC);
});

test('three thousand routes stay fast', () => {
  const more: Record<string, ReturnType<typeof res>> = {};
  for (let at = 0; at < 3000; at++) {
    more[`Route${at}`] = res('ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: `GET /items${at}/{id}`, Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] } });
  }
  const start = Date.now();
  expect(rows(httpApi({ more })).length).toBeGreaterThan(3000);
  expect(Date.now() - start).toBeLessThan(5000);
});

function rest(input: TemplateInput) {
  const { Alb, Listener, Group, Link } = (input.body as { Resources: Record<string, ReturnType<typeof res>> }).Resources;
  return { Alb, Listener, Group, Link };
}

describe('HTTP API -> VPC link -> NLB -> ALB', () => {
  const chain = (integration: Record<string, unknown>, listener: Record<string, unknown>) => httpApi({
    listener,
    integration: { IntegrationUri: { Ref: 'Tcp' }, ...integration },
    more: {
      ...CERTIFICATE('a.example.com'),
      Nlb: res('ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', Scheme: 'internal' }),
      Tcp: res('ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'Nlb' }, Port: 443, Protocol: 'TCP', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'ToAlb' } }] }),
      ToAlb: res('ElasticLoadBalancingV2::TargetGroup', { TargetType: 'alb', Protocol: 'TCP', Port: 443, HealthCheckProtocol: 'HTTPS', Targets: [{ Id: { Ref: 'Alb' }, Port: 443 }] }),
    },
  });
  test('is walked to the end', () => {
    const found = rows(chain({ TlsConfig: { ServerNameToVerify: 'a.example.com' } }, HTTPS)).find(({ path }) => path.startsWith('Api'));
    expect(found).toMatchObject({ path: 'Api Route Integration Link Nlb Tcp ToAlb Alb Listener Group', outcomes: PUBLIC });
  });
  test('plain HTTP to the HTTPS listener at its end is the integration\'s fault', () => {
    expect(errors(chain({}, HTTPS))).toContain('IntegrationSchemeMismatch Integration');
  });
});
