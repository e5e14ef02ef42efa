// Synthesizes an app in the process and gives back what the framework made of the pack's report.

import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib';

export interface ReportedViolation {
  readonly ruleName: string;
  readonly description: string;
  readonly suggestedFix: string;
  readonly severity: string;
  readonly ruleMetadata: Readonly<Record<string, string>>;
  readonly violatingConstructs: readonly {
    readonly constructPath: string;
    readonly cloudFormationResource: { readonly templatePath: string; readonly logicalId: string; readonly propertyPaths: readonly string[] };
  }[];
  readonly reason?: string;
  readonly acknowledgedAt?: string;
}

export interface Synthesized {
  /** What `app.synth()` threw. */
  readonly error?: string;
  readonly violations: readonly ReportedViolation[];
  readonly suppressed: readonly ReportedViolation[];
  /** The constructs with errors, sorted. */
  readonly errors: readonly string[];
}

// The framework's own checks are not needed here and take seconds to load.
process.env.CDK_VALIDATION = 'false';

export function synth(app: App): Synthesized {
  const screen = jest.spyOn(console, 'error').mockImplementation();
  let error: string | undefined;
  try {
    app.synth();
  } catch (thrown) {
    error = (thrown as Error).message;
    if (!error.includes('validation-report.json')) throw thrown;
  } finally {
    screen.mockRestore();
  }
  const file = path.join(app.outdir, 'validation-report.json');
  const report = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { pluginReports: [] };
  const ours: { violations: ReportedViolation[]; suppressedViolations?: ReportedViolation[] }[] =
    report.pluginReports.filter((plugin: { pluginName: string }) => plugin.pluginName === 'Handshake');
  const violations = ours.flatMap((plugin) => plugin.violations);
  return {
    error,
    violations,
    suppressed: ours.flatMap((plugin) => plugin.suppressedViolations ?? []),
    errors: violations.filter(({ severity }) => severity === 'error').flatMap(placesOf).sort(),
  };
}

/** The constructs that a violation is about. */
export function placesOf({ violatingConstructs }: ReportedViolation): string[] {
  return violatingConstructs.map(({ constructPath }) => constructPath);
}
