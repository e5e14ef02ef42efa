// Whether a TLS policy that somebody wrote does what the posture asks for: who is turned away by it, who gets in. Only versions
// are compared, not suites, and only with what the service can do at all. A policy that no table knows is left alone.
// Facts: the tables of the systems (elb-tls, cloudfront/policies.ts, api-gateway/tls-policies.ts), each with its sources.

import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';
import { nameTls, TlsVersion } from '../protocol';
import { API_TLS_POLICIES } from '../systems/api-gateway/tls-policies';
import { VIEWER_POLICIES, ViewerPolicy } from '../systems/cloudfront/policies';
import { elbTlsPolicy } from '../systems/elb-tls';

/** A clause about who fails or gets in with this policy; undefined when it fits the posture or is not known. */
export function misfit(posture: TlsPosture, hop: TlsHop, policy: string): string | undefined {
  const accepts = versionsOf(hop, policy);
  if (accepts === undefined) return undefined;
  const wanted = posture.on(hop).versions as TlsVersion[];
  const missing = wanted.filter((version) => !accepts.includes(version));
  const surplus = accepts.filter((version) => !wanted.includes(version));
  const says = [
    missing.length > 0 ? `clients that speak ${nameTls(missing)} only fail in the TLS handshake` : '',
    surplus.length > 0 ? `clients get in with ${nameTls(surplus)}` : '',
  ].filter((clause) => clause !== '');
  return says.length > 0 ? `${says.join(', and ')} (posture ${posture.name})` : undefined;
}

/** TLS versions that a policy accepts on a hop; undefined for a name that is not known there. */
function versionsOf(hop: TlsHop, policy: string): readonly TlsVersion[] | undefined {
  switch (hop) {
    case TlsHop.APPLICATION_LOAD_BALANCER:
    case TlsHop.NETWORK_LOAD_BALANCER: {
      const found = elbTlsPolicy(policy);
      return 'found' in found ? found.found.tls : 'newer' in found ? found.newer : undefined;
    }
    case TlsHop.DISTRIBUTION: {
      const policies: Readonly<Record<string, ViewerPolicy>> = VIEWER_POLICIES;
      return Object.prototype.hasOwnProperty.call(policies, policy) ? policies[policy].tls : undefined;
    }
    case TlsHop.EDGE_REST_API: return api('edge', policy);
    case TlsHop.REST_API:
    case TlsHop.HTTP_API:
    case TlsHop.WEB_SOCKET_API: return api('regional', policy);
    case TlsHop.ORIGIN:
    case TlsHop.APP_SYNC: return undefined;
  }
}

function api(endpoint: 'regional' | 'edge', policy: string): readonly TlsVersion[] | undefined {
  return API_TLS_POLICIES.find((row) => row.endpoint === endpoint && row.name === policy)?.tls;
}
