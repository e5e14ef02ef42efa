// Every built-in client has its constant, and a mistyped one is told what was meant.

import { Client, HandshakeChecks } from '../../src';
import { CLIENTS } from '../../src/protocol';

test('constants and ids are the same list, but for the health check, which nobody names', () => {
  const constants = Object.values(Client).map((client: Client) => client.id);
  expect([...constants, 'health-check'].sort()).toEqual(Object.keys(CLIENTS).sort());
});

test.each(Object.keys(CLIENTS))('of: %s', (id) => {
  expect(Client.of(id).id).toBe(id);
});

test.each([
  ['wss-broser', /there is no client 'wss-broser'\. Did you mean 'wss-browser'\?/],
  ['HTTP/1.1', /Did you mean 'http\/1\.1'\?/],
  ['tls1.2', /Did you mean 'tls1\.0'\?|Did you mean 'tls1\.2-only'\?/],
  ['smtp over pigeons', /there is no client 'smtp over pigeons'\. Known clients: http\/1\.0, /],
  ['toString', /there is no client 'toString'/],
])('refused: %s', (id, message) => {
  expect(() => Client.of(id)).toThrow(message);
});

test('clients reach the analysis', () => {
  expect(new HandshakeChecks(undefined, { serve: [Client.GRPC, Client.of('wss')], refuse: [Client.TLS_1_0] })._assignment.options)
    .toMatchObject({ serve: ['grpc', 'wss'], refuse: ['tls1.0'] });
});
