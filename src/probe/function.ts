// The probe as a Lambda function: a gate at deployment (a custom resource of CloudFormation) and a canary on a schedule. One file after
// bundling, without a package beside it. It reads nothing, and writes its log and, for the gate, one answer.
// Not here: what is tried, and what it means (index.ts).
// Facts: CloudFormation guide, "Custom resource request objects" and "response objects" (PUT to ResponseURL, at most 4,096 bytes, Reason
// needed when FAILED); CloudWatch guide, "Embedded metric format" (metrics in a line of the log, so that no permission is needed).

import * as http from 'http';
import * as https from 'https';
import { probe, ProbeOptions, Probed } from './index';
import { ClientId } from '../protocol';

/** What the constructs put into the event; plain JSON. */
export interface ProbeRequest {
  readonly url: string;
  readonly clients?: readonly ClientId[];
  readonly webSocket?: string;
  readonly grpc?: string;
  readonly headers?: readonly string[];
  readonly address?: string;
  readonly accept?: readonly number[];
  readonly timeoutSeconds?: number;
  /** How long the gate goes on trying. */
  readonly patienceSeconds?: number;
}

interface GateEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly Probe: string };
}

interface CanaryEvent {
  readonly canary: ProbeRequest & { readonly namespace: string };
}

/** Milliseconds that are left; Lambda's own clock. */
interface Context {
  getRemainingTimeInMillis(): number;
}

const PAUSE_MS = 10_000;
/** What the answer to CloudFormation needs. */
const RESERVE_MS = 15_000;

export async function handler(event: GateEvent | CanaryEvent, context: Context): Promise<unknown> {
  return 'canary' in event ? canary(event.canary) : gate(event, context);
}

/** Tries until everybody gets what is needed, and fails the deployment if that does not happen in time. */
async function gate(event: GateEvent, context: Context): Promise<void> {
  const answer = event.RequestType === 'Delete' ? { ok: true, says: 'nothing to undo' } : await opened(event, context);
  console.log(answer.says);
  await respond(event, answer);
}

async function opened(event: GateEvent, context: Context): Promise<{ ok: boolean; says: string }> {
  try {
    const request = JSON.parse(event.ResourceProperties.Probe) as ProbeRequest;
    const end = Date.now() + Math.min((request.patienceSeconds ?? 300) * 1000, context.getRemainingTimeInMillis() - RESERVE_MS);
    for (;;) {
      const seen = await probe(request.url, optionsOf(request));
      if (seen.ok) return { ok: true, says: `${seen.url}: ${seen.clients.length} clients tried, all as it has to be` };
      console.log(sentence(seen));
      if (Date.now() + PAUSE_MS >= end) return { ok: false, says: sentence(seen) };
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  } catch (error) {
    return { ok: false, says: (error as Error).message };
  }
}

/** What is wrong, for the events of the stack: who gets what, and why as far as it can be told. */
export function sentence({ url, unreachable, clients, diagnoses }: Probed): string {
  if (unreachable) return `${url}: ${unreachable}`;
  const wrong = clients.filter(({ fits }) => !fits).map(({ client, outcome, need, path }) => (
    need === 'refused' ? `${client} gets in at ${path} and has to be turned away` : `${client} gets ${outcome} at ${path} and has to be served`
  ));
  const [cause] = diagnoses;
  return `${url}: ${wrong.join('; ')}.${cause ? ` ${cause.says} ${cause.fix}` : ''}`;
}

function optionsOf({ clients, webSocket, grpc, headers, address, accept, timeoutSeconds }: ProbeRequest): ProbeOptions {
  return { clients, webSocket, grpc, headers, address, accept, timeoutSeconds };
}

const REASON_LIMIT = 1000;

function respond(event: GateEvent, { ok, says }: { ok: boolean; says: string }): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const body = JSON.stringify({
    Status: ok ? 'SUCCESS' : 'FAILED',
    Reason: says.slice(0, REASON_LIMIT),
    PhysicalResourceId: event.PhysicalResourceId ?? `${LogicalResourceId}-gate`,
    StackId,
    RequestId,
    LogicalResourceId,
  });
  const send = ResponseURL.startsWith('http:') ? http.request : https.request;
  return new Promise((resolve, reject) => {
    const request = send(ResponseURL, { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } }, (response) => {
      response.resume();
      if ((response.statusCode ?? 500) < 400) resolve();
      else reject(new Error(`CloudFormation answered ${response.statusCode} to the result`));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** One line of metrics for each client. */
async function canary({ namespace, ...request }: CanaryEvent['canary']): Promise<{ ok: boolean; says: string }> {
  const seen = await probe(request.url, optionsOf(request));
  const clients = seen.clients.length ? seen.clients : (request.clients ?? []).map((client) => ({ client, outcome: 'no-connection', fits: false, evidence: { milliseconds: 0 } }));
  for (const { client, outcome, fits, evidence } of clients) {
    console.log(JSON.stringify({
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          { Namespace: namespace, Dimensions: [['Endpoint', 'Client']], Metrics: [{ Name: 'Fits', Unit: 'Count' }, { Name: 'Duration', Unit: 'Milliseconds' }] },
          { Namespace: namespace, Dimensions: [['Endpoint', 'Client', 'Outcome']], Metrics: [{ Name: 'Attempts', Unit: 'Count' }] },
        ],
      },
      Endpoint: request.url,
      Client: client,
      Outcome: outcome,
      Fits: fits ? 1 : 0,
      Duration: evidence.milliseconds,
      Attempts: 1,
    }));
  }
  const says = seen.ok ? `${request.url}: as it has to be` : sentence(seen);
  if (!seen.ok) console.log(says);
  return { ok: seen.ok, says };
}
