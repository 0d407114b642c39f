// A language client over stdio, and a copy of the shipped city to write in.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from 'vscode-jsonrpc/node.js';

const top = fileURLToPath(new URL('../../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'kpolicy-editor-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** The shipped city in a folder whose name an editor must escape. */
export function city() {
  const folder = mkdtempSync(join(scratch, '国分寺 市-'));
  for (const part of ['policy', 'departments', 'schemas']) cpSync(join(top, part), join(folder, part), { recursive: true });
  return folder;
}

/** A server and the editor in front of it. */
export class Editor {
  constructor(command, args, folder, settings = {}) {
    this.folder = folder;
    this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], cwd: folder });
    this.exited = new Promise((resolve) => this.process.on('exit', resolve));
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.diagnostics = new Map();
    this.waiting = [];
    this.versions = new Map();
    this.connection.onNotification('textDocument/publishDiagnostics', (message) => {
      this.diagnostics.set(message.uri, message);
      this.waiting = this.waiting.filter((wait) => !wait(message));
    });
    this.connection.onRequest('workspace/configuration', ({ items }) => items.map(({ section }) => settings[section] ?? null));
    for (const method of ['client/registerCapability', 'client/unregisterCapability', 'window/workDoneProgress/create'])
      this.connection.onRequest(method, () => null);
    this.connection.onRequest('custom/schema/request', () => []);
    this.connection.onRequest('workspace/codeLens/refresh', () => null);
    this.connection.onRequest('workspace/inlayHint/refresh', () => null);
    this.connection.listen();
  }

  async start(capabilities = {}, more = {}) {
    const uri = pathToFileURL(this.folder).href;
    this.answer = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      locale: 'ja',
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'city' }],
      capabilities,
      ...more,
    });
    await this.connection.sendNotification('initialized', {});
    return this.answer;
  }

  uri(path) {
    return pathToFileURL(join(this.folder, path)).href;
  }

  read(path) {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Opens a file, or shows another text of it; returns what is marked in it. */
  async show(path, text = this.read(path)) {
    const uri = this.uri(path);
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    const marked = this.marked(uri, version);
    if (version === 1) {
      await this.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'yaml', version, text },
      });
    } else {
      await this.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    }
    return marked;
  }

  /** The next diagnostics of a file, or a failure after a while. */
  marked(uri, version) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing was said about ${uri}`)), 20_000);
      this.waiting.push((message) => {
        if (message.uri !== uri || (message.version !== undefined && message.version < version)) return false;
        clearTimeout(timer);
        resolve(message.diagnostics);
        return true;
      });
    });
  }

  /** Asks about a position: the `^` in a text that is shown, without it. */
  async at(path, marked, method, more = {}) {
    const offset = marked.indexOf('^');
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    await this.show(path, text);
    const before = text.slice(0, offset);
    const position = { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
    return this.ask(method, { textDocument: { uri: this.uri(path) }, position, ...more });
  }

  ask(method, params) {
    return this.connection.sendRequest(method, params);
  }

  /** Ends by the book; returns the exit code. */
  async stop() {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await this.exited;
    this.connection.dispose();
    return code;
  }
}

/** The words of a hover or of a completion's documentation. */
export const words = (content) => (typeof content === 'string' ? content : (content?.value ?? ''));

/** The text that a diagnostic or edit covers. */
export function covered(text, { start, end }) {
  const lines = text.split('\n');
  if (start.line === end.line) return lines[start.line].slice(start.character, end.character);
  return [lines[start.line].slice(start.character), ...lines.slice(start.line + 1, end.line), lines[end.line].slice(0, end.character)].join('\n');
}
