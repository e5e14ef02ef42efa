import { Rule } from '../rule';

export const PLAIN_HTTP_AT_WEB_SOCKET_ONLY_SERVER: Rule = {
  id: 'PlainHttpAtWebSocketOnlyServer',
  says: 'Ordinary requests reach a server that speaks WebSocket only',
  hits: 'Plain HTTP callers on that path get the status with which the server refuses them, usually 426.',
  why: 'A WebSocket-only server (Node ws, Python websockets) answers a request without Upgrade with 426 Upgrade Required.',
  fix: {
    cdk: 'route plain requests to another target group, or let the server answer them',
    cloudFormation: 'route plain requests to another target group, or let the server answer them',
  },
  sources: [
    { what: 'websockets/ws#1297', url: 'https://github.com/websockets/ws/issues/1297', confidence: 'reported' },
    { what: 'RFC 9110, section 15.5.22', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.22', confidence: 'documented' },
  ],
};
