// WebSocket in Node.js: the `ws` package, alone or beside routes, and socket.io, which contains it.
// Any upgrade listener takes every Upgrade request away from the handler, also h2c, which Java's HttpClient sends by default.
// Facts: seen with ws 8.23.0 and socket.io 4.8.4 on Node 18 to 26; ws lib/websocket-server.js, handleUpgrade (405 before 400);
// a 426 comes from `ws` alone only, and without an Upgrade header (websockets/ws#1297).

import { NodeWebSocket } from './settings';
import { WebSocketSide } from '../program/port';

/** `ws`: RFC 6455 checks, versions 8 and 13, HTTP/1.0 taken. What is no upgrade request never comes to it. */
const WS: WebSocketSide = {
  elsewhere: 400,
  pathLast: true,
  otherProtocol: 400,
  noUpgrade: 'app',
  noConnection: 'app',
  notGet: 405,
  http10: 'taken',
  noKey: 400,
  badKey: 400,
  versions: [8, 13],
  otherVersion: 400,
};

/** socket.io answers at its path whatever it is asked, upgrade request or not; upgrades elsewhere are closed after a second. */
const SOCKET_IO: WebSocketSide = {
  ...WS, path: '/socket.io/', query: 'transport=websocket', elsewhere: 'closed', pathLast: undefined, otherProtocol: 400, noUpgrade: 400, noConnection: 400, notGet: 400,
};

export function webSocketOf(kind: NodeWebSocket, onlyWebSocketUpgrades: boolean): WebSocketSide {
  const side = sideOf(kind);
  return onlyWebSocketUpgrades ? { ...side, otherProtocol: undefined } : side;
}

function sideOf(kind: NodeWebSocket): WebSocketSide {
  switch (kind.is) {
    case 'ws-alone': return WS;
    case 'ws-on-server': return { ...WS, ...(kind.path === undefined ? {} : { path: kind.path }) };
    case 'upgrade-listener': return { ...WS, path: kind.path, pathLast: undefined, elsewhere: 'closed', otherProtocol: 400 };
    case 'socket.io': return { ...SOCKET_IO, ...(kind.path === undefined ? {} : { path: kind.path }) };
    default: return kind satisfies never;
  }
}
