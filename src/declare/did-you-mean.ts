// The nearest known word to a mistyped one, for error messages; nothing when it is too far away to be a typing error.

import { distance } from '../protocol/nearest';

/** " Did you mean 'x'?", or an empty string when nothing is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  return nearest && nearest.edits <= Math.max(2, Math.floor(word.length / 3)) ? ` Did you mean '${nearest.candidate}'?` : '';
}
