// Starts and ends servers of the lab on loopback: a free port, a folder of its own, a certificate that openssl signs, processes
// that are gone afterwards whatever happened. Nothing here blocks while a server is started, since others are being asked meanwhile.
// Not here: which servers there are (servers-of-node.ts, servers-of-debian.ts).

import { ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { Program, Seen } from '../../src/systems/program/knock';

const START_MS = 20_000;

/** A server to try: what is started, and the model that is to be true of it. */
export interface LabServer {
  /** For people: system, version, variant. */
  readonly name: string;
  readonly listener: 'clear' | 'tls';
  /** The model under the same settings. */
  readonly model: Program;
  /** Where WebSocket handshakes go, if not /ws. */
  readonly webSocketPath?: string;
  /** Callers ask for whole URLs. */
  readonly absoluteForm?: true;
  /** Clients that are not tried here, each with the reason. */
  readonly without?: Readonly<Record<string, string>>;
  /** Clients for which it is a race in the program what they see, and the kind that is seen now and then. */
  readonly alsoSeen?: Readonly<Record<string, Seen['kind']>>;
  start(site: Site): Promise<Running>;
}

/** How far the GOAWAY of a Go server gets before it closes. */
export const GOAWAY_RACE: LabServer['alsoSeen'] = { 'wss-h1-bytes-only-h2-offered': 'wrong-protocol', 'wss-h1-bytes-but-offers-h2': 'wrong-protocol' };

/** Where a server may settle. */
export interface Site {
  readonly folder: string;
  readonly port: number;
  readonly key: string;
  readonly cert: string;
}

export interface Running {
  /** Callers reach the server by a CONNECT to this port. */
  readonly tunnelTo?: number;
  end(): Promise<void>;
}

const folders: string[] = [];
afterAll(() => folders.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/**
 * Becomes the command, next to a watcher that ends its whole group when standard input closes, which it does however the process
 * of the test ends: interrupted, killed, or done. (Within jest an `exit` listener would never be called.)
 */
const GUARDED = 'exec 3<&0 </dev/null; ( { cat <&3; kill -KILL 0; } >/dev/null 2>&1 & ); exec 3<&-; exec "$@"';

/** Whether a command is here; if not, how to get it goes to the screen. */
export function present(command: string, install: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
  if (!found) console.warn(`${command} is not here, so what needs it is not tried. Install it with: ${install}`);
  return found;
}

/** What a command says, for its version. */
export function said(command: string, ...parameters: string[]): string {
  const { stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  return `${stdout ?? ''}${stderr ?? ''}`;
}

/** Runs a command to its end; whether it went well shows later. */
export function done(command: string, ...parameters: string[]): Promise<void> {
  return new Promise((resolve) => execFile(command, parameters, () => resolve()));
}

function newFolder(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `lab-${name.replace(/[^a-z0-9]+/gi, '-')}-`));
  folders.push(folder);
  fs.chmodSync(folder, 0o755); // a server that gives up root has to read it
  return folder;
}

const credentialsIn = (folder: string) => ({ key: path.join(folder, 'key.pem'), cert: path.join(folder, 'cert.pem') });

/** One pair of key and certificate for all servers of a file. */
let credentials: Promise<ReturnType<typeof credentialsIn>> | undefined;
async function newCredentials(): Promise<ReturnType<typeof credentialsIn>> {
  const { key, cert } = credentialsIn(newFolder('credentials'));
  await done('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=lab.test', '-addext', 'subjectAltName=DNS:lab.test', '-keyout', key, '-out', cert);
  return { key, cert };
}

export async function site(name: string): Promise<Site> {
  const folder = newFolder(name);
  const from = await (credentials ??= newCredentials());
  const own = credentialsIn(folder);
  for (const file of ['key', 'cert'] as const) if (fs.existsSync(from[file])) fs.copyFileSync(from[file], own[file]);
  return { folder, port: await freePort(), ...own };
}

/** Writes a file into the folder of a server, and gives its path. */
export function write({ folder }: Site, name: string, text: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

/** Starts a process, and waits for its port. */
export async function run(place: Site, command: string, parameters: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const log = path.join(place.folder, 'output.log');
  const output = fs.openSync(log, 'w');
  const child = spawn('sh', ['-c', GUARDED, command, command, ...parameters], {
    stdio: ['pipe', output, output],
    detached: true,
    cwd: place.folder,
    env: { ...process.env, HOME: place.folder, XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder, ...env },
  });
  fs.closeSync(output);
  child.unref();
  (child.stdin as net.Socket | null)?.on('error', () => undefined).unref();
  let failure: Error | undefined;
  child.once('error', (error) => { failure = error; });
  for (const until = Date.now() + START_MS; Date.now() < until && child.exitCode === null && !failure; await pause(50)) {
    if (await open(place.port)) return { end: () => end(child) };
  }
  await end(child);
  throw failure ?? new Error(`${command} did not open port ${place.port}: ${fs.readFileSync(log, 'utf8').slice(-800)}`);
}

/** The same for a server of this process. */
export async function listen(server: net.Server, { port }: Site, endMore: () => void = () => undefined): Promise<Running> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    end: () => new Promise((resolve) => {
      const timer = setTimeout(resolve, 1000);
      endMore();
      server.close(() => { clearTimeout(timer); resolve(); });
      sockets.forEach((socket) => socket.destroy());
    }),
  };
}

const END_MS = 300;

/** Asked to go, and soon made to. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    child.ref();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => killGroup(child, 'SIGKILL'), END_MS);
      child.once('exit', () => { clearTimeout(timer); resolve(); });
      killGroup(child, 'SIGTERM');
    });
  }
  killGroup(child, 'SIGKILL');
  child.stdin?.destroy();
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function open(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}
