// Who acknowledged a finding. The spelling that the CDK prints, 'Handshake::Handshake-<Rule>', is the framework's: it moves
// the finding to `suppressedViolations` with reason and place. The bare 'Handshake-<Rule>', cdk-nag's own spelling, is
// recorded by the CDK as an annotation and would have no effect, so the pack drops these findings itself.
// Facts: NagPack.isAcknowledged (private there); Validations.acknowledge of aws-cdk-lib.

import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Whether a construct or one of its scopes acknowledges one of the ids. */
export function isAcknowledged(construct: IConstruct, ids: readonly string[]): boolean {
  return construct.node.scopes.some((scope) =>
    scope.node.metadata.some((entry) =>
      entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && Object.keys(entry.data ?? {}).some((id) => ids.includes(id))));
}

/** The spelling of cdk-nag, as the CDK records it. */
export function bare(ruleName: string): string[] {
  return [ruleName, `Annotation::${ruleName}`, `annotation::${ruleName}`];
}

/** The spelling that the CDK prints. */
export function printed(pluginName: string, ruleName: string): string {
  return `${pluginName}::${ruleName}`;
}
