import { Rule } from '../rule';

export const AUTHENTICATION_BEFORE_HANDSHAKE: Rule = {
  id: 'AuthenticationBeforeHandshake',
  says: 'A login or token check stands before a WebSocket or gRPC path',
  hits: 'WebSocket and gRPC clients get 302 or 401 instead of their handshake.',
  why: 'They do not follow a redirect to a login page, and a browser\'s WebSocket cannot send an Authorization header.',
  fix: {
    cdk: 'put the WebSocket or gRPC path into a rule without the authenticate action and check the token in the application',
    cloudFormation: 'put the WebSocket or gRPC path into a rule without the authenticate action',
  },
  atMost: 'warning',
  sources: [
    { what: 'ALB guide, "Authenticate users"', url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html', confidence: 'documented' },
    { what: 'That clients do not follow', confidence: 'inferred' },
  ],
};
