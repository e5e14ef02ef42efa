// Loaded before the app of an example: puts cdk-nag's AwsSolutionsChecks beside what the app has, and a fault that the CDK's own
// validation has to find, so that its silence elsewhere means something.

import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

const { synth } = App.prototype;

App.prototype.synth = function (...args: Parameters<typeof synth>) {
  App.prototype.synth = synth;
  Validations.of(this).addPlugins(new AwsSolutionsChecks(this));
  const stack = this.node.findAll().find((one): one is Stack => one instanceof Stack)!;
  new CfnResource(stack, 'Control', { type: 'AWS::S3::Bucket', properties: { AccessControl: 'NoSuchControl' } });
  return this.synth(...args);
};
