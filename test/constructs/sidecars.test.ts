// The sidecars: what they render, what they put into the task, what the checks make of it, and what they refuse.

import { Duration, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { accept, NOTHING, someCertificate, someVpc } from './accept';
import { Client, EdgeLoadBalancer, HaproxySidecar, NginxSidecar, Protocols, Proxy, ProxySidecarProps, Server, ServerPreset, TlsPosture } from '../../src';

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

test('Server.preset before a proxy keeps its own declaration', () => {
  expect(Server.preset(ServerPreset.NODE_WS, { port: 8080 }).behindProxy(Proxy.nginx(), 80)._toMetadata()).toMatchObject({ preset: 'node-ws', port: 80, hops: [{ program: 'nginx' }] });
});

function resources(templates: Record<string, any>, type: string): any[] {
  return Object.values(templates).flatMap(({ Resources }) => Object.values(Resources).filter(({ Type }: any) => Type === type));
}
