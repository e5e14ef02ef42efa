// The default action of a listener while nothing else is: 404. It steps back once default targets are there, so that a
// listener is complete from the start, whatever is added to it later.

import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IConstruct } from 'constructs';

export class FallbackAction extends elbv2.ListenerAction {
  private instead?: elbv2.ListenerAction;
  private bound?: { scope: any; listener: elbv2.IApplicationListener; associating?: IConstruct };

  constructor() {
    super({ type: 'fixed-response', fixedResponseConfig: { statusCode: '404', contentType: 'text/plain', messageBody: 'Nothing is served here.' } });
  }

  /** Whether another action took over. */
  public get replaced(): boolean {
    return this.instead !== undefined;
  }

  /** Lets another action take over. */
  public replaceWith(action: elbv2.ListenerAction): void {
    this.instead = action;
    if (this.bound) action.bind(this.bound.scope, this.bound.listener, this.bound.associating);
  }

  public override bind(scope: any, listener: elbv2.IApplicationListener, associating?: IConstruct): void {
    this.bound = { scope, listener, associating };
    super.bind(scope, listener, associating);
  }

  public override renderActions(): any[] {
    return this.instead ? this.instead.renderActions() : super.renderActions();
  }
}
