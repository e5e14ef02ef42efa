// Reads the templates that a synth has written: the validation context lists one file per stack, and leaves out nested
// stacks, whose files stand beside their parent's. The construct tree says which they are, because the metadata that names
// them (aws:asset:path) is only written under the CDK CLI.

import * as path from 'path';
import { IPolicyValidationContext } from 'aws-cdk-lib';
import { AppStack, logicalIdOf } from './app-stack';
import { TemplateInput } from '../template';
import { readTemplate } from '../template/sources';
import { UnreadableTemplate } from '../template/unreadable';

type Where = Pick<TemplateInput, 'stack' | 'stackPath' | 'region' | 'account'>;

/** The written template of a stack with those nested in it; undefined for a stack that the context does not list. */
export function readWritten(stack: AppStack, context: IPolicyValidationContext): TemplateInput | undefined {
  const listed = context.stackTemplates.find((entry) => entry.stackConstructPath === stack.stack.node.path);
  if (!listed) return undefined;
  const { templatePath, region, accountId } = listed;
  const template = read(templatePath, { stack: stack.name, stackPath: stack.stack.node.path, region, account: accountId });
  return template && withNested(template, stack);
}

/** A stack without resources is a stack in which nothing is wrong, and the reader refuses it. */
function read(file: string, where: Where): TemplateInput | undefined {
  try {
    return readTemplate(file, where);
  } catch (error) {
    if (error instanceof UnreadableTemplate && error.kind !== 'broken') return undefined;
    throw error;
  }
}

function withNested(input: TemplateInput, { stack, nested }: AppStack): TemplateInput {
  const children = nested.flatMap((child) => {
    const id = logicalIdOf(child.stack.nestedStackResource!);
    const where = { stack: child.name, stackPath: child.stack.node.path, region: input.region, account: input.account };
    const template = input.nested?.[id] ?? read(path.join(path.dirname(input.file), child.stack.templateFile), where);
    return template ? [[id, withNested({ ...template, ...where }, child)] as const] : [];
  });
  return { ...input, stackPath: stack.node.path, nested: { ...input.nested, ...Object.fromEntries(children) } };
}
