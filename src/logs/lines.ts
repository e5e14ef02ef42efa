// Lines out of files, gzipped or not (told by the first bytes, not by the name), in steady memory: a line that is longer than any that
// the documented logs can have is passed on as undefined and never kept whole.
// Not here: which files (files.ts), what a line means (recognise.ts).
// Facts: RFC 1952 section 2.3.1 (1f 8b); CloudFront guide "Standard logging reference" (what has more than 20 KB of headers or 8,192
// bytes of URL is not logged); ELB guide "Quotas for your Application Load Balancers" (64 KB of headers).

import { isAscii } from 'buffer';
import { createReadStream } from 'fs';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { createGunzip } from 'zlib';

export const LONGEST_LINE = 128 * 1024;

const BLOCK = 64 * 1024;
const NEWLINE = 10;

/** A line without its end, or undefined where it is too long; lines count from 1. */
export type OnLine = (line: string | undefined, number: number) => void;

/** Reads a file to its end; onBytes gets how many bytes of it were read each time. */
export async function readLines(file: string, onLine: OnLine, onBytes: (bytes: number) => void): Promise<void> {
  const raw = createReadStream(file, { highWaterMark: BLOCK });
  const chunks = raw[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const lines = new Splitter(onLine);
  try {
    const first = await chunks.next();
    if (first.done) return;
    const foreign = foreignKind(first.value);
    if (foreign !== undefined) throw new Error(`it is ${foreign}; what is read is text, JSON, and either of them gzipped`);
    const all = counted(first.value, chunks, onBytes);
    if (first.value[0] === 0x1f && first.value[1] === 0x8b) {
      const packed = Readable.from(all, { objectMode: false, highWaterMark: BLOCK });
      await pipeline(packed, createGunzip({ chunkSize: BLOCK }), (plain) => take(plain, lines));
    } else {
      await take(all, lines);
    }
  } finally {
    lines.end();
    raw.destroy();
  }
}

async function take(chunks: AsyncIterable<Buffer>, lines: Splitter): Promise<void> {
  for await (const chunk of chunks) lines.push(chunk);
}

async function* counted(first: Buffer, rest: AsyncIterator<Buffer>, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for (let chunk: IteratorResult<Buffer> = { value: first }; !chunk.done; chunk = await rest.next()) {
    onBytes(chunk.value.length);
    yield chunk.value;
  }
}

const FOREIGN: readonly (readonly [magic: string, kind: string])[] = [
  ['PAR1', 'a Parquet file'], ['PK\u0003\u0004', 'a zip archive'], ['BZh', 'compressed by bzip2'], ['\u0028\u00b5\u002f\u00fd', 'compressed by zstd'],
];

function foreignKind(start: Buffer): string | undefined {
  const text = start.toString('latin1', 0, 4);
  return FOREIGN.find(([magic]) => text.startsWith(magic))?.[1];
}

/** Cuts blocks at the ends of lines, so that what is decoded never ends within a character. */
class Splitter {
  private carried: Buffer[] = [];
  private carriedBytes = 0;
  private skipping = false;
  private number = 0;

  constructor(private readonly onLine: OnLine) {}

  public push(chunk: Buffer): void {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      this.carry(chunk);
      return;
    }
    let start = 0;
    if (this.skipping) {
      this.emit(undefined);
      this.skipping = false;
      start = chunk.indexOf(NEWLINE) + 1;
    }
    const whole = chunk.subarray(start, end + 1);
    if (whole.length > 0) this.lines(this.carried.length === 0 ? whole : Buffer.concat([...this.carried, whole]));
    this.carried = [];
    this.carriedBytes = 0;
    this.carry(chunk.subarray(end + 1));
  }

  public end(): void {
    if (this.skipping) this.emit(undefined);
    else if (this.carriedBytes > 0) this.lines(Buffer.concat([...this.carried, Buffer.from('\n')]));
    this.skipping = false;
    this.carried = [];
    this.carriedBytes = 0;
  }

  private carry(rest: Buffer): void {
    if (this.skipping || rest.length === 0) return;
    this.carried.push(rest);
    this.carriedBytes += rest.length;
    if (this.carriedBytes <= LONGEST_LINE) return;
    this.skipping = true;
    this.carried = [];
    this.carriedBytes = 0;
  }

  /** A block that ends with a newline. */
  private lines(block: Buffer): void {
    const text = block.toString(isAscii(block) ? 'latin1' : 'utf8');
    for (let at = 0; at < text.length;) {
      const newline = text.indexOf('\n', at);
      const end = newline > at && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
      this.emit(end - at > LONGEST_LINE ? undefined : text.slice(at, end));
      at = newline + 1;
    }
  }

  private emit(line: string | undefined): void {
    this.number += 1;
    this.onLine(line, this.number);
  }
}
