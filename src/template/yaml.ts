// The parts of the library `yaml` that are used. In the compiled package it stands in this file itself: one file to load instead of seventy.

// eslint-disable-next-line import/no-extraneous-dependencies
export {
  Alias, Composer, CST, Document, isAlias, isCollection, isMap, isScalar, isSeq, Lexer, LineCounter, Parser, Scalar, YAMLError, YAMLMap,
} from 'yaml';
export type { Node } from 'yaml';
