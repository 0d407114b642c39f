// The VS Code extension: which program it runs with what, and its reading of findings.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { city } from './client.mjs';

const extension = fileURLToPath(new URL('../../../editors/vscode', import.meta.url));
const require = createRequire(import.meta.url);
const { TASKS, locate, options } = require(join(extension, 'src/program.js'));
const manifest = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
const program = process.env.KPOLICY;

/** What a task prints and how it ends. */
function run(folder, name, lang, ...words) {
  const env = { ...process.env, KPOLICY_TODAY: '2025-04-01' };
  return spawnSync(program, [...options(folder, lang), ...TASKS[name].args(...words)], { cwd: folder, env, encoding: 'utf8' });
}

test('the program is the one named, else the one packed, else one on the path, never one of the folder', () => {
  const on = (...files) => ({ path: '/usr/bin:.:bin', exists: (file) => files.includes(file) });
  assert.equal(locate('/opt/kpolicy', '/ext', on('/opt/kpolicy', '/usr/bin/kpolicy')), '/opt/kpolicy');
  assert.equal(locate('/opt/kpolicy', '/ext', on('/usr/bin/kpolicy')), undefined);
  assert.equal(locate('kpolicy', '/ext', on('kpolicy')), undefined);
  assert.equal(locate('', '/ext', on('/ext/bin/kpolicy', '/usr/bin/kpolicy')), '/ext/bin/kpolicy');
  assert.equal(locate('', '/ext', on('/usr/bin/kpolicy', 'kpolicy', 'bin/kpolicy')), '/usr/bin/kpolicy');
  assert.equal(locate('', '/ext', on('kpolicy', 'bin/kpolicy')), undefined);
});

test('each finding of the task goes to the problem list at its place, in both languages', () => {
  const folder = city();
  const plan = join(folder, 'departments/2025/somu.yaml');
  writeFileSync(plan, readFileSync(plan, 'utf8').replace(/- 1-2\n/, '- 1-12\n').replace(/^(\s+)kind: output$/m, '$1kind: outputs'));
  const matchers = manifest.contributes.problemMatchers;
  assert.deepEqual(TASKS.check.matchers, matchers.map(({ name }) => `$${name}`));
  for (const lang of ['ja', 'en']) {
    const { stdout, status } = run(folder, 'check', lang);
    assert.equal(status, 1);
    const lines = stdout.trim().split('\n');
    for (const line of lines) {
      const found = matchers.filter(({ pattern }) => new RegExp(pattern.regexp).test(line));
      assert.equal(found.length, 1, line);
    }
    const [, file, number, column, code] = new RegExp(matchers[0].pattern.regexp).exec(lines.find((line) => line.includes('1-12')));
    assert.equal(code, 'K201');
    const shown = readFileSync(join(folder, file), 'utf8').split('\n')[number - 1];
    assert.equal(shown.slice(column - 1), '1-12');
  }
});

test('the other tasks do what they say; a name is never an option', () => {
  const folder = city();
  const plan = join(folder, 'departments/2025/somu.yaml');
  const before = readFileSync(plan, 'utf8');
  writeFileSync(plan, before.replace(/- 1-2\n/, '- １－２\n'));
  assert.equal(run(folder, 'fix', 'ja').status, 0);
  assert.equal(readFileSync(plan, 'utf8'), before);
  assert.equal(run(folder, 'packet', 'ja', '総務部').status, 0);
  assert.equal(readFileSync(join(folder, 'packets/2025/somu-department.pdf')).subarray(0, 5).toString(), '%PDF-');
  const odd = run(folder, 'packet', 'ja', '--help');
  assert.equal(odd.status, 2);
  assert.match(odd.stderr, /--help/);
});

test('the package holds one bundled file and its papers, and nothing of this machine', () => {
  const made = execFileSync(join(extension, 'package'), { encoding: 'utf8' }).trim().split('\n').at(-1);
  const names = execFileSync('unzip', ['-Z1', made], { encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(names.filter((name) => name.startsWith('extension/')).sort(), [
    'extension/LICENSE.txt',
    'extension/dist/extension.js',
    'extension/package.json',
    'extension/readme.md',
  ]);
  const bundle = execFileSync('unzip', ['-p', made, 'extension/dist/extension.js'], { encoding: 'utf8', maxBuffer: 1 << 24 });
  assert.ok(!bundle.includes(extension), 'a path of this machine is in the bundle');
  assert.match(bundle, /require\("vscode"\)/);
});
