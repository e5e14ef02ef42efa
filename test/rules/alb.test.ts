// The rules about Application Load Balancers, each with templates on which it must speak and on which it must not.
// Sources stand in the rules themselves; the labels follow public reports of the same faults.

import { analyse } from '../../src/rules';
import { albTemplate, forwardTo, group, header, host, path, rule, template } from '../templates';
import { ruleTester } from './rule-tester';

const testRule = ruleTester('alb');

const GRPC = { ProtocolVersion: 'GRPC' };
const HTTP2 = { ProtocolVersion: 'HTTP2' };
const WS_ONLY = { speaks: ['websocket'], only: true, plainHttpAnswer: 426 };

testRule('Http1ClientAtHttp2TargetGroup', {
  valid: [
    { name: 'an HTTP1 group serves HTTP/1.1 and HTTP/2', template: albTemplate({ group: { ProtocolVersion: 'HTTP1' } }) },
    { name: 'nobody needs HTTP/1.1', template: albTemplate({ group: HTTP2 }), serve: ['h2'] },
    { name: 'the version is a parameter without Default: unknown, not wrong', template: albTemplate({ group: { ProtocolVersion: { Ref: 'V' } }, sections: { Parameters: { V: { Type: 'String' } } } }) },
    { name: 'HTTP/1.1 is cut off by a rule before', template: albTemplate({ group: HTTP2, listener: { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] } }) },
  ],
  invalid: [
    { name: 'by default', template: albTemplate({ group: HTTP2 }), outcome: '464', resource: 'Group', client: 'http/1.1', property: 'Properties.ProtocolVersion' },
    { name: 'the version is the Default of a parameter', template: albTemplate({ group: { ProtocolVersion: { Ref: 'V' } }, sections: { Parameters: { V: { Type: 'String', Default: 'HTTP2' } } } }), outcome: '464', resource: 'Group', says: /parameter V keeps its Default/ },
    { name: 'under an undecided condition: possible', template: albTemplate({ group: { ProtocolVersion: { 'Fn::If': ['C', 'HTTP2', 'HTTP1'] } }, sections: { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } } }), outcome: '464', resource: 'Group', level: 'warning', says: /holds if condition C/ },
    { name: 'one of the AllowedValues: possible', template: albTemplate({ group: { ProtocolVersion: { Ref: 'V' } }, sections: { Parameters: { V: { Type: 'String', AllowedValues: ['HTTP1', 'HTTP2'] } } } }), outcome: '464', resource: 'Group', level: 'warning' },
    { name: 'the load balancer is elsewhere', template: albTemplate({ group: HTTP2, listener: { LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x/1' } }), outcome: '464', resource: 'Group' },
    { name: 'a rule whose listener is elsewhere', template: template({ R: { ...rule(1, [path('/api/*')], forwardTo('Group')), Properties: { ...rule(1, [path('/api/*')], forwardTo('Group')).Properties, ListenerArn: { 'Fn::GetAtt': ['Env', 'HTTPListenerArn'] } } }, Group: group(HTTP2) }), outcome: '464', resource: 'Group' },
  ],
});

testRule('GrpcAtHttp1TargetGroup', {
  valid: [
    { name: 'a GRPC group', template: albTemplate({ group: GRPC }), serve: ['grpc'] },
    { name: 'an HTTP2 group and a gRPC server', template: albTemplate({ group: HTTP2, server: { speaks: ['grpc'] } }), serve: ['grpc'] },
    { name: 'nothing speaks gRPC', template: albTemplate() },
  ],
  invalid: [
    { name: 'a declared gRPC server', template: albTemplate({ server: { speaks: ['grpc'] } }), outcome: '464', resource: 'Group', client: 'grpc' },
    { name: 'gRPC must be served and no group takes it', template: albTemplate(), serve: ['grpc'], outcome: '464', resource: 'Group' },
    {
      name: 'the container port says grpc',
      outcome: '464',
      resource: 'Group',
      template: albTemplate({
        more: {
          Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, LoadBalancers: [{ ContainerName: 'c', ContainerPort: 50051, TargetGroupArn: { Ref: 'Group' } }] } },
          Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'c', PortMappings: [{ ContainerPort: '50051', Name: 'g', AppProtocol: 'grpc' }] }] } },
        },
      }),
    },
  ],
});

testRule('PlainHttpAtGrpcTargetGroup', {
  valid: [
    { name: 'a plainly gRPC balancer is not broken because browsers cannot use it', template: albTemplate({ group: GRPC }) },
    { name: 'only gRPC is sent to the group', template: albTemplate({ more: { Rpc: group(GRPC), R: rule(1, [header('Content-Type', 'application/grpc*')], forwardTo('Rpc')) } }), serve: ['http/1.1', 'h2', 'grpc'] },
  ],
  invalid: [
    { name: 'pages and gRPC, and all the rest goes to gRPC', template: albTemplate({ group: GRPC, more: { Pages: group(), R: rule(1, [path('/static/*')], forwardTo('Pages')) } }), serve: ['http/1.1'], outcome: '464', resource: 'Listener', property: 'Properties.DefaultActions' },
    { name: 'the same, and nobody was named: a guess', template: albTemplate({ group: GRPC, more: { Pages: group(), R: rule(1, [path('/static/*')], forwardTo('Pages')) } }), outcome: '464', resource: 'Listener', level: 'warning' },
    { name: 'a server that is declared to speak both', template: albTemplate({ group: GRPC, server: { speaks: ['grpc', 'http/1.1'] } }), outcome: '464', resource: 'Listener' },
  ],
});

testRule('WebSocketAtHttp2TargetGroup', {
  valid: [
    { name: 'an HTTP1 group', template: albTemplate({ server: { speaks: ['websocket', 'http/1.1'] } }) },
    { name: 'HTTP/2 on the balancer and HTTP1 on the group', template: albTemplate({ attributes: { 'routing.http2.enabled': true }, server: { speaks: ['websocket'] } }), serve: ['wss', 'wss-browser'] },
  ],
  invalid: [
    { name: 'HTTP2', template: albTemplate({ group: HTTP2, server: { speaks: ['websocket', 'h2c'] } }), serve: ['wss'], outcome: '464', resource: 'Group' },
    { name: 'GRPC', template: albTemplate({ group: GRPC, server: { speaks: ['websocket', 'grpc'] } }), outcome: '464', resource: 'Group', client: 'wss' },
  ],
});

testRule('WebSocketAtLambdaTarget', {
  valid: [
    { name: 'ordinary requests to Lambda', template: albTemplate({ group: { TargetType: 'lambda', Protocol: undefined } }) },
    { name: 'the socket path goes to containers', template: albTemplate({ group: { TargetType: 'lambda' }, more: { Live: group({}, { speaks: ['websocket'] }), R: rule(1, [path('/live')], forwardTo('Live')) } }) },
  ],
  invalid: [
    { name: 'a declared route', template: albTemplate({ group: { TargetType: 'lambda' }, more: { R: { ...rule(1, [path('/live')], forwardTo('Group')), Metadata: { 'cdk-handshake': { routes: { path: '/live', speaks: ['websocket'] } } } } } }), outcome: '400', resource: 'R', client: 'wss' },
    { name: 'a declared route on the listener', template: albTemplate({ group: { TargetType: 'lambda' }, routes: [{ path: '/live', speaks: ['websocket'] }] }), outcome: '400', resource: 'Listener' },
  ],
});

testRule('WebSocketAtTargetOptimizer', {
  valid: [{ name: 'no control port', template: albTemplate({ server: { speaks: ['websocket'] } }) }, { name: 'no WebSocket', template: albTemplate({ group: { TargetControlPort: 3000 } }) }],
  invalid: [{ name: 'a control port', template: albTemplate({ group: { TargetControlPort: 3000 }, server: { speaks: ['websocket'] } }), outcome: 'ws-handshake-failure', resource: 'Group' }],
});

testRule('Http2DisabledBeforeHttp2TargetGroup', {
  valid: [{ name: 'HTTP/2 is on', template: albTemplate({ group: GRPC, attributes: { 'routing.http2.enabled': 'true' } }) }, { name: 'off, with an HTTP1 group', template: albTemplate({ attributes: { 'routing.http2.enabled': 'false' } }) }],
  invalid: [
    { name: 'GRPC group', template: albTemplate({ group: GRPC, attributes: { 'routing.http2.enabled': false } }), outcome: '464', resource: 'Alb', client: 'grpc' },
    { name: 'HTTP2 group', template: albTemplate({ group: HTTP2, attributes: { 'routing.http2.enabled': 'false' } }), serve: ['h2'], outcome: '464', resource: 'Alb' },
  ],
});

testRule('WebSocketClientNegotiatesHttp2', {
  valid: [{ name: 'HTTP/2 is off', template: albTemplate({ attributes: { 'routing.http2.enabled': 'false' } }), serve: ['wss-alpn-h2'] }, { name: 'browsers open HTTP/1.1', template: albTemplate({ server: { speaks: ['websocket'] } }), serve: ['wss-browser'] }],
  invalid: [{ name: 'HTTP/2 is on by default', template: albTemplate(), serve: ['wss-alpn-h2'], outcome: 'ws-handshake-failure', resource: 'Alb' }],
});

testRule('TlsFloorAboveClient', {
  valid: [{ name: 'TLS13-1-2', template: albTemplate(), serve: ['tls1.2-only'] }, { name: 'TLS13-1-0 and a TLS 1.0 client', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-0-2021-06' } }), serve: ['tls1.0'] }],
  invalid: [
    { name: 'TLS 1.3 only', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' } }), outcome: 'tls-handshake-failure', resource: 'Listener', client: 'tls1.2-only', property: 'Properties.SslPolicy' },
    { name: 'old devices', template: albTemplate(), serve: ['tls1.0', 'tls1.1'], outcome: 'tls-handshake-failure', resource: 'Listener', client: 'tls1.0' },
  ],
});

testRule('TlsPolicyWithoutTls13', {
  valid: [{ name: 'a TLS13 policy', template: albTemplate() }, { name: 'TLS 1.3 is not asked for', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-2016-08' } }), serve: ['http/1.1'] }],
  invalid: [
    { name: 'the 2016 policy, written', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-2016-08' } }), outcome: 'tls-handshake-failure', resource: 'Listener', client: 'tls1.3-only' },
    { name: 'the 2016 policy by default: our default against theirs', template: albTemplate({ listener: { SslPolicy: undefined } }), outcome: 'tls-handshake-failure', resource: 'Listener', level: 'warning' },
    { name: 'by default, but TLS 1.3 is asked for', template: albTemplate({ listener: { SslPolicy: undefined } }), serve: ['tls1.3-only'], outcome: 'tls-handshake-failure', resource: 'Listener' },
  ],
});

testRule('OutdatedTlsAccepted', {
  valid: [
    { name: 'floor 1.2', template: albTemplate() },
    { name: 'TLS 1.0 callers must be served', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-0-2021-06' } }), serve: ['tls1.0', 'tls1.1'] },
    { name: 'a cleartext listener', template: albTemplate({ listener: { Protocol: 'HTTP', SslPolicy: undefined } }) },
  ],
  invalid: [
    { name: 'written', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-1-2021-06' } }), outcome: 'served', resource: 'Listener', client: 'tls1.1' },
    { name: 'by default', template: albTemplate({ listener: { SslPolicy: undefined } }), outcome: 'served', resource: 'Listener', level: 'warning' },
    { name: 'by default, but refused by name', template: albTemplate({ listener: { SslPolicy: undefined } }), refuse: ['tls1.0'], outcome: 'served', resource: 'Listener', client: 'tls1.0' },
  ],
});

testRule('UnknownTlsPolicy', {
  valid: [{ name: 'a policy of the table', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' } }) }, { name: 'a parameter', template: albTemplate({ listener: { SslPolicy: { Ref: 'P' } }, sections: { Parameters: { P: { Type: 'String' } } } }) }],
  invalid: [
    { name: 'the classic slip', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS-1-3-2021-06' } }), outcome: 'deployment-failure', resource: 'Listener', says: /did you mean ELBSecurityPolicy-TLS13-1-2-2021-06/ },
    { name: 'the prefix forgotten', template: albTemplate({ listener: { SslPolicy: 'TLS13-1-2-2021-06' } }), outcome: 'deployment-failure', resource: 'Listener', says: /ELBSecurityPolicy-TLS13-1-2-2021-06/ },
    { name: 'newer than the table: possible', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2031-01' } }), outcome: 'deployment-failure', resource: 'Listener', level: 'warning' },
  ],
});

testRule('TlsSettingsOnHttpListener', {
  valid: [{ name: 'HTTPS', template: albTemplate() }, { name: 'HTTP without policy', template: albTemplate({ listener: { Protocol: 'HTTP', SslPolicy: undefined } }) }],
  invalid: [
    { name: 'written', template: albTemplate({ listener: { Protocol: 'HTTP' } }), outcome: 'deployment-failure', resource: 'Listener', property: 'Properties.SslPolicy' },
    { name: 'a condition that is false by Default switches the protocol', template: albTemplate({ listener: { Protocol: { 'Fn::If': ['Has', 'HTTPS', 'HTTP'] } }, sections: { Parameters: { C: { Type: 'String', Default: '' } }, Conditions: { Has: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'C' }, ''] }] } } } }), outcome: 'deployment-failure', resource: 'Listener', says: /keeps its Default ""/ },
  ],
});

testRule('CleartextListenerToHttp2TargetGroup', {
  valid: [{ name: 'HTTPS', template: albTemplate({ group: HTTP2 }) }, { name: 'HTTP1 group', template: albTemplate({ listener: { Protocol: 'HTTP', SslPolicy: undefined } }) }],
  invalid: [
    { name: 'default action', template: albTemplate({ listener: { Protocol: 'HTTP', SslPolicy: undefined }, group: GRPC }), outcome: 'deployment-failure', resource: 'Listener' },
    { name: 'a rule', template: albTemplate({ listener: { Protocol: 'HTTP', SslPolicy: undefined }, more: { G: group(HTTP2), R: rule(1, [path('/x')], forwardTo('G')) } }), outcome: 'deployment-failure', resource: 'Listener' },
  ],
});

testRule('HttpMatcherOnGrpcTargetGroup', {
  valid: [{ name: 'a gRPC code', template: albTemplate({ group: { ...GRPC, Matcher: { GrpcCode: '0' } } }) }, { name: 'HTTP1', template: albTemplate({ group: { Matcher: { HttpCode: '200' } } }) }],
  invalid: [{ name: 'an HTTP code', template: albTemplate({ group: { ...GRPC, Matcher: { HttpCode: '200' } } }), serve: ['grpc'], outcome: 'deployment-failure', resource: 'Group', client: 'grpc' }],
});

testRule('MatcherOutOfRange', {
  valid: [{ name: 'a list and a range', template: albTemplate({ group: { Matcher: { HttpCode: '200-299, 301,426' } } }) }, { name: 'a parameter', template: albTemplate({ group: { Matcher: { HttpCode: { Ref: 'P' } } }, sections: { Parameters: { P: { Type: 'String' } } } }) }],
  invalid: [
    { name: '5xx', template: albTemplate({ group: { Matcher: { HttpCode: '200-599' } } }), outcome: 'deployment-failure', resource: 'Group', property: 'Properties.Matcher.HttpCode' },
    { name: 'an HTTP code for gRPC', template: albTemplate({ group: { ...GRPC, Matcher: { GrpcCode: '200' } } }), outcome: 'deployment-failure', resource: 'Group' },
  ],
});

testRule('MixedFipsPolicies', {
  valid: [{ name: 'one listener', template: albTemplate({ listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04' } }) }],
  invalid: [{
    name: 'two listeners',
    outcome: 'deployment-failure',
    resource: 'Second',
    template: albTemplate({ more: { Second: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Alb' }, Port: 8443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04', DefaultActions: [forwardTo('Group')] } } } }),
  }],
});

testRule('HealthCheckAtWebSocketOnlyServer', {
  valid: [
    { name: 'the matcher accepts the answer', template: albTemplate({ group: { Matcher: { HttpCode: '200,426' } }, server: WS_ONLY }) },
    { name: 'a path that answers plain requests', template: albTemplate({ group: { HealthCheckPath: '/healthz' }, server: [WS_ONLY, { path: '/healthz', speaks: ['http/1.1'] }] }) },
    { name: 'the server also speaks HTTP', template: albTemplate({ server: { speaks: ['http/1.1', 'websocket'] } }) },
  ],
  invalid: [
    { name: 'the default matcher', template: albTemplate({ server: WS_ONLY }), outcome: '426', resource: 'Group', client: 'health-check', property: 'Properties.Matcher.HttpCode' },
    { name: 'the answer is not declared: possible', template: albTemplate({ server: { speaks: ['websocket'], only: true } }), outcome: '426', resource: 'Group', level: 'warning' },
    { name: 'another answer', template: albTemplate({ server: { ...WS_ONLY, plainHttpAnswer: 400 } }), outcome: '400', resource: 'Group' },
  ],
});

testRule('HealthCheckProtocolVersion', {
  valid: [{ name: 'the traffic port', template: albTemplate({ group: { ...HTTP2, HealthCheckPort: 'traffic-port' }, server: [{ port: 8080, speaks: ['h2c'] }, { port: 9000, speaks: ['http/1.1'], only: true }] }), serve: ['h2'] }],
  invalid: [{ name: 'a status port that speaks HTTP/1.1', template: albTemplate({ group: { ...HTTP2, HealthCheckPort: '9000' }, server: [{ port: 8080, speaks: ['h2c'] }, { port: 9000, speaks: ['http/1.1'], only: true }] }), serve: ['h2'], outcome: 'unhealthy-targets', resource: 'Group' }],
});

testRule('HealthCheckSchemeMismatch', {
  valid: [{ name: 'same scheme', template: albTemplate({ group: { HealthCheckPort: 9000, HealthCheckProtocol: 'HTTPS' }, server: { port: 9000, speaks: ['tls', 'http/1.1'] } }) }],
  invalid: [{ name: 'a TLS health port', template: albTemplate({ group: { HealthCheckPort: 9000 }, server: { port: 9000, speaks: ['tls', 'http/1.1'] } }), outcome: 'unhealthy-targets', resource: 'Group' }],
});

testRule('HealthCheckAccepts426', {
  valid: [{ name: '200', template: albTemplate({ group: { Matcher: { HttpCode: '200' } } }) }, { name: 'the server is declared to answer so', template: albTemplate({ group: { Matcher: { HttpCode: '426' } }, server: WS_ONLY }) }],
  invalid: [{ name: 'a wide range', template: albTemplate({ group: { Matcher: { HttpCode: '200-499' } } }), outcome: '426', resource: 'Group', level: 'warning' }],
});

testRule('GrpcHealthCheckPath', {
  valid: [{ name: 'a method', template: albTemplate({ group: { ...GRPC, HealthCheckPath: '/grpc.health.v1.Health/Check', Matcher: { GrpcCode: '0' } } }) }, { name: 'the default code takes unimplemented for healthy', template: albTemplate({ group: { ...GRPC, HealthCheckPath: '/' } }) }],
  invalid: [{ name: 'a web path', template: albTemplate({ group: { ...GRPC, HealthCheckPath: '/healthz', Matcher: { GrpcCode: '0' } } }), outcome: 'unhealthy-targets', resource: 'Group', level: 'warning' }],
});

testRule('Http2ServerAtHttp1TargetGroup', {
  valid: [{ name: 'an HTTP2 group', template: albTemplate({ group: HTTP2, server: { speaks: ['h2c'], only: true } }), serve: ['h2'] }, { name: 'it speaks both', template: albTemplate({ server: { speaks: ['h2c', 'http/1.1'] } }) }],
  invalid: [{ name: 'an HTTP1 group', template: albTemplate({ server: { speaks: ['h2c'], only: true } }), serve: ['h2'], outcome: '502', resource: 'Group', client: 'h2' }],
});

testRule('Http1ServerAtHttp2TargetGroup', {
  valid: [{ name: 'an HTTP1 group', template: albTemplate({ server: { speaks: ['http/1.1'], only: true } }) }],
  invalid: [{ name: 'an HTTP2 group', template: albTemplate({ group: HTTP2, server: { speaks: ['http/1.1'], only: true } }), serve: ['h2'], outcome: '502', resource: 'Group' }],
});

testRule('TargetSchemeMismatch', {
  valid: [{ name: 'HTTPS to a TLS port', template: albTemplate({ group: { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' }, server: { speaks: ['tls', 'http/1.1'] } }) }],
  invalid: [
    { name: 'HTTP to a TLS port', template: albTemplate({ server: { speaks: ['tls', 'http/1.1'] } }), outcome: '400', resource: 'Group', client: 'http/1.1' },
    { name: 'HTTPS to a cleartext port', template: albTemplate({ group: { Protocol: 'HTTPS', ProtocolVersion: 'HTTP2', HealthCheckProtocol: 'HTTPS' }, server: { speaks: ['h2c'], only: true } }), serve: ['h2'], outcome: '502', resource: 'Group' },
    { name: 'only the health check is HTTP', template: albTemplate({ group: { Protocol: 'HTTPS' }, server: { speaks: ['tls', 'http/1.1'] } }), outcome: '400', resource: 'Group', client: 'health-check', property: 'Properties.HealthCheckProtocol' },
  ],
});

const CONNECT = (policy: unknown) => albTemplate({
  listener: { SslPolicy: policy },
  group: { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' },
  more: {
    Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, LoadBalancers: [{ ContainerName: 'c', ContainerPort: 8080, TargetGroupArn: { Ref: 'Group' } }], ServiceConnectConfiguration: { Enabled: true, Services: [{ PortName: 'p', Tls: { IssuerCertificateAuthority: {} } }] } } },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'c', PortMappings: [{ ContainerPort: 8080, Name: 'p' }] }] } },
  },
});
testRule('TargetNeedsNewerTls', {
  valid: [{ name: 'a TLS13 policy on the listener', template: CONNECT('ELBSecurityPolicy-TLS13-1-2-2021-06') }, { name: 'an imported policy: unknown', template: CONNECT({ 'Fn::ImportValue': 'x' }) }],
  invalid: [{ name: 'Service Connect with TLS behind the 2016 policy', template: CONNECT('ELBSecurityPolicy-2016-08'), serve: ['http/1.1'], outcome: '502', resource: 'Listener', client: 'http/1.1' }],
});

testRule('PlainHttpAtWebSocketOnlyServer', {
  valid: [{ name: 'only WebSocket clients come', template: albTemplate({ server: WS_ONLY }), serve: ['wss', 'http/1.1'] }],
  invalid: [{ name: 'a declared plain route leads there', template: albTemplate({ server: WS_ONLY, routes: { path: '/page', speaks: ['http/1.1'] } }), outcome: '426', resource: 'Group' }],
});

testRule('ServerWithoutProtocol', {
  valid: [{ name: 'it speaks WebSocket', template: albTemplate({ server: { speaks: ['websocket'] }, routes: { path: '/ws', speaks: ['websocket'] } }) }],
  invalid: [{ name: 'a WebSocket route to a server of HTTP only', template: albTemplate({ server: { speaks: ['http/1.1'], only: true }, routes: { path: '/ws', speaks: ['websocket'] } }), outcome: '400', resource: 'Group', level: 'warning' }],
});

const API_ONLY = (paths: string[]) => albTemplate({
  listener: { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] },
  server: { path: '/stomp/*', speaks: ['websocket'] },
  more: { R: rule(10, [path(...paths)], forwardTo('Group')) },
});
testRule('PathNotRouted', {
  valid: [{ name: 'a path that only the health check asks for', template: albTemplate({ listener: { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] }, more: { R: rule(1, [path('/ws/*')], forwardTo('Live')), Live: group({ HealthCheckPath: '/healthz' }, [{ speaks: ['websocket'], only: true }, { speaks: ['http/1.1'], path: '/healthz' }] as any) } }) }, { name: 'the rule names the path', template: API_ONLY(['/api/*', '/stomp/*']) }, { name: 'plain callers elsewhere get what the author wrote', template: albTemplate({ listener: { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] } }) }],
  invalid: [{ name: 'no rule names it', template: API_ONLY(['/api/*']), outcome: '404', resource: 'R', client: 'wss' }],
});

testRule('RuleNeverReached', {
  valid: [{ name: 'the narrow rule comes first', template: albTemplate({ more: { Rpc: group(GRPC), First: rule(1, [header('content-type', 'application/grpc*')], forwardTo('Rpc')), All: rule(2, [path('/*')], forwardTo('Group')) } }) }],
  invalid: [{
    name: 'a WebSocket path behind a catch-all',
    outcome: 'ws-handshake-failure',
    resource: 'Late',
    level: 'warning',
    client: 'wss',
    template: albTemplate({ more: { Live: group({}, { speaks: ['websocket'] }), All: rule(1, [path('/*')], forwardTo('Group')), Late: rule(2, [path('/ws/*')], forwardTo('Live')) } }),
  }, { name: 'a catch-all comes first', template: albTemplate({ more: { Rpc: group(GRPC), All: rule(1, [path('/*')], forwardTo('Group')), Late: rule(2, [header('content-type', 'application/grpc*')], forwardTo('Rpc')) } }), outcome: '464', resource: 'Late', client: 'grpc' }],
});

testRule('MixedProtocolVersions', {
  valid: [{ name: 'weight 0 gets nothing', template: albTemplate({ listener: { DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' }, Weight: 1 }, { TargetGroupArn: { Ref: 'Other' }, Weight: 0 }] } }] }, more: { Other: group(HTTP2) } }) }],
  invalid: [{ name: 'HTTP1 and HTTP2', template: albTemplate({ listener: { DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' }, Weight: 1 }, { TargetGroupArn: { Ref: 'Other' }, Weight: 1 }] } }] }, more: { Other: group(HTTP2) } }), outcome: '464', resource: 'Listener', level: 'warning' }],
});

testRule('IdleTimeoutNotAbovePing', {
  valid: [{ name: 'five minutes', template: albTemplate({ attributes: { 'idle_timeout.timeout_seconds': '300' }, server: { speaks: ['websocket'], pingIntervalSeconds: 60 } }) }, { name: 'a short ping', template: albTemplate({ server: { speaks: ['websocket'], pingIntervalSeconds: 25 } }) }],
  invalid: [
    { name: 'the default of 60 s, a ping every 60 s', template: albTemplate({ server: { speaks: ['websocket'], pingIntervalSeconds: 60 } }), outcome: 'ws-close-1006', resource: 'Alb', client: 'wss' },
    { name: '30 s', template: albTemplate({ attributes: { 'idle_timeout.timeout_seconds': 30 }, server: { speaks: ['websocket'], pingIntervalSeconds: '45' } }), outcome: 'ws-close-1006', resource: 'Alb' },
  ],
});

testRule('GrpcKeepaliveDoesNotCount', {
  valid: [{ name: 'no pings', template: albTemplate({ group: GRPC, server: { speaks: ['grpc'] } }) }],
  invalid: [{ name: 'pings that are declared', template: albTemplate({ group: GRPC, server: { speaks: ['grpc'], pingIntervalSeconds: 30 } }), outcome: '504', resource: 'Alb', level: 'warning', client: 'grpc' }],
});

testRule('StrictestDesyncMode', {
  valid: [{ name: 'defensive', template: albTemplate({ attributes: { 'routing.http.desync_mitigation_mode': 'defensive' } }) }],
  invalid: [{ name: 'strictest', template: albTemplate({ attributes: { 'routing.http.desync_mitigation_mode': 'strictest' } }), outcome: '400', resource: 'Alb', level: 'info' }],
});

const SOCKET_IO = (more: object, copies?: number) => albTemplate({
  server: { speaks: ['socket.io'], ...more },
  more: copies === undefined ? {} : { Service: { Type: 'AWS::ECS::Service', Properties: { DesiredCount: copies, LoadBalancers: [{ ContainerName: 'c', ContainerPort: 8080, TargetGroupArn: { Ref: 'Group' } }] } } },
});
testRule('PollingWithoutStickiness', {
  valid: [{ name: 'WebSocket only', template: SOCKET_IO({ transports: ['websocket'] }, 2) }, { name: 'one server', template: SOCKET_IO({}, 1) }],
  invalid: [{ name: 'two servers', template: SOCKET_IO({}, 2), outcome: '400', resource: 'Group' }, { name: 'unknown how many: possible', template: SOCKET_IO({ transports: ['polling', 'websocket'] }), outcome: '400', resource: 'Group', level: 'warning' }],
});

testRule('AuthenticationBeforeHandshake', {
  valid: [{ name: 'browsers follow', template: albTemplate({ listener: { DefaultActions: [{ Type: 'authenticate-oidc', Order: 1 }, { ...forwardTo('Group'), Order: 2 }] } }) }],
  invalid: [{ name: 'a WebSocket behind a login', template: albTemplate({ listener: { DefaultActions: [{ ...forwardTo('Group'), Order: 2 }, { Type: 'authenticate-cognito', Order: 1 }] }, server: { speaks: ['websocket'] } }), outcome: '302', resource: 'Listener', level: 'warning' }],
});

const REDIRECT = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } };
testRule('RedirectBeforeHandshake', {
  valid: [{ name: 'pages follow', template: albTemplate({ listener: { Protocol: 'HTTP', SslPolicy: undefined, DefaultActions: [REDIRECT] } }) }],
  invalid: [{ name: 'ws:// on port 80', template: albTemplate({ listener: { Protocol: 'HTTP', SslPolicy: undefined, DefaultActions: [REDIRECT] }, routes: { path: '/ws', speaks: ['websocket'] } }), outcome: '301', resource: 'Listener', level: 'warning', client: 'ws' }],
});

testRule('FixedResponse426', {
  valid: [{ name: '403', template: albTemplate({ listener: { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }] } }) }],
  invalid: [{ name: '426', template: albTemplate({ listener: { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: 426 } }] } }), outcome: '426', resource: 'Listener' }],
});

testRule('NoBalancerLogs', {
  valid: [{ name: 'internal', template: albTemplate() }, { name: 'logs', template: albTemplate({ balancer: { Scheme: 'internet-facing' }, attributes: { 'access_logs.s3.enabled': 'true' } }) }],
  invalid: [{ name: 'internet-facing', template: albTemplate({ balancer: { Scheme: 'internet-facing' } }), outcome: 'unknown', resource: 'Alb', level: 'info' }],
});

testRule('DeclarationNotUnderstood', {
  valid: [{ name: 'known words', template: albTemplate({ server: { speaks: ['http/1.1'] } }) }],
  invalid: [{ name: 'a word that is none', template: albTemplate({ server: { speaks: ['websockets'] } }), outcome: 'unknown', resource: 'Group', level: 'warning', says: /"websockets" is none of/ }],
});

describe('what must stay silent', () => {
  test.each([
    ['host rules with parameters', albTemplate({ sections: { Parameters: { A: { Type: 'String' }, B: { Type: 'String' } } }, more: { A: rule(1, [{ Field: 'host-header', HostHeaderConfig: { Values: [{ Ref: 'A' }] } }], forwardTo('Group')), B: rule(2, [host('b.example')], forwardTo('Group')) } })],
    ['a listener without certificates', albTemplate()],
  ])('%s', (_, input) => {
    expect(analyse([input]).findings.filter((finding) => finding.level === 'error')).toEqual([]);
  });
});

testRule('ReferenceCycle', {
  valid: [{ name: 'a chain', template: albTemplate() }, { name: 'a circle through Fn::If only', template: template({ A: { Type: 'X', Properties: { b: { Ref: 'B' } } }, B: { Type: 'X', Properties: { a: { 'Fn::If': ['C', { Ref: 'A' }, 1] } } } }) }],
  invalid: [{ name: 'two resources', template: template({ A: { Type: 'X', Properties: { b: { 'Fn::Sub': 'x${B.Arn}' } } }, B: { Type: 'X', DependsOn: 'A' } }), outcome: 'deployment-failure', resource: 'A', says: /A refers to B refers to A/ }],
});

test('what an unknown policy offers to targets is unknown, not served', () => {
  const { paths } = analyse([CONNECT({ 'Fn::ImportValue': 'x' })], { serve: ['http/1.1'] });
  expect(paths.map(({ outcomes }) => outcomes)).toEqual([{ 'http/1.1': 'unknown' }, { 'health-check': 'unknown' }]);
});
