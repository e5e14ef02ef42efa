// The client side of an API Gateway endpoint: port, TLS handshake, client certificate, and the HTTP version that ALPN
// selects. Not here: which API a custom domain leads to (domains.ts), what the API does (its own folder).
// Facts: API Gateway guide "Security policies", "Data protection" (HTTPS only), "Mutual TLS" (403), known in detail in
// tls-policies.ts. HTTP/2 toward clients: "Mapping template reference" ($context.protocol). HTTP/1.0: documented nowhere.

import { commonTls, HttpVersion, nameTls, TlsVersion } from '../../protocol';
import { closest } from '../../protocol/nearest';
import { asText, Value } from '../../template';
import { Answer, cannotKnow, fail, IMPOSSIBLE, Request, Setting } from '../hop';
import { reasonOf, Walk } from '../walk';
import { API_TLS_POLICIES, ApiTlsPolicy } from './tls-policies';

/** What decides the TLS versions of an endpoint. */
export interface TlsFront {
  readonly policy: Value;
  readonly fallback: string;
  /** False: the service has no such setting, as on the default endpoint of an HTTP API. */
  readonly settable: boolean;
  readonly setting: Setting;
  /** For messages: "the default endpoint of Api". */
  readonly name: string;
}

/** The policies of a name; there is one per endpoint type for the two old names. */
export function apiTlsPolicies(name: string): readonly ApiTlsPolicy[] {
  return API_TLS_POLICIES.filter((policy) => policy.name === name);
}

/** The comparison takes the product of the lengths, and no policy's name is this long. */
const LONGEST_NAME = 100;

/** The name that was probably meant. */
export function nearestPolicy(name: string): string {
  return closest(name.slice(0, LONGEST_NAME), API_TLS_POLICIES.map((policy) => policy.name));
}

/** The HTTP version of the connection, or the answer when there is none. */
export function connect(request: Request, front: TlsFront, walk: Walk): HttpVersion | Answer {
  if (request.scheme === 'http') return IMPOSSIBLE; // callers ask listening() first: there is no port 80
  const failed = handshake(request, front, walk);
  if (failed) return failed;
  const { sender } = request;
  if (sender.alpn.includes('h2')) return '2';
  const version = sender.versions.find((candidate) => candidate === '1.1' || candidate === '1.0') ?? '1.1';
  return version === '1.0' ? cannotKnow('what API Gateway answers to HTTP/1.0 is documented nowhere') : version;
}

function handshake({ sender }: Request, front: TlsFront, walk: Walk): Answer | undefined {
  const setting = walk.settle(front.policy);
  const byDefault = setting.kind === 'absent';
  const name = byDefault ? front.fallback : asText(setting);
  if (name === undefined) return sender.tls.includes('1.2') ? undefined : cannotKnow(`the TLS policy of ${front.name} is unknown: ${reasonOf(setting)}`);
  const policy = apiTlsPolicies(name)[0];
  if (!policy) return cannotKnow(`${name} is not a policy of API Gateway`);
  walk.accepts(policy.tls);
  if (commonTls(policy.tls, sender.tls).length > 0) return undefined;
  return tlsFault(sender, front, policy.tls, byDefault ? `${front.settable ? 'no SecurityPolicy is set, which means' : 'it always has'} ${name}` : `SecurityPolicy ${name}`, byDefault);
}

function tlsFault(sender: Request['sender'], front: TlsFront, accepts: readonly TlsVersion[], policy: string, byDefault: boolean): Answer {
  const sides = `${policy} accepts ${nameTls(accepts)}, and ${sender.name} speaks ${nameTls(sender.tls)} only`;
  if (sender.tlsSetting && accepts.includes('1.2')) {
    return fail('tls-handshake-failure', { cause: 'NoCommonTlsVersion', ...sender.tlsSetting, why: `${sender.name} offers ${nameTls(sender.tls)}, and ${front.name} accepts ${nameTls(accepts)}` });
  }
  if (sender.tlsSetting) {
    return fail('tls-handshake-failure', { cause: 'OriginTlsCeiling', ...front.setting, certainty: 'possible', why: `${sides}; whether CloudFront offers TLS 1.3 to origins is announced by AWS and doubted by reports` });
  }
  return fail('tls-handshake-failure', { cause: 'ApiTlsFloorAboveClient', ...front.setting, byDefault, why: sides }); // every policy goes up to TLS 1.3
}
