// Whether a stage of a v2 API shows anything: by AutoDeploy, by its DeploymentId, or by a deployment that names the stage.
// Facts: AWS::ApiGatewayV2::Stage and Deployment; go-to-k/cdk-real-drift (nothing is filled in where both are absent); that an HTTP
// API without a deployment answers 404 is inferred.

import { Api, Stage } from './model';
import type { Gateway } from './registry';
import { get, keyOf } from '../../template';
import { Answer, fail } from '../hop';
import { Walk } from '../walk';

export function deployed(stage: Stage, gateway: Gateway, walk: Walk): boolean {
  if (walk.settle(stage.deployment).kind !== 'absent' || walk.flag(stage.autoDeploy, false)) return true;
  const name = keyOf(stage.name);
  return gateway.network.templates.all('AWS::ApiGatewayV2::Deployment').some((deployment) => {
    const of = get(deployment, 'StageName');
    return of.kind === 'reference' ? of.resource === stage.resource : of.kind !== 'absent' && keyOf(of) === name;
  });
}

/** An HTTP API all of whose stages are empty; one without stages here may have them elsewhere. */
export function idle(api: Api, gateway: Gateway, walk: Walk): Answer | undefined {
  const stages = api.deployedBySam ? [] : api.stages.filter((stage) => walk.exists(stage.resource));
  if (stages.length === 0 || stages.some((stage) => deployed(stage, gateway, walk))) return undefined;
  return fail('404', {
    cause: 'HttpApiNotDeployed',
    resource: stages[0].resource,
    property: 'Properties.AutoDeploy',
    why: 'the stage has neither AutoDeploy nor a DeploymentId, so nothing is ever deployed to it',
  });
}
