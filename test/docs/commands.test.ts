// Every command of the documents is run, in a folder like the reader's (shelf.ts), and ends as the document says; where the document shows what
// is printed, that is printed. Names under example.com lead to an endpoint on loopback. What cannot be run says so in a marker above its block;
// a command that is neither known here nor marked fails. Commands of this project itself are only looked up: CI runs them.

import { spawn, spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Command, commandsOf, isCommands, isShown } from './commands';
import { Block, blocksOf, DOCUMENTS, ROOT } from './markdown';
import { endpoint, Ran, run, Shelf } from './shelf';
import { Authority } from '../probe/authority';
import { endAll } from '../probe/started';

const BLOCKS = DOCUMENTS.flatMap(blocksOf).filter(({ marker }) => !marker?.startsWith('not run: '));
const OURS = (command: Command) => /^(npx )?cdk-handshake /.test(`${command.words.join(' ')} `);
const COMMANDS = [...BLOCKS.filter(isCommands), ...BLOCKS.filter(configures)].flatMap(commandsOf);

/** Whether a block configures a CI system. */
function configures({ language, code }: Block): boolean {
  return ['yaml', 'groovy', 'json'].includes(language) && code.includes('cdk-handshake ');
}

const authority = new Authority('Example CA');
const shelf = new Shelf();
let port: number;
const folders = new Map<string, string>();

beforeAll(async () => {
  port = await endpoint(authority);
});
afterAll(async () => {
  await endAll();
  authority.end();
  shelf.end();
});

/** One folder a document, so that a command finds what the one before it wrote. */
function folderOf(document: string): string {
  const folder = folders.get(document) ?? shelf.copy(document);
  folders.set(document, folder);
  return folder;
}

/** The arguments with the endpoint on loopback for every name under example.com. */
function toLoopback(words: readonly string[]): string[] {
  if (words[0] !== 'probe' || words.includes('--help')) return [...words];
  const address = words.indexOf('--address');
  const rest = address < 0 ? words : words.filter((_, index) => index !== address && index !== address + 1);
  return [...rest.map((word) => word.replace(/^(\w+):\/\/[\w.-]*example\.com(:\d+)?/, (_, scheme) => `${scheme}://shop.example.com:${port}`)), '--address', '127.0.0.1', '--insecure'];
}

describe('cdk-handshake', () => {
  test.each(COMMANDS.filter(OURS).map((command): [string, Command] => [command.name, command]))('%s', async (_, { words, document, exitCode, prints }) => {
    const args = words.slice(words.indexOf('cdk-handshake') + 1);
    const ran = await run(toLoopback(args), folderOf(document));
    const fine = exitCode === undefined ? [0, 1] : [exitCode];
    if (!fine.includes(ran.status)) throw new Error(`ends with ${ran.status}, and should with ${fine.join(' or ')}\n${ran.stderr}${ran.stdout}`);
    if (prints !== undefined && !isShown(prints, ran.stdout)) expect(ran.stdout).toBe(prints);
  }, 120_000);
});

const scripts: Record<string, string> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
const tests = spawnSync('git', ['ls-files', 'test', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).stdout.split('\n').filter((file) => file.endsWith('.test.ts'));

/** Commands of this project: whether there is such a thing. */
const PROJECT: readonly [RegExp, (name: string) => boolean][] = [
  [/^npm (ci|test|pack)$/, () => true],
  [/^npm run (\S+)( -- .*)?$/, (name) => name in scripts],
  [/^npx projen (\S+)/, (name) => name in scripts],
  [/^npx projen$/, () => true],
  [/^npx jest (\S+)/, (name) => tests.some((file) => file.includes(name))],
  [/^npx ts-node -P tsconfig\.dev\.json (\S+)/, (name) => existsSync(join(ROOT, name))],
];

/** Programs that the reader's machine has, and what is asked of the endpoint instead. */
const PROGRAMS: Record<string, (words: readonly string[]) => string[]> = {
  curl: (words) => ['--cacert', authority.file, '--max-time', '10', ...words.map((word) => word.replace(/^https:\/\/shop\.example\.com/, `https://shop.example.com:${port}`)), '--connect-to', `shop.example.com:${port}:127.0.0.1:${port}`],
  openssl: (words) => words.map((word) => word.replace(/^shop\.example\.com:443$/, `127.0.0.1:${port}`)),
};

describe('others', () => {
  test.each(COMMANDS.filter((command) => !OURS(command)).map((command): [string, Command] => [command.name, command]))('%s', async (_, command) => {
    const line = command.words.join(' ');
    const project = PROJECT.find(([pattern]) => pattern.test(line));
    if (project) return expect(project[1](project[0].exec(line)![1])).toBe(true);
    if (/^(npx )?cdk synth/.test(line)) return expect(synth(command)).toMatchObject({ status: command.exitCode });
    const [program, ...words] = command.words;
    if (!(program in PROGRAMS)) throw new Error(`"${line}" cannot be run by this test; put <!-- not run: why --> above its block, or teach the test`);
    const status = await asked(program, PROGRAMS[program](words));
    if (status === undefined) return console.warn(`${program} is not installed, so "${line}" of ${command.document} was not run`);
    return expect(status).toBe(command.exitCode);
  }, 120_000);
});

/** The real CDK CLI on the accepted example. */
function synth({ words }: Command): Pick<Ran, 'status'> {
  const cdk = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const output = mkdtempSync(join(tmpdir(), 'handshake-docs-synth-'));
  const { status } = spawnSync(process.execPath, [cdk, ...words.slice(words.indexOf('cdk') + 1), '-q', '--no-notices', '--output', output], {
    cwd: join(ROOT, 'examples', 'accepted'), encoding: 'utf8', env: { ...process.env, NODE_ENV: '', JEST_WORKER_ID: '', CDK_DISABLE_VERSION_CHECK: '1', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  return { status: status ?? -1 };
}

/** Not spawnSync: the endpoint answers in this process. */
function asked(program: string, words: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'ignore'], cwd: folderOf('programs') });
    child.once('error', () => resolve(undefined)).once('close', (code) => resolve(code ?? -1));
  });
}

test('what a document leaves out is told from what is wrong', () => {
  expect(isShown('a\n…\nd', 'a\nb\nc\nd\n')).toBe(true);
  expect(isShown('a … d', 'a b c d')).toBe(true);
  expect(isShown('a\nd', 'a\nb\nd')).toBe(false);
  expect(isShown('a.c', 'abc')).toBe(false);
});

test('commands of all kinds were found', () => {
  const first = new Set(COMMANDS.filter(OURS).map(({ words }) => words[words.indexOf('cdk-handshake') + 1]));
  expect([...first]).toEqual(expect.arrayContaining(['check', 'paths', 'probe', 'logs', 'diff', 'what-if', 'baseline', 'acknowledgements', 'explain', 'rules']));
});
