// "Did you mean": the candidate nearest to what was typed.

import { closest } from '../protocol/nearest';

export function closestOf(typed: string, candidates: readonly string[]): string {
  const folded = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  return folded.get(closest(typed.toLowerCase(), [...folded.keys()])) ?? candidates[0];
}
