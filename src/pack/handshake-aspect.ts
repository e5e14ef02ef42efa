// The checks in the form of an aspect, for those who are used to `Aspects.of(app).add(…)`. Aspects themselves have no
// acknowledgement for errors, no fix and no metadata; so this one only registers the pack, with the App (a Stage inside a
// Stack would never be asked), for the place where the aspect was added. It changes nothing in the tree.

import { IAspect, Validations } from 'aws-cdk-lib';
import { WriteNagSuppressionsToCloudFormationAspect } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { isCovered, posts } from './coverage';
import { HandshakeChecks } from './handshake-checks';
import { HandshakeChecksProps } from './handshake-checks-props';
import { settingsOf } from './settings';

/**
 * The checks as an aspect: `Aspects.of(app).add(new HandshakeAspect())` on an App, Stage or Stack gives the same report and
 * the same failing synth as registering `HandshakeChecks`. Where the pack is registered already, it adds nothing.
 */
export class HandshakeAspect implements IAspect {
  private readonly seen = new Set<IConstruct>();
  private readonly props: HandshakeChecksProps;

  /**
   * @param props settings of the checks
   */
  constructor(props: HandshakeChecksProps = {}) {
    this.props = props;
  }

  /**
   * Called by the CDK for each construct; the first one is where the aspect was added.
   *
   * @param node a construct
   */
  public visit(node: IConstruct): void {
    // An aspect that the pack adds while aspects run may come too late, so its work is done here.
    if (this.props.writeSuppressionsToCloudFormation) new WriteNagSuppressionsToCloudFormationAspect().visit(node);
    if (node.node.scopes.some((scope) => this.seen.has(scope))) return;
    this.seen.add(node);
    if (isCovered(node, settingsOf(this.props), posts(node.node.root))) return;
    Validations.of(node.node.root).addPlugins(new HandshakeChecks(node, { ...this.props, writeSuppressionsToCloudFormation: false }));
  }
}
