// Walks every client that must be served along every path, and every one that must not along every door; runs the
// errands of the systems (health checks, refusals at deployment, advice). Yields complaints and the rows of the table.
// Not here: what a complaint is called and how loud it is (rules/).

import { Client, CLIENTS, Kind, Outcome } from '../protocol';
import { Answer, Entry, Errand, Intent, Request, Sample, Sender, System, Walk } from '../systems';
import { asText, Resource } from '../template';
import { Caller, Profile } from './profile';
import { Complaint, join, Verdict } from './verdict';

export { Profile } from './profile';
export type { Need } from './profile';
export type { Complaint } from './verdict';

/** A row of the path table. */
export interface Row {
  readonly entry: Resource;
  readonly trace: readonly Resource[];
  readonly kind: Kind | 'health-check';
  readonly at?: string;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

export interface Walked {
  readonly complaints: readonly Complaint[];
  readonly rows: readonly Row[];
}

/** @param table whether the rows of the path table are wanted as well */
export function walkAll(systems: readonly System[], profile: Profile, table: boolean = true): Walked {
  const complaints: Complaint[] = [];
  const rows: Row[] = [];
  const entries = systems.flatMap((system) => system.entries);
  const errands = systems.flatMap((system) => system.errands);
  const refused = refusals(errands, profile, complaints);
  const kinds = new Set(entries.flatMap((entry) => entry.samples.flatMap((sample) => (sample.callers ? [] : sample.kinds.map(({ kind }) => kind)))));
  const homeless = profile.homeless(kinds);
  for (const entry of entries) {
    const walked = walkEntry(entry, profile, homeless, refused, complaints, table);
    if (table) rows.push(...walked);
    walkOutdated(entry, profile, complaints);
  }
  for (const errand of errands) {
    if (errand.kind === 'health-check') rows.push(walkHealthCheck(errand, profile, refused, complaints));
    if (errand.kind === 'advice') complain(complaints, run(errand, profile), profile.anyone, 'advice', [errand.resource.id]);
  }
  return { complaints, rows };
}

/** Resources that CloudFormation or the service refuses: whoever comes gets nothing. */
function refusals(errands: readonly Errand[], profile: Profile, complaints: Complaint[]): Set<Resource> {
  const refused = new Set<Resource>();
  for (const errand of errands) {
    if (errand.kind !== 'deployment') continue;
    const verdict = run(errand, profile);
    if (verdict.certainty === 'certain' && verdict.failures.length) refused.add(errand.resource);
    complain(
      complaints,
      verdict,
      profile.anyone,
      'deployment',
      verdict.trace.map(({ id }) => id),
    );
  }
  return refused;
}

function walkEntry(
  entry: Entry,
  profile: Profile,
  homeless: readonly Kind[],
  refused: ReadonlySet<Resource>,
  complaints: Complaint[],
  table: boolean,
): Row[] {
  const rows = new Map<string, { row: Row; verdicts: Map<string, Verdict> }>();
  const both = schemes(entry);
  const habitsOf = habitsAt(entry);
  for (const scheme of both) {
    for (const sample of entry.samples) {
      for (const intent of intents(sample, homeless)) {
        const verdicts = new Map<string, Verdict>();
        const walked = new Map<string, { readonly client: Client; readonly verdict: Verdict }>();
        const callers = sample.callers?.map((id): Caller => ({ client: CLIENTS[id], need: 'intended' }));
        for (const caller of callers ?? profile.callers(intent, scheme, both)) {
          const { client } = caller;
          const habits = scheme === 'https' ? habitsOf(client) : undefined;
          const known = habits === undefined ? undefined : walked.get(habits);
          const verdict = known
            ? table ? withOffer(known.verdict, known.client, client) : known.verdict
            : deployable(join(Walk.all((walk) => entry.receive(request(client, scheme, sample), walk))), refused);
          if (habits !== undefined && !known) walked.set(habits, { client, verdict });
          verdicts.set(client.id, verdict);
          if (verdict.failures.length) complain(complaints, verdict, client.id, caller.need, [client.id, ...verdict.trace.map(({ id }) => id)]);
        }
        if (table && verdicts.size) addRow(rows, entry, sample, intent.kind, verdicts);
      }
    }
  }
  return [...rows.values()].map(({ row }) => row);
}

/** Clients that differ in their TLS versions alone, and all get past the handshake, have one walk in common. */
function habitsAt(entry: Entry): (client: Client) => string | undefined {
  const known = new Map<Client, string | undefined>();
  return (client) => {
    if (!known.has(client)) {
      const shared = entry.admits?.(sender(client)) ?? false;
      known.set(client, shared ? `${client.versions.join()} ${client.alpn.join()} ${client.setsHeaders} ${client.needsAlpn}` : undefined);
    }
    return known.get(client);
  };
}

/** What one client ends up with, for another that offers other TLS versions. */
function withOffer(verdict: Verdict, walked: Client, { tls }: Client): Verdict {
  return { ...verdict, legs: verdict.legs.map((leg) => (leg.offers === walked.tls ? { ...leg, offers: tls } : leg)) };
}

function intents(sample: Sample, homeless: readonly Kind[]): Intent[] {
  const open = sample.kinds.some(({ kind, by }) => kind === 'http' && by === 'assumed');
  return open ? [...sample.kinds, ...homeless.map((kind): Intent => ({ kind, by: 'assumed' }))] : [...sample.kinds];
}

/** One row per sequence of hops and kind; a second place with the same outcomes is the same row. */
function addRow(
  rows: Map<string, { row: Row; verdicts: Map<string, Verdict> }>,
  entry: Entry,
  sample: Sample,
  kind: Kind,
  verdicts: Map<string, Verdict>,
): void {
  const trace = [...verdicts.values()].reduce<readonly Resource[]>(
    (best, verdict) => (verdict.trace.length > best.length ? verdict.trace : best),
    [],
  );
  const key = `${kind} ${trace.map(({ key: id }) => id).join(' ')}`;
  const before = rows.get(key);
  const differs =
    before && [...verdicts].some(([id, verdict]) => (before.verdicts.get(id)?.outcome ?? verdict.outcome) !== verdict.outcome);
  if (before && !differs) {
    for (const [id, verdict] of verdicts) if (!before.verdicts.has(id)) before.verdicts.set(id, verdict);
    return;
  }
  rows.set(differs ? `${key} ${sample.says ?? ''}` : key, {
    row: { entry: entry.resource, trace, kind, at: sample.says, verdicts },
    verdicts,
  });
}

/** Clients that must be turned away and are not: outdated ones at the TLS handshake, others anywhere on their way. */
function walkOutdated(entry: Entry, profile: Profile, complaints: Complaint[]): void {
  const { tlsSetting, samples } = entry;
  for (const { client, need } of profile.outdated()) {
    if (!OUTDATED_TLS.has(client.id)) {walkRefused(entry, client, complaints);} else if (tlsSetting && samples.length > 0 && schemes(entry).includes('https')) {
      const branches = Walk.all((walk) => entry.receive(request(client, 'https', samples[samples.length - 1]), walk));
      const verdict = join(branches.map((branch) => ({ ...branch, answer: admitted(branch.answer, client, tlsSetting, need === 'refused') })));
      complain(complaints, verdict, client.id, need, [client.id, tlsSetting.resource.id]);
    }
  }
}

const OUTDATED_TLS: ReadonlySet<string> = new Set(['tls1.0', 'tls1.1', 'tls1.2-only', 'tls1.3-only']);

/** A client that is refused by name, on every path of its kind. */
function walkRefused(entry: Entry, client: Client, complaints: Complaint[]): void {
  for (const scheme of schemes(entry)) {
    if (scheme === 'https' ? client.tls.length === 0 : !client.cleartext) continue;
    for (const sample of entry.samples.filter(({ kinds }) => kinds.some(({ kind }) => kind === client.kind))) {
      const verdict = join(Walk.all((walk) => entry.receive(request(client, scheme, sample), walk)));
      if (verdict.outcome !== 'served') continue;
      const path = [client.id, ...verdict.trace.map(({ id }) => id)];
      const why = 'no hop on the path turns the client away, which is refused by name';
      const fault = { cause: 'RefusedClientServed', resource: entry.resource, property: 'Properties', why, certainty: 'certain' as const };
      complain(complaints, { ...verdict, failures: [{ fault, outcome: verdict.outcome, assumptions: verdict.assumptions }] }, client.id, 'refused', path);
    }
  }
}

function admitted(answer: Answer, client: Client, at: NonNullable<Entry['tlsSetting']>, asked: boolean): Answer {
  if (answer.outcome === 'tls-handshake-failure') return { outcome: 'served' };
  if (answer.outcome === 'unknown') return { outcome: 'unknown', note: answer.note };
  const byDefault = at.value.kind === 'absent';
  const policy = byDefault ? 'no TLS policy is set, and the default' : `the TLS policy (${asText(at.value) ?? 'as written'})`;
  return {
    outcome: 'served',
    fault: {
      cause: at.cause?.(asked) ?? 'OutdatedTlsAccepted',
      resource: at.resource,
      property: at.property,
      certainty: 'certain',
      byDefault,
      why: `${policy} lets in callers with TLS ${client.tls.join(' or ')}`,
    },
  };
}

function walkHealthCheck(errand: Errand, profile: Profile, refused: ReadonlySet<Resource>, complaints: Complaint[]): Row {
  const verdict = deployable(run(errand, profile), refused);
  complain(complaints, verdict, 'health-check', 'health-check', ['health-check', ...verdict.trace.map(({ id }) => id)]);
  return { entry: errand.resource, trace: verdict.trace, kind: 'health-check', verdicts: new Map([['health-check', verdict]]) };
}

/** What is refused at deployment serves nobody; the refusal is the finding, not what would come after it. */
function deployable(verdict: Verdict, refused: ReadonlySet<Resource>): Verdict {
  const culprit = verdict.trace.find((resource) => refused.has(resource));
  return culprit ? { ...verdict, outcome: 'deployment-failure' as Outcome, failures: [], note: `${culprit.id} cannot be deployed` } : verdict;
}

function run(errand: Errand, profile: Profile): Verdict {
  return join(Walk.all((walk) => errand.go(walk, profile.serve)));
}

function complain(
  complaints: Complaint[],
  verdict: Verdict,
  client: Complaint['client'],
  need: Caller['need'] | 'health-check' | 'deployment' | 'advice',
  path: readonly string[],
): void {
  for (const { fault, outcome, assumptions } of verdict.failures) {
    complaints.push({ fault, outcome, certainty: fault.certainty, client: fault.client ?? client, need, path, assumptions });
  }
}

function schemes(entry: Entry): readonly ('http' | 'https')[] {
  const found = new Set<'http' | 'https'>();
  Walk.all((walk) => {
    for (const scheme of entry.schemes(walk)) found.add(scheme);
    return { outcome: 'served' };
  });
  return [...found];
}

function request(client: Client, scheme: 'http' | 'https', sample: Sample): Request {
  return { kind: client.kind, scheme, sender: sender(client), target: sample.target, setsHeaders: client.setsHeaders, meant: sample.meant };
}

function sender(client: Client): Sender {
  return { versions: client.versions, alpn: client.alpn, tls: client.tls, needsAlpn: client.needsAlpn ?? false, name: 'the client' };
}
