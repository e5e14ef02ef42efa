// Renders the stacks of an app that has not been synthesized, for unit tests that call `validateScope`. The only place
// that touches `_toCloudFormation`, which CDK marks @internal (stable for years; pack/render.test.ts watches it).
// A reference into another stack has no final form before synth: it becomes { 'Fn::HandshakeReference': [stack path,
// logical id, attribute or 'Ref'] }, which the reader follows. CDK accepts it where it expects a CloudFormation function
// because it is a single key that starts with `Fn::`.
// Not here: aspects that have not run, and values that only a synth fills in, such as the URL of a nested template.

import { CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { AppStack, concrete, logicalIdOf } from './app-stack';
import { TemplateInput } from '../template';

/** A stack, and the stacks nested in it, as the template that a synth would write. */
export function render(stack: AppStack): TemplateInput {
  const nested = stack.nested.map((child) => [logicalIdOf(child.stack.nestedStackResource!), render(child)] as const);
  return {
    file: stack.stack.templateFile,
    stack: stack.name,
    stackPath: stack.stack.node.path,
    region: concrete(stack.stack.region),
    account: concrete(stack.stack.account),
    body: templateOf(stack.stack),
    nested: Object.fromEntries(nested),
  };
}

function templateOf(stack: Stack): Record<string, unknown> {
  const template: Record<string, unknown> = { Transform: stack.templateOptions.transforms };
  for (const element of elementsOf(stack)) {
    const part = Tokenization.resolve(toCloudFormation(element), { scope: element, resolver: new CrossStackResolver(), preparing: false });
    for (const [section, entries] of Object.entries(part ?? {})) {
      template[section] = isObject(entries) ? { ...(template[section] as object | undefined), ...entries } : entries;
    }
  }
  return template;
}

function toCloudFormation(element: CfnElement): object {
  return (element as unknown as { _toCloudFormation(): object })._toCloudFormation();
}

function elementsOf(stack: Stack): CfnElement[] {
  return stack.node.findAll().filter((construct): construct is CfnElement => CfnElement.isCfnElement(construct) && construct.stack === stack);
}

class CrossStackResolver extends DefaultTokenResolver {
  constructor() {
    super({ join: joinFragments });
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target) && token.target.stack !== Stack.of(context.scope)) {
      return { 'Fn::HandshakeReference': [token.target.stack.node.path, logicalIdOf(token.target), token.displayName] };
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** Two neighbours of one string; CloudFormation puts them together when either is not known yet. */
function joinFragments(left: unknown, right: unknown): unknown {
  const parts = [...fragmentsOf(left), ...fragmentsOf(right)];
  const merged = parts.reduce<unknown[]>((done, part) => {
    const last = done[done.length - 1];
    return typeof last === 'string' && typeof part === 'string' ? [...done.slice(0, -1), last + part] : [...done, part];
  }, []);
  return merged.length === 1 ? merged[0] : { 'Fn::Join': ['', merged] };
}

function fragmentsOf(fragment: unknown): unknown[] {
  if (fragment === undefined || fragment === '') return [];
  if (!isObject(fragment)) return [String(fragment)];
  const join = (fragment as Record<string, unknown>)['Fn::Join'];
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] : [fragment];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
