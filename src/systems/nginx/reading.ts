// What is collected while a configuration is read: the lines that settings come from, and those that matter and were not understood.

import { Found } from './levels';
import { at, Directive, shown } from './syntax';

/** A line that matters here, and that could not be understood. */
export interface Unread {
  readonly file: string;
  readonly line: number;
  readonly directive: string;
  readonly why: string;
}

export class Reading {
  private readonly seen = new Map<string, Unread>();

  public get unread(): readonly Unread[] {
    return [...this.seen.values()];
  }

  public not(directive: Directive, why: string): void {
    const { file, line, name } = directive;
    this.seen.set(`${at(directive)} ${name}`, { file, line, directive: shown(name), why });
  }
}

/** Settings of one block, each with its line. */
export class Lines {
  public readonly lines: Record<string, string> = {};

  constructor(private readonly reading: Reading) {}

  /** The setting that a line comes to; a line that `understand` does not understand, and one that may stand elsewhere, is 'unknown'. */
  public take<Value, Setting>(name: string, found: Found<Value>, understand: (value: Value) => Setting | undefined): Setting | 'unknown' | undefined {
    if (found.is === 'not set') return undefined;
    this.lines[name] = found.at;
    if (found.is === 'unknown') return 'unknown';
    const setting = understand(found.value);
    if (setting === undefined) this.reading.not(found.directive, `${shown(found.directive.words.join(' '))} is not understood`);
    return setting ?? 'unknown';
  }
}
