// The TLS policies that each hop offers, in one shape, read from the tables of the systems. No choice is made here.
// A policy whose suites are not published is left out: nobody should get it without having asked for it by name.
// Facts and sources: the tables themselves (elb-tls/policies.ts, cloudfront/policies.ts, api-gateway/tls-policies.ts);
// AppSync custom domains, TLS 1.2 and 1.3 without a setting: https://docs.aws.amazon.com/appsync/latest/devguide/custom-domain-name.html.

import { TlsHop } from './tls-hop';
import { TlsVersion } from '../protocol';
import { API_TLS_POLICIES, DEFAULT_API_TLS_POLICIES } from '../systems/api-gateway/tls-policies';
import { VIEWER_POLICIES } from '../systems/cloudfront/policies';
import { ELB_TLS_POLICIES, ElbTlsPolicy } from '../systems/elb-tls';

/** A TLS policy that a hop offers. */
export interface Candidate {
  /** As CloudFormation writes it; undefined where there is nothing to write. */
  readonly name?: string;
  readonly tls: readonly TlsVersion[];
  /** Cipher suites; undefined where none are published. */
  readonly suites?: readonly string[];
  /** Restricted to FIPS 140 validated cryptography, as the vendor says. */
  readonly fips: boolean;
  /** Hybrid post-quantum key exchange. */
  readonly postQuantum: boolean;
}

const MODERN: readonly TlsVersion[] = ['1.2', '1.3'];

export function candidates(hop: TlsHop): readonly Candidate[] {
  switch (hop) {
    case TlsHop.APPLICATION_LOAD_BALANCER: return balancer().filter(({ networkOnly }) => !networkOnly);
    case TlsHop.NETWORK_LOAD_BALANCER: return balancer();
    case TlsHop.DISTRIBUTION:
      return Object.entries(VIEWER_POLICIES).map(([name, { tls, suites }]) => ({ name, tls, suites, fips: false, postQuantum: true }));
    // The list of documented values ends at TLS 1.2; older ones are no choice for anyone (cloudfront/policies.ts).
    case TlsHop.ORIGIN: return [{ name: 'TLSv1.2', tls: ['1.2'], fips: false, postQuantum: false }];
    case TlsHop.REST_API: return api('regional');
    case TlsHop.EDGE_REST_API: return api('edge');
    case TlsHop.HTTP_API: return api('regional').filter(({ name }) => name === DEFAULT_API_TLS_POLICIES.httpApi);
    case TlsHop.WEB_SOCKET_API: return api('regional').filter(({ name }) => name === DEFAULT_API_TLS_POLICIES.webSocketApi);
    case TlsHop.APP_SYNC: return [{ tls: MODERN, fips: false, postQuantum: false }];
  }
}

/** Policies of load balancers whose TLS versions and suites are known; those of RFC 9151 are for who asks for them by name. */
function balancer(): readonly ElbTlsPolicy[] {
  return ELB_TLS_POLICIES.filter(({ name, suites }) => suites.length > 0 && !name.includes('RFC9151') && !name.includes('CNSA'));
}

function api(endpoint: 'regional' | 'edge'): readonly Candidate[] {
  return API_TLS_POLICIES
    .filter((policy) => policy.endpoint === endpoint && policy.suites.length > 0)
    .map((policy) => ({ ...policy, fips: policy.name.includes('FIPS') }));
}
