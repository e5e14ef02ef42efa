export * from './acknowledge';
export { analyse } from './analyse';
export * from './baseline';
export { RULES } from './catalogue';
export * from './differences';
export * from './finding';
export * from './rule';
