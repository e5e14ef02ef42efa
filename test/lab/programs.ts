// Server programs of Debian, started on a free port of this machine with the least configuration that serves a page. A program
// that is absent is named with the command that installs it; each is ended with the test that started it.

import { ChildProcess, spawn, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as net from 'net';
import * as os from 'os';
import * as path from 'path';
import { PresetId } from '../../src/protocol';

const START_MS = 8000;

export interface Program {
  readonly preset: PresetId;
  readonly command: string;
  /** The Debian packages that bring it. */
  readonly packages: string;
  /** Writes what it needs into the folder, and gives the arguments. */
  readonly set: (folder: string, port: number) => string[];
}

const write = (folder: string, name: string, text: string): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};

export const PROGRAMS: readonly Program[] = [
  {
    preset: 'nginx',
    command: 'nginx',
    packages: 'nginx-light',
    set: (folder, port) => ['-e', 'stderr', '-p', folder, '-c', write(folder, 'nginx.conf', [
      'daemon off; master_process off; error_log stderr;', `pid ${folder}/nginx.pid;`, 'events {}', 'http { access_log off;',
      ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`),
      `server { listen 127.0.0.1:${port}; location / { return 200 "ok"; } } }`,
    ].join('\n'))],
  },
  {
    preset: 'apache',
    command: 'apache2',
    packages: 'apache2',
    set: (folder, port) => {
      write(folder, 'index.html', 'ok');
      return ['-X', '-f', write(folder, 'httpd.conf', [
        `ServerRoot ${folder}`, 'ServerName localhost', `PidFile ${folder}/pid`, `DefaultRuntimeDir ${folder}`, `Listen 127.0.0.1:${port}`, `ErrorLog ${folder}/error.log`,
        ...['mpm_event', 'authz_core', 'dir'].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
        `DocumentRoot ${folder}`, 'DirectoryIndex index.html', `<Directory ${folder}>`, 'Require all granted', '</Directory>',
      ].join('\n'))];
    },
  },
  {
    preset: 'gunicorn',
    command: 'gunicorn',
    packages: 'gunicorn',
    set: (folder, port) => {
      write(folder, 'app.py', "def app(environ, start):\n    start('200 OK', [('Content-Length', '2')])\n    return [b'ok']\n");
      return ['--chdir', folder, '--bind', `127.0.0.1:${port}`, '--workers', '1', '--worker-tmp-dir', folder, 'app:app'];
    },
  },
  {
    preset: 'caddy',
    command: 'caddy',
    packages: 'caddy',
    set: (folder, port) => ['run', '--adapter', 'caddyfile', '--config', write(folder, 'Caddyfile', [
      '{', 'admin off', 'auto_https off', `storage file_system ${folder}`, '}', `http://127.0.0.1:${port} {`, 'respond "ok"', '}',
    ].join('\n'))],
  },
];

/** Whether the program is here; if not, how to get it goes to the screen. */
export function present({ command, packages, preset }: Program): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
  if (!found) console.warn(`${command} is not installed, so the preset ${preset} was not tried. Install it with: apt-get install -y ${packages}`);
  return found;
}

export interface Running {
  readonly port: number;
  end(): Promise<void>;
}

/** Starts a program and waits until its port is open. */
export async function start(program: Program): Promise<Running> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `handshake-${program.preset}-`));
  fs.chmodSync(folder, 0o755); // a server that gives up root has to read it
  const port = await freePort();
  const child = spawn(program.command, program.set(folder, port), { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
  let said = '';
  child.stderr!.on('data', (data) => { said += data; });
  const end = () => ended(child, folder);
  for (const until = Date.now() + START_MS; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (child.exitCode !== null) break;
    if (await open(port)) return { port, end };
  }
  await end();
  throw new Error(`${program.command} did not open port ${port}: ${said.slice(-500)}`);
}

function ended(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve) => {
    const done = () => { fs.rmSync(folder, { recursive: true, force: true }); resolve(); };
    if (child.exitCode !== null) return done();
    child.once('exit', done);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 3000).unref();
  });
}

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
