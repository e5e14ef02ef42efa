// Writes docs/systems.md: what each system answers to each class of client, computed from the models and never written by hand. With
// --check it writes nothing and ends with 1 if the page is stale. Run it with `npx ts-node -P tsconfig.dev.json scripts/systems-page.ts`.
// Not here: what the systems do (src/systems), and the proof (test/lab).

import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ClientId, CLIENTS, FRONT_IDS, FrontId, Kind } from '../src/protocol';
import { analyse } from '../src/rules';
import { apache, apacheProxy } from '../src/systems/apache';
import { daphne, hypercorn, uvicorn } from '../src/systems/asgi';
import { caddy, caddyProxy } from '../src/systems/caddy';
import { envoy } from '../src/systems/envoy';
import { FRONT_ROWS } from '../src/systems/front/rows';
import { go } from '../src/systems/go';
import { gunicorn } from '../src/systems/gunicorn';
import { haproxy } from '../src/systems/haproxy';
import { nginx, NginxPass } from '../src/systems/nginx';
import { node, NodeSettings } from '../src/systems/node';
import { Program, Seen } from '../src/systems/program/knock';
import { squidProxy } from '../src/systems/squid';
import { tomcat } from '../src/systems/tomcat';
import { uwsgi } from '../src/systems/uwsgi';
import { varnishProxy } from '../src/systems/varnish';
import { TemplateInput } from '../src/template';
import { knockOf } from '../test/lab/lab-clients';
import { httpApi } from '../test/rules/api-templates';
import { albTemplate, template } from '../test/templates';

const PAGE = join(__dirname, '..', 'docs', 'systems.md');

/** Columns: the client of the contract, and the knock of the lab that it is, on a port with TLS and on one without. */
const COLUMNS: readonly { readonly id: ClientId; readonly clear?: string; readonly tls?: string }[] = [
  { id: 'http/1.0', clear: 'h1.0', tls: 'h1.0' },
  { id: 'http/1.1', clear: 'h1.1', tls: 'h1.1' },
  { id: 'h2', clear: 'h2c-prior-knowledge', tls: 'tls1.3-only' },
  { id: 'ws', clear: 'ws' },
  { id: 'wss', tls: 'ws' },
  { id: 'wss-alpn-h2', tls: 'wss-h1-bytes-but-offers-h2' },
  { id: 'grpc', clear: 'grpc-post-h2', tls: 'grpc-post-h2' },
  { id: 'tls1.0', tls: 'tls1.0-only' },
  { id: 'tls1.2-only', tls: 'tls1.2-only' },
  { id: 'tls1.3-only', tls: 'tls1.3-only' },
  { id: 'health-check', clear: 'elb-health-h1', tls: 'elb-health-h1' },
];

type Known = 'lab' | 'documented' | 'unknown';
interface Cell { readonly says: string; readonly known: Known }
interface Row { readonly name: string; readonly versions: string; readonly cells: readonly (Cell | undefined)[] }

const WS = { webSocket: { is: 'ws-alone' } } as const satisfies NodeSettings;
const nodeAt = (settings: NodeSettings): Program => (knock) => node({ version: '20', ...settings }, knock);
const passing = (pass: Partial<NginxPass> = {}) => ({ locations: [{ does: { is: 'proxy_pass' as const, ...pass } }] });
const H2_TLS = { http2: 'listen', tls: { protocols: ['1.2', '1.3'] } } as const;
const UPGRADE = { httpVersion: '1.1', upgrade: '$http_upgrade', connection: 'map' } as const;

const NODE = 'Node.js 18 to 26';
const TOMCAT = 'Tomcat 10.1.60, 11.0.22, 11.0.24';
const GUNICORN = 'Gunicorn 20.1, 23.0, 26.2';
const UWSGI = 'uWSGI 2.0.21 to 2.0.31';
const NGINX = 'nginx 1.22, 1.26, 1.30';
const HAPROXY = 'HAProxy 2.6, 3.0, 3.2';

/** Programs: name, versions that were seen, whether the port has TLS, the model. */
const PROGRAMS: readonly (readonly [name: string, versions: string, tls: boolean, program: Program, known?: Known])[] = [
  ['Node.js http, Express', `${NODE}, express 4.22`, false, nodeAt({})],
  ['Node.js https', NODE, true, nodeAt({ tls: {} })],
  ['Node.js http2 without TLS', NODE, false, nodeAt({ http2: {} })],
  ['Node.js http2 with TLS', NODE, true, nodeAt({ http2: {}, tls: {} })],
  ['Node.js http2 with TLS and allowHTTP1', NODE, true, nodeAt({ http2: { allowHttp1: true }, tls: {} })],
  ['Node.js `ws` alone', 'ws 8.23', false, nodeAt(WS)],
  ['Node.js `ws` beside routes', 'ws 8.23', false, nodeAt({ webSocket: { is: 'ws-on-server' } })],
  ['grpc-js', 'grpc-js 1.14', false, nodeAt({ framework: 'grpc-js' })],
  ['Fastify', 'fastify 5.12', false, nodeAt({ framework: 'fastify' })],
  ['Tomcat', TOMCAT, false, (knock) => tomcat({ version: '11.0.24' }, knock)],
  ['Tomcat with Http2Protocol', TOMCAT, false, (knock) => tomcat({ version: '11.0.24', http2: true }, knock)],
  ['Tomcat with TLS and Http2Protocol', TOMCAT, true, (knock) => tomcat({ version: '11.0.24', http2: true, tls: {} }, knock)],
  ['Gunicorn, sync', GUNICORN, false, (knock) => gunicorn({ version: '23.0.0' }, knock)],
  ['Gunicorn 26, sync, TLS, h2', 'Gunicorn 26.2', true, (knock) => gunicorn({ version: '26.2.2', tls: true, httpProtocols: ['h2', 'h1'] }, knock)],
  ['uWSGI, http-socket', UWSGI, false, (knock) => uwsgi({ listens: 'http-socket' }, knock)],
  ['uWSGI, http router', UWSGI, false, (knock) => uwsgi({ listens: 'http' }, knock)],
  ['Uvicorn', 'Uvicorn 0.17, 0.32, 0.53', false, (knock) => uvicorn({ version: '0.53.0' }, knock)],
  ['Hypercorn', 'Hypercorn 0.13, 0.17', false, (knock) => hypercorn({ version: '0.17.3' }, knock)],
  ['Daphne', 'Daphne 4.0, 4.1, 4.2', false, (knock) => daphne({ version: '4.2.3' }, knock)],
  ['Go net/http', 'Go 1.27', false, (knock) => go({}, knock)],
  ['Go net/http, TLS', 'Go 1.27', true, (knock) => go({ tls: true }, knock)],
  ['Apache httpd', 'httpd 2.4.68, 2.4.69, 2.4.71', false, (knock) => apache({}, knock)],
  ['Caddy, TLS', 'Caddy 2.6, 2.11', true, (knock) => caddy({ version: '2.11.4', tls: {} }, knock)],
  ['nginx, content, TLS, http2', NGINX, true, nginx({ version: '1.30.6', ...H2_TLS, locations: [] }, nodeAt({}))],
  ['nginx before 1.29.7, `proxy_pass` alone, before ws', NGINX, false, nginx({ version: '1.26.3', ...passing() }, nodeAt(WS))],
  ['nginx with Upgrade and Connection, before ws', NGINX, true, nginx({ version: '1.26.3', ...H2_TLS, ...passing(UPGRADE) }, nodeAt(WS))],
  ['nginx before 1.29.7, `proxy_pass` alone, before Envoy', `${NGINX}; Envoy by its documentation`, false,
    nginx({ version: '1.26.3', ...passing() }, (knock) => envoy({}, knock)), 'documented'],
  ['nginx from 1.29.7, `proxy_pass` alone, before Envoy', `${NGINX}; Envoy by its documentation`, false,
    nginx({ version: '1.30.6', ...passing() }, (knock) => envoy({}, knock)), 'documented'],
  ['HAProxy before ws', HAPROXY, false, haproxy({ version: '3.2.26', mode: 'http', bind: {}, server: {} }, nodeAt(WS))],
  ['HAProxy with TLS before ws', HAPROXY, true, haproxy({ version: '3.2.26', mode: 'http', bind: { tls: {} }, server: {} }, nodeAt(WS))],
  ['HAProxy, `proto h2`, before an HTTP/1.1 server', HAPROXY, false, haproxy({ version: '3.2.26', mode: 'http', bind: {}, server: { proto: 'h2' } }, nodeAt({}))],
  ['Apache, ProxyPass, before ws', 'httpd 2.4.68 to 2.4.71', false, apacheProxy({ to: 'http' }, nodeAt(WS))],
  ['Caddy, reverse_proxy, before ws', 'Caddy 2.6, 2.11', false, caddyProxy({ version: '2.11.4', to: 'http' }, nodeAt(WS))],
  ['Varnish before ws', 'Varnish 7.1, 7.7, 9.0', false, varnishProxy({}, nodeAt(WS))],
  ['Squid, ssl-bump (TLS inspection), before a server with WebSocket', 'Squid 5.7, 6.13, 7.7', true,
    squidProxy({ asked: 'CONNECT', sslBump: 'bump' }, nodeAt({ tls: {}, webSocket: { is: 'ws-on-server' } }))],
];

function programRow([name, versions, tls, program, known = 'lab']: (typeof PROGRAMS)[number]): Row {
  const cells = COLUMNS.map((column): Cell | undefined => {
    const client = tls ? column.tls : column.clear;
    const knock = client && knockOf(client, tls ? 'tls' : 'clear');
    if (!knock) return undefined;
    const seen = program(knock);
    return seen.kind === 'unknown' ? { says: '?', known: 'unknown' } : { says: saysOf(seen), known };
  });
  return { name, versions, cells };
}

function saysOf(seen: Exclude<Seen, { kind: 'unknown' }>): string {
  switch (seen.kind) {
    case 'status': return String(seen.status);
    case '101': return seen.frames === false ? '101, then silence' : '101';
    case 'tls-failure': return 'no TLS session';
    case 'connection-closed': return 'closed';
    case 'timeout': return 'no answer';
    case 'wrong-protocol': return seen.status === undefined ? 'no h2' : `${seen.status} in HTTP/1`;
    case 'client-refuses': return 'not announced';
    default: return seen satisfies never;
  }
}

/** AWS and hops in front: name, source, template, kinds of clients that have business there. */
const SERVERS = [{ speaks: ['http/1.1', 'websocket'], only: true }];
const GRPC = { server: [{ speaks: ['grpc'], only: true }], group: { ProtocolVersion: 'GRPC' } };

function behind(id: FrontId): TemplateInput {
  const input = albTemplate({ server: SERVERS });
  (input.body as any).Resources.Alb.Metadata = { 'cdk-handshake': { behind: { hop: id } } };
  return input;
}

function cloudFront(): TemplateInput {
  const origin = { DomainName: 'origin.example.com', Id: 'o', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } };
  const behavior = {
    TargetOriginId: 'o',
    ViewerProtocolPolicy: 'allow-all',
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  };
  const certificate = { AcmCertificateArn: 'arn:aws:acm:us-east-1:1:certificate/x', SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' };
  return template({
    Cdn: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Enabled: true, HttpVersion: 'http2and3', ViewerCertificate: certificate, Origins: [origin], DefaultCacheBehavior: behavior } },
      Metadata: { 'cdk-handshake': { server: { speaks: ['http/1.1', 'websocket'], origin: 'o' } } },
    },
  });
}

const WEB_SOCKET_API = template({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
  Default: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: '$default', Target: { 'Fn::Sub': 'integrations/${Mock}' } } },
  Connect: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: '$connect', Target: { 'Fn::Sub': 'integrations/${Mock}' } } },
  Mock: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'MOCK' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'live', AutoDeploy: true } },
});

const AWS: readonly (readonly [string, string, TemplateInput])[] = [
  ['ALB, HTTPS, target group HTTP1', 'ELB guide', albTemplate({ server: SERVERS })],
  ['ALB, HTTPS, target group HTTP2', 'ELB guide', albTemplate({ server: [{ speaks: ['h2c', 'http/1.1'] }], group: { ProtocolVersion: 'HTTP2' } })],
  ['ALB, HTTPS, target group GRPC', 'ELB guide', albTemplate(GRPC)],
  ['API Gateway HTTP API', 'API Gateway guide', httpApi({ server: SERVERS })],
  ['API Gateway WebSocket API', 'API Gateway guide', WEB_SOCKET_API],
  ['CloudFront, own certificate', 'CloudFront guide', cloudFront()],
  ...FRONT_IDS.map((id) => [`${FRONT_ROWS[id]({})!.name}, before an ALB`, id === 'squid' ? 'Squid 5.7, 6.13, 7.7' : 'its documentation', behind(id)] as const),
];

function awsRow([name, versions, input]: (typeof AWS)[number]): Row {
  const known = versions.startsWith('Squid') ? 'lab' : 'documented';
  return { name, versions, cells: COLUMNS.map(({ id }) => awsCell(input, id, known)) };
}

const KINDS: Readonly<Record<string, readonly Kind[]>> = { 'health-check': [] };

function awsCell(input: TemplateInput, id: ClientId, known: Known): Cell | undefined {
  const analysis = analyse([input], { serve: id === 'health-check' ? [] : [id], table: true, cycles: false });
  const front = analysis.paths.filter(({ at }) => at?.includes('behind'));
  const api = analysis.paths.filter(({ path }) => path[0] === 'Api');
  const rows = (front.length ? front : api.length ? api : analysis.paths).filter(({ kind }) => (id === 'health-check' ? kind === 'health-check' : kind !== 'health-check'));
  const kinds = KINDS[id] ?? [CLIENTS[id].kind];
  const found = rows.map(({ kind, outcomes }) => ({ kind, outcome: outcomes[id] })).filter(({ outcome }) => outcome !== undefined);
  const cell = found.find(({ kind }) => kinds.includes(kind as Kind)) ?? found[0];
  if (!cell?.outcome) return undefined;
  if (cell.outcome === 'unknown') return { says: '?', known: 'unknown' };
  return { says: cell.outcome === 'served' ? 'served' : cell.outcome === 'tls-handshake-failure' ? 'no TLS session' : cell.outcome, known };
}

const MARK: Readonly<Record<Known, string>> = { lab: ' ˡ', documented: ' ᵈ', unknown: '' };

function line({ name, versions, cells }: Row): string {
  return `| ${name} | ${versions} | ${cells.map((cell) => (cell ? `${cell.says}${MARK[cell.known]}` : '')).join(' | ')} |`;
}

export function page(): string {
  const head = [`| system | seen with, or source | ${COLUMNS.map(({ id }) => `\`${id}\``).join(' | ')} |`, `|${'---|'.repeat(COLUMNS.length + 2)}`];
  return [
    '<!-- Generated by scripts/systems-page.ts from the models in src/systems. -->',
    '',
    '# What each system answers to each client',
    '',
    'Every cell is computed from the model that the check uses. **ˡ** was seen with the real program, in the versions named; **ᵈ** is documented, and',
    'no real program could be asked; **?** is not known, and the check says so instead of guessing. An empty cell: that client has no business there,',
    'or the port has no TLS for it to speak. `h2` is HTTP/2 by prior knowledge where a port has no TLS, `health-check` the HTTP/1.1 check of a load balancer.',
    '',
    'The programs that this machine can run are asked again by `npx jest test/lab`; rows that differ from the model fail the test.',
    '',
    '## Servers and proxies',
    '',
    ...head,
    ...PROGRAMS.map(programRow).map(line),
    '',
    'A WebSocket server answers 101 and an ordinary one 200: `426` to a plain request is `ws` saying that it has nothing else to offer.',
    '',
    '## AWS, and what stands in front of it',
    '',
    'Behind each stands a server that speaks HTTP/1.1 and WebSocket, or what the row names.',
    '',
    ...head,
    ...AWS.map(awsRow).map(line),
    '',
  ].join('\n');
}

function main(check: boolean): number {
  const wanted = page();
  let is = '';
  try {
    is = readFileSync(PAGE, 'utf8');
  } catch {
    // Not written yet.
  }
  if (is === wanted) return 0;
  if (!check) writeFileSync(PAGE, wanted);
  console.log(check ? 'docs/systems.md is stale: npx ts-node -P tsconfig.dev.json scripts/systems-page.ts' : 'docs/systems.md written');
  return check ? 1 : 0;
}

if (require.main === module) process.exitCode = main(process.argv.includes('--check'));
