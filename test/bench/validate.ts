// How long the check takes inside a synth, beside cdk-nag and beside merely parsing the templates. Prints a table; ends
// with 1 when the bar is missed. Run it with `npm run bench`, or `npm run bench -- --quick` for a first impression.
// Each run is a process of its own (measure.ts), because a synth validates once, in a process that is not warmed up.

import { execFileSync } from 'child_process';
import { cpus, loadavg } from 'os';
import { join } from 'path';
import type { Measurement } from './measure';

const BAR = { resources: 10_000, milliseconds: 100 };

const QUICK = process.argv.includes('--quick');
const SIZES = QUICK ? [100, 500, 2_000] : [100, 500, 2_000, 10_000];
const RUNS = QUICK ? 3 : 7;

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

  const barred = rows.find(({ resources }) => resources === BAR.resources);
  if (!barred) return 0;
  const met = barred.first < BAR.milliseconds;
  console.log(`Bar: under ${BAR.milliseconds} ms for ${BAR.resources} resources, first call: ${met ? 'met' : 'missed'} (${barred.first.toFixed(0)} ms).`);
  return met ? 0 : 1;
}

const HEADINGS = [
  'resources', 'MB', 'paths', 'findings', 'JSON.parse', 'HandshakeChecks first', 'per 1,000', 'on processor', 'HandshakeChecks warm', 'AwsSolutionsChecks first',
];

interface Row {
  readonly resources: number;
  readonly first: number;
  readonly cells: readonly string[];
}

function row(size: number): Row {
  const runs = Array.from({ length: RUNS }, () => run(size));
  const { resources, bytes, paths, findings } = runs[0];
  const first = runs.map(({ handshake }) => handshake);
  const onProcessor = runs.flatMap(({ handshakeOnProcessor }) => handshakeOnProcessor ?? []);
  return {
    resources,
    first: median(first),
    cells: [
      String(resources), (bytes / 1e6).toFixed(1), String(paths), String(findings),
      spread(runs.map(({ parse }) => parse)),
      spread(first), (median(first) / resources * 1_000).toFixed(1), onProcessor.length ? spread(onProcessor) : '-',
      spread(runs.flatMap(({ warm }) => warm)),
      spread(runs.map(({ nag }) => nag)),
    ],
  };
}

function run(size: number): Measurement {
  const output = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', join(__dirname, 'measure.ts'), String(size)], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
    // The framework's own linter is not part of what is measured, and takes seconds to load.
    env: { ...process.env, TS_NODE_PROJECT: join(__dirname, '..', '..', 'tsconfig.dev.json'), CDK_VALIDATION: 'false' },
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
