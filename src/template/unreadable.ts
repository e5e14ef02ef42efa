// What the reader says when it cannot read a template, or could read it only with a remark, and the limits it keeps
// so that a hostile file costs neither the process nor minutes.
// Not here: what is read (parse.ts), and whether a file is there at all (read.ts).
// Facts: CloudFormation accepts a template body of at most 1 MB (CloudFormation User Guide, "CloudFormation quotas").

import { Position } from './input';

/** Larger files are refused before they are read; 16 times what CloudFormation accepts. */
export const MAX_TEMPLATE_BYTES = 16 * 1024 * 1024;

/** YAML takes some hundred times its size in memory while it is read, hence less of it: twice what CloudFormation accepts. */
export const MAX_YAML_LENGTH = 2 * 1024 * 1024;

/** Levels of mappings and lists in each other; the deepest of 526 real templates has 24. */
export const MAX_DEPTH = 500;

/** Values that aliases may stand for in all; a template that repeats itself has some hundreds. */
export const MAX_ALIASED_VALUES = 100_000;

/** Remarks kept for one file; a broken file has one for each of its tokens. */
export const MAX_ODDITIES = 20;

/** Something in a file that was read nevertheless. */
export interface Oddity {
  readonly file: string;
  /** Line and column, both from 1. */
  readonly line: number;
  readonly column: number;
  /** A sentence part that says what is odd and how it was read. */
  readonly says: string;
}

/** `foreign`: another kind of file; `empty`: a template without resources; `broken`: everything else. */
export type UnreadableKind = 'foreign' | 'empty' | 'broken';

/** The message continues a sentence that starts with the file's name: "is not valid JSON: …". */
export class UnreadableTemplate extends Error {
  public constructor(message: string, public readonly kind: UnreadableKind = 'broken') {
    super(oneLine(message, 400));
    this.name = 'UnreadableTemplate';
  }
}

export function tooDeep(): UnreadableTemplate {
  return new UnreadableTemplate(`is nested more than ${MAX_DEPTH} levels deep, which no template needs; is it the right file?`);
}

/** File contents may get into messages, and messages into terminals: control characters become spaces, the rest is cut. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** "16 MiB", "1.5 MiB". */
export function mebibytes(size: number): string {
  return `${Math.round(size / 1024 / 1024 * 10) / 10} MiB`;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A place in a file, for people. */
export function where({ line, column }: Position): string {
  return `line ${line}, column ${column}`;
}
