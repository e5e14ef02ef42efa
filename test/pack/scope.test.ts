// Where the pack is put decides what it reports; however often it is put, each finding is reported once.
// The app of all tests: a stack with a nested one, a Stage beside it, and a Stage inside the stack, as CDK Pipelines has it.

import { App, Aspects, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { RULE, Shop } from './shop';
import { placesOf, synth } from './synth';
import { HandshakeAspect, HandshakeChecks, RuleLevel } from '../../src';

const STACK = 'Stack/Shop/Targets';
const NESTED = 'Stack/Nested/Shop/Targets';
const STAGE = 'Stage/Stack/Shop/Targets';
const INNER = 'Stage/Inner/Stack/Shop/Targets';
const PIPELINE = 'Stack/Pipeline/Stack/Shop/Targets';
const ALL = [NESTED, PIPELINE, STACK, INNER, STAGE];

interface Places {
  readonly app: App;
  readonly stack: Stack;
  readonly nested: NestedStack;
  readonly shop: Shop;
  readonly stage: Stage;
  readonly stageStack: Stack;
  readonly inner: Stage;
  readonly pipeline: Stage;
  readonly pipelineStack: Stack;
}

type Place = keyof Places;

function build(context: Record<string, unknown> = {}): Places {
  const app = new App({ context });
  const stack = new Stack(app, 'Stack');
  const shop = new Shop(stack, 'Shop');
  const nested = new NestedStack(stack, 'Nested');
  const stage = new Stage(app, 'Stage');
  const stageStack = new Stack(stage, 'Stack');
  const inner = new Stage(stage, 'Inner');
  const pipeline = new Stage(stack, 'Pipeline');
  const pipelineStack = new Stack(pipeline, 'Stack');
  for (const scope of [nested, stageStack, new Stack(inner, 'Stack'), pipelineStack]) new Shop(scope, 'Shop');
  return { app, stack, nested, shop, stage, stageStack, inner, pipeline, pipelineStack };
}

const SCOPES: [Place, string[]][] = [
  ['app', ALL],
  ['stack', [NESTED, PIPELINE, STACK]],
  ['nested', [NESTED]],
  ['shop', [STACK]],
  ['stage', [INNER, STAGE]],
  ['stageStack', [STAGE]],
  ['inner', [INNER]],
  ['pipeline', [PIPELINE]],
  ['pipelineStack', [PIPELINE]],
];

describe.each(SCOPES)('on the %s', (place, expected) => {
  test('the pack', () => {
    const places = build();
    Validations.of(places[place]).addPlugins(new HandshakeChecks(places[place]));
    expect(synth(places.app).errors).toEqual([...expected].sort());
  });

  test('the pack, registered with the app', () => {
    const places = build();
    Validations.of(places.app).addPlugins(new HandshakeChecks(places[place]));
    expect(synth(places.app).errors).toEqual([...expected].sort());
  });

  test.each([true, false])('the aspect, with aspect stabilization %s', (stabilization) => {
    const places = build({ '@aws-cdk/core:aspectStabilization': stabilization });
    Aspects.of(places[place]).add(new HandshakeAspect());
    const { errors, error } = synth(places.app);
    expect(errors).toEqual([...expected].sort());
    expect(error).toBeDefined();
  });

  test('validateScope', () => {
    const places = build();
    const { violations, success } = new HandshakeChecks().validateScope(places[place]);
    const errors = violations.filter(({ severity }) => severity === 'error').map(({ violatingResources }) => violatingResources[0].constructPath);
    expect(errors.sort()).toEqual([...expected].sort());
    expect(success).toBe(false);
  });
});

describe('each finding once', () => {
  const twice: [string, (places: Places) => void][] = [
    ['two packs on the app', ({ app }) => packs(app, app)],
    ['a pack on the app and one on a Stage', ({ app, stage }) => packs(app, stage)],
    ['packs on all Stages and the app', ({ app, stage, inner, pipeline }) => packs(stage, inner, pipeline, app)],
    ['a pack on a stack and then one on the app', ({ app, stack }) => packs(stack, app)],
    ['two aspects on the app', ({ app }) => aspects(app, app)],
    ['aspects everywhere', ({ app, stage, inner, pipeline, stack, nested }) => aspects(nested, stack, pipeline, inner, stage, app)],
    ['pack and aspect on the app', ({ app }) => [packs(app), aspects(app)]],
    ['a pack on the app and an aspect on a Stage', ({ app, stage }) => [packs(app), aspects(stage)]],
    ['a pack on a Stage and an aspect on the app', ({ app, stage }) => [packs(stage), aspects(app)]],
    ['one aspect on several places', ({ app, stage, nested }) => {
      const aspect = new HandshakeAspect();
      for (const scope of [nested, stage, app]) Aspects.of(scope).add(aspect);
    }],
    ['one pack registered with the app and a Stage', ({ app, stage }) => {
      const pack = new HandshakeChecks();
      for (const scope of [stage, app]) Validations.of(scope).addPlugins(pack);
    }],
  ];

  test.each(twice)('%s', (_name, put) => {
    const places = build();
    put(places);
    expect(synth(places.app).errors).toEqual([...ALL].sort());
  });
});

describe('a lenient pack never hides what a strict one finds', () => {
  test('a rule that is only a warning on the Stage stays an error for the app', () => {
    const { app, stage } = build();
    Validations.of(app).addPlugins(new HandshakeChecks(app));
    Validations.of(stage).addPlugins(new HandshakeChecks(stage, { levels: { [RULE]: RuleLevel.WARNING } }));
    const { errors, violations } = synth(app);
    expect(errors).toEqual([...ALL].sort());
    expect(violations.filter(({ severity }) => severity === 'warning').flatMap(placesOf).sort()).toEqual([INNER, STAGE]);
  });

  test('a rule that an aspect on the stack leaves out is still checked for the app', () => {
    const { app, stack } = build();
    Aspects.of(app).add(new HandshakeAspect());
    Aspects.of(stack).add(new HandshakeAspect({ exclude: [RULE] }));
    expect(synth(app).errors).toEqual([...ALL].sort());
  });

  test('other settings add their findings and repeat none', () => {
    const { app, stage } = build();
    Validations.of(app).addPlugins(new HandshakeChecks(app, { exclude: [RULE] }));
    Validations.of(stage).addPlugins(new HandshakeChecks(stage));
    const { errors, violations } = synth(app);
    expect(errors).toEqual([INNER, STAGE]);
    const all = violations.map((violation) => `${violation.ruleName} ${placesOf(violation)[0]}`);
    expect(all).toEqual([...new Set(all)]);
  });
});

test('an aspect writes acknowledgements into the template when asked, as the pack does', () => {
  const { app, shop } = build({ '@aws-cdk/core:aspectStabilization': false });
  Validations.of(shop.targetGroup).acknowledge({ id: `Handshake-${RULE}`, reason: 'known' });
  Aspects.of(app).add(new HandshakeAspect({ writeSuppressionsToCloudFormation: true }));
  synth(app);
  expect(shop.targetGroup.getMetadata('cdk_nag')).toEqual({ rules_to_suppress: [{ id: `Handshake-${RULE}`, reason: 'known' }] });
});

function packs(...scopes: IConstruct[]): void {
  for (const scope of scopes) Validations.of(scope).addPlugins(new HandshakeChecks(scope));
}

function aspects(...scopes: IConstruct[]): void {
  for (const scope of scopes) Aspects.of(scope).add(new HandshakeAspect());
}
