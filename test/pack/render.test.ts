// A unit test without synth sees what a synth would: the same findings on the same constructs, across stacks too. Watches
// the one @internal function of CDK that render.ts stands on.

import { App, CfnOutput, CfnParameter, Fn, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ApplicationProtocol, ApplicationProtocolVersion, ApplicationTargetGroup, CfnListener, SslPolicy, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { frontend, Shop } from './shop';
import { placesOf, synth } from './synth';
import { HandshakeChecks } from '../../src';
import { stacksOf } from '../../src/pack/app-stack';
import { render } from '../../src/pack/render';

type Body = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };

function listener(body: unknown): Record<string, any> {
  return Object.values((body as Body).Resources).find(({ Type }) => Type === CfnListener.CFN_RESOURCE_TYPE_NAME)!.Properties;
}

/** Rule and construct of every violation, found without and with a synth. */
function bothWays(app: App): [string[], string[]] {
  const checks = new HandshakeChecks(app);
  const rendered = checks.validateScope(app).violations.map(({ ruleName, violatingResources }) => `${ruleName} ${violatingResources[0].constructPath}`);
  Validations.of(app).addPlugins(checks);
  const written = synth(app).violations.map((violation) => `${violation.ruleName} ${placesOf(violation)[0]}`);
  return [rendered, written];
}

test('an app of several stacks, nested ones included', () => {
  const app = new App();
  const backend = new Stack(app, 'Backend');
  const { targetGroup } = new Shop(backend, 'Shop');
  const parent = new Stack(app, 'Parent');
  frontend(new NestedStack(parent, 'Frontend'), targetGroup.ref);
  new Shop(new NestedStack(parent, 'Another'), 'Shop');
  const [rendered, written] = bothWays(app);
  expect(rendered.length).toBeGreaterThan(3);
  expect(rendered.sort()).toEqual(written.sort());
});

test('an app of high-level constructs, the load balancer in one stack and its targets in another', () => {
  const app = new App();
  const vpc = new Vpc(new Stack(app, 'Base'), 'Vpc');
  const network = new Stack(app, 'Network');
  const balancer = new ApplicationLoadBalancer(network, 'Alb', { vpc, internetFacing: true });
  const certificate = Certificate.fromCertificateArn(network, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000');
  const https = balancer.addListener('Https', { port: 443, certificates: [certificate], sslPolicy: SslPolicy.RECOMMENDED, open: true });
  const web = new Stack(app, 'Web');
  https.addTargetGroups('Default', {
    targetGroups: [new ApplicationTargetGroup(web, 'Targets', {
      vpc, targetType: TargetType.IP, protocol: ApplicationProtocol.HTTP, protocolVersion: ApplicationProtocolVersion.HTTP2,
    })],
  });
  const [rendered, written] = bothWays(app);
  expect(rendered).toContain('Handshake-Http1ClientAtHttp2TargetGroup Web/Targets/Resource');
  expect(rendered.sort()).toEqual(written.sort());
});

test('a reference into another stack names stack, resource and attribute', () => {
  const app = new App();
  const { targetGroup } = new Shop(new NestedStack(new Stack(app, 'Backend'), 'Nested'), 'Shop');
  const stack = new Stack(app, 'Frontend');
  frontend(stack, targetGroup.ref).alpnPolicy = [Fn.join('-', ['a', targetGroup.attrTargetGroupName]), `b-${targetGroup.attrTargetGroupName}-c`];
  const [, { body }] = stacksOf(app).map(render);
  const id = (targetGroup.stack as NestedStack).resolve(targetGroup.logicalId);
  const name = { 'Fn::HandshakeReference': ['Backend/Nested', id, 'TargetGroupName'] };
  expect(listener(body)).toMatchObject({
    LoadBalancerArn: { Ref: 'Balancer' },
    DefaultActions: [{ TargetGroupArn: { 'Fn::HandshakeReference': ['Backend/Nested', id, 'Ref'] } }],
    AlpnPolicy: [{ 'Fn::Join': ['-', ['a', name]] }, { 'Fn::Join': ['', ['b-', name, '-c']] }],
  });
});

test('all sections of a template, nested templates by the resource that names them', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { stackName: 'shop-production', env: { region: 'eu-west-1', account: '111122223333' } });
  stack.addTransform('AWS::LanguageExtensions');
  new CfnParameter(stack, 'Version', { default: 'HTTP2' });
  new CfnOutput(stack, 'Out', { value: `${stack.region} ${stack.stackName}`, exportName: 'out' });
  const nested = new NestedStack(stack, 'Nested');
  new Shop(nested, 'Shop');
  const [input] = stacksOf(app).map(render);
  expect(input).toMatchObject({
    stack: 'shop-production',
    stackPath: 'Stack',
    region: 'eu-west-1',
    account: '111122223333',
    body: {
      Transform: ['AWS::LanguageExtensions'],
      Parameters: { Version: { Default: 'HTTP2' } },
      Outputs: { Out: { Value: 'eu-west-1 shop-production', Export: { Name: 'out' } } },
    },
    nested: { [stack.resolve(nested.nestedStackResource!.logicalId)]: { stackPath: 'Stack/Nested', region: 'eu-west-1' } },
  });
});

test('rendering leaves no trace: a later synth writes the same template', () => {
  const build = () => {
    const app = new App();
    const { targetGroup } = new Shop(new Stack(app, 'Backend'), 'Shop');
    frontend(new Stack(app, 'Frontend'), targetGroup.ref);
    return app;
  };
  const untouched = build();
  const checked = build();
  new HandshakeChecks(checked).validateScope(checked);
  const templates = (app: App) => app.synth().stacks.map(({ template }) => template);
  expect(templates(checked)).toEqual(templates(untouched));
});

test('after a synth it finds the same', () => {
  const app = new App();
  const { targetGroup } = new Shop(new Stack(app, 'Backend'), 'Shop');
  frontend(new Stack(app, 'Frontend'), targetGroup.ref);
  const find = () => new HandshakeChecks(app).validateScope(app).violations.map(({ description }) => description);
  const before = find();
  app.synth();
  expect(find()).toEqual(before);
});
