import { Rule } from '../rule';

export const DEPLOYMENT_BEFORE_ROUTES: Rule = {
  id: 'DeploymentBeforeRoutes',
  says: 'A deployment may run before the routes that it deploys',
  hits: 'Nobody, when it runs first: "At least one route is required before deploying the Api". Callers of a missing route (403), when some routes were there.',
  why: 'CloudFormation orders resources by references and DependsOn. A Deployment refers to the API, not to its routes.',
  fix: {
    cdk: 'use a stage with autoDeploy: true, or deployment.node.addDependency(route) for every route',
    cloudFormation: 'list every route in DependsOn of the AWS::ApiGatewayV2::Deployment, or use AutoDeploy',
    ts: 'deployment.node.addDependency(connectRoute, sendRoute);',
    yaml: 'Deployment:\n  Type: AWS::ApiGatewayV2::Deployment\n  DependsOn: [ConnectRoute, SendRoute]\n  Properties:\n    ApiId: !Ref WebSocketApi',
  },
  sources: [
    { what: 'aws/serverless-application-model#2512', url: 'https://github.com/aws/serverless-application-model/issues/2512', confidence: 'reported' },
    { what: 'aws-samples/simple-websockets-chat-app#28', url: 'https://github.com/aws-samples/simple-websockets-chat-app/issues/28', confidence: 'reported' },
  ],
};
