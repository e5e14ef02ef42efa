// YAML as text: parsed by the `yaml` package, and mended where that package is stricter than CloudFormation's reader or
// where a slip of indentation would lose the rest of the file. Mending only moves lines to the right, never edits them.
// Not here: values and short tags (yaml-values.ts).
// Facts: YAML 1.2.2, 7.4 "flow collections" (content must be indented more than its parent; YAML 1.1 readers such as
// CloudFormation's take less) and 6.1 "tab characters must not be used in indentation"; AWS samples that deploy with both.

import { Position } from './input';
import { MAX_DEPTH, tooDeep } from './unreadable';
import { CST, Composer, Document, Lexer, LineCounter, Parser, YAMLError, isMap } from './yaml';

/** A remark at an offset of the mended text. */
export interface Remark {
  readonly at: number;
  readonly says: string;
}

export interface YamlText {
  /** The document that holds the template. */
  readonly document: Document;
  readonly remarks: readonly Remark[];
  /** The first thing that is not YAML, if anything is. */
  readonly error?: Remark & { readonly unclosed: boolean };
  /** Position in the text as it was given. */
  position(offset: number): Position;
}

type Slip = 'bracket' | 'quote' | 'dash' | 'tab';

const SAYS: Record<Slip, string> = {
  bracket: 'the inside of { } or [ ] is indented less than its key, which YAML 1.2 forbids and CloudFormation accepts; read as part of it',
  quote: 'a quoted text goes on with less indentation than its key, which YAML 1.2 forbids and CloudFormation accepts; read as part of it',
  dash: 'the dash is indented less than its list; read as the next item of that list',
  tab: 'the line is indented with a tab, which YAML forbids; read as two spaces',
};

/** Text parsed again and again while lines are mended, in characters: bounds the time a hostile file can take. An error takes as long as many. */
const MENDING_BUDGET = 1024 * 1024;
const CHARACTERS_PER_ERROR = 100;

export function readYaml(text: string): YamlText {
  const lines = text.split('\n');
  const shift = new Map<number, number>();
  const slips = new Map<Slip, number>();
  const given = parse(text);
  let read = given;
  let now = text;
  for (let spent = costOf(text, read); spent <= MENDING_BUDGET; spent += costOf(now, read)) {
    const slip = mend(read, lines, shift);
    if (slip === undefined) break;
    if (!slips.has(slip.kind)) slips.set(slip.kind, slip.line);
    now = lines.join('\n');
    read = parse(now);
  }
  if (countErrors(read) > 0 && countErrors(read) >= countErrors(given)) {
    read = given;
    shift.clear();
    slips.clear();
  }
  const { documents, counter } = read;
  const document = documents.find((one) => isMap(one.contents) && one.contents.has('Resources')) ?? documents[0];
  const position = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col - (shift.get(line) ?? 0), 1) };
  };
  const errors = document.errors.map((error) => ({ at: error.pos[0], says: explain(error), unclosed: isUnclosed(error) }));
  return {
    document,
    position,
    error: errors.find(({ unclosed }) => unclosed) ?? errors[0],
    remarks: [
      ...[...slips].map(([kind, line]) => ({ at: counter.lineStarts[line - 1] ?? 0, says: SAYS[kind] })),
      ...(documents.length > 1 ? [{ at: document.range?.[0] ?? 0, says: `the file holds ${documents.length} documents; only this one is read` }] : []),
      ...errors.map((error) => ({ at: error.at, says: `is not valid YAML: ${error.says}; read as far as possible, something may be missing` })),
    ],
  };
}

interface Read { readonly documents: Document[]; readonly counter: LineCounter }

// `uniqueKeys` is off because the package compares each key with each other; duplicates are found with the values.
// Known tags (!!binary, !!set, …) are off because CloudFormation does not support them.
function parse(text: string): Read {
  const counter = new LineCounter();
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, resolveKnownTags: false, logLevel: 'silent', strict: false });
  // The package makes an Error for each thing that is wrong; nobody sees where, and noting it takes most of the time of a broken text.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const documents: Document[] = [...composer.compose(tokensOf(text, counter))] as Document.Parsed[];
    return { documents: documents.length > 0 ? documents : [new Document(null)], counter };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

// Like `parser.parse`, but stops at a depth: the parser keeps its own stack, while the composer recurses, and a regular
// expression that it compiles near the end of the stack aborts the whole process.
function* tokensOf(text: string, counter: LineCounter): Generator<CST.Token> {
  const parser = new Parser(counter.addNewLine);
  counter.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_DEPTH) throw tooDeep();
  }
  yield* parser.end();
}

function costOf(text: string, read: Read): number {
  return text.length + countErrors(read) * CHARACTERS_PER_ERROR;
}

function countErrors({ documents }: Read): number {
  return documents.reduce((sum, one) => sum + one.errors.length, 0);
}

/** Moves the lines of the first slip; undefined when nothing can be mended. `shift` keeps the added columns per line. */
function mend({ documents, counter }: Read, lines: string[], shift: Map<number, number>): { kind: Slip; line: number } | undefined {
  for (const error of documents.flatMap((one) => one.errors)) {
    const kind = slipOf(error);
    if (kind === undefined) continue;
    const line = counter.linePos(error.pos[0]).line + (kind === 'quote' ? 1 : 0);
    if (line < 1 || line > lines.length) continue;
    if (kind === 'tab' ? untab(lines, shift) : move(kind, line, lines, shift)) return { kind, line };
  }
  return undefined;
}

function slipOf({ code, message }: YAMLError): Slip | undefined {
  if (code === 'TAB_AS_INDENT') return 'tab';
  if (code === 'BAD_INDENT' && message.startsWith('Flow ')) return 'bracket';
  if (code === 'MISSING_CHAR' && /^Missing closing ["']quote/.test(message)) return 'quote';
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && message.startsWith('A block sequence')) return 'dash';
  return undefined;
}

/** Inside brackets and quotes any indentation means the same; a list item moves as a whole to the column of its list. */
function move(kind: Slip, line: number, lines: string[], shift: Map<number, number>): boolean {
  const indent = indentation(lines[line - 1]);
  if (kind !== 'dash') {
    if (shift.has(line)) return false;
    return indentBy(200, line, lines, shift);
  }
  if (!lines[line - 1].slice(indent).startsWith('-')) return false;
  const above = lines.slice(0, line - 1).reverse().find((one) => /^ *-( |\r?$)/.test(one) && indentation(one) > indent);
  if (above === undefined || shift.has(line)) return false;
  const by = indentation(above) - indent;
  indentBy(by, line, lines, shift);
  for (let next = line + 1; next <= lines.length && (lines[next - 1].trim() === '' || indentation(lines[next - 1]) > indent); next += 1) {
    indentBy(by, next, lines, shift);
  }
  return true;
}

function indentBy(columns: number, line: number, lines: string[], shift: Map<number, number>): boolean {
  lines[line - 1] = ' '.repeat(columns) + lines[line - 1];
  shift.set(line, (shift.get(line) ?? 0) + columns);
  return true;
}

function untab(lines: string[], shift: Map<number, number>): boolean {
  let any = false;
  lines.forEach((text, index) => {
    const lead = /^[ \t]*/.exec(text)![0];
    const tabs = lead.split('\t').length - 1;
    if (tabs === 0) return;
    any = true;
    lines[index] = lead.replaceAll('\t', '  ') + text.slice(lead.length);
    shift.set(index + 1, (shift.get(index + 1) ?? 0) + tabs);
  });
  return any;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

function isUnclosed({ code, message }: YAMLError): boolean {
  return code === 'MISSING_CHAR' || (code === 'BAD_INDENT' && message.startsWith('Flow '));
}

/** The package's words, clearer where people stumble most. */
function explain({ code, message }: YAMLError): string {
  switch (code) {
    case 'BAD_SCALAR_START': return `${message}; put the value in quotes`;
    case 'BAD_ALIAS': return 'a value that starts with * needs quotes';
    case 'MISSING_CHAR': return message.startsWith('Missing closing') ? 'a quotation mark is opened and never closed' : lowerFirst(message);
    case 'BAD_INDENT': return `${lowerFirst(message)}; check the indentation`;
    default: return lowerFirst(message);
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
