// An app with the blueprint (or with other injectors) as a user has it, and the three things that tests look at: the resources
// of its template, the warnings of the blueprint, and what the pack has to say.

import { App, IPropertyInjector, Mixins, Stack, Token } from 'aws-cdk-lib';
import { Client, HandshakeChecks } from '../../src';
import { HandshakeBlueprint, HandshakeBlueprintProps } from '../../src/blueprints/handshake-blueprint';

export interface Built {
  /** `<id>: <text>` of the warnings and infos that carry an id of this package. */
  readonly said: string[];
  /** `<level> <rule>` of the findings. */
  readonly findings: string[];
  /** Properties of the resources of a type. */
  of(type: string): any[];
}

export interface BuildOptions {
  readonly injectors?: IPropertyInjector[];
  readonly blueprint?: HandshakeBlueprintProps;
  readonly context?: Record<string, unknown>;
  readonly serve?: Client[];
  /** Applied before anything is built, so that everything is a later addition, or after. */
  readonly mixins?: { before?: any[]; after?: any[] };
}

export function build(make: (stack: Stack) => void, options: BuildOptions = {}): Built {
  process.env.CDK_VALIDATION = 'false';
  const injectors = options.injectors ?? (options.blueprint ? HandshakeBlueprint.injectors(options.blueprint) : []);
  const app = new App({ propertyInjectors: injectors, context: options.context });
  if (options.mixins?.before) Mixins.of(app).apply(...options.mixins.before);
  const stack = new Stack(app, 'Test');
  make(stack);
  if (options.mixins?.after) Mixins.of(app).apply(...options.mixins.after);
  const assembly = app.synth();
  const artifact = assembly.getStackByName(stack.stackName);
  const resources: any[] = Object.values(artifact.template.Resources ?? {});
  return {
    of: (type) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties),
    said: artifact.messages.map(({ entry }) => String(entry.data)).filter((text) => text.includes('cdk-handshake:')),
    get findings() {
      const report = new HandshakeChecks(undefined, { serve: options.serve }).validateScope(app);
      return report.violations.map(({ severity, ruleName }) => `${severity} ${ruleName.replace('Handshake-', '')}`).sort();
    },
  };
}

/** A text that only a deployment knows. */
export function unknown(stack: Stack): string {
  return Token.asString({ Ref: 'AWS::StackId' }, { displayHint: stack.node.id });
}
