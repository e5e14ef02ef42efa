// Text that others wrote, as it may be shown: no control character of theirs reaches a terminal or a file.

/** Control characters, and those that turn the direction of text, are shown as \uXXXX. */
export function safe(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
