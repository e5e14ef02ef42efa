// Where an API stage's access log goes when a blueprint or mixin switches it on; what a line says is in constructs/api-access-log.ts.
// Constructs of this package see to their own logs, also when theirs are switched off.

import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';

/** A log group that keeps its lines for a year, and when the stack goes; under another name when the one wanted is taken. */
export function newStageLog(scope: Construct, id: string): LogGroup {
  const free = scope.node.tryFindChild(id) === undefined ? id : `${id}ByBlueprint`;
  return new LogGroup(scope, free, { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
}

/** Whether a construct is one of this package. */
export function isEdge(construct: IConstruct): boolean {
  const { PROPERTY_INJECTION_ID: id } = construct.constructor as { PROPERTY_INJECTION_ID?: string };
  return id?.startsWith('cdk-handshake.') ?? false;
}
