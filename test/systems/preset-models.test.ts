// Server programs by name: the words of a preset, and the model of the program, which the lab proves with the real one, say the same.
// What a preset names is spoken; what it does not name is not, where it says `only`.

import { Preset, PRESET_IDS, PresetId, PRESETS } from '../../src/protocol';
import { Knock, nameSeen, Seen } from '../../src/systems/program/knock';
import { programOf } from '../../src/systems/server/programs';

const GET: Knock = { over: 'clear', version: '1.1', method: 'GET', path: '/', host: 'name' };
const HANDSHAKE: Partial<Knock> = { upgrade: 'websocket', connection: ['upgrade'] };

/** Where WebSocket clients of a program knock. */
const PATHS: Partial<Record<PresetId, string>> = { 'socket.io': '/socket.io/?EIO=4&transport=websocket' };

/** What the program does with a knock that is like this, over TLS if that is what its preset says. */
function seenBy(id: PresetId, how: Partial<Knock> = {}): Seen {
  const { speaks, only, plainHttpAnswer, spoiltHandshake }: Preset = PRESETS[id];
  const program = programOf({ speaks, only, plainHttpAnswer, spoiltHandshake, transports: [], program: id });
  const hello = { versions: ['1.2', '1.3'], alpn: [how.version === '2' ? 'h2' : 'http/1.1'], sni: 'known' } as const;
  return program({ ...GET, ...how, ...(speaks.includes('tls') ? { over: 'tls', hello } : {}) });
}

describe.each(PRESET_IDS)('%s', (id) => {
  const { speaks, only, plainHttpAnswer, spoiltHandshake }: Preset = PRESETS[id];
  const says = (...words: readonly string[]) => speaks.some((word) => words.includes(word));

  test.each(['1.0', '1.1'] as const)('HTTP/%s', (version) => {
    const served = nameSeen(seenBy(id, { version })).startsWith('200');
    if (says(`http/${version}`)) expect(served).toBe(true);
    else if (only) expect(served).toBe(false);
  });

  test('HTTP/2', () => {
    const { kind } = seenBy(id, { version: '2' });
    if (says('h2', 'h2c', 'grpc')) expect(kind).toBe('status');
    else if (only) expect(kind).not.toBe('status');
  });

  test('a good WebSocket handshake', () => {
    const { kind } = seenBy(id, { ...HANDSHAKE, path: PATHS[id] ?? '/', webSocketVersion: 13, webSocketKey: 'valid' });
    if (says('websocket', 'socket.io')) expect(kind).toBe('101');
    else if (only) expect(kind).not.toBe('101');
  });

  test('gRPC', () => {
    if (says('grpc')) expect(seenBy(id, { version: '2', method: 'POST', path: '/lab.Echo/Say', body: 'grpc' })).toEqual({ kind: 'status', status: 200 });
  });

  test('a plain GET', () => {
    if (plainHttpAnswer !== undefined) expect(seenBy(id)).toMatchObject({ kind: 'status', status: plainHttpAnswer });
  });

  test('a WebSocket handshake that lost its headers', () => {
    if (spoiltHandshake !== undefined) expect(seenBy(id, { ...HANDSHAKE, path: PATHS[id] ?? '/' })).toMatchObject({ kind: 'status', status: Number(spoiltHandshake) });
  });
});
