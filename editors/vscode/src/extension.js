// Starts `kpolicy lsp` for each folder that is a city, and offers the three tasks.

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');
const { Client } = require('./client.js');
const { TASKS, locate, options } = require('./program.js');

/** The client of each folder, by the folder's address. */
const clients = new Map();
let extensionFolder;

/** True for a folder that holds a city. */
function isCity(folder) {
  const has = (name) => existsSync(join(folder.uri.fsPath, name));
  return folder.uri.scheme === 'file' && has('policy') && has('departments');
}

const cities = () => (vscode.workspace.workspaceFolders ?? []).filter(isCity);

function settings(folder) {
  const values = vscode.workspace.getConfiguration('kpolicy', folder.uri);
  return { path: values.get('path', ''), lang: values.get('lang', '') };
}

/** The program for a folder; says what to do where there is none. */
async function program(folder) {
  const { path } = settings(folder);
  const found = locate(path, extensionFolder);
  if (found) return found;
  const why = path ? `設定 kpolicy.path の「${path}」にファイルがありません。` : 'kpolicy が見つかりません。';
  const open = '設定を開く';
  const answer = await vscode.window.showErrorMessage(
    `${why}kpolicy（kpolicy.exe）を置いた場所を、設定 kpolicy.path に最初から（C:\\ などから）書いてください。`,
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'kpolicy.path');
  return undefined;
}

async function start(folder) {
  const key = folder.uri.toString();
  if (clients.has(key)) return;
  // Noted before the wait: two events at once must not start two servers.
  clients.set(key, undefined);
  const command = await program(folder);
  if (!command) {
    clients.delete(key);
    return;
  }
  const root = folder.uri.fsPath;
  const run = { command, args: [...options(root, settings(folder).lang), 'lsp'], options: { cwd: root } };
  const client = new Client(`kpolicy（${folder.name}）`, run, {
    documentSelector: ['policy', 'departments'].map((part) => ({
      scheme: 'file',
      language: 'yaml',
      pattern: new vscode.RelativePattern(folder, `${part}/**/*.{yaml,yml}`),
    })),
    workspaceFolder: folder,
    diagnosticCollectionName: `kpolicy-${folder.index}`,
  }, () =>
    vscode.window.showErrorMessage(
      '入力補助が続けて止まりました。コマンド「kpolicy: 入力補助を始め直す」でもう一度始められます。コマンド「kpolicy: 点検する」は使えます。',
    ),
  );
  clients.set(key, client);
  try {
    await client.start();
  } catch (error) {
    clients.delete(key);
    await vscode.window.showErrorMessage(
      `入力補助を始められませんでした。「${command}」が kpolicy かを確かめ、違うときは設定 kpolicy.path に kpolicy（kpolicy.exe）の場所を書いてください。（${error.message ?? error}）`,
    );
  }
}

async function stop(key) {
  const client = clients.get(key);
  clients.delete(key);
  await client?.end();
}

/** A task as it is run. */
function task(folder, command, name, department) {
  const { title, args, matchers } = TASKS[name];
  const run = new vscode.ProcessExecution(command, [...options(folder.uri.fsPath, settings(folder).lang), ...args(department)], {
    cwd: folder.uri.fsPath,
  });
  const definition = { type: 'kpolicy', task: name, ...(department ? { department } : {}) };
  const made = new vscode.Task(definition, folder, title, 'kpolicy', run, matchers);
  if (name === 'check') made.group = vscode.TaskGroup.Build;
  return made;
}

/** The folder that a command means: that of the file in front, else the only one, else asked. */
async function pick() {
  const file = vscode.window.activeTextEditor?.document.uri;
  const own = file && vscode.workspace.getWorkspaceFolder(file);
  if (own && isCity(own)) return own;
  const all = cities();
  if (all.length > 1) return vscode.window.showWorkspaceFolderPick({ placeHolder: 'どの市のフォルダーですか' });
  if (all.length === 0)
    await vscode.window.showWarningMessage('policy と departments のあるフォルダーを開いてください（ファイル > フォルダーを開く）。');
  return all[0];
}

async function runTask(name) {
  const folder = await pick();
  if (!folder) return;
  let department;
  if (name === 'packet') {
    department = await vscode.window.showInputBox({
      title: '面談資料を作る',
      prompt: '部の名称か記号（例 総務部、somu）。空欄なら全ての部の資料を作ります。',
    });
    if (department === undefined) return;
  }
  // What is not saved would not be checked.
  await vscode.workspace.saveAll(false);
  const command = await program(folder);
  if (command) await vscode.tasks.executeTask(task(folder, command, name, department?.trim()));
}

const tasks = {
  // Both are asked for in passing: where there is no program, nothing is offered and nothing said.
  provideTasks() {
    return cities().flatMap((folder) => {
      const command = locate(settings(folder).path, extensionFolder);
      return command ? Object.keys(TASKS).map((name) => task(folder, command, name)) : [];
    });
  },
  resolveTask({ definition, scope }) {
    const folder = scope?.uri ? scope : cities()[0];
    const command = folder && TASKS[definition.task] && locate(settings(folder).path, extensionFolder);
    return command ? task(folder, command, definition.task, definition.department) : undefined;
  },
};

async function activate(context) {
  extensionFolder = context.extensionPath;
  for (const name of Object.keys(TASKS))
    context.subscriptions.push(vscode.commands.registerCommand(`kpolicy.${name}`, () => runTask(name)));
  const restart = async () => {
    for (const key of [...clients.keys()]) await stop(key);
    for (const folder of cities()) await start(folder);
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('kpolicy.restart', restart),
    vscode.tasks.registerTaskProvider('kpolicy', tasks),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('kpolicy') && restart()),
    vscode.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
      for (const folder of removed) await stop(folder.uri.toString());
      for (const folder of added.filter(isCity)) await start(folder);
    }),
  );
  for (const folder of cities()) await start(folder);
}

async function deactivate() {
  for (const key of [...clients.keys()]) await stop(key);
}

module.exports = { activate, deactivate };
