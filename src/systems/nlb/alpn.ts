// The ALPN policies of NLB TLS listeners as data, and what a listener selects from an offer. When nothing fits, the
// handshake goes on without ALPN; whether the client puts up with that is its own affair.
// Facts: NLB guide "Listeners", ALPN policies (documented); clients that insist: grpc/grpc-go#7922, grpc/grpc-java#5543.

import { Alpn } from '../../protocol';

/** What each policy may select, best first. */
export const ALPN_POLICIES = {
  None: [],
  HTTP1Only: ['http/1.1', 'http/1.0'],
  HTTP2Only: ['h2'],
  HTTP2Optional: ['http/1.1', 'http/1.0', 'h2'],
  HTTP2Preferred: ['h2', 'http/1.1', 'http/1.0'],
} as const satisfies Readonly<Record<string, readonly Alpn[]>>;

export type AlpnPolicy = keyof typeof ALPN_POLICIES;

export function isAlpnPolicy(name: string): name is AlpnPolicy {
  return Object.prototype.hasOwnProperty.call(ALPN_POLICIES, name);
}

/** The protocol that the listener selects; undefined: none. */
export function negotiate(policy: AlpnPolicy, offer: readonly Alpn[]): Alpn | undefined {
  return ALPN_POLICIES[policy].find((protocol) => offer.includes(protocol));
}
