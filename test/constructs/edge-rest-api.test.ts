// EdgeRestApi: accepted by all judges, refused when it cannot work, and each of its protections is one that the pack would miss.

import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import * as fc from 'fast-check';
import { accept, annotations, NOTHING } from './accept';
import { aCertificate, formatWith, HERE, resourceOf, ruleIds, someDomain, someTrustStore, someZone, templateOf, thrownBy, WITHOUT_FLAGS } from './api-judges';
import { Client, TlsPosture } from '../../src';
import { EdgeRestApi, EdgeRestApiProps } from '../../src/constructs/edge-rest-api';

const { EDGE, REGIONAL, PRIVATE } = apigateway.EndpointType;
const { BASIC, STRICT } = apigateway.EndpointAccessMode;
const TLS_1_0 = TlsPosture.serving(Client.of('tls1.0'));

/** An API as an app has it: with a method, an authorizer, request validation and a web ACL of its own. */
function api(stack: Stack, props: EdgeRestApiProps = {}): EdgeRestApi {
  const made = new EdgeRestApi(stack, 'Api', props);
  const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, 'Users', { cognitoUserPools: [UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc')] });
  made.root.addMethod('GET', new apigateway.HttpIntegration('https://web.example.net/'), { authorizer });
  made.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
  if (props.deploy ?? true) new CfnWebACLAssociation(stack, 'Waf', { resourceArn: made.deploymentStage.stageArn, webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b' });
  return made;
}

const withDomain = (stack: Stack) => api(stack, { domain: someDomain(stack) });
const withZone = (stack: Stack) => api(stack, { domain: someDomain(stack, { hostedZone: someZone(stack), path: 'orders' }) });
const edgeOptimized = (stack: Stack) => api(stack, { endpointTypes: [EDGE], domain: someDomain(stack, { hostedZone: someZone(stack) }, 'us-east-1') });
const withMutualTls = (stack: Stack) => api(stack, { domain: someDomain(stack), mutualTls: someTrustStore(stack) });
const l2Domain = (stack: Stack, more: Partial<apigateway.DomainNameOptions> = {}) => ({ domainName: 'other.example.com', certificate: aCertificate(stack), ...more });

describe('accepted', () => {
  test.each<[string, (stack: Stack) => void, any]>([
    ['alone', api, {}],
    ['with a domain', withDomain, {}],
    ['with a domain and records', withZone, {}],
    ['with a domain and records, region and account known', withZone, { env: HERE }],
    ['with a domain, without feature flags', withDomain, WITHOUT_FLAGS],
    ['with several path segments', (stack: Stack) => api(stack, { domain: someDomain(stack, { path: '/orders/v1/' }) }), {}],
    ['with mutual TLS', withMutualTls, {}],
    ['edge-optimized', edgeOptimized, { env: HERE }],
    ['private', (stack: Stack) => api(stack, { endpointTypes: [PRIVATE], policy: undefined }), {}],
    ['without logs', (stack: Stack) => api(stack, { logs: false }), {}],
    ['compatible', (stack: Stack) => api(stack, { domain: someDomain(stack), posture: TlsPosture.compatible() }), {}],
    ['FIPS', (stack: Stack) => api(stack, { domain: someDomain(stack), posture: TlsPosture.fips() }), {}],
    ['strict, for who speaks TLS 1.3', (stack: Stack) => api(stack, { domain: someDomain(stack), posture: TlsPosture.strict() }), { serve: [Client.H2, Client.TLS_1_3_ONLY] }],
    ['strict access mode', (stack: Stack) => api(stack, { domain: someDomain(stack), endpointAccessMode: STRICT }), {}],
    ['with a domain of the L2', (stack: Stack) => api(stack, { domainName: l2Domain(stack) }), {}],
  ])('%s', (_name, build, options) => {
    const { handshake, nag, cdk } = accept(build, options);
    expect({ handshake, nag, cdk }).toEqual(NOTHING);
  });

  test.each<[string, (stack: Stack) => void, any, string[]]>([
    ['nothing is acknowledged', withZone, {}, []],
    ['but that logs were switched off', (s) => api(s, { logs: false }), {}, ['AwsSolutions-APIG1: Access logs were switched off', 'AwsSolutions-APIG6: Logs were switched off']],
    ['and the managed policy of the account role, which the L2 makes without flags', api, WITHOUT_FLAGS, ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]: One role serves all APIs']],
  ])('%s', (_name, build, options, expected) => {
    const { acknowledged } = accept(build, options);
    expect(acknowledged).toEqual(expected.map((start) => expect.stringContaining(start)));
    for (const one of acknowledged) expect(one).toMatch(/: .{20,}\.$/);
  });
});

describe('what comes of it', () => {
  const API = 'AWS::ApiGateway::RestApi';
  const DOMAIN = 'AWS::ApiGateway::DomainName';
  const STAGE = 'AWS::ApiGateway::Stage';
  const PFS = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
  test.each<[string, (stack: Stack) => void, string, unknown]>([
    ['regional, with a policy of its own', api, API, { EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: PFS, EndpointAccessMode: 'BASIC', DisableExecuteApiEndpoint: Match.absent() }],
    ['closed with a domain', withDomain, API, { DisableExecuteApiEndpoint: true, SecurityPolicy: PFS }],
    ['closed with a domain of the L2', (s) => api(s, { domainName: l2Domain(s) }), API, { DisableExecuteApiEndpoint: true }],
    ['open if the user says so', (s) => api(s, { domain: someDomain(s), disableExecuteApiEndpoint: false }), API, { DisableExecuteApiEndpoint: false, SecurityPolicy: PFS }],
    ['policy of the domain', withDomain, DOMAIN, { DomainName: 'api.example.com', SecurityPolicy: PFS, EndpointAccessMode: 'BASIC', EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' } }],
    ['policy of a domain of the L2', (s) => api(s, { domainName: l2Domain(s) }), DOMAIN, { SecurityPolicy: PFS, EndpointAccessMode: 'BASIC' }],
    ['policy of the user', (s) => api(s, { domainName: l2Domain(s, { securityPolicy: apigateway.SecurityPolicy.TLS_1_2 }) }), DOMAIN, { SecurityPolicy: 'TLS_1_2', EndpointAccessMode: Match.absent() }],
    ['access mode of the user', (s) => api(s, { domain: someDomain(s), endpointAccessMode: STRICT }), DOMAIN, { EndpointAccessMode: 'STRICT' }],
    ['edge-optimized API', edgeOptimized, API, { EndpointConfiguration: { Types: ['EDGE'] }, SecurityPolicy: 'SecurityPolicy_TLS12_PFS_2025_EDGE', EndpointAccessMode: 'BASIC' }],
    ['edge-optimized domain', edgeOptimized, DOMAIN, { SecurityPolicy: 'SecurityPolicy_TLS12_PFS_2025_EDGE', CertificateArn: Match.anyValue(), RegionalCertificateArn: Match.absent() }],
    ['mutual TLS', withMutualTls, DOMAIN, { SecurityPolicy: 'TLS_1_2', EndpointAccessMode: Match.absent(), MutualTlsAuthentication: { TruststoreUri: 's3://trust/clients.pem' } }],
    ['mapping', withZone, 'AWS::ApiGateway::BasePathMapping', { BasePath: 'orders' }],
    ['mapping of several segments', (s) => api(s, { domain: someDomain(s, { path: 'orders/v1' }) }), 'AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'orders/v1' }],
    ['A', withZone, 'AWS::Route53::RecordSet', { Type: 'A', Name: 'api.example.com.' }],
    ['AAAA', withZone, 'AWS::Route53::RecordSet', { Type: 'AAAA', Name: 'api.example.com.' }],
    ['log', api, STAGE, { AccessLogSetting: { DestinationArn: Match.anyValue(), Format: formatWith('protocol=protocol', 'tlsVersion=tlsVersion', 'cipherSuite=cipherSuite', 'userAgent=identity.userAgent', 'status=status', 'integrationStatus=integration.status') } }],
    ['log kept', api, 'AWS::Logs::LogGroup', { RetentionInDays: 365 }],
    ['errors of integrations', api, STAGE, { MethodSettings: [Match.objectLike({ LoggingLevel: 'ERROR', DataTraceEnabled: false })] }],
    ['level of the user', (s) => api(s, { deployOptions: { loggingLevel: apigateway.MethodLoggingLevel.OFF, stageName: 'live' } }), STAGE, { StageName: 'live', MethodSettings: [Match.objectLike({ LoggingLevel: 'OFF' })] }],
    ['format of the user in our log group', (s) => api(s, { deployOptions: { accessLogFormat: apigateway.AccessLogFormat.clf() } }), STAGE, { AccessLogSetting: { Format: Match.stringLikeRegexp('^\\$context.identity.sourceIp ') } }],
    ['destination and format of the user', (s) => api(s, { deployOptions: { accessLogDestination: new apigateway.LogGroupLogDestination(new LogGroup(s, 'Mine')), accessLogFormat: apigateway.AccessLogFormat.clf() } }), STAGE, { AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] }, Format: Match.stringLikeRegexp('^\\$context.identity.sourceIp ') } }],
  ])('%s', (_name, build, type, properties) => templateOf(build).hasResourceProperties(type, properties));

  test('one log group at most, and the one of the user before', () => {
    templateOf((s) => { api(s, { logs: false }); }).resourceCountIs('AWS::Logs::LogGroup', 0);
    templateOf((s) => { api(s, { logGroup: new LogGroup(s, 'Mine') }); }).resourceCountIs('AWS::Logs::LogGroup', 1);
    templateOf((s) => { api(s, { deploy: false }); }).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('ids are those of the L2', () => {
    const ids = (build: (stack: Stack) => void) => Object.keys(templateOf(build).toJSON().Resources).filter((id) => !id.startsWith('ApiDeployment'));
    const l2 = (stack: Stack) => new apigateway.RestApi(stack, 'Api', { domainName: l2Domain(stack) }).root.addMethod('GET');
    expect(ids((stack) => { api(stack, { domainName: l2Domain(stack) }); })).toEqual(expect.arrayContaining(ids(l2)));
  });

  test('URLs, in the outputs as well', () => {
    const stack = new Stack(new App(), 'Test');
    const one = withZone(stack);
    expect(one.edgeUrl).toBe('https://api.example.com/orders');
    expect(one.domainName!.domainName).toBeDefined();
    const plain = new EdgeRestApi(stack, 'Plain');
    expect(plain.edgeUrl).toBe(plain.url);
    templateOf(withDomain).hasOutput('*', { Value: 'https://api.example.com/' });
    templateOf(api).hasOutput('*', { Value: { 'Fn::Join': Match.anyValue() } });
  });

  test('metrics', () => {
    const one = new EdgeRestApi(new Stack(), 'Api');
    expect([one.metricEdge4xx(), one.metricEdge5xx({ statistic: 'Average' })].map(({ metricName, statistic }) => [metricName, statistic])).toEqual([['4XXError', 'Sum'], ['5XXError', 'Average']]);
  });

  test.each<[string, (stack: Stack) => void, string[]]>([
    ['nothing to say about the default posture', withDomain, []],
    ['the policy of mutual TLS', withMutualTls, ['info: TLS posture modern (TLS 1.2 and TLS 1.3): a domain name with mutual TLS (with TLS_1_2, the only policy for it) also offers']],
    ['the policy of mutual TLS with FIPS', (s) => api(s, { domain: someDomain(s), mutualTls: someTrustStore(s), posture: TlsPosture.fips() }), ['warning: TLS posture fips']],
  ])('%s', (_name, build, expected) => expect(annotations(build)).toEqual(expected.map((start) => expect.stringContaining(start))));
});

describe('refused, with what to write instead', () => {
  test.each<[string, (stack: Stack) => EdgeRestApiProps, string]>([
    ['a domain without certificate', () => ({ domain: { name: 'api.example.com' } as any }), 'Add a certificate for api.example.com'],
    ['a certificate without domain', (s) => ({ domain: { certificate: aCertificate(s) } as any }), 'Name the domain that the certificate is for'],
    ['several path segments and no stage', (s) => ({ domain: someDomain(s, { path: 'a/b' }), deploy: false }), "which 'deploy: false' leaves out"],
    ['a name outside the zone', (s) => ({ domain: someDomain(s, { name: 'api.example.org', hostedZone: someZone(s) }) }), 'not in the hosted zone example.com'],
    ['a certificate of another region', (s) => ({ domain: someDomain(s, {}, 'us-east-1') }), 'Request one for the same name in eu-west-1'],
    ['edge-optimized, certificate of the own region', (s) => ({ domain: someDomain(s), endpointTypes: [EDGE] }), 'Request one for the same name in us-east-1'],
    ['edge-optimized with several path segments', (s) => ({ domain: someDomain(s, { path: 'orders/v1' }, 'us-east-1'), endpointTypes: [EDGE] }), 'Write one, or leave'],
    ['two domains', (s) => ({ domain: someDomain(s), domainName: l2Domain(s) }), "Write 'domain' to have the TLS posture"],
    ['a domain of a private API', (s) => ({ domain: someDomain(s), endpointConfiguration: { types: [PRIVATE] } }), 'AWS::ApiGateway::DomainNameV2'],
    ['an access mode with a legacy policy', () => ({ posture: TLS_1_0, endpointAccessMode: BASIC }), 'Leave it out, or use TlsPosture.modern()'],
    ['mutual TLS without domain', (s) => ({ mutualTls: someTrustStore(s) }), "Add domain: { name: 'api.example.com', certificate }"],
    ['mutual TLS with TLS 1.3 only', (s) => ({ domain: someDomain(s), mutualTls: someTrustStore(s), posture: TlsPosture.strict() }), 'needs an enhanced TLS policy, and mutual TLS does not go with one'],
    ['mutual TLS, edge-optimized', (s) => ({ domain: someDomain(s, {}, 'us-east-1'), mutualTls: someTrustStore(s), endpointTypes: [EDGE] }), "Leave 'endpointTypes' out"],
    ['mutual TLS with a way around', (s) => ({ domain: someDomain(s), mutualTls: someTrustStore(s), disableExecuteApiEndpoint: false }), 'Leave it out'],
  ])('%s', (_name, props, message) => {
    const stack = new Stack(undefined, 'Test', { env: HERE });
    const said = thrownBy(() => new EdgeRestApi(stack, 'Api', props(stack)));
    expect(said).toContain(message);
    expect(said).toMatch(/^EdgeRestApi 'Test\/Api': /);
  });
});

describe('each protection removed: the pack finds it', () => {
  const DOMAIN = 'AWS::ApiGateway::DomainName';
  const API = 'AWS::ApiGateway::RestApi';
  const STAGE = 'AWS::ApiGateway::Stage';
  test.each<[string, (stack: Stack) => EdgeRestApi, string, (resource: CfnResource) => void, string]>([
    ['policy of the domain: TLS 1.0', withDomain, DOMAIN, (r) => { r.addPropertyOverride('SecurityPolicy', 'TLS_1_0'); r.addPropertyDeletionOverride('EndpointAccessMode'); }, 'OutdatedTlsOnApi'],
    ['policy of the domain: TLS 1.3 only', withDomain, DOMAIN, (r) => r.addPropertyOverride('SecurityPolicy', 'SecurityPolicy_TLS13_1_3_2025_09'), 'ApiTlsFloorAboveClient'],
    ['policy of the domain: of the other endpoint type', withDomain, DOMAIN, (r) => r.addPropertyOverride('SecurityPolicy', 'SecurityPolicy_TLS13_2025_EDGE'), 'TlsPolicyOfOtherEndpointType'],
    ['policy of the domain: misspelt', withDomain, DOMAIN, (r) => r.addPropertyOverride('SecurityPolicy', 'TLS13_1_2_PFS_PQ_2025_09'), 'UnknownApiTlsPolicy'],
    ['access mode of the domain', withDomain, DOMAIN, (r) => r.addPropertyDeletionOverride('EndpointAccessMode'), 'EndpointAccessModeMismatch'],
    ['legacy policy for mutual TLS', withMutualTls, DOMAIN, (r) => { r.addPropertyOverride('SecurityPolicy', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09'); r.addPropertyOverride('EndpointAccessMode', 'BASIC'); }, 'MutualTlsOnUnfitDomain'],
    ['regional domain for mutual TLS', withMutualTls, DOMAIN, (r) => r.addPropertyOverride('EndpointConfiguration.Types', ['EDGE']), 'MutualTlsOnUnfitDomain'],
    ['policy of the default endpoint', (s) => api(s), API, (r) => { r.addPropertyDeletionOverride('SecurityPolicy'); r.addPropertyDeletionOverride('EndpointAccessMode'); }, 'OutdatedTlsOnDefaultEndpoint'],
    ['policy of the default endpoint beside a domain', (s) => api(s, { domain: someDomain(s), disableExecuteApiEndpoint: false }), API, (r) => { r.addPropertyDeletionOverride('SecurityPolicy'); r.addPropertyDeletionOverride('EndpointAccessMode'); }, 'WeakerDefaultEndpoint'],
    ['policy of the default endpoint: TLS 1.0', (s) => api(s), API, (r) => { r.addPropertyOverride('SecurityPolicy', 'TLS_1_0'); r.addPropertyDeletionOverride('EndpointAccessMode'); }, 'OutdatedTlsOnApi'],
    ['access mode of the default endpoint', (s) => api(s), API, (r) => r.addPropertyDeletionOverride('EndpointAccessMode'), 'EndpointAccessModeMismatch'],
    ['regional endpoint', (s) => api(s), API, (r) => r.addPropertyDeletionOverride('EndpointConfiguration'), 'TlsPolicyOfOtherEndpointType'],
    ['access log', withDomain, STAGE, (r) => r.addPropertyDeletionOverride('AccessLogSetting'), 'NoApiLogs'],
    ['fields of the access log', withDomain, STAGE, (r) => r.addPropertyOverride('AccessLogSetting.Format', '$context.requestId'), 'NoApiLogs'],
  ])('%s', (_name, build, type, remove, rule) => {
    expect(ruleIds((stack) => { build(stack); })).toEqual([]);
    expect(ruleIds((stack) => remove(resourceOf(build(stack), type)))).toContain(rule);
  });
});

test('any props: every promised client gets through, or the construct refuses', () => {
  const maybe = <T>(...values: T[]) => fc.constantFrom<T | undefined>(undefined, ...values);
  const props = fc.record({
    domain: maybe('api.example.com', 'example.com', '*.example.com', 'api.example.org'),
    region: fc.constantFrom('eu-west-1', 'us-east-1'),
    path: maybe('v1', '/a/b/'),
    zone: fc.boolean(),
    mutualTls: fc.boolean(),
    domainName: maybe({}, { securityPolicy: apigateway.SecurityPolicy.TLS_1_2 }),
    endpointTypes: maybe([EDGE], [REGIONAL], [PRIVATE]),
    endpointAccessMode: maybe(BASIC, STRICT),
    disableExecuteApiEndpoint: maybe(true, false),
    deploy: maybe(true, false),
    logs: maybe(true, false),
    posture: maybe(TlsPosture.modern(), TlsPosture.compatible(), TlsPosture.fips(), TlsPosture.serving(Client.TLS_1_2_ONLY)),
    deployOptions: maybe<apigateway.StageOptions>({ accessLogFormat: apigateway.AccessLogFormat.clf() }, { loggingLevel: undefined }),
  });
  fc.assert(fc.property(props, ({ domain, region, path, zone, mutualTls, domainName, deploy, deployOptions, ...rest }) => {
    try {
      const { handshake } = accept((stack) => api(stack, {
        ...rest,
        deploy,
        deployOptions: deploy ?? true ? deployOptions : undefined,
        domain: domain ? someDomain(stack, { name: domain, path, hostedZone: zone ? someZone(stack) : undefined }, region) : undefined,
        mutualTls: mutualTls ? someTrustStore(stack) : undefined,
        domainName: domainName && l2Domain(stack, domainName),
      }), { onlyPack: true, env: HERE });
      expect(handshake).toEqual([]);
    } catch (error) {
      if (!(error as Error).message.startsWith("EdgeRestApi 'Test/Api': ")) throw error;
    }
  }), { numRuns: Number(process.env.FC_RUNS ?? 60) });
}, 60_000);
