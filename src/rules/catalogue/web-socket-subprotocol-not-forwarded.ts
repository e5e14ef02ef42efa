import { Rule } from '../rule';

export const WEB_SOCKET_SUBPROTOCOL_NOT_FORWARDED: Rule = {
  id: 'WebSocketSubprotocolNotForwarded',
  says: 'The behavior drops the subprotocol of the WebSocket handshake',
  hits: 'WebSocket clients that ask for a subprotocol: the handshake comes about without it, and browsers close the connection.',
  why: 'An own list of headers names Sec-WebSocket-Key and forgets Sec-WebSocket-Protocol.',
  fix: {
    cdk: 'use OriginRequestPolicy.ALL_VIEWER or ALL_VIEWER_EXCEPT_HOST_HEADER, or add Sec-WebSocket-Protocol and Sec-WebSocket-Extensions to the list',
    cloudFormation: 'add Sec-WebSocket-Protocol and Sec-WebSocket-Extensions to the list of headers, or use AllViewer',
    yaml: 'Headers: [Sec-WebSocket-Key, Sec-WebSocket-Version, Sec-WebSocket-Protocol, Sec-WebSocket-Extensions]',
  },
  atMost: 'warning',
  sources: [
    { what: 'CloudFront guide, "Use WebSockets with CloudFront distributions"', url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html', confidence: 'documented' },
    { what: 'RFC 6455, section 4.1: the client fails the connection', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1', confidence: 'documented' },
    { what: 'spring-cloud/spring-cloud-gateway#2172', url: 'https://github.com/spring-cloud/spring-cloud-gateway/issues/2172', confidence: 'reported' },
  ],
};
