import { Rule } from '../rule';

export const DEFAULT_ENDPOINT_DISABLED: Rule = {
  id: 'DefaultEndpointDisabled',
  says: 'An origin is the default endpoint of an API that has it disabled',
  hits: 'Everybody who comes that way: 403.',
  why: 'With DisableExecuteApiEndpoint the execute-api name answers 403; only custom domain names lead to the API.',
  fix: {
    cdk: 'use the API\'s domain name as the origin',
    cloudFormation: 'use the custom domain name as the origin\'s DomainName, or leave the default endpoint on',
    yaml: 'DomainName: !GetAtt ApiDomain.RegionalDomainName',
  },
  sources: [
    { what: 'API Gateway guide, "Disable the default endpoint for REST APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html', confidence: 'documented' },
  ],
};
