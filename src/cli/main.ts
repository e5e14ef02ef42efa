#!/usr/bin/env node
// The cdk-handshake command: finds the command that is meant, loads it and nothing else, and sets the exit code.
// Exit 0: nothing to complain about; 1: something is; 2: wrong usage, or nothing could be read.
// Not here: what the commands do; each is a file of this folder.

import { readFileSync } from 'fs';
import { join } from 'path';
import { UsageError } from './arguments';
import { safe } from '../report/safe';

const USAGE = `cdk-handshake: who gets through, who gets 426, 464 or a failed handshake, and why

  cdk-handshake check [FILE|FOLDER ...]   find clients that do not get through (default: cdk.out)
  cdk-handshake paths [FILE|FOLDER ...]   print the table of paths and clients
  cdk-handshake diff OLD NEW              which clients got through before and do not now
  cdk-handshake what-if [FILE|FOLDER ...] who would break if a property, or the TLS posture, were another
  cdk-handshake baseline [FILE|FOLDER ...]
                                          write down the findings of an old estate, so that only new ones fail
  cdk-handshake acknowledgements [FILE|FOLDER ...]
                                          list what is acknowledged, until when, and why
  cdk-handshake probe URL                 try real connections as each client
  cdk-handshake logs FILE|FOLDER ...      who calls and who fails, out of access logs
  cdk-handshake explain RULE              print what a rule means and how to fix it
  cdk-handshake rules                     list the rules

cdk-handshake COMMAND --help lists the options of a command.
`;

type Command = (args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream) => number | Promise<number>;

/** Not by import(), which stays as it is in CommonJS, where a test runner cannot follow it. */
/* eslint-disable @typescript-eslint/no-require-imports */
const COMMANDS: ReadonlyMap<string, () => Command> = new Map<string, () => Command>([
  ['check', () => (require('./check') as typeof import('./check')).checkCommand],
  ['paths', () => (require('./check') as typeof import('./check')).pathsCommand],
  ['diff', () => (require('./diff') as typeof import('./diff')).diffCommand],
  ['what-if', () => (require('./diff') as typeof import('./diff')).whatIfCommand],
  ['baseline', () => (require('./baseline') as typeof import('./baseline')).baselineCommand],
  ['acknowledgements', () => (require('./acknowledgements') as typeof import('./acknowledgements')).acknowledgementsCommand],
  ['probe', () => (require('./probe') as typeof import('./probe')).probeCommand],
  ['logs', () => (require('./logs') as typeof import('./logs')).logsCommand],
  ['explain', () => (require('./explain') as typeof import('./explain')).explainCommand],
  ['rules', () => (require('./explain') as typeof import('./explain')).rulesCommand],
]);

/** The exit code; a promise of it where the network is asked. */
export function main(
  argv: readonly string[], out: NodeJS.WriteStream = process.stdout, err: NodeJS.WriteStream = process.stderr,
): number | Promise<number> {
  const [name, ...args] = argv;
  switch (name) {
    case '--version':
      out.write(`${version()}\n`);
      return 0;
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      out.write(USAGE);
      return name === undefined ? 2 : 0;
  }
  const refuse = (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    err.write(`cdk-handshake: ${safe(error.message)}\n`);
    return 2;
  };
  try {
    const code = commandOf(name)(args, out, err);
    return typeof code === 'number' ? code : code.catch(refuse);
  } catch (error) {
    return refuse(error);
  }
}

function commandOf(name: string): Command {
  const command = COMMANDS.get(name);
  if (command) return command();
  throw new UsageError(`there is no command "${name}"; try: ${[...COMMANDS.keys()].join(', ')}`);
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
}

if (require.main === module) {
  const code = main(process.argv.slice(2));
  if (typeof code === 'number') process.exitCode = code;
  else void code.then((later) => { process.exitCode = later; });
}
