// Custom domains as doors: TLS by the domain's policy, mutual TLS, then the API that the path is mapped to.
// Facts: API Gateway guide "Custom domain names", "Mutual TLS" (403 without a certificate), "API mappings".

import { asText, Value } from '../../template';
import { namesOf } from '../certificate';
import { Answer, cannotKnow, Door, Entry, Errand, fail, Network, Request, Sample, System } from '../hop';
import { Walk } from '../walk';
import { Domain, Mapping } from './domains';
import { ELSEWHERE, Endpoint, pass } from './endpoint';
import { errand } from './errand';
import { Api } from './model';
import { domainRefusal, mappingRefusal } from './refusals';
import { Gateway, gateway } from './registry';
import { connect } from './tls';
import { DEFAULT_API_TLS_POLICIES } from './tls-policies';

export function apiDomainSystem(network: Network): System {
  const all = gateway(network);
  const views = all.domains.map((domain) => new DomainEndpoint(domain, all));
  return {
    // a domain that SAM makes is on the API's own resource, whose door is the API's
    doors: views.filter(({ domain }) => domain.mappings[0]?.resource !== domain.resource).map((view) => view.door()),
    entries: views.filter(({ domain }) => !domain.privateOnly).map((view) => view.entry()),
    errands: all.domains.flatMap(errandsOf),
  };
}

function errandsOf(domain: Domain): Errand[] {
  const sockets = domain.mappings.filter(({ api }) => api?.product === 'websocket');
  return [
    errand('deployment', domain.resource, (walk) => domainRefusal(domain, walk)),
    ...sockets.map((mapping) => errand('deployment', mapping.resource, (walk) => mappingRefusal(mapping, domain, walk))),
  ];
}

class DomainEndpoint {
  private readonly endpoints = new Map<Api, Endpoint>();
  private made?: readonly Sample[];

  constructor(public readonly domain: Domain, private readonly all: Gateway) {}

  public entry(): Entry {
    const { domain } = this;
    const view = this;
    return {
      resource: domain.resource,
      schemes: () => ['https'],
      get samples() {
        return view.samples;
      },
      tlsSetting: { resource: domain.resource, property: domain.at.policy, value: domain.policy, cause: () => 'OutdatedTlsOnApi' },
      receive: (request, walk) => this.receive(request, walk),
    };
  }

  public door(): Door {
    const { resource, name, certificates, at } = this.domain;
    const text = asText(name)?.toLowerCase();
    return {
      resource,
      samples: () => this.samples,
      listening: (port) => (port === 443 ? { is: 'https', setting: { resource, property: at.policy } } : { is: 'closed' }),
      names: () => (text === undefined ? [] : [text]),
      certificateNames: (_, walk) => (certificates.length ? namesOf(certificates, walk) : undefined),
      receive: (request, walk) => this.receive(request, walk),
    };
  }

  private get samples(): readonly Sample[] {
    const { mappings } = this.domain;
    this.made ??= mappings.length ? mappings.flatMap((mapping) => this.samplesOf(mapping)) : [{ target: ELSEWHERE, kinds: [{ kind: 'http', by: 'assumed' }] }];
    return this.made;
  }

  private samplesOf(mapping: Mapping): readonly Sample[] {
    const { api } = mapping;
    const base = baseOf(mapping.basePath);
    const target = { ...ELSEWHERE, path: `${base}${ELSEWHERE.path}` };
    if (!api) return [{ target, says: base || undefined, kinds: [{ kind: 'http', by: mapping.version === 'v1' ? 'inferred' : 'assumed' }] }];
    return this.endpoint(api).samples.map((sample) => ({ ...sample, target: { ...sample.target, path: `${base}${sample.target.path}` } }));
  }

  private receive(request: Request, walk: Walk): Answer {
    const { domain } = this;
    pass(domain.resource, walk);
    const setting = { resource: domain.resource, property: domain.at.policy };
    const front = { policy: domain.policy, fallback: DEFAULT_API_TLS_POLICIES.domainName, settable: true, setting, name: domain.resource.id };
    const connected = connect(request, front, walk);
    if (typeof connected !== 'string') return connected;
    walk.leg(domain.resource, { ...request, version: connected });
    const refused = this.withoutCertificate(request, walk);
    if (refused) return refused;
    const mapping = this.mappingFor(request.target.path);
    if (!mapping) {
      if (domain.mappings.length) return cannotKnow(`no mapping of ${domain.resource.id} takes ${request.target.path}`);
      return unseen(request, `what is mapped to ${domain.resource.id} is outside these templates`);
    }
    pass(mapping.resource, walk);
    if (!mapping.api) return unseen(request, `the API that ${mapping.resource.id} leads to is outside these templates`);
    const base = baseOf(mapping.basePath);
    const path = request.target.path.startsWith(base) ? request.target.path.slice(base.length) || '/' : request.target.path;
    return this.endpoint(mapping.api).take({ ...request, version: connected, target: { ...request.target, path } }, walk);
  }

  private withoutCertificate({ sender }: Request, walk: Walk): Answer | undefined {
    const { domain } = this;
    if (walk.settle(domain.mutualTls).kind === 'absent') return undefined;
    if (sender.certificate === undefined) walk.note('the client presents a certificate that the trust store accepts');
    if (sender.certificate !== false) return undefined;
    return fail('403', {
      cause: 'NoClientCertificateForMutualTls',
      resource: domain.resource,
      property: domain.at.mutualTls,
      why: `the domain wants client certificates and ${sender.name} presents none`,
    });
  }

  /** The longest base path that fits; the mapping without one takes the rest. */
  private mappingFor(path: string): Mapping | undefined {
    const fitting = this.domain.mappings.filter(({ basePath }) => {
      const base = baseOf(basePath);
      return base === '' || path === base || path.startsWith(`${base}/`);
    });
    const only = this.domain.mappings.length === 1 ? this.domain.mappings[0] : undefined;
    return fitting.sort((a, b) => baseOf(b.basePath).length - baseOf(a.basePath).length)[0] ?? only;
  }

  private endpoint(api: Api): Endpoint {
    const before = this.endpoints.get(api);
    if (before) return before;
    const made = new Endpoint(api, this.all);
    this.endpoints.set(api, made);
    return made;
  }
}

/** The caller has been let in; what answers is not to be seen. */
function unseen(request: Request, note: string): Answer {
  return request.kind === 'http' ? { outcome: 'served', note } : cannotKnow(note);
}

/** "/calls", or nothing; an unknown base path counts as nothing. */
function baseOf(basePath: Value): string {
  const text = asText(basePath)?.replace(/^\/|\/$/g, '');
  return text === undefined || text === '' || text === '(none)' ? '' : `/${text}`;
}
