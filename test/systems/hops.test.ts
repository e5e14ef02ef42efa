// Proxies before a server and programs with version and settings, in Metadata and through the public API: what a load balancer, and
// the clients behind it, get from the whole.

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { GunicornCleartextHttp2, GunicornWorker, Protocols, Proxy, Server, ServerPreset, UwsgiListener } from '../../src';
import { analyse } from '../../src/rules';
import { TemplateInput } from '../../src/template';
import { ruleTester } from '../rules/rule-tester';
import { albTemplate, Properties } from '../templates';

const testRule = ruleTester('hops');

const NGINX = (...lines: string[]) => ['events {}', 'http {', 'server {', 'listen 8080;', 'location / {', 'proxy_pass http://127.0.0.1:3000;', ...lines, '}', '}', '}', ''].join('\n');
const WEB_SOCKET = ['proxy_http_version 1.1;', 'proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection "upgrade";'];
const nginx = (version?: string, ...lines: string[]) => ({ program: 'nginx', ...(version ? { version } : {}), config: NGINX(...lines), file: 'nginx.conf' });

const at = (server: unknown, group: Properties = {}, routes?: unknown): TemplateInput => albTemplate({ server, routes, group: { HealthCheckPath: '/healthz', Matcher: { HttpCode: '200,426' }, ...group } });

/** The outcomes of the clients that are served, and those of the health check. */
function outcomes(server: unknown, serve: any[], group: Properties = {}): Record<string, string> {
  const { paths } = analyse([at(server, group)], { serve, table: true });
  return Object.assign({}, ...paths.map((row) => row.outcomes));
}

/** The declaration that the public API writes. */
function declaredBy(server: Server): unknown {
  const stack = new Stack(new App(), 'Test');
  const group = new elbv2.ApplicationTargetGroup(stack, 'Group', { vpc: new Vpc(stack, 'Vpc'), port: 80, targetType: elbv2.TargetType.IP });
  Protocols.of(group).server(server);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
  return resource.Metadata['cdk-handshake'].server;
}

/** A file in a folder of its own. */
function file(name: string, text: string): string {
  const made = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'hops-')), name);
  fs.writeFileSync(made, text);
  return made;
}

const WS = Server.nodeWs();
const NGINX_FILE = file('nginx.conf', NGINX());
const NGINX_WS_FILE = file('nginx.conf', NGINX(...WEB_SOCKET));
const HAPROXY_FILE = file('haproxy.cfg', 'defaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\nfrontend in\n  bind :8080\n  default_backend app\nbackend app\n  server app 127.0.0.1:3000\n');
const haproxyWith = (line: string, bind = 'bind :8080') => Proxy.haproxy({
  version: '3.0.11',
  config: `defaults\n  mode http\n  timeout connect 5s\n  timeout client 90s\n  timeout server 90s\nfrontend in\n  ${bind}\n  default_backend app\nbackend app\n  server app 127.0.0.1:3000 ${line}\n`,
});

test.each<[string, Server, any[], object]>([
  ['nginx with proxy_pass alone before ws', WS.behindProxy(Proxy.nginx({ version: '1.22.1' })), ['wss'], { wss: '426' }],
  ['the same from a file', Server.nginxConfig(NGINX_FILE, { server: WS, version: '1.22.1' }), ['wss'], { wss: '426' }],
  ['nginx that passes Upgrade on', Server.nginxConfig(NGINX_WS_FILE, { server: WS, version: '1.22.1' }), ['wss'], { wss: 'served' }],
  ['old nginx before Envoy', Server.preset(ServerPreset.ENVOY).behindProxy(Proxy.nginx({ version: '1.26.3' })), ['http/1.1'], { 'http/1.1': '426' }],
  ['new nginx before Envoy', Server.preset(ServerPreset.ENVOY).behindProxy(Proxy.nginx({ version: '1.30.6' })), ['http/1.1'], { 'http/1.1': 'served' }],
  ['old nginx, HAProxy, Envoy: HTTP/1.0 travels', Server.preset(ServerPreset.ENVOY).behindProxy(haproxyWith('')).behindProxy(Proxy.nginx({ version: '1.22.1' })), ['http/1.1'], { 'http/1.1': '426' }],
  ['old nginx, Apache, Envoy: Apache speaks HTTP/1.1', Server.preset(ServerPreset.ENVOY).behindProxy(Proxy.apache()).behindProxy(Proxy.nginx({ version: '1.22.1' })), ['http/1.1'], { 'http/1.1': 'served' }],
  ['HAProxy from a file', Server.haproxyConfig(HAPROXY_FILE, { server: WS }), ['wss'], { wss: 'served' }],
  ['HAProxy before a server that speaks HTTP/2 only', Server.h2c({ only: true }).behindProxy(haproxyWith('')), ['http/1.1'], { 'http/1.1': '502' }],
  ['HAProxy with proto h2 before it', Server.h2c({ only: true }).behindProxy(haproxyWith('proto h2')), ['http/1.1'], { 'http/1.1': 'served' }],
  ['Apache without upgrade=', WS.behindProxy(Proxy.apache()), ['wss'], { wss: '426' }],
  ['Apache with upgrade=websocket', WS.behindProxy(Proxy.apache({ webSocket: true })), ['wss'], { wss: 'served' }],
  ['Caddy', WS.behindProxy(Proxy.caddy()), ['wss'], { wss: 'served' }],
  ['Varnish', WS.behindProxy(Proxy.varnish()), ['wss'], { wss: '426' }],
  ['Varnish with pipe', WS.behindProxy(Proxy.varnish({ pipe: true })), ['wss'], { wss: 'served' }],
  ['Envoy', WS.behindProxy(Proxy.envoy()), ['wss'], { wss: '403' }],
  ['Envoy with upgrade_configs', WS.behindProxy(Proxy.envoy({ webSocket: true })), ['wss'], { wss: 'served' }],
])('%s', (_name, server, serve, expected) => {
  expect(outcomes(declaredBy(server), serve)).toMatchObject(expected);
});

test.each<[string, Server, Properties, any[], object]>([
  ['Gunicorn 26 with cleartext HTTP/2 for trusted peers', Server.gunicorn({ version: '26.2.2', worker: GunicornWorker.GTHREAD, httpProtocols: ['h2', 'h1'], http2Cleartext: GunicornCleartextHttp2.BOTH, trustedPeer: true }), { ProtocolVersion: 'HTTP2' }, ['h2'], { h2: 'served' }],
  ['the same behind a balancer that is not trusted', Server.gunicorn({ version: '26.2.2', worker: GunicornWorker.GTHREAD, httpProtocols: ['h2', 'h1'], http2Cleartext: GunicornCleartextHttp2.BOTH }), { ProtocolVersion: 'HTTP2' }, ['h2'], { h2: '502' }],
  ['Gunicorn 26 sync with HTTP/2 over TLS', Server.gunicorn({ version: '26.2.2', httpProtocols: ['h2', 'h1'], tls: true }), { ProtocolVersion: 'HTTP2', Protocol: 'HTTPS' }, ['h2'], { h2: '502' }],
  ['Tomcat with Http2Protocol', Server.tomcat({ version: '11.0.24', http2: true }), { ProtocolVersion: 'HTTP2' }, ['h2'], { h2: 'served' }],
  ['Tomcat without', Server.tomcat({ version: '11.0.24' }), { ProtocolVersion: 'HTTP2' }, ['h2'], { h2: '502' }],
  ['uWSGI http router with it', Server.uwsgi({ listener: UwsgiListener.HTTP, httpWebSockets: true }), {}, ['wss'], { wss: 'served' }],
  ['ws at another path', Server.nodeWsWithHttp({ webSocketPath: '/live' }), {}, ['wss'], { wss: '400' }],
])('%s', (_name, server, group, serve, expected) => {
  expect(outcomes(declaredBy(server), serve, group)).toMatchObject(expected);
});

test('uWSGI http router without http-websockets: 101, and then silence', () => {
  const template = at(declaredBy(Server.uwsgi({ listener: UwsgiListener.HTTP })), {}, { path: '/ws', speaks: ['websocket'] });
  const rows = analyse([template], { serve: ['wss'], table: true }).paths.filter(({ kind }) => kind === 'websocket');
  expect(rows.map(({ outcomes: { wss } }) => wss)).toEqual(['ws-close-1006']);
});

test('by hand it is the same words', () => {
  const server = { preset: 'node-ws', hops: [nginx('1.22.1', ...WEB_SOCKET)] };
  expect(outcomes(server, ['wss'])).toMatchObject({ wss: 'served' });
  expect(outcomes({ preset: 'node-ws', hops: [{ program: 'nginx', version: '1.22.1' }] }, ['wss'])).toMatchObject({ wss: '426' });
  expect(outcomes({ preset: 'gunicorn', version: '26.2.2', settings: { worker: 'gthread', httpProtocols: ['h2', 'h1'], http2Cleartext: 'both', trustedPeer: 'true' } }, ['h2'], { ProtocolVersion: 'HTTP2' })).toMatchObject({ h2: 'served' });
});

test('without a version the older behavior is possible', () => {
  const [finding] = analyse([at({ preset: 'envoy', hops: [{ program: 'nginx' }] })], { serve: ['http/1.1'] }).findings.filter(({ rule }) => rule === 'ProxySpeaksHttp10');
  expect(finding).toMatchObject({ level: 'warning', certainty: 'possible' });
  expect(finding.message).toContain('its version is not known');
});

test('what cannot be read makes the outcome unknown, and is named', () => {
  const broken = { preset: 'node-ws', hops: [{ program: 'nginx', config: 'http { server { listen 80; location / { proxy_pass http://$target;', file: 'nginx.conf' }] };
  const { paths, findings } = analyse([at(broken)], { serve: ['wss'], table: true });
  expect(paths.find(({ kind }) => kind === 'websocket')?.outcomes).toEqual({ wss: 'unknown' });
  expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a time that cannot be read is no default', () => {
  const server = { preset: 'node-ws', pingIntervalSeconds: 10, hops: [nginx('1.26.3', ...WEB_SOCKET, 'proxy_read_timeout $timeout;')] };
  expect(outcomes(server, ['wss'])).toMatchObject({ wss: 'unknown' });
});

test('words that are none are named', () => {
  const server = { preset: 'gunicorn', settings: { workers: 4 }, hops: [{ program: 'teapot' }, { program: 'apache', settings: { steam: true } }] };
  const [finding] = analyse([at(server)]).findings.filter(({ rule }) => rule === 'DeclarationNotUnderstood');
  for (const text of ['"workers" is no setting of gunicorn', '"teapot" is no program of hops', '"steam" is no setting of apache']) expect(finding.message).toContain(text);
});

test('what cannot be is refused at once', () => {
  expect(() => Server.preset(ServerPreset.GUNICORN, { settings: { workers: 4 } })).toThrow('Server: "workers" is no setting of gunicorn');
  expect(() => Server.nginxConfig('/nowhere/nginx.conf')).toThrow("Proxy: '/nowhere/nginx.conf' cannot be read (ENOENT).");
});

test('comments, secrets and what does not matter stay out of the template, and lines keep their numbers', () => {
  const text = ['# the secret is swordfish', 'http {', '  log_format main "$remote_addr', '    $request";', '  server {', '    listen 80;', '    location / {', '      proxy_set_header Authorization "Basic c3dvcmRmaXNo";', '      proxy_pass http://app;', '    }', '  }', '}', ''].join('\n');
  const [hop] = (declaredBy(Server.nginxConfig(file('nginx.conf', text))) as any).hops;
  expect(hop.config).not.toMatch(/swordfish|c3dvcmRmaXNo|log_format/);
  expect(hop.config.split('\n')[8]).toContain('proxy_pass http://app;');
});

const slow = (seconds: number, ...lines: string[]) => at({ preset: 'node-ws', pingIntervalSeconds: seconds, hops: [nginx('1.26.3', ...WEB_SOCKET, ...lines)] });
const envoy = (version: string | undefined, ...lines: string[]) => at({ preset: 'envoy', hops: [nginx(version, ...lines)] });
const AT = { resource: 'Group', property: 'Metadata.cdk-handshake.server' };

testRule('ProxyDropsUpgrade', {
  valid: [{ name: 'both headers', template: at({ preset: 'node-ws', hops: [nginx('1.22.1', ...WEB_SOCKET)] }) }],
  invalid: [{ name: 'no headers', template: at({ preset: 'node-ws', hops: [nginx('1.22.1')] }), outcome: '426', client: 'wss', says: /proxy_set_header Upgrade/, ...AT }],
});

testRule('ProxySpeaksHttp10', {
  valid: [{ name: 'HTTP/1.1 by default', template: envoy('1.30.6') }, { name: 'HTTP/1.1 because it says so', template: envoy(undefined, 'proxy_http_version 1.1;') }],
  invalid: [
    { name: 'HTTP/1.0 by default', template: envoy('1.22.1'), outcome: '426', says: /proxy_http_version/, ...AT },
    { name: 'of an unknown version', template: envoy(undefined), outcome: '426', level: 'warning', ...AT },
  ],
});

testRule('ProxyBeforeUnfitServer', {
  valid: [{ name: 'a server that speaks both', template: at({ speaks: ['h2c', 'http/1.1'], hops: [nginx('1.22.1')] }) }],
  invalid: [{ name: 'a server that speaks HTTP/2 only', template: at({ preset: 'node-http2-cleartext', hops: [nginx('1.22.1')] }), outcome: '502', level: 'warning', ...AT }],
});

testRule('ProxyRefusesCaller', {
  valid: [{ name: 'HTTP/1.1 to HTTP/1.1', template: at({ preset: 'node-http', hops: [nginx('1.22.1')] }) }],
  invalid: [
    {
      name: 'HTTP/2 without TLS before 1.25.1 is HTTP/2 alone',
      template: at({ preset: 'node-http', hops: [{ program: 'nginx', version: '1.22.1', config: NGINX().replace('listen 8080', 'listen 8080 http2') }] }),
      outcome: '502',
      ...AT,
    },
  ],
});

testRule('ProxyTimeoutNotAbovePing', {
  valid: [{ name: 'longer than the ping', template: slow(50) }, { name: 'set longer', template: slow(120, 'proxy_read_timeout 300s;') }],
  invalid: [{ name: 'the default of 60 s', template: slow(120), outcome: 'ws-close-1006', says: /proxy_read_timeout/, ...AT }],
});

test('the ping interval of a sidecar is in its declaration', () => {
  expect(declaredBy(Server.nodeWs({ pingInterval: Duration.seconds(120) }).behindProxy(Proxy.nginx()))).toMatchObject({ pingIntervalSeconds: 120, hops: [{ program: 'nginx' }] });
});
