// The answers as a page, in a real browser: what others wrote into logs is shown and does nothing.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { pathToFileURL } from 'url';
import { Browser, chromium } from 'playwright-core';
import { main } from '../../src/cli/main';
import { albLines } from '../bench/generate-alb-logs';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const present = existsSync(CHROMIUM);
if (!present) console.warn(`the page was not looked at in a browser: ${CHROMIUM} is missing; apt-get install chromium`);

const folder = mkdtempSync(join(tmpdir(), 'handshake-logs-html-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HOSTILE = '<img src=x onerror=document.title=1><script>document.title=2</script>';

async function pageOf(...args: string[]): Promise<string> {
  const log = join(folder, 'alb.log');
  const hostile = albLines(1)[0].replace(/https:\/\/shop\.example\.com:443\/\S*/, `https://shop.example.com:443/${HOSTILE.replace(/ /g, '%20')}</td>`).replace(/" "[^"]*" (?=\S+ TLS)/, `" "${HOSTILE}/1.0" `);
  writeFileSync(log, albLines(3000).join('') + hostile + 'not a line of a log\n');
  const output = join(folder, 'logs.html');
  const silent = { write: () => true } as unknown as NodeJS.WriteStream;
  expect(await main(['logs', log, '--format', 'html', '--output', output, ...args], silent, silent)).toBe(0);
  return output;
}

(present ? describe : describe.skip)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => { browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS }); }, 60_000);
  afterAll(() => browser.close());

  async function seen(file: string, colorScheme: 'light' | 'dark' = 'light') {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 1600 } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text())).on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => { if (!request.url().startsWith('file:')) said.push(request.url()); });
    await page.goto(pathToFileURL(file).href);
    const text = await page.evaluate('document.body.innerText') as string;
    return { title: await page.title(), text, said };
  }

  test('everything that the text says, and nothing is loaded or run', async () => {
    const { title, text, said } = await seen(await pageOf());
    expect({ title, said }).toEqual({ title: 'cdk-handshake: who calls, and who fails', said: [] });
    for (const heading of ['Who breaks if the lowest version is TLS 1.2', 'What did not get through', 'Outdated clients', 'Clients by user agent family', 'Protocols', 'Statuses', 'Paths', 'What could not be read']) expect(text).toContain(heading);
    expect(text).toMatch(/3,001\s*requests/);
    expect(text).toMatch(/1 line not understood/);
    expect(text).toContain('<script>document.title=2</script>');
    expect(text).toMatch(/Chrome\s+[\d,]+\s+\d+\.\d\d%/);
  }, 60_000);

  test('one question alone, in the dark', async () => {
    const { text, said } = await seen(await pageOf('--breaks-if', 'tls1.3'), 'dark');
    expect(said).toEqual([]);
    expect(text).toContain('Who breaks if the lowest version is TLS 1.3');
    expect(text).not.toContain('Statuses');
  }, 60_000);
});

test('a log of another kind', async () => {
  const file = join(folder, 'other.log');
  writeFileSync(file, 'hello\n');
  let out = '';
  const code = await main(['logs', file, '--format', 'html'], { write: (text: string) => { out += text; } } as unknown as NodeJS.WriteStream, { write: () => true } as unknown as NodeJS.WriteStream);
  expect(code).toBe(0);
  expect(out).toContain('No line is of a format that is known.');
});
