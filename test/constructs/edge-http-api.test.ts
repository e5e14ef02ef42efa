// EdgeHttpApi: accepted by all judges, refused when it cannot work, and each of its protections is one that the pack would miss.

import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { accept, annotations, NOTHING } from './accept';
import { aCertificate, formatWith, HERE, resourceOf, ruleIds, someDomain, someTrustStore, someZone, templateOf, thrownBy, WITHOUT_FLAGS } from './api-judges';
import { TlsPosture } from '../../src';
import { EdgeHttpApi, EdgeHttpApiProps } from '../../src/constructs/edge-http-api';

/** An API as an app has it: with a route and an authorizer of its own. */
function api(stack: Stack, props: EdgeHttpApiProps = {}): EdgeHttpApi {
  return new EdgeHttpApi(stack, 'Api', { defaultIntegration: new HttpUrlIntegration('Web', 'https://web.example.net/'), defaultAuthorizer: new HttpIamAuthorizer(), ...props });
}

const withDomain = (stack: Stack) => api(stack, { domain: someDomain(stack) });
const withZone = (stack: Stack) => api(stack, { domain: someDomain(stack, { hostedZone: someZone(stack), path: '/orders/v1/' }) });
const otherDomain = (stack: Stack, props: Partial<apigatewayv2.DomainNameProps> = {}) => new apigatewayv2.DomainName(stack, 'Other', { domainName: 'other.example.com', certificate: aCertificate(stack), ...props });

describe('accepted', () => {
  test.each<[string, (stack: Stack) => void, any]>([
    ['alone', api, {}],
    ['with a domain', withDomain, {}],
    ['with a domain and records', withZone, {}],
    ['with a domain and records, region and account known', withZone, { env: HERE }],
    ['with a domain, without feature flags', withDomain, WITHOUT_FLAGS],
    ['with mutual TLS', (stack: Stack) => api(stack, { domain: someDomain(stack), mutualTls: someTrustStore(stack) }), {}],
    ['without logs', (stack: Stack) => api(stack, { logs: false }), {}],
    ['compatible', (stack: Stack) => api(stack, { posture: TlsPosture.compatible() }), {}],
    ['with a domain of the user', (stack: Stack) => api(stack, { defaultDomainMapping: { domainName: otherDomain(stack) } }), {}],
    ['with a stage more', (stack: Stack) => { withDomain(stack).addStage('Beta', { stageName: 'beta', autoDeploy: true }); }, {}],
  ])('%s', (_name, build, options) => {
    const { handshake, nag, cdk } = accept(build, options);
    expect({ handshake, nag, cdk }).toEqual(NOTHING);
  });

  test.each<[string, (stack: Stack) => void, string[]]>([
    ['nothing is acknowledged', withZone, []],
    ['but that logs were switched off', (stack) => api(stack, { logs: false }), ['AwsSolutions-APIG1: Access logs were switched off with logs: false.']],
  ])('%s', (_name, build, expected) => {
    expect(accept(build).acknowledged.map((one) => one.replace(/^AwsSolutions::/, ''))).toEqual(expected);
  });
});

describe('what comes of it', () => {
  const DOMAIN = 'AWS::ApiGatewayV2::DomainName';
  const STAGE = 'AWS::ApiGatewayV2::Stage';
  test.each<[string, (stack: Stack) => void, string, unknown]>([
    ['open without a domain', api, 'AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP', DisableExecuteApiEndpoint: Match.absent() }],
    ['closed with one', withDomain, 'AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true }],
    ['closed with one of the user', (s) => api(s, { defaultDomainMapping: { domainName: otherDomain(s) } }), 'AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true }],
    ['open if the user says so', (s) => api(s, { domain: someDomain(s), disableExecuteApiEndpoint: false }), 'AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: false }],
    ['policy written', withDomain, DOMAIN, { DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2', IpAddressType: 'dualstack', CertificateArn: Match.anyValue() }] }],
    ['mapping', withZone, 'AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'orders/v1', Stage: '$default' }],
    ['A', withZone, 'AWS::Route53::RecordSet', { Type: 'A', Name: 'api.example.com.' }],
    ['AAAA', withZone, 'AWS::Route53::RecordSet', { Type: 'AAAA', Name: 'api.example.com.' }],
    ['mutual TLS', (s) => api(s, { domain: someDomain(s), mutualTls: someTrustStore(s) }), DOMAIN, { MutualTlsAuthentication: { TruststoreUri: 's3://trust/clients.pem' } }],
    ['deployed', api, STAGE, { StageName: '$default', AutoDeploy: true }],
    ['log', api, STAGE, { AccessLogSettings: { DestinationArn: Match.anyValue(), Format: formatWith('protocol=protocol', 'userAgent=identity.userAgent', 'status=status', 'integrationStatus=integration.status', 'routeKey=routeKey') } }],
    ['no variable that HTTP APIs refuse', api, STAGE, { AccessLogSettings: { Format: Match.not(Match.stringLikeRegexp('tlsVersion|cipherSuite|connectionId')) } }],
    ['log kept', api, 'AWS::Logs::LogGroup', { RetentionInDays: 365 }],
    ['log of a stage more', (s) => { api(s, { createDefaultStage: false }).addStage('Beta', { stageName: 'beta' }); }, STAGE, { StageName: 'beta', AccessLogSettings: Match.objectLike({ Format: Match.anyValue() }) }],
    ['options of the user', (s) => api(s, { stageOptions: { autoDeploy: false, throttle: { rateLimit: 5 } } }), STAGE, { AutoDeploy: false, DefaultRouteSettings: { ThrottlingRateLimit: 5 } }],
    ['undefined is no option', (s) => api(s, { stageOptions: { autoDeploy: undefined, description: 'x' } }), STAGE, { AutoDeploy: true, Description: 'x' }],
  ])('%s', (_name, build, type, properties) => templateOf(build).hasResourceProperties(type, properties));

  test('one log group at most, and the one of the user before', () => {
    templateOf((s) => { api(s, { logs: false }); }).resourceCountIs('AWS::Logs::LogGroup', 0);
    templateOf((s) => { api(s, { logGroup: new LogGroup(s, 'Mine') }); }).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('ids are those of the L2', () => {
    const ids = (build: (stack: Stack) => void) => Object.keys(templateOf(build).toJSON().Resources);
    expect(ids(api)).toEqual(expect.arrayContaining(ids((stack) => new apigatewayv2.HttpApi(stack, 'Api'))));
  });

  test('URLs', () => {
    const stack = new Stack(new App(), 'Test');
    expect(stack.resolve(withZone(stack).edgeUrl)).toEqual({ 'Fn::Join': ['', ['https://', { Ref: expect.stringContaining('ApiDomain') }, '/orders/v1']] });
    const plain = new EdgeHttpApi(stack, 'Plain');
    expect(plain.edgeUrl).toBe(plain.url);
    expect(new EdgeHttpApi(stack, 'None', { createDefaultStage: false }).edgeUrl).toBeUndefined();
  });

  test('metrics', () => {
    const one = api(new Stack());
    expect([one.metricEdge4xx(), one.metricEdge5xx({ statistic: 'Average' })].map(({ metricName, statistic }) => [metricName, statistic])).toEqual([['4xx', 'Sum'], ['5xx', 'Average']]);
  });

  test('it says where the only policy does not follow the posture', () => {
    expect(annotations((s) => { api(s); })).toEqual([expect.stringContaining('info: TLS posture modern (TLS 1.2 and TLS 1.3): an HTTP API (with TLS_1_2')]);
    expect(annotations((s) => { api(s, { posture: TlsPosture.strict() }); })).toContainEqual(expect.stringContaining('also lets in TLS 1.2'));
  });
});

describe('refused, with what to write instead', () => {
  test.each<[string, (stack: Stack) => EdgeHttpApiProps, string]>([
    ['a domain without certificate', () => ({ domain: { name: 'api.example.com' } as any }), "Add a certificate for api.example.com, for instance { name: 'api.example.com', certificate }"],
    ['a certificate without domain', (s) => ({ domain: { certificate: aCertificate(s) } as any }), "Name the domain that the certificate is for, for instance { name: 'api.example.com', certificate }"],
    ['a URL as name', (s) => ({ domain: someDomain(s, { name: 'https://api.example.com' }) }), 'without scheme and path'],
    ['a name in capitals', (s) => ({ domain: someDomain(s, { name: 'Api.example.com' }) }), 'in lower case'],
    ['a name outside the zone', (s) => ({ domain: someDomain(s, { name: 'api.example.org', hostedZone: someZone(s) }) }), 'not in the hosted zone example.com'],
    ['a certificate of another region', (s) => ({ domain: someDomain(s, {}, 'us-east-1') }), 'Request one for the same name in eu-west-1'],
    ['two domains', (s) => ({ domain: someDomain(s), defaultDomainMapping: { domainName: otherDomain(s) } }), "Write 'domain' to have the domain name made here"],
    ['two mappings', (s) => ({ domain: someDomain(s), stageOptions: { domainMapping: { domainName: otherDomain(s) } } }), 'Keep one of them'],
    ['a domain without stage', (s) => ({ domain: someDomain(s), createDefaultStage: false }), 'give the mapping and the options to addStage'],
    ['options of no stage', () => ({ stageOptions: { autoDeploy: false }, createDefaultStage: false }), 'give the mapping and the options to addStage'],
    ['mutual TLS without domain', (s) => ({ mutualTls: someTrustStore(s) }), "Add domain: { name: 'api.example.com', certificate }"],
    ['mutual TLS with a way around', (s) => ({ domain: someDomain(s), mutualTls: someTrustStore(s), disableExecuteApiEndpoint: false }), 'Leave it out'],
  ])('%s', (_name, props, message) => {
    const stack = new Stack(undefined, 'Test', { env: HERE });
    const said = thrownBy(() => new EdgeHttpApi(stack, 'Api', props(stack)));
    expect(said).toContain(message);
    expect(said).toMatch(/^EdgeHttpApi 'Test\/Api': /);
  });
});

describe('each protection removed: the pack finds it', () => {
  const CONFIGURATION = 'DomainNameConfigurations.0';
  test.each<[string, string, (resource: CfnResource) => void, string]>([
    ['TLS policy of the domain: TLS 1.0', 'AWS::ApiGatewayV2::DomainName', (r) => r.addPropertyOverride(`${CONFIGURATION}.SecurityPolicy`, 'TLS_1_0'), 'ApiOnUnfitDomain'],
    ['TLS policy of the domain: one for REST APIs', 'AWS::ApiGatewayV2::DomainName', (r) => r.addPropertyOverride(`${CONFIGURATION}.SecurityPolicy`, 'SecurityPolicy_TLS13_1_3_2025_09'), 'UnknownApiTlsPolicy'],
    ['regional domain', 'AWS::ApiGatewayV2::DomainName', (r) => r.addPropertyOverride(`${CONFIGURATION}.EndpointType`, 'EDGE'), 'ApiOnUnfitDomain'],
    ['access log', 'AWS::ApiGatewayV2::Stage', (r) => r.addPropertyDeletionOverride('AccessLogSettings'), 'NoApiLogs'],
    ['automatic deployment', 'AWS::ApiGatewayV2::Stage', (r) => r.addPropertyDeletionOverride('AutoDeploy'), 'HttpApiNotDeployed'],
    ['fields of the access log', 'AWS::ApiGatewayV2::Stage', (r) => r.addPropertyOverride('AccessLogSettings.Format', '$context.requestId'), 'NoApiLogs'],
  ])('%s', (_name, type, remove, rule) => {
    expect(ruleIds((stack) => { withDomain(stack); })).toEqual([]);
    expect(ruleIds((stack) => remove(resourceOf(withDomain(stack), type)))).toContain(rule);
  });
});

test('any props: every promised client gets through, or the construct refuses', () => {
  const maybe = <T>(...values: T[]) => fc.constantFrom<T | undefined>(undefined, ...values);
  const props = fc.record({
    domain: maybe('api.example.com', 'example.com', '*.example.com', 'api.example.org'),
    path: maybe('v1', '/a/b/'),
    zone: fc.boolean(),
    mutualTls: fc.boolean(),
    mapping: fc.boolean(),
    disableExecuteApiEndpoint: maybe(true, false),
    createDefaultStage: maybe(true, false),
    logs: maybe(true, false),
    posture: maybe(TlsPosture.modern(), TlsPosture.compatible(), TlsPosture.fips(), TlsPosture.strict()),
    autoDeploy: maybe(true, false),
  });
  fc.assert(fc.property(props, ({ domain, path, zone, mutualTls, mapping, autoDeploy, ...rest }) => {
    try {
      const { handshake } = accept((stack) => api(stack, {
        ...rest,
        domain: domain ? someDomain(stack, { name: domain, path, hostedZone: zone ? someZone(stack) : undefined }) : undefined,
        mutualTls: mutualTls ? someTrustStore(stack) : undefined,
        defaultDomainMapping: mapping ? { domainName: otherDomain(stack) } : undefined,
        stageOptions: autoDeploy === undefined ? undefined : { autoDeploy },
      }), { onlyPack: true });
      // Who switches automatic deployment off deploys otherwise, or is told so.
      expect(handshake.filter((finding) => autoDeploy !== false || !finding.includes('HttpApiNotDeployed'))).toEqual([]);
    } catch (error) {
      if (!(error as Error).message.startsWith("EdgeHttpApi 'Test/Api': ")) throw error;
    }
  }), { numRuns: Number(process.env.FC_RUNS ?? 50) });
}, 60_000);
