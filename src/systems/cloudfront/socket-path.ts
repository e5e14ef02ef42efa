// Paths that are for WebSocket by custom: the pack warns about them (guessed, never an error), the blueprint serves them.
// Facts: the default paths of socket.io, SockJS, SignalR and Action Cable (/socket.io/, /sockjs, /signalr, /cable).

export const SOCKET_PATH = /^\/?(ws|wss|socket\.io|websockets?|signalr|realtime|sockjs|cable)([/*]|$)/i;
