// Joins the branches of a walk into one verdict: certain when every branch ends alike, possible when it depends on a
// condition or a weight, unknown when it depends on something that the templates do not say.

import { Certainty, ClientId, Outcome } from '../protocol';
import { Branch, Fault, Leg } from '../systems';
import { Resource } from '../template';
import { Need } from './profile';

/** What to change, and what comes of it under which assumptions. */
export interface Failure {
  readonly fault: Fault;
  readonly outcome: Outcome;
  readonly assumptions: readonly string[];
}

/** What one client ends up with on one path. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly certainty: Certainty;
  /** What to change; several when branches fail for different reasons. */
  readonly failures: readonly Failure[];
  readonly trace: readonly Resource[];
  /** The connections of the branch that is shown. */
  readonly legs: readonly Leg[];
  readonly assumptions: readonly string[];
  /** Why it is unknown, or what a good outcome assumes. */
  readonly note?: string;
}

/** A verdict that should not be, with who is hit and where. */
export interface Complaint {
  readonly fault: Fault;
  readonly outcome: Outcome;
  readonly certainty: Certainty;
  readonly client: ClientId;
  readonly need: Need | 'health-check' | 'deployment' | 'advice';
  readonly path: readonly string[];
  readonly assumptions: readonly string[];
}

export function join(branches: readonly Branch[]): Verdict {
  const { answer, unless } = branches[0];
  if (unless !== undefined && branches.some((branch) => branch.answer.fault)) return agreed({ outcome: 'unknown', note: unless }, branches[0], []);
  if (branches.length === 1) return agreed(answer, branches[0], branches[0].assuming);
  const longest = branches.reduce((best, branch) => (branch.trace.length > best.trace.length ? branch : best), branches[0]);
  const first = branches[0];
  const alike = branches.every((branch) => same(branch, first));
  if (alike) {
    const shared = first.assuming.filter((assumption) => branches.every((branch) => branch.assuming.includes(assumption)));
    return agreed(first.answer, { trace: longest.trace, legs: inCommon(longest, branches) }, shared);
  }
  const failing = branches.filter((branch) => branch.answer.fault);
  const told = failing.filter((branch) => branch.unknowns.length === 0);
  const vague = branches.find((branch) => branch.unknowns.length > 0 || branch.answer.outcome === 'unknown');
  const shown = told[0] ?? vague ?? first;
  return {
    outcome: told.length > 0 ? told[0].answer.outcome : vague ? 'unknown' : first.answer.outcome,
    certainty: 'possible',
    failures: told.map(({ answer: { outcome, fault }, assuming, given }) => ({ fault: { ...fault!, certainty: 'possible' }, outcome, assumptions: [...new Set([...assuming, ...given])] })),
    trace: longest.trace,
    legs: told[0]?.legs ?? inCommon(longest, branches),
    assumptions: [...new Set([...shown.assuming, ...shown.given])],
    note: told.length > 0 ? undefined : (vague?.unknowns[0] ?? vague?.answer.note),
  };
}

function agreed(answer: Branch['answer'], { trace, legs }: Pick<Branch, 'trace' | 'legs'>, assumptions: readonly string[]): Verdict {
  return {
    outcome: answer.outcome,
    certainty: answer.fault?.certainty ?? 'certain',
    failures: answer.fault ? [{ fault: answer.fault, outcome: answer.outcome, assumptions }] : [],
    trace,
    legs,
    assumptions,
    note: answer.note,
  };
}

/** The connections of one branch, without the HTTP versions that are others in other branches. */
function inCommon({ legs }: Branch, branches: readonly Branch[]): readonly Leg[] {
  return legs.map((leg) => {
    const differs = branches.some((branch) => branch.legs.some(({ to, version }) => to === leg.to && version !== leg.version));
    return differs ? { ...leg, version: undefined } : leg;
  });
}

function same(one: Branch, other: Branch): boolean {
  const [a, b] = [one.answer, other.answer];
  return a.outcome === b.outcome && a.fault?.cause === b.fault?.cause && a.fault?.resource === b.fault?.resource;
}
