// What a server answers at a port: the upgrades it knows, the strictness of its WebSocket handshake, else its application.
// Everything particular is in the row (port.ts); nothing here knows a program's name.
// Facts: RFC 6455 section 4.2.1 (what a server has to check, and the order in which a handshake is read), RFC 9110 section 7.8
// (a server may ignore Upgrade), RFC 8441 section 4.

import { admit, Admitted } from './admit';
import { asksForUpgrade, Knock, Leg, Seen } from './knock';
import { Handshake, Http1Side, Port, WebSocketSide } from './port';

/** The whole of it: from the first byte to what the caller sees. */
export function answerAt(port: Port, knock: Knock): Seen {
  const gate = admit(port, knock);
  if (gate.is === 'answered') return gate.seen;
  const seen = answerTo(port, knock, gate);
  return knock.idleSeconds === undefined ? seen : idle(port, knock.idleSeconds, seen);
}

/** To a request that is in. */
export function answerTo(port: Port, knock: Knock, admitted: Admitted): Seen {
  const seen = answerOf(port, knock, admitted);
  const announced = port.http1?.announcesUpgrade && knock.upgrade === undefined && (admitted.version === '1.0' || admitted.version === '1.1');
  return announced && seen.kind === 'status' ? { ...seen, upgradeHeader: true } : seen;
}

function answerOf(port: Port, knock: Knock, admitted: Admitted): Seen {
  const leg = legOf(admitted);
  if (knock.extendedConnect) {
    const served = port.http2?.extendedConnect;
    // :protocol of something else than WebSocket, as HAProxy before 3.0 makes of `Upgrade: h2c`.
    if (knock.upgrade !== undefined && knock.upgrade !== 'websocket') return { kind: 'status', status: port.http2?.otherProtocol ?? 400, ...leg };
    return { kind: 'status', status: typeof served === 'number' ? served : 200, ...leg };
  }
  const { http1 } = port;
  if (admitted.version === '2' || admitted.version === '3' || !http1) return app(port, knock, leg);
  const switched = switchToHttp2(port, knock, admitted);
  if (switched) return switched;
  if (knock.upgrade === undefined && knock.connection?.includes('upgrade') && http1.loneConnectionUpgrade !== undefined) {
    return { kind: 'status', status: http1.loneConnectionUpgrade, ...leg };
  }
  const { webSocket } = http1;
  if (webSocket && (isHandshake(knock, webSocket) || (webSocket.otherProtocol !== undefined && asksForUpgrade(knock)))) {
    return say(port, knock, leg, readHandshake(webSocket, knock), webSocket);
  }
  if (asksForUpgrade(knock)) return say(port, knock, leg, http1.otherUpgrade ?? 'app');
  return app(port, knock, leg);
}

/** What `Upgrade: h2c` gets where it is known. */
export function switchToHttp2({ http1 }: Port, knock: Knock, admitted: Admitted): Seen | undefined {
  if (admitted.version !== '1.0' && admitted.version !== '1.1') return undefined;
  if (!http1 || knock.upgrade !== 'h2c' || !asksForUpgrade(knock) || !switches(http1, knock)) return undefined;
  return { kind: '101', to: 'h2c', ...(http1.h2cBroken ? { frames: false } : {}), ...legOf(admitted) };
}

/** A WebSocket handshake, or what is left of one. */
function isHandshake(knock: Knock, { path, query }: WebSocketSide): boolean {
  const [before, after = ''] = knock.path.split('?');
  if (query !== undefined && before === path && after.includes(query)) return true;
  // Elsewhere, what asks for no upgrade is the application's.
  if (path !== undefined && before !== path && !asksForUpgrade(knock)) return false;
  return knock.webSocketVersion !== undefined || knock.webSocketKey !== undefined || knock.upgrade === 'websocket';
}

function switches({ h2c, h2cNamed }: Http1Side, knock: Knock): boolean {
  if (h2cNamed && !knock.connection?.includes('http2-settings')) return false;
  return h2c === 'switches' || (h2c === 'switches without body' && knock.body === undefined);
}

function readHandshake(side: WebSocketSide, knock: Knock): Handshake {
  const elsewhere: [boolean, Handshake] = [side.path !== undefined && side.path !== knock.path.split('?')[0], side.elsewhere];
  const rules: readonly [boolean, Handshake][] = [
    [knock.upgrade === undefined, side.noUpgrade],
    [!knock.connection?.includes('upgrade'), side.noConnection],
    ...(side.pathLast ? [] : [elsewhere]),
    [knock.method !== 'GET', side.notGet],
    [knock.upgrade !== 'websocket', side.otherProtocol ?? 'app'],
    [knock.version === '1.0', side.http10],
    [knock.webSocketVersion === undefined || !side.versions.includes(knock.webSocketVersion), side.otherVersion],
    [knock.webSocketKey === undefined, side.noKey],
    [knock.webSocketKey === 'bad', side.badKey],
    ...(side.pathLast ? [elsewhere] : []),
  ];
  const [, verdict] = rules.find(([broken, rule]) => broken && rule !== 'taken') ?? [true, side.good ?? 'taken'];
  return verdict;
}

function say(port: Port, knock: Knock, leg: Leg, verdict: Handshake, side?: WebSocketSide): Seen {
  if (typeof verdict === 'number') return { kind: 'status', status: verdict, ...leg };
  switch (verdict) {
    case 'taken': return { kind: '101', to: 'websocket', ...(side?.frames === false ? { frames: false } : {}), ...leg };
    case 'closed': return { kind: 'connection-closed', ...leg };
    case 'silent': return { kind: 'timeout', ...leg };
    case 'app': return app(port, knock, leg);
    default: return verdict satisfies never;
  }
}

function app(port: Port, knock: Knock, leg: Leg): Seen {
  const { status, grpc, untypedBody } = port.app;
  const special = knock.body === 'grpc' ? grpc : knock.body === 'untyped' ? untypedBody : undefined;
  return { kind: 'status', status: special ?? status, ...leg };
}

/** A caller that has its answer, and waits for the server to close. */
export function idle(port: Port, patience: number, seen: Seen): Seen {
  // Nothing here closes a silent WebSocket; a proxy in front of it may.
  if (seen.kind === '101') return { kind: 'timeout', ...legOf(seen) };
  if (seen.kind !== 'status') return seen;
  const { keepAliveSeconds } = port.app;
  const leg = legOf(seen);
  return keepAliveSeconds > patience ? { kind: 'timeout', ...leg } : { kind: 'connection-closed', afterSeconds: keepAliveSeconds, ...leg };
}

export function legOf({ alpn, tls, possible }: Leg): Leg {
  return { ...(alpn === undefined ? {} : { alpn }), ...(tls === undefined ? {} : { tls }), ...(possible === undefined ? {} : { possible }) };
}
