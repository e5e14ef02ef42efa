export * from './declared';
export * from './guard';
export * from './input';
export * from './scope';
export * from './templates';
export * from './value';
export * from './cycles';
export * from './change';
