import { Rule } from '../rule';

export const REFUSED_CLIENT_SERVED: Rule = {
  id: 'RefusedClientServed',
  says: 'A client that must be turned away is served',
  hits: 'Nobody is turned away; a client that you refuse by name gets through.',
  why: 'You named the client as one to refuse, and no hop on its path turns it away.',
  fix: {
    cdk: 'close the path for this client, or take it off the list of refused clients',
    cloudFormation: 'close the path for this client, or take it off the list of refused clients',
  },
  sources: [
    { what: 'The list of refused clients itself', confidence: 'documented' },
  ],
};
