// HandshakeMonitoring: accepted by the three judges for each kind of edge, logs where they were missing and where they were, alarms, tables,
// queries, and what it refuses. The SQL itself is tried in queries.test.ts.

import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { EdgeDistribution, EdgeHttpApi, EdgeLoadBalancer, EdgeNetworkLoadBalancer, EdgeRestApi, EdgeWebSocketApi, HandshakeMonitoring, HandshakeMonitoringOptions } from '../../src';
import { accessLogFormat } from '../../src/constructs/api-access-log';
import { insightsQueries } from '../../src/monitoring/insights';
import { connectionQueries, requestQueries } from '../../src/monitoring/queries/answers';
import { albConnections, albRequests } from '../../src/monitoring/queries/requests';
import { ALB_ACCESS_LOGS } from '../../src/monitoring/tables';
import { accept, NOTHING, someCertificate, someVpc } from '../constructs/accept';

const EUROPE = { account: '111122223333', region: 'eu-west-1' };
const HOME = { account: '111122223333', region: 'us-east-1' };

const alb = (stack: Stack) => new elbv2.ApplicationLoadBalancer(stack, 'It', { vpc: someVpc(stack) });
const nlb = (stack: Stack) => new elbv2.NetworkLoadBalancer(stack, 'It', { vpc: someVpc(stack) });
const rest = (stack: Stack) => {
  const api = new apigateway.RestApi(stack, 'It');
  api.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com/'));
  return api;
};
const http = (stack: Stack) => new apigatewayv2.HttpApi(stack, 'It');
const webSocket = (stack: Stack) => {
  const api = new apigatewayv2.WebSocketApi(stack, 'It');
  new apigatewayv2.WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'live', autoDeploy: true });
  return api;
};
const distribution = (stack: Stack) => new cloudfront.Distribution(stack, 'It', {
  defaultBehavior: { origin: new HttpOrigin('backend.example.com') }, certificate: someCertificate(stack, 'us-east-1'), domainNames: ['shop.example.com'],
});
const edgeLoadBalancer = (stack: Stack) => new EdgeLoadBalancer(stack, 'It', { vpc: someVpc(stack), certificates: [someCertificate(stack)], internetFacing: true });
const edgeNetwork = (stack: Stack) => new EdgeNetworkLoadBalancer(stack, 'It', { vpc: someVpc(stack), certificates: [someCertificate(stack)] });
const edgeRest = (stack: Stack) => {
  const api = new EdgeRestApi(stack, 'It');
  api.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com/'), { requestParameters: {} });
  return api;
};
const edgeHttp = (stack: Stack) => new EdgeHttpApi(stack, 'It');
const edgeWebSocket = (stack: Stack) => new EdgeWebSocketApi(stack, 'It');
const edgeDistribution = (stack: Stack) => new EdgeDistribution(stack, 'It', {
  defaultBehavior: { origin: new HttpOrigin('backend.example.com') }, certificate: someCertificate(stack, 'us-east-1'), domainNames: ['shop.example.com'],
});

type Build = (stack: Stack) => IConstruct;
const EDGES: [string, Build][] = [
  ['an ALB', alb], ['an NLB', nlb], ['a REST API', rest], ['an HTTP API', http], ['a WebSocket API', webSocket], ['a distribution', distribution],
  ['an EdgeLoadBalancer', edgeLoadBalancer], ['an EdgeNetworkLoadBalancer', edgeNetwork], ['an EdgeRestApi', edgeRest], ['an EdgeHttpApi', edgeHttp],
  ['an EdgeWebSocketApi', edgeWebSocket], ['an EdgeDistribution', edgeDistribution],
];

function monitored(build: Build, options: HandshakeMonitoringOptions = {}, env: { account: string; region: string } | undefined = EUROPE) {
  const stack = new Stack(new App(), 'Test', { env });
  const monitoring = HandshakeMonitoring.of(build(stack), options);
  return { monitoring, stack, template: Template.fromStack(stack) };
}

/** What is found against it that is not found against the edge without it. */
function added(build: Build, env?: { account: string; region: string }) {
  const without = accept((stack) => void build(stack), { env, serve: [] });
  const { handshake, nag, cdk } = accept((stack) => void HandshakeMonitoring.of(build(stack)), { env, serve: [] });
  const more = (found: string[], before: string[]) => found.filter((one) => !before.includes(one));
  return { handshake: more(handshake, without.handshake), nag: more(nag, without.nag), cdk: more(cdk, without.cdk) };
}

describe('nothing is found against it', () => {
  test.each(EDGES)('%s', (_, build) => expect(added(build)).toEqual(NOTHING), 120_000);
  test('a distribution in us-east-1', () => expect(added(distribution, HOME)).toEqual(NOTHING), 120_000);
});

const resources = (template: Template, type: string): any[] => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
const attributes = (template: Template): Record<string, unknown> =>
  Object.fromEntries(resources(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer')[0].LoadBalancerAttributes.map(({ Key, Value }: any) => [Key, Value]));
const tables = (template: Template): Record<string, any> => Object.fromEntries(resources(template, 'AWS::Glue::Table').map(({ TableInput }) => [TableInput.Name, TableInput]));
const joined = (value: any): string => (typeof value === 'string' ? value : value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::ImportValue']}>`)).join(''));

test.each<[string, Build, typeof HOME, string]>([
  ['an ALB', alb, EUROPE, 'AwsSolutions-ELB2'], ['an NLB', nlb, EUROPE, 'AwsSolutions-ELB2'], ['a REST API', rest, EUROPE, 'AwsSolutions-APIG1'], ['an HTTP API', http, EUROPE, 'AwsSolutions-APIG1'],
  ['a distribution', distribution, EUROPE, 'AwsSolutions-CFR3'], ['a distribution in us-east-1', distribution, HOME, 'AwsSolutions-CFR3'],
])('%s: what was found for its missing logs is found no more', (_, build, env, rule) => {
  const found = (make: (stack: Stack) => void) => accept(make, { env, serve: [] }).nag.some((finding) => finding.includes(rule));
  expect([found((stack) => void build(stack)), found((stack) => void HandshakeMonitoring.of(build(stack)))]).toEqual([true, false]);
}, 120_000);

describe('logs where they are missing', () => {
  test('of an ALB, both, in a bucket that only Elastic Load Balancing may write to', () => {
    const { template, monitoring } = monitored(alb);
    const bucket = { Ref: expect.stringMatching(/Logs/) };
    expect(attributes(template)).toMatchObject({ 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': bucket, 'connection_logs.s3.enabled': 'true', 'connection_logs.s3.bucket': bucket });
    expect(monitoring.logBucket).toBeDefined();
    const allowed = resources(template, 'AWS::S3::BucketPolicy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement).filter(({ Effect }: any) => Effect === 'Allow');
    expect(allowed).toEqual([expect.objectContaining({ Action: 's3:PutObject', Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' } })]);
    expect(Object.values(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'))[0].DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/LogsPolicy/)]));
  });

  test('of an NLB', () => {
    expect(attributes(monitored(nlb).template)).toMatchObject({ 'access_logs.s3.enabled': 'true' });
  });

  test('in a bucket and folder of the user', () => {
    const { template } = monitored((stack) => alb(stack), { logBucket: s3.Bucket.fromBucketName(new Stack(), 'Shared', 'shared-logs'), logPrefix: 'shop/edge' });
    expect(attributes(template)).toMatchObject({ 'access_logs.s3.bucket': 'shared-logs', 'access_logs.s3.prefix': 'shop/edge' });
    expect(tables(template).alb_access_logs.StorageDescriptor.Location).toBe('s3://shared-logs/shop/edge/AWSLogs/111122223333/elasticloadbalancing/eu-west-1/');
  });

  test.each<[string, Build, string, string]>([
    ['a REST API', rest, 'AWS::ApiGateway::Stage', 'AccessLogSetting'],
    ['an HTTP API', http, 'AWS::ApiGatewayV2::Stage', 'AccessLogSettings'],
    ['a WebSocket API', webSocket, 'AWS::ApiGatewayV2::Stage', 'AccessLogSettings'],
  ])('of %s, with the fields of this package', (_, build, type, setting) => {
    const { template, monitoring } = monitored(build);
    const [{ [setting]: { DestinationArn, Format } }] = resources(template, type);
    expect(DestinationArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/AccessLog/), 'Arn'] });
    expect(JSON.parse(Format)).toMatchObject({ status: '$context.status', userAgent: '$context.identity.userAgent', integrationStatus: '$context.integration.status' });
    expect(monitoring.logGroup).toBeDefined();
  });

  test('of a distribution: legacy where version 2 cannot be, without days', () => {
    const { template } = monitored(distribution);
    expect(resources(template, 'AWS::CloudFront::Distribution')[0].DistributionConfig.Logging).toEqual({ Bucket: { 'Fn::GetAtt': [expect.stringMatching(/Logs/), 'RegionalDomainName'] }, Prefix: 'cloudfront/' });
    expect(tables(template).cloudfront_standard_logs).toMatchObject({ Parameters: { 'skip.header.line.count': '2' } });
    expect(tables(template).cloudfront_standard_logs.PartitionKeys).toBeUndefined();
  });

  test('of a distribution in us-east-1: version 2, with days, in the order of the columns', () => {
    const { template } = monitored(distribution, {}, HOME);
    expect(resources(template, 'AWS::CloudFront::Distribution')[0].DistributionConfig.Logging).toBeUndefined();
    const [{ RecordFields, S3SuffixPath, FieldDelimiter }] = resources(template, 'AWS::Logs::Delivery');
    const table = tables(template).cloudfront_standard_logs;
    expect(RecordFields.map((name: string) => name.toLowerCase().replace(/\(/g, '_').replace(/\)/g, '').replace(/-/g, '_').replace('cs_referer', 'cs_referrer')))
      .toEqual(table.StorageDescriptor.Columns.map(({ Name }: any) => Name));
    expect(FieldDelimiter).toBe('\t');
    const folder = joined(S3SuffixPath).replace('/{yyyy}/{MM}/{dd}', '');
    expect(folder).toMatch(/^AWSLogs\/111122223333\/CloudFront\/<It.*>$/);
    expect(joined(table.Parameters['storage.location.template'])).toMatch(new RegExp(`/${folder.replace(/[<>]/g, '.')}/\\$\\{day\\}$`));
    template.hasResourceProperties('AWS::Logs::DeliveryDestination', { OutputFormat: 'w3c' });
  });
});

describe('logs that are there are used', () => {
  test.each<[string, Build]>([['EdgeLoadBalancer', edgeLoadBalancer], ['EdgeDistribution', edgeDistribution], ['EdgeNetworkLoadBalancer', edgeNetwork]])('%s: no second bucket for logs', (_, build) => {
    const { template, monitoring } = monitored(build);
    expect(monitoring.logBucket).toBeUndefined();
    const names = Object.keys(template.findResources('AWS::S3::Bucket')).filter((name) => !name.includes('Results'));
    expect(names).toHaveLength(1);
    for (const table of Object.values(tables(template))) expect(joined(table.StorageDescriptor.Location)).toContain(`s3://<${names[0]}>/`);
  });

  test.each<[string, Build]>([['EdgeRestApi', edgeRest], ['EdgeHttpApi', edgeHttp], ['EdgeWebSocketApi', edgeWebSocket]])('%s: no second log group', (_, build) => {
    const { template } = monitored(build);
    const [name] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    for (const filter of resources(template, 'AWS::Logs::MetricFilter')) expect(filter.LogGroupName).toEqual({ Ref: name });
    for (const query of resources(template, 'AWS::Logs::QueryDefinition')) expect(query.LogGroupNames).toEqual([{ Ref: name }]);
  });

  test('with a prefix, each in a bucket of its own, one of them in another stack', () => {
    const app = new App();
    const [other, stack] = [new Stack(app, 'Other', { env: EUROPE }), new Stack(app, 'Test', { env: EUROPE })];
    const balancer = alb(stack);
    balancer.logAccessLogs(new s3.Bucket(other, 'Access', { bucketName: 'access' }), 'one');
    balancer.logConnectionLogs(new s3.Bucket(stack, 'Connection'), 'two');
    HandshakeMonitoring.of(balancer);
    const found = tables(Template.fromStack(stack));
    expect(joined(found.alb_access_logs.StorageDescriptor.Location)).toMatch(/^s3:\/\/<Other:\w+Access\w+>\/one\/AWSLogs\/111122223333\/elasticloadbalancing\/eu-west-1\/$/);
    expect(joined(found.alb_connection_logs.StorageDescriptor.Location)).toMatch(/^s3:\/\/<Connection\w+>\/two\/AWSLogs\//);
  });

  test('one of two is missing: only that is switched on', () => {
    const { template } = monitored((stack) => {
      const balancer = alb(stack);
      balancer.logAccessLogs(new s3.Bucket(stack, 'Mine'));
      return balancer;
    });
    expect(attributes(template)).toMatchObject({ 'access_logs.s3.bucket': { Ref: expect.stringMatching(/Mine/) }, 'connection_logs.s3.bucket': { Ref: expect.stringMatching(/Monitoring/) } });
  });

  test('a log group that is named by its ARN, and a format without the fields', () => {
    const { template, stack } = monitored((scope) => {
      const api = http(scope);
      const stage = api.defaultStage!.node.defaultChild as apigatewayv2.CfnStage;
      stage.accessLogSettings = { destinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:mine', format: '{"status":"$context.status"}' };
      return api;
    });
    expect(resources(template, 'AWS::Logs::MetricFilter').map(({ LogGroupName }) => LogGroupName)).toEqual(['mine', 'mine', 'mine']);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('no field "integrationStatus", "userAgent"'));
  });

  test('a stream instead of a log group: nothing to query, which is said', () => {
    const { template, stack } = monitored((scope) => {
      const api = http(scope);
      (api.defaultStage!.node.defaultChild as apigatewayv2.CfnStage).accessLogSettings = { destinationArn: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/amazon-apigateway-x', format: '$context.requestId' };
      return api;
    });
    template.resourceCountIs('AWS::Logs::QueryDefinition', 0);
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('where they go is not known'));
  });

  test('standard logs of version 2 that others deliver are not doubled', () => {
    const { template } = monitored((stack) => {
      const made = distribution(stack);
      new logs.CfnDeliverySource(stack, 'Source', { name: 'mine', logType: 'ACCESS_LOGS', resourceArn: made.distributionArn });
      return made;
    }, {}, HOME);
    template.resourceCountIs('AWS::Logs::DeliverySource', 1);
    template.resourceCountIs('AWS::Glue::Table', 0);
  });
});

describe('alarms', () => {
  test.each<[string, Build, string[]]>([
    ['an ALB', alb, ['ClientTLSNegotiationErrorCount', 'HTTPCode_ELB_4XX_Count', 'HTTPCode_ELB_502_Count', 'HTTPCode_ELB_504_Count', 'TargetConnectionErrorCount', 'TargetTLSNegotiationErrorCount']],
    ['an NLB', nlb, ['ClientTLSNegotiationErrorCount', 'TargetTLSNegotiationErrorCount']],
    ['an HTTP API', http, ['Status426', 'Status464', 'Status502']],
    ['a WebSocket API', webSocket, ['FailedHandshakes', 'Status426', 'Status464', 'Status502']],
    ['a distribution', (stack) => distribution(stack), []],
  ])('of %s: quiet without data', (_, build, names) => {
    const { template, monitoring } = monitored(build, { failuresUntilAlarm: 3, period: Duration.minutes(1) });
    const alarms = resources(template, 'AWS::CloudWatch::Alarm');
    expect(alarms.map(({ MetricName }) => MetricName.replace(/.*-/, '')).sort()).toEqual(names);
    expect(monitoring.alarms).toHaveLength(names.length);
    for (const alarm of alarms) expect(alarm).toMatchObject({ TreatMissingData: 'notBreaching', Threshold: 3, Period: 60, Statistic: 'Sum', ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
  });

  test('of a distribution only where CloudFront counts, in percent; 502 if it counts them', () => {
    const { template } = monitored((stack) => new cloudfront.Distribution(stack, 'It', { defaultBehavior: { origin: new HttpOrigin('a.example.com') }, publishAdditionalMetrics: true }), { percentUntilAlarm: 2 }, HOME);
    const alarms = resources(template, 'AWS::CloudWatch::Alarm');
    expect(alarms.map(({ MetricName, Threshold, Statistic }) => [MetricName, Threshold, Statistic]).sort()).toEqual([['502ErrorRate', 2, 'Average'], ['5xxErrorRate', 2, 'Average']]);
  });

  test.each<[string, typeof HOME | undefined, number, string]>([
    ['elsewhere', EUROPE, 0, 'this stack is in eu-west-1, so that no alarms are made'],
    ['where the region is not known', undefined, 1, 'the alarms go off only if it is us-east-1'],
  ])('of a distribution %s: said at synth', (_, env, count, says) => {
    const stack = new Stack(new App(), 'Test', { env });
    expect(HandshakeMonitoring.of(distribution(stack)).alarms).toHaveLength(count);
    Annotations.fromStack(stack).hasInfo('*', Match.stringLikeRegexp(says));
  });

  test('what the metric filters find', () => {
    const patterns = resources(monitored(webSocket).template, 'AWS::Logs::MetricFilter').map(({ FilterPattern }) => FilterPattern);
    expect(patterns).toEqual([
      ...['426', '464', '502'].map((status) => `{ ($.status = "${status}") || ($.integrationStatus = "${status}") }`),
      '{ ($.eventType = "CONNECT") && ($.status != "101") && ($.status != "2*") }',
    ]);
  });
});

describe('queries in Athena', () => {
  const { template } = monitored(edgeLoadBalancer);

  test('are those that are tried on DuckDB, in a workgroup that encrypts results', () => {
    const since = { days: 30 };
    const shipped = resources(template, 'AWS::Athena::NamedQuery').map(({ Name, QueryString }) => [Name, QueryString]);
    const connections = albConnections(since);
    const tried = [...requestQueries(albRequests(since), connections), ...connectionQueries(connections)];
    expect(Object.fromEntries(shipped)).toEqual(Object.fromEntries(tried.map(({ name, sql }) => [name, sql])));
    expect(shipped).toHaveLength(12);
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      RecursiveDeleteOption: true,
      WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true, ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } } },
    });
  });

  test('over tables that know their partitions', () => {
    for (const { Parameters, PartitionKeys, StorageDescriptor } of Object.values(tables(template))) {
      expect(PartitionKeys).toEqual([{ Name: 'day', Type: 'string' }]);
      expect(Parameters).toMatchObject({ 'projection.enabled': 'true', 'projection.day.type': 'date', 'projection.day.format': 'yyyy/MM/dd', 'projection.day.range': 'NOW-1YEARS,NOW' });
      expect(joined(Parameters['storage.location.template'])).toBe(`${joined(StorageDescriptor.Location)}\${day}`);
    }
    expect(tables(template).alb_access_logs.StorageDescriptor.SerdeInfo.Parameters['input.regex']).toBe(ALB_ACCESS_LOGS.pattern);
  });

  test('no more is made than asked for', () => {
    const none = monitored(edgeLoadBalancer, { queries: false });
    none.template.resourceCountIs('AWS::Athena::WorkGroup', 0);
    none.template.resourceCountIs('AWS::Glue::Database', 0);
    expect([none.monitoring.workGroupName, none.monitoring.databaseName]).toEqual([undefined, undefined]);
    monitored(http, { queries: false }).template.resourceCountIs('AWS::Logs::QueryDefinition', 0);
  });
});

describe('queries in Logs Insights', () => {
  const WORDS = new Set(['filter', 'like', 'or', 'and', 'not', 'stats', 'count', 'as', 'requests', 'by', 'sort', 'desc', 'limit']);

  test.each(['rest', 'http', 'websocket'] as const)('%s: name fields of its log only', (product) => {
    const fields = Object.keys(JSON.parse(accessLogFormat(product).toString()));
    for (const { lines } of insightsQueries(product)) {
      const bare = lines.join(' ').replace(/\/(?:\\.|[^/])*\//g, '').replace(/"[^"]*"/g, '');
      const names = bare.match(/[A-Za-z]\w*/g)!.filter((word) => !WORDS.has(word));
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !fields.includes(name))).toEqual([]);
    }
  });

  test('are saved, and shown on the dashboard', () => {
    const { template } = monitored(webSocket);
    const saved = resources(template, 'AWS::Logs::QueryDefinition').map(({ QueryString }) => QueryString);
    expect(saved).toHaveLength(insightsQueries('websocket').length);
    const [{ DashboardBody }] = resources(template, 'AWS::CloudWatch::Dashboard');
    const body = DashboardBody['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : 'x')).join('');
    const shown = JSON.parse(body).widgets.filter(({ type }: any) => type === 'log').map(({ properties }: any) => properties.query);
    expect(shown.map((query: string) => query.replace(/^SOURCE '[^']*' \| /, ''))).toEqual(saved);
  });
});

test('L1 resources, and a stage by itself', () => {
  const { template } = monitored((stack) => new elbv2.CfnLoadBalancer(stack, 'It', { subnets: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'] }));
  expect(attributes(template)).toMatchObject({ 'access_logs.s3.enabled': 'true' });
  monitored((stack) => http(stack).defaultStage!).template.resourceCountIs('AWS::Logs::MetricFilter', 3);
});

test.each<[string, (stack: Stack) => unknown, RegExp]>([
  ['something else', (stack) => HandshakeMonitoring.of(new s3.Bucket(stack, 'It')), /^HandshakeMonitoring of 'Test\/It': it is an AWS::S3::Bucket\. It takes an Application or Network Load Balancer/],
  ['what is imported', (stack) => HandshakeMonitoring.of(s3.Bucket.fromBucketName(stack, 'It', 'some-bucket')), /there is no resource behind it/],
  ['a gateway load balancer', (stack) => HandshakeMonitoring.of(new elbv2.CfnLoadBalancer(stack, 'It', { type: 'gateway' })), /is of type "gateway"/],
  ['an API without a stage', (stack) => HandshakeMonitoring.of(new apigatewayv2.WebSocketApi(stack, 'It')), /has no stage in its stack yet/],
  ['an API with two', (stack) => {
    const api = http(stack);
    api.addStage('Beta', { stageName: 'beta' });
    HandshakeMonitoring.of(api);
  }, /has 2 stages \(Test\/It\/DefaultStage\/Resource, Test\/It\/Beta\/Resource\)/],
  ['a stage of an API elsewhere', (stack) => HandshakeMonitoring.of(new apigatewayv2.CfnStage(stack, 'It', { apiId: 'abc', stageName: 'x' })), /the API of this stage is not in its stack/],
  ['a second time', (stack) => {
    const balancer = alb(stack);
    HandshakeMonitoring.of(balancer);
    HandshakeMonitoring.of(balancer);
  }, /it is monitored already/],
  ['half a minute', (stack) => HandshakeMonitoring.of(alb(stack), { period: Duration.seconds(30) }), /'period' is 30 seconds/],
  ['no failure', (stack) => HandshakeMonitoring.of(alb(stack), { failuresUntilAlarm: 0 }), /'failuresUntilAlarm' is 0/],
  ['more than all', (stack) => HandshakeMonitoring.of(alb(stack), { percentUntilAlarm: 101 }), /'percentUntilAlarm' is 101/],
  ['half a day', (stack) => HandshakeMonitoring.of(alb(stack), { queriesLookBack: Duration.hours(12) }), /'queriesLookBack' is 12 hours/],
  ['a prefix with a slash', (stack) => HandshakeMonitoring.of(alb(stack), { logPrefix: 'shop/' }), /'logPrefix' is 'shop\/'/],
])('refuses %s', (_, build, message) => {
  expect(() => build(new Stack(new App(), 'Test'))).toThrow(message);
});

test('any options, any edge: thresholds and days as asked for, one dashboard, and only services may write to buckets', () => {
  const options = fc.record({
    failuresUntilAlarm: fc.integer({ min: 1, max: 1e6 }),
    percentUntilAlarm: fc.integer({ min: 1, max: 100 }),
    period: fc.integer({ min: 1, max: 60 }).map(Duration.minutes),
    queries: fc.boolean(),
    queriesLookBack: fc.integer({ min: 1, max: 365 }).map(Duration.days),
    logPrefix: fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/),
    dashboardName: fc.stringMatching(/^[a-z]{1,20}$/),
  }, { requiredKeys: [] });
  fc.assert(fc.property(fc.constantFrom(...EDGES), options, fc.constantFrom(EUROPE, HOME, undefined), ([, build], given, env) => {
    const { template, monitoring } = monitored(build, given, env);
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    for (const { Threshold, Period, Statistic } of resources(template, 'AWS::CloudWatch::Alarm')) {
      expect(Threshold).toBe(Statistic === 'Sum' ? given.failuresUntilAlarm ?? 10 : given.percentUntilAlarm ?? 5);
      expect(Period).toBe(given.period?.toSeconds() ?? 300);
    }
    for (const { QueryString } of resources(template, 'AWS::Athena::NamedQuery')) expect(QueryString).toContain(`interval '${given.queriesLookBack?.toDays() ?? 30}' day`);
    expect(monitoring.workGroupName === undefined).toBe(given.queries === false || resources(template, 'AWS::Glue::Table').length === 0);
    const allowed = resources(template, 'AWS::S3::BucketPolicy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement).filter(({ Effect }: any) => Effect === 'Allow');
    for (const { Principal, Action, Resource } of allowed) expect([Object.keys(Principal), JSON.stringify(Action).includes('*'), Resource === '*']).toEqual([['Service'], false, false]);
  }), { numRuns: Number(process.env.FC_RUNS ?? 25) });
}, 180_000);
