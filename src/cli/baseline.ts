// cdk-handshake baseline: writes down the findings that there are; the next time, only takes out those that are gone, unless it is told to grow.
// Exit 0: written; 2: wrong usage, or nothing could be read.

import { existsSync } from 'fs';
import { parsed } from './arguments';
import { BASELINE, readBaseline, writeBaseline } from './baseline-file';
import { checked, WHO, whoOf } from './check';
import { readTemplates } from './templates';
import { safe } from '../report';
import { against, baselineOf } from '../rules';

const USAGE = `cdk-handshake baseline [FILE|FOLDER ...] [options]: write down the findings of an old estate (default: cdk.out), so that only new ones fail

The first time it writes all findings. From then on it takes out those that are gone, and adds none, so that the file only shrinks.

Options of baseline
  --file FILE       the baseline (default: ${BASELINE}); cdk-handshake check --baseline FILE reads it
  --grow            add findings that are not in it yet
  --client ID, --refuse ID   as for check
`;

export function baselineCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number {
  const { values, positionals } = parsed(args, { ...WHO, file: { type: 'string' }, grow: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const);
  if (values.help) {
    out.write(USAGE);
    return 0;
  }
  const file = values.file ?? BASELINE;
  const who = whoOf(values);
  const before = existsSync(file) ? readBaseline('--file', file) : undefined;
  const { templates, unreadable } = readTemplates(positionals, err);
  if (templates.length === 0) return 2;
  const { fresh, known, gone } = against(before ?? [], checked(templates, who).findings);
  const kept = before !== undefined && !values.grow ? known : [...known, ...fresh];
  writeBaseline(file, baselineOf(kept));
  const left = before !== undefined && !values.grow ? fresh.length : 0;
  out.write(`${safe(file)}: ${kept.length} findings${before === undefined ? '' : `, ${gone.length} taken out`}${left > 0 ? `; ${left} new ones left out (--grow adds them)` : ''}\n`);
  return unreadable.length > 0 ? 2 : 0;
}
