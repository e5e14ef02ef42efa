// One template file with the nested stacks that lie beside it: the only place that opens template files.
// Not here: which files to read (sources.ts), what their text means (parse.ts).
// Facts: Node.js "File system" error codes; PowerShell's `>` writes UTF-16 with a byte order mark.

import { readFileSync, realpathSync, statSync } from 'fs';
import { basename, dirname, isAbsolute, join } from 'path';
import { StackFacts, assetFiles, isOutside } from './assembly';
import { TemplateInput } from './input';
import { NestedStack, nestedStacks } from './nested';
import { parseTemplate } from './parse';
import { MAX_TEMPLATE_BYTES, Oddity, UnreadableTemplate, mebibytes } from './unreadable';

export interface UnreadableFile {
  readonly file: string;
  readonly reason: string;
}

/** What came up while files were read, and which files they were (real paths), to be filled by `readTemplate`. */
export interface Notes {
  readonly oddities: Oddity[];
  readonly unreadable: UnreadableFile[];
  readonly nestedFiles: Set<string>;
}

export function noNotes(): Notes {
  return { oddities: [], unreadable: [], nestedFiles: new Set() };
}

/** Templates that one template may nest in all; CloudFormation users have some dozens. */
const MAX_NESTED = 500;

/**
 * Reads one template and, recursively, the nested stacks whose templates are files. Throws UnreadableTemplate when this
 * file cannot be read; a nested one that cannot be read is left out and noted.
 */
export function readTemplate(file: string, facts: StackFacts = {}, notes: Notes = noNotes()): TemplateInput {
  const assets = once(() => assetFiles(file));
  return readInto(notes, { left: MAX_NESTED }, file, facts, [], assets);
}

type Assets = () => ReadonlyMap<string, string>;

function readInto(notes: Notes, budget: { left: number }, file: string, facts: StackFacts, parents: string[], assets: Assets): TemplateInput {
  if (facts.root !== undefined && isOutside(facts.root, file)) {
    throw new UnreadableTemplate('lies outside of the cloud assembly that names it, and is not read');
  }
  const { body, oddities, locate } = parseTemplate(readText(file), file);
  notes.oddities.push(...oddities);
  const lineage = [...parents, realpathSync(file)];
  const nested: Record<string, TemplateInput> = {};
  for (const stack of nestedStacks(body, assets)) {
    const input = readNested(notes, budget, file, facts, lineage, assets, stack);
    if (input !== undefined) nested[stack.logicalId] = input;
  }
  return {
    file,
    stack: facts.stack ?? baseName(file),
    ...(facts.stackPath === undefined ? {} : { stackPath: facts.stackPath }),
    ...(facts.region === undefined ? {} : { region: facts.region }),
    ...(facts.account === undefined ? {} : { account: facts.account }),
    ...(facts.acknowledged === undefined ? {} : { acknowledged: facts.acknowledged }),
    body,
    ...(Object.keys(nested).length === 0 ? {} : { nested }),
    locate,
  };
}

function readNested(
  notes: Notes, budget: { left: number }, parent: string, facts: StackFacts, lineage: string[], assets: Assets, { path, stackPath }: NestedStack,
): TemplateInput | undefined {
  const file = isAbsolute(path) ? path : join(dirname(parent), path);
  const real = realFile(file);
  if (real === undefined || lineage.includes(real)) return undefined;
  budget.left -= 1;
  if (budget.left < 0) {
    if (budget.left === -1) notes.unreadable.push({ file, reason: `more than ${MAX_NESTED} nested stacks below one template; the others are left out` });
    return undefined;
  }
  notes.nestedFiles.add(real);
  try {
    return readInto(notes, budget, file, { ...facts, stack: undefined, stackPath }, lineage, assets);
  } catch (error) {
    // A nested stack without resources is deployed as it is; there is nothing in it to check.
    if (!(error instanceof UnreadableTemplate && error.kind === 'empty')) notes.unreadable.push({ file, reason: reasonOf(error) });
    return undefined;
  }
}

/** Refuses by size before it reads. */
export function readText(file: string): string {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new UnreadableTemplate('is a folder');
    if (!stat.isFile()) throw new UnreadableTemplate('is not an ordinary file');
    if (stat.size > MAX_TEMPLATE_BYTES) {
      throw new UnreadableTemplate(`is ${mebibytes(stat.size)}, larger than the limit of ${mebibytes(MAX_TEMPLATE_BYTES)}; CloudFormation's own is 1 MB`);
    }
    const bytes = readFileSync(file);
    return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
  } catch (error) {
    if (error instanceof UnreadableTemplate) throw error;
    throw new UnreadableTemplate(reasonOf(error));
  }
}

const ERRNO: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder: a part of the path is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long for this file system',
  EMFILE: 'too many open files',
};

/** Why something could not be read, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableTemplate) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return ERRNO[code ?? ''] ?? `cannot be read: ${message ?? String(error)}`;
}

/** The file's real path, undefined when there is none. */
export function realFile(file: string): string | undefined {
  try {
    return statSync(file).isFile() ? realpathSync(file) : undefined;
  } catch {
    return undefined;
  }
}

/** "cdk.out/App.template.json" -> "App". */
function baseName(file: string): string {
  const name = basename(file);
  return name.replace(/(\.nested)?(\.template)?\.(json|ya?ml|template)$/i, '') || name;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
