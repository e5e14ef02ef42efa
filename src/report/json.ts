// The JSON report: a contract that other tools read (docs/contract.md). Fields are only ever added.

import { count, Report } from './report';

export function jsonReport({ analysis, unreadable }: Report): string {
  const { findings, paths } = analysis;
  const document = {
    version: 1,
    summary: {
      templates: analysis.templates,
      resources: analysis.resources,
      paths: paths.length,
      errors: count(findings, 'error'),
      warnings: count(findings, 'warning'),
      infos: count(findings, 'info'),
      unreadable,
    },
    findings,
    ...(analysis.acknowledged?.length ? { acknowledged: analysis.acknowledged } : {}),
    ...(analysis.known?.length ? { known: analysis.known } : {}),
    paths,
  };
  // JSON.stringify leaves these as they are: the rest of the control characters, and those that turn the direction of text.
  const text = JSON.stringify(document, null, 2).replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${text}\n`;
}
