import { Rule } from '../rule';

export const SERVER_WITHOUT_PROTOCOL: Rule = {
  id: 'ServerWithoutProtocol',
  says: 'A request reaches a server that is declared not to speak its protocol',
  hits: 'Clients of that kind get 400 or 502.',
  why: 'The declaration says "only", and the kind is not among what the server speaks.',
  fix: {
    cdk: 'correct the declaration, or route the path to a server that speaks the protocol',
    cloudFormation: 'correct the declaration in Metadata, or route the path to a server that speaks the protocol',
  },
  sources: [
    { what: 'The declaration itself', confidence: 'documented' },
  ],
};
