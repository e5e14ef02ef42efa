import { Rule } from '../rule';

export const BACKEND_ERRORS_MASKED: Rule = {
  id: 'BackendErrorsMasked',
  says: 'An integration shows a backend\'s 426 as a success',
  hits: 'Callers whom the backend asks to upgrade: they see a success and an odd body, and no metric counts it.',
  why: 'A non-proxy integration matches the backend\'s status against SelectionPattern; what matches none takes the response without a pattern.',
  fix: {
    cdk: 'use HttpIntegration with proxy: true, or add an integration response with selectionPattern: \'4\\\\d{2}\'',
    cloudFormation: 'add an IntegrationResponse with SelectionPattern 4\\d{2}, or use HTTP_PROXY',
    yaml: 'IntegrationResponses:\n  - StatusCode: 426\n    SelectionPattern: \'426\'\n  - StatusCode: 200',
  },
  atMost: 'info',
  sources: [
    { what: 'API Gateway guide, "Set up an integration response"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html', confidence: 'documented' },
    { what: 'That a 426 hides this way', confidence: 'inferred' },
  ],
};
