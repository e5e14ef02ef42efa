// What an origin's domain name leads to: a load balancer, an API, a bucket, or something outside these templates. Names come
// as references, as texts put together from them, as literals, and through alias records.
// Facts: forms of origin names in real templates (docs/architecture.md); AWS::CloudFront::VpcOrigin.

import { get, keyOf, Resource, Value } from '../../template';
import { Door, Network } from '../hop';
import { aliasTargets } from '../route53';
import { reasonOf } from '../walk';
import { Origin } from './settings';

/** What an origin's domain name leads to. */
export type Destination =
  /** `ownName`: by the balancer's amazonaws.com name, which no certificate of the user's carries. */
  | { readonly is: 'door'; readonly door: Door; readonly ownName: boolean }
  | { readonly is: 'api' | 'function-url' | 's3'; readonly door?: Door }
  | { readonly is: 'unknown'; readonly because: string; readonly ownName?: boolean };

export class Origins {
  private readonly aliases: (name: Value) => Resource | undefined;
  private readonly found = new Map<Origin, Destination>();

  constructor(private readonly network: Network) {
    this.aliases = aliasTargets(network.templates);
  }

  /** Where the origin leads to; found once per origin. */
  public destination(origin: Origin): Destination {
    const before = this.found.get(origin);
    if (before) return before;
    const found = this.find(origin);
    this.found.set(origin, found);
    return found;
  }

  private find(origin: Origin): Destination {
    if (origin.s3.kind !== 'absent') return { is: 's3' };
    if (origin.vpc.kind !== 'absent') return this.vpc(origin.vpc);
    const domain = origin.domain.kind === 'one-of' ? origin.domain.options[0].value : origin.domain;
    const text = keyOf(domain).toLowerCase();
    if (/\.s3(-website)?[.-]/.test(text) || text.includes('.mediastore.')) return { is: 's3' };
    const named = this.aliases(domain);
    if (named) return this.behind(named, false, text);
    if (text.includes('.execute-api.')) return { is: 'api', door: this.doorIn(domain) };
    if (text.includes('.lambda-url.')) return { is: 'function-url' };
    if (domain.kind === 'reference') return this.behind(domain.resource, true, text);
    if (domain.kind === 'text') {
      const door = this.doorIn(domain);
      if (door) return { is: 'door', door, ownName: isBalancer(door.resource) };
    }
    const known = domain.kind === 'known' ? this.network.doorNamed(text) : undefined;
    if (known) return { is: 'door', door: known, ownName: false };
    return {
      is: 'unknown',
      because: domain.kind === 'known' ? `${text} is outside these templates` : reasonOf(domain),
      ownName: /\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com$/.test(text),
    };
  }

  private vpc(id: Value): Destination {
    const resource = id.kind === 'reference' ? id.resource : undefined;
    const arn = resource && get(resource, 'VpcOriginEndpointConfig', 'Arn');
    const door = arn?.kind === 'reference' ? this.network.door(arn.resource) : undefined;
    return door ? { is: 'door', door, ownName: false } : { is: 'unknown', because: 'the VPC origin leads outside these templates' };
  }

  private behind(resource: Resource, ownName: boolean, text: string): Destination {
    if (resource.type === 'AWS::S3::Bucket') return { is: 's3' };
    if (resource.type === 'AWS::Lambda::Url') return { is: 'function-url', door: this.network.door(resource) };
    if (resource.type.startsWith('AWS::ApiGateway')) return { is: 'api', door: this.network.door(resource) };
    if (resource.type === 'AWS::Route53::RecordSet') {
      const target = this.aliases(get(resource, 'Name'));
      if (target) return this.behind(target, false, text);
    }
    const door = this.network.door(resource);
    return door ? { is: 'door', door, ownName: ownName && isBalancer(resource) } : { is: 'unknown', because: `${resource.id} is no system that is modelled` };
  }

  /** The door whose resource a name is put together from. */
  private doorIn(domain: Value): Door | undefined {
    const parts = domain.kind === 'text' ? domain.parts : domain.kind === 'reference' ? [domain] : [];
    for (const part of parts) {
      if (typeof part === 'string' || part.kind !== 'reference') continue;
      const door = this.network.door(part.resource);
      if (door) return door;
    }
    return undefined;
  }
}

/** Other services have a certificate for the name that AWS gives them. */
function isBalancer({ type }: Resource): boolean {
  return type.startsWith('AWS::ElasticLoadBalancing');
}
