export * from './json';
export * from './report';
export * from './text';
export { pageOf } from './rule-page';
