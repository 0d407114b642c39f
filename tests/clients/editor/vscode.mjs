// As much of the module `vscode` as an extension with a language client asks for, and a record of
// what was done with it. What is not spelled out here is a class, an event or a function that does
// nothing.

import { pathToFileURL, fileURLToPath } from 'node:url';

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(start, startCharacter, end, endCharacter) {
    const places = typeof start === 'number' ? [new Position(start, startCharacter), new Position(end, endCharacter)] : [start, startCharacter];
    [this.start, this.end] = places;
  }
}

class Uri {
  constructor(href) {
    const { protocol, pathname } = new URL(href);
    Object.assign(this, { href, scheme: protocol.slice(0, -1), path: decodeURIComponent(pathname) });
  }
  static parse(href) {
    return new Uri(href);
  }
  static file(path) {
    return new Uri(pathToFileURL(path).href);
  }
  get fsPath() {
    return fileURLToPath(this.href);
  }
  toString() {
    return this.href;
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class EventEmitter {
  #heard = new Set();
  event = (take) => {
    this.#heard.add(take);
    return { dispose: () => this.#heard.delete(take) };
  };
  fire(what) {
    for (const take of this.#heard) take(what);
  }
  dispose() {
    this.#heard.clear();
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
  cancel() {}
  dispose() {}
}

class RelativePattern {
  constructor(base, pattern) {
    Object.assign(this, { base, baseUri: base.uri, pattern });
  }
}

class ProcessExecution {
  constructor(process, args, options) {
    Object.assign(this, { process, args, options });
  }
}

class Task {
  constructor(definition, scope, name, source, execution, problemMatchers) {
    Object.assign(this, { definition, scope, name, source, execution, problemMatchers });
  }
}

class CodeActionKind {
  static Empty = new CodeActionKind('');
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind([this.value, part].filter(Boolean).join('.'));
  }
}

const disposable = { dispose() {} };

/** A part of the editor: what is given, and something harmless for the rest. */
function part(given) {
  return new Proxy(given, {
    get(all, name) {
      if (name in all || typeof name === 'symbol' || name === 'then') return all[name];
      return (all[name] = /^[A-Z]/.test(name) ? class {} : () => disposable);
    },
  });
}

/** A document that is open. */
export function document(path, text) {
  return { uri: Uri.file(path), fileName: path, languageId: 'yaml', version: 1, isClosed: false, isDirty: false, lineCount: text.split('\n').length, getText: () => text };
}

/** The editor with these folders, settings and documents open; `seen` tells what was done with it. */
export function editor({ folders = [], settings = {}, documents = [], answers = {} }) {
  const seen = { messages: [], commands: new Map(), providers: new Map(), tasks: [], saved: 0, diagnostics: new Map(), waiting: [] };
  const said = (level) => async (message) => void seen.messages.push({ level, message });
  const workspaceFolders = folders.map((folder, index) => ({ uri: Uri.file(folder), name: 'city', index }));
  const changed = new EventEmitter();
  const vscode = part({
    version: '1.105.0',
    Position,
    Range,
    Uri,
    Diagnostic,
    CodeActionKind,
    EventEmitter,
    CancellationTokenSource,
    RelativePattern,
    ProcessExecution,
    Task,
    TaskGroup: { Build: 'build' },
    env: part({ language: 'ja', appName: 'a stub' }),
    workspace: part({
      workspaceFolders,
      textDocuments: documents,
      notebookDocuments: [],
      isTrusted: true,
      getConfiguration: (section) => ({ get: (name, otherwise) => settings[[section, name].filter(Boolean).join('.')] ?? otherwise }),
      getWorkspaceFolder: (uri) => workspaceFolders.find((folder) => uri.toString().startsWith(folder.uri.toString())),
      saveAll: async () => ((seen.saved += 1), true),
      createFileSystemWatcher: () => part({}),
      onDidChangeConfiguration: changed.event,
    }),
    window: part({
      activeTextEditor: undefined,
      visibleTextEditors: [],
      tabGroups: part({ all: [] }),
      showErrorMessage: said('error'),
      showWarningMessage: said('warning'),
      showInformationMessage: said('information'),
      showInputBox: async () => answers.input,
      createOutputChannel: (name) => part({ name, append() {}, appendLine() {}, show() {} }),
    }),
    commands: part({
      registerCommand: (name, run) => (seen.commands.set(name, run), { dispose: () => seen.commands.delete(name) }),
      executeCommand: async () => undefined,
    }),
    tasks: part({
      registerTaskProvider: (type, provider) => (seen.providers.set(type, provider), disposable),
      executeTask: async (task) => void seen.tasks.push(task),
    }),
    languages: part({
      match: () => 10,
      createDiagnosticCollection: () => ({
        set(uri, diagnostics) {
          seen.diagnostics.set(uri.toString(), diagnostics);
          seen.waiting.splice(0).forEach((wake) => wake());
        },
        delete() {},
        clear() {},
        dispose() {},
      }),
    }),
  });
  const fire = (section) => changed.fire({ affectsConfiguration: (name) => section.startsWith(name) });
  return { vscode, seen, settings, fire };
}
