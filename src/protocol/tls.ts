// TLS versions and ranges of them. Cipher suites live with the policies that list them (systems/).

/** TLS protocol versions, oldest first. SSLv3 is in the list because CloudFront still names it. */
export const TLS_VERSIONS = ['SSLv3', '1.0', '1.1', '1.2', '1.3'] as const;

export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** The versions two sides have in common, oldest first; empty means that the handshake fails. */
export function commonTls(one: readonly TlsVersion[], other: readonly TlsVersion[]): TlsVersion[] {
  return TLS_VERSIONS.filter((version) => one.includes(version) && other.includes(version));
}

/** "TLS 1.2 and 1.3", for messages. */
export function nameTls(versions: readonly TlsVersion[]): string {
  if (versions.length === 0) return 'no TLS version';
  const names = versions.map((version) => (version === 'SSLv3' ? 'SSLv3' : `TLS ${version}`));
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
