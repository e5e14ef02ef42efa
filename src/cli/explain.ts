// cdk-handshake explain and rules: the pages of the rules.

import { UsageError } from './arguments';
import { closestOf } from './closest';
import { pageOf } from '../report';
import { ruleIdOf, RULES } from '../rules';

export function explainCommand([id]: readonly string[], out: NodeJS.WriteStream): number {
  if (id === '--help' || id === '-h') {
    out.write('cdk-handshake explain RULE: what a rule means and how to fix it; RULE as a report prints it, with or without prefix\n');
    return 0;
  }
  if (id === undefined) throw new UsageError('explain wants the id of a rule; cdk-handshake rules lists them');
  const rule = RULES.find((candidate) => candidate.id.toLowerCase() === ruleIdOf(id).toLowerCase());
  if (!rule) throw new UsageError(`there is no rule "${id}"; did you mean ${closestOf(id, RULES.map((known) => known.id))}?`);
  out.write(`${pageOf(rule).split('\n').slice(2).join('\n')}`); // without the note to those who edit the file
  return 0;
}

export function rulesCommand(_: readonly string[], out: NodeJS.WriteStream): number {
  for (const rule of RULES) out.write(`${rule.id.padEnd(40)} ${rule.says}\n`);
  return 0;
}
