// The rules about the smaller hops: classic balancers, Beanstalk, function URLs, App Runner, VPC Lattice, AppSync, Global
// Accelerator, WAF, Network Firewall, App Mesh.

import { analyse } from '../../src/rules';
import { TemplateInput } from '../../src/template';
import { albTemplate, Properties, Resources, template } from '../templates';
import { ruleTester } from './rule-tester';

const testRule = ruleTester('other-hops');

const declared = (words: Record<string, unknown>) => ({ Metadata: { 'cdk-handshake': words } });
const WS = { speaks: ['websocket'], only: true, plainHttpAnswer: 426 };

function classic(listener: Properties, server?: unknown, more: Properties = {}): TemplateInput {
  return template({ Elb: { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: { Listeners: [{ LoadBalancerPort: '443', InstancePort: '8080', ...listener }], ...more }, ...(server ? declared({ server }) : {}) } });
}

const beanstalk = (options: Record<string, string>, server: unknown = { speaks: ['websocket'] }): TemplateInput => template({
  Env: {
    Type: 'AWS::ElasticBeanstalk::Environment',
    Properties: { OptionSettings: Object.entries(options).map(([key, Value]) => ({ Namespace: key.slice(0, key.lastIndexOf('/')), OptionName: key.slice(key.lastIndexOf('/') + 1), Value })) },
    ...declared({ server }),
  },
});
const TYPE = 'aws:elasticbeanstalk:environment/LoadBalancerType';

const functionUrl: Resources = {
  Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['Handler', 'Arn'] } } },
  Handler: { Type: 'AWS::Lambda::Function', Properties: {} },
};

/** A distribution whose path /ws/* is declared for WebSocket, and its origin. */
const edge = (domain: unknown, more: Resources): TemplateInput => template({
  Cdn: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        HttpVersion: 'http2',
        Logging: {},
        Origins: [{ Id: 'o', DomainName: domain, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }],
        DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' },
      },
    },
    ...declared({ routes: { path: '/ws/*', speaks: ['websocket'] } }),
  },
  ...more,
});

const lattice = (server?: unknown, group: Properties = {}): TemplateInput => template({
  Service: { Type: 'AWS::VpcLattice::Service', Properties: {} },
  Listener: { Type: 'AWS::VpcLattice::Listener', Properties: { ServiceIdentifier: { Ref: 'Service' }, Protocol: 'HTTPS', DefaultAction: { Forward: { TargetGroups: [{ TargetGroupIdentifier: { Ref: 'Group' } }] } } } },
  Group: { Type: 'AWS::VpcLattice::TargetGroup', Properties: { Type: 'IP', Config: { Protocol: 'HTTP', Port: 8080, ...group } }, ...(server ? declared({ server }) : {}) },
});

testRule('HopWithoutWebSocket', {
  valid: [
    { name: 'classic: an SSL listener', template: classic({ Protocol: 'SSL', InstanceProtocol: 'TCP' }, WS) },
    { name: 'classic: nobody speaks WebSocket', template: classic({ Protocol: 'http' }) },
    { name: 'Beanstalk with an ALB', template: beanstalk({ [TYPE]: 'application' }) },
    { name: 'Beanstalk, a classic TCP listener', template: beanstalk({ [TYPE]: 'classic', 'aws:elb:listener/ListenerProtocol': 'TCP' }) },
    { name: 'Beanstalk, the balancer is not said', template: beanstalk({}) },
    { name: 'a function URL for HTTP', template: template(functionUrl) },
    { name: 'VPC Lattice for HTTP', template: lattice({ speaks: ['http/1.1'] }) },
    { name: 'WebSocket must be served, and nothing leads it to a function URL', template: template(functionUrl), serve: ['wss'] },
  ],
  invalid: [
    { name: 'classic, HTTPS', template: classic({ Protocol: 'HTTPS' }, WS), outcome: '426', resource: 'Elb', client: 'wss', property: 'Properties.Listeners.0.Protocol' },
    { name: 'classic, written in lower case', template: classic({ Protocol: 'http', LoadBalancerPort: '80' }, { speaks: ['websocket', 'http/1.1'] }), outcome: '426', resource: 'Elb', client: 'ws' },
    { name: 'Beanstalk, classic by option', template: beanstalk({ [TYPE]: 'classic' }), outcome: '400', resource: 'Env' },
    { name: 'App Runner', template: template({ Runner: { Type: 'AWS::AppRunner::Service', Properties: {}, ...declared({ server: { speaks: ['websocket'] } }) } }), outcome: 'ws-handshake-failure', resource: 'Runner' },
    { name: 'VPC Lattice', template: lattice({ speaks: ['websocket'] }), outcome: 'ws-handshake-failure', resource: 'Listener' },
    { name: 'a distribution leads the path to a function URL', template: edge({ 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }] }] }, functionUrl), outcome: 'ws-handshake-failure', resource: 'Cdn' },
  ],
});

testRule('ClassicBalancerWithoutHttp2', {
  valid: [{ name: 'TCP passes it on', template: classic({ Protocol: 'TCP' }, { speaks: ['grpc', 'tls'] }) }],
  invalid: [{ name: 'HTTPS', template: classic({ Protocol: 'HTTPS' }, { speaks: ['grpc'] }), outcome: 'tls-handshake-failure', resource: 'Elb', client: 'grpc' }],
});

testRule('ClassicBalancerWithoutTls13', {
  valid: [{ name: 'nobody needs TLS 1.3', template: classic({ Protocol: 'HTTPS' }), serve: ['http/1.1'] }, { name: 'TCP', template: classic({ Protocol: 'TCP' }) }],
  invalid: [
    { name: 'by our default', template: classic({ Protocol: 'HTTPS' }), outcome: 'tls-handshake-failure', resource: 'Elb', level: 'warning' },
    { name: 'asked for', template: classic({ Protocol: 'HTTPS' }), serve: ['tls1.3-only'], outcome: 'tls-handshake-failure', resource: 'Elb' },
  ],
});

const policy = (...attributes: [string, string][]): Properties => ({ Policies: [{ PolicyName: 'tls', PolicyType: 'SSLNegotiationPolicyType', Attributes: attributes.map(([Name, Value]) => ({ Name, Value })) }] });

testRule('OutdatedTlsAccepted', {
  valid: [
    { name: 'classic, TLS 1.2 by name', template: classic({ Protocol: 'HTTPS', PolicyNames: ['tls'] }, undefined, policy(['Reference-Security-Policy', 'ELBSecurityPolicy-TLS-1-2-2017-01'])) },
    { name: 'classic, TLS 1.2 by attributes', template: classic({ Protocol: 'HTTPS', PolicyNames: ['tls'] }, undefined, policy(['Protocol-TLSv1.2', 'true'], ['Protocol-TLSv1', 'false'])) },
  ],
  invalid: [
    { name: 'classic, by name', template: classic({ Protocol: 'HTTPS', PolicyNames: ['tls'] }, undefined, policy(['Reference-Security-Policy', 'ELBSecurityPolicy-2015-05'])), outcome: 'served', resource: 'Elb' },
    { name: 'classic, by default', template: classic({ Protocol: 'HTTPS' }), outcome: 'served', resource: 'Elb', level: 'warning' },
  ],
});

testRule('FlowIdleTimeoutNotAbovePing', {
  valid: [{ name: 'classic, a longer timeout', template: classic({ Protocol: 'TCP', LoadBalancerPort: 80 }, { ...WS, pingIntervalSeconds: 60 }, { ConnectionSettings: { IdleTimeout: 300 } }) }],
  invalid: [{ name: 'classic, 60 s by default', template: classic({ Protocol: 'TCP', LoadBalancerPort: 80 }, { ...WS, pingIntervalSeconds: 60 }), outcome: 'ws-close-1006', resource: 'Elb', client: 'ws' }],
});

testRule('Http1ServerAtHttp2TargetGroup', {
  valid: [{ name: 'VPC Lattice, HTTP1 by default', template: lattice({ speaks: ['http/1.1'] }) }],
  invalid: [{ name: 'VPC Lattice', template: lattice({ speaks: ['http/1.1'] }, { ProtocolVersion: 'HTTP2' }), outcome: '502', resource: 'Group', property: 'Properties.Config.ProtocolVersion' }],
});

const graphql: Resources = { Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: {} } };

testRule('AppSyncRealtimeHost', {
  valid: [{ name: 'the realtime host', template: edge({ 'Fn::GetAtt': ['Api', 'RealtimeDns'] }, graphql) }],
  invalid: [{ name: 'the GraphQL host', template: edge({ 'Fn::GetAtt': ['Api', 'GraphQLDns'] }, graphql), outcome: '400', resource: 'Cdn', client: 'wss' }],
});

testRule('AppMeshEnded', {
  valid: [{ name: 'Service Connect', template: template({ S: { Type: 'AWS::ECS::Service', Properties: { ServiceConnectConfiguration: { Enabled: true } } } }) }],
  invalid: [
    { name: 'a mesh with all that hangs on it', template: template({ Node: { Type: 'AWS::AppMesh::VirtualNode' }, Mesh: { Type: 'AWS::AppMesh::Mesh' }, Router: { Type: 'AWS::AppMesh::VirtualRouter' } }), outcome: 'deployment-failure', resource: 'Mesh', says: /2 more/ },
    { name: 'a node of a mesh elsewhere', template: template({ Node: { Type: 'AWS::AppMesh::VirtualNode' } }), outcome: 'deployment-failure', resource: 'Node' },
  ],
});

const acl = (rule: Properties): Resources => ({
  Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{ Name: 'r', Statement: { GeoMatchStatement: {} }, ...rule }] } },
  Attach: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Alb' }, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } } },
});
const CAPTCHA = { Action: { Captcha: {} } };
const COMMON = { OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } } };
const LIFTED = { OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet', RuleActionOverrides: [{ Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } }] } } };

testRule('WafChallengesMachineClient', {
  valid: [
    { name: 'pages only', template: albTemplate({ more: acl(CAPTCHA) }) },
    { name: 'a rule about other paths', template: albTemplate({ server: { speaks: ['websocket'] }, more: acl({ ...CAPTCHA, Statement: { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, SearchString: '/login' } } }) }) },
    { name: 'the common rule set with an override', template: albTemplate({ server: { speaks: ['websocket'] }, more: acl(LIFTED) }) },
  ],
  invalid: [
    { name: 'CAPTCHA before a WebSocket server', template: albTemplate({ server: { speaks: ['websocket'] }, more: acl(CAPTCHA) }), outcome: '405', resource: 'Acl', level: 'warning', client: 'wss' },
    { name: 'Challenge before gRPC', template: albTemplate({ group: { ProtocolVersion: 'GRPC' }, more: acl({ Action: { Challenge: {} } }) }), outcome: '202', resource: 'Acl', level: 'warning', client: 'grpc' },
    { name: 'WebSocket clients must be served', template: albTemplate({ more: acl(COMMON) }), serve: ['wss'], outcome: '403', resource: 'Acl', level: 'warning' },
  ],
});

const attach = (path: string): Resources => ({ Attach: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}::/${path}/\${Api}/stages/live` }, WebACLArn: 'arn' } } });

testRule('WafOnUnsupportedApi', {
  valid: [{ name: 'a REST API', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} }, ...attach('restapis') }) }, { name: 'an ALB', template: albTemplate({ more: acl(CAPTCHA) }) }],
  invalid: [{ name: 'a WebSocket API', template: template({ Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } }, ...attach('apis') }), outcome: 'deployment-failure', resource: 'Attach' }],
});

const inspection = template({ Tls: { Type: 'AWS::NetworkFirewall::TLSInspectionConfiguration', Properties: { TLSInspectionConfiguration: { ServerCertificateConfigurations: [{ ServerCertificates: [{ ResourceArn: 'arn' }], Scopes: [{}] }] } } } });

testRule('TlsInspectionDropsClient', {
  valid: [{ name: 'nobody is named', template: inspection }, { name: 'ordinary clients', template: inspection, serve: ['http/1.1', 'wss', 'tls1.1'] }],
  invalid: [
    { name: 'TLS 1.0', template: inspection, serve: ['http/1.1', 'tls1.0'], outcome: 'tls-handshake-failure', resource: 'Tls', level: 'warning', client: 'tls1.0' },
    { name: 'WebSocket over HTTP/2', template: inspection, serve: ['wss-alpn-h2'], outcome: 'ws-handshake-failure', resource: 'Tls', level: 'warning' },
  ],
});

test('Global Accelerator leads on to its endpoints', () => {
  const accelerator: Resources = {
    Ga: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: {} },
    Front: { Type: 'AWS::GlobalAccelerator::Listener', Properties: { AcceleratorArn: { Ref: 'Ga' }, Protocol: 'TCP', PortRanges: [{ FromPort: 443, ToPort: 443 }] } },
    Ends: { Type: 'AWS::GlobalAccelerator::EndpointGroup', Properties: { ListenerArn: { Ref: 'Front' }, EndpointConfigurations: [{ EndpointId: { Ref: 'Alb' } }] } },
  };
  const { findings, paths } = analyse([albTemplate({ group: { ProtocolVersion: 'HTTP2' }, more: accelerator })], { serve: ['http/1.1'] });
  expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual([['Http1ClientAtHttp2TargetGroup', 'Group']]);
  expect(paths.map(({ path }) => path)).toContainEqual(['Ga', 'Front', 'Alb', 'Listener', 'Group']);
});

test('services under the names that AWS gives them have certificates for these', () => {
  const runner: Resources = { Runner: { Type: 'AWS::AppRunner::Service', Properties: {} } };
  const { findings } = analyse([edge({ 'Fn::GetAtt': ['Runner', 'ServiceUrl'] }, runner), edge({ 'Fn::GetAtt': ['Api', 'GraphQLDns'] }, graphql)], { serve: ['http/1.1'] });
  expect(findings.map(({ rule }) => rule)).not.toContain('OriginCertificateName');
});
