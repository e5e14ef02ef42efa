// cdk-handshake logs: reads its arguments, reads the logs, prints what they answer. Exit 0: all was read; 2: wrong usage, or something
// could not be read; the rest is read and reported all the same.
// main.ts loads this file when it is asked for.

import { oneOf, parsed, save, UsageError } from './arguments';
import { logsJson, logsText, LogView, megabytes } from './logs-report';
import { DIMENSIONS, findLogs, LogReport, readLogs, TlsFloor } from '../logs';
import { safe } from '../report';

export const LOGS_USAGE = `Options of logs
  --by WHAT         count by family, path, status, tls or protocol, and nothing else
  --breaks-if TLS   tls1.2 or tls1.3: who breaks if that were the lowest version, and nothing else
  --format FORMAT   text (default), json or html (one page that needs nothing else)
  --output FILE     write the report to a file
`;

const FLOORS = { 'tls1.2': '1.2', 'tls1.3': '1.3' } as const satisfies Record<string, TlsFloor>;

const OPTIONS = {
  'by': { type: 'string' },
  'breaks-if': { type: 'string' },
  'format': { type: 'string' },
  'output': { type: 'string' },
  'help': { type: 'boolean', short: 'h' },
} as const;

export async function logsCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  if (values.help) {
    out.write(`cdk-handshake logs FILE|FOLDER ... [options]: who calls, over what, who gets 426, 464 or no WebSocket, and who breaks with a higher TLS floor;
ALB access and connection logs, CloudFront standard logs, API Gateway access logs in JSON; gzipped or not\n\n${LOGS_USAGE}`);
    return 0;
  }
  if (positionals.length === 0) throw new UsageError('logs wants files or folders with logs, such as ./AWSLogs');
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json', 'html']);
  const by = values.by === undefined ? undefined : oneOf('--by', values.by, DIMENSIONS);
  const breaksIf = values['breaks-if'] === undefined ? undefined : FLOORS[oneOf('--breaks-if', values['breaks-if'], ['tls1.2', 'tls1.3'])];

  const found = findLogs(positionals);
  const progress = new Progress(err, found.files.reduce((sum, { bytes = 0 }) => sum + bytes, 0));
  const read = await readLogs(found.files, (bytes) => progress.show(bytes));
  progress.end();
  const report = { ...read, unreadable: [...found.unreadable, ...read.unreadable] };
  for (const { file, reason } of report.unreadable) err.write(`cdk-handshake: ${safe(file)}: ${safe(reason)}\n`);

  if (found.files.length > 0) {
    const colour = values.output === undefined && out.isTTY === true && !process.env.NO_COLOR;
    const text = rendered(report, format, { by, breaksIf }, colour);
    if (values.output === undefined) out.write(text);
    else save(values.output, text);
  }
  return report.unreadable.length > 0 ? 2 : 0;
}

function rendered(report: LogReport, format: 'text' | 'json' | 'html', view: LogView, colour: boolean): string {
  switch (format) {
    case 'json': return logsJson(report, view);
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    case 'html': return (require('./logs-html') as typeof import('./logs-html')).logsHtml(report, view);
    case 'text': return logsText(report, view, colour);
  }
}

/** One line on a terminal that is written over, a few times a second. */
class Progress {
  private shownAt = 0;

  constructor(private readonly stream: NodeJS.WriteStream, private readonly total: number) {}

  public show(bytes: number): void {
    if (!this.stream.isTTY || Date.now() - this.shownAt < 200) return;
    this.shownAt = Date.now();
    this.stream.write(`\r\u001b[K${megabytes(bytes)} of ${megabytes(this.total)} read`);
  }

  public end(): void {
    if (this.shownAt > 0) this.stream.write('\r\u001b[K');
  }
}
