// From one requirement and the policies that a hop offers to the policy that fits best, and in which ways it falls short.
// Serving comes first: a client shut out is worse than a version or a suite too many. Pure; the order of `shortcomings`
// is the order of importance.

import { Candidate } from './candidates';
import { nameTls, TLS_VERSIONS, TlsVersion } from '../protocol';

/** What TLS has to be like, whatever the service. */
export interface Requirement {
  /** The oldest TLS version that is let in; everything newer is as well. */
  readonly floor: TlsVersion;
  /** Whether CBC suites are offered, for TLS 1.2 clients without AES-GCM. */
  readonly cbc: boolean;
  /** Whether only FIPS 140 validated cryptography is wanted. */
  readonly fips: boolean;
}

/** The requirements that have a name. */
export const REQUIREMENTS = {
  modern: { floor: '1.2', cbc: false, fips: false },
  strict: { floor: '1.3', cbc: false, fips: false },
  compatible: { floor: '1.2', cbc: true, fips: false },
  fips: { floor: '1.2', cbc: false, fips: true },
} as const satisfies Record<string, Requirement>;

/** What was chosen. */
export interface Choice {
  readonly candidate: Candidate;
  /** In which ways the hop cannot follow; empty: it follows. */
  readonly shortcomings: readonly Shortcoming[];
}

export interface Shortcoming {
  /** Whether it concerns who is let in or what was asked for by name, and not merely how good the suites are. */
  readonly grave: boolean;
  readonly says: string;
}

export function choose(requirement: Requirement, candidates: readonly Candidate[]): Choice {
  const [best] = candidates
    .map((candidate) => ({ candidate, rank: rank(requirement, candidate) }))
    .sort((one, other) => compare(one.rank, other.rank));
  return { candidate: best.candidate, shortcomings: shortcomings(requirement, best.candidate) };
}

/** The versions from a floor upwards. */
export function from(floor: TlsVersion): readonly TlsVersion[] {
  return TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(floor));
}

/** Lower is better, the first difference decides. */
function rank(requirement: Requirement, candidate: Candidate): readonly number[] {
  const wanted = from(requirement.floor);
  const { suites } = candidate;
  return [
    wanted.filter((version) => !candidate.tls.includes(version)).length,
    Number(requirement.cbc && suites !== undefined && !suites.some(isCbc)),
    candidate.tls.filter((version) => !wanted.includes(version)).length,
    Number(requirement.fips && !candidate.fips),
    Number(!hasForwardSecrecy(suites)),
    Number(!requirement.cbc && suites !== undefined && suites.some(isCbc)),
    Number(!candidate.postQuantum),
    Number(!requirement.fips && candidate.fips),
    Number(requirement.fips && suites !== undefined && suites.some(isChaCha)),
    // More suites serve more clients; where old versions are let in, fewer of them are weak.
    (requirement.floor < '1.2' ? 1 : -1) * (suites?.length ?? 0),
  ];
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return index < 0 ? 0 : one[index] - other[index];
}

function shortcomings(requirement: Requirement, candidate: Candidate): Shortcoming[] {
  const wanted = from(requirement.floor);
  const missing = wanted.filter((version) => !candidate.tls.includes(version));
  const surplus = candidate.tls.filter((version) => !wanted.includes(version));
  const all: (Shortcoming | undefined)[] = [
    missing.length > 0 ? { grave: true, says: `does not speak ${nameTls(missing)}` } : undefined,
    surplus.length > 0 ? { grave: true, says: `also lets in ${nameTls(surplus)}` } : undefined,
    requirement.fips && !candidate.fips ? { grave: true, says: 'has no policy restricted to FIPS 140 validated cryptography' } : undefined,
    candidate.suites === undefined || hasForwardSecrecy(candidate.suites) ? undefined : { grave: false, says: 'also offers suites without forward secrecy' },
    !requirement.cbc && candidate.suites?.some(isCbc) ? { grave: false, says: 'also offers CBC suites' } : undefined,
    requirement.cbc && candidate.suites && !candidate.suites.some(isCbc) ? { grave: false, says: 'offers no CBC suites' } : undefined,
  ];
  return all.filter((one) => one !== undefined);
}

/** Suites of TLS 1.3 always have it; of older ones, those with an ephemeral key exchange. Unknown suites count as good. */
function hasForwardSecrecy(suites: readonly string[] | undefined): boolean {
  return (suites ?? []).every((suite) => suite.startsWith('TLS_') || suite.startsWith('ECDHE-'));
}

/** OpenSSL names: what is neither GCM nor ChaCha20 nor of TLS 1.3 is CBC (or RC4, which is worse). */
function isCbc(suite: string): boolean {
  return !suite.startsWith('TLS_') && !suite.includes('GCM') && !isChaCha(suite);
}

function isChaCha(suite: string): boolean {
  return suite.includes('CHACHA20');
}
