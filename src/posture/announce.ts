// Says at synth, on the construct concerned, in which ways a hop cannot follow the posture: as a warning where it decides who
// is let in, as information where only the suites are weaker. The ids are stable, so that they can be acknowledged.

import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TlsHop } from './tls-hop';
import { TlsPosture } from './tls-posture';

const NAMES: Record<TlsHop, string> = {
  [TlsHop.APPLICATION_LOAD_BALANCER]: 'an Application Load Balancer',
  [TlsHop.NETWORK_LOAD_BALANCER]: 'a Network Load Balancer',
  [TlsHop.DISTRIBUTION]: 'CloudFront toward viewers',
  [TlsHop.ORIGIN]: 'CloudFront toward origins',
  [TlsHop.REST_API]: 'a regional REST API',
  [TlsHop.EDGE_REST_API]: 'an edge-optimized REST API',
  [TlsHop.HTTP_API]: 'an HTTP API',
  [TlsHop.WEB_SOCKET_API]: 'a WebSocket API',
  [TlsHop.APP_SYNC]: 'AppSync',
};

/** Tells the user, on `construct`, where `hop` falls short of `posture`. */
export function announce(construct: IConstruct, posture: TlsPosture, hop: TlsHop): void {
  const { candidate, shortcomings } = posture._choose(hop);
  const policy = candidate.name ? ` (with ${candidate.name}, the nearest that it has)` : '';
  const sentence = (grave: boolean) => {
    const says = shortcomings.filter((one) => one.grave === grave).map((one) => one.says);
    return says.length > 0 ? `TLS posture ${posture}: ${NAMES[hop]}${policy} ${says.join(', ')}.` : undefined;
  };
  const [grave, slight] = [sentence(true), sentence(false)];
  if (grave) Annotations.of(construct).addWarningV2('cdk-handshake:tlsPostureNotFollowed', grave);
  if (slight) Annotations.of(construct).addInfoV2('cdk-handshake:tlsPostureWeaker', slight);
}
