// Compares the models of servers and proxies with a file of observations of the real programs, and prints the share that
// agrees per system: npx ts-node -P tsconfig.dev.json scripts/lab-agreement.ts FILE [--disagreements] [--system NAME]
// The format of the file is test/lab/matrix.ts. Not here: our own lab, which starts the programs (test/lab).

import { readFileSync } from 'node:fs';
import { nameSeen } from '../src/systems/program/knock';
import { knockOf } from '../test/lab/lab-clients';
import { judge, nameCell, Row } from '../test/lab/matrix';
import { modelled } from '../test/lab/registry';

const MODELLED = modelled();

interface Count {
  agree: number;
  differ: number;
  readonly leftOut: Map<string, number>;
}

function main(parameters: readonly string[]): number {
  const only = parameters.includes('--system') ? parameters[parameters.indexOf('--system') + 1] : undefined;
  const file = parameters.find((parameter) => !parameter.startsWith('--') && parameter !== only);
  if (!file) {
    process.stderr.write('Usage: lab-agreement.ts FILE [--disagreements] [--system NAME]\n');
    return 2;
  }
  const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly Row[];
  const counts = new Map<string, Count>();
  for (const row of rows) {
    if (only !== undefined && row.system !== only) continue;
    const count = counts.get(row.system) ?? { agree: 0, differ: 0, leftOut: new Map<string, number>() };
    counts.set(row.system, count);
    compare(row, count, parameters.includes('--disagreements'));
  }
  for (const [system, { agree, differ, leftOut }] of [...counts].sort()) {
    const rowsLeftOut = [...leftOut.values()].reduce((sum, number) => sum + number, 0);
    const share = agree + differ === 0 ? 'not modelled' : `${((100 * agree) / (agree + differ)).toFixed(2)} % of ${agree + differ}`;
    process.stdout.write(`${system.padEnd(18)} ${share.padStart(20)}${rowsLeftOut ? `, ${rowsLeftOut} left out` : ''}\n`);
    for (const [because, number] of leftOut) if (agree + differ > 0) process.stdout.write(`${' '.repeat(21)}${number} x ${because}\n`);
  }
  return [...counts.values()].some(({ differ }) => differ > 0) ? 1 : 0;
}

function compare(row: Row, count: Count, print: boolean): void {
  const verdicts = MODELLED.filter(({ system }) => system === row.system).map((entry) => judge(row, entry, knockOf));
  const verdict = verdicts.find(({ is }) => is !== 'left out') ?? verdicts[0];
  if (!verdict || verdict.is === 'left out') {
    const because = verdict?.because ?? 'no model';
    count.leftOut.set(because, (count.leftOut.get(because) ?? 0) + 1);
  } else if (verdict.is === 'agrees') {
    count.agree++;
  } else {
    count.differ++;
    const where = [row.system, row.version, row.variant, row.backend, row.listener, row.client].filter(Boolean).join(' | ');
    if (print) process.stdout.write(`${where}: predicted ${nameSeen(verdict.predicted)}, seen ${nameCell(row.outcome)}\n`);
  }
}

process.exitCode = main(process.argv.slice(2));
