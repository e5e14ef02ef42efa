// The rule pages are what the rules say, and what they tell people to write can be written: TypeScript compiles against
// aws-cdk-lib, YAML is YAML, enum members and TLS policies exist. Nobody leaves a placeholder behind.

import * as aws from 'aws-cdk-lib';
import { parseDocument } from 'yaml';
import { compile } from './snippets';
import { stalePages } from '../../scripts/rule-pages';
import * as handshake from '../../src';
import { BY_HAND, pageOf } from '../../src/report/rule-page';
import { RULES } from '../../src/rules';
import { ELB_TLS_POLICIES } from '../../src/systems/elb-tls';

/** Where the enums and enum-like classes that a text may name come from. */
const MODULES = [
  aws, aws.aws_apigateway, aws.aws_apigatewayv2, aws.aws_certificatemanager, aws.aws_cloudfront, aws.aws_ec2, aws.aws_ecs,
  aws.aws_elasticloadbalancing, aws.aws_elasticloadbalancingv2, aws.aws_lambda, handshake,
] as unknown as Record<string, Record<string, unknown>>[];

/** All that a rule says about its repair. */
const TEXTS = RULES.map(({ id, fix }): [string, string] => [id, Object.values(fix).join('\n')]);

test('the pages are current', () => {
  expect(stalePages()).toEqual([]);
});

test('what is written by hand is kept', () => {
  const byHand = `${BY_HAND}\n\n## More\n\nA story.\n`;
  const page = pageOf(RULES[0], `# Some old text\n\n${byHand}`);
  expect(page).toBe(`${pageOf(RULES[0])}\n${byHand}`);
  expect(pageOf(RULES[0], page)).toBe(page);
});

describe('TypeScript snippets', () => {
  const WRONG: [string, string][] = [
    ['wrong member', 'sslPolicy: elbv2.SslPolicy.TLS14_RES'],
    ['wrong property', 'new elbv2.ApplicationLoadBalancer(this, \'Alb\', { vpc, http3Enabled: true });'],
    ['wrong syntax', 'listener.addAction(;'],
  ];
  let faults: Map<string, string>;

  beforeAll(() => {
    const snippets = RULES.flatMap(({ id, fix }): [string, string][] => (fix.ts === undefined ? [] : [[id, fix.ts]]));
    faults = compile(new Map([...snippets, ...WRONG]));
  }, 120_000);

  test('compile against aws-cdk-lib', () => {
    expect([...faults].filter(([key]) => !key.startsWith('wrong'))).toEqual([]);
  });

  test.each(WRONG)('%s is found', (key) => {
    expect(faults.get(key)).toBeDefined();
  });
});

test('YAML snippets parse', () => {
  const wrong = RULES.flatMap(({ id, fix }) => parseDocument(fix.yaml ?? '', { logLevel: 'silent' }).errors.map(({ message }) => `${id}: ${message}`));
  expect(wrong).toEqual([]);
});

test('TLS policies of load balancers exist', () => {
  const named = TEXTS.flatMap(([id, text]) => (text.match(/ELBSecurityPolicy-[\w-]*\w/g) ?? []).map((name) => [id, name]));
  expect(named.filter(([, name]) => !ELB_TLS_POLICIES.some((policy) => policy.name === name))).toEqual([]);
});

test('enum members exist', () => {
  const named = TEXTS.flatMap(([id, text]) => [...text.matchAll(/\b([A-Z][a-z]\w+)\.([A-Z][A-Z0-9_]+)\b/g)].map(([, name, member]) => ({ id, name, member })));
  const wrong = named.filter(({ name, member }) => !MODULES.some((module) => module[name]?.[member] !== undefined));
  expect(wrong).toEqual([]);
});

test('no placeholder is left behind', () => {
  expect(RULES.filter((rule) => JSON.stringify(rule).includes('TODO')).map(({ id }) => id)).toEqual([]);
});
