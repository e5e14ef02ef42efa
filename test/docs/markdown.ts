// Reads the documents: which there are, their fenced blocks with the marker above each, their headings and links. Markers are HTML comments
// on the line above a fence: "not run: why" and "output not compared: why".
// Not here: what blocks and links have to be.

import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { dirname, join } from 'path';

export const ROOT = join(__dirname, '..', '..');

/** All Markdown for readers, by the way from the top; rule pages are generated and have tests of their own. */
export const DOCUMENTS: readonly string[] = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')].filter((file) => !file.startsWith('docs/rules/'));

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return markdownIn(file);
    return file.endsWith('.md') ? [file] : [];
  }).sort();
}

export const text = (document: string): string => readFileSync(join(ROOT, document), 'utf8');

export interface Block {
  readonly document: string;
  /** The line of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What the comment above the fence says. */
  readonly marker?: string;
  readonly code: string;
}

export function blocksOf(document: string): Block[] {
  const lines = text(document).split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```(\w*)/.exec(lines[at]);
    if (!fence) continue;
    const end = lines.indexOf('```', at + 1);
    const above = lines.slice(0, at).reverse().find((line) => line.trim() !== '') ?? '';
    const marker = /^<!-- (.+) -->$/.exec(above)?.[1];
    blocks.push({ document, line: at + 1, language: fence[1], marker, code: lines.slice(at + 1, end).join('\n') });
    at = end;
  }
  return blocks;
}

/** Text without fenced blocks and code spans, in which links and headings are real. */
function prose(document: string): string {
  return text(document).replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ''));
}

/** The ids that GitHub gives to headings. */
export function anchors(document: string): Set<string> {
  const seen = new Map<string, number>();
  return new Set([...prose(document).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const id = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    return times === 0 ? id : `${id}-${times}`;
  }));
}

/** What is wrong with the links of a document that stay in the repository. */
export function brokenLinks(document: string): string[] {
  return [...prose(document).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].flatMap(([, link]) => {
    const [file, anchor] = link.split('#');
    const target = file === '' ? document : join(dirname(document), file);
    if (!existsSync(join(ROOT, target))) return [`${document} -> ${link}: there is no ${target}`];
    if (anchor === undefined) return [];
    if (statSync(join(ROOT, target)).isDirectory() || !target.endsWith('.md')) return [`${document} -> ${link}: ${target} has no headings`];
    return anchors(target).has(anchor) ? [] : [`${document} -> ${link}: ${target} has no heading #${anchor}`];
  });
}
