// The syntax of HAProxy configurations: lines of words, quotes, escapes, comments, sections, and which `defaults` holds for which section.
// Text of anybody's is bounded in size. What stands between .if and .endif may not hold, and is marked.
// Not here: what a line means (read.ts); environment variables, which stay as they are written and so are no value of anything.
// Why not a package: npm has no maintained reader of this format that keeps lines; it is one line a statement, so little is saved.
// Facts: configuration manual sections 2.1 (format), 2.2 (quoting and escaping), 2.4 (conditional blocks), 4 (proxies; defaults, from).

export interface Line {
  readonly words: readonly string[];
  readonly file: string;
  readonly line: number;
  /** Inside .if: it may not hold. */
  readonly conditional?: boolean;
}

export interface Section {
  readonly kind: string;
  readonly name?: string;
  readonly head: Line;
  readonly lines: readonly Line[];
  /** The defaults that hold here, already with their own. */
  readonly defaults: readonly Line[];
}

const LIMITS = { characters: 1_000_000, lines: 50_000, words: 1_000, sections: 5_000, inherited: 200_000 } as const;

const PROXIES = ['frontend', 'backend', 'listen', 'defaults'] as const;
const OTHERS = [
  'global', 'userlist', 'peers', 'mailers', 'resolvers', 'cache', 'program', 'http-errors', 'ring', 'log-forward', 'log-profile', 'fcgi-app', 'crt-store',
  'traces', 'acme',
] as const;
const SECTIONS: readonly string[] = [...PROXIES, ...OTHERS];

export const at = ({ file, line }: Pick<Line, 'file' | 'line'>) => `${file}:${line}`;

/** A piece of a configuration in a message: one line, and not a long one. */
export function shown(text: string): string {
  const line = [...text.slice(0, 61)].map((character) => (character < ' ' || character === '\x7f' ? ' ' : character)).join('');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** Throws an Error of one line with file and line where the text is no configuration. */
export function parse(text: string, file: string): readonly Section[] {
  const sections: { kind: string; name?: string; head: Line; lines: Line[]; defaults: readonly Line[] }[] = [];
  const named = new Map<string, readonly Line[]>();
  let latest: readonly Line[] = [];
  let inherited = 0;
  for (const line of linesOf(text, file)) {
    const [first, name] = line.words;
    const last = sections[sections.length - 1];
    if (!SECTIONS.includes(first)) {
      if (!last) throw new Error(`${at(line)}: "${shown(first)}" stands in no section; is this a HAProxy configuration?`);
      last.lines.push(line);
      continue;
    }
    if (last?.kind === 'defaults') latest = finish(last, named);
    const from = fromOf(line);
    const defaults = from === undefined ? (first === 'defaults' ? [] : latest) : named.get(from);
    if (defaults === undefined) throw new Error(`${at(line)}: "defaults ${shown(from ?? '')}" is not defined before this line`);
    inherited += defaults.length;
    if (sections.length >= LIMITS.sections || inherited > LIMITS.inherited) throw new Error(`${at(line)}: more than ${LIMITS.sections} sections, or more lines of defaults than are read`);
    sections.push({ kind: first, ...(name === undefined || name === 'from' ? {} : { name }), head: line, lines: [], defaults });
  }
  if (sections.length === 0) throw new Error(`${file}:1: no section; is this a HAProxy configuration?`);
  return sections;
}

/** All that a defaults section says, once it has ended. */
function finish({ name, lines, defaults }: Pick<Section, 'name' | 'lines' | 'defaults'>, named: Map<string, readonly Line[]>): readonly Line[] {
  const all = [...defaults, ...lines];
  if (name !== undefined) named.set(name, all);
  return all;
}

function fromOf({ words }: Line): string | undefined {
  const index = words.indexOf('from');
  return index > 0 ? words[index + 1] ?? '' : undefined;
}

function linesOf(text: string, file: string): Line[] {
  if (text.length > LIMITS.characters) throw new Error(`${file}:1: more than ${LIMITS.characters} characters of configuration`);
  const texts = text.replace(/^\uFEFF/, '').split('\n');
  if (texts.length > LIMITS.lines) throw new Error(`${file}:${LIMITS.lines}: more than ${LIMITS.lines} lines of configuration`);
  const lines: Line[] = [];
  let conditions = 0;
  for (const [index, one] of texts.entries()) {
    const place = { file, line: index + 1 };
    const words = wordsOf(one.replace(/\r$/, ''), place);
    const [first] = words;
    if (first === undefined) continue;
    if (first === '.if') conditions++;
    else if (first === '.endif') conditions--;
    else if (!/^\.(elif|else|diag|notice|warning|alert)$/.test(first)) lines.push({ ...place, words, ...(conditions > 0 ? { conditional: true } : {}) });
  }
  return lines;
}

const ESCAPES: Readonly<Record<string, string>> = { ' ': ' ', '\t': '\t', '\\': '\\', '#': '#', '\'': '\'', '"': '"', '$': '$', 'n': '\n', 'r': '\r', 't': '\t' };

function wordsOf(text: string, place: { readonly file: string; readonly line: number }): string[] {
  const words: string[] = [];
  let word: string[] | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quote === undefined && (character === ' ' || character === '\t')) {
      if (word) words.push(word.join(''));
      word = undefined;
      if (words.length > LIMITS.words) throw new Error(`${at(place)}: more than ${LIMITS.words} words in a line`);
      continue;
    }
    if (quote === undefined && character === '#') break;
    word ??= [];
    if (character === quote) {
      quote = undefined;
    } else if (quote === undefined && (character === '"' || character === '\'')) {
      quote = character;
    } else if (character === '\\' && quote !== '\'') {
      const [escaped, length] = unescaped(text, index + 1);
      word.push(escaped);
      index += length;
    } else {
      word.push(character);
    }
  }
  if (quote !== undefined) throw new Error(`${at(place)}: the quote ${quote} is not closed`);
  return word ? [...words, word.join('')] : words;
}

/** What stands after a backslash, and how long it is. A backslash before anything else stays. */
function unescaped(text: string, index: number): [string, number] {
  const hexadecimal = /^x([0-9a-fA-F]{2})/.exec(text.slice(index, index + 3));
  if (hexadecimal) return [String.fromCharCode(parseInt(hexadecimal[1], 16)), 3];
  const known = ESCAPES[text[index] ?? ''];
  return known === undefined ? ['\\', 0] : [known, 1];
}
