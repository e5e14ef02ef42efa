// Which files are read: those that are named, and those in the folders that are named, in the order of their names. What is named and
// cannot be read is told, one line each. Links to folders are not followed inside of folders, so that no loop is walked.
// Not here: what is in the files (lines.ts).

import { Dirent, readdirSync, statSync } from 'fs';
import { join } from 'path';

export interface LogFile {
  readonly file: string;
  /** Undefined for a pipe. */
  readonly bytes?: number;
}

export interface UnreadableLog {
  readonly file: string;
  readonly reason: string;
}

export interface FoundLogs {
  readonly files: readonly LogFile[];
  readonly unreadable: readonly UnreadableLog[];
}

export function findLogs(named: readonly string[]): FoundLogs {
  const files: LogFile[] = [];
  const unreadable: UnreadableLog[] = [];
  for (const file of named) {
    try {
      const stats = statSync(file);
      if (stats.isDirectory()) {
        const before = files.length;
        const failed = unreadable.length;
        walk(file, files, unreadable);
        if (files.length === before && unreadable.length === failed) unreadable.push({ file, reason: 'there are no files in this folder' });
      } else if (stats.isFile() || stats.isFIFO()) {
        files.push({ file, bytes: stats.isFile() ? stats.size : undefined });
      } else {
        unreadable.push({ file, reason: 'is neither a file nor a folder' });
      }
    } catch (error) {
      unreadable.push({ file, reason: reasonOf(error) });
    }
  }
  return { files, unreadable };
}

function walk(folder: string, files: LogFile[], unreadable: UnreadableLog[]): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    unreadable.push({ file: folder, reason: reasonOf(error) });
    return;
  }
  for (const entry of entries.sort((one, two) => (one.name < two.name ? -1 : 1))) {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) walk(file, files, unreadable);
    else if (entry.isFile() || entry.isSymbolicLink()) add(file, files, unreadable);
  }
}

function add(file: string, files: LogFile[], unreadable: UnreadableLog[]): void {
  try {
    const stats = statSync(file);
    if (stats.isFile()) files.push({ file, bytes: stats.size });
  } catch (error) {
    unreadable.push({ file, reason: reasonOf(error) });
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or folder'],
  ['EACCES', 'no permission to read it'],
  ['EPERM', 'no permission to read it'],
  ['ELOOP', 'too many links'],
  ['Z_BUF_ERROR', 'the gzip file ends too early; what came before is counted'],
  ['Z_DATA_ERROR', 'the gzip file is damaged; what came before is counted'],
]);

/** In one line. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && REASONS.get(code)) || message.split('\n')[0];
}
