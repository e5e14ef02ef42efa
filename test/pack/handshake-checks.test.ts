// The pack as the framework runs it: what it reports on which construct, and what fails a synth.
// Each test reads the validation report that the framework wrote, not what the pack returned.

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CfnResource, CfnStack, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { frontend, RULE, Shop } from './shop';
import { synth } from './synth';
import { HandshakeChecks, HandshakeChecksProps, RuleLevel } from '../../src';
import { RULES } from '../../src/rules';

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

function check(props?: HandshakeChecksProps) {
  Validations.of(app).addPlugins(new HandshakeChecks(app, props));
  return synth(app);
}

function file(name: string, content: unknown): string {
  const written = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'handshake-')), name);
  fs.writeFileSync(written, JSON.stringify(content));
  return written;
}

test('a finding keeps its own message, repair, level, place and metadata', () => {
  new Shop(stack, 'One');
  new Shop(stack, 'Two');
  const { violations, error } = check();
  const [one, two] = violations.filter(({ ruleName }) => ruleName === `Handshake-${RULE}`);
  expect(one).toMatchObject({
    description: expect.stringMatching(/http\/1\.1 gets 464 at OneTargets/),
    suggestedFix: expect.stringContaining('ApplicationProtocolVersion.HTTP1'),
    severity: 'error',
    ruleMetadata: {
      client: 'http/1.1',
      clients: 'http/1.1',
      outcome: '464',
      certainty: 'certain',
      path: expect.stringMatching(/^http\/1\.1 -> OneBalancer\w+ -> OneListener\w+ -> OneTargets\w+$/),
      page: `https://github.com/cdk-handshake/cdk-handshake/blob/main/docs/rules/${RULE}.md`,
    },
    violatingConstructs: [{
      constructPath: 'Stack/One/Targets',
      cloudFormationResource: { templatePath: 'Stack.template.json', logicalId: expect.stringMatching(/^OneTargets/), propertyPaths: ['Properties.ProtocolVersion'] },
    }],
  });
  expect(two.description).toMatch(/464 at TwoTargets/);
  expect(error).toContain(`Acknowledge with 'Handshake::Handshake-${RULE}'`);
});

test('escape sequences that a template holds are shown, not sent to the terminal', () => {
  const balancer = new CfnResource(stack, 'Alb', { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', properties: { Type: 'application' } });
  new CfnResource(stack, 'Listener', {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: { LoadBalancerArn: balancer.ref, Protocol: 'HTTPS', Port: 443, SslPolicy: 'ELB\u001b[2J\u202eSecurityPolicy', DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }] },
  });
  const texts = check().violations.filter(({ ruleName }) => ruleName === 'Handshake-UnknownTlsPolicy').map(({ description }) => description);
  expect(texts).toEqual([expect.stringContaining('ELB\\u001b[2J\\u202eSecurityPolicy')]);
  expect(texts.join()).not.toMatch(/[\u001b\u202e]/);
});

test('a user\'s unit test sees the failure where it synthesizes', () => {
  new Shop(stack, 'Shop');
  Validations.of(app).addPlugins(new HandshakeChecks(app));
  expect(() => Template.fromStack(stack)).toThrow(/gets 464 at ShopTargets/);
});

describe('resources however they are made', () => {
  test('a generic resource', () => {
    const group = new CfnResource(stack, 'Generic', {
      type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      properties: { TargetType: 'ip', VpcId: 'vpc-1', Port: 8080, Protocol: 'HTTP', ProtocolVersion: 'HTTP2' },
    });
    frontend(stack, group.ref);
    expect(check().errors).toEqual(['Stack/Generic']);
  });

  test('a raw override', () => {
    new Shop(stack, 'Shop', 'HTTP1').targetGroup.addPropertyOverride('ProtocolVersion', 'HTTP2');
    expect(check().errors).toEqual(['Stack/Shop/Targets']);
  });

  test('an override that repairs', () => {
    new Shop(stack, 'Shop', 'HTTP2').targetGroup.addPropertyOverride('ProtocolVersion', 'HTTP1');
    expect(check().errors).toEqual([]);
  });

  test('an included template, whose own path metadata is a stranger\'s', () => {
    const other = new Stack(new App({ context: { 'aws:cdk:enable-path-metadata': true } }), 'Stack');
    new Shop(other, 'Elsewhere');
    new CfnInclude(stack, 'Included', { templateFile: file('included.json', { Resources: Template.fromStack(other).toJSON().Resources }) });
    expect(check().errors).toEqual([expect.stringMatching(/^Stack\/Included\/ElsewhereTargets/)]);
    expect(new HandshakeChecks().validateScope(stack).violations).toHaveLength(2);
  });

  test('a path across two stacks', () => {
    const targets = new Shop(new Stack(app, 'Backend'), 'Shop', 'HTTP1').targetGroup;
    targets.addPropertyOverride('ProtocolVersion', 'HTTP2');
    frontend(stack, targets.ref);
    expect(check().errors).toEqual(['Backend/Shop/Targets']);
  });
});

describe.each([
  ['without metadata, as in a unit test', {}],
  ['with metadata, as under the CLI', { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }],
])('nested stacks, %s', (_name, context) => {
  beforeEach(() => {
    app = new App({ context });
    stack = new Stack(app, 'Stack');
  });

  test('are checked once, with their own template', () => {
    const nested = new NestedStack(stack, 'Nested');
    new Shop(nested, 'Shop');
    new Shop(new NestedStack(nested, 'Inner'), 'Shop');
    const { violations, errors } = check();
    expect(errors).toEqual(['Stack/Nested/Inner/Shop/Targets', 'Stack/Nested/Shop/Targets']);
    const templates = violations.map(({ violatingConstructs }) => violatingConstructs[0].cloudFormationResource.templatePath);
    expect([...new Set(templates)].sort()).toEqual([expect.stringMatching(/^StackNested\w+\.nested\.template\.json$/), expect.stringMatching(/^StackNestedInner\w+\.nested\.template\.json$/)]);
  });

  test('pass values to and fro', () => {
    const backend = new CfnResource(new NestedStack(stack, 'Backend'), 'Targets', {
      type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      properties: { TargetType: 'ip', VpcId: 'vpc-1', Port: 8080, Protocol: 'HTTP', ProtocolVersion: 'HTTP2' },
    });
    frontend(new NestedStack(stack, 'Frontend'), backend.ref);
    expect(check().errors).toEqual(['Stack/Backend/Targets']);
  });
});

test('a nested template that no construct made is reported at the resource that names it', () => {
  app = new App({ context: { 'aws:cdk:enable-asset-metadata': true } });
  stack = new Stack(app, 'Stack');
  const other = new Stack(new App(), 'Other');
  new Shop(other, 'Shop');
  const asset = new Asset(stack, 'Template', { path: file('nested.json', Template.fromStack(other).toJSON()) });
  const nested = new CfnStack(stack, 'Nested', { templateUrl: asset.httpUrl });
  asset.addResourceMetadata(nested, 'TemplateURL');
  expect(check().errors).toEqual(['Stack/Nested']);
});

test('stacks without resources are nothing to complain about', () => {
  new NestedStack(stack, 'Nested');
  new Stack(app, 'Empty');
  expect(check()).toMatchObject({ error: undefined, violations: [] });
});

describe('what fails a synth', () => {
  test('an error', () => {
    new Shop(stack, 'Shop');
    expect(check().error).toBeDefined();
  });

  test.each([RuleLevel.WARNING, RuleLevel.INFO])('not a %s alone, which is reported nevertheless', (level) => {
    new Shop(stack, 'Shop');
    const { error, violations } = check({ levels: { [RULE]: level } });
    expect(error).toBeUndefined();
    expect(violations).toContainEqual(expect.objectContaining({ ruleName: `Handshake-${RULE}`, severity: level }));
  });

  test('not a warning beside an acknowledged error, after which the framework decides anew', () => {
    const warned = new Shop(stack, 'Warned').targetGroup;
    warned.addPropertyOverride('ProtocolVersion', undefined);
    Validations.of(stack).acknowledge({ id: `Handshake::Handshake-${RULE}`, reason: 'all callers speak HTTP/2' });
    new Shop(stack, 'Acknowledged');
    expect(check().error).toBeUndefined();
  });
});

describe('settings', () => {
  test.each([RULE, `Handshake-${RULE}`, `Handshake::Handshake-${RULE}`])('exclude: %s', (id) => {
    new Shop(stack, 'Shop');
    expect(check({ exclude: [id] }).errors).toEqual([]);
  });

  test('an unknown rule is refused with a hint', () => {
    expect(() => new HandshakeChecks(app, { exclude: ['Http1ClientAtHttp2TargetGrop'] }))
      .toThrow(/'Http1ClientAtHttp2TargetGrop' in 'exclude' is not the id of a rule\. Did you mean 'Http1ClientAtHttp2TargetGroup'\?/);
    expect(() => new HandshakeChecks(app, { levels: { Nothing: RuleLevel.INFO } })).toThrow(/'Nothing' in 'levels'/);
  });

  test('verbose adds why', () => {
    new Shop(stack, 'Shop');
    const why = RULES.find(({ id }) => id === RULE)!.why;
    expect(check({ verbose: true }).violations[0].description).toContain(why);
  });

  test('writeSuppressionsToCloudFormation writes acknowledgements into the template', () => {
    const { targetGroup } = new Shop(stack, 'Shop');
    Validations.of(targetGroup).acknowledge({ id: `Handshake::Handshake-${RULE}`, reason: 'all callers speak HTTP/2' });
    check({ writeSuppressionsToCloudFormation: true });
    Template.fromStack(stack).hasResource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Metadata: { cdk_nag: { rules_to_suppress: [{ id: `Handshake::Handshake-${RULE}`, reason: 'all callers speak HTTP/2' }] } },
    });
  });

  test('the plugin tells its name, version and rules', () => {
    const checks = new HandshakeChecks(app, { exclude: [RULE] });
    expect(checks.name).toBe('Handshake');
    expect(checks.readPackName).toBe('Handshake');
    expect(checks.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(checks.ruleIds).toEqual(RULES.map(({ id }) => `Handshake-${id}`).filter((id) => id !== `Handshake-${RULE}`));
  });
});
