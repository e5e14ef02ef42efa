// The JSON report: a contract that other tools read (docs/contract.md). Fields are only ever added.

import { count, Report } from './report';
import { safe } from './safe';

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
  return `${JSON.stringify(document, null, 2).split('\n').map(safe).join('\n')}\n`;
}
