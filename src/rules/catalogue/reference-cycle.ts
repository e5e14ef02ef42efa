import { Rule } from '../rule';

export const REFERENCE_CYCLE: Rule = {
  id: 'ReferenceCycle',
  says: 'Resources refer to each other in a circle',
  hits: 'Nobody: CloudFormation refuses the template ("Circular dependency between resources").',
  why: 'CloudFormation creates a resource after those that it refers to; in a circle there is no first one.',
  fix: {
    cdk: 'break the circle, for instance with a separate ListenerRule or SecurityGroupIngress',
    cloudFormation: 'break the circle, for instance with a separate AWS::EC2::SecurityGroupIngress',
  },
  sources: [
    { what: 'CloudFormation user guide, "DependsOn attribute"', url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html', confidence: 'documented' },
  ],
};
