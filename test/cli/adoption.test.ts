// Changes, baselines and acknowledgements, as users ask for them on the command line.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { main } from '../../src/cli/main';
import { HandshakeChecks } from '../../src/pack/handshake-checks';
import { albTemplate, template } from '../templates';

// The CDK's own validation takes seconds, and is no matter here.
process.env.CDK_VALIDATION = 'false';

const folder = mkdtempSync(join(tmpdir(), 'handshake-adoption-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return path;
}

function run(...args: string[]) {
  const texts = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({ write: (text: string) => { texts[name] += text; } }) as unknown as NodeJS.WriteStream;
  const status = main(args, stream('out'), stream('err'));
  return { status, ...texts };
}

const json = ({ out }: { out: string }) => JSON.parse(out);

const GOOD = file('good.json', albTemplate().body);
const HTTP2 = file('http2.json', albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body);

describe('diff', () => {
  test('who loses, why, and exit code 1', () => {
    const { status, out } = run('diff', GOOD, HTTP2);
    expect(status).toBe(1);
    expect(out).toMatch(/Alb -> Listener -> Group \(http/);
    expect(out).toMatch(/lost {6}http\/1\.1, .*python-requests/s);
    expect(out).toMatch(/served -> 464: /);
  });

  test('the other way round, who lost gains and who gained loses', () => {
    const [lost, gained] = [json(run('diff', GOOD, HTTP2, '--format', 'json')), json(run('diff', HTTP2, GOOD, '--format', 'json'))];
    expect(gained.summary).toMatchObject({ lost: lost.summary.gained, gained: lost.summary.lost });
    expect(lost.summary.lost).toBeGreaterThan(3);
  });

  test('the same: nothing', () => {
    expect(run('diff', GOOD, GOOD)).toMatchObject({ status: 0, out: 'every client fares as before on every path\n' });
  });

  test('a place that is gone is lost', () => {
    const nothing = file('topic.json', template({ Topic: { Type: 'AWS::SNS::Topic' } }).body);
    const { status, out } = run('diff', GOOD, nothing);
    expect(status).toBe(1);
    expect(out).toMatch(/served -> no such place/);
  });

  test('what cannot be told any more is unclear, and fails on demand', () => {
    const unknown = file('unknown.json', albTemplate({ group: { ProtocolVersion: { Ref: 'Version' } }, sections: { Parameters: { Version: { Type: 'String' } } } }).body);
    expect(run('diff', GOOD, unknown).status).toBe(0);
    expect(run('diff', GOOD, unknown, '--fail-on', 'unclear').status).toBe(1);
    expect(json(run('diff', GOOD, unknown, '--format', 'json')).differences).toContainEqual(expect.objectContaining({ turn: 'unclear', clients: expect.arrayContaining(['http/1.1']) }));
  });

  test('one thing alone cannot be compared', () => {
    expect(run('diff', GOOD)).toMatchObject({ status: 2, err: expect.stringMatching(/^cdk-handshake: diff wants two things.*\n$/) });
    expect(run('diff', GOOD, join(folder, 'none.json'))).toMatchObject({ status: 2, err: expect.stringMatching(/none\.json: no such file/) });
  });
});

describe('what-if', () => {
  test('a higher TLS floor', () => {
    const { status, out, err } = run('what-if', GOOD, '--set', 'Listener.SslPolicy=ELBSecurityPolicy-TLS13-1-3-2021-06');
    expect(status).toBe(1);
    expect(out).toMatch(/lost {6}tls1\.2-only, java-8\n/);
    expect(err).toBe('Listener Properties.SslPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06"\n');
  });

  test('the templates on the disk stay as they are', () => {
    const before = readFileSync(GOOD, 'utf8');
    run('what-if', GOOD, '--posture', 'strict');
    expect(readFileSync(GOOD, 'utf8')).toBe(before);
  });

  test('a posture: every entry point, each with its own name', () => {
    const both = file('both.json', template({
      ...(albTemplate().body as { Resources: object }).Resources,
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'a', EndpointConfiguration: { Types: ['REGIONAL'] } } },
    }).body);
    const { set } = json(run('what-if', both, '--posture', 'strict', '--format', 'json'));
    expect(set).toEqual(expect.arrayContaining([
      { resource: 'Listener', property: 'Properties.SslPolicy', value: expect.stringMatching(/^ELBSecurityPolicy-TLS13-1-3/) },
      { resource: 'Api', property: 'Properties.SecurityPolicy', value: expect.stringMatching(/^SecurityPolicy_TLS13_1_3/) },
      { resource: 'Api', property: 'Properties.EndpointAccessMode', value: 'BASIC' },
    ]));
  });

  test('a posture leaves alone what is cleartext: a redirect to HTTPS takes no policy', () => {
    const redirecting = file('redirecting.json', template({
      ...(albTemplate().body as { Resources: object }).Resources,
      Redirect: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Alb' }, Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }] } },
    }).body);
    const { set } = json(run('what-if', redirecting, '--posture', 'strict', '--format', 'json'));
    expect(set.map(({ resource }: { resource: string }) => resource)).toEqual(['Listener']);
  });

  test('what may be of several kinds is left alone, which is said', () => {
    const either = { 'Fn::If': ['Near', 'REGIONAL', 'EDGE'] };
    const unsure = file('unsure.json', template({
      Either: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'a', EndpointConfiguration: { Types: [either] } } },
      Said: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'b', EndpointConfiguration: { Types: ['EDGE'] } } },
      Nothing: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'PRIVATE' } },
    }, { Conditions: { Near: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } } }).body);
    const { out, err } = run('what-if', unsure, '--posture', 'strict', '--format', 'json');
    expect(err).toMatch(/Either \(AWS::ApiGateway::RestApi\) is left as it is/);
    const policies = JSON.parse(out).set.filter(({ property }: { property: string }) => property.endsWith('SecurityPolicy'));
    expect(policies.map(({ resource }: { resource: string }) => resource)).toEqual(['Said', 'Nothing']);
    expect(policies[0].value).toBe(policies[1].value);
  });

  test('values are JSON, or else text; nothing takes the property away', () => {
    const { set } = json(run('what-if', GOOD, '--format', 'json', '--set', 'Listener.Port=8443', '--set', 'Group.ProtocolVersion=', '--set', 'Alb.Scheme=internal'));
    expect(set).toEqual([
      { resource: 'Listener', property: 'Properties.Port', value: 8443 },
      { resource: 'Group', property: 'Properties.ProtocolVersion' },
      { resource: 'Alb', property: 'Properties.Scheme', value: 'internal' },
    ]);
  });

  test('into lists, and into Metadata', () => {
    const idle = albTemplate({ attributes: { 'idle_timeout.timeout_seconds': '120' } });
    const path = file('idle.json', idle.body);
    expect(json(run('what-if', path, '--format', 'json', '--set', 'Alb.LoadBalancerAttributes.0.Value=30', '--set', 'Group.Metadata.cdk-handshake.server.only=true')).set).toHaveLength(2);
  });

  test.each<[string, string, RegExp]>([
    ['an unknown resource', 'Listner.SslPolicy=x', /Listner is no resource of these templates/],
    ['no value', 'Listener.SslPolicy', /write it as RESOURCE\.PROPERTY=VALUE/],
    ['a step into a text', 'Listener.SslPolicy.Name=x', /Listener\.Properties\.SslPolicy is "/],
    ['a step into an expression', 'Listener.LoadBalancerArn.Name=x', /is an expression \(Ref\)/],
    ['a step past the end of a list', 'Listener.DefaultActions.7.Type=forward', /has no "7"/],
    ['a step into prototypes', 'Listener.__proto__.polluted=1', /has no "__proto__"/],
  ])('%s', (_, set, says) => {
    const { status, err } = run('what-if', GOOD, '--set', set);
    expect({ status, err }).toEqual({ status: 2, err: expect.stringMatching(says) });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('a logical id of two stacks wants the stack', () => {
    const { err, status } = run('what-if', GOOD, HTTP2, '--set', 'Group.Port=1');
    expect({ status, err }).toEqual({ status: 2, err: expect.stringMatching(/in several stacks: good\/Group, http2\/Group/) });
    expect(run('what-if', GOOD, HTTP2, '--set', 'good/Group.ProtocolVersion=HTTP2').status).toBe(1);
  });
});

describe('baseline', () => {
  const baseline = join(folder, 'baseline.json');
  const outdated = file('estate.json', albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body);

  test('what is known does not fail; what is new does; what is gone goes', () => {
    expect(run('check', outdated).status).toBe(1);
    expect(run('check', outdated, '--baseline', baseline)).toMatchObject({ status: 2, err: expect.stringMatching(/no such file; cdk-handshake baseline writes one/) });
    expect(run('baseline', outdated, '--file', baseline)).toMatchObject({ status: 0, out: expect.stringMatching(/baseline\.json: \d+ findings\n/) });
    expect(run('check', outdated, '--baseline', baseline)).toMatchObject({ status: 0, out: expect.stringMatching(/known from the baseline/) });
    const report = json(run('check', outdated, '--baseline', baseline, '--format', 'json'));
    expect(report.findings).toEqual([]);
    expect(report.known.length).toBeGreaterThan(0);

    // A second fault comes in.
    file('estate.json', albTemplate({ group: { ProtocolVersion: 'HTTP2' }, listener: { SslPolicy: 'ELBSecurityPolicy-TLS-1-0-2015-04' } }).body);
    const fresh = run('check', outdated, '--baseline', baseline, '--format', 'json');
    expect(fresh.status).toBe(1);
    expect(json(fresh).findings.every(({ resource }: { resource: string }) => resource === 'Listener')).toBe(true);
    expect(run('baseline', outdated, '--file', baseline).out).toMatch(/0 taken out; \d+ new ones left out \(--grow adds them\)/);
    expect(run('check', outdated, '--baseline', baseline).status).toBe(1);
    run('baseline', outdated, '--file', baseline, '--grow');
    expect(run('check', outdated, '--baseline', baseline).status).toBe(0);

    // All is mended.
    file('estate.json', albTemplate().body);
    expect(run('check', outdated, '--baseline', baseline).err).toMatch(/are not found any more; cdk-handshake baseline takes them out/);
    run('baseline', outdated, '--file', baseline);
    const kept = JSON.parse(readFileSync(baseline, 'utf8')).findings as { level: string }[];
    expect(kept.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test.each<[string, string]>([['not JSON', '{'], ['another file', '{"name":"x"}'], ['null', 'null'], ['an unknown client', '{"version":1,"findings":[{"rule":"A","stack":"B","resource":"C","level":"error","clients":["nobody"]}]}']])('%s is no baseline', (_, content) => {
    expect(run('check', GOOD, '--baseline', file('odd.json', content))).toMatchObject({ status: 2, err: expect.stringMatching(/--baseline .*odd\.json: (cannot be read|is no baseline)/) });
  });
});

describe('acknowledgements', () => {
  const RULE = 'Http1ClientAtHttp2TargetGroup';

  function assembly(name: string, reason: string, where: (app: App, stack: Stack, group: CfnResource) => App | Stack | CfnResource): string {
    const outdir = join(folder, name);
    const app = new App({ outdir });
    const stack = new Stack(app, 'Shop');
    const { Resources } = albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body as { Resources: Record<string, { Type: string; Properties: object }> };
    for (const [id, { Type: type, Properties: properties }] of Object.entries(Resources)) new CfnResource(stack, id, { type, properties });
    const group = stack.node.findChild('Group') as CfnResource;
    Validations.of(where(app, stack, group)).acknowledge({ id: `Handshake::Handshake-${RULE}`, reason });
    app.synth();
    return outdir;
  }

  test.each<[string, (app: App, stack: Stack, group: CfnResource) => Stack | CfnResource]>([
    ['on the resource', (_, __, group) => group],
    ['on the stack', (_, stack) => stack],
  ])('in a CDK app, %s: the command follows, from the assembly', (name, where) => {
    const outdir = assembly(name.replace(/ /g, '-'), 'only HTTP/2 callers', where);
    const report = run('check', outdir, '--format', 'json');
    expect(json(report).findings.filter(({ rule }: { rule: string }) => rule === RULE)).toEqual([]);
    expect(json(report).acknowledged).toEqual([expect.objectContaining({ rule: RULE, resource: 'Group', acknowledgement: expect.objectContaining({ reason: 'only HTTP/2 callers' }) })]);
    expect(run('acknowledgements', outdir).out).toMatch(new RegExp(`${RULE}  no end  1 finding\n  Shop`));
  });

  test('of the whole app, it is listed once, with its stacks', () => {
    const outdir = join(folder, 'whole-app');
    const app = new App({ outdir });
    for (const name of ['One', 'Two']) {
      const { Resources } = albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body as { Resources: Record<string, { Type: string; Properties: object }> };
      const stack = new Stack(app, name);
      for (const [id, { Type: type, Properties: properties }] of Object.entries(Resources)) new CfnResource(stack, id, { type, properties });
    }
    Validations.of(app).addPlugins(new HandshakeChecks());
    Validations.of(app).acknowledge({ id: `Handshake::Handshake-${RULE}`, reason: 'only HTTP/2 callers' });
    app.synth();
    const { out } = run('acknowledgements', outdir);
    expect(out).toMatch(new RegExp(`^${RULE}  no end  2 findings\n  the app  \\(2 stacks: One, Two\\)\n  only HTTP/2 callers\n$`));
    expect(json(run('acknowledgements', outdir, '--format', 'json')).acknowledgements).toHaveLength(2);
  });

  test('that is over: the finding is back and says so', () => {
    const outdir = assembly('over', 'until the partner moves, expires: 2020-01-31', (_, stack) => stack);
    expect(run('check', outdir)).toMatchObject({ status: 1, out: expect.stringMatching(/does not\s+count any\s+more: it ended on\s+2020-01-31/) });
    expect(run('acknowledgements', outdir)).toMatchObject({ status: 0, out: expect.stringMatching(/ended on 2020-01-31/) });
    expect(run('acknowledgements', outdir, '--fail-on', 'expired').status).toBe(1);
  });

  test('in Metadata of a plain template, of a resource or of the whole', () => {
    const body = albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body as { Resources: Record<string, object> };
    const said = { 'cdk-handshake': { acknowledge: { rule: RULE, reason: 'only HTTP/2 callers' } } };
    const atGroup = { ...body, Resources: { ...body.Resources, Group: { ...body.Resources.Group, Metadata: said } } };
    expect(run('check', file('at-group.json', atGroup)).status).toBe(0);
    expect(run('check', file('at-all.json', { ...body, Metadata: said })).status).toBe(0);
    const elsewhere = { ...body, Resources: { ...body.Resources, Alb: { ...body.Resources.Alb, Metadata: said } } };
    expect(run('check', file('elsewhere.json', elsewhere)).status).toBe(1);
    expect(run('acknowledgements', file('elsewhere.json', elsewhere)).out).toMatch(/about no finding of today/);
  });

  test('without a reason it does not count, and a finding says so', () => {
    const body = albTemplate({ group: { ProtocolVersion: 'HTTP2' } }).body as { Resources: Record<string, object> };
    const silent = { ...body, Resources: { ...body.Resources, Group: { ...body.Resources.Group, Metadata: { 'cdk-handshake': { acknowledge: { rule: RULE } } } } } };
    const { status, out } = run('check', file('silent.json', silent));
    expect(status).toBe(1);
    expect(out).toMatch(/acknowledge wants a rule and a reason/);
  });
});
