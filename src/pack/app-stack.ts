// The stacks of an app as the construct tree holds them: which there are, which is nested in which, in which Stage they
// are deployed. A Stage is analysed by itself, since two Stages may repeat the names of stacks and exports.

import { CfnElement, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A stack with those that are nested in it. */
export interface AppStack {
  readonly stack: Stack;
  /** Its name in CloudFormation; the construct id where only a deployment knows the name. */
  readonly name: string;
  readonly nested: readonly AppStack[];
}

/** The Stages, with the App as the outermost one, that hold stacks at or below a construct, or around it. */
export function stagesAround(scope: IConstruct): IConstruct[] {
  const own = stageOf(scope) ?? scope.node.root;
  return [own, ...scope.node.findAll().filter((construct) => Stage.isStage(construct) && construct !== own)];
}

/** The Stage that a construct is in, or is; `Stage.of` of a Stage is the one around it. */
export function stageOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

/** The stacks of one Stage, without those of the Stages inside it. */
export function stacksOf(stage: IConstruct): AppStack[] {
  return stacksIn(stage).filter((stack) => !stack.nested).map(appStack);
}

/** A stack; those nested in it are looked for when asked for, which costs a walk through the stack. */
export function appStack(stack: Stack): AppStack {
  let nested: readonly AppStack[] | undefined;
  return {
    stack,
    name: concrete(stack.stackName) ?? stack.node.id,
    get nested() {
      return (nested ??= stacksIn(stack).filter((other) => other.nestedStackParent === stack).map(appStack));
    },
  };
}

/** The construct at a path. */
export function constructAt(root: IConstruct, path: string): IConstruct | undefined {
  return path.split('/').reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), root);
}

function stacksIn(scope: IConstruct): Stack[] {
  return within(scope).filter((construct): construct is Stack => Stack.isStack(construct));
}

function within(scope: IConstruct): IConstruct[] {
  return [scope, ...scope.node.children.filter((child) => !Stage.isStage(child)).flatMap(within)];
}

/** Whether a construct is the scope itself or stands below it. */
export function isWithin(construct: IConstruct, scope: IConstruct): boolean {
  return construct.node.scopes.includes(scope);
}

export function logicalIdOf(element: CfnElement): string {
  return element.stack.resolve(element.logicalId);
}

/** The text, unless only a deployment knows it. */
export function concrete(text: string): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}
