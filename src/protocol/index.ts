export * from './client';
export * from './http';
export * from './outcome';
export * from './tls';
export * from './server';
