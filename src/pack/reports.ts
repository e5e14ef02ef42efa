// The reports of a synth as files. They are read and rendered only where somebody asks for them, after the findings are known; what goes wrong here
// becomes a warning that names the file, and never breaks the synth. Not inside the cloud assembly: the CDK hashes what is there.
// Not here: what a report looks like (report/), which findings are reported (handshake-checks.ts).

import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { PolicyViolation, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { HandshakeReport } from './handshake-checks-props';
import { Analysis, Finding } from '../rules';
import { readTemplate } from '../template/sources';

/** What was found in the templates of one Stage, and what of it is reported. */
export interface Surveyed {
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

/** Writes the files; a warning for each that could not be written. */
export function writeReports(
  reports: readonly HandshakeReport[], surveyed: readonly Surveyed[], scope: IConstruct, ruleName: string,
): PolicyViolation[] {
  if (reports.length === 0) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { render, withLines } = require('../report') as typeof import('../report');
  const analysis = ((): Analysis => {
    const whole = together(surveyed);
    return withLines(whole, [...new Set(whole.findings.map(({ template }) => template))].map((file) => readTemplate(file)));
  });
  let found: Analysis | undefined;
  return reports.flatMap(({ format, file }) => {
    try {
      const target = path.resolve(file);
      const assembly = outdirOf(scope);
      if (assembly !== undefined && (target === assembly || target.startsWith(`${assembly}${path.sep}`))) {
        throw new Error(`it lies inside the cloud assembly ${assembly}; choose a place beside it`);
      }
      found ??= analysis();
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, render({ analysis: found, unreadable: [] }, format));
      return [];
    } catch (error) {
      return [unwritten(ruleName, format, file, error)];
    }
  });
}

function together(all: readonly Surveyed[]): Analysis {
  return {
    templates: all.reduce((sum, { analysis }) => sum + analysis.templates, 0),
    resources: all.reduce((sum, { analysis }) => sum + analysis.resources, 0),
    findings: all.flatMap(({ findings }) => findings),
    paths: all.flatMap(({ analysis }) => analysis.paths),
  };
}

function outdirOf(scope: IConstruct): string | undefined {
  const { root } = scope.node;
  return Stage.isStage(root) ? path.resolve(root.outdir) : undefined;
}

function unwritten(ruleName: string, format: string, file: string, error: unknown): PolicyViolation {
  return {
    ruleName,
    description: `The report ${file} (${format}) was not written: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Name a file in a folder that can be written, outside of the cloud assembly; relative names begin at the working directory.',
    severity: 'warning',
    violatingResources: [{ locations: [] }],
  };
}
