// What a report says of its maker.

import { readFileSync } from 'fs';
import { join } from 'path';

export const REPOSITORY = 'https://github.com/cdk-handshake/cdk-handshake';

/** The page of a rule. */
export function pageUrl(rule: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${rule}.md`;
}

export function toolVersion(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
}
