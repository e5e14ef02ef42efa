// Findings and path tables held against others: what differs by place, what a baseline knows, what is acknowledged and until when.

import { Outcome } from '../../src/protocol';
import { acknowledge, against, Analysis, baselineOf, differences, Finding, overSays, PathRow, ruleIdOf, termOf } from '../../src/rules';
import { TemplateInput } from '../../src/template';

type Outcomes = Readonly<Record<string, Outcome>>;

function row(outcomes: Outcomes, more: Partial<PathRow> = {}): PathRow {
  return { template: 'a.json', stack: 'A', path: ['Listener', 'Group'], kind: 'http', outcomes, notes: {}, ...more };
}

const analysis = (paths: readonly PathRow[], templates = 1): Analysis => ({ templates, resources: 1, findings: [], paths });

const turns = (before: readonly PathRow[], after: readonly PathRow[], templates = 1) =>
  differences(analysis(before, templates), analysis(after, templates)).map(({ turn, clients, before: was, after: is }) => [turn, clients.join(' '), was.join(' '), is.join(' ')]);

describe('differences', () => {
  test.each<[string, Outcome[], Outcome[], string | undefined]>([
    ['served as before', ['served'], ['served'], undefined],
    ['refused as before', ['464'], ['464'], undefined],
    ['in another order', ['served', '301'], ['301', 'served'], undefined],
    ['shut out', ['served'], ['464'], 'lost'],
    ['redirected, then shut out', ['301'], ['464'], 'lost'],
    ['shut out on one of two ways', ['served'], ['served', '502'], 'lost'],
    ['redirected instead of served', ['served'], ['301'], undefined],
    ['let in', ['464'], ['served'], 'gained'],
    ['let in on the second way too', ['served', '502'], ['served'], 'gained'],
    ['another answer', ['464'], ['502'], 'otherwise'],
    ['fewer ways to fail', ['464', '502'], ['464'], 'otherwise'],
    ['not to be told any more', ['served'], ['unknown'], 'unclear'],
    ['not to be told any more, after a failure', ['464'], ['unknown'], 'unclear'],
    ['a failure on one way, the other unknown', ['served'], ['unknown', '464'], 'lost'],
    ['served on one way, the other unknown', ['served'], ['unknown', 'served'], 'unclear'],
    ['known to be served', ['unknown'], ['served'], undefined],
    ['known to fail', ['unknown'], ['464'], 'unclear'],
    ['a new place that serves', [], ['served'], 'gained'],
    ['a new place that does not', [], ['464'], undefined],
    ['a new place, unknown', [], ['unknown'], undefined],
    ['a place that is gone', ['served'], [], 'lost'],
    ['a place that failed is gone', ['464'], [], undefined],
  ])('%s', (_, before, after, turn) => {
    const rows = (outcomes: readonly Outcome[]) => outcomes.map((outcome, index) => row({ h2: outcome }, { path: ['Listener', `Group${index}`] }));
    expect(turns(rows(before), rows(after)).map(([what]) => what)).toEqual(turn ? [turn] : []);
  });

  test('what stands behind the entry point may change its name', () => {
    expect(turns([row({ h2: 'served' })], [row({ h2: 'served' }, { path: ['Listener', 'GroupV2'] })])).toEqual([]);
  });

  test.each<[string, Partial<PathRow>]>([['kind', { kind: 'grpc' }], ['host and path', { at: '/x' }], ['entry point', { path: ['Other', 'Group'] }]])('another %s is another place', (_, more) => {
    expect(turns([row({ h2: 'served' })], [row({ h2: 'served' }, more)])).toEqual([['lost', 'h2', 'served', ''], ['gained', 'h2', '', 'served']]);
  });

  test('names of stacks count where a side has several templates', () => {
    const moved = [row({ h2: 'served' }, { stack: 'B' })];
    expect(turns([row({ h2: 'served' })], moved, 1)).toEqual([]);
    expect(turns([row({ h2: 'served' })], moved, 2)).toHaveLength(2);
  });

  test('clients that fare alike stand together, with the reason of now; losses come first', () => {
    const why = 'TLS 1.3 only';
    const after = row({ 'java-8': 'tls-handshake-failure', 'tls1.2-only': 'tls-handshake-failure', 'h2': 'served', 'grpc': '502' }, {
      notes: { 'java-8': { hop: 0, why, certainty: 'certain' }, 'tls1.2-only': { hop: 0, why, certainty: 'certain' } },
    });
    const all = differences(analysis([row({ 'java-8': 'served', 'tls1.2-only': 'served', 'h2': '464', 'grpc': '464' })]), analysis([after]));
    expect(all).toEqual([
      { turn: 'lost', stack: 'A', kind: 'http', at: undefined, path: ['Listener', 'Group'], clients: ['java-8', 'tls1.2-only'], before: ['served'], after: ['tls-handshake-failure'], why },
      { turn: 'otherwise', stack: 'A', kind: 'http', at: undefined, path: ['Listener', 'Group'], clients: ['grpc'], before: ['464'], after: ['502'], why: undefined },
      { turn: 'gained', stack: 'A', kind: 'http', at: undefined, path: ['Listener', 'Group'], clients: ['h2'], before: ['464'], after: ['served'], why: undefined },
    ]);
  });
});

function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'TlsFloorAboveClient',
    level: 'error',
    certainty: 'certain',
    template: 'a.json',
    stack: 'A',
    resource: 'Listener',
    property: 'Properties.SslPolicy',
    client: 'h2',
    clients: ['h2'],
    outcome: 'tls-handshake-failure',
    path: [],
    paths: [],
    message: 'It fails.',
    fix: '',
    assumptions: [],
    sources: [],
    ...more,
  };
}

describe('a baseline', () => {
  const known = baselineOf([finding({ level: 'warning', clients: ['wss', 'h2'] })]);

  test('holds what makes a finding this one, in a fixed order', () => {
    expect(known).toEqual([{ rule: 'TlsFloorAboveClient', stack: 'A', resource: 'Listener', level: 'warning', clients: ['h2', 'wss'] }]);
    const [one, other] = [finding({ resource: 'B' }), finding({ resource: 'A' })];
    expect(baselineOf([one, other])).toEqual(baselineOf([other, one]));
    expect(baselineOf([one, other]).map(({ resource }) => resource)).toEqual(['A', 'B']);
  });

  test.each<[string, Partial<Finding>, 'known' | 'fresh']>([
    ['the same', { level: 'warning', clients: ['h2', 'wss'] }, 'known'],
    ['fewer clients', { level: 'warning', clients: ['wss'] }, 'known'],
    ['quieter', { level: 'info' }, 'known'],
    ['another text, another line', { level: 'warning', message: 'Other words.', line: 7, template: 'b.json' }, 'known'],
    ['louder', { level: 'error' }, 'fresh'],
    ['one more client', { level: 'warning', clients: ['h2', 'wss', 'grpc'] }, 'fresh'],
    ['another resource', { level: 'warning', resource: 'Other' }, 'fresh'],
    ['another stack', { level: 'warning', stack: 'B' }, 'fresh'],
    ['another rule', { level: 'warning', rule: 'UnknownTlsPolicy' }, 'fresh'],
  ])('%s', (_, more, where) => {
    const now = finding(more);
    expect(against(known, [now])).toMatchObject({ known: where === 'known' ? [now] : [], fresh: where === 'fresh' ? [now] : [] });
  });

  test('what is not found any more is gone; what is found, louder or not, is not', () => {
    expect(against(known, [])).toEqual({ known: [], fresh: [], gone: known });
    expect(against(known, [finding({ level: 'error' })]).gone).toEqual([]);
  });
});

describe('the term of an acknowledgement', () => {
  test.each<[string, string, 'holds' | 'expired' | 'unreadable']>([
    ['no date', 'for good', 'holds'],
    ['before its day', 'x; expires: 2027-03-01', 'holds'],
    ['on its day', 'x; expires: 2026-11-25', 'holds'],
    ['after its day', 'x; expires: 2026-11-24', 'expired'],
    ['in other letters, followed by words', 'Expires: 2026-11-24, then we mend it', 'expired'],
    ['in brackets', 'x (expires: 2027-01-01)', 'holds'],
    ['no such day', 'expires: 2027-02-29', 'unreadable'],
    ['a leap day', 'expires: 2028-02-29', 'holds'],
    ['words', 'expires: soon', 'unreadable'],
    ['another way to write dates', 'expires: 01.03.2027', 'unreadable'],
    ['a part of another word', 'certificate_expires: soon', 'holds'],
  ])('%s', (_, reason, state) => expect(termOf(reason, '2026-11-25').state).toBe(state));

  test('what is over says so', () => {
    expect(overSays({ at: 'A/B', reason: 'why', expires: '2026-01-01', state: 'expired' })).toBe('The acknowledgement at A/B does not count any more: it ended on 2026-01-01. Its reason was: why');
    expect(overSays({ at: 'A/B', reason: 'why', expires: 'soon', state: 'unreadable' })).toMatch(/its date "soon" cannot be read \(write it as 2027-03-01\)/);
  });

  test.each(['X', 'Handshake-X', 'Handshake::Handshake-X', 'annotation::Handshake-X', 'handshake::Handshake-X'])('%s is rule X', (written) => expect(ruleIdOf(written)).toBe('X'));
});

describe('acknowledge', () => {
  const RULE = 'TlsFloorAboveClient';
  const input = (more: Partial<TemplateInput> = {}): TemplateInput => ({ file: 'a.json', stack: 'A', body: { Resources: { Listener: {}, Other: {} } }, ...more });
  const inApp = (at: string, more: { id?: string; reason?: string; paths?: [string, string[]][] } = {}) => input({
    acknowledged: { rules: [{ at, id: more.id ?? `Handshake::Handshake-${RULE}`, reason: more.reason ?? 'why' }], paths: new Map(more.paths ?? [['Listener', ['A/Alb/Listener/Resource']]]) },
  });
  const today = '2026-11-25';
  const silenced = (one: Finding, template: TemplateInput) => acknowledge([one], [template], today).acknowledged.length === 1;

  test.each<[string, boolean]>([['A', true], ['A/Alb', true], ['A/Alb/Listener/Resource', true], ['', true], ['A/Al', false], ['B', false], ['A/Alb/Listener/Resource/More', false]])('at "%s" of the app: %s', (at, is) => {
    expect(silenced(finding(), inApp(at))).toBe(is);
    expect(silenced(finding({ constructPath: 'A/Alb/Listener/Resource' }), inApp(at, { paths: [] }))).toBe(is);
  });

  test('only its rule, only its template, and no other pack\'s', () => {
    expect(silenced(finding({ rule: 'UnknownTlsPolicy' }), inApp('A'))).toBe(false);
    expect(silenced(finding({ template: 'b.json' }), inApp('A'))).toBe(false);
    expect(silenced(finding(), inApp('A', { id: `Other::Handshake-${RULE}` }))).toBe(false);
    expect(silenced(finding(), inApp('A', { id: `Handshake-${RULE}` }))).toBe(true);
    expect(silenced(finding(), inApp('A', { paths: [] }))).toBe(false);
  });

  test('says who did, where, and how many findings it is about', () => {
    const { acknowledged, all, findings } = acknowledge([finding(), finding({ resource: 'Other' })], [inApp('')], today);
    const said = { rule: RULE, reason: 'why', template: 'a.json', stack: 'A', at: 'the app', state: 'holds' };
    expect(acknowledged).toEqual([{ ...finding(), acknowledgement: said }]);
    expect(all).toEqual([{ ...said, findings: 1 }]);
    expect(findings).toEqual([finding({ resource: 'Other' })]);
  });

  test('in Metadata: of a resource, of the whole, one or a list; with a rule and a reason, or not at all', () => {
    const metadata = (acknowledged: unknown) => ({ 'cdk-handshake': { acknowledge: acknowledged } });
    const at = (where: 'Listener' | 'Other' | 'all', said: unknown) => input({
      body: { Resources: { Listener: {}, Other: {}, ...(where === 'all' ? {} : { [where]: { Metadata: metadata(said) } }) }, ...(where === 'all' ? { Metadata: metadata(said) } : {}) },
    });
    const said = { rule: `Handshake-${RULE}`, reason: 'why' };
    expect(silenced(finding(), at('Listener', said))).toBe(true);
    expect(silenced(finding(), at('Listener', [{ rule: 'X', reason: 'y' }, said]))).toBe(true);
    expect(silenced(finding(), at('all', said))).toBe(true);
    expect(silenced(finding(), at('Other', said))).toBe(false);
    for (const half of [{ rule: RULE }, { rule: RULE, reason: '' }, { reason: 'why' }, { rule: 7, reason: 'why' }, 'words', null, undefined]) expect(silenced(finding(), at('Listener', half))).toBe(false);
    expect(acknowledge([], [at('all', said)], today).all).toEqual([expect.objectContaining({ at: 'the template', findings: 0 })]);
    expect(acknowledge([], [at('Other', said)], today).all).toEqual([expect.objectContaining({ at: 'Other' })]);
  });

  test('of a nested stack, in its own template', () => {
    const child = input({ file: 'child.json', body: { Resources: {}, Metadata: { 'cdk-handshake': { acknowledge: { rule: RULE, reason: 'why' } } } } });
    expect(silenced(finding({ template: 'child.json' }), input({ nested: { Child: child } }))).toBe(true);
    expect(silenced(finding(), input({ nested: { Child: child } }))).toBe(false);
  });

  test('over: reported, with what was said; unless another one holds', () => {
    const over = inApp('A', { reason: 'old; expires: 2026-01-01' });
    expect(acknowledge([finding()], [over], today)).toMatchObject({ acknowledged: [], findings: [{ message: 'It fails. The acknowledgement at A does not count any more: it ended on 2026-01-01. Its reason was: old; expires: 2026-01-01' }] });
    const both = { ...over, acknowledged: { ...over.acknowledged!, rules: [...over.acknowledged!.rules, { at: 'A', id: `Handshake-${RULE}`, reason: 'for good' }] } };
    expect(acknowledge([finding()], [both], today).acknowledged).toMatchObject([{ acknowledgement: { reason: 'for good' } }]);
  });
});
