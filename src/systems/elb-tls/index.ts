// Looks up a security policy of Elastic Load Balancing and what it means toward targets. An unknown name is either a
// policy newer than the table (then its name is parsed, as possible) or a name that does not exist (with the nearest one).
// Facts: policies.ts; naming rule "TLS13-1-<m> means minimum 1.<m>, maximum 1.3": ELB guide, describe-ssl-policies.

import { ELB_TLS_POLICIES, ElbTlsPolicy, MISTAKEN_ELB_TLS_POLICIES } from './policies';
import { TLS_VERSIONS, TlsVersion } from '../../protocol';
import { closest } from '../../protocol/nearest';

export { DEFAULT_ELB_TLS_POLICY, ELB_TLS_POLICIES } from './policies';
export type { ElbTlsPolicy } from './policies';

const BY_NAME = new Map<string, ElbTlsPolicy>(ELB_TLS_POLICIES.map((policy) => [policy.name, policy]));
const LOOKUPS = new Map<string, PolicyLookup>(ELB_TLS_POLICIES.map((policy) => [policy.name, { found: policy }]));
/** Newest date suffix in the table; a later one may be a policy that we do not know yet. */
const NEWEST = ELB_TLS_POLICIES.map((policy) => dateOf(policy.name))
  .sort()
  .pop()!;

export type PolicyLookup = { readonly found: ElbTlsPolicy } | { readonly newer: readonly TlsVersion[] } | { readonly missing: string };

/** The policy, or what its name says if it is newer than the table, or the name that was meant. */
export function elbTlsPolicy(name: string): PolicyLookup {
  const known = LOOKUPS.get(name);
  if (known) return known;
  const parsed = parseName(name);
  if (parsed && dateOf(name) > NEWEST) return { newer: parsed };
  const meant = Object.prototype.hasOwnProperty.call(MISTAKEN_ELB_TLS_POLICIES, name) ? MISTAKEN_ELB_TLS_POLICIES[name] : nearest(name);
  return { missing: meant };
}

/** TLS versions that a balancer offers to HTTPS targets, given the policies of its HTTPS listeners. */
export function versionsTowardTargets(listenerPolicies: readonly string[]): readonly TlsVersion[] {
  const backends = listenerPolicies.map((name) => BY_NAME.get(name)?.backend).filter((backend) => backend !== undefined);
  const best = backends.find((backend) => backend.includes('TLS13')) ?? 'ELBSecurityPolicy-2016-08';
  return BY_NAME.get(best)!.tls;
}

/** The comparison takes the product of the lengths, and no policy's name is this long. */
const LONGEST_NAME = 100;

function nearest(name: string): string {
  const prefixed = name.startsWith('ELBSecurityPolicy-') ? name : `ELBSecurityPolicy-${name}`;
  return BY_NAME.has(prefixed) ? prefixed : closest(prefixed.slice(0, LONGEST_NAME), [...BY_NAME.keys()]);
}

function dateOf(name: string): string {
  return /(20\d\d-\d\d)$/.exec(name)?.[1] ?? '';
}

function parseName(name: string): TlsVersion[] | undefined {
  const thirteen = /^ELBSecurityPolicy-TLS13-1-([0-3])(?=-|$)/.exec(name);
  const twelve = /^ELBSecurityPolicy-(?:TLS|FS)-1-([0-2])(?=-|$)/.exec(name);
  const floor = (thirteen ?? twelve)?.[1];
  if (floor === undefined) return undefined;
  return TLS_VERSIONS.filter((version) => version !== 'SSLv3' && version >= `1.${floor}` && (thirteen || version !== '1.3'));
}
