// What each property of each resource of an estate (test/estates) changes: without it, with a value that is not known, under a condition,
// and with other values that it may have. The recorded texts are read in a change's diff (test/baselines.ts).

import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ClientId } from '../../src/protocol';
import { analyse } from '../../src/rules';
import { TemplateInput } from '../../src/template';
import { parseTemplate } from '../../src/template/parse';
import { apart, briefly, expectAsRecorded } from '../baselines';

const ESTATES = join(__dirname, '..', 'estates');
const SERVE: ClientId[] = ['http/1.0', 'http/1.1', 'h2', 'ws', 'wss', 'wss-alpn-h2', 'grpc', 'tls1.2-only', 'tls1.3-only'];

/** Values by the name of the property; what is not here is only taken away or made unknown. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Protocol: ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'SSL', 'GRPC', 'TLS_PASSTHROUGH'],
  InstanceProtocol: ['HTTP', 'HTTPS', 'TCP', 'SSL'],
  ProtocolVersion: ['HTTP1', 'HTTP2', 'GRPC', 'NONE'],
  HealthCheckProtocol: ['HTTP', 'HTTPS', 'TCP'],
  HealthCheckPort: ['traffic-port', '8080', '1'],
  HealthCheckPath: ['/', '/AWS.ALB/healthcheck', '/live'],
  HealthCheckEnabled: [false],
  HttpCode: ['200', '426', '200-499', '100-600', 'all'],
  GrpcCode: ['0', '12', '0-99', '200'],
  TargetType: ['ip', 'instance', 'lambda', 'alb'],
  Port: [80, 443, 8443, '443', 0],
  SslPolicy: ['ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-TLS13-1-3-2021-06', 'ELBSecurityPolicy-TLS-1-2-2017-01', 'Own'],
  SecurityPolicy: ['TLS_1_0', 'TLS_1_2', 'SecurityPolicy_TLS13_1_3_2025_09', 'Own'],
  MinimumProtocolVersion: ['SSLv3', 'TLSv1', 'TLSv1.2_2018', 'TLSv1.3_2025', 'Own'],
  OriginProtocolPolicy: ['http-only', 'https-only', 'match-viewer'],
  ViewerProtocolPolicy: ['allow-all', 'https-only', 'redirect-to-https'],
  HttpVersion: ['http1.1', 'http2', 'http3', 'http2and3'],
  HeaderBehavior: ['none', 'allViewer', 'whitelist', 'allExcept', 'allViewerAndWhitelistCloudFront'],
  CachePolicyId: ['658327ea-f89d-4fab-a63d-7e88639e58f6', '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'own'],
  OriginRequestPolicyId: ['b689b0a8-53d0-40ab-baf2-68738e2966ac', '216adef6-5c7f-47e4-b989-5492eafa07d3', '59781a5b-3903-41f3-afcb-af62929ccde1'],
  TargetOriginId: ['web', 'other', 'files', 'nobody'],
  Types: [['EDGE'], ['REGIONAL'], ['PRIVATE']],
  EndpointType: ['EDGE', 'REGIONAL'],
  EndpointAccessMode: ['STRICT', 'BASIC'],
  IntegrationType: ['HTTP_PROXY', 'HTTP', 'AWS_PROXY', 'AWS', 'MOCK'],
  ConnectionType: ['INTERNET', 'VPC_LINK'],
  IntegrationUri: ['http://shop.example.com', 'https://shop.example.com:8443', 'http://shop.example.com:443/x', 'no address'],
  Uri: ['http://shop.example.com', 'https://shop.example.com:8443', 'no address'],
  RouteKey: ['$default', '$connect', 'GET /live', 'send'],
  ProtocolType: ['HTTP', 'WEBSOCKET'],
  AuthorizationType: ['NONE', 'AWS_IAM', 'JWT', 'CUSTOM'],
  IdentitySource: [['route.request.header.Authorization'], ['route.request.querystring.token']],
  AlpnPolicy: [['HTTP1Only'], ['HTTP2Only'], ['HTTP2Optional'], ['None'], ['Own']],
  Mode: ['verify', 'passthrough', 'off'],
  StatusCode: ['200', '426', '503', 'HTTP_302'],
  Scheme: ['internal', 'internet-facing'],
  AppProtocol: ['http', 'http2', 'grpc'],
  Key: ['routing.http2.enabled', 'stickiness.enabled', 'idle_timeout.timeout_seconds', 'own'],
  Value: ['false', '10', 'strictest', 'TCP'],
  Values: [['*'], ['GET'], ['0.0.0.0/0'], []],
  Field: ['host-header', 'own'],
  AllowedMethods: [['GET', 'HEAD'], ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']],
  Enabled: [true, false],
  AutoDeploy: [true, false],
  DisableExecuteApiEndpoint: [true],
  PayloadFormatVersion: ['1.0', '2.0'],
  Priority: [0, 1, 99],
  LoadBalancerPort: ['80', '443'],
  AuthType: ['NONE', 'AWS_IAM'],
  PathPattern: ['*', '/live/*'],
};

/** What a `Type`, or the value of an option, may be besides. */
const FAMILIES = [
  ['forward', 'fixed-response', 'redirect', 'authenticate-oidc', 'authenticate-cognito', 'jwt-validation'],
  ['application', 'network', 'gateway'],
  ['HTTP_PROXY', 'HTTP', 'AWS_PROXY', 'AWS', 'MOCK'],
  ['EDGE', 'REGIONAL', 'PRIVATE'],
  ['IP', 'LAMBDA', 'ALB', 'INSTANCE'],
  ['A', 'CNAME'],
  ['classic', 'application', 'network'],
  ['LoadBalanced', 'SingleInstance'],
];

const familyOf = (key: string, old: unknown) => (key === 'Type' || key === 'Value' ? FAMILIES.find((family) => family.includes(old as string)) : undefined);

type Node = Record<string, unknown> | unknown[];
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The body with one place changed; `undefined` takes it away. */
function changed(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(node)) {
    const copy = node.map((item, at) => (String(at) === key ? changed(item, rest, value) : item));
    return value === undefined && rest.length === 0 ? copy.filter((_, at) => String(at) !== key) : copy;
  }
  const { [key]: old, ...others } = node as Record<string, unknown>;
  const made = changed(old, rest, value);
  return made === undefined ? others : { ...(node as object), [key]: made };
}

/** All places below, whole parts and their leaves; expressions are leaves. */
function places(node: unknown, path: readonly string[] = []): string[][] {
  if (!isNode(node) || Object.keys(node).some((key) => key === 'Ref' || key.startsWith('Fn::'))) return [];
  return Object.entries(node).flatMap(([key, value]) => [[...path, key], ...places(value, [...path, key])]);
}

function valueAt(node: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<string, unknown>)[key], node);
}

const of = (input: TemplateInput) => briefly(analyse([input], { serve: SERVE }));

test.each(readdirSync(ESTATES).filter((name) => name.endsWith('.yaml')).sort())('%s', (file) => {
  const input = { file, stack: 'App', ...parseTemplate(readFileSync(join(ESTATES, file), 'utf8'), file) } as TemplateInput;
  const { Resources } = input.body as { Resources: Record<string, { Properties?: object; Metadata?: object }> };
  const all = Object.entries(Resources).flatMap(([id, { Properties }]) => places(Properties).map((path) => ['Resources', id, 'Properties', ...path]));
  const sections = all.flatMap((path) => {
    const [key] = path.slice(-1);
    const old = valueAt(input.body, path);
    const others: [string, unknown][] = [
      ['without', undefined],
      ['unknown', { Ref: 'Unsaid' }],
      ...(isNode(old) ? [] : [['conditional', { 'Fn::If': ['Maybe', old, { Ref: 'AWS::NoValue' }] }] as [string, unknown]]),
      ...(familyOf(key, old) ?? VALUES[key] ?? []).filter((value) => value !== old).map((value): [string, unknown] => [JSON.stringify(value), value]),
    ];
    return others.map(([says, value]) => ({ name: `${path.slice(1).join('.')}: ${says}`, lines: of({ ...input, body: changed(input.body, path, value) }) }));
  });
  const [base, ...different] = apart([{ name: file, lines: of(input) }, ...sections]);
  expectAsRecorded(`properties/${file.replace(/\.yaml$/, '')}`, [base, ...different.filter(({ lines }) => lines.length > 0)]);
});
