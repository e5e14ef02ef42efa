// The distance between words, for "did you mean". The library is small and stands in the compiled file itself (see the compile task).

// eslint-disable-next-line import/no-extraneous-dependencies
import * as levenshtein from 'fastest-levenshtein';

/** How many letters have to change. */
export function distance(one: string, other: string): number {
  return levenshtein.distance(one, other);
}

/** The word that is nearest. */
export function closest(word: string, among: readonly string[]): string {
  return levenshtein.closest(word, among);
}
