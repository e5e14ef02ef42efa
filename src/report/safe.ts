// Text that others wrote, as it may be shown: no control character of theirs reaches a terminal or a file.

/** Control characters, those that turn the direction of text, and those that end a line, are shown as \uXXXX. */
export function safe(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
