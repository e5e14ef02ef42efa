// One picture per entry point and kind of client: the clients on the left, the hops that requests go through, the servers on the right. Paths
// that share hops share boxes. On each leg stands what is spoken on it; a hop at which a client fails is marked, with what the client gets.
// Not here: where the boxes stand (layout.ts).

import { Box, layout, Point, Wire } from './layout';
import { escaped } from './page';
import { Outcome } from '../../protocol';
import { PathLeg, PathRow } from '../../rules';
import { safe } from '../safe';
import { isGood } from '../seen';

/** More hops than this make no picture that anybody reads. */
export const MOST_BOXES = 80;

const LINE = 17;
/** Of the fixed width that style.ts gives to pictures, at 12 px. */
const CHARACTER = 7.25;
const LONGEST = 34;

interface Says { readonly text: string; readonly is: 'bad' | 'good' | 'unknown' }
interface Hop { readonly id: string; readonly name: string; readonly is: 'client' | 'hop' | 'server'; readonly says: Says[]; possible: boolean }
interface Connection { readonly from: string; readonly to: string; readonly labels: Set<string>; cut: boolean }

/** How many boxes the hops of some rows take. */
export function boxesOf(rows: readonly PathRow[]): number {
  return new Set(rows.flatMap(({ path }) => path)).size;
}

/** An SVG element. */
export function picture(rows: readonly PathRow[], name: string): string {
  const hops = new Map<string, Hop>();
  const connections = new Map<string, Connection>();
  const hop = (id: string, label: string, is: Hop['is']): Hop => {
    const known = hops.get(id) ?? { id, name: label, is, says: [], possible: false };
    hops.set(id, known);
    return known;
  };
  const connect = (from: string, to: string): Connection => {
    const key = JSON.stringify([from, to]);
    const known = connections.get(key) ?? { from, to, labels: new Set<string>(), cut: false };
    connections.set(key, known);
    return known;
  };
  for (const [from, clients] of callers(rows)) {
    const { labels, fails } = JSON.parse(from) as { labels: string[]; fails: boolean };
    const first = rows[0].path[0];
    hop(`client ${from}`, clients.join(', '), 'client');
    const wire = connect(`client ${from}`, `hop ${first}`);
    labels.forEach((label) => wire.labels.add(label));
    wire.cut = fails;
  }
  for (const row of rows) {
    row.path.forEach((id, index) => {
      hop(`hop ${id}`, id, 'hop');
      if (index > 0) legsTo(row, index).forEach((label) => connect(`hop ${row.path[index - 1]}`, `hop ${id}`).labels.add(label));
      if (index > 0) connect(`hop ${row.path[index - 1]}`, `hop ${id}`);
    });
    const last = row.path[row.path.length - 1];
    const toServer = legsTo(row, row.path.length);
    if (toServer.length > 0) {
      hop(`server ${last}`, 'server', 'server');
      toServer.forEach((label) => connect(`hop ${last}`, `server ${last}`).labels.add(label));
    }
    outcomes(row, toServer.length > 0).forEach(({ at, says, possible }) => {
      const there = hops.get(at)!;
      if (!there.says.some(({ text }) => text === says.text)) there.says.push(says);
      if (possible) there.possible = true;
    });
  }
  return drawn([...hops.values()], [...connections.values()], name);
}

/** Clients that come in alike are one box. */
function callers(rows: readonly PathRow[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const client of new Set(rows.flatMap(({ outcomes: all }) => Object.keys(all)))) {
    if (client === 'health-check') continue;
    const own = rows.filter(({ outcomes: all }) => client in all);
    const labels = [...new Set(own.flatMap((row) => (row.legs ?? []).filter(({ to, clients }) => to === 0 && clients.includes(client)).map(spoken)))];
    const fails = labels.length === 0 && own.some(({ outcomes: all }) => all[client] === 'tls-handshake-failure');
    const key = JSON.stringify({ labels: fails ? ['no TLS connection'] : labels, fails });
    groups.set(key, [...(groups.get(key) ?? []), client]);
  }
  return groups;
}

function legsTo({ legs = [] }: PathRow, index: number): string[] {
  return [...new Set(legs.filter(({ to }) => to === index).map(spoken))];
}

/** "HTTP/2, TLS 1.3". */
export function spoken({ scheme, version, tls }: PathLeg): string {
  return [version && `HTTP/${version}`, scheme === 'http' ? 'no TLS' : tlsText(tls ?? [])].filter(Boolean).join(', ');
}

function tlsText(tls: readonly string[]): string {
  const name = (version: string) => (version === 'SSLv3' ? version : `TLS ${version}`);
  if (tls.length === 0) return 'TLS';
  return tls.length === 1 ? name(tls[0]) : `${name(tls[0])} to ${tls[tls.length - 1]}`;
}

/** What becomes of the clients, at the box where it does. */
function outcomes(row: PathRow, server: boolean): { at: string; says: Says; possible: boolean }[] {
  const { path, notes } = row;
  const groups = new Map<string, { at: string; outcome: Outcome; clients: string[]; possible: boolean }>();
  for (const [client, outcome] of Object.entries(row.outcomes)) {
    const last = path.length - 1;
    const at = outcome === 'served' ? (server ? `server ${path[last]}` : `hop ${path[last]}`) : `hop ${path[Math.min(notes[client]?.hop ?? last, last)]}`;
    const key = JSON.stringify([at, outcome]);
    const group = groups.get(key) ?? { at, outcome, clients: [], possible: false };
    group.clients.push(client);
    if (!isGood(outcome) && notes[client]?.certainty === 'possible') group.possible = true;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ at, outcome, clients, possible }) => {
    const is = isGood(outcome) ? 'good' : outcome === 'unknown' ? 'unknown' : 'bad';
    return { at, possible: possible || outcome === 'unknown', says: { is, text: `${is === 'good' ? '\u2713' : is === 'bad' ? '\u2717' : '?'} ${outcome}: ${clients.join(', ')}` } };
  });
}

function drawn(hops: readonly Hop[], connections: readonly Connection[], name: string): string {
  const linesOf = (one: Hop) => [...wrapped(one.name).map((text) => ({ text, is: 'name' as const })), ...one.says.flatMap(({ text, is }) => wrapped(text).map((part) => ({ text: part, is })))];
  const lines = new Map(hops.map((one) => [one.id, linesOf(one)]));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length)) * CHARACTER;
  const boxes = hops.map(({ id }): Box => {
    const own = lines.get(id)!;
    return { id, width: Math.max(70, widest(own.map(({ text }) => text)) + 26), height: own.length * LINE + 18 };
  });
  const wires = connections.map(({ from, to, labels }): Wire => {
    const texts = [...labels];
    return { from, to, width: texts.length > 0 ? widest(texts) + 12 : 0, height: texts.length * LINE };
  });
  const placed = layout(boxes, wires);
  const parts: string[] = [];
  connections.forEach(({ cut }, index) => parts.push(`<path class="wire${cut ? ' cut' : ''}" marker-end="url(#arrow${cut ? '-cut' : ''})" d="${curve(placed.wires[index].points)}"/>`));
  connections.forEach(({ labels, cut }, index) => {
    const { label } = placed.wires[index];
    if (!label || labels.size === 0) return;
    const { width, height } = wires[index];
    parts.push(`<rect class="halo" x="${round(label.x - width / 2)}" y="${round(label.y - height / 2)}" width="${round(width)}" height="${height}" rx="4"/>`);
    [...labels].forEach((text, line) => parts.push(label_(text, label.x, label.y - height / 2 + 13 + line * LINE, `${cut ? 'bad' : 'leg'}`, 'middle')));
  });
  boxes.forEach(({ id, width, height }, index) => {
    const { x, y } = placed.boxes.get(id)!;
    const { is, says, possible, name: full } = hops[index];
    const mark = says.some((one) => one.is === 'bad') ? (possible ? ' unsure' : ' failing') : '';
    parts.push(`<g class="${is}${mark}"><title>${escaped(full)}</title><rect class="box" x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${height}" rx="${is === 'client' ? 14 : 7}"/>`);
    lines.get(id)!.forEach(({ text, is: role }, line) => parts.push(label_(text, x - width / 2 + 13, y - height / 2 + 21 + line * LINE, role, 'start')));
    parts.push('</g>');
  });
  const { width, height } = placed;
  return `<svg class="picture" role="img" aria-label="${escaped(name)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`;
}

function label_(text: string, x: number, y: number, role: string, anchor: 'start' | 'middle'): string {
  return `<text class="${role}" x="${round(x)}" y="${round(y)}"${anchor === 'middle' ? ' text-anchor="middle"' : ''}>${escaped(text)}</text>`;
}

/** Through the corners, rounded at each. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop()!;
  const via = rest.map((point, index) => {
    const next = rest[index + 1];
    return next ? `Q${xy(point)} ${xy({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}` : `Q${xy(point)} ${xy(last)}`;
  });
  return `M${xy(first)}${via.length > 0 ? via.join('') : `L${xy(last)}`}`;
}

function xy({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Lines that fit a box; a name that is too long for one ends in dots, and is whole in the title. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of safe(text).split(' ')) {
    const short = word.length > LONGEST ? `${[...word].slice(0, LONGEST - 1).join('')}\u2026` : word;
    if (line && line.length + short.length + 1 > LONGEST) {
      lines.push(line);
      line = short;
    } else {
      line = line ? `${line} ${short}` : short;
    }
  }
  return [...lines, line].slice(0, 8);
}
