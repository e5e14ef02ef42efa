// Who acknowledged a finding. The spelling that the CDK prints, 'Handshake::Handshake-<Rule>', is the framework's: it moves
// the finding to `suppressedViolations` with reason and place. The bare 'Handshake-<Rule>', cdk-nag's own spelling, is
// recorded by the CDK as an annotation and would have no effect, so the pack drops these findings itself. What the framework applies it applies
// for ever; so a finding whose acknowledgement is over goes by another name, which nobody has acknowledged: cdk-nag's own way of saying which
// case of a rule is meant, in brackets.
// Facts: NagPack.isAcknowledged (private there); Validations.acknowledge of aws-cdk-lib.

import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Term, termOf } from '../rules';

/** What is said of a rule at a construct or at one of its scopes. */
export interface Said extends Term {
  /** Path of the construct. */
  readonly at: string;
  readonly reason: string;
  /** Whether it is spelt as the CDK prints it, so that the framework applies it. */
  readonly applied: boolean;
}

/** All acknowledgements of a rule that hold or held for a construct, the nearest first. */
export function saidOf(construct: IConstruct, ruleName: string, pluginName: string, today: string): Said[] {
  const printed = `${pluginName}::${ruleName}`;
  const ids = [printed, ruleName, `Annotation::${ruleName}`, `annotation::${ruleName}`];
  return construct.node.scopes.reverse().flatMap((scope) => scope.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries((data ?? {}) as Record<string, unknown>))
    .filter(([id]) => ids.includes(id))
    .map(([id, said]) => {
      const reason = typeof said === 'string' ? said : '';
      return { at: scope.node.path || 'the app', reason, applied: id === printed, ...termOf(reason, today) };
    }));
}
