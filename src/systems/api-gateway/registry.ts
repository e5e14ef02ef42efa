// All APIs and custom domains of the templates, read once and shared by the three products: a domain may lead to any of
// them, an integration of one may call another.

import { get, items, pick, Resource, Templates } from '../../template';
import { Network } from '../hop';
import { readV2Apis } from '../http-api/settings';
import { readRestApis } from '../rest-api/settings';
import { readSam } from '../sam';
import { Destinations } from './destination';
import { Domain, readDomains } from './domains';
import { Api, Integration, Route } from './model';

export interface Gateway {
  readonly apis: readonly Api[];
  readonly domains: readonly Domain[];
  readonly destinations: Destinations;
  readonly network: Network;
  /** Integrations and methods whose API is outside the templates. */
  readonly looseIntegrations: readonly Integration[];
  readonly looseMethods: readonly Route[];
  /** Whether something else than an API leads to a balancer: a VPC origin, an accelerator, another balancer. */
  otherwiseReached(balancer: Resource): boolean;
  /** Domains that lead to an API. */
  domainsOf(api: Api): readonly Domain[];
}

const read = new WeakMap<Templates, Gateway>();

export function gateway(network: Network): Gateway {
  const before = read.get(network.templates);
  if (before) return before;
  const made = readGateway(network);
  read.set(network.templates, made);
  return made;
}

function readGateway(network: Network): Gateway {
  const { templates } = network;
  const v2 = readV2Apis(templates);
  const rest = readRestApis(templates);
  const sam = readSam(templates, rest.apis, v2.apis);
  const apis = new Map<string, Api>([...rest.apis, ...v2.apis, ...sam.apis]);
  const domains = [...readDomains(templates, apis), ...sam.domains];
  const leading = new Map<Resource, Domain[]>();
  for (const domain of domains) {
    for (const { api } of domain.mappings) if (api) leading.set(api.resource, [...(leading.get(api.resource) ?? []), domain]);
  }
  let others: ReadonlySet<string> | undefined;
  return {
    apis: [...apis.values(), ...sam.implicit],
    domains,
    destinations: new Destinations(network),
    network,
    looseIntegrations: v2.loose,
    looseMethods: rest.loose,
    otherwiseReached: (balancer) => (others ??= otherWays(templates)).has(balancer.key),
    domainsOf: (api) => leading.get(api.resource) ?? [],
  };
}

function otherWays(templates: Templates): Set<string> {
  const values = [
    ...templates.all('AWS::CloudFront::VpcOrigin').map((origin) => get(origin, 'VpcOriginEndpointConfig', 'Arn')),
    ...templates.all('AWS::GlobalAccelerator::EndpointGroup').flatMap((group) => items(get(group, 'EndpointConfigurations')).map(({ value }) => pick(value, 'EndpointId'))),
    ...templates.all('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap((group) => items(get(group, 'Targets')).map(({ value }) => pick(value, 'Id'))),
  ];
  return new Set(values.flatMap((value) => (value.kind === 'reference' ? [value.resource.key] : [])));
}
