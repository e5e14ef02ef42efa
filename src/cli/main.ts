#!/usr/bin/env node
// The cdk-handshake command: reads arguments, runs the analysis, writes a report, sets the exit code.
// Exit 0: nothing at or above --fail-on; 1: something is; 2: wrong usage, or nothing could be read.
// Not here: the probe (probe.ts) and the logs (logs.ts), which are loaded when they are asked for.

import { readFileSync } from 'fs';
import { join } from 'path';
import { clientId, oneOf, parsed, save, UsageError } from './arguments';
import { closestOf } from './closest';
import { CLIENTS, LEVELS } from '../protocol';
import { count, jsonReport, pageOf, pathTable, safe, textReport, withLines } from '../report';
import { analyse, Analysis, RULES } from '../rules';
import { findTemplates } from '../template/sources';

const USAGE = `cdk-handshake: who gets through, who gets 426, 464 or a failed handshake, and why

  cdk-handshake check [FILE|FOLDER ...]   find clients that do not get through (default: cdk.out)
  cdk-handshake paths [FILE|FOLDER ...]   print the table of paths and clients
  cdk-handshake diff OLD NEW              which clients got through before and do not now; diff --help lists its options
  cdk-handshake what-if [FILE|FOLDER ...] who would break if a property were set otherwise; what-if --help lists its options
  cdk-handshake probe URL                 try real connections as each client; probe --help lists its options
  cdk-handshake logs FILE|FOLDER ...      who calls and who fails, out of access logs; logs --help lists its options
  cdk-handshake explain RULE              print what a rule means and how to fix it
  cdk-handshake rules                     list the rules

Options of check and paths
  --client ID       a client that must be served; repeatable; naming any replaces the public-internet default
  --refuse ID       a client that must be turned away; repeatable
  --format FORMAT   text (default) or json
  --output FILE     write the report to a file
  --fail-on LEVEL   error (default), warning or never
Client ids: ${Object.keys(CLIENTS).join(' ')}
`;

const OPTIONS = {
  'client': { type: 'string', multiple: true },
  'refuse': { type: 'string', multiple: true },
  'format': { type: 'string' },
  'output': { type: 'string' },
  'fail-on': { type: 'string' },
  'help': { type: 'boolean', short: 'h' },
} as const;

/** The exit code; a promise of it where the network is asked. */
export function main(
  argv: readonly string[], out: NodeJS.WriteStream = process.stdout, err: NodeJS.WriteStream = process.stderr,
): number | Promise<number> {
  const refuse = (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    err.write(`cdk-handshake: ${safe(error.message)}\n`);
    return 2;
  };
  try {
    const code = run(argv, out, err);
    return typeof code === 'number' ? code : code.catch(refuse);
  } catch (error) {
    return refuse(error);
  }
}

function run(argv: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number | Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case 'check':
      return check(rest, out, err, 'check');
    case 'paths':
      return check(rest, out, err, 'paths');
    case 'diff':
      return loadDiff().diffCommand(rest, out, err);
    case 'what-if':
      return loadDiff().whatIfCommand(rest, out, err);
    case 'probe':
      return loadProbe().probeCommand(rest, out, err);
    case 'logs':
      return loadLogs().logsCommand(rest, out, err);
    case 'explain':
      return explain(rest, out);
    case 'rules':
      for (const rule of RULES) out.write(`${rule.id.padEnd(40)} ${rule.says}\n`);
      return 0;
    case '--version':
      out.write(`${version()}\n`);
      return 0;
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      out.write(USAGE);
      return command === undefined ? 2 : 0;
    default:
      throw new UsageError(`there is no command "${command}"; try: check, paths, diff, what-if, probe, logs, explain, rules`);
  }
}

/** Not by import(), which stays as it is in CommonJS, where a test runner cannot follow it. */
function loadProbe(): typeof import('./probe') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./probe');
}

function loadLogs(): typeof import('./logs') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./logs');
}

function loadDiff(): typeof import('./diff') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./diff');
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
}

function check(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream, command: 'check' | 'paths'): number {
  const { values, positionals } = parsed(args, OPTIONS);
  if (values.help) {
    out.write(USAGE);
    return 0;
  }
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json']);
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'error', ['error', 'warning', 'never']);
  const serve = (values.client ?? []).map((id) => clientId('--client', id));
  const refuse = (values.refuse ?? []).map((id) => clientId('--refuse', id));
  const clash = serve.find((id) => refuse.includes(id));
  if (clash) throw new UsageError(`${clash} is named by --client and by --refuse; it can be only one`);

  const { templates, unreadable, oddities } = findTemplates(positionals.length ? positionals : ['cdk.out']);
  for (const { file, line, column, says } of oddities) err.write(`warning: ${safe(file)}:${line}:${column}: ${safe(says)}\n`);
  for (const { file, reason } of unreadable) err.write(`cdk-handshake: ${safe(file)}: ${safe(reason)}\n`);
  const analysis = withLines(analyse(templates, { serve, refuse }), templates);
  const report = { analysis, unreadable };
  const colour = values.output === undefined && out.isTTY === true && !process.env.NO_COLOR;
  const text =
    format === 'json' ? jsonReport(report) : command === 'paths' ? pathTable(analysis.paths, colour) : textReport(report, colour);
  if (values.output === undefined) out.write(text);
  else save(values.output, text);
  if (templates.length === 0) return 2;
  return command === 'check' && fails(analysis, failOn) ? 1 : 0;
}

function fails({ findings }: Analysis, failOn: string): boolean {
  if (failOn === 'never') return false;
  return LEVELS.slice(0, failOn === 'warning' ? 2 : 1).some((level) => count(findings, level) > 0);
}

function explain([id]: readonly string[], out: NodeJS.WriteStream): number {
  if (id === undefined) throw new UsageError('explain wants the id of a rule; cdk-handshake rules lists them');
  const rule = RULES.find((candidate) => candidate.id.toLowerCase() === id.replace(/^Handshake(::Handshake)?-/, '').toLowerCase());
  if (!rule) {
    throw new UsageError(
      `there is no rule "${id}"; did you mean ${closestOf(
        id,
        RULES.map((known) => known.id),
      )}?`,
    );
  }
  out.write(`${pageOf(rule).split('\n').slice(2).join('\n')}`); // without the note to those who edit the file
  return 0;
}

if (require.main === module) {
  const code = main(process.argv.slice(2));
  if (typeof code === 'number') process.exitCode = code;
  else void code.then((later) => { process.exitCode = later; });
}
