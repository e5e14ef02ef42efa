// What a client can end up with, and how sure we are. A closed list: other tools read it (docs/contract.md).

/** An HTTP status code as three digits. */
export type Status = `${1 | 2 | 3 | 4 | 5}${number}`;

/** What the client ends up with. */
export type Outcome =
  | 'served'
  | Status
  | 'tls-handshake-failure'
  | 'ws-handshake-failure'
  | 'ws-close-1006'
  | 'unhealthy-targets'
  | 'deployment-failure'
  | 'unknown';

/** Whether the outcome follows from what is known, or rests on something unknown or inferred. */
export type Certainty = 'certain' | 'possible';

/** How loud a finding is. Only errors fail a synth. */
export type Level = 'error' | 'warning' | 'info';

export const LEVELS: readonly Level[] = ['error', 'warning', 'info'];
