// EndpointGate and EndpointCanary: accepted by the three judges, the least of rights, and what they refuse. What the function does is tried
// for real in test/probe/function.test.ts.

import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { accept, NOTHING, someVpc } from './accept';
import { Client, EndpointCanary, EndpointGate } from '../../src';

const URL = 'https://shop.example.com/';

test.each<[string, (stack: Stack) => unknown]>([
  ['gate', (stack) => new EndpointGate(stack, 'It', { url: URL, webSocketPath: '/ws', triggers: ['1'] })],
  ['canary', (stack) => new EndpointCanary(stack, 'It', { url: URL, clients: [Client.HTTP_1_1, Client.WSS], webSocketPath: '/ws' })],
  ['gate in a network', (stack) => new EndpointGate(stack, 'It', { url: 'https://internal.example.com/', vpc: someVpc(stack) })],
])('%s: accepted', (_name, build) => {
  const { handshake, nag, cdk } = accept((stack) => void build(stack));
  expect({ handshake, nag, cdk }).toEqual(NOTHING);
}, 120_000);

test('the function may write its log and nothing else', () => {
  const stack = new Stack();
  new EndpointGate(stack, 'It', { url: URL });
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(policies).toEqual([{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.stringMatching(/Log/), 'Arn'] } }]);
  expect(Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).every(({ Properties }) => Properties.ManagedPolicyArns === undefined)).toBe(true);
});

test('the gate runs again when a trigger changes, after what it depends on, and for no longer than its patience', () => {
  const stack = new Stack();
  const topic = new Topic(stack, 'Topic');
  new EndpointGate(stack, 'It', { url: URL, patience: Duration.minutes(3), triggers: [topic.topicArn], clients: [Client.H2], after: [topic] });
  const template = Template.fromStack(stack);
  const [gate] = Object.values(template.findResources('Custom::EndpointGate'));
  expect(gate).toMatchObject({ Properties: { ServiceTimeout: '300', Triggers: [{ Ref: expect.stringMatching(/Topic/) }] }, DependsOn: expect.arrayContaining([expect.stringMatching(/Topic/)]) });
  expect(JSON.parse(gate.Properties.Probe)).toEqual({ url: URL, clients: ['h2'], patienceSeconds: 180 });
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 240 });
});

test('the canary has an alarm for each client, which also goes off when nothing comes', () => {
  const stack = new Stack();
  const canary = new EndpointCanary(stack, 'It', { url: URL, clients: [Client.HTTP_1_1, Client.TLS_1_2_ONLY], every: Duration.minutes(10), failuresUntilAlarm: 3 });
  expect(canary.alarms).toHaveLength(2);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'Handshake',
    MetricName: 'Fits',
    EvaluationPeriods: 3,
    Period: 600,
    TreatMissingData: 'breaching',
    Dimensions: [{ Name: 'Client', Value: 'tls1.2-only' }, { Name: 'Endpoint', Value: URL }],
  });
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(10 minutes)' });
  expect(canary.metricDuration(Client.HTTP_1_1).metricName).toBe('Duration');
});

test.each<[string, () => unknown, string]>([
  ['more patience than a function has', () => new EndpointGate(new Stack(), 'It', { url: URL, patience: Duration.minutes(20) }), "EndpointGate 'Default/It': 'patience' is 20 minutes"],
  ['runs in less than a minute', () => new EndpointCanary(new Stack(), 'It', { url: URL, every: Duration.seconds(10) }), "EndpointCanary 'Default/It': 'every' is 10 seconds"],
])('refuses %s', (_name, build, message) => {
  expect(build).toThrow(message);
});

test('any props: the request in the template is what was asked for', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 });
  const props = fc.record({
    webSocketPath: text, grpcPath: text, headers: fc.array(text), accept: fc.array(fc.integer({ min: 100, max: 599 })), address: text,
  }, { requiredKeys: [] });
  fc.assert(fc.property(props, (more) => {
    const stack = new Stack();
    new EndpointGate(stack, 'It', { url: URL, ...more });
    const [gate] = Object.values(Template.fromStack(stack).findResources('Custom::EndpointGate'));
    const { webSocketPath: webSocket, grpcPath: grpc, ...same } = more;
    expect(JSON.parse(gate.Properties.Probe)).toEqual(JSON.parse(JSON.stringify({ url: URL, ...same, webSocket, grpc, patienceSeconds: 300 })));
  }), { numRuns: Number(process.env.FC_RUNS ?? 20) });
}, 120_000);
