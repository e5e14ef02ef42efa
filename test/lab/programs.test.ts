// Presets against the real programs that are installed here: each row of the table asked of a server started for it.

import { http, http2, webSocket } from './knock';
import { present, PROGRAMS, Running, start } from './programs';
import { Preset, PRESETS } from '../../src/protocol';

test('programs that are not here are named', () => {
  expect(PROGRAMS.map(({ preset }) => PRESETS[preset])).not.toContain(undefined);
});

// Not describe.each, which wants at least one.
for (const program of PROGRAMS.filter(present)) {
  describe(program.preset, () => {
    let running: Running;
    const row: Preset = PRESETS[program.preset];
    const speaks = (word: string) => (row.speaks as readonly string[]).includes(word);

    beforeAll(async () => { running = await start(program); }, 20_000);
    afterAll(async () => { await running?.end(); }, 10_000);

    test.each(['1.0', '1.1'] as const)('HTTP/%s', async (version) => {
      expect(await http(running, version)).toEqual(speaks(`http/${version}`) ? { is: 'http/1', status: '200' } : expect.not.objectContaining({ status: '200' }));
    });

    test('HTTP/2 with prior knowledge', async () => {
      const { is } = await http2(running);
      // A row without "only" may speak more than it names, as Caddy does from 2.11.
      if (row.only) expect(is === 'h2').toBe(speaks('h2c'));
      else expect(speaks('h2c') && is !== 'h2').toBe(false);
    });

    test('a WebSocket handshake opens nothing', async () => {
      expect(await webSocket(running)).not.toEqual({ is: 'http/1', status: '101' });
      expect(speaks('websocket')).toBe(false);
    });
  });
}
