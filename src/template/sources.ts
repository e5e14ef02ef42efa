// From the files and folders that a user names to templates: files as they are, cloud assemblies by their manifest, other
// folders by looking through them. What was named and cannot be read is reported; what a search meets and is no
// template is passed over in silence.
// Not here: opening and parsing (read.ts, parse.ts), the manifest (assembly.ts).

import { closeSync, openSync, readSync, readdirSync, realpathSync, statSync } from 'fs';
import { basename, dirname, join } from 'path';
import { AssemblyStack, MANIFEST, StackFacts, assemblyStacks } from './assembly';
import { TemplateInput } from './input';
import { Notes, UnreadableFile, noNotes, readTemplate, readText, realFile, reasonOf } from './read';
import { MAX_TEMPLATE_BYTES, Oddity, UnreadableTemplate, isMapping } from './unreadable';

export { readTemplate } from './read';
export type { UnreadableFile } from './read';

export interface Found {
  readonly templates: TemplateInput[];
  readonly unreadable: UnreadableFile[];
  readonly oddities: Oddity[];
}

export function findTemplates(paths: readonly string[]): Found {
  const search = new Search();
  for (const path of paths) search.add(path);
  return search.found();
}

interface Candidate { readonly input: TemplateInput; readonly real: string; readonly notes: Notes }

class Search {
  private readonly candidates = new Map<string, Candidate>();
  private readonly unreadable: UnreadableFile[] = [];
  private readonly folders = new Set<string>();
  /** Files that were templates or should have been, known ones included. */
  private met = 0;

  public add(path: string): void {
    try {
      if (statSync(path).isDirectory()) this.addFolder(path);
      else if (basename(path) !== MANIFEST || !this.addAssembly(dirname(path))) this.addFile(path);
    } catch (error) {
      this.refuse(path, error);
    }
  }

  /** A nested stack comes with its parent, which knows its parameters, even if it is named; of two that nest each other one stays. */
  public found(): Found {
    const kept = new Set(this.candidates.values());
    for (const one of [...kept]) {
      if ([...kept].some((other) => other !== one && other.notes.nestedFiles.has(one.real))) kept.delete(one);
    }
    const all = [...kept];
    const unreadable = [...this.unreadable, ...all.flatMap(({ notes }) => notes.unreadable)];
    return {
      templates: all.map(({ input }) => input),
      unreadable: unreadable.filter((one, index) => unreadable.findIndex(({ file, reason }) => file === one.file && reason === one.reason) === index),
      oddities: all.flatMap(({ notes }) => notes.oddities),
    };
  }

  private addFolder(folder: string): void {
    const before = this.met;
    const isAssembly = this.addAssembly(folder);
    if (!isAssembly) this.scan(folder);
    if (this.met > before) return;
    this.unreadable.push({ file: folder, reason: isAssembly ? 'this cloud assembly has no stacks with resources' : 'no templates in this folder' });
  }

  private addAssembly(folder: string): boolean {
    const stacks = assemblyStacks(folder);
    if (stacks === undefined) return false;
    for (const stack of stacks) this.addStack(stack);
    return true;
  }

  /** A stack without resources is one that a CDK app may well have; there is nothing in it to check. */
  private addStack({ file, facts }: AssemblyStack): void {
    try {
      this.addFile(file, facts);
    } catch (error) {
      if (!(error instanceof UnreadableTemplate && error.kind === 'empty')) this.refuse(file, error);
    }
  }

  private addFile(file: string, facts: StackFacts = {}, scanned = false): void {
    const real = realFile(file) ?? file;
    if (!this.candidates.has(real)) {
      const notes = noNotes();
      const input = readTemplate(file, facts, notes);
      if (scanned && !isTemplate(input.body)) return;
      this.candidates.set(real, { input, real, notes });
    }
    this.met += 1;
  }

  /** Hidden folders and node_modules are left out; links that lead in a circle end at a folder that was seen. */
  private scan(folder: string): void {
    const real = realpathSync(folder);
    if (this.folders.has(real)) return;
    this.folders.add(real);
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      try {
        const isFolder = statSync(path).isDirectory();
        if (isFolder && name !== 'node_modules' && !name.startsWith('.') && !this.addAssembly(path)) this.scan(path);
        if (!isFolder && /\.(ya?ml|json|template)$/i.test(name)) this.tryFile(path);
      } catch (error) {
        // Links that lead nowhere or in a circle are nobody's template.
        if (!['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) this.refuse(path, error);
      }
    }
  }

  /** A data file is no template; one that speaks of Resources and cannot be read may be, so it is named. */
  private tryFile(file: string): void {
    if (!mentionsResources(file)) return;
    try {
      this.addFile(file, {}, true);
    } catch (error) {
      if (!(error instanceof UnreadableTemplate) || error.kind === 'broken') this.refuse(file, error);
    }
  }

  private refuse(file: string, error: unknown): void {
    this.met += 1;
    this.unreadable.push({ file, reason: reasonOf(error) });
  }
}

function mentionsResources(file: string): boolean {
  const head = statSync(file).size > MAX_TEMPLATE_BYTES ? beginning(file, 64 * 1024) : readText(file);
  return /(^|[\s{,])["']?Resources["']?\s*:/.test(head);
}

function beginning(file: string, bytes: number): string {
  const buffer = Buffer.alloc(bytes);
  const handle = openSync(file, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, bytes, 0));
  } finally {
    closeSync(handle);
  }
}

/** Other formats have a mapping called Resources too; a template has a resource with a type such as AWS::S3::Bucket. */
function isTemplate(body: unknown): boolean {
  if (!isMapping(body) || !isMapping(body.Resources)) return false;
  if (['AWSTemplateFormatVersion', 'Transform'].some((key) => Object.hasOwn(body, key))) return true;
  return Object.entries(body.Resources).some(([id, resource]) => (
    id.startsWith('Fn::') || (isMapping(resource) && typeof resource.Type === 'string' && resource.Type.includes('::'))
  ));
}
