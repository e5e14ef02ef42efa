// AWS App Mesh, which has ended: one refusal per template, at the mesh, however many resources hang on it.
// Facts: App Mesh guide, end of support notice: after 30 September 2026 neither console nor resources are accessible
// (documented); that creating them therefore fails: inferred.

import { Resource } from '../template';
import { Errand, fail, Network, System } from './hop';

export function appMeshSystem({ templates }: Network): System {
  const resources = templates.typesWith('AWS::AppMesh::').flatMap((type) => templates.all(type));
  const perTemplate = new Map<number, Resource[]>();
  for (const resource of resources) perTemplate.set(resource.scope.index, [...(perTemplate.get(resource.scope.index) ?? []), resource]);
  return { entries: [], errands: [...perTemplate.values()].map(errand) };
}

function errand(resources: readonly Resource[]): Errand {
  const resource = resources.find(({ type }) => type === 'AWS::AppMesh::Mesh') ?? resources[0];
  const others = resources.length - 1;
  return {
    kind: 'deployment',
    resource,
    go: (walk) => {
      walk.through(resource);
      return fail('deployment-failure', {
        cause: 'AppMeshEnded',
        resource,
        property: 'Type',
        why: `${resource.type}${others ? ` (and ${others} more App Mesh resource${others > 1 ? 's' : ''} of the template)` : ''} belongs to a service that ended on 30 September 2026`,
      });
    },
  };
}
