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

/** Which rules speak, who fares how on which path, over which connections, and why. */
export function said({ findings, paths }: Analysis): string[] {
  return [...findings.flatMap(ofFinding), ...paths.flatMap(ofPath)];
}

function ofFinding({ level, rule, resource, property, message, fix, paths }: Finding): string[] {
  return [`${level} ${rule} at ${resource} ${property}`, `  ${message}`, `  ${fix}`, ...paths.map((path) => `  ${path.join(' > ')}`)];
}

function ofPath({ path, kind, at, outcomes, legs = [], notes }: PathRow): string[] {
  return [
    `${kind} ${path.join(' > ')}${at ? ` at ${at}` : ''}`,
    ...grouped(Object.entries(outcomes).map(([client, outcome]) => {
      const { hop, certainty, why } = notes[client] ?? {};
      return [client, `${outcome}${why ? ` (${certainty}, at ${hop}): ${why}` : ''}`];
    })),
    ...legs.map(({ to, scheme, version = '?', tls, clients }) => `  ${to}: ${scheme} ${version}${tls ? ` TLS ${tls.join('/') || 'none'}` : ''}: ${clients.join(', ')}`),
  ];
}

/** Clients that fare alike, in one line. */
export function grouped(all: readonly (readonly [string, string])[]): string[] {
  const alike = new Map<string, string[]>();
  for (const [client, text] of all) alike.set(text, [...(alike.get(text) ?? []), client]);
  return [...alike].map(([text, clients]) => `  ${clients.join(', ')}: ${text}`);
}
