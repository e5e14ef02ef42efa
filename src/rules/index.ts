export { analyse } from './analyse';
export { RULES } from './catalogue';
export * from './finding';
export * from './rule';
