// The function at $connect, run as Lambda runs it: the code of the template, with the event of API Gateway.

import { runInNewContext } from 'vm';
import { echoCode } from '../../src/constructs/subprotocol-echo';

/** Runs the code with what a client offers. */
async function answer(event: Record<string, unknown>): Promise<{ answered: any; logged: string[] }> {
  const exports: { handler?: (event: unknown) => Promise<any> } = {};
  const logged: string[] = [];
  runInNewContext(echoCode(['chat.v1', 'chat.v2', "it's`$"]), { exports, console: { log: (text: string) => logged.push(text) } });
  const answered = await exports.handler!(event);
  return { answered: JSON.parse(JSON.stringify(answered)), logged };
}

const PICKED = (name: string) => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': name } });

test.each<[string, Record<string, unknown>, unknown]>([
  ['one that is spoken', { headers: { 'Sec-WebSocket-Protocol': 'chat.v2' } }, PICKED('chat.v2')],
  ['several: the first of the client that is spoken', { headers: { 'Sec-WebSocket-Protocol': 'chat.v9, chat.v2,chat.v1' } }, PICKED('chat.v2')],
  ['another spelling of the header', { headers: { 'sec-websocket-protocol': ' chat.v1 ' } }, PICKED('chat.v1')],
  ['over several header lines', { headers: { 'Sec-WebSocket-Protocol': 'chat.v1' }, multiValueHeaders: { 'Sec-WebSocket-Protocol': ['soap', 'chat.v1'] } }, PICKED('chat.v1')],
  ['odd characters', { headers: { 'Sec-WebSocket-Protocol': "it's`$" } }, PICKED("it's`$")],
  ['none: let in', { headers: { Host: 'chat.example.com' }, multiValueHeaders: {} }, { statusCode: 200 }],
  ['no headers at all', {}, { statusCode: 200 }],
  ['an empty header', { headers: { 'Sec-WebSocket-Protocol': '' } }, { statusCode: 200 }],
])('%s', async (_name, event, expected) => {
  expect(await answer(event)).toEqual({ answered: expected, logged: [] });
});

test('only others: 400, and both sides learn why', async () => {
  const { answered, logged } = await answer({ headers: { 'Sec-WebSocket-Protocol': 'soap, wamp, Chat.v1' } });
  expect(answered.statusCode).toBe(400);
  expect(answered.headers).toEqual({ 'Content-Type': 'application/json' });
  expect(JSON.parse(answered.body).message).toBe("None of the offered subprotocols (soap, wamp, Chat.v1) is spoken here. Offer one of: chat.v1, chat.v2, it's`$.");
  expect(logged).toEqual([JSON.parse(answered.body).message]);
});

test('it is short enough for a template', () => {
  expect(echoCode(['chat.v1']).length).toBeLessThan(4096);
});
