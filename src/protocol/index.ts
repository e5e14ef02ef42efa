export * from './client';
export * from './http';
export * from './outcome';
export * from './presets';
export * from './profiles';
export * from './tls';
export * from './server';
export * from './settings';
