// cdk-handshake probe: reads its arguments, probes, compares with templates if asked to, prints, and says by its exit code what came of
// it. 0: whoever has to be served is; 1: somebody is not, or something differs from the templates; 2: wrong usage, or nobody was reached.
// main.ts loads this file when it is needed, because the probe brings TLS and HTTP/2 with it.

import { clientId, oneOf, parsed, UsageError } from './arguments';
import { compare, Expectations, expectations } from './probe-expect';
import { probeJson, probeText } from './probe-report';
import { probe, ProbeOptions, WrongTarget } from '../probe';
import { safe } from '../report';

export const PROBE_USAGE = `Options of probe
  --ws PATH         try WebSockets at this path; a wss:// or ws:// URL does so at its own
  --grpc PATH       try gRPC at this path, such as /package.Service/Method
  --client ID       a client that must be served; repeatable; naming any tries those alone
  --header 'N: V'   a header to send; repeatable
  --accept STATUS   a status that will do besides 2xx and 3xx, such as 401; repeatable
  --address HOST    connect here, and still ask for the host of the URL
  --timeout SECONDS for each client (10)
  --insecure        go on whatever the certificate says
  --expect PATH     compare with these templates; a file or a folder such as cdk.out; repeatable
  --format FORMAT   text (default) or json
`;

const OPTIONS = {
  ws: { type: 'string' },
  grpc: { type: 'string' },
  client: { type: 'string', multiple: true },
  header: { type: 'string', multiple: true },
  accept: { type: 'string', multiple: true },
  address: { type: 'string' },
  timeout: { type: 'string' },
  insecure: { type: 'boolean' },
  expect: { type: 'string', multiple: true },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export async function probeCommand(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): Promise<number> {
  const { values, positionals } = parsed(args, OPTIONS);
  if (values.help) {
    out.write(`cdk-handshake probe URL [options]: try real connections as each client, and say who gets through and why others do not\n\n${PROBE_USAGE}`);
    return 0;
  }
  if (positionals.length !== 1) throw new UsageError(`probe wants one URL, such as https://example.com/; it got ${positionals.length || 'none'}`);
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json']);
  const probing: ProbeOptions = {
    webSocket: values.ws,
    grpc: values.grpc,
    headers: values.header,
    address: values.address,
    insecure: values.insecure,
    clients: (values.client ?? []).map((id) => clientId('--client', id)),
    accept: (values.accept ?? []).map((text) => numberOf('--accept', text, /^[1-5]\d\d$/, 'a status such as 401')),
    timeoutSeconds: values.timeout === undefined ? undefined : numberOf('--timeout', values.timeout, /^(?!0+(\.0+)?$)\d{1,4}(\.\d+)?$/, 'a number of seconds above 0'),
  };
  const expected = values.expect && expectationsOf(values.expect, err);
  if (process.env.HTTPS_PROXY || process.env.https_proxy) err.write('note: the probe connects by itself; it does not use the proxy that HTTPS_PROXY names\n');
  const progress = new Progress(err);
  const probed = await run(positionals[0], { ...probing, onProgress: (done, all, what) => progress.show(`${done}/${all} ${what}`) });
  progress.end();
  if (probed.unreachable !== undefined) err.write(`cdk-handshake: ${safe(probed.unreachable)}\n`);
  const comparison = expected && compare(probed, expected, probing.accept ?? []);
  const colour = out.isTTY === true && !process.env.NO_COLOR;
  if (format === 'json') out.write(probeJson(probed, comparison));
  else if (probed.unreachable === undefined) out.write(probeText(probed, comparison, colour));
  if (probed.unreachable !== undefined) return 2;
  return probed.ok && !(comparison ?? []).some(({ differs }) => differs) ? 0 : 1;
}

async function run(url: string, how: ProbeOptions) {
  try {
    return await probe(url, how);
  } catch (error) {
    throw error instanceof WrongTarget ? new UsageError(error.message) : error;
  }
}

/** Read before anything is tried, so that a wrong name costs no time. */
function expectationsOf(paths: readonly string[], err: NodeJS.WriteStream): Expectations {
  const found = expectations(paths);
  for (const { file, reason } of found.unreadable) err.write(`cdk-handshake: ${safe(file)}: ${safe(reason)}\n`);
  if (found.templates.length === 0) throw new UsageError(`--expect ${paths.join(' ')}: there is no template to compare with`);
  return found;
}

function numberOf(option: string, text: string, form: RegExp, wanted: string): number {
  if (!form.test(text)) throw new UsageError(`${option} ${text}: it must be ${wanted}`);
  return Number(text);
}

/** One line on a terminal that is written over. */
class Progress {
  private shown = false;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  public show(text: string): void {
    if (!this.stream.isTTY) return;
    this.stream.write(`\r\u001b[K${safe(text)}`);
    this.shown = true;
  }

  public end(): void {
    if (this.shown) this.stream.write('\r\u001b[K');
  }
}
