// Envoy with its defaults: HTTP/1.0 is answered with 426 (accept_http_10 is off), and upgrades that upgrade_configs does not list
// with 403. Documented, not seen: the lab's stand-in is a few lines of Node.js after Envoy's documentation.
// Facts: Envoy API, Http1ProtocolOptions.accept_http_10; "HTTP upgrades" (upgrade_configs); envoyproxy/envoy#36305 (upgrade_failed).

import { answerAt } from './program/answer';
import { Knock, Seen } from './program/knock';

export interface EnvoySettings {
  /** All versions behave alike here. */
  readonly version?: string;
  /** http_protocol_options { accept_http_10: true }; Istio: PILOT_HTTP10=1. */
  readonly acceptHttp10?: boolean;
  /** upgrade_configs lists websocket. */
  readonly webSocket?: boolean;
  readonly plainAnswer?: number;
}

export function envoy({ acceptHttp10, webSocket, plainAnswer = 200 }: EnvoySettings, knock: Knock): Seen {
  const refused = webSocket ? 'taken' : 403;
  return answerAt({
    http1: {
      http10: acceptHttp10 ? 'served' : 426,
      withoutHost: 400,
      toPreface: 400,
      toProxyLine: 400,
      otherUpgrade: 403,
      webSocket: {
        elsewhere: 'app',
        noUpgrade: 'app',
        noConnection: 'app',
        notGet: refused,
        http10: refused,
        otherProtocol: 403,
        noKey: refused,
        badKey: refused,
        versions: [13],
        otherVersion: refused,
        good: refused,
      },
    },
    app: { status: plainAnswer, keepAliveSeconds: 6 },
  }, knock);
}
