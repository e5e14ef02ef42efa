// What a property injector is here: a pure function from the properties that a user gave to those that the construct gets, and
// the class that the CDK wants around it. Keys whose value is undefined are dropped first, because a default that is spread
// under them would be lost. Several injectors of one construct class become one, since the CDK keeps only one per class and scope.
// Facts: aws-cdk-lib core/lib/prop-injectors-helpers (nearest scope wins, outer ones are not called; the construct does not
// exist yet, so that warnings stand on its scope).

import { Duration, IPropertyInjector, InjectionContext } from 'aws-cdk-lib';
import { defined } from '../declare/defined';
import { TlsPosture } from '../posture/tls-posture';

/** What the blueprint was asked for, with its defaults filled in. */
export interface Settings {
  readonly posture: TlsPosture;
  readonly pingInterval?: Duration;
  /** Undefined: only where a log needs no role of the account. */
  readonly accessLogs?: boolean;
}

/** Properties of the construct `context.id` in `context.scope`, with the blueprint's defaults; never changes those it is given. */
export type Defaults<Props> = (props: Props, context: InjectionContext, settings: Settings) => Props;

export function injector<Props extends object>(constructUniqueId: string, defaults: Defaults<Props>, settings: Settings): IPropertyInjector {
  return {
    constructUniqueId,
    inject: (given: Props | undefined, context) => defaults(defined(given), context, settings),
  };
}

/** One injector per construct class: earlier ones first, later ones see what they made of the properties. */
export function chain(injectors: readonly IPropertyInjector[]): IPropertyInjector[] {
  const byClass = new Map<string, IPropertyInjector[]>();
  for (const one of injectors) byClass.set(one.constructUniqueId, [...byClass.get(one.constructUniqueId) ?? [], one]);
  return [...byClass].map(([constructUniqueId, links]) => links.length === 1 ? links[0] : {
    constructUniqueId,
    inject: (given: unknown, context: InjectionContext) => links.reduce((props, link) => link.inject(props, context), given),
  });
}
