// The whole analysis: templates in, findings and path table out. Pure; no files, no CDK.
// Levels are decided in level() and nowhere else (docs/decisions/0003-levels.md).

import { Complaint, Profile, Row, walkAll } from '../paths';
import { ClientId, Level, Outcome, TLS_VERSIONS } from '../protocol';
import { systems } from '../systems';
import { declarations, findCycle, own, Resource, TemplateInput, Templates } from '../template';
import { RULES } from './catalogue';
import { Analysis, AnalysisOptions, Finding, PathLeg, PathRow } from './finding';
import { Rule } from './rule';

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** Walks every client along every path of the templates. */
export function analyse(inputs: readonly TemplateInput[], options: AnalysisOptions = {}): Analysis {
  const templates = new Templates(inputs);
  const profile = new Profile(options.serve, options.refuse);
  const { complaints, rows } = walkAll(systems(templates), profile, options.table);
  const excluded = new Set(options.exclude);
  const findings = merge([
    ...complaints,
    ...misread(templates, profile.anyone),
    ...(options.cycles === false ? [] : circles(templates, profile.anyone)),
  ])
    .filter(([{ fault }]) => !excluded.has(fault.cause))
    .map((group) => finding(group, profile, options))
    .sort((a, b) => ORDER[a.level] - ORDER[b.level]);
  let paths: readonly PathRow[] | undefined;
  return {
    templates: inputs.length,
    resources: templates.size,
    findings,
    get paths() {
      return (paths ??= rows.map(pathRow)); // a synth asks for the findings alone
    },
  };
}

const ORDER: Readonly<Record<Level, number>> = { error: 0, warning: 1, info: 2 };

/** One group per root cause and resource to change, however many clients and paths show it. */
function merge(complaints: readonly Complaint[]): Complaint[][] {
  const groups = new Map<string, Complaint[]>();
  for (const complaint of complaints) {
    const key = `${complaint.fault.cause} ${complaint.fault.resource.key}`;
    const group = groups.get(key);
    if (group) group.push(complaint);
    else groups.set(key, [complaint]);
  }
  return [...groups.values()];
}

function finding(group: readonly Complaint[], profile: Profile, options: AnalysisOptions): Finding {
  const leveled = group.map((complaint) => ({ complaint, level: level(complaint, profile) }));
  leveled.sort((a, b) => ORDER[a.level] - ORDER[b.level]);
  const { complaint: worst, level: own_ } = leveled[0];
  const rule = BY_ID.get(worst.fault.cause);
  if (!rule) throw new Error(`no rule describes the cause ${worst.fault.cause}`);
  const { resource } = worst.fault;
  const clients = [...new Set(group.map(({ client }) => client))];
  const paths = uniquePaths(group.map(({ path }) => path));
  const { input } = resource.scope;
  return {
    rule: rule.id,
    level: options.levels && own(options.levels, rule.id) !== undefined ? options.levels[rule.id] : own_,
    certainty: worst.certainty,
    template: input.file,
    stack: input.stack,
    resource: resource.id,
    constructPath: resource.constructPath,
    property: worst.fault.property,
    client: worst.client,
    clients,
    outcome: worst.outcome,
    path: worst.path,
    paths,
    message: message(worst, clients, rule),
    fix: fixOf(rule),
    assumptions: worst.assumptions,
    sources: rule.sources.map((source) => `${source.what}${source.url ? ` ${source.url}` : ''} (${source.confidence})`),
  };
}

function fixOf({ fix }: Rule): string {
  const orMixin = fix.mixin ? `; or apply ${fix.mixin}` : '';
  return `CDK: ${fix.cdk}${orMixin}. CloudFormation: ${fix.cloudFormation}.`;
}

/** How loud: certain and required is an error; a default of ours against a default of theirs is a warning. */
function level({ fault, certainty, need }: Complaint, profile: Profile): Level {
  const cap = BY_ID.get(fault.cause)?.atMost ?? 'error';
  const raw: Level = (() => {
    if (certainty === 'possible') return 'warning';
    switch (need) {
      case 'refused-by-default':
        return fault.byDefault || profile.named ? 'warning' : 'error';
      case 'default':
        return fault.byDefault ? 'warning' : 'error';
      case 'guessed':
        return 'warning';
      default:
        return 'error';
    }
  })();
  return ORDER[raw] > ORDER[cap] ? raw : cap;
}

function message({ fault, outcome, assumptions, path, need, certainty }: Complaint, clients: readonly ClientId[], rule: Rule): string {
  const where = fault.resource.constructPath ? `${fault.resource.id} (${fault.resource.constructPath})` : fault.resource.id;
  const resting = assumptions.length ? ` This holds if ${assumptions.join(' and ')}.` : '';
  const along = path.length > 1 && need !== 'advice' ? ` Path: ${path.join(' -> ')}.` : '';
  return abridged(`${rule.says}. ${subject(need, clients, outcome, certainty)} ${where}: ${fault.why}.${along}${resting}`);
}

/** A value that somebody pasted into a template is named by its beginning, and one that is not known as templates write it. */
function abridged(text: string): string {
  return text.replace(/\$\{(?:[a-z]+ )?\d+:([^{}]+)\}/gu, '$${$1}').replace(/\S{301,}/gu, (word) => `${word.slice(0, 200)}… (${word.length} characters)`);
}

function subject(need: Complaint['need'], clients: readonly ClientId[], outcome: Outcome, certainty: Complaint['certainty']): string {
  if (need === 'advice') return 'At';
  if (need === 'deployment') return `The deployment ${certainty === 'certain' ? 'fails' : 'may fail'} at`;
  const who =
    clients.length === 1 ? `Client ${clients[0]}` : `Clients ${clients.slice(0, -1).join(', ')} and ${clients[clients.length - 1]}`;
  const get = certainty === 'certain' ? (clients.length === 1 ? 'gets' : 'get') : 'may get';
  if (outcome === 'served') return `${who} ${certainty === 'certain' ? (clients.length === 1 ? 'is' : 'are') : 'may be'} let in at`;
  return `${who} ${get} ${outcome} at`;
}

function uniquePaths(paths: readonly (readonly string[])[]): string[][] {
  return [...new Map(paths.map((path) => [path.join(' '), [...path]])).values()];
}

/** One per connection and what is spoken on it. */
function pathLegs({ trace, verdicts }: Row): PathLeg[] {
  const legs = new Map<string, Omit<PathLeg, 'clients'> & { clients: string[] }>();
  for (const [id, verdict] of verdicts) {
    for (const { to, scheme, version, offers, accepts } of verdict.legs) {
      const index = to ? trace.lastIndexOf(to) : trace.length;
      if (index < 0) continue; // on a branch that the row does not show
      const common = accepts ? TLS_VERSIONS.filter((one) => accepts.includes(one) && offers.includes(one)).slice(-1) : offers;
      const leg = { to: index, scheme, ...(version ? { version } : {}), ...(scheme === 'https' ? { tls: common } : {}) };
      const key = JSON.stringify(leg);
      const known = legs.get(key);
      if (!known) legs.set(key, { ...leg, clients: [id] });
      else if (!known.clients.includes(id)) known.clients.push(id);
    }
  }
  return [...legs.values()].sort((one, other) => one.to - other.to);
}

function pathRow(row: Row): PathRow {
  const { entry, trace, kind, at, verdicts } = row;
  const outcomes: Record<string, Outcome> = {};
  const notes: Record<string, { hop: number; why: string; certainty: Complaint['certainty'] }> = {};
  for (const [id, verdict] of verdicts) {
    outcomes[id] = verdict.outcome;
    const why = verdict.failures[0]?.fault.why ?? verdict.note;
    if (why) notes[id] = { hop: Math.max(0, verdict.trace.length - 1), why: abridged(why), certainty: verdict.certainty };
  }
  const legs = pathLegs(row);
  const { file: template, stack } = entry.scope.input;
  const place = at === undefined ? undefined : abridged(at);
  return { template, stack, path: trace.map(({ id }) => id), kind, at: place, outcomes, ...(legs.length ? { legs } : {}), notes };
}

/** Declarations that hold words we do not know. */
function misread(templates: Templates, client: ClientId): Complaint[] {
  return templates
    .declared()
    .flatMap((resource) => {
      const { misread: all } = declarations(resource);
      return all.length ? [remark(resource, all.join('; '), client)] : [];
    });
}

/** Circles of references, one per template. */
function circles(templates: Templates, client: ClientId): Complaint[] {
  return templates.scopes.flatMap((scope) => {
    const ids = scope.transformed ? undefined : findCycle(scope); // a macro takes resources apart, and circles with them
    const resource = ids && templates.resource(scope, ids[0]);
    if (!ids || !resource) return [];
    const why = `${[...ids, ids[0]].join(' refers to ')}, which CloudFormation refuses`;
    return [
      {
        ...remark(resource, why, client, 'ReferenceCycle'),
        outcome: 'deployment-failure' as Outcome,
        need: 'deployment' as const,
        path: ids,
      },
    ];
  });
}

function remark(resource: Resource, why: string, client: ClientId, cause: string = 'DeclarationNotUnderstood'): Complaint {
  return {
    fault: { cause, resource, property: cause === 'ReferenceCycle' ? 'Properties' : 'Metadata.cdk-handshake', why, certainty: 'certain' },
    outcome: 'unknown',
    certainty: 'certain',
    client,
    need: 'advice',
    path: [resource.id],
    assumptions: [],
  };
}
