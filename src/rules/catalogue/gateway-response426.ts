import { Rule } from '../rule';

export const GATEWAY_RESPONSE426: Rule = {
  id: 'GatewayResponse426',
  says: 'A gateway response answers with 426',
  hits: 'Callers with some other error: they are told to upgrade, but not to what.',
  why: 'No error of API Gateway means 426, and a gateway response cannot say which protocol to upgrade to.',
  fix: {
    cdk: 'use another statusCode in addGatewayResponse',
    cloudFormation: 'set another StatusCode on the GatewayResponse',
    yaml: 'StatusCode: \'403\'',
  },
  atMost: 'warning',
  sources: [
    { what: 'RFC 9110, section 15.5.22', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.22', confidence: 'documented' },
    { what: 'API Gateway guide, "Gateway response types"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html', confidence: 'documented' },
  ],
};
