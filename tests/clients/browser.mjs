// Cities to look at, and a browser that tells everything that goes wrong in it.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const top = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'kpolicy-clients-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Copies a city, changes files of it (path, what becomes of the text), and returns its folder. */
export function city(name, from, changes) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  for (const part of ['policy', 'departments']) cpSync(join(top, from, part), join(folder, part), { recursive: true });
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path);
    const text = change && change(readFileSync(file, 'utf8'));
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
  }
  return folder;
}

/** The shipped city with a plan missing, one that cannot be read, and answers taken out. */
export const gappy = () => {
  const without = (...ids) => (text) => text.replace(new RegExp(`^ +- (${ids.join('|')})(-[a-z])?\n`, 'gm'), '');
  return city('gappy', '.', {
    'departments/2025/kaikei.yaml': () => null,
    'departments/2025/kyoiku.yaml': () => 'status: [\n',
    'departments/2025/somu.yaml': without('3-6', '1-5'),
    'departments/2025/kenko.yaml': without('3-4'),
  });
};

/** Writes the page of a city; returns its address. */
export function page(folder, lang = 'ja') {
  const file = join(folder, `report-${lang}.html`);
  const env = { ...process.env, KPOLICY_TODAY: '2025-04-01' };
  execFileSync(process.env.KPOLICY, ['-C', folder, '--lang', lang, 'report', '-o', file], { stdio: 'pipe', env });
  return pathToFileURL(file).href;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** Opens an address. `wrong` gathers requests, errors and dialogs. */
export async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
  const tab = await context.newPage();
  const wrong = [];
  tab.on('request', (request) => { if (!request.url().startsWith('file:')) wrong.push(`request ${request.url()}`); });
  tab.on('console', (message) => wrong.push(`console ${message.text()}`));
  tab.on('pageerror', (error) => wrong.push(`error ${error.message}`));
  tab.on('dialog', (dialog) => { wrong.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  await tab.goto(address);
  return { tab, wrong, close: () => context.close() };
}

export const shut = () => browser.close();
