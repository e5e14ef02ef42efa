// What a probe gives back. Only data, so that it can be printed, sent and compared.

import { CertificateSeen, Evidence } from './evidence';
import { Need, ProbeOutcome } from './outcome';
import { ClientId, Kind, TlsVersion } from '../protocol';

export interface Probed {
  readonly url: string;
  /** The address that was asked; undefined: nobody was reached. */
  readonly address?: string;
  readonly port: number;
  /** Why nobody was reached; then nothing else was tried. */
  readonly unreachable?: string;
  readonly endpoint: Endpoint;
  readonly clients: readonly ClientSeen[];
  readonly diagnoses: readonly Diagnosis[];
  /** Every client that must be served is, and every one that must be turned away is. */
  readonly ok: boolean;
}

/** What the endpoint speaks, as far as it was seen. */
export interface Endpoint {
  readonly tls: readonly TlsVersion[];
  /** What it selected from the offers h2 and http/1.1. */
  readonly alpn: readonly string[];
  readonly certificate?: CertificateSeen;
  /** What it says about itself and about hops: Server, Via. */
  readonly server: readonly string[];
  readonly via: readonly string[];
  /** It announces HTTP/3 by Alt-Svc. */
  readonly announcesHttp3: boolean;
}

export interface ClientSeen {
  readonly client: ClientId;
  readonly kind: Kind;
  readonly path: string;
  /** Callers by name that do the same at this URL. */
  readonly alike: readonly ClientId[];
  readonly need: Need;
  readonly outcome: ProbeOutcome;
  /** Whether that is what is needed. */
  readonly fits: boolean;
  readonly evidence: Evidence;
}

/** The six causes that issue threads come down to. */
export type Cause = 'outdated-client' | 'edge-enforcement' | 'tls-mismatch' | 'websocket-handshake' | 'server-negotiation' | 'proxy-in-between';

export interface Diagnosis {
  readonly cause: Cause;
  readonly certainty: 'certain' | 'possible';
  readonly clients: readonly ClientId[];
  /** What is the matter, in one sentence. */
  readonly says: string;
  /** What to do, in one sentence. */
  readonly fix: string;
}
