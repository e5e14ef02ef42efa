// How long it takes until something is loaded: the command, and the package in an app that has aws-cdk-lib and cdk-nag loaded already. Of the
// compiled package, as users have it; each run is a process of its own.

import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

export interface Start {
  readonly what: string;
  /** Milliseconds. */
  readonly times: readonly number[];
  /** The most that the median may be; undefined for what is there to compare with. */
  readonly bar?: number;
}

const ROOT = join(__dirname, '..', '..');
const MAIN = join(ROOT, 'lib', 'cli', 'main.js');
const LOADED = `
require('aws-cdk-lib'); require('constructs'); require('cdk-nag');
const start = process.hrtime.bigint(); ASKED; process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));`;

export function starts(runs: number): Start[] {
  const folder = mkdtempSync(join(tmpdir(), 'handshake-start-'));
  try {
    const template = join(folder, 'template.json');
    writeFileSync(template, JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
    const loaded = (asked: string) => () => Number(execFileSync(process.execPath, ['-e', LOADED.replace('ASKED', asked)], { cwd: ROOT, encoding: 'utf8' }));
    const of = (what: string, run: () => number, bar?: number): Start => ({ what, times: Array.from({ length: runs }, run), bar });
    return [
      of('node -e 0', command('-e', '0')),
      of('cdk-handshake --version', command(MAIN, '--version'), 150),
      of('cdk-handshake check, of one small template', command(MAIN, 'check', template), 150),
      of("require('cdk-handshake')", loaded("require('./lib')"), 30),
      of("require('cdk-handshake').HandshakeChecks", loaded("require('./lib').HandshakeChecks")),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function command(...args: string[]): () => number {
  return () => {
    const start = process.hrtime.bigint();
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
}
