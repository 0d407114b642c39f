// The VS Code extension as it is packed, run: what it starts, offers, says, and ends.

import assert from 'node:assert/strict';
import processes, { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { city } from './client.mjs';
import { document, editor } from './vscode.mjs';

const extension = fileURLToPath(new URL('../../../editors/vscode', import.meta.url));
execFileSync(join(extension, 'package'), { stdio: 'pipe' });
const bundle = join(extension, 'dist/extension.js');
const program = process.env.KPOLICY;
const require = createRequire(import.meta.url);

/** Every process that the extension started, and every connection that anything asked for. */
const started = [];
const connections = [];
const spawn = processes.spawn;
processes.spawn = (command, args, options) => {
  const child = spawn(command, args, options);
  started.push({ command, args, options, child, ended: new Promise((resolve) => child.on('close', resolve).on('error', resolve)) });
  return child;
};
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...to) {
  connections.push(to);
  return connect.apply(this, to);
};
syncBuiltinESMExports();
after(() => assert.deepEqual(connections, [], 'it asked for the network'));

/** The extension in an editor of our own, begun. */
async function begun(options) {
  const one = editor(options);
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? one.vscode : load(name, ...rest));
  delete require.cache[bundle];
  started.length = 0;
  one.extension = require(bundle);
  one.context = { extensionPath: extension, subscriptions: [] };
  await one.extension.activate(one.context);
  return one;
}

/** Waits until something holds. */
async function until(holds, what) {
  for (let turn = 0; turn < 400; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`it never came to this: ${what}`);
}

/** The search path without kpolicy. */
async function without(run) {
  const { PATH } = process.env;
  process.env.PATH = PATH.split(delimiter).filter((folder) => !folder.includes('target')).join(delimiter);
  try {
    await run();
  } finally {
    process.env.PATH = PATH;
  }
}

test('it starts the server in the folder, shows its findings, and ends it', async () => {
  const folder = city();
  const plan = join(folder, 'departments/2025/somu.yaml');
  const text = readFileSync(plan, 'utf8').replace(/- 1-2\n/, '- 1-12\n');
  const { extension: running, seen } = await begun({ folders: [folder], settings: { 'kpolicy.path': program }, documents: [document(plan, text)] });
  assert.equal(started.length, 1);
  const [{ command, args, options, child, ended }] = started;
  assert.equal(command, program);
  assert.deepEqual(args.slice(0, 3), ['-C', folder, 'lsp']);
  assert.equal(options.cwd, folder);
  assert.notEqual(options.shell, true);
  await until(() => seen.diagnostics.size > 0 || seen.messages.length > 0, 'findings are shown');
  assert.deepEqual(seen.messages, []);
  const [[uri, found]] = [...seen.diagnostics];
  assert.match(uri, /somu\.yaml$/);
  const unknown = found.find(({ message }) => message.includes('1-12'));
  assert.equal(text.split('\n')[unknown.range.start.line].slice(unknown.range.start.character, unknown.range.end.character), '1-12');
  await running.deactivate();
  assert.equal(await ended, 0);
  assert.equal(child.exitCode, 0);
  assert.deepEqual(seen.messages, []);
});

test('the three tasks are offered and run; what is not saved is saved first', async () => {
  const folder = city();
  const { extension: running, seen } = await begun({ folders: [folder], settings: { 'kpolicy.path': program, 'kpolicy.lang': 'ja' }, answers: { input: '総務部' } });
  const offered = seen.providers.get('kpolicy').provideTasks();
  assert.deepEqual(offered.map(({ name }) => name), ['点検する', '直せるものを直す', '面談資料を作る']);
  assert.equal(offered[0].group, 'build');
  assert.deepEqual([...seen.commands.keys()].sort(), ['check', 'fix', 'packet', 'restart'].map((name) => `kpolicy.${name}`));
  for (const name of ['check', 'fix', 'packet']) await seen.commands.get(`kpolicy.${name}`)();
  assert.equal(seen.saved, 3);
  assert.equal(seen.tasks.length, 3);
  for (const { execution } of seen.tasks) {
    const { status, stderr } = spawnSync(execution.process, execution.args, { cwd: execution.options.cwd, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }
  assert.equal(readFileSync(join(folder, 'packets/2025/somu-department.pdf')).subarray(0, 5).toString(), '%PDF-');
  const again = seen.providers.get('kpolicy').resolveTask({ definition: { type: 'kpolicy', task: 'packet', department: '総務部' }, scope: offered[0].scope });
  assert.deepEqual(again.execution.args, seen.tasks[2].execution.args);
  await running.deactivate();
});

test('without a program, one message in Japanese says what to do; the setting mends it', () =>
  without(async () => {
    const folder = city();
    const missing = join(folder, 'kpolicy.exe');
    for (const [path, said] of [['', /^kpolicy が見つかりません。/], [missing, /ファイルがありません。/]]) {
      const one = await begun({ folders: [folder], settings: { 'kpolicy.path': path } });
      assert.equal(started.length, 0);
      assert.equal(one.seen.messages.length, 1);
      const [{ level, message }] = one.seen.messages;
      assert.equal(level, 'error');
      assert.match(message, said);
      assert.match(message, /設定 kpolicy\.path に.*書いてください。$/);
      assert.deepEqual(one.seen.providers.get('kpolicy').provideTasks(), []);
      one.settings['kpolicy.path'] = program;
      one.fire('kpolicy.path');
      await until(() => started.length === 1, 'the server is started');
      await one.extension.deactivate();
      assert.equal(await started[0].ended, 0);
      assert.equal(one.seen.messages.length, 1);
    }
  }));

test('a program that is none is told once, in Japanese', async () => {
  const folder = city();
  const odd = join(folder, 'kpolicy');
  for (const [words, mode] of [['#!/bin/sh\nexit 3\n', 0o755], ['no program', 0o644]]) {
    writeFileSync(odd, words);
    chmodSync(odd, mode);
    const { extension: running, seen } = await begun({ folders: [folder], settings: { 'kpolicy.path': odd } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(seen.messages.length, 1, JSON.stringify(seen.messages));
    assert.match(seen.messages[0].message, /^入力補助を始められませんでした。/);
    await running.deactivate();
  }
});

test('a server that stops again and again is given up with one message, and begun anew when asked', async () => {
  const folder = city();
  const odd = join(folder, 'kpolicy');
  const answer = JSON.stringify({ jsonrpc: '2.0', id: 0, result: { capabilities: {} } });
  writeFileSync(odd, `#!/bin/sh\nprintf 'Content-Length: ${answer.length}\\r\\n\\r\\n${answer}'\nsleep 0.2\n`);
  chmodSync(odd, 0o755);
  const one = await begun({ folders: [folder], settings: { 'kpolicy.path': odd } });
  await until(() => one.seen.messages.length > 0, 'it is given up');
  assert.equal(started.length, 3);
  assert.match(one.seen.messages[0].message, /^入力補助が続けて止まりました。.*「kpolicy: 入力補助を始め直す」/);
  one.settings['kpolicy.path'] = program;
  const again = one.seen.commands.get('kpolicy.restart');
  await Promise.all([again(), again()]);
  assert.ok(started.length > 3);
  await one.extension.deactivate();
  for (const { ended } of started) await ended;
  assert.equal(one.seen.messages.length, 1, JSON.stringify(one.seen.messages));
});

test('a folder that is no city is left alone, and one of the folder is never run', () =>
  without(async () => {
    const folder = city();
    const other = join(folder, 'packets');
    mkdirSync(other);
    writeFileSync(join(folder, 'kpolicy'), '#!/bin/sh\ntouch run\n');
    chmodSync(join(folder, 'kpolicy'), 0o755);
    const alone = await begun({ folders: [other] });
    assert.deepEqual([started.length, alone.seen.messages.length], [0, 0]);
    await alone.seen.commands.get('kpolicy.check')();
    assert.match(alone.seen.messages[0].message, /policy と departments のあるフォルダーを開いてください/);
    const city_ = await begun({ folders: [folder] });
    assert.deepEqual([started.length, city_.seen.messages.length], [0, 1]);
    await city_.extension.deactivate();
  }));
