// Reads logs and answers: the one door into this folder. On this machine, in one pass, in memory that does not grow with the logs.

import { Answers, Questions } from './answers';
import { LogFile, reasonOf, UnreadableLog } from './files';
import { readLines } from './lines';
import { Recogniser } from './recognise';
import { LogFormat } from './request';

export type { Answers, ConnectionCount, Counted, CountedRow, Dimension } from './answers';
export { DIMENSIONS } from './answers';
export type { FoundLogs, LogFile, UnreadableLog } from './files';
export { findLogs } from './files';
export type { FloorAnswer, TlsFloor } from './floors';
export type { Problem, ProblemKind } from './problems';
export { PROBLEMS } from './problems';

/** Lines of one file that are of none of the formats. */
export interface NotUnderstood {
  readonly file: string;
  readonly lines: number;
  /** The number of the first such line. */
  readonly firstLine: number;
}

/** lines = requests + connections + headers + blank + notUnderstood. */
export interface LogReport {
  readonly files: number;
  /** As they are on the disk. */
  readonly bytes: number;
  readonly lines: number;
  readonly headers: number;
  readonly blank: number;
  readonly notUnderstood: number;
  /** In the order of reading, at most a hundred files. */
  readonly notUnderstoodIn: readonly NotUnderstood[];
  readonly formats: Readonly<Partial<Record<LogFormat, number>>>;
  readonly unreadable: readonly UnreadableLog[];
  readonly answers: Answers;
}

const FILES_NAMED = 100;

/** Reads the files one after the other; onBytes gets how many bytes were read so far. */
export async function readLogs(files: readonly LogFile[], onBytes: (bytes: number) => void = () => undefined): Promise<LogReport> {
  const questions = new Questions();
  const unreadable: UnreadableLog[] = [];
  const notUnderstoodIn: NotUnderstood[] = [];
  const sums = { bytes: 0, lines: 0, headers: 0, blank: 0, notUnderstood: 0 };
  for (const { file } of files) {
    const recogniser = new Recogniser();
    let odd = 0;
    let firstLine = 0;
    const onLine = (line: string | undefined, number: number): void => {
      sums.lines += 1;
      const found = line === undefined ? undefined : recogniser.line(line);
      switch (found?.kind) {
        case 'request': return questions.request(found.request);
        case 'connection': return questions.connection(found.connection);
        case 'header': sums.headers += 1; return;
        case 'blank': sums.blank += 1; return;
        case undefined:
          if (odd === 0) firstLine = number;
          odd += 1;
      }
    };
    try {
      await readLines(file, onLine, (bytes) => {
        sums.bytes += bytes;
        onBytes(sums.bytes);
      });
    } catch (error) {
      unreadable.push({ file, reason: reasonOf(error) });
    }
    sums.notUnderstood += odd;
    if (odd > 0 && notUnderstoodIn.length < FILES_NAMED) notUnderstoodIn.push({ file, lines: odd, firstLine });
  }
  return { files: files.length, ...sums, notUnderstoodIn, formats: questions.lines(), unreadable, answers: questions.answers() };
}
