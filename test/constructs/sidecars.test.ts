// The sidecars: what they render, what they put into the task, what the checks make of it, and what they refuse.

import { Duration, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as fc from 'fast-check';
import { accept, NOTHING, someCertificate, someVpc } from './accept';
import { Client, EdgeLoadBalancer, HaproxySidecar, NginxSidecar, Protocol, Protocols, Proxy, ProxySidecarProps, Server, ServerPreset, TlsPosture } from '../../src';
import { haproxyConfig } from '../../src/constructs/haproxy-config';
import { nginxConfig } from '../../src/constructs/nginx-config';
import { specOf } from '../../src/constructs/proxied';
import { readHaproxyConfig } from '../../src/systems/haproxy/read';
import { readNginxConfig } from '../../src/systems/nginx/read';
import { knockOf } from '../../src/systems/server/ask';
import { hopOf } from '../../src/systems/server/hops';
import { programOf } from '../../src/systems/server/programs';

const SIDECARS = { nginx: NginxSidecar, haproxy: HaproxySidecar };
type Kind = keyof typeof SIDECARS;
const KINDS = Object.keys(SIDECARS) as Kind[];

function task(stack: Stack): ecs.FargateTaskDefinition {
  const definition = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 256, memoryLimitMiB: 512 });
  definition.addContainer('App', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22'), logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'app' }), portMappings: [{ containerPort: 8080 }] });
  return definition;
}

/** A task with a sidecar, as a service behind a balancer. */
function app(stack: Stack, kind: Kind, props: Omit<ProxySidecarProps, 'taskDefinition'>, more: (task: ecs.FargateTaskDefinition) => void = () => undefined) {
  const vpc = someVpc(stack);
  const taskDefinition = task(stack);
  const sidecar = new SIDECARS[kind](stack, 'Proxy', { taskDefinition, ...props });
  more(taskDefinition);
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED });
  const service = new ecs.FargateService(stack, 'Service', { cluster, taskDefinition, minHealthyPercent: 100, circuitBreaker: { rollback: true } });
  const edge = new EdgeLoadBalancer(stack, 'Edge', { vpc, certificates: [someCertificate(stack)] });
  const target = service.loadBalancerTarget({ containerName: sidecar.container.containerName, containerPort: sidecar.listenPort });
  return { sidecar, edge, target, taskDefinition };
}

describe.each(KINDS)('%s', (kind) => {
  test('before a WebSocket server: accepted, with HTTP beside it', () => {
    const accepted = accept((stack) => {
      const { edge, target } = app(stack, kind, { server: Server.nodeWsWithHttp({ port: 8080, pingInterval: Duration.seconds(50) }) });
      edge.addWebSocketTargets('Sockets', { targets: [target], paths: ['/ws/*'], server: Server.webSocket({ port: 80 }) });
      edge.addHttpTargets('Web', { targets: [target], server: Server.http1({ port: 80 }) });
    }, { serve: [Client.HTTP_1_1, Client.H2, Client.WSS] });
    expect({ ...accepted, acknowledged: undefined, templates: undefined }).toEqual({ ...NOTHING, acknowledged: undefined, templates: undefined });
  }, 120_000);

  test('it declares itself before each server', () => {
    const { templates } = accept((stack) => void app(stack, kind, { server: Server.http1({ port: 8080 }), routes: { '/ws/*': Server.nodeWs({ port: 8081 }) } }), { onlyPack: true });
    const [definition] = resources(templates, 'AWS::ECS::TaskDefinition');
    expect(definition.Metadata['cdk-handshake'].server).toMatchObject([
      { preset: 'node-ws', path: '/ws/*', port: 80, hops: [{ program: kind, file: expect.stringMatching(/^Proxy\//) }] },
      { speaks: ['http/1.1'], port: 80, hops: [{ program: kind }] },
    ]);
  });

  test('with TLS: certificate from secrets, versions from the posture', () => {
    let config = '';
    const { templates } = accept((stack) => {
      const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'tls');
      const tls = { certificate: ecs.Secret.fromSecretsManager(secret, 'crt'), privateKey: ecs.Secret.fromSecretsManager(secret, 'key'), posture: TlsPosture.strict() };
      config = app(stack, kind, { server: Server.http1({ port: 8080 }), tls }).sidecar.config;
    }, { onlyPack: true });
    const [definition] = resources(templates, 'AWS::ECS::TaskDefinition');
    const container = definition.Properties.ContainerDefinitions.find(({ Name }: any) => Name === 'Proxy');
    expect(container).toMatchObject({ PortMappings: [{ ContainerPort: 443 }], Secrets: [{ Name: 'TLS_CERTIFICATE' }, { Name: 'TLS_PRIVATE_KEY' }] });
    expect(container.Environment).toBeUndefined();
    expect(config).toContain(kind === 'nginx' ? 'ssl_protocols TLSv1.3;' : 'ssl-min-ver TLSv1.3');
  });

  test('connections may be silent for twice the ping interval, and never for less than a balancer keeps them', () => {
    const config = (server: Server) => {
      let text = '';
      accept((stack) => { text = app(stack, kind, { server }).sidecar.config; }, { onlyPack: true });
      return text;
    };
    expect(config(Server.nodeWs({ port: 8080, pingInterval: Duration.minutes(2) }))).toMatch(/(proxy_read_timeout|timeout tunnel) 240s/);
    expect(config(Server.nodeWs({ port: 8080 }))).toMatch(/(proxy_read_timeout|timeout tunnel) 75s/);
  });

  test.each<[string, Partial<ProxySidecarProps>, string]>([
    ['a server without port', { server: Server.http1() }, "'server' has no port"],
    ['a route whose server has none', { server: Server.http1({ port: 8080 }), routes: { '/ws/*': Server.nodeWs() } }, "the server of route '/ws/*' has no port"],
    ['the same port twice', { server: Server.http1({ port: 80 }) }, 'both listen on port 80'],
    ['a path that is none', { server: Server.http1({ port: 8080 }), routes: { 'ws; }': Server.nodeWs({ port: 8081 }) } }, "'ws; }' is no path of a route"],
  ])('refuses %s', (_name, props, message) => {
    expect(() => app(new Stack(), kind, props as any)).toThrow(message);
  });

  test('refuses a network in which containers do not share an address', () => {
    const stack = new Stack();
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { networkMode: ecs.NetworkMode.BRIDGE });
    expect(() => new SIDECARS[kind](stack, 'Proxy', { taskDefinition, server: Server.http1({ port: 8080 }) })).toThrow('the network mode of the task is bridge');
  });
});

test('the same task behind a bare proxy_pass is rejected, and names the proxy', () => {
  const { handshake } = accept((stack) => {
    const vpc = someVpc(stack);
    const taskDefinition = task(stack);
    Protocols.of(taskDefinition).server(Server.nodeWs({ port: 8080 }).behindProxy(Proxy.nginx({ version: '1.22.1' })));
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    const service = new ecs.FargateService(stack, 'Service', { cluster, taskDefinition });
    const edge = new EdgeLoadBalancer(stack, 'Edge', { vpc, certificates: [someCertificate(stack)] });
    edge.addWebSocketTargets('Sockets', {
      targets: [service.loadBalancerTarget({ containerName: 'App', containerPort: 8080 })],
      paths: ['/ws/*'],
      server: Server.webSocket({ port: 8080 }),
      healthCheck: { path: '/healthz', healthyHttpCodes: '200,426' },
    });
  }, { serve: [Client.WSS], onlyPack: true });
  expect(handshake.join('\n')).toMatch(/ProxyDropsUpgrade at Test\/Task/);
});

/** Servers that a sidecar may stand before. */
const anyServer = fc.record({
  make: fc.constantFrom(Server.http1, Server.http2, Server.h2c, Server.webSocket, Server.nodeWs, Server.grpc, Server.socketIo),
  only: fc.option(fc.boolean(), { nil: undefined }),
  tls: fc.option(fc.boolean(), { nil: undefined }),
  port: fc.integer({ min: 1024, max: 65535 }),
  ping: fc.option(fc.integer({ min: 1, max: 4000 }), { nil: undefined }),
  // h2c is cleartext by definition.
}).filter(({ make, tls }) => !(make === Server.h2c && tls)).map(({ make, ping, ...rest }) =>
  make({ ...rest, ...(ping === undefined ? {} : { pingInterval: Duration.seconds(ping) }) }));

describe.each(KINDS)('any props of %s', (kind) => {
  const render = { nginx: nginxConfig, haproxy: haproxyConfig }[kind];
  const versions = { nginx: ['1.22.1', '1.26', '1.28', '1.30.6', '1.31.3'], haproxy: ['2.6', '2.8', '3.0', '3.2'] }[kind];

  test('what is rendered is understood without rest, and every server gets through what it is there for', () => {
    const routes = fc.dictionary(fc.constantFrom('/ws/*', '/grpc.Service/*', '/health', '/a*'), anyServer, { maxKeys: 3 });
    const props = fc.record({ server: anyServer, routes, tls: fc.boolean(), version: fc.constantFrom(...versions) });
    fc.assert(fc.property(props, ({ server, routes: others, tls, version }) => {
      const secrets = tls ? { tls: { certificate: {} as ecs.Secret, privateKey: {} as ecs.Secret } } : {};
      const spec = specOf({ taskDefinition: {} as ecs.TaskDefinition, server, routes: others, listenPort: 80, ...secrets }, version, kind);
      const mixed = spec.servers.some(({ server: one }) => one._props.speaks.includes(Protocol.GRPC)) && !spec.servers.every(({ http2 }) => http2);
      if (kind === 'nginx' && version === '1.22.1' && !tls && mixed) return expect(() => render(spec)).toThrow('cannot take HTTP/1.1 and gRPC on one port');
      const config = render(spec);
      const { unread } = kind === 'nginx' ? readNginxConfig(config, { file: 'x' }) : readHaproxyConfig(config, { file: 'x' });
      expect(unread).toEqual([]);
      const hop = hopOf({ program: kind, version, config }, { port: 80, tls: false });
      expect(hop.unknown).toBeUndefined();
      for (const { server: one, path = '/', webSocket, http2 } of spec.servers) {
        const declared = { ...(one._toMetadata() as any), transports: [] };
        const target = path.replace('*', 'x');
        const ask = (kindOf: 'http' | 'websocket' | 'grpc', over2: boolean) => hop.through(programOf(declared))(knockOf({
          kind: kindOf, version: over2 ? '2' : '1.1', scheme: tls ? 'https' : 'http', tls: ['1.2', '1.3'], path: target,
        }));
        const speaks: readonly string[] = declared.speaks;
        if (webSocket) expect(ask('websocket', false)).toMatchObject({ kind: '101' });
        if (speaks.includes('grpc')) expect(ask('grpc', true)).toMatchObject({ kind: 'status', status: 200 });
        else if (!webSocket || speaks.includes('http/1.1')) expect(ask('http', false)).toMatchObject(http2 && !tls && version === '1.22.1' ? {} : { kind: 'status', status: 200 });
      }
    }), { numRuns: Number(process.env.FC_RUNS ?? 100) });
  });
});

test('Server.preset before a proxy keeps its own declaration', () => {
  expect(Server.preset(ServerPreset.NODE_WS, { port: 8080 }).behindProxy(Proxy.nginx(), 80)._toMetadata()).toMatchObject({ preset: 'node-ws', port: 80, hops: [{ program: 'nginx' }] });
});

function resources(templates: Record<string, any>, type: string): any[] {
  return Object.values(templates).flatMap(({ Resources }) => Object.values(Resources).filter(({ Type }: any) => Type === type));
}
