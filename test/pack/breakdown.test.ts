// Checks that break down must not look like checks that found nothing.

import { App, Stack, Validations } from 'aws-cdk-lib';
import { Shop } from './shop';
import { synth } from './synth';
import { HandshakeChecks } from '../../src';

jest.mock('../../src/rules', () => ({
  ...jest.requireActual('../../src/rules'),
  analyse: () => {
    throw new Error('the analysis stumbled');
  },
}));

test('a breakdown fails the synth with a violation that nobody can acknowledge', () => {
  const app = new App();
  new Shop(new Stack(app, 'Stack'), 'Shop');
  Validations.of(app).acknowledge({ id: 'Handshake::Handshake-ChecksNotFinished', reason: 'none' });
  Validations.of(app).addPlugins(new HandshakeChecks(app));
  const { error, violations } = synth(app);
  expect(error).toContain('the analysis stumbled');
  expect(violations).toEqual([expect.objectContaining({ ruleName: 'Handshake-ChecksNotFinished', severity: 'fatal' })]);
});

test('in a unit test it throws', () => {
  const app = new App();
  new Shop(new Stack(app, 'Stack'), 'Shop');
  expect(() => new HandshakeChecks(app).validateScope(app)).toThrow('the analysis stumbled');
});
