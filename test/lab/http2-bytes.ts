// HTTP/2 in bare bytes: as much as a knock needs, so that no library has an opinion in between. Requests without Huffman code and
// dynamic table; of an answer the frames, whether extended CONNECT is announced, and the status.
// Facts: RFC 9113 sections 3.4, 4.1, 6.5; RFC 7541 sections 5 and 6, appendix A (:status is 8 to 14) and B (digits); RFC 8441 section 3.

/* eslint-disable no-bitwise */

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const TYPE = { data: 0, headers: 1, reset: 3, settings: 4, goAway: 7 } as const;
const [END_STREAM, ACK, END_HEADERS, PADDED, PRIORITY] = [1, 1, 4, 8, 32];
/** The header name `upgrade`, spelt out and in Huffman code. */
const UPGRADE = [Buffer.from('\x07upgrade'), Buffer.from('85b6b9ac1c85', 'hex')];
const STATIC_STATUS = [200, 204, 206, 304, 400, 404, 500];

export const OPENING = Buffer.concat([PREFACE, frame(TYPE.settings, 0, 0)]);
export const SETTINGS_ACK = frame(TYPE.settings, ACK, 0);

/** What the bytes of an answer say so far. */
export interface Heard {
  readonly settings: boolean;
  readonly announcesConnect: boolean;
  readonly status?: number;
  /** The answer has a header that HTTP/2 does not allow (Upgrade), so that a caller has to treat it as no answer: RFC 9113 section 8.2.2. */
  readonly malformed?: boolean;
  /** The stream was reset or the connection ended. */
  readonly over: boolean;
}

/** A frame as RFC 9113 section 4.1 has it. */
export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A request on stream 1; a body follows in one DATA frame. `open`: the stream stays open, as for CONNECT. */
export function request(fields: readonly (readonly [string, string])[], body?: Buffer, open: boolean = false): Buffer {
  const block = Buffer.concat(fields.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
  const last = body || open ? 0 : END_STREAM;
  return Buffer.concat([frame(TYPE.headers, END_HEADERS | last, 1, block), ...(body ? [frame(TYPE.data, END_STREAM, 1, body)] : [])]);
}

/** A string without Huffman code; ours are shorter than 127. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
}

export function hear(bytes: Buffer): Heard {
  let heard: Heard = { settings: false, announcesConnect: false, over: false };
  for (let at = 0; at + 9 <= bytes.length;) {
    const length = bytes.readUIntBE(at, 3);
    const [type, flags, stream] = [bytes[at + 3], bytes[at + 4], bytes.readUInt32BE(at + 5)];
    const payload = bytes.subarray(at + 9, at + 9 + length);
    if (payload.length < length) break;
    at += 9 + length;
    if (type === TYPE.settings && !(flags & ACK)) heard = { ...heard, settings: true, announcesConnect: announces(payload) };
    else if (type === TYPE.reset || type === TYPE.goAway) heard = { ...heard, over: true };
    else if (type === TYPE.headers && stream === 1 && heard.status === undefined) heard = { ...heard, ...answered(payload, flags) };
  }
  return heard;
}

function answered(payload: Buffer, flags: number): Pick<Heard, 'status' | 'malformed'> {
  return { status: statusOf(payload, flags), malformed: UPGRADE.some((name) => payload.includes(name)) };
}

function announces(settings: Buffer): boolean {
  for (let at = 0; at + 6 <= settings.length; at += 6) {
    if (settings.readUInt16BE(at) === 8 && settings.readUInt32BE(at + 2) === 1) return true;
  }
  return false;
}

/** :status comes first (RFC 9113 section 8.3), perhaps after a change of the table size. 1xx is passed over by the caller. */
function statusOf(payload: Buffer, flags: number): number | undefined {
  let at = (flags & PADDED ? 1 : 0) + (flags & PRIORITY ? 5 : 0);
  while ((payload[at] & 0xe0) === 0x20) {
    const long = (payload[at++] & 0x1f) === 0x1f;
    while (long && payload[at++] & 0x80);
  }
  if (payload[at] & 0x80) return STATIC_STATUS[(payload[at] & 0x7f) - 8];
  // A literal whose name is an entry of the static table (8 to 14), or spelt out as ":status".
  at += 1;
  if ([0x40, 0x00, 0x10].includes(payload[at - 1])) at += 1 + (payload[at] & 0x7f);
  const huffman = (payload[at] & 0x80) !== 0;
  const value = payload.subarray(at + 1, at + 1 + (payload[at] & 0x7f));
  return Number(huffman ? digits(value) : value.toString('latin1'));
}

/** Huffman code of digits: 0 to 2 in five bits, 3 to 9 in six. */
function digits(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let said = '';
  for (let at = 0; at + 5 <= bits.length;) {
    const five = parseInt(bits.slice(at, at + 5), 2);
    if (five <= 2) {
      said += five;
      at += 5;
    } else {
      const six = parseInt(bits.slice(at, at + 6), 2);
      if (six < 0b011001 || six > 0b011111) break;
      said += six - 0b011001 + 3;
      at += 6;
    }
  }
  return said;
}
