// Acknowledges findings of cdk-nag's AwsSolutionsChecks on what a construct makes, each with the reason why it is right so. The
// spelling is the one that leaves a trace in the validation report. Users who do not run cdk-nag never notice.

import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Acknowledges AwsSolutions rules on a construct and what is below: `{ 'AwsSolutions-S1': 'reason' }`. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  const acknowledged = Object.entries(reasons).map(([id, reason]) => ({ id: `AwsSolutions::${id}`, reason }));
  Validations.of(construct).acknowledge(...acknowledged);
}
