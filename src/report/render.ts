// A report in one of the formats. Formats that bring much with them are loaded when they are asked for.

import { jsonReport } from './json';
import { Report } from './report';
import { textReport } from './text';

export const FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown', 'html'] as const;

export type Format = (typeof FORMATS)[number];

/** @param colour whether the text goes to a terminal; the other formats have no colour */
export function render(report: Report, format: Format, colour: boolean = false): string {
  /* eslint-disable @typescript-eslint/no-require-imports */
  switch (format) {
    case 'text': return textReport(report, colour);
    case 'json': return jsonReport(report);
    case 'sarif': return (require('./sarif') as typeof import('./sarif')).sarifReport(report);
    case 'junit': return (require('./junit') as typeof import('./junit')).junitReport(report);
    case 'markdown': return (require('./markdown') as typeof import('./markdown')).markdownReport(report);
    case 'html': return (require('./html') as typeof import('./html')).htmlReport(report);
    default: return format satisfies never;
  }
}
