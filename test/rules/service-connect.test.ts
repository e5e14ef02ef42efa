// The rules about ECS Service Connect: declared calls, and what stands behind a port that the proxy reads HTTP on.

import { analyse } from '../../src/rules';
import { TemplateInput } from '../../src/template';
import { Properties, Resources, template } from '../templates';
import { ruleTester } from './rule-tester';

const testRule = ruleTester('service-connect');

interface Parts {
  readonly appProtocol?: string;
  readonly calls?: unknown;
  readonly server?: unknown;
  readonly connect?: Properties;
  readonly more?: Resources;
}

/** Web calls Catalogue, which Service Connect knows as catalogue:8080. */
function shop(parts: Parts = {}): TemplateInput {
  const declared = (words: Record<string, unknown>) => ({ Metadata: { 'cdk-handshake': words } });
  return template({
    CatalogueTask: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Name: 'app', PortMappings: [{ Name: 'main', ContainerPort: 8080, ...(parts.appProtocol ? { AppProtocol: parts.appProtocol } : {}) }] }] },
      ...(parts.server ? declared({ server: parts.server }) : {}),
    },
    Catalogue: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'CatalogueTask' }, ServiceConnectConfiguration: { Enabled: true, Namespace: 'shop', Services: [{ PortName: 'main', ClientAliases: [{ Port: 8080, DnsName: 'catalogue' }] }], ...parts.connect } } },
    WebTask: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'nginx' }] }, ...declared({ calls: parts.calls ?? { to: 'catalogue:8080', with: ['http/1.0'], container: 'nginx' } }) },
    Web: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'WebTask' }, ServiceConnectConfiguration: { Enabled: true, Namespace: 'shop' } } },
    ...parts.more,
  });
}

const behindNlb: Resources = {
  Nlb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network' } },
  Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Nlb' }, Port: 80, Protocol: 'TCP', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }] } },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'ip', Port: 8080, Protocol: 'TCP' } },
  Catalogue: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'CatalogueTask' }, LoadBalancers: [{ ContainerName: 'app', ContainerPort: 8080, TargetGroupArn: { Ref: 'Group' } }], ServiceConnectConfiguration: { Enabled: true, Services: [{ PortName: 'main' }] } } },
};

testRule('Http10AtEnvoyPort', {
  valid: [
    { name: 'no AppProtocol: bytes', template: shop() },
    { name: 'HTTP/1.1', template: shop({ appProtocol: 'http', calls: { to: 'catalogue:8080', with: ['http/1.1'] } }) },
    { name: 'a name that nobody has', template: shop({ appProtocol: 'http', calls: { to: 'pricing:8080', with: ['http/1.0'] } }) },
    { name: 'another port', template: shop({ appProtocol: 'http', calls: { to: 'catalogue:9090', with: ['http/1.0'] } }) },
    { name: 'Service Connect is off', template: shop({ appProtocol: 'http', connect: { Enabled: false } }) },
    { name: 'an HTTP/1.0 client is asked for elsewhere, and the call is HTTP/1.1', template: shop({ appProtocol: 'http', calls: { to: 'catalogue', with: 'http/1.1' } }), serve: ['http/1.0'] },
  ],
  invalid: [
    { name: 'nginx calls an http port', template: shop({ appProtocol: 'http' }), outcome: '426', resource: 'CatalogueTask', client: 'http/1.0', property: 'Properties.ContainerDefinitions.0.PortMappings.0.AppProtocol' },
    { name: 'whoever else must be served', template: shop({ appProtocol: 'http' }), serve: ['h2'], outcome: '426', resource: 'CatalogueTask', client: 'http/1.0' },
    { name: 'an http2 port, called by URL', template: shop({ appProtocol: 'http2', calls: [{ to: 'http://catalogue:8080/items', with: ['http/1.0'] }] }), outcome: '426', resource: 'CatalogueTask' },
    { name: 'by discovery name and namespace', template: shop({ appProtocol: 'http', connect: { Services: [{ PortName: 'main', DiscoveryName: 'catalogue' }] }, calls: { to: 'catalogue.shop:8080', with: ['http/1.0'] } }), outcome: '426', resource: 'CatalogueTask' },
    { name: 'through an NLB, when HTTP/1.0 must be served', template: shop({ appProtocol: 'http', calls: [], more: behindNlb }), serve: ['http/1.0'], outcome: '426', resource: 'CatalogueTask', says: /Listener/ },
  ],
});

testRule('WebSocketAtHttp2Port', {
  valid: [
    { name: 'no AppProtocol', template: shop({ server: { speaks: ['websocket'] } }) },
    { name: 'AppProtocol http: documented nowhere', template: shop({ appProtocol: 'http', server: { speaks: ['websocket'] } }) },
    { name: 'a gRPC server', template: shop({ appProtocol: 'grpc', server: { speaks: ['grpc'] } }) },
    { name: 'the socket is on another port', template: shop({ appProtocol: 'grpc', server: { speaks: ['websocket'], port: 9000 } }) },
  ],
  invalid: [
    { name: 'a declared server', template: shop({ appProtocol: 'http2', server: { speaks: ['websocket'] } }), outcome: 'ws-handshake-failure', resource: 'CatalogueTask', level: 'warning' },
    { name: 'a declared call', template: shop({ appProtocol: 'grpc', calls: { to: 'catalogue:8080', with: ['websocket'] } }), outcome: 'ws-handshake-failure', resource: 'CatalogueTask', level: 'warning', client: 'ws' },
  ],
});

test('a call is a row of the path table', () => {
  const { paths } = analyse([shop({ appProtocol: 'http' })]);
  expect(paths).toMatchObject([{ path: ['WebTask', 'Catalogue', 'CatalogueTask'], at: 'catalogue:8080', outcomes: { 'http/1.0': '426' } }]);
});

test('a call to a load balancer goes on there', () => {
  const more: Resources = {
    ...behindNlb,
    Name: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'inner.example.com.', Type: 'A', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Nlb', 'DNSName'] } } } },
  };
  const { findings, paths } = analyse([shop({ appProtocol: 'http', calls: { to: 'http://inner.example.com', with: ['http/1.0'] }, more })]);
  expect(findings.map(({ rule, level }) => [rule, level])).toContainEqual(['Http10AtEnvoyPort', 'error']);
  expect(paths.map(({ path }) => path)).toContainEqual(['WebTask', 'Nlb', 'Listener', 'Group', 'CatalogueTask']);
});
