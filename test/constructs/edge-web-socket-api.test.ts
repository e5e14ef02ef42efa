// EdgeWebSocketApi: accepted by all judges, refused when it cannot work, and each of its protections is one that the pack would
// miss. What the function at $connect answers is in subprotocol-echo.test.ts.

import { App, CfnResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { accept, annotations, NOTHING, someVpc } from './accept';
import { aCertificate, formatWith, HERE, resourceOf, ruleIds, someDomain, someZone, templateOf, thrownBy, WITHOUT_FLAGS } from './api-judges';
import { TlsPosture } from '../../src';
import { EdgeWebSocketApi } from '../../src/constructs/edge-web-socket-api';
import { EdgeWebSocketApiProps } from '../../src/constructs/edge-web-socket-api-props';
import { WebSocketHttpIntegration } from '../../src/constructs/web-socket-http-integration';

const URL = 'https://backend.example.net/messages';
const SUBPROTOCOLS = { subprotocols: ['chat.v1', 'chat.v2'], connectAuthorizer: new WebSocketIamAuthorizer() };

/** An API as an app has it: with a route for messages. */
function api(stack: Stack, props: EdgeWebSocketApiProps = {}): EdgeWebSocketApi {
  return new EdgeWebSocketApi(stack, 'Api', { defaultRouteOptions: { integration: new WebSocketMockIntegration('Mock') }, ...props });
}

function link(stack: Stack): apigateway.VpcLink {
  const targets = [NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Nlb', { loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/nlb/1' })];
  return new apigateway.VpcLink(stack, 'Link', { targets });
}

function everything(stack: Stack): EdgeWebSocketApi {
  const made = new EdgeWebSocketApi(stack, 'Api', { domain: someDomain(stack, { hostedZone: someZone(stack), path: 'chat' }), ...SUBPROTOCOLS });
  const vpcLink = link(stack);
  made.addHttpRoute('$default', { url: URL, requestParameters: { 'integration.request.header.Connection-Id': 'context.connectionId' }, returnResponse: true });
  made.addPrivateRoute('order', { vpcLink, url: 'https://orders.internal.example.net:8443/' });
  made.addPrivateRoute('$disconnect', { vpcLink, url: 'http://orders.internal.example.net/gone', method: 'DELETE' });
  return made;
}

/** $connect at an HTTP server. */
function httpConnect(stack: Stack): EdgeWebSocketApi {
  const made = api(stack);
  made.addHttpRoute('$connect', { url: URL, authorizer: new WebSocketIamAuthorizer() });
  return made;
}

function privateConnect(stack: Stack): EdgeWebSocketApi {
  const made = api(stack);
  made.addPrivateRoute('$connect', { url: URL, vpcLink: link(stack), authorizer: new WebSocketIamAuthorizer() });
  return made;
}

const withDomain = (stack: Stack) => api(stack, { domain: someDomain(stack) });
const otherMapping = (stack: Stack) => ({ domainName: new apigatewayv2.DomainName(stack, 'Other', { domainName: 'other.example.com', certificate: aCertificate(stack) }) });

describe('accepted', () => {
  test.each<[string, (stack: Stack) => void, any]>([
    ['alone', (stack: Stack) => new EdgeWebSocketApi(stack, 'Api'), {}],
    ['with a route', api, {}],
    ['with a domain', withDomain, {}],
    ['with everything', everything, {}],
    ['with everything, region and account known', everything, { env: HERE }],
    ['with everything, without feature flags', everything, WITHOUT_FLAGS],
    ['with $connect at an HTTP server', httpConnect, {}],
    ['with $connect at an HTTP server in a VPC', privateConnect, {}],
    ['with the account role', (stack: Stack) => api(stack, { cloudWatchRole: true }), {}],
    ['without logs', (stack: Stack) => api(stack, { logs: false }), {}],
    ['with a domain of the user', (stack: Stack) => api(stack, { stageOptions: { domainMapping: otherMapping(stack) } }), {}],
  ])('%s', (_name, build, options) => {
    const { handshake, nag, cdk } = accept(build, options);
    expect({ handshake, nag, cdk }).toEqual(NOTHING);
  });

  test.each<[string, (stack: Stack) => void, string[]]>([
    ['routes for messages', api, ['AwsSolutions-APIG4: WebSocket APIs authorize the connection']],
    ['the account role', (s) => new EdgeWebSocketApi(s, 'Api', { cloudWatchRole: true }), ['AmazonAPIGatewayPushToCloudWatchLogs]: One role serves all APIs']],
    ['logs switched off', (s) => new EdgeWebSocketApi(s, 'Api', { logs: false }), ['AwsSolutions-APIG1: Access logs were switched off']],
    ['the function at $connect: nothing', (s) => new EdgeWebSocketApi(s, 'Api', SUBPROTOCOLS), []],
  ])('acknowledged: %s', (_name, build, expected) => {
    expect(accept(build).acknowledged).toEqual(expected.map((start) => expect.stringContaining(start)));
  });

  test('who may connect is up to the app: not acknowledged', () => {
    expect(accept((s) => api(s, { subprotocols: ['chat.v1'] })).nag).toEqual([expect.stringContaining('AwsSolutions-APIG4 at Test/Api/$connect-Route')]);
  });
});

describe('what comes of it', () => {
  const API = 'AWS::ApiGatewayV2::Api';
  const STAGE = 'AWS::ApiGatewayV2::Stage';
  const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
  const VERSION = { 'integration.request.header.Sec-WebSocket-Version': "'0'" };
  test.each<[string, (stack: Stack) => void, string, unknown]>([
    ['open without a domain', api, API, { ProtocolType: 'WEBSOCKET', DisableExecuteApiEndpoint: Match.absent() }],
    ['closed with one', withDomain, API, { DisableExecuteApiEndpoint: true }],
    ['closed with one of the user', (s) => api(s, { stageOptions: { domainMapping: otherMapping(s) } }), API, { DisableExecuteApiEndpoint: true }],
    ['open if the user says so', (s) => api(s, { domain: someDomain(s), disableExecuteApiEndpoint: false }), API, { DisableExecuteApiEndpoint: false }],
    ['policy written', withDomain, 'AWS::ApiGatewayV2::DomainName', { DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2', IpAddressType: 'dualstack', CertificateArn: Match.anyValue() }] }],
    ['mapping', everything, 'AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'chat', Stage: 'live' }],
    ['A', everything, 'AWS::Route53::RecordSet', { Type: 'A', Name: 'api.example.com.' }],
    ['AAAA', everything, 'AWS::Route53::RecordSet', { Type: 'AAAA', Name: 'api.example.com.' }],
    ['deployed', api, STAGE, { StageName: 'live', AutoDeploy: true }],
    ['name and options of the user', (s) => api(s, { stageName: 'v1', stageOptions: { throttle: { burstLimit: 5 }, autoDeploy: undefined } }), STAGE, { StageName: 'v1', AutoDeploy: true, DefaultRouteSettings: { ThrottlingBurstLimit: 5 } }],
    ['log', api, STAGE, { AccessLogSettings: { DestinationArn: Match.anyValue(), Format: formatWith('eventType=eventType', 'userAgent=identity.userAgent', 'status=status', 'integrationStatus=integration.status', 'connectionId=connectionId') } }],
    ['no variable that WebSocket APIs refuse', api, STAGE, { AccessLogSettings: { Format: Match.not(Match.stringLikeRegexp('tlsVersion|cipherSuite|context.protocol|httpMethod')) } }],
    ['log kept', api, 'AWS::Logs::LogGroup', { RetentionInDays: 365 }],
    ['account role', (s) => api(s, { cloudWatchRole: true }), 'AWS::ApiGateway::Account', { CloudWatchRoleArn: Match.anyValue() }],
    ['route to an HTTP server', everything, INTEGRATION, { IntegrationType: 'HTTP_PROXY', IntegrationUri: URL, IntegrationMethod: 'POST', ConnectionType: Match.absent(), RequestParameters: { 'integration.request.header.Connection-Id': 'context.connectionId' } }],
    ['its answer goes back', everything, 'AWS::ApiGatewayV2::Route', { RouteKey: '$default', RouteResponseSelectionExpression: '$default' }],
    ['route to an HTTP server in a VPC', everything, INTEGRATION, { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://orders.internal.example.net:8443/', ConnectionType: 'VPC_LINK', ConnectionId: { Ref: Match.stringLikeRegexp('^Link') }, RequestParameters: Match.absent() }],
    ['its method', everything, INTEGRATION, { IntegrationMethod: 'DELETE', ConnectionType: 'VPC_LINK' }],
    ['version override at $connect', httpConnect, INTEGRATION, { IntegrationUri: URL, RequestParameters: VERSION }],
    ['version override at $connect in a VPC', privateConnect, INTEGRATION, { ConnectionType: 'VPC_LINK', RequestParameters: VERSION }],
    ['version override of the user', (s) => { api(s).addHttpRoute('$connect', { url: URL, requestParameters: { 'integration.request.header.sec-websocket-version': "'1'" } }); }, INTEGRATION, { RequestParameters: { 'integration.request.header.sec-websocket-version': "'1'", ...{ [Object.keys(VERSION)[0]]: Match.absent() } } }],
    ['timeout', (s) => { api(s).addHttpRoute('slow', { url: URL, timeout: Duration.seconds(9) }); }, INTEGRATION, { TimeoutInMillis: 9000 }],
    ['authorizer at the $connect of subprotocols', everything, 'AWS::ApiGatewayV2::Route', { RouteKey: '$connect', AuthorizationType: 'AWS_IAM' }],
    ['function of subprotocols', everything, 'AWS::Lambda::Function', { Handler: 'index.handler', Code: { ZipFile: Match.stringLikeRegexp('chat.v2') }, LoggingConfig: { LogGroup: Match.anyValue() } }],
    ['it may write its log and nothing else', everything, 'AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ApiSubprotocolLog'), 'Arn'] } }] } }],
    ['no managed policy', everything, 'AWS::IAM::Role', { ManagedPolicyArns: Match.absent() }],
  ])('%s', (_name, build, type, properties) => templateOf(build).hasResourceProperties(type, properties));

  test('the stage waits for the account role', () => {
    templateOf((s) => { api(s, { cloudWatchRole: true }); }).hasResource('AWS::ApiGatewayV2::Stage', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ApiAccount')]) });
  });

  test('one log group at most, and the one of the user before', () => {
    templateOf((s) => { api(s, { logs: false }); }).resourceCountIs('AWS::Logs::LogGroup', 0);
    templateOf((s) => { api(s, { logGroup: new LogGroup(s, 'Mine') }); }).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('an integration serves several routes, as with the L2', () => {
    const template = templateOf((s) => {
      const shared = new WebSocketHttpIntegration('Shared', { url: URL, vpcLink: link(s) });
      const made = new EdgeWebSocketApi(s, 'Api', { defaultRouteOptions: { integration: shared } });
      made.addRoute('order', { integration: shared });
    });
    template.resourceCountIs('AWS::ApiGatewayV2::Integration', 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', { ConnectionType: 'VPC_LINK' });
  });

  test('URLs, of which the default endpoint is none once it is closed', () => {
    const stack = new Stack(new App(), 'Test');
    const one = everything(stack);
    const name = { Ref: expect.stringContaining('ApiDomain') };
    expect(stack.resolve([one.edgeUrl, one.callbackUrl])).toEqual([{ 'Fn::Join': ['', ['wss://', name, '/chat']] }, { 'Fn::Join': ['', ['https://', name, '/chat']] }]);
    const plain = new EdgeWebSocketApi(stack, 'Plain');
    expect([plain.edgeUrl, plain.callbackUrl]).toEqual([plain.stage.url, plain.stage.callbackUrl]);
  });

  test('metrics', () => {
    const one = api(new Stack());
    expect([one.metricEdge4xx(), one.metricEdge5xx({ statistic: 'Average' })].map(({ metricName, statistic }) => [metricName, statistic])).toEqual([['ClientError', 'Sum'], ['ExecutionError', 'Average']]);
  });

  test('it says where the only policy does not follow the posture', () => {
    expect(annotations((s) => { api(s, { posture: TlsPosture.strict() }); })).toContainEqual(expect.stringContaining('also lets in TLS 1.2'));
  });
});

describe('refused, with what to write instead', () => {
  test.each<[string, (stack: Stack) => EdgeWebSocketApiProps, string]>([
    ['a domain without certificate', () => ({ domain: { name: 'chat.example.com' } as any }), 'Add a certificate for chat.example.com'],
    ['a certificate of another region', (s) => ({ domain: someDomain(s, {}, 'us-east-1') }), 'Request one for the same name in eu-west-1'],
    ['two domains', (s) => ({ domain: someDomain(s), stageOptions: { domainMapping: otherMapping(s) } }), "Write 'domain' to have the domain name made here"],
    ['no subprotocol', () => ({ subprotocols: [] }), "for instance ['chat.v1']"],
    ['a list in one', () => ({ subprotocols: ['chat.v1, chat.v2'] }), 'without spaces, commas and slashes'],
    ['subprotocols and a $connect route', () => ({ subprotocols: ['chat.v1'], connectRouteOptions: { integration: new WebSocketMockIntegration('Mock') } }), "an authorizer goes to 'connectAuthorizer'"],
    ['an authorizer of no route', () => ({ connectAuthorizer: new WebSocketIamAuthorizer() }), 'connectRouteOptions: { integration, authorizer }'],
  ])('%s', (_name, props, message) => {
    const stack = new Stack(undefined, 'Test', { env: HERE });
    const said = thrownBy(() => new EdgeWebSocketApi(stack, 'Api', props(stack)));
    expect(said).toContain(message);
    expect(said).toMatch(/^EdgeWebSocketApi 'Test\/Api': /);
  });

  test.each<[string, (stack: Stack) => void, string]>([
    ['a second $connect', (s) => { api(s, { subprotocols: ['chat.v1'] }).addHttpRoute('$connect', { url: URL }); }, "'subprotocols' made the route $connect already"],
    ['a WebSocket URL', (s) => { api(s).addHttpRoute('order', { url: 'wss://backend.example.net' }); }, 'write an http:// or https:// URL'],
    ['a host', (s) => { api(s).addHttpRoute('order', { url: 'backend.example.net' }); }, 'write an http:// or https:// URL'],
    ['a VPC link of version 2', (s) => { api(s).addPrivateRoute('order', { url: URL, vpcLink: new apigatewayv2.VpcLink(s, 'Link', { vpc: someVpc(s) }) as any }); }, 'Use a VpcLink of aws-apigateway'],
    ['an imported VPC link of version 2', (s) => { api(s).addPrivateRoute('order', { url: URL, vpcLink: apigatewayv2.VpcLink.fromVpcLinkAttributes(s, 'Link', { vpcLinkId: 'l', vpc: someVpc(s) }) as any }); }, 'Use a VpcLink of aws-apigateway'],
    ['one integration for $connect and others', (s) => {
      const shared = new WebSocketHttpIntegration('Shared', { url: URL });
      new EdgeWebSocketApi(s, 'Api', { connectRouteOptions: { integration: shared }, defaultRouteOptions: { integration: shared } });
    }, 'Create one for $connect and another one for the rest'],
  ])('%s', (_name, build, message) => {
    expect(thrownBy(() => build(new Stack(undefined, 'Test')))).toContain(message);
  });

  test('a URL that only the deployment knows is taken', () => {
    templateOf((s) => { api(s).addHttpRoute('order', { url: Fn.importValue('Url') }); }).hasResourceProperties('AWS::ApiGatewayV2::Integration', { IntegrationUri: { 'Fn::ImportValue': 'Url' } });
  });
});

describe('each protection removed: the pack finds it', () => {
  const STAGE = 'AWS::ApiGatewayV2::Stage';
  const DOMAIN = 'AWS::ApiGatewayV2::DomainName';
  const at = (construct: EdgeWebSocketApi, route: string) => resourceOf(construct.node.findChild(`${route}-Route`), 'AWS::ApiGatewayV2::Integration');
  test.each<[string, (stack: Stack) => EdgeWebSocketApi, (made: EdgeWebSocketApi) => void, string]>([
    ['version override at $connect', httpConnect, (made) => at(made, '$connect').addPropertyDeletionOverride('RequestParameters'), 'ConnectIntegrationSeesHandshake'],
    ['version override at $connect in a VPC', privateConnect, (made) => at(made, '$connect').addPropertyDeletionOverride('RequestParameters'), 'ConnectIntegrationSeesHandshake'],
    ['value of the version override', httpConnect, (made) => at(made, '$connect').addPropertyOverride('RequestParameters', { 'integration.request.header.Sec-WebSocket-Version': "'13'" }), 'ConnectIntegrationSeesHandshake'],
    ['VPC link of version 1', everything, (made) => at(made, 'order').addPropertyOverride('ConnectionId', { Ref: made.stack.getLogicalId(new CfnResource(made, 'Link2', { type: 'AWS::ApiGatewayV2::VpcLink', properties: { Name: 'l', SubnetIds: ['subnet-1'] } })) }), 'VpcLinkV2OnWebSocketApi'],
    ['automatic deployment', everything, (made) => resourceOf(made, STAGE).addPropertyDeletionOverride('AutoDeploy'), 'WebSocketApiNotDeployed'],
    ['stage', api, (made) => { made.node.tryRemoveChild('Stage'); }, 'WebSocketApiNotDeployed'],
    ['TLS policy of the domain: TLS 1.0', everything, (made) => resourceOf(made, DOMAIN).addPropertyOverride('DomainNameConfigurations.0.SecurityPolicy', 'TLS_1_0'), 'ApiOnUnfitDomain'],
    ['regional domain', everything, (made) => resourceOf(made, DOMAIN).addPropertyOverride('DomainNameConfigurations.0.EndpointType', 'EDGE'), 'ApiOnUnfitDomain'],
    ['access log', everything, (made) => resourceOf(made, STAGE).addPropertyDeletionOverride('AccessLogSettings'), 'NoApiLogs'],
    ['fields of the access log', everything, (made) => resourceOf(made, STAGE).addPropertyOverride('AccessLogSettings.Format', '$context.requestId'), 'NoApiLogs'],
    ['route for messages', (s) => new EdgeWebSocketApi(s, 'Api', { defaultRouteOptions: { integration: new WebSocketMockIntegration('Mock') }, ...SUBPROTOCOLS }), (made) => { made.node.tryRemoveChild('$default-Route'); }, 'WebSocketApiWithoutMessageRoute'],
  ])('%s', (_name, build, remove, rule) => {
    expect(ruleIds((stack) => { build(stack); })).toEqual([]);
    expect(ruleIds((stack) => remove(build(stack)))).toContain(rule);
  });
});

test('any props: every promised client gets through, or the construct refuses', () => {
  const maybe = <T>(...values: T[]) => fc.constantFrom<T | undefined>(undefined, ...values);
  const props = fc.record({
    domain: maybe('api.example.com', '*.example.com', 'api.example.org'),
    path: maybe('v1', '/a/b/'),
    zone: fc.boolean(),
    mapping: fc.boolean(),
    connect: maybe('route', 'http', 'private'),
    routes: fc.uniqueArray(fc.constantFrom('$default', '$disconnect', 'order'), { maxLength: 3 }),
    disableExecuteApiEndpoint: maybe(true, false),
    subprotocols: maybe([], ['chat.v1'], ['chat v1'], ['a', 'b']),
    connectAuthorizer: maybe(new WebSocketIamAuthorizer()),
    stageName: maybe('v1'),
    logs: maybe(true, false),
    cloudWatchRole: maybe(true, false),
    posture: maybe(TlsPosture.modern(), TlsPosture.compatible(), TlsPosture.strict()),
  });
  fc.assert(fc.property(props, ({ domain, path, zone, mapping, connect, routes, ...rest }) => {
    try {
      const { handshake } = accept((stack) => {
        const made = api(stack, {
          ...rest,
          domain: domain ? someDomain(stack, { name: domain, path, hostedZone: zone ? someZone(stack) : undefined }) : undefined,
          stageOptions: mapping ? { domainMapping: otherMapping(stack) } : undefined,
          defaultRouteOptions: routes.length ? undefined : { integration: new WebSocketMockIntegration('Mock') },
          connectRouteOptions: connect === 'route' ? { integration: new WebSocketHttpIntegration('Connect', { url: URL }) } : undefined,
        });
        if (connect === 'http') made.addHttpRoute('$connect', { url: URL });
        if (connect === 'private') made.addPrivateRoute('$connect', { url: URL, vpcLink: link(stack) });
        for (const route of routes) made.addHttpRoute(route, { url: URL });
      }, { onlyPack: true });
      expect(handshake.filter((finding) => finding.startsWith('error'))).toEqual([]);
    } catch (error) {
      if (!(error as Error).message.startsWith("EdgeWebSocketApi 'Test/Api': ")) throw error;
    }
  }), { numRuns: Number(process.env.FC_RUNS ?? 60) });
}, 60_000);
