// Reads the templates that a synth has written: the validation context lists one file per stack, and leaves out nested
// stacks, whose files stand beside their parent's. The construct tree says which they are, because the metadata that names
// them (aws:asset:path) is only written under the CDK CLI.
// The CDK has just written these files, so they are parsed and nothing else: no look for oddities, no walk through the tree.

import { readFileSync } from 'fs';
import * as path from 'path';
import { IPolicyValidationContext, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppStack, appStack, constructAt, isWithin, logicalIdOf, stageOf } from './app-stack';
import { TemplateInput } from '../template';
import { readTemplate } from '../template/sources';

type Where = Pick<TemplateInput, 'stack' | 'stackPath' | 'region' | 'account'>;

/** A template and the stack that it was written from. */
export interface Written {
  readonly input: TemplateInput;
  readonly stack: AppStack;
}

/** The written templates of the Stages that hold stacks at or below a construct, or around it; one list per Stage. */
export function written(scope: IConstruct, context: IPolicyValidationContext): Written[][] {
  const own = stageOf(scope) ?? scope.node.root;
  const stages = new Map<IConstruct, Written[]>();
  for (const { stackConstructPath, templatePath, region, accountId } of context.stackTemplates) {
    const construct = constructAt(scope.node.root, stackConstructPath);
    if (!construct || !Stack.isStack(construct)) continue;
    const stage = Stage.of(construct) ?? scope.node.root;
    if (stage !== own && !isWithin(stage, scope)) continue;
    const stack = appStack(construct);
    const input = read(templatePath, { stack: stack.name, stackPath: stackConstructPath, region, account: accountId }, stack);
    if (!input) continue;
    const list = stages.get(stage) ?? [];
    list.push({ input, stack });
    stages.set(stage, list);
  }
  return [...stages.values()];
}

/** A stack without resources is a stack in which nothing is wrong. */
function read(file: string, where: Where, stack: AppStack): TemplateInput | undefined {
  const text = readFileSync(file, 'utf8');
  const body = JSON.parse(text) as { Resources?: object };
  if (!body.Resources) return undefined;
  const input = { file, ...where, body };
  return text.includes('"AWS::CloudFormation::Stack"') ? withNested(input, stack) : input;
}

function withNested(input: TemplateInput, stack: AppStack): TemplateInput {
  const children = stack.nested.flatMap((child) => {
    const id = logicalIdOf(child.stack.nestedStackResource!);
    const where = { stack: child.name, stackPath: child.stack.node.path, region: input.region, account: input.account };
    const template = read(path.join(path.dirname(input.file), child.stack.templateFile), where, child);
    return template ? [[id, template] as const] : [];
  });
  const { nested: foreign } = readTemplate(input.file); // those that no construct made, by their metadata
  return { ...input, nested: { ...foreign, ...Object.fromEntries(children) } };
}
