// Hops in front of an entry point, in Metadata and through the public API: what each does to clients that come through it.

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { GoogleCloudMode, Hop, InspectionProduct, Protocols } from '../../src';
import { ClientId, CLIENTS, FRONT_IDS } from '../../src/protocol';
import { analyse } from '../../src/rules';
import { FRONT_ROWS } from '../../src/systems/front/rows';
import { ruleTester } from '../rules/rule-tester';
import { albTemplate } from '../templates';

const testRule = ruleTester('front');

const SERVER = [{ speaks: ['websocket', 'http/1.1'], only: true }];

/** A balancer with WebSocket behind it, and hops in front. */
const behind = (hops: unknown, parts: Parameters<typeof albTemplate>[0] = {}) => {
  const input = albTemplate({ server: SERVER, ...parts });
  (input.body as any).Resources.Alb.Metadata = { 'cdk-handshake': { behind: hops } };
  return input;
};
const grpc = { server: [{ speaks: ['grpc'], only: true }], group: { ProtocolVersion: 'GRPC' } };

function declaredBy(...hops: Hop[]): unknown {
  const stack = new Stack(new App(), 'Test');
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: new Vpc(stack, 'Vpc') });
  for (const hop of hops) Protocols.of(balancer).behind(hop);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  return resource.Metadata['cdk-handshake'].behind;
}

const outcomes = (input: ReturnType<typeof behind>, serve: ClientId[]) => {
  const rows = analyse([input], { serve, table: true }).paths.filter(({ kind, at }) => kind !== 'health-check' && at?.includes('behind'));
  return Object.assign({}, ...rows.map((row) => row.outcomes));
};

test.each(FRONT_IDS)('%s has a row', (id) => {
  expect(FRONT_ROWS[id]({})!.name).not.toBe('');
});

test.each<[Hop[], unknown]>([
  [[Hop.corporateProxy()], { hop: 'corporate-proxy' }],
  [[Hop.corporateProxy({ product: InspectionProduct.SQUID, dropsUpgrade: false })], { hop: 'squid', settings: { dropsUpgrade: false } }],
  [[Hop.googleCloudLoadBalancer({ mode: GoogleCloudMode.REGIONAL }), Hop.corporateProxy({ inspectsTls: false })],
    [{ hop: 'google-cloud-load-balancer', settings: { mode: 'regional' } }, { hop: 'corporate-proxy', settings: { inspectsTls: false } }]],
  [[Hop.azureFrontDoor({ caching: true })], { hop: 'azure-front-door', settings: { caching: true } }],
  [[Hop.azureApplicationGateway({ http2: true })], { hop: 'azure-application-gateway', settings: { http2: true } }],
  [[Hop.apigee()], { hop: 'apigee' }],
])('Protocols.of(edge).behind, row %#', (hops, expected) => {
  expect(declaredBy(...hops)).toEqual(expected);
});

test('what cannot be is refused at once', () => {
  expect(() => Hop.corporateProxy({ tls: ['1.4'] })).toThrow('Hop: tls of corporate-proxy is not made of 1.0, 1.1, 1.2, 1.3.');
});

test.each<[string, unknown, ClientId[], object]>([
  ['Squid', { hop: 'squid' }, ['http/1.1', 'h2', 'wss'], { 'http/1.1': 'served', 'h2': 'served', 'wss': '426' }],
  ['Squid that lets WebSocket through', { hop: 'squid', settings: { dropsUpgrade: false } }, ['wss'], { wss: 'served' }],
  ['an inspecting proxy of which nothing is known', { hop: 'corporate-proxy' }, ['h2', 'wss'], { h2: 'served', wss: 'unknown' }],
  ['TLS 1.2 only before TLS 1.3', { hop: 'corporate-proxy', settings: { tls: ['1.3'] } }, ['tls1.2-only'], { 'tls1.2-only': 'tls-handshake-failure' }],
  ['Google Cloud, regional', { hop: 'google-cloud-load-balancer', settings: { mode: 'regional' } }, ['http/1.0', 'wss'], { 'http/1.0': '426', 'wss': 'served' }],
  ['Google Cloud, global', { hop: 'google-cloud-load-balancer', settings: { mode: 'global' } }, ['http/1.0'], { 'http/1.0': 'served' }],
  ['Google Cloud with an HTTP/2 backend', { hop: 'google-cloud-load-balancer', settings: { backendProtocol: 'HTTP2' } }, ['wss', 'h2'], { wss: '502', h2: 'served' }],
  ['Google Cloud with a cleartext backend', { hop: 'google-cloud-load-balancer', settings: { backendProtocol: 'HTTP' } }, ['h2'], { h2: 'unknown' }],
  ['Apigee', { hop: 'apigee' }, ['http/1.0', 'wss'], { 'http/1.0': '426', 'wss': 'served' }],
  ['Azure Front Door', { hop: 'azure-front-door' }, ['wss'], { wss: 'served' }],
  ['Azure Front Door with caching', { hop: 'azure-front-door', settings: { caching: true } }, ['wss'], { wss: '426' }],
  ['two hops', [{ hop: 'google-cloud-load-balancer' }, { hop: 'squid' }], ['wss'], { wss: '426' }],
])('%s', (_name, hops, serve, expected) => {
  expect(outcomes(behind(hops), serve)).toMatchObject(expected);
});

test('a proxy that only tunnels changes nothing for anybody', () => {
  const serve = Object.keys(CLIENTS) as ClientId[];
  const paths = (hops: unknown) => analyse([behind(hops)], { serve }).paths;
  expect(paths([{ hop: 'squid', settings: { inspectsTls: false } }])).toEqual(paths([]));
  expect(paths([{ hop: 'squid' }])).not.toEqual(paths([]));
});

test.each<[string, unknown, string]>([
  ['Azure Front Door', { hop: 'azure-front-door' }, '502'],
  ['Azure Front Door with gRPC', { hop: 'azure-front-door', settings: { grpc: true } }, 'served'],
  ['Azure Application Gateway', { hop: 'azure-application-gateway', settings: { http2: true } }, '502'],
  ['Squid', { hop: 'squid' }, 'tls-handshake-failure'],
  ['Palo Alto as shipped', { hop: 'palo-alto' }, 'served'],
  ['Google Cloud with an HTTP/2 backend', { hop: 'google-cloud-load-balancer', settings: { backendProtocol: 'HTTP2' } }, 'served'],
])('gRPC behind %s', (_name, hops, expected) => {
  expect(outcomes(behind(hops, grpc), ['grpc'])).toEqual({ grpc: expected });
});

test('where some clients sit behind the hop, the direct way stays', () => {
  const ways = (hop: string) => analyse([behind({ hop })], { serve: ['http/1.1'], table: true }).paths.filter(({ kind }) => kind === 'http').length;
  expect([ways('squid'), ways('apigee')]).toEqual([2, 1]);
});

test('words that are none are named', () => {
  const { findings } = analyse([behind([{ hop: 'teapot' }, { hop: 'squid', settings: { steam: true } }])]);
  const said = findings.filter(({ rule }) => rule === 'DeclarationNotUnderstood').map(({ message }) => message).join('\n');
  expect(said).toContain('"teapot" is no hop that stands in front');
  expect(said).toContain('"steam" is no setting of squid');
});

const AT = { resource: 'Alb', property: 'Metadata.cdk-handshake.behind' };

testRule('HopInFrontDropsUpgrade', {
  valid: [{ name: 'Squid that allows it', template: behind({ hop: 'squid', settings: { dropsUpgrade: false } }) }, { name: 'not known', template: behind({ hop: 'zscaler' }) }],
  invalid: [{ name: 'Squid', template: behind({ hop: 'squid' }), outcome: '426', ...AT }],
});

testRule('HopInFrontRefusesHttp10', {
  valid: [{ name: 'global mode', template: behind({ hop: 'google-cloud-load-balancer', settings: { mode: 'global' } }), serve: ['http/1.0'] }],
  invalid: [{ name: 'Apigee', template: behind({ hop: 'apigee' }), serve: ['http/1.0'], outcome: '426', level: 'warning', ...AT }],
});

testRule('HopInFrontWithoutWebSocket', {
  valid: [{ name: 'an HTTPS backend', template: behind({ hop: 'google-cloud-load-balancer', settings: { backendProtocol: 'HTTPS' } }) }],
  invalid: [
    { name: 'an HTTP/2 backend', template: behind({ hop: 'google-cloud-load-balancer', settings: { backendProtocol: 'HTTP2' } }), outcome: '502', level: 'warning', ...AT },
  ],
});

testRule('HopInFrontWithoutHttp2', {
  valid: [{ name: 'ALPN is kept', template: behind({ hop: 'palo-alto' }, grpc), serve: ['grpc'] }],
  invalid: [{ name: 'ALPN is stripped', template: behind({ hop: 'palo-alto', settings: { removesAlpn: true } }, grpc), serve: ['grpc'], outcome: 'tls-handshake-failure', ...AT }],
});

testRule('HopInFrontTlsVersions', {
  valid: [{ name: '1.2 and 1.3', template: behind({ hop: 'squid' }), serve: ['tls1.2-only'] }],
  invalid: [{ name: '1.3 only', template: behind({ hop: 'squid', settings: { tls: ['1.3'] } }), serve: ['tls1.2-only'], outcome: 'tls-handshake-failure', ...AT }],
});
