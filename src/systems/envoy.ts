// Envoy with its defaults, as what answers and as a proxy: HTTP/1.0 is answered with 426 (accept_http_10 is off), upgrades that
// upgrade_configs does not list with 403. To a server it speaks HTTP/1.1 unless the cluster says otherwise, which is not modelled.
// Documented, not seen: the lab's stand-in is a few lines of Node.js after Envoy's documentation. What trouble behind it becomes (503
// where it cannot connect or is cut off, 502 for what is no HTTP/1) is after its response flags UF, UC and UPE.
// Facts: Envoy API, Http1ProtocolOptions.accept_http_10; "HTTP upgrades" (upgrade_configs); envoyproxy/envoy#36305 (upgrade_failed).

import { admit } from './program/admit';
import { answerAt } from './program/answer';
import { asksForUpgrade, Knock, Program, Seen } from './program/knock';
import { Port } from './program/port';
import { relayed, sentOn, Trouble, withUpgrade } from './program/relay';

export interface EnvoySettings {
  /** All versions behave alike here. */
  readonly version?: string;
  /** http_protocol_options { accept_http_10: true }; Istio: PILOT_HTTP10=1. */
  readonly acceptHttp10?: boolean;
  /** upgrade_configs lists websocket. */
  readonly webSocket?: boolean;
  readonly plainAnswer?: number;
}

const TROUBLE: Trouble = { refused: 503, tls: 503, closed: 503, foreign: 502 };

function portOf({ acceptHttp10, webSocket, plainAnswer = 200 }: EnvoySettings): Port {
  const refused = webSocket ? 'taken' : 403;
  return {
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
  };
}

export function envoy(settings: EnvoySettings, knock: Knock): Seen {
  return answerAt(portOf(settings), knock);
}

export function envoyProxy(settings: EnvoySettings, behind: Program): Program {
  const port = portOf(settings);
  return (knock) => {
    const gate = admit(port, knock);
    if (gate.is === 'answered') return gate.seen;
    const upgrade = asksForUpgrade(knock);
    if (upgrade && !(settings.webSocket && knock.upgrade === 'websocket')) return { kind: 'status', status: 403 };
    const sent = sentOn(knock, { version: '1.1' }, { by: 'Envoy', does: 'speaks HTTP/1.1', setting: 'cluster without http2_protocol_options' });
    return relayed(port, knock, gate, behind(upgrade ? withUpgrade(sent, 'websocket') : sent), TROUBLE);
  };
}
