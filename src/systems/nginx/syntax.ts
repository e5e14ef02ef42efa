// The syntax of nginx configurations: words, quotes, blocks, comments, and where each directive stands. Includes are spliced in as
// nginx does it, from what the caller gives. Text of anybody's is bounded: size, depth, number of directives and of files.
// Not here: what a directive means (read.ts).
// Why not a package: nginx-conf (MIT) keeps no line numbers and hands out arguments as one string with their quotes, nginx-linter is
// GPL with a parser generator, nginx-config-parser goes through regular expressions and JSON, and loses order and lines.
// Facts: ngx_conf_file.c, ngx_conf_read_token (quotes only at the start of a word, `${`, a closing quote needs a space or an end).

export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly file: string;
  readonly line: number;
  /** What stands between its braces. */
  readonly block?: readonly Directive[];
}

export interface NginxFile {
  readonly file: string;
  readonly text: string;
}

/** The files that a pattern stands for; undefined: not given. */
export type Include = (pattern: string, fromFile: string) => readonly NginxFile[] | undefined;

const LIMITS = { characters: 1_000_000, depth: 32, directives: 20_000, files: 500, includes: 10 } as const;

export const at = ({ file, line }: Pick<Directive, 'file' | 'line'>) => `${file}:${line}`;

/** A piece of a configuration in a message: one line, and not a long one. */
export function shown(text: string): string {
  const line = [...text.slice(0, 61)].map((character) => (character < ' ' || character === '\x7f' ? ' ' : character)).join('');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

export function parse(text: string, file: string, include?: Include): readonly Directive[] {
  return new Parsing(include).read(text, file, 0);
}

type Token = { readonly is: 'word'; readonly text: string; readonly line: number } | { readonly is: ';' | '{' | '}' | 'end'; readonly line: number };

interface Open {
  readonly block: Directive[];
  readonly words: readonly string[];
  readonly line: number;
}

class Parsing {
  private characters = 0;
  private directives = 0;
  private files = 0;

  constructor(private readonly include?: Include) {}

  public read(text: string, file: string, includes: number): readonly Directive[] {
    this.characters += text.length;
    if (this.characters > LIMITS.characters) throw new Error(`${file}: more than ${LIMITS.characters} characters of configuration`);
    if (++this.files > LIMITS.files) throw new Error(`${file}: more than ${LIMITS.files} files are included`);
    if (includes > LIMITS.includes) throw new Error(`${file}: includes are nested more than ${LIMITS.includes} deep`);
    const tokens = new Tokens(text, file);
    const root: Directive[] = [];
    const open: Open[] = [];
    let words: string[] = [];
    let line = 0;
    for (let token = tokens.next(); ; token = tokens.next()) {
      const block = open[open.length - 1]?.block ?? root;
      if (token.is === 'word') {
        if (words.length === 0) line = token.line;
        words.push(token.text);
      } else if (token.is === 'end') {
        if (words.length > 0) throw new Error(`${file}:${line}: "${shown(words[0])}" has no ";" or "{" before the end of the file`);
        const last = open[open.length - 1];
        if (last) throw new Error(`${file}:${last.line}: the block "${shown(last.words[0])}" is not closed with "}"`);
        return root;
      } else if (token.is === '}') {
        if (words.length > 0) throw new Error(`${file}:${token.line}: "${shown(words[0])}" has no ";" before "}"`);
        const closed = open.pop();
        if (!closed) throw new Error(`${file}:${token.line}: "}" closes nothing`);
        const [name, ...rest] = closed.words;
        this.add(open[open.length - 1]?.block ?? root, { name, words: rest, file, line: closed.line, block: closed.block });
      } else if (words.length === 0) {
        throw new Error(`${file}:${token.line}: "${token.is}" with nothing before it`);
      } else if (token.is === ';') {
        this.finish(block, { name: words[0], words: words.slice(1), file, line }, includes);
        words = [];
      } else {
        if (words[0].endsWith('_by_lua_block')) {
          tokens.skipLua();
          this.add(block, { name: words[0], words: [], file, line, block: [] });
        } else {
          if (open.length >= LIMITS.depth) throw new Error(`${file}:${line}: blocks are nested more than ${LIMITS.depth} deep`);
          open.push({ block: [], words, line });
        }
        words = [];
      }
    }
  }

  private finish(block: Directive[], directive: Directive, includes: number): void {
    const given = directive.name === 'include' ? this.include?.(directive.words[0] ?? '', directive.file) : undefined;
    if (given === undefined) return this.add(block, directive);
    for (const { file, text } of given) this.read(text, file, includes + 1).forEach((one) => block.push(one));
  }

  private add(block: Directive[], directive: Directive): void {
    if (++this.directives > LIMITS.directives) throw new Error(`${at(directive)}: more than ${LIMITS.directives} directives`);
    block.push(directive);
  }
}

class Tokens {
  private index = 0;
  private line = 1;

  constructor(private readonly text: string, private readonly file: string) {
    if (text.charCodeAt(0) === 0xfeff) this.index = 1;
  }

  public next(): Token {
    this.skipBlank();
    const { line } = this;
    const character = this.text[this.index];
    if (character === undefined) return { is: 'end', line };
    if (character === ';' || character === '{' || character === '}') {
      this.index++;
      return { is: character, line };
    }
    return { is: 'word', line, text: character === '"' || character === '\'' ? this.quoted(character) : this.bare() };
  }

  /** Over a block of Lua, in which strings and comments may hold braces. */
  public skipLua(): void {
    const start = this.line;
    for (let depth = 1; depth > 0;) {
      const character = this.step();
      if (character === undefined) throw new Error(`${this.file}:${start}: the Lua block is not closed with "}"`);
      if (character === '{') depth++;
      else if (character === '}') depth--;
      else if (character === '"' || character === '\'') this.skipUntil(character, true);
      else if (character === '[' && this.text[this.index] === '[') this.skipUntil(']]', false);
      else if (character === '-' && this.text[this.index] === '-') this.skipUntil(this.text.startsWith('-[[', this.index) ? ']]' : '\n', false);
    }
  }

  private skipUntil(end: string, escapes: boolean): void {
    for (let character = this.text[this.index]; character !== undefined; character = this.text[this.index]) {
      if (this.text.startsWith(end, this.index)) {
        for (let count = 0; count < end.length; count++) this.step();
        return;
      }
      this.step();
      if (escapes && character === '\\') this.step();
    }
  }

  private step(): string | undefined {
    const character = this.text[this.index++];
    if (character === '\n') this.line++;
    return character;
  }

  private skipBlank(): void {
    for (let character = this.text[this.index]; character !== undefined; character = this.text[this.index]) {
      if (character === '#') this.skipUntil('\n', false);
      else if (!/\s/.test(character)) return;
      else this.step();
    }
  }

  private quoted(quote: string): string {
    const start = this.line;
    this.step();
    const parts: string[] = [];
    for (let character = this.step(); character !== quote; character = this.step()) {
      if (character === undefined) throw new Error(`${this.file}:${start}: the quote ${quote} is not closed`);
      parts.push(character === '\\' ? unescaped(this.step()) : character);
    }
    const after = this.text[this.index];
    if (after !== undefined && !/[\s;{)]/.test(after)) throw new Error(`${this.file}:${this.line}: "${shown(after)}" right after a closing quote`);
    return parts.join('');
  }

  private bare(): string {
    const parts: string[] = [];
    for (let character = this.text[this.index]; character !== undefined; character = this.text[this.index]) {
      const variable = character === '{' && parts[parts.length - 1] === '$';
      if (!variable && /[\s;{]/.test(character)) break;
      this.step();
      parts.push(character === '\\' ? unescaped(this.step()) : character);
    }
    return parts.join('');
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\'': '\'', '\\': '\\', 't': '\t', 'r': '\r', 'n': '\n' };

/** A backslash before anything else stays, as regular expressions need it. */
function unescaped(character: string | undefined): string {
  return character === undefined ? '\\' : ESCAPES[character] ?? `\\${character}`;
}
