// What Stryker leaves alone: texts for people, since a sentence that is worded otherwise is no other behaviour (texts that decide something,
// such as 'HTTP1', are mutated); and, where MUTATION_PART=20 asks for a part, all functions but one in so many, chosen by MUTATION_SEED.
// What becomes of each mutant is printed at once, so that a run that is stopped was not for nothing.

import { createHash } from 'crypto';
import { relative } from 'path';
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const WORDS = new Set(['why', 'says', 'note', 'because', 'fix', 'cdk', 'cloudFormation', 'what', 'url', 'sources', 'explains']);
const SAYING = new Set(['cannotKnow', 'unknown', 'reasonOf', 'describe']);

const isText = (path) => path.isStringLiteral() || path.isTemplateLiteral();
const nameOf = (node) => node?.name ?? node?.value;

function isForPeople(path) {
  if (!isText(path)) return false;
  for (let at = path; at.parentPath; at = at.parentPath) {
    const { parentPath: parent, node } = at;
    if (parent.isObjectProperty() && parent.node.value === node) return WORDS.has(nameOf(parent.node.key));
    if (parent.isVariableDeclarator()) return WORDS.has(nameOf(parent.node.id));
    if (parent.isCallExpression()) return SAYING.has(nameOf(parent.node.callee));
    if (!isText(parent) && !parent.isConditionalExpression() && !parent.isLogicalExpression() && !parent.isBinaryExpression()) return false;
  }
  return false;
}

const PART = Number(process.env.MUTATION_PART ?? 1);
const SEED = process.env.MUTATION_SEED ?? '426';

/** A function that is in no other function, and is not in the sample. */
function isLeftOut(path) {
  if (PART === 1 || !path.isFunction() || path.getFunctionParent()) return false;
  const { start, end, id, key } = path.node;
  const digest = createHash('sha256').update(`${SEED} ${nameOf(id ?? key) ?? ''} ${start} ${end}`).digest();
  return digest.readUInt32BE(0) % PART !== 0;
}

class EachAtOnce {
  onMutantTested({ status, fileName, location: { start }, mutatorName, replacement }) {
    if (status === 'Ignored') return;
    console.log(`${status} ${relative('', fileName)}:${start.line}:${start.column} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 80)}`);
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.Reporter, 'each-at-once', EachAtOnce),
  declareValuePlugin(PluginKind.Ignore, 'words-for-people', { shouldIgnore: (path) => (isForPeople(path) ? 'a text for people' : undefined) }),
  declareValuePlugin(PluginKind.Ignore, 'sample', { shouldIgnore: (path) => (isLeftOut(path) ? 'not in the sample' : undefined) }),
];
