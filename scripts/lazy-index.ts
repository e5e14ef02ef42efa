// Rewrites lib/index.js after the compile, so that each part of the package is loaded when it is first asked for: a construct library in an app that
// uses one of its classes should not cost the loading of all. What is exported is taken from the compiled modules themselves.
// The line that never runs names the exports for Node's lexer of CommonJS, so that `import { EdgeService }` works in ES modules.

import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

const INDEX = join(__dirname, '..', 'lib', 'index.js');
const HEAD = '// The public API; each part is loaded when it is first asked for. Made by scripts/lazy-index.ts out of src/index.ts.';

/* eslint-disable @typescript-eslint/no-require-imports */
const source = readFileSync(INDEX, 'utf8');
if (!source.includes(HEAD)) writeFileSync(INDEX, lazy(source));

function lazy(eager: string): string {
  const parts = [...new Set([...eager.matchAll(/require\("(\.\/[^"]+)"\)/g)].map(([, part]) => part))];
  const wanted = Object.keys(require(INDEX) as object);
  const from = new Map<string, string>();
  for (const part of parts) for (const name of Object.keys(require(join(INDEX, '..', part)) as object)) if (wanted.includes(name)) from.set(name, part);
  const lost = wanted.filter((name) => !from.has(name));
  if (lost.length > 0) throw new Error(`lib/index.js exports ${lost.join(', ')}, and none of the modules that it loads does`);
  const lines = [...from].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, part]) => `part(${JSON.stringify(name)}, () => require(${JSON.stringify(part)}));`);
  return `"use strict";
${HEAD}
Object.defineProperty(exports, "__esModule", { value: true });
function part(name, load) {
  const get = () => {
    const value = load()[name];
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });
    return value;
  };
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}
${lines.join('\n')}
0 && (module.exports = { ${[...from.keys()].sort().join(', ')} });
`;
}
