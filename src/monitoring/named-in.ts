// Finds the construct that a rendered property refers to, so that what logs go to already can be used: the bucket of a load balancer, the
// log group of a stage. The one in the same stack comes first; one in another stack is found if there is no other of that name.

import { CfnResource } from 'aws-cdk-lib';

/** The resource of a type that a value refers to, anywhere in it. */
export function namedIn(value: unknown, type: string, user: CfnResource): CfnResource | undefined {
  const ids = referencesIn(value);
  if (ids.size === 0) return undefined;
  const fitting = user.node.root.node.findAll().filter((one): one is CfnResource =>
    CfnResource.isCfnResource(one) && one.cfnResourceType === type && ids.has(one.stack.resolve(one.logicalId)));
  return fitting.find(({ stack }) => stack === user.stack) ?? (fitting.length === 1 ? fitting[0] : undefined);
}

function referencesIn(value: unknown): Set<string> {
  const ids = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      if (key === 'Ref' && typeof inner === 'string') ids.add(inner);
      else if (key === 'Fn::GetAtt' && Array.isArray(inner)) ids.add(String(inner[0]));
      else visit(inner);
    }
  };
  visit(value);
  return ids;
}
