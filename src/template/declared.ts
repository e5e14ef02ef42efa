// Reads the declarations of DESIGN section 5 from Metadata: what a server speaks, which routes there are, what a task
// calls. One object or a list; unknown words are reported, not dropped.

import { isSpeaks, PRESET_IDS, presetOf, Server, SPEAKS, Speaks } from '../protocol';
import { isRecord, own, record, Resource, words } from './scope';

/** A route that is declared on a distribution, listener, rule or API. */
export interface DeclaredRoute {
  readonly path: string;
  readonly speaks: readonly Speaks[];
  readonly origin?: string;
}
/** What a task or service calls, and with which protocol. */
export interface DeclaredCall {
  readonly to: string;
  readonly with: readonly Speaks[];
  readonly container?: string;
}

export interface Declarations {
  readonly servers: readonly Server[];
  readonly routes: readonly DeclaredRoute[];
  readonly calls: readonly DeclaredCall[];
  /** What could not be understood, in words. */
  readonly misread: readonly string[];
}

const NONE: Declarations = { servers: [], routes: [], calls: [], misread: [] };

export function declarations(resource: Resource): Declarations {
  const raw = own(record(resource.raw.Metadata), 'cdk-handshake');
  if (raw === undefined) return NONE;
  const misread: string[] = [];
  if (!isRecord(raw)) return { ...NONE, misread: ['Metadata cdk-handshake is not an object with server, routes or calls'] };
  for (const key of Object.keys(raw)) {if (!['server', 'routes', 'calls'].includes(key)) misread.push(`"${key}" is none of server, routes, calls`);}
  return {
    servers: entries(raw.server, 'server', misread).map((entry) => server(entry, misread)),
    routes: entries(raw.routes, 'routes', misread).map((entry) => ({
      path: text(entry.path) ?? '/*',
      speaks: protocols(entry.speaks, misread),
      origin: text(entry.origin),
    })),
    calls: entries(raw.calls, 'calls', misread).map((entry) => ({
      to: text(entry.to) ?? '',
      with: protocols(entry.with, misread),
      container: text(entry.container),
    })),
    misread,
  };
}

function entries(raw: unknown, name: string, misread: string[]): Readonly<Record<string, unknown>>[] {
  if (raw === undefined || raw === null) return [];
  const list = Array.isArray(raw) ? raw : [raw];
  return list.filter((entry): entry is Readonly<Record<string, unknown>> => {
    if (!isRecord(entry)) misread.push(`${name} holds something that is not an object`);
    else for (const key of Object.keys(entry)) if (!KEYS[name].includes(key)) misread.push(`"${key}" in ${name} is none of ${KEYS[name].join(', ')}`);
    return isRecord(entry);
  });
}

/** The words that an entry may hold: docs/declarations.md. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  server: ['preset', 'speaks', 'only', 'plainHttpAnswer', 'pingIntervalSeconds', 'port', 'path', 'origin', 'transports'],
  routes: ['path', 'speaks', 'origin'],
  calls: ['to', 'with', 'container'],
};

/** A server; what a preset says stands where nothing is written. */
function server(entry: Readonly<Record<string, unknown>>, misread: string[]): Server {
  const preset = entry.preset === undefined ? undefined : presetOf(words(entry.preset));
  if (entry.preset !== undefined && !preset) misread.push(`"${words(entry.preset)}" is no preset; there are ${PRESET_IDS.join(', ')}`);
  return {
    speaks: entry.speaks === undefined && preset ? preset.speaks : protocols(entry.speaks, misread),
    only: entry.only === undefined && preset ? preset.only : words(entry.only) === 'true',
    plainHttpAnswer: number(entry.plainHttpAnswer) ?? preset?.plainHttpAnswer,
    spoiltHandshake: preset?.spoiltHandshake,
    pingIntervalSeconds: number(entry.pingIntervalSeconds),
    port: number(entry.port),
    path: text(entry.path),
    origin: text(entry.origin),
    transports: (Array.isArray(entry.transports) ? entry.transports : entry.transports === undefined ? [] : [entry.transports]).map(words),
  };
}

function protocols(raw: unknown, misread: string[]): Speaks[] {
  const list = (Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]).map(words);
  for (const word of list) if (!isSpeaks(word)) misread.push(`"${word}" is none of ${SPEAKS.join(', ')}`);
  return list.filter(isSpeaks);
}

function text(raw: unknown): string | undefined {
  return typeof raw === 'string' ? raw : undefined;
}

function number(raw: unknown): number | undefined {
  const value = typeof raw === 'number' ? raw : typeof raw === 'string' && raw.trim() ? Number(raw) : NaN;
  return Number.isFinite(value) ? value : undefined;
}
