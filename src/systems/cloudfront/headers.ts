// Which viewer headers a cache behavior passes on to its origin: cache policy, origin request policy, or the legacy
// ForwardedValues. Three-valued: yes, no, or unknown for a policy that is outside these templates.
// Facts: CloudFront guide "Control origin requests with a policy", "Request and response behavior for custom origins";
// legacy lists: the header table says that other headers are forwarded even when not listed, reports say that
// WebSockets fail behind such a list (phoenixframework/phoenix_live_view#1086): possible, not certain.

import { asText, get, items, pick, Value } from '../../template';
import { Walk } from '../walk';
import { Headers, MANAGED_CACHE_POLICIES, MANAGED_ORIGIN_REQUEST_POLICIES } from './policies';
import { Behavior } from './settings';

/** `doubtful`: documents say yes and reports say no. */
export type Forwarded = 'yes' | 'no' | 'doubtful' | 'unknown';

export function forwards(behavior: Behavior, header: string, walk: Walk): Forwarded {
  const name = header.toLowerCase();
  const cache = walk.settle(behavior.cachePolicy);
  if (cache.kind === 'absent') return legacy(behavior.forwarded, name, walk);
  const cached = policyHeaders(cache, 'CachePolicyConfig', MANAGED_CACHE_POLICIES, walk);
  const request = walk.settle(behavior.originRequestPolicy);
  const requested =
    request.kind === 'absent' ? NONE : policyHeaders(request, 'OriginRequestPolicyConfig', MANAGED_ORIGIN_REQUEST_POLICIES, walk);
  const answers = [cached, requested].map((headers) => headers && passes(headers, name));
  if (answers.includes(true)) return 'yes';
  return answers.includes(undefined) ? 'unknown' : 'no';
}

const NONE: Headers = { behavior: 'none', list: [] };

function passes(headers: Headers, name: string): boolean {
  switch (headers.behavior) {
    case 'none':
      return false;
    case 'list':
      return headers.list.includes(name);
    case 'all':
      return true;
    case 'all-except':
      return !headers.list.includes(name);
  }
}

function policyHeaders(policy: Value, config: string, managed: Readonly<Record<string, Headers>>, walk: Walk): Headers | undefined {
  const id = asText(policy);
  if (id !== undefined) return Object.prototype.hasOwnProperty.call(managed, id) ? managed[id] : undefined;
  if (policy.kind !== 'reference' || !policy.resource.type.startsWith('AWS::CloudFront::')) return undefined;
  const body = get(policy.resource, config);
  const headers =
    config === 'CachePolicyConfig'
      ? pick(pick(body, 'ParametersInCacheKeyAndForwardedToOrigin'), 'HeadersConfig')
      : pick(body, 'HeadersConfig');
  const settled = walk.settle(headers);
  if (settled.kind === 'absent') return NONE;
  const list = names(pick(settled, 'Headers'));
  switch (asText(walk.settle(pick(settled, 'HeaderBehavior')))) {
    case 'none':
      return NONE;
    case 'whitelist':
      return list && { behavior: 'list', list };
    case 'allViewer':
    case 'allViewerAndWhitelistCloudFront':
      return { behavior: 'all', list: [] };
    case 'allExcept':
      return list && { behavior: 'all-except', list };
    default:
      return undefined;
  }
}

function legacy(forwarded: Value, name: string, walk: Walk): Forwarded {
  const settled = walk.settle(forwarded);
  if (settled.kind === 'unknown') return 'unknown';
  const headers = walk.settle(pick(settled, 'Headers'));
  const list = headers.kind === 'absent' ? [] : names(headers);
  if (list === undefined) return 'unknown';
  if (list.includes('*') || list.includes(name)) return 'yes';
  if (name === 'host') return 'no';
  return list.length === 0 ? 'yes' : 'doubtful';
}

/** Lower-case names of a list; undefined when one of them is not known. CDK and templates write lists or { Items }. */
function names(value: Value): string[] | undefined {
  const inner = pick(value, 'Items');
  const found = items(inner.kind === 'absent' ? value : inner).map((item) => asText(item.value)?.toLowerCase());
  return found.every((name): name is string => name !== undefined) ? found : undefined;
}
