// The page in a real browser: nothing that a template says runs or breaks it, nothing is loaded, and the filters work by keyboard.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { pathToFileURL } from 'url';
import { Browser, chromium, Page } from 'playwright-core';
import { HOSTILE, large, reportOf, template } from './samples';
import { render } from '../../src/report';
import { COLOURS } from '../../src/report/html/style';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const present = existsSync(CHROMIUM);
if (!present) console.warn(`the page was not looked at in a browser: ${CHROMIUM} is missing; apt-get install chromium`);

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['light', 'dark'] as const)('text can be read: %s', (scheme) => {
  const colours = COLOURS[scheme];
  for (const text of ['text', 'muted', 'accent'] as const) {
    for (const ground of ['ground', 'surface', 'raised'] as const) expect(contrast(colours[text], colours[ground])).toBeGreaterThanOrEqual(4.5);
  }
  for (const kind of ['error', 'warning', 'info', 'good'] as const) {
    expect(contrast(colours[kind], colours[`${kind}Ground`])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours[kind], colours.surface)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours.text, colours[`${kind}Ground`])).toBeGreaterThanOrEqual(4.5);
  }
});

test('10,000 paths are bounded, and what is left out is said', () => {
  const text = render(large(10_000), 'html');
  expect(text.length).toBeLessThan(8_000_000);
  expect(text).toMatch(/[\d,]+ more paths are left out here/);
  expect(text).toMatch(/[\d,]+ more findings are left out here/);
  expect(text).toMatch(/[\d,]+ more pictures are left out here/);
});

(present ? describe : describe.skip)('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  let browser: Browser;
  beforeAll(async () => { browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS }); }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  interface Opened { readonly page: Page; readonly said: string[]; readonly asked: string[] }

  async function open(text: string, options: object = {}): Promise<Opened> {
    const file = join(folder, 'report.html');
    writeFileSync(file, text);
    const page = await browser.newPage(options);
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => { said.push(dialog.message()); void dialog.dismiss(); });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, said, asked: asked.slice(1) };
  }

  test('hostile names are text and nothing else', async () => {
    const { page, said, asked } = await open(render(reportOf(template('', HOSTILE), `${HOSTILE}.json`, HOSTILE), 'html'));
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('[data-item=path]').count()).toBe(2);
    expect(await page.locator('svg.picture').first().textContent()).toContain('</script>');
    expect({ said, asked }).toEqual({ said: [], asked: [] });
    await page.close();
  }, 60_000);

  test('the policy stops a script that is put in', async () => {
    const { page, said } = await open(render(reportOf(template()), 'html').replace('</main>', '<script>window.hacked=1</script></main>'));
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(said.join()).toContain('Content Security Policy');
    await page.close();
  }, 60_000);

  test('the picture shows legs and the hop that fails; the table the outcomes', async () => {
    const { page } = await open(render(reportOf(template()), 'html'));
    const drawn = page.locator('svg.picture').first();
    expect(await drawn.locator('.failing').textContent()).toContain('464: http/1.1');
    expect(await drawn.textContent()).toContain('HTTP/2, TLS 1.3');
    expect(await drawn.locator('.server').textContent()).toContain('served: h2');
    // No text sticks out of its box.
    const out = await page.evaluate('[...document.querySelectorAll(\'svg.picture g\')].filter((box) => [...box.querySelectorAll(\'text\')].some((text) => text.getBBox().width + 13 > box.querySelector(\'rect\').getBBox().width)).length');
    expect(out).toBe(0);
    expect(await page.locator('td[data-cell="http/1.1"]').first().textContent()).toBe('464');
    await page.close();
  }, 60_000);

  test('filters work by keyboard', async () => {
    const { page, said } = await open(render(reportOf(template()), 'html'));
    const shown = (item: string) => page.locator(`[data-item=${item}]:not([hidden])`).count();
    const all = await shown('finding');
    expect(all).toBeGreaterThan(1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Tab'); // the link of the header is in the footer: the filters come next
    expect(await page.evaluate('document.activeElement.name')).toBe('text');
    await page.keyboard.type('takes only HTTP/2');
    expect(await shown('finding')).toBe(1);
    expect(await page.locator('[data-status]').textContent()).toMatch(/^1 finding, /);
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.locator('select[name=client]').focus();
    await page.keyboard.type('health');
    await page.keyboard.press('Enter');
    expect(await shown('path')).toBe(1);
    await page.locator('button[type=reset]').focus();
    await page.keyboard.press('Enter');
    await page.locator('input[value=error]').focus();
    await page.keyboard.press('Space');
    expect(await shown('finding')).toBe(all - 1);
    await page.locator('details.finding:not([hidden]) > summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details.finding[open]').count()).toBe(1);
    expect(said).toEqual([]);
    await page.close();
  }, 60_000);

  test.each(['light', 'dark'] as const)('follows the colour scheme: %s', async (colorScheme) => {
    const { page } = await open(render(reportOf(template()), 'html'), { colorScheme });
    const [, red, green, blue] = /rgb\((\d+), (\d+), (\d+)\)/.exec(await page.evaluate('getComputedStyle(document.body).backgroundColor'))!;
    expect(`#${[red, green, blue].map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`).toBe(COLOURS[colorScheme].ground);
    await page.close();
  }, 60_000);

  test('without script everything is there, and no filters', async () => {
    const { page } = await open(render(reportOf(template()), 'html'), { javaScriptEnabled: false });
    expect(await page.locator('form.filters').isVisible()).toBe(false);
    expect(await page.locator('[data-item=finding]').first().isVisible()).toBe(true);
    expect(await page.locator('svg.picture').first().isVisible()).toBe(true);
    await page.close();
  }, 60_000);
});
