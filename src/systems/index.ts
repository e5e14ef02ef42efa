// All systems that are known, and the words they share.

import { Templates } from '../template';
import { albSystem } from './alb';
import { System } from './hop';

export * from './hop';
export { Walk } from './walk';
export type { Branch } from './walk';

/** Every system of the templates. Adding one: a folder, its test, a line here. */
export function systems(templates: Templates): System[] {
  return [albSystem(templates)];
}
