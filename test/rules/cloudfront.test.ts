// The rules about CloudFront and what stands behind it, each with templates on which it must speak and must not.

import { albTemplate, forwardTo, host, Properties, Resources, rule, template } from '../templates';
import { ruleTester } from './rule-tester';
import { TemplateInput } from '../../src/template';

const testRule = ruleTester('cloudfront');

const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const NO_CACHE = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
const CERTIFICATE = { AcmCertificateArn: 'arn:aws:acm:us-east-1:1:certificate/x', SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' };

interface Parts {
  config?: Properties;
  origin?: Properties;
  behavior?: Properties;
  behaviors?: Properties[];
  metadata?: unknown;
  more?: Resources;
  sections?: Properties;
}

const ORIGIN = { Id: 'web', DomainName: 'origin.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } };
const BEHAVIOR = { TargetOriginId: 'web', ViewerProtocolPolicy: 'https-only', AllowedMethods: METHODS, CachePolicyId: NO_CACHE, OriginRequestPolicyId: EXCEPT_HOST };

function distribution(parts: Parts = {}): Resources[string] {
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        HttpVersion: 'http2',
        ViewerCertificate: CERTIFICATE,
        Logging: { Bucket: 'b' },
        Origins: [{ ...ORIGIN, ...parts.origin }],
        DefaultCacheBehavior: { ...BEHAVIOR, ...parts.behavior },
        ...(parts.behaviors ? { CacheBehaviors: parts.behaviors.map((behavior) => ({ ...BEHAVIOR, ...behavior })) } : {}),
        ...parts.config,
      },
    },
    ...(parts.metadata ? { Metadata: { 'cdk-handshake': parts.metadata } } : {}),
  };
}

const cdn = (parts: Parts = {}): TemplateInput => template({ Cdn: distribution(parts), ...parts.more }, parts.sections);
/** The distribution in front of the load balancer of albTemplate, by its own DNS name. */
function beforeAlb(parts: Parts, alb: Parameters<typeof albTemplate>[0] = {}): TemplateInput {
  const origin = { DomainName: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, ...parts.origin };
  return albTemplate({ ...alb, more: { ...alb.more, Cdn: distribution({ ...parts, origin }) } });
}
const custom = (more: Properties) => ({ CustomOriginConfig: { ...ORIGIN.CustomOriginConfig, ...more } });
const HTTP = { listener: { Protocol: 'HTTP', Port: 80, SslPolicy: undefined } };
const WS = { routes: { path: '/ws/*', speaks: ['websocket'] } };

testRule('WebSocketHeadersNotForwarded', {
  valid: [
    { name: 'AllViewer', template: cdn({ behavior: { OriginRequestPolicyId: ALL_VIEWER }, metadata: WS }) },
    { name: 'AllViewerExceptHostHeader', template: cdn({ metadata: WS }) },
    { name: 'a policy that is imported: unknown', template: cdn({ behavior: { OriginRequestPolicyId: { 'Fn::ImportValue': 'x' } }, metadata: WS }) },
    { name: 'no WebSocket', template: cdn({ behavior: { OriginRequestPolicyId: undefined } }) },
    {
      name: 'an own policy that lists them',
      template: cdn({
        behavior: { OriginRequestPolicyId: { Ref: 'P' } },
        metadata: WS,
        more: { P: { Type: 'AWS::CloudFront::OriginRequestPolicy', Properties: { OriginRequestPolicyConfig: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['sec-websocket-key', 'Sec-WebSocket-Version'] } } } } },
      }),
    },
    { name: 'the cache policy carries them', template: cdn({ behavior: { OriginRequestPolicyId: undefined, CachePolicyId: { Ref: 'P' } }, metadata: WS, more: { P: { Type: 'AWS::CloudFront::CachePolicy', Properties: { CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Sec-WebSocket-Key', 'Sec-WebSocket-Version'] } } } } } } }) },
    { name: 'legacy settings that forward all', template: cdn({ behavior: { CachePolicyId: undefined, OriginRequestPolicyId: undefined, ForwardedValues: { Headers: ['*'] } }, metadata: WS }) },
  ],
  invalid: [
    { name: 'a cache policy alone', template: cdn({ behavior: { OriginRequestPolicyId: undefined }, metadata: WS }), outcome: '400', resource: 'Cdn', client: 'wss' },
    { name: 'declared for an origin', template: cdn({ behavior: { OriginRequestPolicyId: undefined }, metadata: { server: { origin: 'web', speaks: ['websocket', 'http/1.1'] } } }), outcome: '400', resource: 'Cdn' },
    { name: 'a legacy list without them: documents and reports disagree', template: cdn({ behavior: { CachePolicyId: undefined, OriginRequestPolicyId: undefined, ForwardedValues: { Headers: ['Origin'] } }, metadata: WS }), outcome: '400', resource: 'Cdn', level: 'warning' },
    { name: 'a path that is for WebSocket by custom: a guess', template: cdn({ behaviors: [{ PathPattern: '/ws/*', OriginRequestPolicyId: undefined }] }), outcome: '400', resource: 'Cdn', level: 'warning' },
    { name: 'the same, and the client is named', template: beforeAlb({ behaviors: [{ PathPattern: '/ws/*', OriginRequestPolicyId: undefined }], origin: custom({ OriginProtocolPolicy: 'http-only' }) }, { ...HTTP, server: { speaks: ['websocket', 'http/1.1'] } }), serve: ['wss'], outcome: '400', resource: 'Cdn' },
  ],
});

testRule('OriginPortClosed', {
  valid: [
    { name: 'http-only to port 80', template: beforeAlb({ origin: custom({ OriginProtocolPolicy: 'http-only' }) }, HTTP) },
    { name: 'an origin elsewhere', template: cdn() },
  ],
  invalid: [
    { name: 'https-only to a balancer on port 80', template: beforeAlb({}, HTTP), outcome: '502', resource: 'Cdn', client: 'http/1.1' },
    { name: 'http-only by a Default to a balancer on 443', template: albTemplate({ sections: { Parameters: { P: { Type: 'String', Default: 'http-only' } } }, more: { Cdn: distribution({ origin: { DomainName: { 'Fn::GetAtt': ['Alb', 'DNSName'] }, ...custom({ OriginProtocolPolicy: { Ref: 'P' } }) } }) } }), outcome: '502', resource: 'Cdn', says: /keeps its Default "http-only"/ },
  ],
});

testRule('OriginSchemeMismatch', {
  valid: [{ name: 'TLS on both sides', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER } }) }],
  invalid: [
    { name: 'TLS to a cleartext port', template: beforeAlb({ origin: custom({ HTTPSPort: 80 }) }, HTTP), outcome: '502', resource: 'Cdn' },
    { name: 'cleartext to a TLS port', template: beforeAlb({ origin: custom({ OriginProtocolPolicy: 'http-only', HTTPPort: 443 }) }), outcome: '400', resource: 'Cdn' },
  ],
});

testRule('OriginCertificateName', {
  valid: [
    { name: 'a name of its own, certificate elsewhere', template: cdn() },
    { name: 'Host is forwarded', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER } }) },
    { name: 'whether Host is forwarded is unknown', template: beforeAlb({ behavior: { OriginRequestPolicyId: { 'Fn::ImportValue': 'x' } } }) },
    { name: 'an alias record, covered by the certificate', template: beforeAlb({ origin: { DomainName: { Ref: 'Record' } } }, { listener: { Certificates: [{ CertificateArn: { Ref: 'Cert' } }] }, more: { Cert: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: '*.example.com' } }, Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'lb.example.com.', Type: 'A', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Alb', 'DNSName'] } } } } } }) },
  ],
  invalid: [
    { name: 'the balancer by its own name', template: beforeAlb({}), outcome: '502', resource: 'Cdn', says: /no certificate of yours can carry/ },
    { name: 'a literal amazonaws.com name', template: cdn({ origin: { DomainName: 'my-1.eu-west-1.elb.amazonaws.com' } }), outcome: '502', resource: 'Cdn' },
    { name: 'Host forwarded, and the certificate is for another name', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER }, config: { Aliases: ['app.example.com'] } }, { listener: { Certificates: [{ CertificateArn: { Ref: 'Cert' } }] }, more: { Cert: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'lb.example.com' } } } }), outcome: '502', resource: 'Cdn' },
  ],
});

const API = { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] };
testRule('ForwardedHostNotExpected', {
  valid: [
    { name: 'an API without Host', template: cdn({ origin: { DomainName: API }, sections: { Parameters: { Api: { Type: 'String' } } } }) },
    { name: 'no rule asks for a host', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER }, origin: custom({ OriginProtocolPolicy: 'http-only' }) }, HTTP) },
  ],
  invalid: [
    { name: 'an API that is a parameter', template: cdn({ origin: { DomainName: API }, behavior: { OriginRequestPolicyId: ALL_VIEWER }, sections: { Parameters: { Api: { Type: 'String' } } } }), outcome: '403', resource: 'Cdn' },
    { name: 'legacy headers *', template: cdn({ origin: { DomainName: API }, behavior: { CachePolicyId: undefined, OriginRequestPolicyId: undefined, ForwardedValues: { Headers: ['*'] } }, sections: { Parameters: { Api: { Type: 'String' } } } }), outcome: '403', resource: 'Cdn' },
    {
      name: 'a host rule of the balancer',
      outcome: '403',
      resource: 'Cdn',
      template: beforeAlb(
        { config: { Aliases: ['app.example.com'] }, origin: { DomainName: 'origin.example.com' }, behavior: { OriginRequestPolicyId: ALL_VIEWER } },
        { listener: { DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }] }, more: { R: rule(1, [host('origin.example.com')], forwardTo('Group')) } },
      ),
    },
  ],
});

testRule('HostNotForwarded', {
  valid: [{ name: 'Host is forwarded', template: beforeAlb({ config: { Aliases: ['app.example.com'] }, origin: custom({ OriginProtocolPolicy: 'http-only' }), behavior: { OriginRequestPolicyId: ALL_VIEWER } }, { ...HTTP, more: { R: rule(1, [host('app.example.com')], forwardTo('Group')) } }) }],
  invalid: [{ name: 'a rule for the alias', template: beforeAlb({ config: { Aliases: ['app.example.com'] }, origin: custom({ OriginProtocolPolicy: 'http-only' }) }, { listener: { ...HTTP.listener, DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] }, more: { R: rule(1, [host('app.example.com')], forwardTo('Group')) } }), outcome: '404', resource: 'Cdn' }],
});

testRule('OriginRedirectLoop', {
  valid: [{ name: 'the balancer answers on port 80', template: beforeAlb({ origin: custom({ OriginProtocolPolicy: 'http-only' }) }, HTTP) }],
  invalid: [{ name: 'port 80 redirects to HTTPS', template: beforeAlb({ origin: custom({ OriginProtocolPolicy: 'http-only' }) }, { listener: { ...HTTP.listener, DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }] } }), outcome: '301', resource: 'Cdn' }],
});

testRule('NoCommonTlsVersion', {
  valid: [
    { name: 'TLS 1.2 on both sides', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER } }) },
    { name: 'a list that is imported: unknown', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER }, origin: custom({ OriginSSLProtocols: { 'Fn::ImportValue': 'x' } }) }) },
    { name: 'a version that is imported: unknown', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER }, origin: custom({ OriginSSLProtocols: [{ 'Fn::ImportValue': 'x' }] }) }) },
  ],
  invalid: [
    { name: 'TLS 1.0 toward a TLS 1.2 policy', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER }, origin: custom({ OriginSSLProtocols: ['TLSv1'] }) }), outcome: '502', resource: 'Cdn' },
    { name: 'nothing is set: possible', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER }, origin: custom({ OriginSSLProtocols: undefined }) }), outcome: '502', resource: 'Cdn', level: 'warning' },
  ],
});

testRule('OriginTlsCeiling', {
  valid: [{ name: 'TLS 1.2 and 1.3', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER } }) }],
  invalid: [{ name: 'TLS 1.3 only', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER } }, { listener: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' } }), outcome: '502', resource: 'Listener', level: 'warning' }],
});

testRule('CleartextViewerRefused', {
  valid: [{ name: 'allow-all', template: cdn({ behavior: { ViewerProtocolPolicy: 'allow-all' } }), serve: ['ws'] }, { name: 'wss', template: cdn({ metadata: WS }), serve: ['wss'] }],
  invalid: [
    { name: 'https-only', template: cdn(), serve: ['ws'], outcome: '403', resource: 'Cdn' },
    { name: 'redirect-to-https', template: cdn({ behavior: { ViewerProtocolPolicy: 'redirect-to-https' } }), serve: ['ws'], outcome: '301', resource: 'Cdn', level: 'warning' },
  ],
});

testRule('Http10PostRedirected', {
  valid: [{ name: 'GET only', template: cdn({ behavior: { ViewerProtocolPolicy: 'redirect-to-https', AllowedMethods: undefined } }), serve: ['http/1.0'] }],
  invalid: [{ name: 'POST is allowed', template: cdn({ behavior: { ViewerProtocolPolicy: 'redirect-to-https' } }), serve: ['http/1.0'], outcome: '403', resource: 'Cdn', level: 'warning' }],
});

const GRPC = { GrpcConfig: { Enabled: true } };
testRule('GrpcWithoutPost', {
  valid: [{ name: 'all methods', template: cdn({ behavior: GRPC }) }],
  invalid: [{ name: 'GET and HEAD', template: cdn({ behavior: { ...GRPC, AllowedMethods: ['GET', 'HEAD'] } }), outcome: 'deployment-failure', resource: 'Cdn' }, { name: 'by default', template: cdn({ behavior: { ...GRPC, AllowedMethods: undefined } }), outcome: 'deployment-failure', resource: 'Cdn' }],
});
testRule('GrpcNeedsHttpsOrigin', {
  valid: [{ name: 'https-only', template: cdn({ behavior: GRPC }) }],
  invalid: [{ name: 'http-only', template: cdn({ behavior: GRPC, origin: custom({ OriginProtocolPolicy: 'http-only' }) }), serve: ['grpc'], outcome: '502', resource: 'Cdn', client: 'grpc' }],
});
testRule('GrpcNeedsHttp2', {
  valid: [{ name: 'http2and3', template: cdn({ behavior: GRPC, config: { HttpVersion: 'http2and3' } }) }],
  invalid: [{ name: 'not set', template: cdn({ behavior: GRPC, config: { HttpVersion: undefined } }), outcome: 'tls-handshake-failure', resource: 'Cdn' }, { name: 'http3', template: cdn({ behavior: GRPC, config: { HttpVersion: 'http3' } }), outcome: 'tls-handshake-failure', resource: 'Cdn' }],
});
testRule('GrpcNeedsPlainOrigin', {
  valid: [{ name: 'none', template: cdn({ behavior: GRPC }) }],
  invalid: [{ name: 'Origin Shield', template: cdn({ behavior: GRPC, origin: { OriginShield: { Enabled: true } } }), outcome: '502', resource: 'Cdn', level: 'warning', says: /Origin Shield/ }, { name: 'Lambda@Edge', template: cdn({ behavior: { ...GRPC, LambdaFunctionAssociations: [{ EventType: 'origin-request' }] } }), outcome: '502', resource: 'Cdn', level: 'warning' }],
});
testRule('GrpcNotEnabled', {
  valid: [{ name: 'enabled', template: cdn({ behavior: GRPC, metadata: { routes: { path: '/x', speaks: ['grpc'] } } }) }],
  invalid: [{ name: 'a declared gRPC route', template: cdn({ metadata: { routes: { path: '/x', speaks: ['grpc'] } } }), outcome: '502', resource: 'Cdn', level: 'warning' }],
});

testRule('OriginMutualTlsWithoutWebSocket', {
  valid: [{ name: 'no client certificate', template: cdn({ metadata: WS }) }],
  invalid: [{ name: 'a client certificate', template: cdn({ metadata: WS, origin: custom({ OriginMtlsConfig: { ClientCertificateArn: 'arn' } }) }), outcome: 'ws-handshake-failure', resource: 'Cdn' }],
});
testRule('HopWithoutWebSocket', {
  valid: [{ name: 'pages from a bucket', template: cdn({ origin: { DomainName: 'b.s3.eu-west-1.amazonaws.com', CustomOriginConfig: undefined, S3OriginConfig: {} } }) }],
  invalid: [{ name: 'a bucket', template: cdn({ metadata: WS, origin: { DomainName: 'b.s3.eu-west-1.amazonaws.com', CustomOriginConfig: undefined, S3OriginConfig: {} } }), outcome: 'ws-handshake-failure', resource: 'Cdn' }],
});

const SOCKET_API: Resources = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'prod', AutoDeploy: true } },
};
testRule('WebSocketApiWithoutStagePath', {
  valid: [{ name: 'the stage is the origin path', template: cdn({ origin: { DomainName: API, OriginPath: '/prod' }, more: SOCKET_API }) }],
  invalid: [
    { name: 'no origin path', template: cdn({ origin: { DomainName: API }, more: SOCKET_API }), outcome: '403', resource: 'Cdn', client: 'wss' },
    { name: 'a pattern that nobody strips', template: cdn({ config: { Origins: [{ ...ORIGIN, Id: 'web' }, { ...ORIGIN, Id: 'api', DomainName: API, OriginPath: '/prod' }] }, behaviors: [{ PathPattern: '/live', TargetOriginId: 'api' }], more: SOCKET_API }), outcome: '403', resource: 'Cdn', level: 'warning' },
  ],
});

testRule('ViewerPolicyNeedsSni', {
  valid: [{ name: 'sni-only', template: cdn() }, { name: 'vip with TLSv1', template: cdn({ config: { ViewerCertificate: { ...CERTIFICATE, SslSupportMethod: 'vip', MinimumProtocolVersion: 'TLSv1' } } }) }],
  invalid: [{ name: 'vip', template: cdn({ config: { ViewerCertificate: { ...CERTIFICATE, SslSupportMethod: 'vip' } } }), outcome: 'deployment-failure', resource: 'Cdn' }],
});
testRule('AliasWithoutCertificate', {
  valid: [{ name: 'a certificate', template: cdn({ config: { Aliases: ['a.example'] } }) }, { name: 'no alias', template: cdn({ config: { ViewerCertificate: undefined } }) }],
  invalid: [{ name: 'the default certificate', template: cdn({ config: { Aliases: ['a.example'], ViewerCertificate: { CloudFrontDefaultCertificate: true } } }), outcome: 'deployment-failure', resource: 'Cdn' }],
});
testRule('Http3WithViewerMutualTls', {
  valid: [{ name: 'http2', template: cdn({ config: { ViewerMtlsConfig: { Mode: 'required' } } }) }],
  invalid: [{ name: 'http2and3', template: cdn({ config: { HttpVersion: 'http2and3', ViewerMtlsConfig: { Mode: 'required' } } }), outcome: 'deployment-failure', resource: 'Cdn' }],
});
testRule('Http2NotOffered', {
  valid: [{ name: 'http1.1, said so', template: cdn({ config: { HttpVersion: 'http1.1' } }) }],
  invalid: [{ name: 'not set', template: cdn({ config: { HttpVersion: undefined } }), outcome: 'unknown', resource: 'Cdn', level: 'info' }],
});
testRule('Http3WithoutHttp2', {
  valid: [{ name: 'http2and3', template: cdn({ config: { HttpVersion: 'http2and3' } }) }],
  invalid: [{ name: 'http3', template: cdn({ config: { HttpVersion: 'http3' } }), outcome: 'unknown', resource: 'Cdn', level: 'warning' }],
});
testRule('MinimumProtocolVersionIgnored', {
  valid: [{ name: 'a certificate', template: cdn() }],
  invalid: [{ name: 'the default certificate', template: cdn({ config: { ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1.2_2021' } } }), outcome: 'unknown', resource: 'Cdn', level: 'info' }],
});
testRule('NoDistributionLogs', {
  valid: [{ name: 'logs', template: cdn() }],
  invalid: [{ name: 'none', template: cdn({ config: { Logging: undefined } }), outcome: 'unknown', resource: 'Cdn', level: 'info' }],
});
testRule('EdgeFunctionSetsForbiddenHeader', {
  valid: [{ name: 'reads it', template: template({ F: { Type: 'AWS::CloudFront::Function', Properties: { FunctionCode: 'if (event.request.headers.upgrade) { return 1; }' } } }) }],
  invalid: [{ name: 'sets it', template: template({ F: { Type: 'AWS::CloudFront::Function', Properties: { FunctionCode: "event.request.headers['connection'] = { value: 'Upgrade' };" } } }), outcome: '502', resource: 'F', level: 'warning' }],
});
const ERROR_PAGE = { CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' }] };
testRule('ErrorPageHidesFailedHandshake', {
  valid: [{ name: 'no WebSocket', template: cdn({ config: ERROR_PAGE }) }],
  invalid: [{ name: 'a WebSocket path', template: cdn({ config: ERROR_PAGE, metadata: WS }), outcome: '200', resource: 'Cdn', level: 'warning' }],
});
testRule('Http1ClientAtHttp2TargetGroup', {
  valid: [{ name: 'HTTP1 behind CloudFront', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER } }) }],
  invalid: [{ name: 'HTTP2 behind CloudFront, for HTTP/2 viewers', template: beforeAlb({ behavior: { OriginRequestPolicyId: ALL_VIEWER } }, { group: { ProtocolVersion: 'HTTP2' } }), serve: ['h2'], outcome: '464', resource: 'Group', client: 'h2', says: /Cdn -> Alb -> Listener -> Group/ }],
});

testRule('RefusedClientServed', {
  valid: [{ name: 'nobody is refused', template: cdn() }, { name: 'another kind of client', template: cdn(), refuse: ['grpc'] }],
  invalid: [{ name: 'HTTP/1.0 is to be turned away', template: cdn(), refuse: ['http/1.0'], outcome: 'served', resource: 'Cdn', client: 'http/1.0' }],
});

const SOCKET_POLICY = (...headers: string[]): Resources => ({
  P: { Type: 'AWS::CloudFront::OriginRequestPolicy', Properties: { OriginRequestPolicyConfig: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers: headers } } } },
});
testRule('WebSocketSubprotocolNotForwarded', {
  valid: [{ name: 'all are listed', template: cdn({ behavior: { OriginRequestPolicyId: { Ref: 'P' } }, metadata: WS, more: SOCKET_POLICY('Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'Sec-WebSocket-Protocol') }) }],
  invalid: [{ name: 'key and version only', template: cdn({ behavior: { OriginRequestPolicyId: { Ref: 'P' } }, metadata: WS, more: SOCKET_POLICY('Sec-WebSocket-Key', 'Sec-WebSocket-Version') }), outcome: 'ws-handshake-failure', resource: 'Cdn', level: 'warning' }],
});
testRule('OriginTlsVersionsNotSet', {
  valid: [{ name: 'set', template: cdn() }, { name: 'http-only', template: cdn({ origin: custom({ OriginProtocolPolicy: 'http-only', OriginSSLProtocols: undefined }) }) }],
  invalid: [{ name: 'not set', template: cdn({ origin: custom({ OriginSSLProtocols: undefined }) }), outcome: '502', resource: 'Cdn', level: 'info' }],
});

const VPC_ORIGIN = (balancer: Properties, protocol: string) => template({
  Nlb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network', SecurityGroups: ['sg-1'], ...balancer } },
  Tcp: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Nlb' }, Port: 443, Protocol: protocol } },
  Origin: { Type: 'AWS::CloudFront::VpcOrigin', Properties: { VpcOriginEndpointConfig: { Arn: { Ref: 'Nlb' }, Name: 'o' } } },
});
testRule('VpcOriginToUnfitBalancer', {
  valid: [{ name: 'TCP, IPv4, a security group', template: VPC_ORIGIN({}, 'TCP') }, { name: 'groups by a parameter', template: VPC_ORIGIN({ SecurityGroups: { Ref: 'Elsewhere' } }, 'TCP') }],
  invalid: [
    { name: 'a TLS listener', template: VPC_ORIGIN({}, 'TLS'), outcome: 'deployment-failure', resource: 'Origin' },
    { name: 'dual-stack', template: VPC_ORIGIN({ IpAddressType: 'dualstack' }, 'TCP'), outcome: 'deployment-failure', resource: 'Origin' },
    { name: 'no security group', template: VPC_ORIGIN({ SecurityGroups: undefined }, 'TCP'), outcome: 'deployment-failure', resource: 'Origin' },
  ],
});
