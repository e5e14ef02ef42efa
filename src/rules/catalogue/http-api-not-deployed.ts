import { Rule } from '../rule';

export const HTTP_API_NOT_DEPLOYED: Rule = {
  id: 'HttpApiNotDeployed',
  says: 'An HTTP API has a stage to which nothing is deployed',
  hits: 'Every client: 404, as far as is known.',
  why: 'A stage shows what was deployed to it: by AutoDeploy or by a Deployment. CloudFormation fills in neither.',
  fix: {
    cdk: 'set autoDeploy: true on the HttpStage',
    cloudFormation: 'set AutoDeploy: true on the stage, or the DeploymentId of a Deployment that depends on the routes',
    ts: 'new apigatewayv2.HttpStage(this, \'Default\', { httpApi, autoDeploy: true });',
    yaml: 'Stage:\n  Type: AWS::ApiGatewayV2::Stage\n  Properties:\n    ApiId: !Ref HttpApi\n    StageName: $default\n    AutoDeploy: true',
  },
  sources: [
    { what: 'API Gateway guide, "Stages for HTTP APIs" (deployments, automatic deployments)', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html', confidence: 'documented' },
    { what: 'A stage read back from a live account, go-to-k/cdk-real-drift', url: 'https://github.com/go-to-k/cdk-real-drift', confidence: 'reported' },
    { what: 'The status 404', confidence: 'inferred' },
  ],
};
