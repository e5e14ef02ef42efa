// Splits hosts, paths and headers over as many listener rules as their limits ask for.
// Facts: quotas of an ALB, "Condition values per rule: 5", "Condition wildcards per rule: 6"
// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html).

import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

const VALUES = 5;
const WILDCARDS = 6;

/** What every rule says, beside its share of the paths. */
export interface Common {
  readonly hosts?: readonly string[];
  readonly header?: { readonly name: string; readonly values: readonly string[] };
}

/** One share: the conditions of a rule, and the paths among them. */
export interface Share {
  readonly conditions: elbv2.ListenerCondition[];
  readonly paths: readonly string[];
}

/** The rules that together take these paths. */
export function shares(paths: readonly string[], common: Common, who: string): Share[] {
  const fixed = [...(common.hosts ?? []), ...(common.header?.values ?? [])];
  if (fixed.length + Math.min(paths.length, 1) > VALUES || wildcards(fixed) > WILDCARDS) {
    throw new Error(`${who}: ${fixed.length} hosts and header values leave no room for a path in a listener rule, which takes ${VALUES} values and ${WILDCARDS} wildcards. Name fewer hosts, or add the targets twice.`);
  }
  const conditions = [
    ...(common.hosts?.length ? [elbv2.ListenerCondition.hostHeaders([...common.hosts])] : []),
    ...(common.header ? [elbv2.ListenerCondition.httpHeader(common.header.name, [...common.header.values])] : []),
  ];
  if (paths.length === 0) return [{ conditions, paths: [] }];
  const groups: string[][] = [[]];
  for (const path of paths) {
    const current = groups[groups.length - 1];
    const full = current.length > 0 && (fixed.length + current.length >= VALUES || wildcards([...fixed, ...current, path]) > WILDCARDS);
    if (full) groups.push([path]); else current.push(path);
  }
  return groups.map((group) => ({ paths: group, conditions: [...conditions, elbv2.ListenerCondition.pathPatterns(group)] }));
}

function wildcards(values: readonly string[]): number {
  return values.join('').replace(/[^*?]/g, '').length;
}
