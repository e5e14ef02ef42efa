// Small API templates for tests: an HTTP API over a VPC link, a REST API, a WebSocket API, and what rows add to them.
// Written for these tests; shapes follow real templates.

import { TemplateInput } from '../../src/template';
import { forwardTo, group, Properties, Resources, template } from '../templates';

type Of = Resources[string];

export const res = (type: string, properties: Properties = {}, more: Partial<Of> = {}): Of => ({ Type: `AWS::${type}`, Properties: properties, ...more });
export const declared = (key: string, value: unknown): Partial<Of> => ({ Metadata: { 'cdk-handshake': { [key]: value } } });

export interface HttpParts {
  readonly integration?: Properties;
  readonly listener?: Properties;
  readonly balancer?: Properties;
  readonly group?: Properties;
  readonly server?: unknown;
  readonly api?: Properties;
  readonly route?: Properties;
  readonly more?: Resources;
  readonly sections?: Readonly<Record<string, unknown>>;
}

/** Api -> Route -> Integration -> Link -> Alb -> Listener (HTTP, 80) -> Group. */
export function httpApi(parts: HttpParts = {}): TemplateInput {
  return template({
    Api: res('ApiGatewayV2::Api', { Name: 'orders', ProtocolType: 'HTTP', ...parts.api }),
    Route: res('ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'ANY /{proxy+}', Target: { 'Fn::Sub': 'integrations/${Integration}' }, ...parts.route }),
    Integration: res('ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: { Ref: 'Listener' }, ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' }, ...parts.integration }),
    Link: res('ApiGatewayV2::VpcLink', { Name: 'orders', SubnetIds: ['subnet-1'] }),
    Alb: res('ElasticLoadBalancingV2::LoadBalancer', { Type: 'application', Scheme: 'internal', ...parts.balancer }),
    Listener: res('ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'Alb' }, Port: 80, Protocol: 'HTTP', DefaultActions: [forwardTo('Group')], ...parts.listener }),
    Group: group(parts.group, parts.server),
    ...parts.more,
  }, parts.sections);
}

export const HTTPS: Properties = { Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', Certificates: [{ CertificateArn: { Ref: 'Certificate' } }] };
export const CERTIFICATE = (name: string): Resources => ({ Certificate: res('CertificateManager::Certificate', { DomainName: name }) });
export const desync = (mode: string): Properties => ({ LoadBalancerAttributes: [{ Key: 'routing.http.desync_mitigation_mode', Value: mode }] });

/** Api (REST) with one method on /. */
export function restApi(
  integration: Properties, more: Resources = {}, api: Properties = {}, sections: Readonly<Record<string, unknown>> = {},
): TemplateInput {
  return template({
    Api: res('ApiGateway::RestApi', { Name: 'orders', EndpointConfiguration: { Types: ['REGIONAL'] }, ...api }),
    Method: res('ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'ANY', Integration: { IntegrationHttpMethod: 'ANY', ...integration } }),
    ...more,
  }, sections);
}

export const LAMBDA: Properties = { Type: 'AWS_PROXY', Uri: { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AWS::AccountId}/invocations' } };

export interface SocketParts {
  readonly api?: Properties;
  readonly connect?: Properties | false;
  readonly integration?: Properties;
  readonly stage?: Properties | false;
  readonly more?: Resources;
  readonly sections?: Readonly<Record<string, unknown>>;
}

/** Sockets -> Stage -> Connect -> Integration (Lambda), and a route Send. */
export function socketApi(parts: SocketParts = {}): TemplateInput {
  const target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] };
  return template({
    Sockets: res('ApiGatewayV2::Api', { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', ...parts.api }),
    ...(parts.connect === false ? {} : { Connect: res('ApiGatewayV2::Route', { ApiId: { Ref: 'Sockets' }, RouteKey: '$connect', Target: target, ...parts.connect }) }),
    Send: res('ApiGatewayV2::Route', { ApiId: { Ref: 'Sockets' }, RouteKey: 'send', Target: target }),
    Integration: res('ApiGatewayV2::Integration', { ApiId: { Ref: 'Sockets' }, IntegrationType: 'AWS_PROXY', IntegrationUri: 'arn:aws:apigateway:eu-west-1:lambda:path/x', ...parts.integration }),
    ...(parts.stage === false ? {} : { Stage: res('ApiGatewayV2::Stage', { ApiId: { Ref: 'Sockets' }, StageName: 'live', AutoDeploy: true, ...parts.stage }) }),
    ...parts.more,
  }, parts.sections);
}

export const v2Domain = (configuration: Properties, more: Properties = {}): Of => res('ApiGatewayV2::DomainName', { DomainName: 'api.example.com', DomainNameConfigurations: [{ CertificateArn: 'arn:c', EndpointType: 'REGIONAL', ...configuration }], ...more });
export const v2Mapping = (api: unknown, domain: unknown = { Ref: 'Domain' }, more: Properties = {}): Of => res('ApiGatewayV2::ApiMapping', { ApiId: api, DomainName: domain, Stage: 'live', ...more });
export const v1Domain = (properties: Properties): Of => res('ApiGateway::DomainName', { DomainName: 'api.example.com', RegionalCertificateArn: 'arn:c', EndpointConfiguration: { Types: ['REGIONAL'] }, ...properties });
export const v1Mapping = (api: unknown): Of => res('ApiGateway::BasePathMapping', { DomainName: { Ref: 'Domain' }, RestApiId: api, Stage: 'live' });

/** Cdn -> origin, by its name, over HTTPS. */
export const distribution = (domain: unknown, properties: Properties = {}, origin: Properties = {}): Of => res('CloudFront::Distribution', {
  DistributionConfig: {
    Enabled: true,
    HttpVersion: 'http2',
    Origins: [{ Id: 'o', DomainName: domain, ...origin, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }],
    DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' },
    ...properties,
  },
});
