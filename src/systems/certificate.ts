// The names on a listener's or domain's certificate, as far as the templates say: certificates that they request
// themselves. An imported certificate ARN says nothing about its names.
// Facts: AWS::CertificateManager::Certificate (DomainName, SubjectAlternativeNames); wildcards cover one label: RFC 9525.

import { asText, get, items, pick, Resource, Value } from '../template';
import { Walk } from './walk';

/** Names on the certificates of an Elastic Load Balancing listener; undefined when one of them is not known. */
export function certificateNames(listener: Resource, walk: Walk): readonly string[] | undefined {
  const arns = items(get(listener, 'Certificates')).map(({ value }) => pick(value, 'CertificateArn'));
  return arns.length ? namesOf(arns, walk) : undefined;
}

/** The same without a walk: only what is plainly written. */
export function requestedNames(listener: Resource): string[] {
  return items(get(listener, 'Certificates')).flatMap(({ value }) => {
    const arn = pick(value, 'CertificateArn');
    if (arn.kind !== 'reference' || !CERTIFICATES.has(arn.resource.type)) return [];
    const names = [get(arn.resource, 'DomainName'), ...items(get(arn.resource, 'SubjectAlternativeNames')).map((item) => item.value)];
    return names.map((name) => asText(name)?.toLowerCase()).filter((name) => name !== undefined);
  });
}

/** Names on certificates given by ARN. */
export function namesOf(arns: readonly Value[], walk: Walk): readonly string[] | undefined {
  const names: string[] = [];
  for (const arn of arns) {
    const settled = walk.settle(arn);
    if (settled.kind !== 'reference' || !CERTIFICATES.has(settled.resource.type)) return undefined;
    const { resource } = settled;
    for (const value of [get(resource, 'DomainName'), ...items(get(resource, 'SubjectAlternativeNames')).map((item) => item.value)]) {
      if (value.kind === 'absent') continue;
      const name = asText(walk.settle(value));
      if (name === undefined) return undefined;
      names.push(name.toLowerCase());
    }
  }
  return names;
}

const CERTIFICATES = new Set([
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFormation::CustomResource',
  'Custom::DnsValidatedCertificate',
]);

/** Whether one of the names covers the host; a wildcard stands for one label. */
export function covers(names: readonly string[], host: string): boolean {
  const asked = host.toLowerCase();
  return names.some(
    (name) => name === asked || (name.startsWith('*.') && asked.includes('.') && asked.slice(asked.indexOf('.') + 1) === name.slice(2)),
  );
}
