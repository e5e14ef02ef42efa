// Signs of TLS that does not fit: certificates that do not hold, versions without overlap, names, suites, client certificates, ports that
// speak no TLS; and of clients whose TLS is too old.
// Facts: RFC 8446 section 6.2 (alerts), RFC 8996 (TLS 1.0 and 1.1 are deprecated), RFC 6066 section 3 (server names).

import { ClientSeen } from './probed';
import { letIn, Sign, those } from './sign';
import { CLIENTS, nameTls, TLS_VERSIONS, TlsVersion } from '../protocol';

const alert = (name: string) => ({ evidence }: ClientSeen) => evidence.alert === name;
const certificate = (problem: RegExp) => ({ evidence }: ClientSeen) => evidence.end === 'certificate' && problem.test(evidence.tls?.certificate?.problem ?? '');

export const OF_TLS: readonly Sign[] = [
  ({ clients, host }) => {
    const hit = clients.find(certificate(/ALTNAME/));
    return hit && {
      cause: 'tls-mismatch',
      certainty: 'certain',
      clients: those(clients, certificate(/ALTNAME/)),
      says: `No client that checks names gets in: ${hit.evidence.says}.`,
      fix: `Put a certificate with the name ${host} on the listener, distribution or API domain, or call it by a name that the certificate has.`,
    };
  },
  ({ clients }) => {
    const hit = clients.find(certificate(/EXPIRED|NOT_YET_VALID/));
    return hit && {
      cause: 'tls-mismatch',
      certainty: 'certain',
      clients: those(clients, certificate(/EXPIRED|NOT_YET_VALID/)),
      says: `No client gets in: ${hit.evidence.says}.`,
      fix: 'Renew the certificate, or let ACM renew it; if it is not valid yet, look at the clock of this machine.',
    };
  },
  ({ clients }) => {
    const hit = clients.find(certificate(/DEPTH_ZERO_SELF_SIGNED/));
    return hit && {
      cause: 'tls-mismatch',
      certainty: 'certain',
      clients: those(clients, certificate(/DEPTH_ZERO_SELF_SIGNED/)),
      says: `No client gets in unless it was told to trust this very certificate: ${hit.evidence.says}.`,
      fix: 'Use a certificate of a public authority (ACM gives them out), or look behind it now with --insecure.',
    };
  },
  ({ clients, scheme }) => {
    const which = ({ evidence }: ClientSeen) => evidence.end === 'tls-failure' && /does not speak TLS/.test(evidence.says);
    return scheme === 'https' && clients.some(which) ? {
      cause: 'tls-mismatch',
      certainty: 'certain',
      clients: those(clients, which),
      says: 'The port does not speak TLS: to a TLS greeting it answers something else.',
      fix: 'Call it by http:// or ws://, or give the listener a certificate and the protocol HTTPS or TLS.',
    } : undefined;
  },
  versions,
  ({ clients }) => {
    const hit = clients.some(alert('unrecognized_name'));
    return hit ? {
      cause: 'tls-mismatch',
      certainty: 'certain',
      clients: those(clients, alert('unrecognized_name')),
      says: 'The server knows no certificate for the name that is called, and ends the handshake (alert unrecognized_name).',
      fix: 'Add the name to the distribution or API domain, or call it by one that is there; a client that calls by address or sends no server name gets the same.',
    } : undefined;
  },
  ({ clients, looks }) => {
    // After a version both sides have, this is suites or a certificate; at old versions it is the version.
    const which = (client: ClientSeen) => (client.evidence.alert === 'certificate_required'
      || (client.evidence.alert === 'handshake_failure' && looks.get('tls 1.2')?.alert === 'handshake_failure'));
    const sure = clients.some(alert('certificate_required'));
    return clients.some(which) ? {
      cause: 'tls-mismatch',
      certainty: sure ? 'certain' : 'possible',
      clients: those(clients, which),
      says: sure ? 'The server wants a client certificate, and clients without one are turned away.' : 'The server ends the handshake: it wants a client certificate (mutual TLS), or there is no cipher suite in common.',
      fix: 'Give clients a certificate that the trust store of the endpoint knows, or switch mutual TLS off where browsers and WebSockets have to get in.',
    } : undefined;
  },
  ({ clients }) => {
    const hit = clients.filter(letIn);
    return hit.length ? {
      cause: 'edge-enforcement',
      certainty: 'certain',
      clients: hit.map(({ client }) => client),
      says: `The edge lets in callers with ${nameTls(hit.flatMap(({ evidence }) => evidence.tls?.version ?? []))}, which are deprecated (RFC 8996).`,
      fix: 'Choose a TLS policy that begins with 1.2 on the listener, distribution or API domain; or name such a client by --client if it has to get in.',
    } : undefined;
  },
  ({ clients }) => {
    const which = ({ evidence }: ClientSeen) => evidence.end === 'tls-failure' && evidence.alert === undefined && /no answer within|is closed in/.test(evidence.says);
    const all = clients.filter(({ evidence }) => evidence.end !== 'untested');
    return all.length > 0 && all.every(which) ? {
      cause: 'tls-mismatch',
      certainty: 'possible',
      clients: those(clients, which),
      says: `The port accepts connections, and to a TLS greeting ${/no answer/.test(all[0].evidence.says) ? 'says nothing' : 'it closes them'}: what listens speaks no TLS, wants a PROXY line first, or its targets are down.`,
      fix: 'Look whether the listener has the protocol TLS or HTTPS, whether PROXY protocol is on, and whether its targets are healthy.',
    } : undefined;
  },
];

/** Clients and endpoint have no TLS version in common. */
function versions({ clients, looks }: Parameters<Sign>[0]): ReturnType<Sign> {
  const spoken = TLS_VERSIONS.filter((version) => looks.get(`tls ${version}`)?.end === 'open' || looks.get(`tls ${version}`)?.end === 'certificate');
  const apart = (client: ClientSeen) => client.need !== 'refused' && client.evidence.end === 'tls-failure' && CLIENTS[client.client].tls.length > 0
    && !CLIENTS[client.client].tls.some((version) => spoken.includes(version));
  const hit = clients.filter(apart);
  if (hit.length === 0 || spoken.length === 0) return undefined;
  const older = hit.every(({ client }) => rank(CLIENTS[client].tls[CLIENTS[client].tls.length - 1]) < rank(spoken[0]));
  const they = hit.map(({ client }) => client);
  const what = `The endpoint speaks ${nameTls(spoken)}, and ${they.join(', ')} ${they.length === 1 ? 'speaks' : 'speak'} only ${nameTls([...new Set(hit.flatMap(({ client }) => CLIENTS[client].tls))])}.`;
  return older
    ? { cause: 'outdated-client', certainty: 'certain', clients: they, says: what, fix: 'Update these callers or the TLS library under them; if they cannot be, choose a TLS policy that begins lower, for them alone.' }
    : { cause: 'tls-mismatch', certainty: 'certain', clients: they, says: what, fix: 'Choose a TLS policy with these versions too: on AWS the policies with TLS13 in their name.' };
}

const rank = (version: TlsVersion) => TLS_VERSIONS.indexOf(version);

