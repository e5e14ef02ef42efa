// The certificate of a server: whose it is, who signed it, whether the chain leads to an authority that browsers know.
// Node.js ships the list of Mozilla as tls.rootCertificates; an authority that is not in it was added on this machine, or is unknown to it.

import { X509Certificate } from 'crypto';
import * as tls from 'tls';
import { CertificateSeen } from './evidence';
import { plain } from './foreign';

const CHAIN = 10;

/** The certificate that a server showed; undefined: none (a resumed session). */
export function certificateOf(socket: tls.TLSSocket): CertificateSeen | undefined {
  const leaf = socket.getPeerCertificate(true);
  if (!leaf?.raw) return undefined;
  const problem = socket.authorized ? undefined : plain(String((socket.authorizationError as Error | string | undefined) ?? 'not to be trusted'));
  return {
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
    names: (leaf.subjectaltname ?? '').split(', ').filter(Boolean).slice(0, 20).map((name) => plain(name.replace(/^DNS:/, ''))),
    validTo: plain(leaf.valid_to),
    publicAuthority: isPublic(last(leaf)),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** "CN, O", as far as they are there. */
function nameOf(name: tls.Certificate | undefined): string {
  const parts = [name?.CN, name?.O].flat().filter((part): part is string => typeof part === 'string' && part !== '');
  return plain([...new Set(parts)].join(', ') || '(no name)');
}

/** The last certificate of the chain that is there. */
function last(leaf: tls.DetailedPeerCertificate): Buffer {
  let one = leaf;
  for (let length = 0; length < CHAIN && one.issuerCertificate?.raw && one.issuerCertificate !== one; length += 1) one = one.issuerCertificate;
  return one.raw;
}

let roots: Map<string, X509Certificate[]> | undefined;

function isPublic(raw: Buffer): boolean {
  roots ??= bySubject(tls.rootCertificates);
  try {
    const certificate = new X509Certificate(raw);
    return (roots.get(certificate.issuer) ?? []).some((root) => certificate.verify(root.publicKey));
  } catch {
    return false; // a kind of key that cannot be read here
  }
}

function bySubject(certificates: readonly string[]): Map<string, X509Certificate[]> {
  const map = new Map<string, X509Certificate[]>();
  for (const text of certificates) {
    const root = new X509Certificate(text);
    map.set(root.subject, [...(map.get(root.subject) ?? []), root]);
  }
  return map;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is signed by an authority that this machine does not trust',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate is signed by an authority that this machine does not trust, or the server leaves out a certificate in between',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is signed by an authority that this machine does not trust, or the server leaves out a certificate in between',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is signed by an authority that this machine does not trust, or the server leaves out a certificate in between',
};

/** What is wrong with a certificate, in one sentence: its names, where they are the matter, else its issuer. */
export function problemOf({ problem = '', names, subject, issuer, validTo }: CertificateSeen, host: string): string {
  const what = PROBLEMS[problem] ?? `the certificate does not hold (${problem})`;
  if (problem === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${what}: ${names.join(', ') || subject}, not ${host}`;
  return problem === 'CERT_HAS_EXPIRED' ? `${what} (${validTo})` : `${what} (issuer: ${issuer})`;
}
