// Custom domain names and what is mapped to them, of both API Gateway versions and as SAM makes them. A mapping finds its
// domain by reference or by name. Not here: what a domain does to a request (domain-endpoint.ts), what is refused (refusals.ts).
// Facts: AWS::ApiGateway::DomainName, BasePathMapping, DomainNameV2; AWS::ApiGatewayV2::DomainName, ApiMapping. A v1 domain
// without EndpointConfiguration is EDGE; v2 domains are REGIONAL.

import { Api } from './model';
import { ABSENT, asText, get, items, keyOf, known, pick, Resource, Templates, Value } from '../../template';
import { endpointType } from '../rest-api/settings';

export interface Domain {
  readonly resource: Resource;
  readonly version: 'v1' | 'v2';
  readonly name: Value;
  readonly endpoint: Value;
  readonly policy: Value;
  readonly accessMode: Value;
  readonly mutualTls: Value;
  readonly certificates: readonly Value[];
  readonly mappings: Mapping[];
  /** Only for callers inside a VPC. */
  readonly privateOnly: boolean;
  readonly at: { readonly endpoint: string; readonly policy: string; readonly accessMode: string; readonly mutualTls: string };
}

export interface Mapping {
  readonly resource: Resource;
  readonly version: 'v1' | 'v2';
  /** Undefined: outside these templates. */
  readonly api?: Api;
  /** First part of the path, or absent. */
  readonly basePath: Value;
}

export function readDomains(templates: Templates, apis: ReadonlyMap<string, Api>): Domain[] {
  const domains = [
    ...templates.all('AWS::ApiGateway::DomainName').map((resource) => readV1(resource, false)),
    ...templates.all('AWS::ApiGateway::DomainNameV2').map((resource) => readV1(resource, true)),
    ...templates.all('AWS::ApiGatewayV2::DomainName').map(readV2),
  ];
  const byResource = new Map(domains.map((domain) => [domain.resource.key, domain]));
  const byName = new Map(domains.map((domain) => [keyOf(domain.name), domain]));
  const find = (value: Value) => (value.kind === 'reference' ? byResource.get(value.resource.key) : undefined) ?? byName.get(keyOf(value));
  const map = (type: string, version: Mapping['version'], names: { domain: string; api: string; path: string }) => {
    for (const resource of templates.all(type)) {
      const id = get(resource, names.api);
      find(get(resource, names.domain))?.mappings.push({ resource, version, api: id.kind === 'reference' ? apis.get(id.resource.key) : undefined, basePath: get(resource, names.path) });
    }
  };
  map('AWS::ApiGateway::BasePathMapping', 'v1', { domain: 'DomainName', api: 'RestApiId', path: 'BasePath' });
  map('AWS::ApiGateway::BasePathMappingV2', 'v1', { domain: 'DomainNameArn', api: 'RestApiId', path: 'BasePath' });
  map('AWS::ApiGatewayV2::ApiMapping', 'v2', { domain: 'DomainName', api: 'ApiId', path: 'ApiMappingKey' });
  return domains;
}

function readV1(resource: Resource, privateOnly: boolean): Domain {
  const regional = get(resource, 'RegionalCertificateArn');
  const endpoint = endpointType(get(resource, 'EndpointConfiguration'), privateOnly ? 'PRIVATE' : regional.kind === 'absent' ? 'EDGE' : 'REGIONAL');
  return {
    resource,
    version: 'v1',
    name: get(resource, 'DomainName'),
    endpoint,
    policy: get(resource, 'SecurityPolicy'),
    accessMode: get(resource, 'EndpointAccessMode'),
    mutualTls: get(resource, 'MutualTlsAuthentication'),
    certificates: [regional, get(resource, 'CertificateArn')].filter(({ kind }) => kind !== 'absent'),
    mappings: [],
    privateOnly: privateOnly || asText(endpoint) === 'PRIVATE',
    at: { endpoint: 'Properties.EndpointConfiguration', policy: 'Properties.SecurityPolicy', accessMode: 'Properties.EndpointAccessMode', mutualTls: 'Properties.MutualTlsAuthentication' },
  };
}

function readV2(resource: Resource): Domain {
  const configuration = items(get(resource, 'DomainNameConfigurations'))[0]?.value ?? ABSENT;
  const at = (name: string) => `Properties.DomainNameConfigurations.0.${name}`;
  const endpoint = pick(configuration, 'EndpointType');
  return {
    resource,
    version: 'v2',
    name: get(resource, 'DomainName'),
    endpoint: endpoint.kind === 'absent' ? known('REGIONAL') : endpoint,
    policy: pick(configuration, 'SecurityPolicy'),
    accessMode: ABSENT,
    mutualTls: get(resource, 'MutualTlsAuthentication'),
    certificates: [pick(configuration, 'CertificateArn')].filter(({ kind }) => kind !== 'absent'),
    mappings: [],
    privateOnly: false,
    at: { endpoint: at('EndpointType'), policy: at('SecurityPolicy'), accessMode: at('SecurityPolicy'), mutualTls: 'Properties.MutualTlsAuthentication' },
  };
}
