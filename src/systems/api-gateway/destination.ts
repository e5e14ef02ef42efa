// Where an integration leads: a listener behind a VPC link, a balancer, another API, or outside the templates. Found per
// walk, because the URI may be one of several. Not here: what comes of it (integration.ts).
// Facts: API Gateway guide "Private integrations for HTTP APIs" (listener ARN or Cloud Map service), "Private integrations
// for REST APIs" (VPC link v1: NLB; v2: IntegrationTarget, since November 2025).

import { asText, get, items, keyOf, Resource, Settled, Value } from '../../template';
import { Door, Listening, Network } from '../hop';
import { aliasTargets } from '../route53';
import { reasonOf, Walk } from '../walk';
import { Api, Integration } from './model';
import { Url, urlOf } from './url';

export type Destination =
  /** Lambda, an AWS service, or an answer that API Gateway makes up itself. */
  | { readonly is: 'service' }
  | Reached
  | { readonly is: 'unknown'; readonly because: string; readonly url?: Url };

export interface Reached {
  readonly is: 'reached';
  /** Undefined when the balancer is outside the templates and only its listener is in. */
  readonly door?: Door;
  readonly port?: number;
  readonly listening: Listening;
  /** Undefined for private integrations of HTTP APIs, where TlsConfig decides. */
  readonly url?: Url;
  /** Hops on the way that only lead there. */
  readonly through: readonly Resource[];
  /** The URL has the balancer's own amazonaws.com name. */
  readonly ownName: boolean;
  /** The listener has certificates beside its own list. */
  readonly moreCertificates: boolean;
}

export class Destinations {
  private aliases?: (name: Value) => Resource | undefined;
  private readonly certified: ReadonlySet<string>;
  private readonly hosts = new Map<string, { door: Door; ownName: boolean } | undefined>();

  constructor(private readonly network: Network) {
    const more = network.templates.all('AWS::ElasticLoadBalancingV2::ListenerCertificate').map((resource) => get(resource, 'ListenerArn'));
    this.certified = new Set(more.flatMap((arn) => (arn.kind === 'reference' ? [arn.resource.key] : [])));
  }

  public of(integration: Integration, api: Api, walk: Walk): Destination {
    const type = (walk.text(integration.type, 'HTTP_PROXY', []) ?? '').toUpperCase().replace('-', '_');
    if (type === '') return { is: 'unknown', because: 'the type of the integration is unknown' };
    if (type !== 'HTTP' && type !== 'HTTP_PROXY') return { is: 'service' };
    const uri = walk.settle(integration.uri);
    const link = asText(walk.settle(integration.connectionType))?.toUpperCase() === 'VPC_LINK';
    const url = urlOf(uri);
    if (link && !url && api.product !== 'rest') return this.listener(uri, integration, walk);
    if (!url) return { is: 'unknown', because: reasonOf(uri) };
    return link ? this.behindLink(url, integration, walk) : this.public(url, walk);
  }

  /** HTTP APIs name the listener itself. */
  private listener(uri: Settled, integration: Integration, walk: Walk): Destination {
    if (uri.kind !== 'reference') return { is: 'unknown', because: `the listener is ${uri.kind === 'unknown' ? `unknown: ${uri.because}` : 'outside these templates'}` };
    const { resource } = uri;
    if (resource.type !== 'AWS::ElasticLoadBalancingV2::Listener') return { is: 'unknown', because: `${resource.id} is no listener` };
    const of = walk.settle(get(resource, 'LoadBalancerArn'));
    const door = of.kind === 'reference' ? this.network.door(of.resource) : undefined;
    const port = walk.number(get(resource, 'Port'), 0);
    const own = listeningOf(resource, walk);
    const behind = own.is === 'bytes' && port !== undefined ? door?.listening(port, walk) : undefined;
    const listening = behind?.is === 'http' || behind?.is === 'https' ? behind : own;
    const through = [...linkOf(integration, walk), ...(door ? [] : [resource])];
    return { is: 'reached', door, port, listening, through, ownName: false, moreCertificates: this.certifiedAt(listening) };
  }

  /** REST APIs name a balancer beside the URL (v2), or the link has one (v1). */
  private behindLink(url: Url, integration: Integration, walk: Walk): Destination {
    const through = linkOf(integration, walk);
    const target = walk.settle(integration.target);
    const arn = target.kind !== 'absent' ? target : through.length ? walk.settle(items(get(through[0], 'TargetArns'))[0]?.value ?? target) : target;
    const door = arn.kind === 'reference' ? this.network.door(arn.resource) : undefined;
    if (!door) return { is: 'unknown', because: 'what the VPC link leads to is outside these templates', url };
    return this.reached(door, url, through, false, walk);
  }

  private public(url: Url, walk: Walk): Destination {
    const found = this.host(url.host);
    if (!found) return { is: 'unknown', because: `${keyOf(url.host)} is outside these templates`, url };
    return this.reached(found.door, url, [], found.ownName, walk);
  }

  private reached(door: Door, url: Url, through: readonly Resource[], ownName: boolean, walk: Walk): Reached {
    const listening = door.listening(url.port, walk);
    return { is: 'reached', door, port: url.port, listening, url, through, ownName, moreCertificates: this.certifiedAt(listening) };
  }

  private certifiedAt(listening: Listening): boolean {
    return 'setting' in listening && this.certified.has(listening.setting.resource.key);
  }

  /** The door behind a host name; looked up once per name. */
  private host(host: Value): { door: Door; ownName: boolean } | undefined {
    const key = keyOf(host).toLowerCase();
    if (!this.hosts.has(key)) this.hosts.set(key, this.find(host, key));
    return this.hosts.get(key);
  }

  private find(host: Value, key: string): { door: Door; ownName: boolean } | undefined {
    this.aliases ??= aliasTargets(this.network.templates);
    const alias = this.aliases(host);
    if (alias) return made(this.network.door(alias), false);
    if (host.kind === 'reference') return made(this.network.door(host.resource), host.attribute === 'DNSName');
    if (host.kind === 'text') {
      const parts = host.parts.filter((part) => typeof part !== 'string' && part.kind === 'reference');
      const [only] = parts;
      const whole = parts.length === 1 && typeof only !== 'string' && only.kind === 'reference';
      if (whole && key.includes('.execute-api.')) return made(this.network.door(only.resource), false);
      return undefined;
    }
    return host.kind === 'known' ? made(this.network.doorNamed(key), false) : undefined;
  }
}

/** What the listener says of itself; a TCP listener passes on what comes. */
function listeningOf(listener: Resource, walk: Walk): Listening {
  const protocol = asText(walk.settle(get(listener, 'Protocol')))?.toUpperCase();
  if (protocol === undefined) return { is: 'unknown', because: `the protocol of ${listener.id} is unknown` };
  const setting = { resource: listener, property: 'Properties.Protocol' };
  return { is: protocol === 'HTTPS' || protocol === 'TLS' ? 'https' : protocol === 'HTTP' ? 'http' : 'bytes', setting };
}

function made(door: Door | undefined, ownName: boolean): { door: Door; ownName: boolean } | undefined {
  return door && { door, ownName };
}

function linkOf(integration: Integration, walk: Walk): Resource[] {
  const link = walk.settle(integration.connectionId);
  return link.kind === 'reference' ? [link.resource] : [];
}
