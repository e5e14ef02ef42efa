// What holds for every text whatsoever: it is refused in a sentence or checked to the end, within a second, with findings about resources
// that are there, a report that is JSON, nothing for a terminal to obey, and the same again when asked again.

import { jsonReport, pathTable, textReport, withLines } from '../../../src/report';
import { analyse, Analysis } from '../../../src/rules';
import { TemplateInput } from '../../../src/template';
import { parseTemplate, UnreadableTemplate } from '../../../src/template/parse';

/** Processor time, which other programs on the machine do not lengthen. */
const LIMIT_MS = 1000;

export interface Outcome {
  /** What was promised and did not hold. */
  readonly broken?: string;
  readonly findings: number;
  readonly read: boolean;
  readonly milliseconds: number;
}

/** Texts of templates that are checked together; the second one as a nested stack of the first, if asked for. */
export function tryOut(texts: readonly string[], nested: boolean): Outcome {
  let outcome = once(texts, nested);
  // Once more before it is called slow: the first time may have paid for a collection of garbage or for compiling.
  if (outcome.milliseconds > LIMIT_MS) outcome = once(texts, nested);
  if (!outcome.broken && outcome.milliseconds > LIMIT_MS) return { ...outcome, broken: `took ${Math.round(outcome.milliseconds)} ms` };
  if (!outcome.broken && outcome.report !== once(texts, nested).report) return { ...outcome, broken: 'is not the same when it is asked again' };
  return outcome;
}

function once(texts: readonly string[], nested: boolean): Outcome & { readonly report: string } {
  const start = process.cpuUsage();
  const made = attempt(texts, nested);
  const { user, system } = process.cpuUsage(start);
  return { ...made, milliseconds: (user + system) / 1000 };
}

function attempt(texts: readonly string[], nested: boolean): Omit<Outcome, 'milliseconds'> & { readonly report: string } {
  try {
    const inputs = texts.flatMap((text, index) => read(text, index) ?? []);
    if (inputs.length === 0) return { read: false, findings: 0, report: '' };
    const given = nested && inputs.length > 1 ? [{ ...inputs[0], nested: { [nestedId(inputs[0])]: inputs[1] } }] : inputs;
    const analysis = withLines(analyse(given), given);
    const report = jsonReport({ analysis, unreadable: [] });
    return { read: true, findings: analysis.findings.length, report, broken: brokenIn(analysis, report, inputs) };
  } catch (error) {
    return { read: true, findings: 0, report: '', broken: `threw ${(error as Error).stack ?? String(error)}` };
  }
}

function read(text: string, index: number): TemplateInput | undefined {
  const file = `${index}.template`;
  try {
    const { body, locate } = parseTemplate(text, file);
    return { file, stack: `Stack${index}`, body, locate };
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error;
    if (/[\u0000-\u001f\u007f-\u009f]/.test(error.message) || error.message.length > 400) throw new Error(`refused in something that is no sentence: ${JSON.stringify(error.message)}`);
    return undefined;
  }
}

function nestedId({ body }: TemplateInput): string {
  const resources = (body as { Resources: Record<string, unknown> }).Resources;
  return Object.keys(resources).find((id) => (resources[id] as { Type?: unknown } | null)?.Type === 'AWS::CloudFormation::Stack') ?? Object.keys(resources)[0];
}

function brokenIn(analysis: Analysis, report: string, inputs: readonly TemplateInput[]): string | undefined {
  const { findings, paths } = JSON.parse(report) as Analysis;
  const exists = (template: string, id: string) => inputs.some(({ file, body }) => (template === '' || file === template) && Object.hasOwn((body as { Resources: object }).Resources, id));
  for (const { template, resource, path, rule, message, fix } of findings) {
    if (!exists(template, resource)) return `${rule} names ${JSON.stringify(resource)}, which ${template} has not`;
    const ghost = path.slice(1).find((id) => !exists('', id));
    if (ghost !== undefined) return `${rule} leads over ${JSON.stringify(ghost)}, which is nowhere`;
    if (!message || !fix || /undefined|\[object|NaN\b/.test(fix)) return `${rule} says too little: ${message} ${fix}`;
  }
  for (const { path } of paths) {
    const ghost = path.find((id) => !exists('', id));
    if (ghost !== undefined) return `a path leads over ${JSON.stringify(ghost)}, which is nowhere`;
  }
  const shown = textReport({ analysis, unreadable: [] }, false) + pathTable(analysis.paths, false);
  // eslint-disable-next-line no-control-regex
  const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(shown);
  return control ? `a report has the character ${JSON.stringify(control[0])} in it` : undefined;
}
