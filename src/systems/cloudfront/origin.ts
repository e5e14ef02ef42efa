// The origin side of CloudFront: the leg to the origin (scheme, port, TLS, Host, certificate),
// and what comes back. Toward custom origins CloudFront speaks HTTP/1.1, gRPC apart.
// Facts: CloudFront guide "Request and response behavior for custom origins", "HTTP 502", "Using gRPC", "VPC origins",
// "Use managed origin request policies" (Host for API Gateway and function URLs). TLS 1.3 to origins: announced in
// November 2025, absent from the API's OriginSslProtocols, and reported missing in 2026: possible, never certain.

import { TlsVersion } from '../../protocol';
import { asText, get, keyOf, pick } from '../../template';
import { covers } from '../certificate';
import { Answer, behindGateway, cannotKnow, Door, fail, Request, Sender, SERVED, Setting } from '../hop';
import { Walk } from '../walk';
import { Destination } from './destination';
import { forwards, Forwarded } from './headers';
import { DEFAULT_ORIGIN_PROTOCOLS, ORIGIN_PROTOCOLS } from './policies';
import { Distribution } from './settings';
import { handshakeHeaders, Leg, toUnknown } from './websocket';

/** Sends a request on to the origin and says what comes back. */
export function send(request: Request, leg: Leg, destination: Destination, walk: Walk): Answer {
  const { distribution, origin, behavior } = leg;
  const policy =
    asText(walk.settle(pick(origin.custom, 'OriginProtocolPolicy'))) ?? (origin.vpc.kind === 'absent' ? undefined : 'match-viewer');
  if (destination.is === 's3') return fromBucket(request, leg);
  const ready = request.kind === 'websocket' ? handshakeHeaders(request, leg, walk) : request;
  if ('outcome' in ready) return ready;
  if (policy === undefined) return toUnknown(ready, leg, 'the OriginProtocolPolicy is unknown');
  const scheme = policy === 'http-only' ? 'http' : policy === 'https-only' ? 'https' : request.scheme;
  if (request.kind === 'grpc' && scheme === 'http') {
    return fail('502', {
      cause: 'GrpcNeedsHttpsOrigin',
      resource: origin.setAt.resource,
      property: `${origin.setAt.property}.OriginProtocolPolicy`,
      why: `CloudFront passes gRPC on over HTTPS only, and the origin is ${policy}`,
    });
  }
  if (scheme === 'https' && originProtocols(leg, walk)?.includes(undefined)) return cannotKnow(`the OriginSSLProtocols of origin ${origin.id} are unknown`);
  if (destination.is === 'door' && walk.settle(origin.path).kind !== 'absent' && asText(walk.settle(origin.path)) === undefined) {
    return cannotKnow(`the OriginPath of origin ${origin.id} is unknown`);
  }
  const port = walk.number(pick(origin.custom, scheme === 'http' ? 'HTTPPort' : 'HTTPSPort'), scheme === 'http' ? 80 : 443);
  const hostForwarded = forwards(behavior, 'host', walk);
  const own = keyOf(origin.domain).toLowerCase();
  const host = hostForwarded === 'yes' ? viewerHost(distribution) : own;
  const onward: Request = {
    ...ready,
    scheme,
    port,
    target: { ...request.target, host, path: destination.is === 'door' ? `${originPath(leg)}${request.target.path}` : request.target.path },
    sender: sender(request, leg, walk),
    routedBy: { resource: distribution.resource, property: `${behavior.property}.TargetOriginId` },
  };
  const answer = toDestination(onward, leg, destination, hostForwarded, walk);
  return behindGateway(answer);
}

/** Settings to blame on the way to an origin. */
interface Properties {
  readonly scheme: Setting;
  readonly headerPolicy: string;
}

function toDestination(request: Request, leg: Leg, destination: Destination, hostForwarded: Forwarded, walk: Walk): Answer {
  const { distribution, origin, behavior } = leg;
  const at = (cause: string, property: string, why: string) => ({ cause, resource: distribution.resource, property, why });
  const headerPolicy = `${behavior.property}.${behavior.forwarded.kind === 'absent' ? 'OriginRequestPolicyId' : 'ForwardedValues.Headers'}`;
  const scheme = { resource: origin.setAt.resource, property: `${origin.setAt.property}.OriginProtocolPolicy` };
  switch (destination.is) {
    case 's3':
      return SERVED;
    case 'unknown':
      if (destination.ownName && request.scheme === 'https' && hostForwarded === 'no') return ownNameFault(leg, 'a load balancer');
      return outside(request, leg, destination.because, walk);
    case 'api':
    case 'function-url': {
      const what = destination.is === 'api' ? 'API Gateway' : 'a function URL';
      if (hostForwarded === 'yes' && !namesItself(destination.door, viewerHost(distribution))) {
        return fail(
          '403',
          at(
            'ForwardedHostNotExpected',
            headerPolicy,
            `the behavior forwards the viewer's Host header, and ${what} answers 403 to any Host but its own`,
          ),
        );
      }
      if (request.scheme === 'http') {return fail('502', { cause: 'OriginPortClosed', ...scheme, why: `${what} takes HTTPS only, and the origin is reached over HTTP` });}
      const lost = request.kind === 'websocket' && destination.door ? stageMissing(destination.door, leg, walk) : undefined;
      if (lost) return lost;
      if (destination.door) return destination.door.receive(request, walk);
      if (destination.is === 'function-url' && request.kind === 'websocket') {
        return fail('ws-handshake-failure', {
          ...at('HopWithoutWebSocket', `${behavior.property}.TargetOriginId`, 'a Lambda function URL has no WebSocket'),
          certainty: 'possible',
        });
      }
      return request.kind === 'websocket'
        ? cannotKnow(`${what} is outside these templates`)
        : { outcome: 'served', note: `${what} is outside these templates` };
    }
    case 'door':
      return toBalancer(request, leg, destination, hostForwarded, { scheme, headerPolicy }, walk);
  }
}

function outside(request: Request, leg: Leg, because: string, walk: Walk): Answer {
  walk.toServer({ scheme: request.scheme, version: request.sender.versions[0], tls: request.sender.tls });
  return toUnknown(request, leg, because);
}

/** The path that CloudFront puts before the viewer's own; known here, or there is none. */
function originPath({ origin }: Leg): string {
  return asText(origin.path) ?? '';
}

/** A WebSocket API answers at /<stage> and nowhere else, unless a custom domain maps the stage away. */
function stageMissing(door: Door, { distribution, origin, behavior }: Leg, walk: Walk): Answer | undefined {
  const direct = keyOf(origin.domain).includes('.execute-api.');
  if (!direct || asText(get(door.resource, 'ProtocolType')) !== 'WEBSOCKET') return undefined;
  const at = { cause: 'WebSocketApiWithoutStagePath', resource: distribution.resource };
  if (walk.settle(origin.path).kind === 'absent') {
    return fail('403', { ...at, property: `${origin.property}.OriginPath`, why: `${door.resource.id} is a WebSocket API, which answers at /<stage> only, and the origin has no OriginPath` });
  }
  const rewritten = behavior.functions.kind !== 'absent' || behavior.lambdas.kind !== 'absent';
  if (behavior.pattern === undefined || rewritten || behavior.pattern === '*' || behavior.pattern === '/*') return undefined;
  const why = `${door.resource.id} is a WebSocket API, which knows no path behind its stage, and the behavior passes ${behavior.pattern} on`;
  return fail('403', { ...at, property: `${behavior.property}.PathPattern`, why, certainty: 'possible' });
}

function namesItself(door: Door | undefined, host: string): boolean {
  return door !== undefined && covers(door.names?.() ?? [], host);
}

function toBalancer(
  request: Request,
  leg: Leg,
  { door, ownName }: { door: Door; ownName: boolean },
  hostForwarded: Forwarded,
  properties: Properties,
  walk: Walk,
): Answer {
  const { distribution, origin } = leg;
  const at = (cause: string, property: string, why: string) => ({ cause, resource: distribution.resource, property, why });
  if (request.port === undefined) return cannotKnow('the port of the origin is unknown');
  if (origin.vpc.kind !== 'absent' && request.kind === 'grpc') {
    return fail('502', {
      ...at('GrpcNeedsPlainOrigin', `${origin.property}.VpcOriginConfig`, 'gRPC does not pass through a VPC origin'),
      certainty: 'possible',
    });
  }
  const listening = door.listening(request.port, walk);
  if (listening.is === 'unknown') return outside(request, leg, listening.because, walk);
  if (listening.is === 'closed') {
    return fail('502', {
      cause: 'OriginPortClosed',
      ...properties.scheme,
      why: `CloudFront connects to port ${request.port} of ${door.resource.id} (${request.scheme.toUpperCase()}), where nothing listens`,
    });
  }
  if (listening.is !== 'bytes' && listening.is !== request.scheme) {
    const [status, why] =
      request.scheme === 'https'
        ? [
          '502' as const,
          `CloudFront starts a TLS handshake on port ${request.port} of ${door.resource.id}, where ${listening.setting.resource.id} speaks cleartext HTTP`,
        ]
        : [
          '400' as const,
          `CloudFront sends cleartext HTTP to port ${request.port} of ${door.resource.id}, where ${listening.setting.resource.id} expects TLS`,
        ];
    return fail(status, { cause: 'OriginSchemeMismatch', ...properties.scheme, why });
  }
  const wrongName =
    request.scheme === 'https' && listening.is === 'https' ? certificateName(request, leg, door, ownName, hostForwarded, walk) : undefined;
  if (wrongName) return wrongName;
  return explained(door.receive(request, walk), request, leg, door, hostForwarded, properties, walk);
}

/** What the balancer answers, with the blame where it belongs: its TLS ceiling, its Host header, its redirect. */
function explained(
  answer: Answer,
  request: Request,
  leg: Leg,
  door: Door,
  hostForwarded: Forwarded,
  properties: Properties,
  walk: Walk,
): Answer {
  const { distribution, origin } = leg;
  const { resource } = distribution;
  if (answer.outcome === 'tls-handshake-failure' && answer.fault?.cause === 'TlsFloorAboveClient') {
    return {
      outcome: '502',
      fault: {
        ...answer.fault,
        cause: 'OriginTlsCeiling',
        certainty: 'possible',
        why: `${answer.fault.why}; AWS announced TLS 1.3 toward origins in November 2025, but OriginSSLProtocols does not list it and reports of 502 go on`,
      },
    };
  }
  if (answer.note === 'redirected' && request.scheme === 'http') {
    return fail('301', {
      cause: 'OriginRedirectLoop',
      ...properties.scheme,
      why: `CloudFront reaches ${door.resource.id} over HTTP, its listener redirects to HTTPS, and the viewer comes back over and over`,
    });
  }
  const misrouted = answer.note === 'fixed response' || answer.fault?.cause === 'PathNotRouted';
  if (!misrouted || (hostForwarded !== 'yes' && hostForwarded !== 'no')) return answer;
  const other = hostForwarded === 'yes' ? keyOf(origin.domain).toLowerCase() : viewerHost(distribution);
  const instead = door.receive({ ...request, target: { ...request.target, host: other } }, walk);
  if (instead.outcome !== 'served') return answer;
  const [cause, why] =
    hostForwarded === 'yes'
      ? [
        'ForwardedHostNotExpected',
        `the behavior forwards the viewer's Host header (${request.target.host}), and the rules of ${door.resource.id} expect ${other}`,
      ]
      : ['HostNotForwarded', `the behavior sends Host ${request.target.host}, and the rules of ${door.resource.id} expect ${other}`];
  return fail(answer.outcome, { cause, resource, property: properties.headerPolicy, why });
}

/** CloudFront wants a certificate for the origin's name or, when it forwards Host, for that. */
function certificateName(
  request: Request,
  { distribution, origin }: Leg,
  door: Door,
  ownName: boolean,
  hostForwarded: Forwarded,
  walk: Walk,
): Answer | undefined {
  if (hostForwarded === 'unknown' || hostForwarded === 'doubtful') return undefined;
  const own = keyOf(origin.domain).toLowerCase();
  const forwarded = hostForwarded === 'yes' ? viewerHost(distribution) : undefined;
  const property = `${origin.property}.DomainName`;
  if (origin.vpc.kind !== 'absent') return undefined;
  if (ownName && forwarded === undefined) return ownNameFault({ distribution, origin }, door.resource.id);
  const names = door.certificateNames(request.port!, walk);
  if (names === undefined) return undefined;
  const asked = [...(ownName ? [] : [own]), ...(forwarded === undefined ? [] : [forwarded])];
  if (asked.some((name) => name.includes('${') || covers(names, name))) return undefined;
  return fail('502', {
    cause: 'OriginCertificateName',
    resource: distribution.resource,
    property,
    why: `the certificate of ${door.resource.id} is for ${names.join(', ')} and CloudFront asks for ${asked.join(' or ')}`,
  });
}

function ownNameFault({ distribution, origin }: Pick<Leg, 'distribution' | 'origin'>, balancer: string): Answer {
  return fail('502', {
    cause: 'OriginCertificateName',
    resource: distribution.resource,
    property: `${origin.property}.DomainName`,
    why: `the origin is ${balancer} by its own amazonaws.com name, which no certificate of yours can carry, and the viewer's Host header is not forwarded`,
  });
}

function fromBucket(request: Request, { distribution, behavior }: Leg): Answer {
  if (request.kind === 'http') return SERVED;
  return fail(request.kind === 'websocket' ? 'ws-handshake-failure' : '403', {
    cause: 'HopWithoutWebSocket',
    resource: distribution.resource,
    property: `${behavior.property}.TargetOriginId`,
    why: 'the path leads to a bucket, which answers neither WebSocket nor gRPC',
  });
}

/**
 * What CloudFront offers on the leg to the origin. Without a list that is SSLv3 and TLS 1.0 by the documents and by report
 * (DFE-Digital/teaching-vacancies#20); whether the list is exact or a minimum is open, so a mismatch is possible, not certain.
 */
function sender(request: Request, leg: Leg, walk: Walk): Sender {
  const { origin } = leg;
  const names = originProtocols(leg, walk);
  const tls = names
    ? names.map((name) => ORIGIN_PROTOCOLS[name ?? '']).filter((version): version is TlsVersion => version !== undefined)
    : DEFAULT_ORIGIN_PROTOCOLS;
  return {
    versions: request.kind === 'grpc' ? ['2'] : ['1.1'],
    alpn: request.kind === 'grpc' ? ['h2'] : ['http/1.1'],
    tls,
    needsAlpn: false,
    certificate: pick(origin.custom, 'OriginMtlsConfig').kind !== 'absent' ? undefined : false,
    name: names ? 'CloudFront' : 'CloudFront, for want of OriginSSLProtocols,',
    tlsSetting: {
      resource: origin.setAt.resource,
      property: `${origin.setAt.property}.OriginSSLProtocols`,
      byDefault: names === undefined,
    },
  };
}

/** OriginSSLProtocols as written: undefined when not set, with undefined among them when one cannot be read. */
function originProtocols({ origin }: Leg, walk: Walk): readonly (string | undefined)[] | undefined {
  const list = walk.settle(pick(origin.custom, 'OriginSSLProtocols'));
  return list.kind === 'absent' ? undefined : walk.list(list).map(({ value }) => asText(value));
}

/** The Host that viewers send: the first alias, or the distribution's own name. */
export function viewerHost(distribution: Distribution): string {
  const list = distribution.aliases.kind === 'list' ? distribution.aliases.items[0] : distribution.aliases;
  return list === undefined || list.kind === 'absent' ? `\${${distribution.resource.key}.DomainName}` : keyOf(list).toLowerCase();
}
