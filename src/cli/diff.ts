// cdk-handshake diff and what-if: who got through before and does not now, or would not. Every client that is known is tried.
// Exit 0: nobody loses; 1: somebody does; 2: wrong usage, or nothing could be read. main.ts loads this file when it is asked for.
// Not here: the comparison (rules/differences.ts), the change of a template (template/change.ts), the posture's policies (posture-changes.ts).

import { oneOf, parsed, save, UsageError } from './arguments';
import { diffJson, diffText } from './diff-report';
import { postureChanges } from './posture-changes';
import { readTemplates } from './templates';
import { REQUIREMENTS } from '../posture/choose';
import { ClientId, CLIENTS } from '../protocol';
import { safe } from '../report';
import { analyse, Analysis, Difference, differences } from '../rules';
import { Change, changed, changedAt, TemplateInput, UnfitChange } from '../template';

const OUTPUT = {
  'format': { type: 'string' },
  'output': { type: 'string' },
  'fail-on': { type: 'string' },
  'help': { type: 'boolean', short: 'h' },
} as const;

const OUTPUT_USAGE = `  --format FORMAT   text (default) or json
  --output FILE     write the report to a file
  --fail-on WHAT    lost (default), unclear (what cannot be told any more fails as well) or never
`;

const DIFF_USAGE = `cdk-handshake diff OLD NEW [options]: which clients got through before and do not now, and which newly do; files, folders, assemblies

Options of diff
${OUTPUT_USAGE}`;

const WHAT_IF_USAGE = `cdk-handshake what-if [FILE|FOLDER ...] [options]: who would break if a property were set otherwise (default: cdk.out)

Options of what-if
  --set RESOURCE.PROPERTY=VALUE   logical id, stack/logical id or construct path; VALUE is JSON, or else text; empty takes it away; repeatable
  --posture NAME                  ${Object.keys(REQUIREMENTS).join(', ')}: the TLS policy of every entry point
${OUTPUT_USAGE}`;

interface Output {
  readonly values: { readonly 'format'?: string; readonly 'output'?: string; readonly 'fail-on'?: string };
}

export function diffCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number {
  const { values, positionals } = parsed(args, OUTPUT);
  if (values.help) return help(out, DIFF_USAGE);
  if (positionals.length !== 2) throw new UsageError('diff wants two things to compare, such as old/cdk.out and cdk.out');
  const [before, after] = positionals.map((path) => readTemplates([path], err));
  if (before.templates.length === 0 || after.templates.length === 0) return 2;
  return report(differences(everybody(before.templates), everybody(after.templates)), {}, { values }, out);
}

export function whatIfCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number {
  const { values, positionals } = parsed(args, { ...OUTPUT, set: { type: 'string', multiple: true }, posture: { type: 'string' } } as const);
  if (values.help) return help(out, WHAT_IF_USAGE);
  const wanted = (values.set ?? []).map(change);
  const posture = values.posture === undefined ? undefined : oneOf('--posture', values.posture, Object.keys(REQUIREMENTS) as (keyof typeof REQUIREMENTS)[]);
  if (wanted.length === 0 && posture === undefined) throw new UsageError('what-if wants --set RESOURCE.PROPERTY=VALUE or --posture NAME');
  const { templates } = readTemplates(positionals, err);
  if (templates.length === 0) return 2;
  let after: readonly TemplateInput[] = templates;
  const set: { resource: string; property: string; value: unknown }[] = [];
  if (posture !== undefined) {
    const { changes, left } = postureChanges(templates, REQUIREMENTS[posture]);
    for (const one of changes) after = changedAt(after, one.file, one.resource, one);
    set.push(...changes.map(({ resource, path, value }) => ({ resource, property: path.join('.'), value })));
    for (const { id, type } of left) err.write(`cdk-handshake: ${safe(id)} (${safe(type)}) is left as it is: the postures have no policy for it, or the template does not tell which kind it is\n`);
  }
  for (const one of wanted) after = asChanged(after, one);
  set.push(...wanted.map(({ resource, path, value }) => ({ resource, property: path.join('.'), value })));
  for (const { resource, property, value } of set) err.write(`${safe(resource)} ${safe(property)} = ${value === undefined ? 'nothing' : safe(JSON.stringify(value))}\n`);
  if (set.length === 0) err.write('nothing would change: every entry point has the policies of this posture\n');
  return report(differences(everybody(templates), everybody(after)), { set }, { values }, out);
}

function help(out: NodeJS.WriteStream, usage: string): number {
  out.write(usage);
  return 0;
}

function everybody(templates: readonly TemplateInput[]): Analysis {
  return analyse(templates, { serve: (Object.keys(CLIENTS) as ClientId[]).filter((id) => id !== 'health-check'), cycles: false });
}

function asChanged(templates: readonly TemplateInput[], one: Change): TemplateInput[] {
  try {
    return changed(templates, one);
  } catch (error) {
    if (error instanceof UnfitChange) throw new UsageError(`--set: ${error.message}`);
    throw error;
  }
}

/** Listener.SslPolicy=…: Properties unless it says Metadata or another attribute of a resource. */
function change(text: string): Change {
  const [, resource, property, written] = /^([^=.]+)\.([^=]+)=(.*)$/s.exec(text) ?? [];
  if (resource === undefined) throw new UsageError(`--set ${text}: write it as RESOURCE.PROPERTY=VALUE, such as Listener.SslPolicy=ELBSecurityPolicy-TLS13-1-2-2021-06`);
  const steps = property.split('.');
  const path = ['Properties', 'Metadata', 'Condition', 'Type'].includes(steps[0]) ? steps : ['Properties', ...steps];
  return { resource, path, value: valueOf(written) };
}

function valueOf(written: string): unknown {
  if (written === '') return undefined;
  try {
    return JSON.parse(written) as unknown;
  } catch {
    return written;
  }
}

function report(all: readonly Difference[], more: object, { values }: Output, out: NodeJS.WriteStream): number {
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json']);
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'lost', ['lost', 'unclear', 'never']);
  const colour = values.output === undefined && out.isTTY === true && !process.env.NO_COLOR;
  const text = format === 'json' ? diffJson(all, more) : diffText(all, colour);
  if (values.output === undefined) out.write(text);
  else save(values.output, text);
  const failing = failOn === 'never' ? [] : failOn === 'unclear' ? ['lost', 'unclear'] : ['lost'];
  return all.some(({ turn }) => failing.includes(turn)) ? 1 : 0;
}
