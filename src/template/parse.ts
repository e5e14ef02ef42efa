// Text of a template, JSON or YAML, into JSON values with the place of each; or one sentence why it cannot be read.
// Reads as leniently as it can tell what is meant, and remarks on what it had to overlook: real templates have duplicate
// keys, unknown tags and brackets at odd columns, and deploy. What the values mean is decided by the resolver.
// Facts: RFC 8259; YAML 1.2.2; CloudFormation User Guide, "CloudFormation template format" and "Resources" (the one required section).

import { Position } from './input';
import { countKeys, duplicates, skipSpace, withoutComments } from './json-text';
import { Locate, countLines, locateInJson, locateInYaml, positionIn } from './locate';
import { MAX_DEPTH, MAX_ODDITIES, MAX_YAML_LENGTH, Oddity, UnreadableTemplate, isMapping, mebibytes, oneLine, tooDeep, where } from './unreadable';
import { readYaml } from './yaml-text';
import { yamlValues } from './yaml-values';

export { MAX_TEMPLATE_BYTES, UnreadableTemplate } from './unreadable';
export type { Oddity, UnreadableKind } from './unreadable';

export interface Parsed {
  /** JSON values, short tags spelt out; at least one resource. */
  readonly body: unknown;
  readonly oddities: Oddity[];
  /** Where a property stands; the nearest ancestor that exists when it does not. */
  locate(path: readonly (string | number)[]): Position | undefined;
}

interface Draft {
  readonly body: unknown;
  readonly remarks: { readonly position: Position; readonly says: string }[];
  readonly locate: Locate;
  /** The first thing that is not YAML; it explains missing resources better than their absence does. */
  readonly error?: { readonly position: Position; readonly says: string; /** It swallows what follows. */ readonly unclosed: boolean };
}

/** `file` only names the file in oddities. Throws UnreadableTemplate. */
export function parseTemplate(text: string, file: string): Parsed {
  const { body, remarks, locate, error } = guarded(() => draft(text.startsWith('\uFEFF') ? text.slice(1) : text));
  requireResources(body, error);
  const sorted = remarks.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  const oddities = sorted.slice(0, MAX_ODDITIES).map(({ position, says }) => ({ file, ...position, says: oneLine(says, 300) }));
  if (sorted.length > MAX_ODDITIES) {
    oddities.push({ file, ...sorted[MAX_ODDITIES].position, says: `and ${sorted.length - MAX_ODDITIES} more remarks from here on` });
  }
  return { body, oddities, locate };
}

/** Whatever a hostile text provokes in a parser becomes a sentence; a stack overflow is a RangeError. */
function guarded(read: () => Draft): Draft {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableTemplate) throw error;
    if (error instanceof RangeError) throw tooDeep();
    throw new UnreadableTemplate(`cannot be parsed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function draft(text: string): Draft {
  if (text.trim() === '') throw new UnreadableTemplate('is empty', 'foreign');
  if (text.includes('\u0000')) throw new UnreadableTemplate('is not text but binary data', 'foreign');
  return text[skipSpace(text, 0)] === '{' ? draftOfJson(text) : draftOfYaml(text);
}

function draftOfJson(text: string): Draft {
  const json = tryJson(text);
  if (json.error === undefined) return fromJson(text, json.body);
  const blank = withoutComments(text);
  const position = json.position ?? { line: 1, column: 1 };
  if (blank !== undefined && tryJson(blank).error === undefined) {
    const read = fromJson(blank, tryJson(blank).body);
    return { ...read, remarks: [...read.remarks, { position, says: 'a comment, which JSON does not have; left out' }] };
  }
  // Brackets without quotes, or a comma too many, are fine in YAML. A JSON file that was cut off is not, and must not pass.
  refuseConflicts(text);
  const yaml = blank === undefined || blank.length <= MAX_YAML_LENGTH ? draftOfYaml(blank ?? text) : undefined;
  if (yaml === undefined || yaml.error !== undefined) {
    const at = json.position ?? yaml?.error?.position;
    throw new UnreadableTemplate(`is not valid JSON: ${json.error}${at ? ` (${where(at)})` : ''}; mend it or write the file again`);
  }
  return { ...yaml, remarks: [...yaml.remarks, { position, says: `is not valid JSON (${json.error}); read as YAML` }] };
}

interface Attempt { readonly body?: unknown; readonly error?: string; readonly position?: Position }

function tryJson(text: string): Attempt {
  try {
    return { body: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = /at position (\d+)/.exec(error.message);
    const says = oneLine(error.message.replace(/( in JSON)? at position \d+.*$/s, '').replace(/, (\.{3})?".*"(\.{3})? is not valid JSON$/s, ''), 120);
    const at = offset ? Number(offset[1]) : says === 'Unexpected end of JSON input' ? text.length : undefined;
    return { error: says, position: at === undefined ? undefined : positionIn(countLines(text), at) };
  }
}

function fromJson(text: string, body: unknown): Draft {
  const seen = { keys: 0, proto: 0 };
  sweep(body, 0, seen);
  const remarks: Draft['remarks'] = [];
  const remark = (offset: number, says: string): void => {
    remarks.push({ position: positionIn(countLines(text), offset), says });
  };
  if (seen.proto > 0) remark(Math.max(text.indexOf('"__proto__"'), 0), 'the key __proto__ is left out: no template needs it, and programs trip over it');
  if (countKeys(text) !== seen.keys) {
    for (const { key, keyAt } of duplicates(text).slice(0, MAX_ODDITIES + 1)) {
      remark(keyAt, `the key "${oneLine(String(key), 60)}" is there twice in one object; the last one counts`);
    }
  }
  return { body, remarks, locate: locateInJson(text) };
}

/** One pass over all values: how deep, how many keys, and without the one key that is dangerous to copy. */
function sweep(value: unknown, depth: number, seen: { keys: number; proto: number }): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw tooDeep();
  if (Array.isArray(value)) {
    for (const item of value) sweep(item, depth + 1, seen);
    return;
  }
  for (const key in value) {
    seen.keys += 1;
    if (key === '__proto__') {
      seen.proto += 1;
      delete (value as Record<string, unknown>)[key];
    } else {
      sweep((value as Record<string, unknown>)[key], depth + 1, seen);
    }
  }
}

function draftOfYaml(text: string): Draft {
  if (text.length > MAX_YAML_LENGTH) {
    throw new UnreadableTemplate(`is ${mebibytes(text.length)} of YAML; the limit is ${mebibytes(MAX_YAML_LENGTH)}, CloudFormation's own is 1 MB`);
  }
  const { document, remarks, error, position } = readYaml(text);
  if (error !== undefined) refuseConflicts(text);
  const found = remarks.map(({ at, says }) => ({ position: position(at), says }));
  const body = yamlValues(document, (offset, says) => found.push({ position: position(offset), says }));
  const first = error && { position: position(error.at), says: error.says, unclosed: error.unclosed };
  return { body, remarks: found, locate: locateInYaml(text), error: first };
}

/** Reading on would take one side's words for the other's. Asked only when the text is broken: a block text may hold anything. */
function refuseConflicts(text: string): void {
  const marker = /^<{7}(?: |\r?$)/m.exec(text);
  if (marker === null) return;
  throw new UnreadableTemplate(`has a merge conflict that is not resolved (${where(positionIn(countLines(text), marker.index))}); resolve it`);
}

function requireResources(body: unknown, error: Draft['error']): void {
  // Something that is opened and never closed swallows what follows: reading on would pass over it in silence.
  const broken = error && new UnreadableTemplate(`is not valid YAML: ${error.says} (${where(error.position)})`);
  const foreign = (says: string): UnreadableTemplate => broken ?? new UnreadableTemplate(`is not a CloudFormation template: ${says}`, 'foreign');
  if (broken && error.unclosed) throw broken;
  if (!isMapping(body)) throw foreign(`its top level is ${kindOf(body)}, not a mapping with Resources`);
  if (!Object.hasOwn(body, 'Resources')) {
    const missing = foreign('it has no Resources at its top level');
    throw missing.kind === 'foreign' && hasSections(body) ? new UnreadableTemplate(missing.message, 'empty') : missing;
  }
  const resources = body.Resources;
  if (resources === null || (isMapping(resources) && Object.keys(resources).length === 0)) {
    throw broken ?? new UnreadableTemplate('has no resources: nothing to check', 'empty');
  }
  if (!isMapping(resources)) throw foreign(`its Resources is ${kindOf(resources)}, not a mapping from logical ids to resources`);
}

/** What the CDK writes for a stack that only has outputs, or nothing at all. */
function hasSections(body: Record<string, unknown>): boolean {
  return Object.keys(body).every((key) => SECTIONS.has(key));
}

const SECTIONS = new Set(['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions', 'Transform', 'Outputs']);

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'empty';
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}

