// cdk-handshake acknowledgements: what somebody took responsibility for, until when, and why.
// Exit 0; 1 with --fail-on expired where one is over; 2: wrong usage, or nothing could be read.

import { oneOf, parsed, save } from './arguments';
import { today } from './check';
import { readTemplates } from './templates';
import { painter, safe, wrap } from '../report';
import { acknowledge, Acknowledgements, analyse, RULES } from '../rules';

const USAGE = `cdk-handshake acknowledgements [FILE|FOLDER ...] [options]: list what is acknowledged (default: cdk.out)

A reason with "expires: 2027-03-01" holds until the end of that day (UTC); after it the finding is back.

Options of acknowledgements
  --format FORMAT   text (default) or json
  --output FILE     write the list to a file
  --fail-on WHAT    never (default) or expired
`;

const OPTIONS = {
  'format': { type: 'string' },
  'output': { type: 'string' },
  'fail-on': { type: 'string' },
  'help': { type: 'boolean', short: 'h' },
} as const;

export function acknowledgementsCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number {
  const { values, positionals } = parsed(args, OPTIONS);
  if (values.help) {
    out.write(USAGE);
    return 0;
  }
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json']);
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'never', ['never', 'expired']);
  const { templates } = readTemplates(positionals, err);
  if (templates.length === 0) return 2;
  const { all } = acknowledge(analyse(templates, { table: false }).findings, templates, today());
  const colour = values.output === undefined && out.isTTY === true && !process.env.NO_COLOR;
  const text = format === 'json' ? `${JSON.stringify({ version: 1, acknowledgements: all }, null, 2)}\n` : list(all, colour);
  if (values.output === undefined) out.write(text);
  else save(values.output, text);
  return failOn === 'expired' && all.some(({ state }) => state !== 'holds') ? 1 : 0;
}

function list(all: Acknowledgements['all'], colour: boolean): string {
  const paint = painter(colour);
  if (all.length === 0) return 'nothing is acknowledged\n';
  const lines = oncePerPlace(all).flatMap(({ rule, at, stacks, state, expires, findings, reason }) => {
    const term = expires === undefined ? 'no end' : state === 'unreadable' ? `"${expires}" is no date: it does not count` : `${state === 'holds' ? 'until' : 'ended on'} ${expires}`;
    const known = RULES.some(({ id }) => id === rule);
    const silences = known ? (findings === 0 ? 'about no finding of today' : `${findings} finding${findings === 1 ? '' : 's'}`) : 'there is no such rule';
    const head = `${paint(safe(rule), 'bold')}  ${paint(safe(term), state === 'holds' ? 'dim' : 'red')}  ${silences}`;
    const of = stacks.length === 1 ? 'stack' : `${stacks.length} stacks:`;
    return [head, ...wrap(safe(`${at}  (${of} ${stacks.join(', ')})`), 106).map((text) => `  ${text}`), ...wrap(safe(reason), 106).map((text) => `  ${text}`), ''];
  });
  return lines.join('\n');
}

type Listed = Acknowledgements['all'][number] & { readonly stacks: readonly string[] };

/** What is said once, of the app or of a stage, holds in many stacks and their nested templates, and is listed once. */
function oncePerPlace(all: Acknowledgements['all']): Listed[] {
  const places = new Map<string, Listed>();
  for (const one of all) {
    const key = JSON.stringify([one.rule, one.at, one.reason]);
    const { stacks, findings } = places.get(key) ?? { stacks: [], findings: 0 };
    places.set(key, { ...one, stacks: [...new Set([...stacks, one.stack])], findings: findings + one.findings });
  }
  return [...places.values()];
}
