// The rules about API Gateway, each with templates on which it must speak and on which it must not.
// Sources stand in the rules themselves; the labels follow public reports of the same faults.

import { template } from '../templates';
import { CERTIFICATE, declared, desync, distribution, httpApi, HTTPS, LAMBDA, res, restApi, socketApi, v1Domain, v1Mapping, v2Domain, v2Mapping } from './api-templates';
import { ruleTester } from './rule-tester';

const testRule = ruleTester('api-gateway');

const NAME = 'orders.internal.example.com';
const verify = (name: unknown) => ({ TlsConfig: { ServerNameToVerify: name } });
const SOCKETS = { speaks: ['websocket'], plainHttpAnswer: 426 };
const PARAMETER = { Parameters: { P: { Type: 'String' } } };

testRule('IntegrationSchemeMismatch', {
  valid: [
    { name: 'plain HTTP to an HTTP listener', template: httpApi() },
    { name: 'TlsConfig and an HTTPS listener', template: httpApi({ integration: verify(NAME), listener: HTTPS, more: CERTIFICATE(NAME) }) },
    { name: 'the listener is a parameter without Default', template: httpApi({ integration: { IntegrationUri: { Ref: 'P' } }, listener: HTTPS, sections: PARAMETER }) },
    { name: 'the listener is imported', template: httpApi({ integration: { IntegrationUri: { 'Fn::ImportValue': 'listener' } }, listener: HTTPS }) },
    { name: 'a TCP listener passes what comes', template: httpApi({ listener: { Protocol: 'TCP' }, balancer: { Type: 'network' } }) },
    { name: 'the protocol of the listener is unknown', template: httpApi({ listener: { Protocol: { Ref: 'P' } }, sections: PARAMETER }) },
    { name: 'a REST API with an https URI', template: restApi({ Type: 'HTTP_PROXY', Uri: `https://${NAME}/`, ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' }, IntegrationTarget: { Ref: 'Alb' } }, { ...alb(HTTPS), ...CERTIFICATE(NAME) }) },
  ],
  invalid: [
    { name: 'no TlsConfig and an HTTPS listener', template: httpApi({ listener: HTTPS, more: CERTIFICATE(NAME) }), outcome: '400', resource: 'Integration', property: 'Properties.TlsConfig', says: /has no TlsConfig/ },
    { name: 'the same, and the balancer is elsewhere', template: httpApi({ listener: { ...HTTPS, LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x/1' } }), outcome: '400', resource: 'Integration' },
    { name: 'the same, and the API is elsewhere', template: httpApi({ listener: HTTPS, integration: { ApiId: 'abc123' }, route: { ApiId: 'abc123' } }), outcome: '400', resource: 'Integration' },
    { name: 'TlsConfig and an HTTP listener', template: httpApi({ integration: verify(NAME) }), outcome: '500', resource: 'Integration' },
    { name: 'under an undecided condition: possible', template: httpApi({ integration: { TlsConfig: { 'Fn::If': ['C', { ServerNameToVerify: NAME }, { Ref: 'AWS::NoValue' }] } }, sections: { ...PARAMETER, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } } }), outcome: '500', resource: 'Integration', level: 'warning' },
    { name: 'a TLS listener of a network load balancer', template: httpApi({ balancer: { Type: 'network' }, listener: { Port: 443, Protocol: 'TLS' } }), outcome: '503', resource: 'Integration' },
    { name: 'a REST API with an http URI to port 443', template: restApi({ Type: 'HTTP_PROXY', Uri: `http://${NAME}:443/`, ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' }, IntegrationTarget: { Ref: 'Alb' } }, alb(HTTPS)), outcome: '400', resource: 'Method', property: 'Properties.Integration.Uri' },
  ],
});

testRule('ServerNameNotOnCertificate', {
  valid: [
    { name: 'the name of the certificate', template: httpApi({ integration: verify(NAME), listener: HTTPS, more: CERTIFICATE(NAME) }) },
    { name: 'a wildcard', template: httpApi({ integration: verify(NAME), listener: HTTPS, more: CERTIFICATE('*.internal.example.com') }) },
    { name: 'an imported certificate says nothing', template: httpApi({ integration: verify('api.example.com'), listener: { ...HTTPS, Certificates: [{ CertificateArn: 'arn:c' }] } }) },
    { name: 'the name is a parameter without Default', template: httpApi({ integration: verify({ Ref: 'P' }), listener: HTTPS, more: CERTIFICATE(NAME), sections: PARAMETER }) },
    { name: 'the listener has more certificates', template: httpApi({ integration: verify('api.example.com'), listener: HTTPS, more: { ...CERTIFICATE(NAME), More: res('ElasticLoadBalancingV2::ListenerCertificate', { ListenerArn: { Ref: 'Listener' }, Certificates: [{ CertificateArn: 'arn:d' }] }) } }) },
  ],
  invalid: [
    { name: 'another name', template: httpApi({ integration: verify('api.example.com'), listener: HTTPS, more: CERTIFICATE(NAME) }), outcome: '500', resource: 'Integration', property: 'Properties.TlsConfig.ServerNameToVerify' },
    { name: 'the balancer\'s own name in a URI: possible', template: restApi({ Type: 'HTTP_PROXY', Uri: { 'Fn::Sub': 'https://${Alb.DNSName}/x' } }, alb(HTTPS)), outcome: '500', resource: 'Method', level: 'warning' },
  ],
});

testRule('IntegrationPortClosed', {
  valid: [
    { name: 'the listener\'s port', template: restApi({ Type: 'HTTP_PROXY', Uri: { 'Fn::Sub': 'http://${Alb.DNSName}/x' } }, alb({})) },
    { name: 'a host outside', template: restApi({ Type: 'HTTP_PROXY', Uri: 'http://backend.example.com:8080/x' }) },
    { name: 'no listener of the balancer is known', template: restApi({ Type: 'HTTP_PROXY', Uri: { 'Fn::Sub': 'http://${Alb.DNSName}/x' } }, { Alb: res('ElasticLoadBalancingV2::LoadBalancer', { Type: 'application' }) }) },
  ],
  invalid: [
    { name: 'https where only 80 listens', template: restApi({ Type: 'HTTP_PROXY', Uri: { 'Fn::Sub': 'https://${Alb.DNSName}/x' } }, alb({})), outcome: '504', resource: 'Method' },
    { name: 'found through an alias record', template: httpApi({ integration: { IntegrationUri: 'http://orders.example.com:81/{proxy}', ConnectionType: 'INTERNET' }, more: { Name: res('Route53::RecordSet', { Name: 'Orders.example.com.', Type: 'A', AliasTarget: { DNSName: { 'Fn::Sub': 'dualstack.${Alb.DNSName}' } } }) } }), outcome: '503', resource: 'Integration' },
  ],
});

testRule('StrictestDesyncBehindHttpApi', {
  valid: [
    { name: 'defensive', template: httpApi({ balancer: desync('defensive') }) },
    { name: 'strictest without an API in front', template: template({ Alb: res('ElasticLoadBalancingV2::LoadBalancer', desync('strictest')) }) },
    { name: 'a parameter without Default', template: httpApi({ balancer: { LoadBalancerAttributes: [{ Key: 'routing.http.desync_mitigation_mode', Value: { Ref: 'P' } }] }, sections: PARAMETER }) },
  ],
  invalid: [
    { name: 'strictest', template: httpApi({ balancer: desync('strictest') }), outcome: '400', resource: 'Alb', property: 'Properties.LoadBalancerAttributes' },
    { name: 'reached by a public name: possible', template: httpApi({ integration: { ConnectionType: 'INTERNET', IntegrationUri: { 'Fn::Sub': 'http://${Alb.DNSName}/{proxy}' } }, balancer: { Scheme: 'internet-facing', ...desync('strictest') } }), outcome: '400', resource: 'Alb', level: 'warning' },
  ],
});

testRule('TlsFloorAboveClient', {
  valid: [{ name: 'a policy with TLS 1.2 behind the API', template: httpApi({ integration: verify(NAME), listener: HTTPS, more: CERTIFICATE(NAME) }) }],
  invalid: [{ name: 'a TLS 1.3 listener behind the API', template: httpApi({ integration: verify(NAME), listener: { ...HTTPS, SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }, more: CERTIFICATE(NAME) }), serve: ['http/1.1', 'tls1.3-only'], outcome: '500', resource: 'Listener', says: /API Gateway speaks TLS 1.2 only/ }],
});

testRule('Http1ClientAtHttp2TargetGroup', {
  valid: [{ name: 'an HTTP1 group behind the API', template: httpApi() }],
  invalid: [{ name: 'an HTTP2 group behind the API', template: httpApi({ integration: verify(NAME), listener: HTTPS, group: { ProtocolVersion: 'HTTP2' }, more: CERTIFICATE(NAME) }), serve: ['h2'], outcome: '464', resource: 'Group', client: 'h2' }],
});

testRule('HopWithoutWebSocket', {
  valid: [
    { name: 'a WebSocket API', template: socketApi() },
    { name: 'a WebSocket server behind a public balancer has another way in', template: httpApi({ balancer: { Scheme: 'internet-facing' }, server: { speaks: ['websocket', 'http/1.1'], path: '/ws/*' } }), serve: ['wss'] },
    { name: 'nobody speaks WebSocket', template: httpApi() },
    { name: 'a VPC origin is another way in', template: httpApi({ server: SOCKETS, route: { RouteKey: 'GET /calls' }, more: { Origin: res('CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { Arn: { Ref: 'Alb' }, Name: 'o' } }) } }), serve: ['wss'] },
  ],
  invalid: [
    { name: 'an internal WebSocket server behind an HTTP API', template: httpApi({ server: [{ speaks: ['http/1.1'] }, { ...SOCKETS, path: '/ws/*' }] }), serve: ['wss'], outcome: '426', resource: 'Integration', client: 'wss' },
    { name: 'the same, and nobody was named: a guess', template: httpApi({ server: [{ speaks: ['http/1.1'] }, { ...SOCKETS, path: '/ws/*' }] }), outcome: '426', resource: 'Integration', level: 'warning' },
    { name: 'the server speaks both on every path', template: httpApi({ server: { speaks: ['websocket', 'http/1.1'] } }), serve: ['wss'], outcome: '426', resource: 'Integration' },
    { name: 'a declared route to a function', template: restApi(LAMBDA, { Api: { ...res('ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } }), ...declared('routes', { path: '/', speaks: ['websocket'] }) } }), outcome: 'ws-handshake-failure', resource: 'Method' },
    { name: 'a declared server outside the templates', template: httpApi({ more: { Integration: { ...res('ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://live.example.com/{proxy}' }), ...declared('server', SOCKETS) } } }), outcome: '426', resource: 'Integration' },
    { name: 'a distribution leads WebSocket clients to an HTTP API', template: httpApi({ integration: { ConnectionType: 'INTERNET', IntegrationUri: 'https://origin.example.com/{proxy}' }, more: { Cdn: { ...distribution({ 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}' }), ...declared('routes', { path: '/ws/*', speaks: ['websocket'] }) } } }), outcome: '426', resource: 'Cdn', client: 'wss' },
  ],
});

testRule('HopWithoutGrpc', {
  valid: [{ name: 'plain HTTP', template: httpApi(), serve: ['http/1.1', 'grpc'] }],
  invalid: [{ name: 'a declared gRPC route', template: restApi(LAMBDA, { Api: { ...res('ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } }), ...declared('routes', { path: '/', speaks: ['grpc'] }) } }), outcome: '502', resource: 'Method', level: 'warning' }],
});

testRule('IntegrationServerMismatch', {
  valid: [{ name: 'an HTTP/1.1 server', template: declaredBackend({ speaks: ['http/1.1'] }) }],
  invalid: [{ name: 'a server that speaks HTTP/2 only', template: declaredBackend({ speaks: ['h2'], only: true }), outcome: '502', resource: 'Integration' }],
});

testRule('PlainHttpAtWebSocketOnlyServer', {
  valid: [{ name: 'only WebSocket clients are meant for it, and they are told about the hop instead', template: declaredBackend({ ...SOCKETS, only: true }) }],
  invalid: [{ name: 'a server for both that answers a GET with 426', template: declaredBackend([{ speaks: ['h2'] }, { ...SOCKETS, only: true }]), outcome: '426', resource: 'Integration' }],
});

testRule('ApiTlsFloorAboveClient', {
  valid: [
    { name: 'TLS_1_0 on the domain', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v1Mapping('abc') }), serve: ['tls1.0', 'tls1.1'] },
    { name: 'nobody asks for TLS 1.0', template: template({ Domain: v1Domain({}), Mapping: v1Mapping('abc') }) },
    { name: 'a private domain is no public door', template: template({ Domain: v1Domain({ EndpointConfiguration: { Types: ['PRIVATE'] }, SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'BASIC' }) }) },
    { name: 'the policy is a parameter without Default', template: template({ Domain: v1Domain({ SecurityPolicy: { Ref: 'P' } }), Mapping: v1Mapping('abc') }, PARAMETER), serve: ['tls1.0'] },
    { name: 'the default endpoint takes TLS 1.0', template: restApi(LAMBDA), serve: ['tls1.0'] },
  ],
  invalid: [
    { name: 'TLS_1_2 and an old device', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_2' }), Mapping: v1Mapping('abc') }), serve: ['tls1.0', 'tls1.1'], outcome: 'tls-handshake-failure', resource: 'Domain', client: 'tls1.0', property: 'Properties.SecurityPolicy' },
    { name: 'TLS_1_2 by default', template: template({ Domain: v1Domain({}), Mapping: v1Mapping('abc') }), serve: ['tls1.0'], outcome: 'tls-handshake-failure', resource: 'Domain', says: /no SecurityPolicy is set/ },
    { name: 'an HTTP API has no older TLS', template: httpApi(), serve: ['tls1.1'], outcome: 'tls-handshake-failure', resource: 'Api' },
    { name: 'TLS 1.3 only, and callers with TLS 1.2', template: restApi(LAMBDA, {}, { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'BASIC' }), outcome: 'tls-handshake-failure', resource: 'Api', client: 'tls1.2-only' },
  ],
});

testRule('OutdatedTlsOnApi', {
  valid: [
    { name: 'TLS_1_2', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_2' }), Mapping: v1Mapping('abc') }) },
    { name: 'outdated callers are to be served', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v1Mapping('abc') }), serve: ['tls1.0', 'tls1.1'] },
    { name: 'a private API', template: restApi(LAMBDA, {}, { EndpointConfiguration: { Types: ['PRIVATE'] }, SecurityPolicy: 'TLS_1_0' }) },
  ],
  invalid: [
    { name: 'TLS_1_0 on a domain', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v1Mapping('abc') }), outcome: 'served', resource: 'Domain' },
    { name: 'TLS_1_0 written on the API', template: restApi(LAMBDA, {}, { SecurityPolicy: 'TLS_1_0' }), outcome: 'served', resource: 'Api' },
    { name: 'the default, and the user wants outdated callers out', template: restApi(LAMBDA), refuse: ['tls1.0'], outcome: 'served', resource: 'Api', client: 'tls1.0' },
  ],
});

testRule('OutdatedTlsOnDefaultEndpoint', {
  valid: [
    { name: 'a policy is set', template: restApi(LAMBDA, {}, { SecurityPolicy: 'TLS_1_2' }) },
    { name: 'the default endpoint is disabled', template: restApi(LAMBDA, {}, { DisableExecuteApiEndpoint: true }) },
    { name: 'an HTTP API starts with TLS 1.2', template: httpApi() },
    { name: 'a private API', template: restApi(LAMBDA, {}, { EndpointConfiguration: { Types: ['PRIVATE'] } }) },
  ],
  invalid: [
    { name: 'nothing is set', template: restApi(LAMBDA), outcome: 'served', resource: 'Api', level: 'info' },
    { name: 'SAM\'s implicit API', template: template({ Fn: res('Serverless::Function', { Events: { Get: { Type: 'Api', Properties: { Path: '/x', Method: 'get' } } } }) }, { Transform: 'AWS::Serverless-2016-10-31' }), outcome: 'served', resource: 'Fn', level: 'info', property: 'Globals.Api.SecurityPolicy' },
  ],
});

testRule('WeakerDefaultEndpoint', {
  valid: [
    { name: 'the default endpoint is disabled', template: restApi(LAMBDA, { Domain: v1Domain({}), Mapping: v1Mapping({ Ref: 'Api' }) }, { DisableExecuteApiEndpoint: true }) },
    { name: 'the domain is no stricter', template: restApi(LAMBDA, { Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v1Mapping({ Ref: 'Api' }) }) },
  ],
  invalid: [{ name: 'a strict domain beside it', template: restApi(LAMBDA, { Domain: v1Domain({ SecurityPolicy: 'TLS_1_2' }), Mapping: v1Mapping({ Ref: 'Api' }) }), outcome: 'served', resource: 'Api', level: 'warning' }],
});

testRule('UnknownApiTlsPolicy', {
  valid: [{ name: 'a known name', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_2' }) }) }, { name: 'a parameter without Default', template: template({ Domain: v1Domain({ SecurityPolicy: { Ref: 'P' } }) }, PARAMETER) }],
  invalid: [
    { name: 'a name that does not exist', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_3' }) }), outcome: 'deployment-failure', resource: 'Domain', says: /did you mean TLS_1_2/ },
    { name: 'newer than the table: possible', template: template({ Domain: v1Domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_PQ_2027_01' }) }), outcome: 'deployment-failure', resource: 'Domain', level: 'warning' },
    { name: 'an enhanced name on a v2 domain', template: template({ Domain: v2Domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09' }) }), outcome: 'deployment-failure', resource: 'Domain', says: /TLS_1_0 and TLS_1_2 only/ },
  ],
});

testRule('TlsPolicyOfOtherEndpointType', {
  valid: [{ name: 'an edge policy on an edge domain', template: template({ Domain: v1Domain({ EndpointConfiguration: { Types: ['EDGE'] }, SecurityPolicy: 'SecurityPolicy_TLS13_2025_EDGE', EndpointAccessMode: 'BASIC' }) }) }],
  invalid: [
    { name: 'an edge policy on a regional domain', template: template({ Domain: v1Domain({ SecurityPolicy: 'SecurityPolicy_TLS13_2025_EDGE', EndpointAccessMode: 'BASIC' }) }), outcome: 'deployment-failure', resource: 'Domain' },
    { name: 'a regional policy on an API that is EDGE by default', template: restApi(LAMBDA, {}, { EndpointConfiguration: undefined, SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09', EndpointAccessMode: 'BASIC' }), outcome: 'deployment-failure', resource: 'Api' },
  ],
});

testRule('EndpointAccessModeMismatch', {
  valid: [{ name: 'both', template: template({ Domain: v1Domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09', EndpointAccessMode: 'STRICT' }) }) }],
  invalid: [
    { name: 'an enhanced policy without mode', template: template({ Domain: v1Domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09' }) }), outcome: 'deployment-failure', resource: 'Domain' },
    { name: 'a legacy policy with mode', template: restApi(LAMBDA, {}, { SecurityPolicy: 'TLS_1_2', EndpointAccessMode: 'BASIC' }), outcome: 'deployment-failure', resource: 'Api' },
  ],
});

testRule('MutualTlsOnUnfitDomain', {
  valid: [{ name: 'regional with TLS_1_2', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { TruststoreUri: 's3://t' } }) }) }],
  invalid: [
    { name: 'edge-optimized', template: template({ Domain: v1Domain({ EndpointConfiguration: { Types: ['EDGE'] }, MutualTlsAuthentication: { TruststoreUri: 's3://t' } }) }), outcome: 'deployment-failure', resource: 'Domain' },
    { name: 'TLS_1_0', template: template({ Domain: v1Domain({ SecurityPolicy: 'TLS_1_0', MutualTlsAuthentication: { TruststoreUri: 's3://t' } }) }), outcome: 'deployment-failure', resource: 'Domain' },
  ],
});

testRule('NoClientCertificateForMutualTls', {
  valid: [{ name: 'clients come by themselves', template: httpApi({ more: { Domain: v2Domain({}, { MutualTlsAuthentication: { TruststoreUri: 's3://t' } }), Mapping: v2Mapping({ Ref: 'Api' }) } }) }],
  invalid: [{ name: 'a distribution comes without a certificate', template: httpApi({ more: { Domain: v2Domain({}, { MutualTlsAuthentication: { TruststoreUri: 's3://t' } }), Mapping: v2Mapping({ Ref: 'Api' }), Cdn: distribution({ 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] }) } }), outcome: '403', resource: 'Domain' }],
});

testRule('ApiOnUnfitDomain', {
  valid: [
    { name: 'regional with TLS_1_2', template: socketApi({ more: { Domain: v2Domain({ SecurityPolicy: 'TLS_1_2' }), Mapping: v2Mapping({ Ref: 'Sockets' }) } }) },
    { name: 'a REST API on TLS_1_0', template: restApi(LAMBDA, { Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v1Mapping({ Ref: 'Api' }) }) },
    { name: 'a REST API mapped through v2', template: restApi(LAMBDA, { Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v2Mapping({ Ref: 'Api' }) }) },
  ],
  invalid: [
    { name: 'a WebSocket API elsewhere on a v2 domain with TLS_1_0', template: template({ Domain: v2Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v2Mapping('abc') }), serve: ['wss'], outcome: 'deployment-failure', resource: 'Domain', property: 'Properties.DomainNameConfigurations.0.SecurityPolicy' },
    { name: 'an HTTP API on a v1 domain with TLS_1_0, found by its name', template: httpApi({ more: { Domain: v1Domain({ SecurityPolicy: 'TLS_1_0' }), Mapping: v2Mapping({ Ref: 'Api' }, 'api.example.com') } }), outcome: 'deployment-failure', resource: 'Domain' },
    { name: 'an HTTP API on an edge domain', template: httpApi({ more: { Domain: v1Domain({ EndpointConfiguration: { Types: ['EDGE'] } }), Mapping: v2Mapping({ Ref: 'Api' }) } }), outcome: 'deployment-failure', resource: 'Domain' },
    { name: 'nothing mapped: possible', template: template({ Domain: v2Domain({ SecurityPolicy: 'TLS_1_0' }) }), outcome: 'deployment-failure', resource: 'Domain', level: 'warning' },
  ],
});

testRule('WebSocketApiSharesDomain', {
  valid: [
    { name: 'two domains', template: socketApi({ more: { Http: res('ApiGatewayV2::Api', { ProtocolType: 'HTTP' }), Domain: v2Domain({}), Other: v2Domain({}, { DomainName: 'live.example.com' }), A: v2Mapping({ Ref: 'Http' }), B: v2Mapping({ Ref: 'Sockets' }, { Ref: 'Other' }) } }) },
    { name: 'two WebSocket APIs', template: socketApi({ more: { More: res('ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }), Domain: v2Domain({}), A: v2Mapping({ Ref: 'More' }), B: v2Mapping({ Ref: 'Sockets' }) } }) },
    { name: 'the other API is elsewhere', template: socketApi({ more: { Domain: v2Domain({}), A: v2Mapping('abc'), B: v2Mapping({ Ref: 'Sockets' }) } }) },
  ],
  invalid: [
    { name: 'with an HTTP API', template: socketApi({ more: { Http: res('ApiGatewayV2::Api', { ProtocolType: 'HTTP' }), Domain: v2Domain({}), A: v2Mapping({ Ref: 'Http' }), B: v2Mapping({ Ref: 'Sockets' }, { Ref: 'Domain' }, { ApiMappingKey: 'live' }) } }), outcome: 'deployment-failure', resource: 'B' },
    { name: 'with a REST API', template: restApi(LAMBDA, { Sockets: res('ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }), Domain: v1Domain({}), A: v1Mapping({ Ref: 'Api' }), B: v2Mapping({ Ref: 'Sockets' }) }), outcome: 'deployment-failure', resource: 'B' },
  ],
});

testRule('PrivateApiFromOutside', {
  valid: [{ name: 'a private API by itself', template: restApi(LAMBDA, {}, { EndpointConfiguration: { Types: ['PRIVATE'] } }) }, { name: 'a regional API', template: restApi(LAMBDA, { Cdn: distribution(EXECUTE_API()) }) }],
  invalid: [{ name: 'a distribution in front', template: restApi(LAMBDA, { Cdn: distribution(EXECUTE_API()) }, { EndpointConfiguration: { Types: ['PRIVATE'] } }), outcome: '403', resource: 'Cdn' }],
});

testRule('DefaultEndpointDisabled', {
  valid: [{ name: 'the domain is the origin', template: restApi(LAMBDA, { Domain: v1Domain({}), Mapping: v1Mapping({ Ref: 'Api' }), Cdn: distribution({ 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] }) }, { DisableExecuteApiEndpoint: true }) }],
  invalid: [{ name: 'execute-api is the origin', template: restApi(LAMBDA, { Cdn: distribution(EXECUTE_API()) }, { DisableExecuteApiEndpoint: true }), outcome: '403', resource: 'Cdn' }],
});

testRule('WebSocketApiNotDeployed', {
  valid: [
    { name: 'AutoDeploy', template: socketApi() },
    { name: 'a deployment', template: socketApi({ stage: { AutoDeploy: undefined, DeploymentId: { Ref: 'Deployment' } }, more: { Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Sockets' } }, { DependsOn: ['Connect', 'Send'] }) } }) },
    { name: 'a deployment that names the stage', template: socketApi({ stage: { AutoDeploy: undefined }, more: { Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Sockets' }, StageName: 'live' }, { DependsOn: ['Connect', 'Send'] }) } }) },
    { name: 'a stage whose API is imported', template: socketApi({ stage: { ApiId: { 'Fn::ImportValue': 'api' } } }) },
    { name: 'SAM deploys', template: template({ Sockets: res('Serverless::WebSocketApi', { Routes: { $connect: { FunctionArn: 'arn:f' }, $default: { FunctionArn: 'arn:f' } } }) }) },
  ],
  invalid: [
    { name: 'no stage', template: socketApi({ stage: false }), outcome: '403', resource: 'Sockets', client: 'wss' },
    { name: 'no stage here, and the API is exported: possible', template: socketApi({ stage: false, sections: { Outputs: { Id: { Value: { Ref: 'Sockets' }, Export: { Name: 'sockets' } } } } }), outcome: '403', resource: 'Sockets', level: 'warning' },
    { name: 'nothing is deployed to the stage', template: socketApi({ stage: { AutoDeploy: false } }), outcome: '403', resource: 'Stage', property: 'Properties.DeploymentId' },
  ],
});

testRule('DeploymentBeforeRoutes', {
  valid: [
    { name: 'DependsOn every route', template: socketApi({ more: { Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Sockets' } }, { DependsOn: ['Connect', 'Send'] }) } }) },
    { name: 'by way of another resource', template: socketApi({ connect: false, more: { Gate: res('CloudFormation::WaitConditionHandle', {}, { DependsOn: 'Send' }), Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Sockets' }, Description: { 'Fn::Sub': '${Gate}' } }) } }) },
    { name: 'the routes are elsewhere', template: template({ Sockets: res('ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }), Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Sockets' } }) }) },
    { name: 'the API is imported', template: socketApi({ more: { Deployment: res('ApiGatewayV2::Deployment', { ApiId: { 'Fn::ImportValue': 'api' } }) } }) },
  ],
  invalid: [
    { name: 'nothing says so', template: socketApi({ more: { Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Sockets' } }) } }), outcome: 'deployment-failure', resource: 'Deployment', property: 'DependsOn' },
    { name: 'one route is forgotten: possible', template: socketApi({ more: { Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Sockets' } }, { DependsOn: 'Send' }) } }), outcome: '403', resource: 'Deployment', level: 'warning' },
  ],
});

const HTTP_BACKEND = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', IntegrationUri: 'https://backend.example.com/connect' };
const override = (value: string) => ({ RequestParameters: { 'integration.request.header.Sec-WebSocket-Version': value } });

testRule('ConnectIntegrationSeesHandshake', {
  valid: [
    { name: 'a function', template: socketApi() },
    { name: 'the header is replaced', template: socketApi({ integration: { ...HTTP_BACKEND, ...override("'0'") } }) },
    { name: 'the parameters are unknown', template: socketApi({ integration: { ...HTTP_BACKEND, RequestParameters: { Ref: 'P' } }, sections: PARAMETER }) },
    { name: 'an HTTP backend on other routes', template: socketApi({ connect: false, integration: HTTP_BACKEND }) },
  ],
  invalid: [
    { name: 'an HTTP backend', template: socketApi({ integration: HTTP_BACKEND }), outcome: '400', resource: 'Integration', client: 'wss', property: 'Properties.RequestParameters' },
    { name: 'the header is replaced by itself', template: socketApi({ integration: { ...HTTP_BACKEND, ...override("'13'") } }), outcome: '400', resource: 'Integration' },
    { name: 'over a custom domain', template: socketApi({ api: { DisableExecuteApiEndpoint: true }, integration: HTTP_BACKEND, more: { Domain: v2Domain({}), Mapping: v2Mapping({ Ref: 'Sockets' }) } }), outcome: '400', resource: 'Integration' },
  ],
});

const authorizer = (...sources: string[]) => ({ Auth: res('ApiGatewayV2::Authorizer', { ApiId: { Ref: 'Sockets' }, AuthorizerType: 'REQUEST', IdentitySource: sources }) });
const CUSTOM = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Auth' } };

testRule('HeaderAuthorizationAtConnect', {
  valid: [
    { name: 'no key', template: socketApi(), serve: ['wss-browser'] },
    { name: 'a client that sets headers', template: socketApi({ connect: { ApiKeyRequired: true } }), serve: ['wss'] },
    { name: 'the key comes from the authorizer', template: socketApi({ api: { ApiKeySelectionExpression: '$context.authorizer.usageIdentifierKey' }, connect: { ApiKeyRequired: true } }), serve: ['wss-browser'] },
    { name: 'a token in the query', template: socketApi({ connect: CUSTOM, more: authorizer('route.request.querystring.token') }), serve: ['wss-browser'] },
    { name: 'a header that browsers send', template: socketApi({ connect: CUSTOM, more: authorizer('route.request.header.Cookie') }), serve: ['wss-browser'] },
    { name: 'a key on another route', template: socketApi({ more: { Keyed: res('ApiGatewayV2::Route', { ApiId: { Ref: 'Sockets' }, RouteKey: 'keyed', ApiKeyRequired: true }) } }), serve: ['wss-browser'] },
    { name: 'an authorizer elsewhere', template: socketApi({ connect: { ...CUSTOM, AuthorizerId: { Ref: 'P' } }, sections: PARAMETER }), serve: ['wss-browser'] },
  ],
  invalid: [
    { name: 'an API key', template: socketApi({ connect: { ApiKeyRequired: true } }), serve: ['wss-browser'], outcome: '403', resource: 'Connect', client: 'wss-browser', property: 'Properties.ApiKeyRequired' },
    { name: 'an authorizer that reads a header', template: socketApi({ connect: CUSTOM, more: authorizer('route.request.header.Authorization') }), serve: ['wss-browser'], outcome: '401', resource: 'Auth', property: 'Properties.IdentitySource' },
    { name: 'an API key as SAM writes it', template: template({ Sockets: res('Serverless::WebSocketApi', { Routes: { $connect: { FunctionArn: 'arn:f', ApiKeyRequired: true } } }) }), serve: ['wss-browser'], outcome: '403', resource: 'Sockets', property: 'Properties.Routes.$connect.ApiKeyRequired' },
  ],
});

testRule('RouteWithoutIntegration', {
  valid: [{ name: 'a target', template: socketApi() }, { name: 'a target elsewhere', template: socketApi({ connect: { Target: 'integrations/abc' } }) }],
  invalid: [{ name: 'no target', template: socketApi({ connect: { Target: undefined } }), outcome: '500', resource: 'Connect', level: 'warning' }],
});

testRule('WebSocketApiWithoutMessageRoute', {
  valid: [{ name: 'a route of its own', template: socketApi() }, { name: 'no route is in the templates', template: template({ Sockets: res('ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }) }) }],
  invalid: [{ name: '$connect alone', template: socketApi({ more: { Send: res('ApiGatewayV2::Route', { ApiId: { Ref: 'Sockets' }, RouteKey: '$disconnect' }) } }), outcome: 'unknown', resource: 'Sockets', level: 'info' }],
});

testRule('VpcLinkV2OnWebSocketApi', {
  valid: [
    { name: 'a link of version 1', template: socketApi({ integration: { ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' } }, more: { Link: res('ApiGateway::VpcLink', { TargetArns: ['arn:nlb'] }) } }) },
    { name: 'a link elsewhere', template: socketApi({ integration: { ConnectionType: 'VPC_LINK', ConnectionId: { 'Fn::ImportValue': 'link' } } }) },
    { name: 'on an HTTP API', template: httpApi() },
  ],
  invalid: [{ name: 'a link of version 2', template: socketApi({ integration: { ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' } }, more: { Link: res('ApiGatewayV2::VpcLink', { SubnetIds: ['s'] }) } }), outcome: 'deployment-failure', resource: 'Integration' }],
});

testRule('NoCleartextAtApi', {
  valid: [{ name: 'nobody named a ws client', template: socketApi() }, { name: 'wss', template: socketApi(), serve: ['wss'] }],
  invalid: [{ name: 'ws', template: socketApi(), serve: ['ws'], outcome: 'ws-handshake-failure', resource: 'Sockets', client: 'ws', level: 'warning' }],
});

const plain = (...responses: unknown[]) => ({ Type: 'HTTP', Uri: 'https://backend.example.com', IntegrationResponses: responses });

testRule('BackendErrorsMasked', {
  valid: [
    { name: 'a pattern for 4xx', template: restApi(plain({ StatusCode: 200 }, { StatusCode: 400, SelectionPattern: '4\\d{2}' })) },
    { name: 'a proxy integration', template: restApi({ Type: 'HTTP_PROXY', Uri: 'https://backend.example.com' }) },
    { name: 'a private API', template: restApi(plain({ StatusCode: 200 }), {}, { EndpointConfiguration: { Types: ['PRIVATE'] } }) },
  ],
  invalid: [
    { name: '200 for everything', template: restApi(plain({ StatusCode: '200' })), outcome: '426', resource: 'Method', level: 'info' },
    { name: 'in an OpenAPI body', template: template({ Api: res('ApiGateway::RestApi', { Body: { openapi: '3.0.1', paths: { '/x': { get: { 'x-amazon-apigateway-integration': { type: 'http', uri: 'https://backend.example.com', responses: { 'default': { statusCode: 200 }, '5\\d{2}': { statusCode: 502 } } } } } } } }) }), outcome: '426', resource: 'Api', level: 'info' },
  ],
});

const log = (Format: string) => ({ AccessLogSettings: { DestinationArn: 'arn:logs', Format } });

testRule('NoApiLogs', {
  valid: [
    { name: 'status and user agent are logged', template: socketApi({ stage: log('$context.status $context.identity.userAgent') }) },
    { name: 'the format is unknown', template: socketApi({ stage: { AccessLogSettings: { DestinationArn: 'arn:logs', Format: { Ref: 'P' } } }, sections: PARAMETER }) },
    { name: 'a private API', template: restApi(LAMBDA, { Stage: res('ApiGateway::Stage', { RestApiId: { Ref: 'Api' } }) }, { EndpointConfiguration: { Types: ['PRIVATE'] } }) },
  ],
  invalid: [
    { name: 'no log', template: restApi(LAMBDA, { Stage: res('ApiGateway::Stage', { RestApiId: { Ref: 'Api' } }) }), outcome: 'unknown', resource: 'Stage', level: 'info', property: 'Properties.AccessLogSetting' },
    { name: 'no user agent', template: socketApi({ stage: log('$context.status') }), outcome: 'unknown', resource: 'Stage', level: 'info', says: /userAgent/ },
  ],
});

const answer = (properties: Record<string, unknown>) => ({ Answer: res('ApiGateway::GatewayResponse', { RestApiId: { Ref: 'Api' }, ...properties }) });

testRule('GatewayResponse426', {
  valid: [{ name: '403', template: restApi(LAMBDA, answer({ ResponseType: 'WAF_FILTERED', StatusCode: '403' })) }],
  invalid: [{ name: '426', template: restApi(LAMBDA, answer({ ResponseType: 'MISSING_AUTHENTICATION_TOKEN', StatusCode: 426 })), outcome: '426', resource: 'Answer', level: 'warning' }],
});

testRule('GatewayResponseHidesCause', {
  valid: [{ name: 'a template only', template: restApi(LAMBDA, answer({ ResponseType: 'DEFAULT_4XX' })) }],
  invalid: [{ name: 'one status for all', template: restApi(LAMBDA, answer({ ResponseType: 'DEFAULT_4XX', StatusCode: '400' })), outcome: 'unknown', resource: 'Answer', level: 'info' }],
});

function EXECUTE_API() {
  return { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/live/']] }] }] };
}

function alb(listener: Record<string, unknown>) {
  const { Alb, Listener, Group, Link } = (httpApi({ listener }).body as { Resources: Record<string, ReturnType<typeof res>> }).Resources;
  return { Alb, Listener, Group, Link };
}

function declaredBackend(server: unknown) {
  return httpApi({ more: { Integration: { ...res('ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://live.example.com/{proxy}' }), ...declared('server', server) } } });
}
