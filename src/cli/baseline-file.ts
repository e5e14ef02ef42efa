// The file of a baseline: JSON, one finding a line, sorted, so that a review sees what went.

import { existsSync, readFileSync } from 'fs';
import { save, UsageError } from './arguments';
import { isClientId, LEVELS } from '../protocol';
import { KnownFinding } from '../rules';

export const BASELINE = 'handshake-baseline.json';

export function readBaseline(option: string, file: string): KnownFinding[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${existsSync(file) ? `cannot be read: ${(error as Error).message}` : 'there is no such file; cdk-handshake baseline writes one'}`);
  }
  const { version, findings } = (content ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== 1 || !Array.isArray(findings) || !findings.every(isKnownFinding)) throw new UsageError(`${option} ${file}: is no baseline of cdk-handshake`);
  return findings;
}

export function writeBaseline(file: string, findings: readonly KnownFinding[]): void {
  const lines = findings.map((finding) => `    ${JSON.stringify(finding)}`).join(',\n');
  save(file, `{\n  "version": 1,\n  "findings": [${lines ? `\n${lines}\n  ` : ''}]\n}\n`);
}

function isKnownFinding(entry: unknown): entry is KnownFinding {
  const { rule, stack, resource, level, clients } = (entry ?? {}) as Partial<KnownFinding>;
  return [rule, stack, resource].every((text) => typeof text === 'string') && LEVELS.some((one) => one === level)
    && Array.isArray(clients) && clients.every((id) => typeof id === 'string' && isClientId(id));
}
