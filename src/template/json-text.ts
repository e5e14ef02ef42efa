// JSON as text: where a member stands, which keys stand there twice, and comments taken out without moving anything.
// JSON.parse gives neither; the scan here runs only for a report or for a doubtful file, never on the way to a value.
// Everything but `withoutComments` expects text that JSON.parse has accepted.
// Facts: RFC 8259, section 4 ("names within an object SHOULD be unique") and section 7 (strings).

/** One entry of an object (key: a string) or of an array (key: its index). */
export interface Member {
  readonly key: string | number;
  /** Offset of the key, or of the element. */
  readonly keyAt: number;
  readonly valueAt: number;
}

/** The members of the object or array that opens at this offset; none when no container does. */
export function members(text: string, open: number): Member[] {
  const isObject = text[open] === '{';
  if (!isObject && text[open] !== '[') return [];
  const found: Member[] = [];
  let at = skipSpace(text, open + 1);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    const keyAt = at;
    let key: string | number = found.length;
    if (isObject) {
      const end = endOfString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    found.push({ key, keyAt, valueAt: at });
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}

/** Members whose key has been there before in the same object, in the order of the text. */
export function duplicates(text: string): Member[] {
  const found: Member[] = [];
  const open = [skipSpace(text, 0)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const keys = new Set<string | number>();
    for (const member of members(text, at)) {
      if (keys.has(member.key)) found.push(member);
      keys.add(member.key);
      if (text[member.valueAt] === '{' || text[member.valueAt] === '[') open.push(member.valueAt);
    }
  }
  return found.sort((a, b) => a.keyAt - b.keyAt);
}

/**
 * How many keys the text seems to have. Inside a string a quote is escaped, so that `":` ends a key; a text that puts
 * a space there, or a key that ends in a backslash, makes the count wrong, which costs a closer look and nothing else.
 */
export function countKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) {
    // After one of these the quotation mark opens a text that begins with a colon, as in ARNs that are put together.
    if (!'\\ \t\r\n[,{:'.includes(text[at - 1] ?? ' ')) count += 1;
  }
  return count;
}

/**
 * The text with // and block comments as blanks; undefined when it has none. A comment needs a space, a comma or a
 * bracket before it: the // of an unquoted URL follows a colon and stays.
 */
export function withoutComments(text: string): string | undefined {
  const pieces: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfString(text, at) - 1;
    const end = /[\s,[\]{}]/.test(text[at - 1] ?? ' ') ? endOfComment(text, at) : undefined;
    if (end === undefined) continue;
    pieces.push(text.slice(kept, at), text.slice(at, end).replace(/[^\r\n]/g, ' '));
    kept = end;
    at = end - 1;
  }
  return kept === 0 ? undefined : pieces.join('') + text.slice(kept);
}

function endOfComment(text: string, at: number): number | undefined {
  if (text[at] !== '/' || (text[at + 1] !== '/' && text[at + 1] !== '*')) return undefined;
  const [close, length] = text[at + 1] === '/' ? ['\n', 0] : ['*/', 2];
  const end = text.indexOf(close, at + 2);
  return end === -1 ? text.length : end + length;
}

function endOfValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOfString(text, from);
  if (first !== '{' && first !== '[') return endOfWord(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at) - 1;
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',]} \t\r\n'.includes(text[at])) at += 1;
  return at;
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}
