// The app that cli.test.ts gives to the real CLI. The lines marked with "line:" are looked for in its output.

import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HandshakeChecks, RuleLevel } from '../../../src';
import { frontend, RULE, Shop } from '../shop';

const app = new App();
const which = app.node.tryGetContext('which');

if (which === 'errors') {
  const stack = new Stack(app, 'Stack');
  const outer = new CfnTargetGroup(stack, 'Outer', { targetType: 'ip', vpcId: 'vpc-1', port: 8080, protocol: 'HTTP' }); // line: outer
  outer.addPropertyOverride('ProtocolVersion', 'HTTP2'); // line: override
  frontend(stack, outer.ref);
  const nested = new NestedStack(stack, 'Nested');
  const inner = new CfnTargetGroup(nested, 'Inner', { targetType: 'ip', vpcId: 'vpc-1', port: 8080, protocol: 'HTTP' }); // line: inner
  inner.protocolVersion = 'HTTP2'; // line: assignment
  frontend(nested, inner.ref);
}
if (which === 'warnings') new Shop(new Stack(app, 'Stack'), 'Shop');
if (which === 'stages') new Shop(new Stack(new Stage(app, 'Production'), 'Stack'), 'Shop');

Validations.of(app).addPlugins(new HandshakeChecks(app, which === 'warnings' ? { levels: { [RULE]: RuleLevel.WARNING } } : {}));
