export { analyse } from './analyse';
export { RULES } from './catalogue';
export * from './differences';
export * from './finding';
export * from './rule';
