// From a finding back to the construct that made the resource: the validation report needs its path, for the user's source
// line and for acknowledgements. The path in the template's metadata is a hint only: it is written under the CDK CLI alone,
// can be switched off, and is a stranger's in an included template. File and logical id decide.

import { CfnElement, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppStack, constructAt, logicalIdOf } from './app-stack';
import { Finding } from '../rules';
import { TemplateInput } from '../template';

/** A template and the stack that it came from; or, for a nested template that is no construct, the resource that names it. */
interface Origin {
  readonly stack: Stack;
  readonly nestedAt?: string;
}

/** Finds the constructs of resources; builds an index of a stack only when a hint fails. */
export class Resources {
  private readonly origins = new Map<string, Origin>();
  private readonly indexes = new Map<Stack, Map<string, IConstruct>>();

  public add(input: TemplateInput, stack: AppStack): void {
    this.origins.set(input.file, { stack: stack.stack });
    for (const [id, nested] of Object.entries(input.nested ?? {})) {
      const child = stack.nested.find((candidate) => logicalIdOf(candidate.stack.nestedStackResource!) === id);
      if (child) this.add(nested, child);
      else this.addForeign(nested, { stack: stack.stack, nestedAt: id });
    }
  }

  /** The construct of the resource to change; its stack when there is no nearer one, as in an included template. */
  public find(finding: Finding): IConstruct {
    const origin = this.origins.get(finding.template);
    if (!origin) throw new Error(`A finding of ${finding.rule} names template '${finding.template}', which was not among those given to the analysis.`);
    const { stack, nestedAt } = origin;
    if (nestedAt !== undefined) return this.index(stack).get(nestedAt) ?? stack;
    const hinted = finding.constructPath === undefined ? undefined : constructAt(stack.node.root, finding.constructPath);
    if (hinted && CfnElement.isCfnElement(hinted) && hinted.stack === stack && logicalIdOf(hinted) === finding.resource) return hinted;
    return this.index(stack).get(finding.resource) ?? stack;
  }

  private addForeign(input: TemplateInput, origin: Origin): void {
    this.origins.set(input.file, origin);
    for (const nested of Object.values(input.nested ?? {})) this.addForeign(nested, origin);
  }

  private index(stack: Stack): Map<string, IConstruct> {
    let index = this.indexes.get(stack);
    if (!index) {
      const elements = stack.node.findAll().filter((each): each is CfnElement => CfnElement.isCfnElement(each) && each.stack === stack);
      index = new Map(elements.map((element) => [logicalIdOf(element), element]));
      this.indexes.set(stack, index);
    }
    return index;
  }
}
