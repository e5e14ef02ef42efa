import { Rule } from '../rule';

export const WEB_SOCKET_API_NOT_DEPLOYED: Rule = {
  id: 'WebSocketApiNotDeployed',
  says: 'A WebSocket API has nothing deployed',
  hits: 'Every WebSocket client: the connection is refused (403 as far as is known).',
  why: 'A WebSocket API is reached by a stage, and a stage shows what was deployed to it: by AutoDeploy or by a Deployment. CloudFormation fills in neither.',
  fix: {
    cdk: 'add a WebSocketStage with autoDeploy: true',
    cloudFormation: 'add an AWS::ApiGatewayV2::Stage with AutoDeploy: true, or with the DeploymentId of a Deployment that depends on the routes',
    ts: 'new WebSocketStage(this, \'Live\', { webSocketApi, stageName: \'live\', autoDeploy: true });',
    yaml: 'Stage:\n  Type: AWS::ApiGatewayV2::Stage\n  Properties:\n    ApiId: !Ref WebSocketApi\n    StageName: live\n    AutoDeploy: true',
  },
  sources: [
    { what: 'API Gateway guide, "Deploy a WebSocket API"', url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-deployment.html', confidence: 'documented' },
    { what: 'A stage read back from a live account, go-to-k/cdk-real-drift', url: 'https://github.com/go-to-k/cdk-real-drift', confidence: 'reported' },
    { what: 'The status 403', confidence: 'inferred' },
  ],
};
