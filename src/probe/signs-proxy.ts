// Signs of somebody in between: a certificate of an authority that is not public, ALPN that is gone, Via headers, answers of proxies.
// Facts: what inspecting products do is documented by their makers (Palo Alto "Strip ALPN", Zscaler, Squid); the names of their
// authorities are reported by users, so they say "possible". RFC 9110 section 7.6.3 (Via), section 15.5.8 (407).

import { CertificateSeen } from './evidence';
import { ClientSeen } from './probed';
import { Sign, those } from './sign';

/** How inspecting products name their authorities. */
const INSPECTORS: readonly (readonly [RegExp, string])[] = [
  [/zscaler/i, 'Zscaler'], [/netskope/i, 'Netskope'], [/palo alto/i, 'Palo Alto Networks'], [/forti(net|gate)/i, 'Fortinet'], [/blue ?coat|symantec web/i, 'Blue Coat'],
  [/cisco umbrella|opendns/i, 'Cisco Umbrella'], [/sophos/i, 'Sophos'], [/check ?point/i, 'Check Point'], [/mcafee|skyhigh/i, 'Skyhigh'], [/squid/i, 'Squid'],
  [/mitmproxy/i, 'mitmproxy'], [/kaspersky|avast|eset|bitdefender/i, 'a virus scanner on this machine'], [/charles|fiddler|burp/i, 'a debugging proxy'],
];

export const OF_PROXIES: readonly Sign[] = [
  ({ clients, looks }) => {
    const seen = certificateOf(clients);
    if (!seen || seen.publicAuthority || seen.problem === 'DEPTH_ZERO_SELF_SIGNED_CERT') return undefined;
    const both = looks.get('alpn h2,http/1.1');
    const withoutAlpn = both?.tls !== undefined && both.tls.alpn === undefined;
    const known = INSPECTORS.find(([name]) => name.test(`${seen.issuer} ${seen.subject}`))?.[1];
    const trusted = !/SELF_SIGNED|UNABLE_TO/.test(seen.problem ?? '');
    // A private authority that this machine trusts, with ALPN in order, is most likely meant.
    if (trusted && !withoutAlpn && !known) return undefined;
    const who = known ? `, which is how ${known} signs` : '';
    return {
      cause: 'proxy-in-between',
      certainty: 'possible',
      clients: those(clients, ({ evidence }) => evidence.end === 'certificate' || (withoutAlpn && evidence.end === 'client-refuses')),
      says: `The certificate comes from ${seen.issuer}, which is no public authority${who}${withoutAlpn ? ', and no protocol is selected by ALPN' : ''}: a proxy that inspects TLS may stand in between${known ? '' : ', or the endpoint has a private authority'}.`,
      fix: withoutAlpn
        ? 'Probe from another network; if it works there, have the host excepted from TLS inspection, because without ALPN there is no HTTP/2 and no gRPC.'
        : 'Probe from another network; if it works there, have the host excepted from inspection; if the authority is yours, name its file in NODE_EXTRA_CA_CERTS.',
    };
  },
  ({ clients }) => {
    const status = (client: ClientSeen) => client.outcome === '407' || client.evidence.answer?.headers['x-squid-error'] !== undefined;
    return clients.some(status) ? {
      cause: 'proxy-in-between',
      certainty: 'certain',
      clients: those(clients, status),
      says: 'A forward proxy answers in place of the endpoint.',
      fix: 'Probe from a network without it, or have the host excepted.',
    } : undefined;
  },
  ({ clients }) => {
    const which = ({ evidence }: ClientSeen) => /(^|, *)(HTTP\/)?1\.0 /i.test(evidence.answer?.headers.via ?? '');
    const hit = clients.find(which);
    return hit && {
      cause: 'proxy-in-between',
      certainty: 'certain',
      clients: those(clients, which),
      says: `A proxy on the way speaks HTTP/1.0 (Via: ${hit.evidence.answer!.headers.via}), so no Upgrade gets through it and servers that refuse HTTP/1.0 answer 426.`,
      fix: 'Set it to HTTP/1.1 towards its server: proxy_http_version 1.1 in nginx before 1.29.7.',
    };
  },
];

export function certificateOf(clients: readonly ClientSeen[]): CertificateSeen | undefined {
  return clients.find(({ evidence }) => evidence.tls?.certificate)?.evidence.tls?.certificate;
}
