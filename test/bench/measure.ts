// One process of the benchmark: makes an app of a given size, synthesizes it to disk, and times three things on it:
// HandshakeChecks, cdk-nag's AwsSolutionsChecks, and merely reading and parsing the same template files.
// The first call of each is what a `cdk synth` pays, since a synth validates once; the repeated ones are warmed up.
// Prints one line of JSON.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appOf } from './app';
import { HandshakeChecks } from '../../src';
import { analyse } from '../../src/rules';
import { findTemplates } from '../../src/template/sources';

/** What one process found; times in milliseconds. */
export interface Measurement {
  readonly resources: number;
  readonly templates: number;
  readonly bytes: number;
  readonly paths: number;
  readonly findings: number;
  /** The whole synth; nothing but a recorder is registered. */
  readonly synth: number;
  readonly parse: number;
  readonly handshake: number;
  /** Of which the process's main thread was on the processor; undefined where the system does not tell. */
  readonly handshakeOnProcessor?: number;
  readonly nag: number;
  /** HandshakeChecks again, in the same process. */
  readonly warm: readonly number[];
}

const REPEATS = 10;

/** Keeps the context that the framework hands to plugins, and finds nothing. */
class Recorder implements IPolicyValidationPlugin {
  public readonly name = 'Recorder';
  public context?: IPolicyValidationContext;

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.context = context;
    return { success: true, violations: [] };
  }
}

function measure(resources: number): Measurement {
  const outdir = mkdtempSync(join(tmpdir(), 'handshake-bench-'));
  try {
    const app = appOf(resources, outdir);
    const recorder = new Recorder();
    Validations.of(app).addPlugins(recorder);
    const synth = time(() => app.synth());
    const context = recorder.context!;
    if (process.argv.includes('--synth-only')) return { resources, templates: 0, bytes: 0, paths: 0, findings: 0, synth, parse: 0, handshake: 0, nag: 0, warm: [] };

    const parse = time(() => { for (const file of context.templatePaths) JSON.parse(readFileSync(file, 'utf8')); });
    const before = onProcessor();
    const handshake = time(() => new HandshakeChecks(app).validate(context));
    const after = onProcessor();
    const nag = time(() => new AwsSolutionsChecks(app).validate(context));
    const warm = Array.from({ length: REPEATS }, () => time(() => new HandshakeChecks(app).validate(context)));

    const { templates } = findTemplates(context.templatePaths);
    const analysis = analyse(templates);
    const bytes = context.templatePaths.reduce((sum, file) => sum + readFileSync(file).length, 0);
    const { resources: read, paths, findings } = analysis;
    const handshakeOnProcessor = before === undefined || after === undefined ? undefined : after - before;
    const counts = { resources: read, templates: templates.length, bytes, paths: paths.length, findings: findings.length };
    return { ...counts, synth, parse, handshake, handshakeOnProcessor, nag, warm };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function time(run: () => unknown): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Milliseconds that this thread has run in all; Linux only. A busy machine makes everything longer except this. */
function onProcessor(): number | undefined {
  const file = '/proc/thread-self/schedstat';
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : undefined;
}

process.stdout.write(`${JSON.stringify(measure(Number(process.argv[2])))}\n`);
