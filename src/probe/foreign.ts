// Text that others say: headers, names in certificates, error messages. It is cut to a length, and no control character or mark
// that turns the direction of writing goes on from here, so that a report may print it as it is.

const LONGEST = 200;

/** As it may be printed: what a terminal would obey is spelt out. */
export function plain(text: string, longest: number = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  // eslint-disable-next-line no-control-regex
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
