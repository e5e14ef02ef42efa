import { Rule } from '../rule';

export const HEADER_AUTHORIZATION_AT_CONNECT: Rule = {
  id: 'HeaderAuthorizationAtConnect',
  says: '$connect asks for a header that a browser cannot send',
  hits: 'WebSockets in browsers: the handshake gets 403 for a missing API key, 401 for a missing identity source. Clients that set headers get in.',
  why: 'The WebSocket constructor of browsers takes no headers. Authorizers and API keys work at $connect only.',
  fix: {
    cdk: 'authorize by a query string: identitySource: [\'route.request.querystring.token\'] in WebSocketLambdaAuthorizer',
    cloudFormation: 'set ApiKeyRequired: false, and IdentitySource: [route.request.querystring.token] on the authorizer; or authorize the first message',
    ts: 'new WebSocketLambdaAuthorizer(\'Authorizer\', handler, { identitySource: [\'route.request.querystring.token\'] });',
    yaml: 'IdentitySource:\n  - route.request.querystring.token',
  },
  sources: [
    { what: 'open-guides/og-aws#772', url: 'https://github.com/open-guides/og-aws/issues/772', confidence: 'reported' },
    { what: 'WHATWG WebSockets standard (the constructor takes no headers)', url: 'https://websockets.spec.whatwg.org/', confidence: 'documented' },
    { what: 'API Gateway guide, "Lambda REQUEST authorizers" for WebSocket APIs: like those of REST APIs, which answer 401 when an identity source is missing; that $connect does the same is not said', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html', confidence: 'inferred' },
  ],
};
