// What the product says of many inputs, as texts beside the tests. A change of a model shows there what it changes, and for whom.
// `UPDATE_BASELINES=1 npx jest test/rules test/systems` writes them anew; read the difference before you commit it.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { Analysis, Finding, PathRow } from '../src/rules';

const FOLDER = join(__dirname, 'baselines');

export interface Section {
  readonly name: string;
  readonly lines: readonly string[];
}

export function expectAsRecorded(name: string, sections: readonly Section[]): void {
  const file = join(FOLDER, `${name}.txt`);
  const text = sections.map((section) => `# ${section.name}\n${section.lines.map((line) => `${line}\n`).join('')}`).join('\n');
  if (process.env.UPDATE_BASELINES) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'no such file; UPDATE_BASELINES=1 npx jest writes it');
}

/** The first in full, the others by what is other there; those with the same differences as one. */
export function apart([first, ...others]: readonly Section[]): Section[] {
  const known = new Set(first.lines);
  const found = new Map<string, Section>();
  for (const { name, lines } of others) {
    const now = new Set(lines);
    const differences = [...first.lines.filter((line) => !now.has(line)).map((line) => `- ${line}`), ...lines.filter((line) => !known.has(line)).map((line) => `+ ${line}`)];
    const key = differences.join('\n');
    const before = found.get(key);
    found.set(key, { name: before ? `${before.name}\n# ${name}` : name, lines: differences });
  }
  return [first, ...found.values()];
}

/** Which rules speak, who fares how on which path, over which connections, and why. */
export function said({ findings, paths }: Analysis): string[] {
  return [...findings.flatMap(ofFinding), ...paths.flatMap(ofPath)];
}

/** The same without the texts for people, a path in each line: for comparing many. */
export function briefly({ findings, paths }: Analysis): string[] {
  return [
    ...findings.map(({ level, rule, resource, property, outcome, certainty, clients, assumptions }) =>
      `${level} ${rule} at ${resource} ${property}: ${clients.join(', ')}: ${outcome} ${certainty}${assumptions.length ? ` if ${assumptions.join(' and ')}` : ''}`),
    ...paths.flatMap((row) => {
      const notes = Object.fromEntries(Object.entries(row.notes).map(([client, note]) => [client, row.outcomes[client] === 'unknown' ? note : { ...note, why: undefined }]));
      const [head, ...lines] = ofPath({ ...row, notes } as PathRow);
      return lines.map((line) => `${head}${line}`);
    }),
  ];
}

function ofFinding({ level, rule, resource, property, message, fix, paths }: Finding): string[] {
  return [`${level} ${rule} at ${resource} ${property}`, `  ${message}`, `  ${fix}`, ...paths.map((path) => `  ${path.join(' > ')}`)];
}

function ofPath({ path, kind, at, outcomes, legs = [], notes }: PathRow): string[] {
  return [
    `${kind} ${path.join(' > ')}${at ? ` at ${at}` : ''}`,
    ...grouped(Object.entries(outcomes).map(([client, outcome]) => {
      const { hop, certainty, why } = notes[client] ?? {};
      return [client, `${outcome}${certainty ? ` (${certainty}, at ${hop})${why ? `: ${why}` : ''}` : ''}`];
    })),
    ...legs.map(({ to, scheme, version = '?', tls, clients }) => `  ${to}: ${scheme} ${version}${tls ? ` TLS ${tls.join('/') || 'none'}` : ''}: ${clients.join(', ')}`),
  ];
}

/** Clients that fare alike, in one line. */
export function grouped(all: readonly (readonly [string, string])[]): string[] {
  const same = new Map<string, string[]>();
  for (const [client, text] of all) same.set(text, [...(same.get(text) ?? []), client]);
  return [...same].map(([text, clients]) => `  ${clients.join(', ')}: ${text}`);
}
