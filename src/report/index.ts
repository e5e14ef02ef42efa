export * from './json';
export * from './render';
export * from './report';
export * from './safe';
export * from './text';
export { pageOf } from './rule-page';
