// The shape of a rule: one root cause, its words, its evidence; no analysis. Its id is what systems name as `cause`.

import { Level } from '../protocol';

export interface RuleSource {
  /** Page, thread or test. */
  readonly what: string;
  readonly url?: string;
  /** How well it is backed. */
  readonly confidence: 'documented' | 'reported' | 'source code' | 'inferred' | 'lab';
}

export interface Rule {
  /** The fault in words, never a number; never reused. */
  readonly id: string;
  /** One sentence: what is wrong. */
  readonly says: string;
  /** Who is hit and what they see. */
  readonly hits: string;
  readonly why: string;
  readonly fix: {
    /** One sentence in CDK terms. */
    readonly cdk: string;
    /** One sentence in CloudFormation terms. */
    readonly cloudFormation: string;
    /** The repaired part, in TypeScript and in YAML, for the rule's page. */
    readonly ts?: string;
    readonly yaml?: string;
    /** Class of the mixin of this package that repairs it in an existing app. */
    readonly mixin?: string;
  };
  /** The loudest it gets; errors unless said otherwise. */
  readonly atMost?: Level;
  readonly sources: readonly RuleSource[];
}
