// Errands of the three products, in one line each.

import { Resource } from '../../template';
import { Answer, Errand } from '../hop';
import { Walk } from '../walk';

export function errand(kind: Errand['kind'], resource: Resource, go: (walk: Walk) => Answer): Errand {
  return { kind, resource, go };
}
