export * from './json';
export * from './report';
export * from './text';
