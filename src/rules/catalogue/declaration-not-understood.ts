import { Rule } from '../rule';

export const DECLARATION_NOT_UNDERSTOOD: Rule = {
  id: 'DeclarationNotUnderstood',
  says: 'A declaration in Metadata is not understood',
  hits: 'The check: what is not understood is not checked.',
  why: 'Metadata cdk-handshake holds a word or a form that is not in the contract.',
  fix: {
    cdk: 'use Protocols.of(construct), which only accepts valid words',
    cloudFormation: 'correct Metadata cdk-handshake: docs/declarations.md lists the words',
  },
  atMost: 'warning',
  sources: [
    { what: 'docs/declarations.md', confidence: 'documented' },
  ],
};
