import { Rule } from '../rule';

export const PRIVATE_API_FROM_OUTSIDE: Rule = {
  id: 'PrivateApiFromOutside',
  says: 'A request from outside a VPC is led to a private API',
  hits: 'Everybody who comes that way: 403.',
  why: 'A PRIVATE REST API answers to callers that come through an interface endpoint of its VPC only; CloudFront comes from outside.',
  fix: {
    cdk: 'use a regional RestApi behind the distribution, or a VPC origin with a load balancer',
    cloudFormation: 'set EndpointConfiguration Types: [REGIONAL], or lead the distribution to a load balancer by a VPC origin',
    yaml: 'EndpointConfiguration:\n  Types: [REGIONAL]',
  },
  sources: [
    { what: 'API Gateway guide, "Private REST APIs"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html', confidence: 'documented' },
  ],
};
