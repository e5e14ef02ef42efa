// What CloudFront refuses at deployment, as far as protocols are concerned, and what it takes and still hurts.
// Facts: CloudFront API reference ViewerCertificate (vip and TLS policies: code-dot-org/code-dot-org#60886), "Using gRPC"
// (POST: aws/aws-cdk#32535), viewer mTLS (no HTTP/3), custom error responses, edge function restrictions (502 on headers
// that functions may not touch), standard logging.

import { asFlag, asText, get, items, keyOf, pick, Resource } from '../../template';
import { Answer, Errand, fail, SERVED } from '../hop';
import { Walk } from '../walk';
import { forwards } from './headers';
import { VIP_POLICIES } from './policies';
import { Behavior, Distribution } from './settings';
import { httpVersion, HTTP_VERSION, MINIMUM, policyTls, viewerPolicy } from './viewer';

type Check = (distribution: Distribution, walk: Walk) => Answer;

export function distributionErrands(distributions: readonly Distribution[]): Errand[] {
  const errand =
    (kind: Errand['kind'], check: Check) =>
      (distribution: Distribution): Errand => ({
        kind,
        resource: distribution.resource,
        go: (walk) => {
          walk.through(distribution.resource);
          return check(distribution, walk);
        },
      });
  const checks = [
    ...[unknownPolicy, supportMethod, aliasWithoutCertificate, grpcMethods, mutualTlsAndHttp3].map((check) => errand('deployment', check)),
    ...[noHttp2, http3Alone, ignoredMinimum, unwrittenOriginTls, noLogs].map((check) => errand('advice', check)),
  ];
  return distributions.flatMap((distribution) => checks.map((make) => make(distribution)));
}

const refuse = (cause: string, distribution: Distribution, property: string, why: string, certainty: 'certain' | 'possible' = 'certain') =>
  fail('deployment-failure', { cause, resource: distribution.resource, property, why, certainty });

function unknownPolicy(distribution: Distribution, walk: Walk): Answer {
  const policy = viewerPolicy(distribution, walk);
  if (!policy || policyTls(policy.name)) return SERVED;
  const newer = /_20(2[6-9]|[3-9]\d)$/.test(policy.name);
  return refuse(
    'UnknownTlsPolicy',
    distribution,
    MINIMUM,
    `there is no viewer policy named ${policy.name}`,
    newer ? 'possible' : 'certain',
  );
}

function supportMethod(distribution: Distribution, walk: Walk): Answer {
  const policy = viewerPolicy(distribution, walk);
  const method = asText(walk.settle(distribution.certificate.support));
  if (!policy || policy.byDefault || method !== 'vip' || !policyTls(policy.name) || VIP_POLICIES.includes(policy.name)) return SERVED;
  return refuse(
    'ViewerPolicyNeedsSni',
    distribution,
    'Properties.DistributionConfig.ViewerCertificate.SslSupportMethod',
    `SslSupportMethod vip goes with TLSv1 and SSLv3 only, not with ${policy.name}`,
  );
}

function aliasWithoutCertificate(distribution: Distribution, walk: Walk): Answer {
  if (walk.list(distribution.aliases).length === 0) return SERVED;
  const certificate = walk.settle(distribution.certificate.present);
  const byDefault = certificate.kind === 'absent' || asFlag(walk.settle(distribution.certificate.byDefault)) === true;
  return byDefault
    ? refuse(
      'AliasWithoutCertificate',
      distribution,
      'Properties.DistributionConfig.ViewerCertificate',
      'the distribution has aliases and only the default certificate, which does not carry them',
    )
    : SERVED;
}

function grpcMethods(distribution: Distribution, walk: Walk): Answer {
  for (const behavior of distribution.behaviors) {
    if (!walk.exists(behavior) || asFlag(walk.settle(behavior.grpc)) !== true) continue;
    const methods = walk.settle(behavior.methods);
    if (methods.kind === 'unknown') continue;
    const allowed = walk.list(methods).map(({ value }) => asText(value));
    if (allowed.includes(undefined) || allowed.includes('POST')) continue;
    return refuse(
      'GrpcWithoutPost',
      distribution,
      `${behavior.property}.AllowedMethods`,
      `gRPC is enabled for ${behavior.pattern ?? 'all other paths'} and POST is not among the allowed methods (${allowed.length ? allowed.join(', ') : 'GET, HEAD by default'})`,
    );
  }
  return SERVED;
}

function mutualTlsAndHttp3(distribution: Distribution, walk: Walk): Answer {
  const version = httpVersion(distribution.httpVersion, walk);
  if (walk.settle(distribution.mutualTls).kind === 'absent' || (version !== 'http3' && version !== 'http2and3')) return SERVED;
  return refuse(
    'Http3WithViewerMutualTls',
    distribution,
    HTTP_VERSION,
    `viewer mTLS goes without HTTP/3 only, and HttpVersion is ${version}`,
  );
}

function noHttp2(distribution: Distribution, walk: Walk): Answer {
  if (walk.settle(distribution.httpVersion).kind !== 'absent') return SERVED;
  return fail('unknown', {
    cause: 'Http2NotOffered',
    resource: distribution.resource,
    property: HTTP_VERSION,
    certainty: 'possible',
    why: 'no HttpVersion is set, which CloudFormation takes for http1.1 (CDK and the console take http2)',
  });
}

function http3Alone(distribution: Distribution, walk: Walk): Answer {
  if (httpVersion(distribution.httpVersion, walk) !== 'http3') return SERVED;
  return fail('unknown', {
    cause: 'Http3WithoutHttp2',
    resource: distribution.resource,
    property: HTTP_VERSION,
    certainty: 'possible',
    why: 'HttpVersion http3 means HTTP/3 and HTTP/1.1 without HTTP/2: callers without HTTP/3 drop to HTTP/1.1',
  });
}

function ignoredMinimum(distribution: Distribution, walk: Walk): Answer {
  const policy = viewerPolicy(distribution, walk);
  const minimum = asText(walk.settle(distribution.certificate.minimum));
  if (!policy?.byDefault || minimum === undefined || minimum === policy.name) return SERVED;
  return fail('unknown', {
    cause: 'MinimumProtocolVersionIgnored',
    resource: distribution.resource,
    property: MINIMUM,
    certainty: 'possible',
    why: `MinimumProtocolVersion ${minimum} stands beside the default certificate, with which ${policy.name} applies whatever is declared`,
  });
}

function unwrittenOriginTls(distribution: Distribution, walk: Walk): Answer {
  const origin = distribution.origins.find(({ custom }) => {
    const policy = asText(walk.settle(pick(custom, 'OriginProtocolPolicy')));
    return (policy === 'https-only' || policy === 'match-viewer') && walk.settle(pick(custom, 'OriginSSLProtocols')).kind === 'absent';
  });
  if (!origin) return SERVED;
  return fail('502', {
    cause: 'OriginTlsVersionsNotSet',
    resource: origin.setAt.resource,
    property: `${origin.setAt.property}.OriginSSLProtocols`,
    certainty: 'possible',
    why: `origin ${origin.id} has no OriginSSLProtocols, which means SSLv3 and TLS 1.0: an origin that wants TLS 1.2 may refuse the handshake`,
  });
}

function noLogs(distribution: Distribution, walk: Walk): Answer {
  if (walk.settle(distribution.logging).kind !== 'absent') return SERVED;
  return fail('unknown', {
    cause: 'NoDistributionLogs',
    resource: distribution.resource,
    property: 'Properties.DistributionConfig.Logging',
    certainty: 'possible',
    why: 'no logging is set: a 426 of the origin shows in no metric',
  });
}

const FORBIDDEN =
  /headers\s*(?:\.\s*|\[\s*['"])(connection|upgrade|expect|keep-alive|trailer|proxy-[a-z]+|x-accel-[a-z]+|x-real-ip)\b['"\]\s]*=/i;

/** Functions that set a header which edge functions may not touch: CloudFront answers 502. Text match, so possible. */
export function functionErrands(functions: readonly Resource[]): Errand[] {
  return functions.map((resource) => ({
    kind: 'advice',
    resource,
    go: (walk) => {
      walk.through(resource);
      const code = walk.settle(get(resource, 'FunctionCode'));
      const found = FORBIDDEN.exec(code.kind === 'known' ? String(code.value) : keyOf(code));
      if (!found) return SERVED;
      return fail('502', {
        cause: 'EdgeFunctionSetsForbiddenHeader',
        resource,
        property: 'Properties.FunctionCode',
        certainty: 'possible',
        why: `the function sets the header ${found[1]}, which edge functions may not touch: CloudFront answers 502`,
      });
    },
  }));
}

/** Error pages that turn a refused handshake into 200, for distributions with a WebSocket path. */
export function errorPageErrand(distribution: Distribution): Errand {
  return {
    kind: 'advice',
    resource: distribution.resource,
    go: (walk) => {
      walk.through(distribution.resource);
      const hidden = items(distribution.errorResponses).find(
        ({ value }) =>
          ['400', '403', '404'].includes(asText(pick(value, 'ErrorCode')) ?? '') && asText(pick(value, 'ResponseCode')) === '200',
      );
      if (!hidden) return SERVED;
      return fail('200', {
        cause: 'ErrorPageHidesFailedHandshake',
        resource: distribution.resource,
        property: 'Properties.DistributionConfig.CustomErrorResponses',
        certainty: 'possible',
        why: `an error page turns ${asText(pick(hidden.value, 'ErrorCode'))} into 200, so a refused WebSocket handshake looks like a page`,
      });
    },
  };
}

/** A handshake that comes about and loses its subprotocol: a browser that asked for one closes the connection after the 101. */
export function subprotocolErrand(distribution: Distribution, behaviors: () => readonly Behavior[]): Errand {
  return {
    kind: 'advice',
    resource: distribution.resource,
    go: (walk) => {
      walk.through(distribution.resource);
      const lost = behaviors().find(
        (behavior) => forwards(behavior, 'Sec-WebSocket-Key', walk) === 'yes' && forwards(behavior, 'Sec-WebSocket-Protocol', walk) === 'no',
      );
      if (!lost) return SERVED;
      return fail('ws-handshake-failure', {
        cause: 'WebSocketSubprotocolNotForwarded',
        resource: distribution.resource,
        property: `${lost.property}.OriginRequestPolicyId`,
        certainty: 'possible',
        why: `the behavior for ${lost.pattern ?? 'all other paths'} passes Sec-WebSocket-Key on and not Sec-WebSocket-Protocol: a browser that asks for a subprotocol closes the connection`,
      });
    },
  };
}
