import { Rule } from '../rule';

export const REDIRECT_BEFORE_HANDSHAKE: Rule = {
  id: 'RedirectBeforeHandshake',
  says: 'A WebSocket or gRPC client meets a redirect',
  hits: 'ws:// clients on port 80, for instance: the handshake ends with 301.',
  why: 'Browsers and most libraries do not follow a redirect on a WebSocket handshake.',
  fix: {
    cdk: 'have clients use wss:// (or the HTTPS port), or forward the path on the HTTP listener as well',
    cloudFormation: 'have clients use wss://, or forward the path on the HTTP listener as well',
  },
  atMost: 'warning',
  sources: [
    { what: 'WHATWG WebSockets standard, "Establish a WebSocket connection"', url: 'https://websockets.spec.whatwg.org/', confidence: 'documented' },
    { what: 'That other clients do not follow', confidence: 'inferred' },
  ],
};
