// Reads the declarations of DESIGN section 5 from Metadata: what a server speaks, which routes there are, what a task
// calls. One object or a list; unknown words are reported, not dropped.

import {
  DeclaredHop, fitted, FRONT_IDS, FRONT_SETTINGS, FrontId, HOP_PROGRAMS, HOP_SETTINGS, HopProgram, isSpeaks, misfits, Preset, PRESET_IDS, PresetId,
  presetOf, Server, SERVER_SETTINGS, SettingForms, SPEAKS, Speaks,
} from '../protocol';
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

/** A server, and the resource whose Metadata says so. */
export interface DeclaredServer extends Server {
  readonly declaredAt: Resource;
}

/** A hop in front of an entry point. */
export interface DeclaredFront {
  readonly hop: FrontId;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface Declarations {
  readonly servers: readonly DeclaredServer[];
  readonly routes: readonly DeclaredRoute[];
  readonly calls: readonly DeclaredCall[];
  /** What stands in front, the outermost first. */
  readonly behind: readonly DeclaredFront[];
  /** What could not be understood, in words. */
  readonly misread: readonly string[];
}

const NONE: Declarations = { servers: [], routes: [], calls: [], behind: [], misread: [] };
/** `acknowledge` says nothing of a protocol; rules/acknowledge.ts reads it. */
const PARTS = ['server', 'routes', 'calls', 'behind', 'acknowledge'];

export function declarations(resource: Resource): Declarations {
  const raw = own(record(resource.raw.Metadata), 'cdk-handshake');
  if (raw === undefined) return NONE;
  const misread: string[] = [];
  if (!isRecord(raw)) return { ...NONE, misread: ['Metadata cdk-handshake is not an object with server, routes, calls, behind or acknowledge'] };
  for (const key of Object.keys(raw)) if (!PARTS.includes(key)) misread.push(`"${key}" is none of ${PARTS.join(', ')}`);
  return {
    servers: entries(raw.server, 'server', misread).map((entry) => ({ ...server(entry, misread), declaredAt: resource })),
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
    behind: entries(raw.behind, 'behind', misread).flatMap((entry) => front(entry, misread)),
    misread: [...misread, ...unreasoned(raw.acknowledge)],
  };
}

/** An acknowledgement that silences without saying what, or why. */
function unreasoned(raw: unknown): string[] {
  const misread: string[] = [];
  const incomplete = entries(raw, 'acknowledge', misread).filter(({ rule, reason }) => !text(rule) || !text(reason));
  return [...misread, ...incomplete.map(({ rule }) => `acknowledge wants a rule and a reason${text(rule) ? `, and ${text(rule)} has none` : ''}`)];
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
  server: ['preset', 'version', 'settings', 'hops', 'speaks', 'only', 'plainHttpAnswer', 'pingIntervalSeconds', 'port', 'path', 'origin', 'transports'],
  hops: ['program', 'version', 'config', 'file', 'settings'],
  behind: ['hop', 'settings'],
  routes: ['path', 'speaks', 'origin'],
  calls: ['to', 'with', 'container'],
  acknowledge: ['rule', 'reason'],
};

/** A server; what a preset says stands where nothing is written. */
function server(entry: Readonly<Record<string, unknown>>, misread: string[]): Server {
  const id = entry.preset === undefined ? undefined : words(entry.preset);
  const preset = id === undefined ? undefined : presetOf(id);
  if (id !== undefined && !preset) misread.push(`"${id}" is no preset; there are ${PRESET_IDS.join(', ')}`);
  const speaks = entry.speaks === undefined && preset ? preset.speaks : protocols(entry.speaks, misread);
  const program = preset && fits(speaks, preset) ? (id as PresetId) : undefined;
  return {
    speaks,
    only: entry.only === undefined && preset ? preset.only : words(entry.only) === 'true',
    plainHttpAnswer: number(entry.plainHttpAnswer) ?? preset?.plainHttpAnswer,
    spoiltHandshake: preset?.spoiltHandshake,
    pingIntervalSeconds: number(entry.pingIntervalSeconds),
    port: number(entry.port),
    path: text(entry.path),
    origin: text(entry.origin),
    transports: (Array.isArray(entry.transports) ? entry.transports : entry.transports === undefined ? [] : [entry.transports]).map(words),
    ...(program ? { program } : {}),
    ...(entry.version === undefined ? {} : { version: words(entry.version) }),
    ...(entry.settings === undefined ? {} : { settings: settings(entry.settings, id ?? 'a server without preset', (preset && SERVER_SETTINGS[id as PresetId]) ?? {}, misread) }),
    ...(entry.hops === undefined ? {} : { hops: entries(entry.hops, 'hops', misread).flatMap((raw) => hop(raw, misread)) }),
  };
}

/** Whether the words leave the program what it is: TLS is a setting, and that there is WebSocket is said of what it is used for. */
function fits(speaks: readonly Speaks[], preset: Preset): boolean {
  const [one, other] = [speaks, preset.speaks].map((list) => new Set(list.filter((word) => word === 'h2' || word === 'h2c' || word === 'grpc')));
  return one.size === other.size && [...one].every((word) => other.has(word));
}

function hop(entry: Readonly<Record<string, unknown>>, misread: string[]): DeclaredHop[] {
  const program = words(entry.program);
  if (!(HOP_PROGRAMS as readonly string[]).includes(program)) {
    misread.push(`"${program}" is no program of hops; there are ${HOP_PROGRAMS.join(', ')}`);
    return [];
  }
  const known = program as HopProgram;
  return [{
    program: known,
    ...(entry.version === undefined ? {} : { version: words(entry.version) }),
    ...(text(entry.config) === undefined ? {} : { config: text(entry.config) }),
    ...(text(entry.file) === undefined ? {} : { file: text(entry.file) }),
    ...(entry.settings === undefined ? {} : { settings: settings(entry.settings, program, HOP_SETTINGS[known], misread) }),
  }];
}

function front(entry: Readonly<Record<string, unknown>>, misread: string[]): DeclaredFront[] {
  const id = words(entry.hop);
  if (!(FRONT_IDS as readonly string[]).includes(id)) {
    misread.push(`"${id}" is no hop that stands in front; there are ${FRONT_IDS.join(', ')}`);
    return [];
  }
  const hopId = id as FrontId;
  return [{ hop: hopId, settings: entry.settings === undefined ? {} : settings(entry.settings, id, FRONT_SETTINGS[hopId], misread) }];
}

function settings(raw: unknown, program: string, forms: SettingForms, misread: string[]): Readonly<Record<string, unknown>> {
  if (!isRecord(raw)) misread.push(`the settings of ${program} are not an object`);
  misread.push(...misfits(program, forms, record(raw)));
  return fitted(forms, record(raw));
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
