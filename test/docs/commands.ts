// The commands of the documents: which lines of a block are commands, what they should end with, and what they should print. In a block
// with "$ " the lines that begin so are commands and those below them what they print; in one without, all are. "# exit code 1" behind
// a command says how it ends; 0 otherwise. "…" stands for anything that was left out, on a line of its own for any lines.
// Not here: running them (shelf.ts, commands.test.ts).

import { Block } from './markdown';

export interface Command {
  /** Where it stands, and what it is; names the test. */
  readonly name: string;
  readonly document: string;
  readonly words: readonly string[];
  /** Undefined in configurations of CI systems: 0 or 1. */
  readonly exitCode?: number;
  /** What it prints, as far as the document shows it. */
  readonly prints?: string;
}

const SHELL = ['sh', 'bash', 'shell', 'console'];
const CONFIGURATION = ['yaml', 'groovy', 'json'];
const BEGINS = /^(\$ )?(npx |cdk-handshake |npm |cdk |aws |curl |openssl |python3? |node |git )/;

export const isCommands = ({ language, code }: Block): boolean => SHELL.includes(language) || (language === '' && BEGINS.test(code));

/** The commands of a block that is to be run. */
export function commandsOf(block: Block): Command[] {
  const lines = block.code.replace(/ \\\n\s*/g, ' ').split('\n');
  if (CONFIGURATION.includes(block.language)) return lines.flatMap((line) => configured(line, block));
  const prompted = lines.some((line) => line.startsWith('$ '));
  const commands: Command[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (prompted ? !lines[at].startsWith('$ ') : /^\s*(#.*)?$/.test(lines[at])) continue;
    const [, line, comment = ''] = /^(?:\$ )?(.*?)(?:\s+#\s(.*))?$/.exec(lines[at])!;
    const next = lines.findIndex((other, index) => index > at && other.startsWith('$ '));
    const below = prompted ? lines.slice(at + 1, next < 0 ? undefined : next).join('\n').trimEnd() : '';
    const compared = below !== '' && !block.marker?.startsWith('output not compared: ');
    for (const part of line.split(' && ')) {
      commands.push({ ...named(part, block), exitCode: Number(/exit code (\d+)/.exec(comment)?.[1] ?? 0), ...(compared && { prints: below }) });
    }
  }
  return commands;
}

/** Our command in the configuration of a CI system. */
function configured(line: string, block: Block): Command[] {
  const found = /(?:npx (?:--yes )?)?cdk-handshake(?:@[\w.]+)? ([a-z-]+ [^'"|;]*|[a-z-]+)(?=['"|;]|$)/.exec(line);
  if (!found || /^\s*(#|-?\s*(repo|uses|id|name):)/.test(line)) return [];
  return [named(`cdk-handshake ${found[1].trim()}`, block)];
}

function named(line: string, { document, line: at }: Block): Command {
  return { name: `${document}:${at} ${line.trim()}`, document, words: wordsOf(line.trim()) };
}

/** As a shell splits them, as far as the documents need it. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, one, other) => one ?? other));
}

/** Whether a text is what a document shows of it. */
export function isShown(shown: string, real: string): boolean {
  const lines = shown.split('\n').map((line) => line.trimEnd());
  const pattern = lines.map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.*')}\\n`)).join('');
  return new RegExp(`^\\s*${pattern}\\s*$`).test(`${real.split('\n').map((line) => line.trimEnd()).join('\n').trim()}\n`);
}

const escaped = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
