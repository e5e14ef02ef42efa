export * from './json';
export * from './report';
export * from './safe';
export * from './text';
export { pageOf } from './rule-page';
