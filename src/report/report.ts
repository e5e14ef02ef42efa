// What a report is made from: the analysis, what could not be read, and the lines of the findings in their files.

import { Level } from '../protocol';
import { Analysis, Finding } from '../rules';
import { TemplateInput } from '../template';

/** A file that could not be read. */
export interface Unreadable {
  readonly file: string;
  readonly reason: string;
}

export interface Report {
  readonly analysis: Analysis;
  readonly unreadable: readonly Unreadable[];
}

/** Counts per level. */
export function count(findings: readonly Finding[], level: Level): number {
  return findings.filter((finding) => finding.level === level).length;
}

/** The same findings, each with the line of its property where the file tells. */
export function withLines(analysis: Analysis, templates: readonly TemplateInput[]): Analysis {
  const byFile = new Map<string, TemplateInput>();
  const add = (template: TemplateInput) => {
    byFile.set(template.file, template);
    for (const nested of Object.values(template.nested ?? {})) add(nested);
  };
  templates.forEach(add);
  const findings = analysis.findings.map((finding) => {
    const position = byFile.get(finding.template)?.locate?.(['Resources', finding.resource, ...finding.property.split('.')]);
    return position ? { ...finding, line: position.line } : finding;
  });
  return { ...analysis, findings };
}
