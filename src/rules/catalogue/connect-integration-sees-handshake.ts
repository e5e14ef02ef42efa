import { Rule } from '../rule';

export const CONNECT_INTEGRATION_SEES_HANDSHAKE: Rule = {
  id: 'ConnectIntegrationSeesHandshake',
  says: 'The HTTP backend of $connect gets the headers of the WebSocket handshake',
  hits: 'Every WebSocket client: the backend answers 400 and no connection comes about. Other routes work.',
  why: 'API Gateway calls the backend with Sec-WebSocket-Key and -Version but without Upgrade, which many HTTP servers take for a broken handshake.',
  fix: {
    cdk: 'override the header with a parameter of the integration, or use a Lambda integration for $connect',
    cloudFormation: 'set integration.request.header.Sec-WebSocket-Version to a value other than 13 in RequestParameters of the $connect integration',
    yaml: 'RequestParameters:\n  integration.request.header.Sec-WebSocket-Version: "\'0\'"',
  },
  sources: [
    { what: 'StackOverflow 67640010', url: 'https://stackoverflow.com/questions/67640010', confidence: 'reported' },
    { what: 'engineer-jose-blog.com, article on $connect 400 with an HTTP integration', confidence: 'reported' },
  ],
};
