// Defaults for distributions: HTTP/2 and HTTP/3, the posture's viewer policy where a certificate of one's own lets it count, and
// the headers of the handshake on behaviors whose path is one for WebSocket. What is cached elsewhere is not touched.
// Facts: API reference HttpVersion (http3 is HTTP/3 and HTTP/1.1, without HTTP/2), ViewerCertificate (policy only with an own
// certificate; SslSupportMethod vip takes TLSv1 and SSLv3 only); "Viewer mTLS": no HTTP/3 beside it.

import { InjectionContext, Stack, Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Defaults } from './injector';
import { warn } from './overridden';
import { misfit } from './tls-fit';
import { ALL_VIEWER, dropsHandshake, isSocketPath, socketPolicy } from './web-socket-behaviors';
import { TlsHop } from '../posture/tls-hop';
import { TlsPosture } from '../posture/tls-posture';

export const distribution: Defaults<cloudfront.DistributionProps> = (props, context, { posture }) => {
  compareHttpVersion(props.httpVersion, context);
  const { additionalBehaviors } = props;
  return {
    httpVersion: hasMutualTls(props) ? cloudfront.HttpVersion.HTTP2 : cloudfront.HttpVersion.HTTP2_AND_3,
    ...viewerPolicy(props, posture, context),
    ...props,
    ...(additionalBehaviors ? { additionalBehaviors: withHandshakes(additionalBehaviors, context) } : {}),
  };
};

type Behaviors = Record<string, cloudfront.BehaviorOptions>;

function compareHttpVersion(given: cloudfront.HttpVersion | undefined, context: InjectionContext): void {
  if (given !== cloudfront.HttpVersion.HTTP1_1 && given !== cloudfront.HttpVersion.HTTP3) return;
  warn(context, {
    setting: 'Distribution.httpVersion',
    value: given,
    because: 'it does not include HTTP/2, so gRPC clients fail and everybody without HTTP/3 drops to HTTP/1.1',
    instead: 'Write httpVersion: HttpVersion.HTTP2_AND_3 or leave it out',
  });
}

function viewerPolicy(props: cloudfront.DistributionProps, posture: TlsPosture, context: InjectionContext): Partial<cloudfront.DistributionProps> {
  if (!props.certificate || props.sslSupportMethod === cloudfront.SSLMethod.VIP) return {};
  const given = props.minimumProtocolVersion;
  const because = given === undefined || Token.isUnresolved(given) ? undefined : misfit(posture, TlsHop.DISTRIBUTION, given);
  const wanted = posture.minimumProtocolVersion;
  if (because) {
    const instead = `Leave it out, or write posture.minimumProtocolVersion (${wanted})`;
    warn(context, { setting: 'Distribution.minimumProtocolVersion', value: given!, because, instead });
  }
  return { minimumProtocolVersion: wanted };
}

function withHandshakes(behaviors: Behaviors, context: InjectionContext): Behaviors {
  return Object.fromEntries(Object.entries(behaviors).map(([pattern, behavior]) =>
    [pattern, isSocketPath(pattern) ? withHandshake(pattern, behavior, context) : behavior]));
}

function withHandshake(pattern: string, behavior: cloudfront.BehaviorOptions, context: InjectionContext): cloudfront.BehaviorOptions {
  const { OriginRequestPolicy, CachePolicy } = cloudfront;
  const given = behavior.originRequestPolicy?.originRequestPolicyRef.originRequestPolicyId;
  const name = socketPolicy(domainOf(behavior.origin, context)) === ALL_VIEWER ? 'ALL_VIEWER' : 'ALL_VIEWER_EXCEPT_HOST_HEADER';
  if (given === undefined) {
    return { ...behavior, cachePolicy: behavior.cachePolicy ?? CachePolicy.CACHING_DISABLED, originRequestPolicy: OriginRequestPolicy[name] };
  }
  if (!Token.isUnresolved(given) && dropsHandshake(given)) {
    warn(context, {
      setting: 'Distribution.originRequestPolicy',
      value: `${given} for ${pattern}`,
      because: 'it does not pass the Sec-WebSocket headers on, so WebSocket handshakes on that path end in 400 or 426',
      instead: `Write originRequestPolicy: OriginRequestPolicy.${name} or leave it out`,
    });
  }
  return behavior;
}

/** The domain name of an origin as the template will have it. Origins keep it in a private field; a group has it in its first. */
function domainOf(origin: cloudfront.IOrigin, { scope }: InjectionContext): unknown {
  const { domainName, props } = origin as { domainName?: string; props?: { primaryOrigin?: cloudfront.IOrigin } };
  if (domainName !== undefined) return Stack.of(scope).resolve(domainName);
  return props?.primaryOrigin ? domainOf(props.primaryOrigin, { scope, id: '' }) : undefined;
}

/** Versions of the L2 that know viewer mTLS name it so; the installed one has no such property yet. */
function hasMutualTls(props: object): boolean {
  return Object.keys(props).some((key) => /mtls|mutualTls/i.test(key));
}
