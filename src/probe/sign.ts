// What a sign is, and the questions that signs ask: a function of everything that was seen to a diagnosis, or to nothing if it does not
// apply. The signs stand in signs-*.ts.

import { Evidence } from './evidence';
import { Need, ProbeOutcome } from './outcome';
import { ClientSeen, Diagnosis } from './probed';
import { ClientId } from '../protocol';

/** Everything that was seen. */
export interface Case {
  readonly host: string;
  readonly scheme: 'http' | 'https';
  readonly clients: readonly ClientSeen[];
  /** By the ids of attempts.ts: "alpn h2", "tls 1.2", "ws plain", "ws without Upgrade". */
  readonly looks: ReadonlyMap<string, Evidence>;
}

/** What one sign says; undefined: it does not apply. */
export type Sign = (seen: Case) => Diagnosis | undefined;

/** The clients with a kind of trouble. */
export function those(clients: readonly ClientSeen[], which: (client: ClientSeen) => boolean): ClientId[] {
  return clients.filter(which).map(({ client }) => client);
}

/** Not served; redirects are followed, and what was not tried is not known. */
export function failed({ outcome, kind }: Pick<ClientSeen, 'outcome' | 'kind'>): boolean {
  return outcome !== 'served' && outcome !== 'untested' && !(kind === 'http' && /^3/.test(outcome));
}

/** Let in though it should not be. */
export const letIn = ({ need, fits }: { need: Need; fits: boolean }) => need === 'refused' && !fits;

/** The client by its id, if it was tried. */
export function tried(clients: readonly ClientSeen[], id: ClientId): ClientSeen | undefined {
  return clients.find(({ client }) => client === id);
}

/** Whether somebody was served by plain HTTP. */
export function plainServed(clients: readonly ClientSeen[]): boolean {
  return clients.some((client) => client.kind === 'http' && !failed(client) && client.outcome !== 'untested');
}

/** The outcome that all of them have. */
export function common(outcomes: readonly ProbeOutcome[]): ProbeOutcome | undefined {
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === outcomes[0]) ? outcomes[0] : undefined;
}
