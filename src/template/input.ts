// What the reader hands to the analysis: parsed templates with where they come from, nested stacks inside their parents.
// Pure data, so that a synth, a command and a unit test can all make it.

/** A finding that somebody took responsibility for in a CDK app. */
export interface AcknowledgedRule {
  /** Path of the construct that it is said of, with all below; empty for the app. */
  readonly at: string;
  /** As the CDK writes it: Handshake::Handshake-<Rule>. */
  readonly id: string;
  readonly reason: string;
}

/** What is acknowledged in a stack, and the construct paths of its logical ids. */
export interface Acknowledged {
  readonly rules: readonly AcknowledgedRule[];
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/** One template that was read. */
export interface TemplateInput {
  /** File as the user named it; reports show it. */
  readonly file: string;
  /** Stack name, as far as known; the file's base name otherwise. */
  readonly stack: string;
  /** CDK construct path of the stack, when the template comes from an app. */
  readonly stackPath?: string;
  /** Region the stack is deployed to, when known. */
  readonly region?: string;
  /** Account the stack is deployed to, when known. */
  readonly account?: string;
  /** What the app that wrote it acknowledges, as far as its assembly tells. */
  readonly acknowledged?: Acknowledged;
  /** The template itself, as JSON values; short tags already spelt out. */
  readonly body: unknown;
  /** Templates of nested stacks by the logical id of their AWS::CloudFormation::Stack. */
  readonly nested?: Readonly<Record<string, TemplateInput>>;
  /** Where a property stands in the file, for reports; computed on demand. */
  readonly locate?: (path: readonly (string | number)[]) => Position | undefined;
}

/** Line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
