// The client side of an ALB listener: TLS handshake, ALPN, client certificates. Decides with which HTTP version a request
// arrives, or that no connection comes about. Not here: rules and targets (listener.ts).
// Facts: ELB guide "How Elastic Load Balancing works" (HTTP/2 on HTTPS listeners only, no HTTP/3); load balancer attribute
// routing.http2.enabled; describe-ssl-policies; mutual-authentication. RFC 8441 over an ALB: documented nowhere (inferred: no).

import { HttpVersion, nameTls, TLS_VERSIONS, TlsVersion } from '../../protocol';
import { Resource } from '../../template';
import { DEFAULT_ELB_TLS_POLICY, elbTlsPolicy } from '../elb-tls';
import { Answer, cannotKnow, fail, Request, Sender } from '../hop';
import { reasonOf, Walk } from '../walk';
import { Listener } from './settings';

/** The HTTP version of the connection, or the answer when there is none. */
export function connect(request: Request, listener: Listener, walk: Walk): HttpVersion | Answer {
  const sender = request.sender;
  if (request.scheme === 'http') {return sender.versions.find((version) => version === '1.1' || version === '1.0') ?? failCleartext(listener.resource);}
  const failed = handshake(sender, listener, walk) ?? certificate(sender, listener, walk);
  if (failed) return failed;
  return alpn(request, listener, walk);
}

/** Whether the listener's policy and the sender have a TLS version in common. */
export function handshake(sender: Sender, listener: Pick<Listener, 'resource' | 'sslPolicy'>, walk: Walk): Answer | undefined {
  const setting = walk.settle(listener.sslPolicy);
  const byDefault = setting.kind === 'absent';
  const name = byDefault ? DEFAULT_ELB_TLS_POLICY : setting.kind === 'known' ? String(setting.value) : undefined;
  if (name === undefined) {
    return sender.tls.includes('1.2')
      ? undefined
      : cannotKnow(`the TLS policy of ${listener.resource.id} is unknown: ${reasonOf(setting)}`);
  }
  const policy = elbTlsPolicy(name);
  if ('missing' in policy) return cannotKnow(`${name} is not a policy`);
  const accepts: readonly TlsVersion[] = 'found' in policy ? policy.found.tls : policy.newer;
  walk.accepts(accepts);
  if (sender.tls.some((version) => accepts.includes(version))) return undefined;
  const below = TLS_VERSIONS.indexOf(sender.tls[sender.tls.length - 1]) < TLS_VERSIONS.indexOf(accepts[0]);
  const odd = sender.tlsSetting && accepts.includes('1.2') ? sender.tlsSetting : undefined;
  if (odd) {
    return fail('tls-handshake-failure', {
      cause: 'NoCommonTlsVersion',
      resource: odd.resource,
      property: odd.property,
      certainty: odd.byDefault ? 'possible' : 'certain',
      why: `${sender.name} offers ${nameTls(sender.tls)}, and ${listener.resource.id} accepts ${nameTls(accepts)}`,
    });
  }
  const policyText = byDefault ? `no SslPolicy is set, which means ${name}` : `SslPolicy ${name}`;
  return fail('tls-handshake-failure', {
    cause: below ? 'TlsFloorAboveClient' : 'TlsPolicyWithoutTls13',
    resource: listener.resource,
    property: 'Properties.SslPolicy',
    why: `${policyText} accepts ${nameTls(accepts)}, and ${sender.name} speaks ${nameTls(sender.tls)} only`,
    certainty: 'found' in policy ? 'certain' : 'possible',
    byDefault,
  });
}

function certificate(sender: Sender, listener: Listener, walk: Walk): Answer | undefined {
  if (walk.text(listener.mutualTls, 'off', ['off', 'verify']) !== 'verify') return undefined;
  if (sender.certificate === undefined) walk.note('the client presents a certificate that the trust store accepts');
  if (sender.certificate !== false) return undefined;
  return fail('tls-handshake-failure', {
    cause: 'NoClientCertificateForMutualTls',
    resource: listener.resource,
    property: 'Properties.MutualAuthentication.Mode',
    why: `the listener verifies client certificates and ${sender.name} presents none`,
  });
}

function alpn(request: Request, listener: Listener, walk: Walk): HttpVersion | Answer {
  const { sender } = request;
  if (!sender.alpn.includes('h2')) return sender.versions.find((version) => version === '1.1' || version === '1.0') ?? '1.1';
  const http2 = listener.balancer
    ? walk.flag(listener.balancer.http2, true)
    : (walk.choose([{ value: true }, { value: false }], `the load balancer of ${listener.resource.id} is outside these templates`) ?? true);
  if (!http2) return '1.1';
  if (request.kind === 'websocket') {
    return fail('ws-handshake-failure', {
      cause: 'WebSocketClientNegotiatesHttp2',
      resource: listener.balancer?.resource ?? listener.resource,
      property: 'Properties.LoadBalancerAttributes',
      why: "the load balancer selects h2 from the client's ALPN offer (routing.http2.enabled is on), and it has no WebSocket over HTTP/2",
    });
  }
  return '2';
}

function failCleartext(resource: Resource): Answer {
  return fail('505', {
    cause: 'Http2OnCleartextListener',
    resource,
    property: 'Properties.Protocol',
    why: 'an HTTP listener takes HTTP/1.x only and answers 505 to HTTP/2',
    certainty: 'possible',
  });
}
