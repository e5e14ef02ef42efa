// Repairs a construct at once, and everything that is below it at synth once more: what was added later, and what others changed
// meanwhile. An aspect on the first construct that a mixin is applied to does that; the CDK does not carry aspects into a
// Stage, so that each Stage gets its own. Repairs have to leave alone what is right already.
// Facts: aws-cdk-lib core/lib/mixins/applicator (parents before children, existing constructs only), core/lib/private/synthesis
// (invokeAspects stops at a Stage).

import { Aspects, CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

export class Everywhere {
  private readonly roots = new WeakSet<IConstruct>();
  private readonly repair: (resource: CfnResource) => void;

  constructor(repair: (resource: CfnResource) => void) {
    this.repair = repair;
  }

  public applyTo(construct: IConstruct): void {
    const covered = construct.node.scopes.some((scope) => this.roots.has(scope));
    if (!this.roots.has(construct) && (!covered || Stage.isStage(construct))) {
      this.roots.add(construct);
      Aspects.of(construct).add({ visit: (node) => this.visit(node) });
    }
    this.visit(construct);
  }

  private visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node)) this.repair(node);
  }
}
