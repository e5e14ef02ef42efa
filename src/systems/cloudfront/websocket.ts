// A WebSocket handshake through a cache behavior, and origins outside the templates: which headers get lost, what is declared
// of the server behind. Facts: CloudFront guide "Use WebSockets", "Origin mutual TLS" (no WebSocket); headers.ts.

import { pick } from '../../template';
import { Answer, cannotKnow, fail, Request, SERVED } from '../hop';
import { blamesProxy, reply, serversFor } from '../server';
import { Walk } from '../walk';
import { forwards } from './headers';
import { Behavior, Distribution, Origin } from './settings';

/** The way of a request through a distribution. */
export interface Leg {
  readonly distribution: Distribution;
  readonly behavior: Behavior;
  readonly origin: Origin;
}

/** A WebSocket handshake without its Sec-WebSocket headers is refused by the server; this behavior drops them. */
export function handshakeHeaders(request: Request, { behavior, distribution, origin }: Leg, walk: Walk): Request | Answer {
  const { resource } = distribution;
  if (pick(pick(origin.custom, 'OriginMtlsConfig'), 'ClientCertificateArn').kind !== 'absent') {
    return fail('ws-handshake-failure', {
      cause: 'OriginMutualTlsWithoutWebSocket',
      resource,
      property: `${origin.property}.CustomOriginConfig.OriginMtlsConfig`,
      why: 'an origin with a client certificate (origin mTLS) takes no WebSocket',
    });
  }
  const needed = ['Sec-WebSocket-Key', 'Sec-WebSocket-Version'].map((name) => ({ name, passes: forwards(behavior, name, walk) }));
  const lost = needed.find(({ passes }) => passes === 'no') ?? needed.find(({ passes }) => passes === 'doubtful');
  if (lost) {
    const doubtful = lost.passes === 'doubtful';
    const why = `the behavior for ${behavior.pattern ?? 'all other paths'} does not pass ${lost.name} on to the origin${doubtful ? ' (its legacy header list does not name it; documents say that it passes all the same, reports say that it does not)' : ''}`;
    const property = `${behavior.property}.${behavior.cachePolicy.kind === 'absent' ? 'ForwardedValues.Headers' : 'OriginRequestPolicyId'}`;
    return {
      ...request,
      spoilt: {
        how: 'no-websocket-headers',
        fault: { cause: 'WebSocketHeadersNotForwarded', resource, property, why, certainty: doubtful ? 'possible' : 'certain' },
      },
    };
  }
  return needed.some(({ passes }) => passes === 'unknown')
    ? cannotKnow('the headers that the behavior passes on are unknown: its policy is outside these templates')
    : request;
}

/** An origin outside the templates: a spoilt handshake fails anywhere, and what is declared of it counts. */
export function toUnknown(request: Request, { distribution, origin }: Leg, because: string): Answer {
  const declared = distribution.declared.servers
    .filter((server) => server.origin === undefined || server.origin === origin.id)
    .map((server) => ({ ...server, declared: true, by: `declared in Metadata of ${distribution.resource.id}` }));
  const servers = serversFor(declared, undefined, request.target.path);
  const known = servers.length
    ? servers
    : request.spoilt
      ? [{ speaks: ['websocket' as const], only: false, transports: [], declared: false, by: 'the path is for WebSocket' }]
      : [];
  if (known.length === 0) return request.kind === 'http' ? { outcome: 'served', note: because } : cannotKnow(because);
  const answer = reply(
    {
      kind: request.kind,
      version: request.kind === 'grpc' ? '2' : '1.1',
      scheme: request.scheme,
      tls: ['1.2'],
      path: request.target.path,
      spoilt: request.spoilt?.how,
    },
    known,
  );
  if (answer.does === 'serve') return SERVED;
  if (answer.does === 'unknown') return cannotKnow(answer.why);
  if (request.spoilt) {return { outcome: answer.with, fault: { ...request.spoilt.fault, why: `${request.spoilt.fault.why}; ${answer.why}` } };}
  return blamesProxy(answer) ?? fail(answer.with, {
    cause: 'ServerWithoutProtocol',
    resource: distribution.resource,
    property: origin.property,
    why: answer.why,
    certainty: answer.certain ? 'certain' : 'possible',
  });
}
