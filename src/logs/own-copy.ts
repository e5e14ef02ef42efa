// Texts that are kept have to be copied: what slice() returns keeps the whole block of the file alive of which it is a part
// (V8, "SlicedString" in src/objects/string.h).

/** A copy that stands for itself. */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
