// AWS WAF where its answers look like protocol errors: CAPTCHA (405) and Challenge (202) on a way that WebSocket or gRPC
// clients take, blocking callers without User-Agent, and associations that are refused.
// Facts: WAF guide "CAPTCHA and Challenge" (documented), "Baseline rule groups" (NoUserAgent_HEADER); WebACLAssociation
// (formats of ResourceArn: REST API stages, no HTTP or WebSocket APIs). That a handshake cannot solve a challenge: inferred,
// and whether a rule's statement covers the path is not worked out: possible, never certain.

import { CLIENTS, ClientId } from '../protocol';
import { asText, get, items, pick, Resource, Value } from '../template';
import { Answer, Errand, fail, Network, SERVED, System } from './hop';
import { Walk } from './walk';

export function wafSystem(network: Network): System {
  const { templates } = network;
  const associations = templates.all('AWS::WAFv2::WebACLAssociation');
  const acls = templates.all('AWS::WAFv2::WebACL');
  if (acls.length === 0 && associations.length === 0) return { entries: [], errands: [] };
  const covered = coverage(network, associations);
  return {
    entries: [],
    errands: [
      ...associations.map((resource): Errand => ({ kind: 'deployment', resource, go: (walk) => refusal(resource, walk) })),
      ...acls.filter(({ key }) => covered.has(key)).map((resource): Errand => ({ kind: 'advice', resource, go: (walk, named = []) => challenges(resource, covered.get(resource.key)!, network, named, walk) })),
    ],
  };
}

/** What each web ACL of the templates stands in front of. */
function coverage({ templates }: Network, associations: readonly Resource[]): Map<string, Resource[]> {
  const covered = new Map<string, Resource[]>();
  const add = (acl: Value, protectedOne: Resource | undefined) => {
    if (acl.kind === 'reference' && protectedOne) covered.set(acl.resource.key, [...(covered.get(acl.resource.key) ?? []), protectedOne]);
  };
  for (const association of associations) add(get(association, 'WebACLArn'), resourceIn(get(association, 'ResourceArn')));
  for (const distribution of templates.all('AWS::CloudFront::Distribution')) add(get(distribution, 'DistributionConfig', 'WebACLId'), distribution);
  return covered;
}

/** The resource that an ARN is, or is put together from. */
function resourceIn(arn: Value): Resource | undefined {
  if (arn.kind === 'reference') return arn.resource;
  const part = arn.kind === 'text' ? arn.parts.find((candidate) => typeof candidate !== 'string' && candidate.kind === 'reference') : undefined;
  return part !== undefined && typeof part !== 'string' && part.kind === 'reference' ? part.resource : undefined;
}

function refusal(association: Resource, walk: Walk): Answer {
  walk.through(association);
  const of = resourceIn(walk.settle(get(association, 'ResourceArn')));
  const api = of?.type === 'AWS::ApiGatewayV2::Stage' ? get(of, 'ApiId') : undefined;
  const target = api?.kind === 'reference' ? api.resource : of;
  if (target?.type !== 'AWS::ApiGatewayV2::Api') return SERVED;
  const product = walk.text(get(target, 'ProtocolType'), 'HTTP', []) === 'WEBSOCKET' ? 'a WebSocket API' : 'an HTTP API';
  return fail('deployment-failure', {
    cause: 'WafOnUnsupportedApi',
    resource: association,
    property: 'Properties.ResourceArn',
    why: `${target.id} is ${product}, and AWS WAF protects stages of REST APIs only`,
  });
}

function challenges(acl: Resource, covered: readonly Resource[], network: Network, named: readonly ClientId[], walk: Walk): Answer {
  walk.through(acl);
  const samples = covered.flatMap((resource) => network.door(resource)?.samples() ?? []);
  const meant = samples.flatMap(({ kinds }) => kinds).filter(({ by }) => by === 'declared' || by === 'inferred').map(({ kind }) => kind);
  const client = named.find((id) => CLIENTS[id].kind !== 'http') ?? (meant.includes('websocket') ? 'wss' : meant.includes('grpc') ? 'grpc' : undefined);
  if (client === undefined) return SERVED;
  for (const [index, { value }] of items(get(acl, 'Rules')).entries()) {
    const found = blocks(value, client);
    if (found) {
      return fail(found.outcome, {
        cause: 'WafChallengesMachineClient',
        resource: acl,
        property: `Properties.Rules.${index}`,
        client,
        certainty: 'possible',
        why: `rule ${asText(pick(value, 'Name')) ?? index} ${found.why}, and ${covered.map(({ id }) => id).join(', ')} behind it is there for ${CLIENTS[client].kind === 'grpc' ? 'gRPC' : 'WebSocket'} clients`,
      });
    }
  }
  return SERVED;
}

function blocks(rule: Value, client: ClientId): { outcome: '405' | '202' | '403'; why: string } | undefined {
  const statement = pick(rule, 'Statement');
  if (narrowed(statement)) return undefined;
  const action = pick(rule, 'Action');
  if (pick(action, 'Captcha').kind !== 'absent') return { outcome: '405', why: 'answers 405 until a CAPTCHA is solved' };
  if (pick(action, 'Challenge').kind !== 'absent') return { outcome: '202', why: 'answers 202 until a browser has solved a challenge' };
  const group = pick(statement, 'ManagedRuleGroupStatement');
  const common = asText(pick(group, 'Name')) === 'AWSManagedRulesCommonRuleSet';
  if (!common || client === 'wss-browser' || pick(pick(rule, 'OverrideAction'), 'Count').kind !== 'absent' || pick(group, 'ScopeDownStatement').kind !== 'absent') return undefined;
  const lifted = [...items(pick(group, 'RuleActionOverrides')), ...items(pick(group, 'ExcludedRules'))].some(({ value }) => asText(pick(value, 'Name')) === 'NoUserAgent_HEADER');
  return lifted ? undefined : { outcome: '403', why: 'blocks callers that send no User-Agent (NoUserAgent_HEADER)' };
}

/** A statement that looks at the path, a header or the method may well leave these clients out. */
function narrowed(statement: Value): boolean {
  const text = statement.kind === 'map' ? JSON.stringify(statement.raw) : '';
  return /"(UriPath|SingleHeader|Method|Headers|Body|JsonBody)"/.test(text);
}
