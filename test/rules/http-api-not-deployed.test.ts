// Stages of HTTP APIs as CDK, SAM and hand-written templates have them. An API without a stage is no finding: another template
// may have it.

import { httpApi, res } from './api-templates';
import { ruleTester } from './rule-tester';
import { Properties } from '../templates';

const testRule = ruleTester('http-api-not-deployed');

const stage = (properties: Properties) => ({ Stage: res('ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' }, StageName: '$default', ...properties }) });
const deployment = (properties: Properties) => ({ Deployment: res('ApiGatewayV2::Deployment', { ApiId: { Ref: 'Api' }, ...properties }, { DependsOn: ['Route'] }) });

testRule('HttpApiNotDeployed', {
  valid: [
    { name: 'no stage here', template: httpApi() },
    { name: 'AutoDeploy', template: httpApi({ more: stage({ AutoDeploy: true }) }) },
    { name: 'a deployment', template: httpApi({ more: { ...stage({ DeploymentId: { Ref: 'Deployment' } }), ...deployment({}) } }) },
    { name: 'a deployment that names the stage', template: httpApi({ more: { ...stage({}), ...deployment({ StageName: '$default' }) } }) },
    { name: 'AutoDeploy by parameter', template: httpApi({ more: stage({ AutoDeploy: { Ref: 'Auto' } }), sections: { Parameters: { Auto: { Type: 'String' } } } }) },
  ],
  invalid: [
    { name: 'neither', template: httpApi({ more: stage({}) }), outcome: '404', resource: 'Stage', client: 'http/1.1' },
    { name: 'AutoDeploy switched off', template: httpApi({ more: stage({ AutoDeploy: false }) }), outcome: '404', resource: 'Stage' },
  ],
});
