// Every rule that names a mixin: a template on which it speaks, made of generic resources, on which it is silent once the mixin
// is applied. The list of rules is the catalogue's, so that a new one without a row fails.

import { CfnResource, Stack } from 'aws-cdk-lib';
import { build } from './blueprint-app';
import { Client } from '../../src';
import { EdgeLogsMixin } from '../../src/blueprints/mixins/edge-logs-mixin';
import { Http2Mixin } from '../../src/blueprints/mixins/http2-mixin';
import { IdleTimeoutMixin } from '../../src/blueprints/mixins/idle-timeout-mixin';
import { TlsPolicyMixin } from '../../src/blueprints/mixins/tls-policy-mixin';
import { WebSocketHeadersMixin } from '../../src/blueprints/mixins/web-socket-headers-mixin';
import { ClientId } from '../../src/protocol';
import { pageOf } from '../../src/report/rule-page';
import { analyse, RULES } from '../../src/rules';
import { LAMBDA, res, restApi, v1Domain, v1Mapping } from '../rules/api-templates';
import { albTemplate, forwardTo, group, Properties, Resources, template } from '../templates';

const MIXINS: Record<string, () => any> = {
  EdgeLogsMixin: () => new EdgeLogsMixin(),
  Http2Mixin: () => new Http2Mixin(),
  IdleTimeoutMixin: () => new IdleTimeoutMixin(),
  TlsPolicyMixin: () => new TlsPolicyMixin(),
  WebSocketHeadersMixin: () => new WebSocketHeadersMixin(),
};

type Body = { Resources: Resources };
const body = ({ body: read }: { body: unknown }): Resources => (read as Body).Resources;

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
const cdn = (config: Properties = {}, behavior: Properties = {}, origin: Properties = {}): Resources => ({
  Cdn: res('CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      HttpVersion: 'http2',
      ViewerCertificate: { AcmCertificateArn: 'arn', SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
      Origins: [{ Id: 'o', DomainName: 'origin.example.com', ...origin, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], ...origin.CustomOriginConfig as object } }],
      DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', AllowedMethods: METHODS, CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', ...behavior },
      ...config,
    },
  }),
});
const NO_ORIGIN_TLS = { CustomOriginConfig: { OriginSSLProtocols: undefined } };
const GRPC = { GrpcConfig: { Enabled: true }, OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' };
const SOCKET_SERVER = (pingIntervalSeconds: number) => ({ speaks: ['websocket', 'http/1.1'], pingIntervalSeconds });
const SERVICE_CONNECT: Resources = {
  Service: res('ECS::Service', { TaskDefinition: { Ref: 'Task' }, LoadBalancers: [{ ContainerName: 'c', ContainerPort: 8080, TargetGroupArn: { Ref: 'Group' } }], ServiceConnectConfiguration: { Enabled: true, Services: [{ PortName: 'p', Tls: { IssuerCertificateAuthority: {} } }] } }),
  Task: res('ECS::TaskDefinition', { ContainerDefinitions: [{ Name: 'c', PortMappings: [{ ContainerPort: 8080, Name: 'p' }] }] }),
};

/** By rule: what it speaks on, and the clients that have to be served. */
const FAULTY: Record<string, [Resources, string[]?]> = {
  OutdatedTlsAccepted: [body(albTemplate({ listener: { SslPolicy: undefined } }))],
  TlsPolicyWithoutTls13: [body(albTemplate({ listener: { SslPolicy: undefined } })), ['tls1.3-only']],
  TlsFloorAboveClient: [body(albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' } })), ['tls1.2-only']],
  TargetNeedsNewerTls: [body(albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-2016-08' }, group: { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' }, more: SERVICE_CONNECT })), ['http/1.1']],
  OutdatedTlsOnApi: [body(template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v1Mapping('abc') }))],
  ApiTlsFloorAboveClient: [body(template({ Domain: v1Domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'BASIC' }), Mapping: v1Mapping('abc') })), ['tls1.2-only']],
  OutdatedTlsOnDefaultEndpoint: [body(restApi(LAMBDA))],
  WeakerDefaultEndpoint: [body(restApi(LAMBDA, { Domain: v1Domain({ SecurityPolicy: 'TLS_1_2' }), Mapping: v1Mapping({ Ref: 'Api' }) }))],
  OriginTlsVersionsNotSet: [cdn({}, {}, NO_ORIGIN_TLS)],
  NoCommonTlsVersion: [{ ...body(albTemplate()), ...cdn({}, { OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3' }, { DomainName: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, ...NO_ORIGIN_TLS }) }],
  Http2NotOffered: [cdn({ HttpVersion: undefined })],
  Http3WithoutHttp2: [cdn({ HttpVersion: 'http3' })],
  GrpcNeedsHttp2: [cdn({ HttpVersion: undefined }, GRPC), ['grpc']],
  Http2DisabledBeforeHttp2TargetGroup: [body(albTemplate({ attributes: { 'routing.http2.enabled': 'false' }, group: { ProtocolVersion: 'HTTP2' } }))],
  WebSocketHeadersNotForwarded: [cdn({ CacheBehaviors: [{ PathPattern: '/ws/*', TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' }] }), ['wss']],
  IdleTimeoutNotAbovePing: [body(albTemplate({ server: SOCKET_SERVER(90) }))],
  FlowIdleTimeoutNotAbovePing: [{
    Nlb: res('ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }),
    Listener: res('ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'Nlb' }, Protocol: 'TCP', Port: 80, DefaultActions: [forwardTo('Group')] }),
    Group: group({ Protocol: 'TCP' }, SOCKET_SERVER(600)),
  }],
  NoBalancerLogs: [body(albTemplate({ balancer: { Scheme: 'internet-facing' } }))],
  NoDistributionLogs: [cdn()],
  NoApiLogs: [body(restApi(LAMBDA, { Deployment: res('ApiGateway::Deployment', { RestApiId: { Ref: 'Api' } }), Stage: res('ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'live' }) }))],
};

const NAMING = RULES.filter(({ fix }) => fix.mixin !== undefined);

test('every rule that names a mixin has a row, and no other', () => {
  expect(Object.keys(FAULTY).sort()).toEqual(NAMING.map(({ id }) => id).sort());
});

describe.each(NAMING.map((rule) => [rule.id, rule.fix.mixin!]))('%s', (id, mixin) => {
  const [resources, serve] = FAULTY[id];
  const named = serve?.map((client) => Client.of(client));
  const spoken = (mixins: { before?: any[]; after?: any[] }) =>
    build((stack) => generic(stack, resources), { mixins, serve: named }).findings.filter((finding) => finding.split(' ')[1] === id);

  test(`is repaired by ${mixin}`, () => {
    expect(Object.keys(MIXINS)).toContain(mixin);
    expect(spoken({})).not.toEqual([]);
    expect(spoken({ after: [MIXINS[mixin]()] })).toEqual([]);
    expect(spoken({ before: [MIXINS[mixin]()] })).toEqual([]);
  });

  test('is named on the page and in the fix of a finding', () => {
    const rule = NAMING.find((one) => one.id === id)!;
    const { findings } = analyse([template(resources)], { serve: serve as ClientId[] | undefined });
    expect(pageOf(rule)).toContain(`\`Mixins.of(app).apply(new ${mixin}())\``);
    expect(findings.find((finding) => finding.rule === id)?.fix).toContain(`; or apply ${mixin}. CloudFormation:`);
  });
});

function generic(stack: Stack, resources: Resources): void {
  for (const [id, { Type, Properties: properties, Metadata }] of Object.entries(resources)) {
    const resource = new CfnResource(stack, id, { type: Type, properties });
    resource.overrideLogicalId(id);
    for (const [key, value] of Object.entries((Metadata ?? {}) as object)) resource.addMetadata(key, value);
  }
}
