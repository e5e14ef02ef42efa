// Who may acknowledge a finding, in which spelling, and what the report keeps of it. The same fault stands in two stacks;
// an acknowledgement in one must never silence the other.

import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { RULE, Shop } from './shop';
import { placesOf, synth } from './synth';
import { HandshakeChecks } from '../../src';

const PRINTED = `Handshake::Handshake-${RULE}`;
const BARE = `Handshake-${RULE}`;

interface Places {
  readonly app: App;
  readonly stage: Stage;
  readonly stack: Stack;
  readonly nested: NestedStack;
  readonly construct: Shop;
  readonly resource: IConstruct;
}

let app: App;
let places: Places;

beforeEach(() => {
  app = new App();
  const stage = new Stage(app, 'Stage');
  const stack = new Stack(stage, 'Stack');
  const nested = new NestedStack(stack, 'Nested');
  const construct = new Shop(nested, 'Shop');
  places = { app, stage, stack, nested, construct, resource: construct.targetGroup };
  new Shop(new Stack(app, 'Other'), 'Shop');
  Validations.of(app).addPlugins(new HandshakeChecks(app));
});

const WHERE: (keyof Places)[] = ['resource', 'construct', 'nested', 'stack', 'stage'];
const HERE = 'Stage/Stack/Nested/Shop/Targets';
const ELSEWHERE = 'Other/Shop/Targets';

test('without acknowledgement, both are errors', () => {
  expect(synth(app).errors).toEqual([ELSEWHERE, HERE]);
});

test.each(WHERE)('as printed, on the %s: suppressed with its reason', (where) => {
  Validations.of(places[where]).acknowledge({ id: PRINTED, reason: 'all callers speak HTTP/2' });
  const { errors, suppressed } = synth(app);
  expect(errors).toEqual([ELSEWHERE]);
  expect(suppressed.map((violation) => [violation.reason, violation.acknowledgedAt, ...placesOf(violation)]))
    .toEqual([['all callers speak HTTP/2', places[where].node.path, HERE]]);
});

test.each(WHERE)('bare, on the %s: dropped, as in every cdk-nag pack', (where) => {
  Validations.of(places[where]).acknowledge({ id: BARE, reason: 'all callers speak HTTP/2' });
  const { errors, suppressed } = synth(app);
  expect(errors).toEqual([ELSEWHERE]);
  expect(suppressed).toEqual([]);
});

test.each([PRINTED, BARE])('%s on the app: all', (id) => {
  Validations.of(app).acknowledge({ id, reason: 'all callers speak HTTP/2' });
  expect(synth(app)).toMatchObject({ errors: [], error: undefined });
});

test.each([RULE, 'Handshake-Nothing', 'Handshake::Handshake-Nothing', `Other::Handshake-${RULE}`])('%s is another id: no effect', (id) => {
  Validations.of(app).acknowledge({ id, reason: 'none' });
  expect(synth(app).errors).toEqual([ELSEWHERE, HERE]);
});

test.each(['Handshake::Handshake-NoBalancerLogs', 'Handshake-NoBalancerLogs'])('%s: advice can be acknowledged as well', (id) => {
  Validations.of(app).acknowledge({ id, reason: 'the proxy in front keeps logs' });
  expect(synth(app).violations.map(({ ruleName }) => ruleName)).toEqual([BARE, BARE]);
});

test.each([PRINTED, BARE])('%s: a unit test without synth knows both spellings', (id) => {
  Validations.of(places.nested).acknowledge({ id, reason: 'all callers speak HTTP/2' });
  const { violations } = new HandshakeChecks(app).validateScope(app);
  expect(violations.filter(({ severity }) => severity === 'error').map(({ violatingResources }) => violatingResources[0].constructPath)).toEqual([ELSEWHERE]);
});

describe('with an end', () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const today = new Date().toISOString().slice(0, 10);

  test.each([PRINTED, BARE])('%s: holds until the end of its day', (id) => {
    Validations.of(app).acknowledge({ id, reason: `the partner moves in spring; expires: ${today}` });
    expect(synth(app).errors).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    [PRINTED, yesterday, new RegExp(`acknowledgement at Stage/Stack does not count any more: it ended on ${yesterday}\\. Its reason was: the partner moves`)],
    [BARE, yesterday, /it ended on/],
    [PRINTED, 'soon', /its date "soon" cannot be read/],
    [PRINTED, '2027-02-30', /cannot be read/],
  ])('%s, expires: %s: the finding is back, under a name that nobody has acknowledged', (id, expires, says) => {
    Validations.of(places.stack).acknowledge({ id, reason: `the partner moves; expires: ${expires}` });
    const { errors, violations, error } = synth(app);
    expect(errors).toEqual([ELSEWHERE, HERE]);
    expect(error).toBeDefined();
    const back = violations.find(({ ruleName }) => ruleName.startsWith(`${BARE}[`))!;
    expect(back.ruleName).toMatch(/\[acknowledged .*\]$/);
    expect(back.description).toMatch(says);
  });

  test('one that is over does not undo one that holds', () => {
    Validations.of(places.stack).acknowledge({ id: PRINTED, reason: `old; expires: ${yesterday}` });
    Validations.of(places.construct).acknowledge({ id: PRINTED, reason: 'for good' });
    expect(synth(app).errors).toEqual([ELSEWHERE]);
  });
});
