// The viewer side of CloudFront: TLS policy, HTTP version by ALPN, viewer protocol policy.
// Facts: CloudFront guide "Supported protocols and ciphers between viewers and CloudFront", "Require HTTPS" (301, 307,
// 403), "Use WebSockets" (HTTP/1.1 only); API reference HttpVersion (http3 does not include HTTP/2; the default of
// CloudFormation is http1.1); default certificate: policy TLSv1 whatever is declared.

import { commonTls, HttpVersion, nameTls, TLS_VERSIONS, TlsVersion } from '../../protocol';
import { asFlag, asText, Value } from '../../template';
import { Answer, cannotKnow, fail, Request } from '../hop';
import { reasonOf, Walk } from '../walk';
import { DEFAULT_CERTIFICATE_POLICY, VIEWER_POLICIES, ViewerPolicy } from './policies';
import { Behavior, Distribution } from './settings';

export const MINIMUM = 'Properties.DistributionConfig.ViewerCertificate.MinimumProtocolVersion';
export const HTTP_VERSION = 'Properties.DistributionConfig.HttpVersion';

/** The name of the policy that applies, and whether anybody wrote it; undefined: not known. */
export function viewerPolicy(distribution: Distribution, walk: Walk): { name: string; byDefault: boolean } | undefined {
  const certificate = walk.settle(distribution.certificate.present);
  if (certificate.kind === 'unknown') return undefined;
  if (certificate.kind === 'absent' || asFlag(walk.settle(distribution.certificate.byDefault)) === true) {return { name: DEFAULT_CERTIFICATE_POLICY, byDefault: true };}
  const minimum = walk.settle(distribution.certificate.minimum);
  if (minimum.kind === 'absent') return { name: DEFAULT_CERTIFICATE_POLICY, byDefault: true };
  const name = asText(minimum);
  return name === undefined ? undefined : { name, byDefault: false };
}

/** The HTTP version of a viewer connection, or the answer when there is none. */
export function connectViewer(request: Request, distribution: Distribution, walk: Walk): HttpVersion | Answer {
  const { sender } = request;
  if (request.scheme === 'http') return sender.versions.find((version) => version === '1.1' || version === '1.0') ?? '1.1';
  const applies = viewerPolicy(distribution, walk);
  const accepts = applies && policyTls(applies.name);
  if (!accepts) {
    if (!sender.tls.includes('1.2') || !sender.tls.includes('1.3')) {return cannotKnow(`the TLS policy of ${distribution.resource.id} is unknown`);}
  } else if (commonTls(accepts, sender.tls).length === 0) {
    const below = TLS_VERSIONS.indexOf(sender.tls[sender.tls.length - 1]) < TLS_VERSIONS.indexOf(accepts[0]);
    return fail('tls-handshake-failure', {
      cause: below ? 'TlsFloorAboveClient' : 'TlsPolicyWithoutTls13',
      resource: distribution.resource,
      property: MINIMUM,
      byDefault: applies.byDefault,
      why: `MinimumProtocolVersion ${applies.name} accepts ${nameTls(accepts)}, and ${sender.name} speaks ${nameTls(sender.tls)} only`,
    });
  }
  walk.accepts(accepts);
  return negotiate(request, distribution, walk);
}

function negotiate(request: Request, distribution: Distribution, walk: Walk): HttpVersion | Answer {
  const { sender } = request;
  const offered = httpVersion(distribution.httpVersion, walk);
  if (offered === undefined) {return request.kind === 'http' ? '1.1' : cannotKnow(`the HttpVersion of ${distribution.resource.id} is unknown`);}
  const http2 = offered === 'http2' || offered === 'http2and3';
  if (request.kind === 'websocket' && http2 && sender.alpn.includes('h2')) {
    return fail('ws-handshake-failure', {
      cause: 'WebSocketClientNegotiatesHttp2',
      resource: distribution.resource,
      property: HTTP_VERSION,
      why: `CloudFront selects h2 from the client's ALPN offer (HttpVersion ${offered}), and its WebSocket is HTTP/1.1 only`,
    });
  }
  if (request.kind === 'grpc' && !http2) {
    return fail('tls-handshake-failure', {
      cause: 'GrpcNeedsHttp2',
      resource: distribution.resource,
      property: HTTP_VERSION,
      why: `HttpVersion ${offered} does not include HTTP/2, and a gRPC client accepts nothing else in ALPN`,
    });
  }
  if ((offered === 'http3' || offered === 'http2and3') && sender.versions.includes('3')) return '3';
  return http2 && sender.alpn.includes('h2') ? '2' : (sender.versions.find((version) => version === '1.1' || version === '1.0') ?? '1.1');
}

/** CloudFormation leaves HttpVersion at http1.1, unlike CDK and the console. */
export function httpVersion(setting: Value, walk: Walk): string | undefined {
  return walk.text(setting, 'http1.1', [])?.toLowerCase();
}

export function policyTls(name: string): readonly TlsVersion[] | undefined {
  const policies: Readonly<Record<string, ViewerPolicy>> = VIEWER_POLICIES;
  return Object.prototype.hasOwnProperty.call(policies, name) ? policies[name].tls : undefined;
}

/** What the viewer protocol policy answers to a cleartext request; undefined: it lets it pass. */
export function cleartext(request: Request, behavior: Behavior, distribution: Distribution, walk: Walk): Answer | undefined {
  if (request.scheme === 'https') return undefined;
  const setting = walk.settle(behavior.viewerProtocol);
  const policy = asText(setting);
  const property = `${behavior.property}.ViewerProtocolPolicy`;
  const { resource } = distribution;
  switch (policy) {
    case 'allow-all':
      return undefined;
    case 'https-only':
      if (request.kind !== 'websocket') return { outcome: '403', note: 'https-only' };
      return fail('403', {
        cause: 'CleartextViewerRefused',
        resource,
        property,
        why: 'the behavior is https-only and CloudFront answers 403 to ws://',
      });
    case 'redirect-to-https':
      if (request.kind === 'websocket') {
        return fail('301', {
          cause: 'CleartextViewerRefused',
          resource,
          property,
          certainty: 'possible',
          why: 'the behavior redirects to HTTPS with 301, which a WebSocket handshake does not follow',
        });
      }
      if (request.version === '1.0' && walk.list(behavior.methods).some(({ value }) => asText(value) === 'POST')) {
        return fail('403', {
          cause: 'Http10PostRedirected',
          resource,
          property,
          certainty: 'possible',
          why: 'the behavior redirects to HTTPS, and CloudFront answers 403 instead of a redirect to an HTTP/1.0 POST',
        });
      }
      return { outcome: '301', note: 'redirected' };
    default:
      return cannotKnow(`the ViewerProtocolPolicy is unknown: ${reasonOf(setting)}`);
  }
}
