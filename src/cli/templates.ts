// Reads the templates that a command was given, and says on stderr what is odd or could not be read.

import { safe } from '../report';
import { findTemplates, Found } from '../template/sources';

export function readTemplates(paths: readonly string[], err: NodeJS.WriteStream): Found {
  const found = findTemplates(paths.length > 0 ? paths : ['cdk.out']);
  for (const { file, line, column, says } of found.oddities) err.write(`warning: ${safe(file)}:${line}:${column}: ${safe(says)}\n`);
  for (const { file, reason } of found.unreadable) err.write(`cdk-handshake: ${safe(file)}: ${safe(reason)}\n`);
  return found;
}
