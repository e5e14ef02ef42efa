// The warning for a value of the user's that stands against a default of the blueprint and turns a client away, or lets one in
// that should not be. The value stays as it is. Ids are `cdk-handshake:blueprintOverridden:<Class>.<property>`, one per property,
// and never change, so that they can be acknowledged. The construct does not exist yet: the warning stands on its scope and
// names the path that it will have.

import { Annotations, InjectionContext } from 'aws-cdk-lib';

/** What there is to say about one value. */
export interface Overridden {
  /** Class and property: `ApplicationListener.sslPolicy`. */
  readonly setting: string;
  /** The value, as the user would write it. */
  readonly value: string;
  /** Who fails, or gets in, and why: one clause. */
  readonly because: string;
  /** What to write instead, in the imperative. */
  readonly instead: string;
}

export function warn({ scope, id }: InjectionContext, { setting, value, because, instead }: Overridden): void {
  const path = [scope.node.path, id].filter((part) => part !== '').join('/');
  const property = setting.split('.')[1];
  Annotations.of(scope).addWarningV2(
    `cdk-handshake:blueprintOverridden:${setting}`,
    `${path}: ${property} is ${value} and stays so: ${because}. ${instead}.`,
  );
}
