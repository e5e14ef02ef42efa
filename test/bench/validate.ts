// How long the check takes inside a synth, beside cdk-nag, beside the CDK's own validation and beside merely parsing the templates; and how long it
// takes to load the package and the command. Prints tables; ends with 1 when a bar is missed. Run it with `npm run bench`.
// Each run is a process of its own (measure.ts), because a synth validates once, in a process that is not warmed up.

import { execFileSync } from 'child_process';
import { cpus, loadavg } from 'os';
import { join } from 'path';
import type { Measurement } from './measure';
import { starts } from './start';

/** `parsing`: how many times as long as JSON.parse of the same templates. */
const BAR = { resources: 10_000, milliseconds: 100, parsing: 3 };

/** `--quick` for a first impression, `--once` to see that it runs; both without the size that the bar is for. */
const [SIZES, RUNS] = process.argv.includes('--once') ? [[500], 1] : process.argv.includes('--quick') ? [[100, 500, 2_000], 3] : [[100, 500, 2_000, 10_000], 7];

function main(): number {
  const busy = loadavg()[0].toFixed(1);
  console.log(`Node.js ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, load ${busy}; ${RUNS} processes for each size.`);
  console.log('Milliseconds: median (least to most). "first": the first call in a process, as in `cdk synth`; "warm": repeated calls;');
  console.log('"on processor": the part of the first call in which the main thread ran, whatever else the machine did.\n');
  const rows = SIZES.map((size) => row(size));
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((cells) => cells.cells[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padStart(widths[column])).join(' | ')} |`;
  console.log(line(HEADINGS));
  console.log(`|${widths.map((width) => `${'-'.repeat(width + 1)}:`).join('|')}|`);
  for (const { cells } of rows) console.log(line(cells));
  console.log();

  const bars: Bar[] = starts(RUNS).map(({ what, times, bar }) => {
    console.log(`${what.padEnd(45)} ${spread(times).padStart(16)} ms`);
    return { what, is: median(times), bar };
  });
  const barred = rows.find(({ resources }) => resources === BAR.resources);
  if (barred) {
    bars.push({ what: `validate() at ${BAR.resources} resources, first call`, is: barred.first, bar: BAR.milliseconds });
    bars.push({ what: `validate() at ${BAR.resources} resources, warm, against ${BAR.parsing} times JSON.parse`, is: barred.warm, bar: BAR.parsing * barred.parse });
  }
  console.log();
  const missed = bars.filter(({ is, bar }) => bar !== undefined && is > bar);
  for (const { what, is, bar } of bars) if (bar !== undefined) console.log(`Bar of ${bar.toFixed(0)} ms, ${what}: ${is > bar ? 'MISSED' : 'met'} (${is.toFixed(0)} ms)`);
  return missed.length > 0 ? 1 : 0;
}

interface Bar {
  readonly what: string;
  readonly is: number;
  readonly bar?: number;
}

const HEADINGS = [
  'resources', 'MB', 'paths', 'findings', 'JSON.parse', 'HandshakeChecks first', 'per 1,000', 'on processor', 'HandshakeChecks warm', 'AwsSolutionsChecks first', 'CDK validation',
];

interface Row {
  readonly resources: number;
  readonly first: number;
  readonly warm: number;
  readonly parse: number;
  readonly cells: readonly string[];
}

function row(size: number): Row {
  const runs = Array.from({ length: RUNS }, () => run(size));
  const { resources, bytes, paths, findings } = runs[0];
  const first = runs.map(({ handshake }) => handshake);
  const warm = runs.flatMap(({ warm: times }) => times);
  const parse = runs.map(({ parse: time }) => time);
  // What a synth takes more with the CDK's own validation than without; once, since it takes seconds.
  const own = [run(size, true).synth - runs[0].synth];
  const onProcessor = runs.flatMap(({ handshakeOnProcessor }) => handshakeOnProcessor ?? []);
  return {
    resources,
    first: median(first),
    warm: median(warm),
    parse: median(parse),
    cells: [
      String(resources), (bytes / 1e6).toFixed(1), String(paths), String(findings),
      spread(parse),
      spread(first), (median(first) / resources * 1_000).toFixed(1), onProcessor.length ? spread(onProcessor) : '-',
      spread(warm),
      spread(runs.map(({ nag }) => nag)),
      spread(own),
    ],
  };
}

function run(size: number, ownValidation = false): Measurement {
  const output = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', join(__dirname, 'measure.ts'), String(size), ...(ownValidation ? ['--synth-only'] : [])], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', ownValidation ? 'ignore' : 'inherit'],
    // The framework's own validation is measured apart; it takes seconds to load.
    env: { ...process.env, TS_NODE_PROJECT: join(__dirname, '..', '..', 'tsconfig.dev.json'), CDK_VALIDATION: String(ownValidation) },
  });
  return JSON.parse(output.trim().split('\n').pop()!);
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function spread(times: readonly number[]): string {
  const show = (time: number) => time.toFixed(time < 10 ? 1 : 0);
  return `${show(median(times))} (${show(Math.min(...times))} to ${show(Math.max(...times))})`;
}

process.exitCode = main();
