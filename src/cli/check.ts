// cdk-handshake check and paths: reads templates, runs the analysis, writes a report.
// Exit 0: nothing at or above --fail-on; 1: something is; 2: wrong usage, or nothing could be read.

import { clientId, oneOf, parsed, save, UsageError } from './arguments';
import { readBaseline } from './baseline-file';
import { readTemplates } from './templates';
import { ClientId, CLIENTS, LEVELS } from '../protocol';
import { count, FORMATS, pathTable, render, withLines } from '../report';
import { acknowledge, against, analyse, Analysis } from '../rules';
import { TemplateInput } from '../template';

const USAGE = `cdk-handshake check [FILE|FOLDER ...]: find clients that do not get through (default: cdk.out)
cdk-handshake paths [FILE|FOLDER ...]: print the table of paths and clients

Options of check and paths
  --client ID       a client that must be served; repeatable; naming any replaces the public-internet default
  --refuse ID       a client that must be turned away; repeatable
  --baseline FILE   report only what the file does not know yet; cdk-handshake baseline writes it
  --format FORMAT   text (default), json, sarif, junit, markdown or html
  --output FILE     write the report to a file
  --fail-on LEVEL   error (default), warning or never
Client ids: ${Object.keys(CLIENTS).join(' ')}
`;

/** Whom to serve and whom to refuse, as several commands ask it. */
export const WHO = {
  client: { type: 'string', multiple: true },
  refuse: { type: 'string', multiple: true },
} as const;

const OPTIONS = {
  ...WHO,
  'baseline': { type: 'string' },
  'format': { type: 'string' },
  'output': { type: 'string' },
  'fail-on': { type: 'string' },
  'help': { type: 'boolean', short: 'h' },
} as const;

export function checkCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number {
  return check(args, out, err, 'check');
}

export function pathsCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number {
  return check(args, out, err, 'paths');
}

export interface Who {
  readonly serve: readonly ClientId[];
  readonly refuse: readonly ClientId[];
}

export function whoOf(values: { readonly client?: string[]; readonly refuse?: string[] }): Who {
  const serve = (values.client ?? []).map((id) => clientId('--client', id));
  const refuse = (values.refuse ?? []).map((id) => clientId('--refuse', id));
  const clash = serve.find((id) => refuse.includes(id));
  if (clash) throw new UsageError(`${clash} is named by --client and by --refuse; it can be only one`);
  return { serve, refuse };
}

/** The analysis with lines, without what is acknowledged today. */
export function checked(templates: readonly TemplateInput[], who: Who): Analysis {
  const analysis = withLines(analyse(templates, who), templates);
  const { findings, acknowledged } = acknowledge(analysis.findings, templates, today());
  return { ...analysis, findings, acknowledged };
}

/** In UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function check(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream, command: 'check' | 'paths'): number {
  const { values, positionals } = parsed(args, OPTIONS);
  if (values.help) {
    out.write(USAGE);
    return 0;
  }
  const format = oneOf('--format', values.format ?? 'text', FORMATS);
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'error', ['error', 'warning', 'never']);
  const who = whoOf(values);
  const baseline = values.baseline === undefined ? undefined : readBaseline('--baseline', values.baseline);

  const { templates, unreadable } = readTemplates(positionals, err);
  let analysis = checked(templates, who);
  if (baseline) {
    const { fresh, known, gone } = against(baseline, analysis.findings);
    analysis = { ...analysis, findings: fresh, known };
    if (gone.length > 0) err.write(`${gone.length} of ${values.baseline} are not found any more; cdk-handshake baseline takes them out\n`);
  }
  const report = { analysis, unreadable };
  const colour = values.output === undefined && out.isTTY === true && !process.env.NO_COLOR;
  const text =
    command === 'paths' && format === 'text' ? pathTable(analysis.paths, colour) : render(report, format, colour);
  if (values.output === undefined) out.write(text);
  else save(values.output, text);
  if (templates.length === 0) return 2;
  return command === 'check' && fails(analysis, failOn) ? 1 : 0;
}

function fails({ findings }: Analysis, failOn: string): boolean {
  if (failOn === 'never') return false;
  return LEVELS.slice(0, failOn === 'warning' ? 2 : 1).some((level) => count(findings, level) > 0);
}
