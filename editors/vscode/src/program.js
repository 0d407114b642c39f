// Which kpolicy is run, and with what. Nothing here knows the editor.

const { existsSync } = require('node:fs');
const { delimiter, isAbsolute, join } = require('node:path');

const WINDOWS = process.platform === 'win32';
const NAME = WINDOWS ? 'kpolicy.exe' : 'kpolicy';

/**
 * The program's place: the setting, else what is packed with the extension, else the search path.
 * Never one of the opened folder, which may be anyone's. Undefined where there is none.
 */
function locate(setting, extensionFolder, { path = process.env.PATH ?? '', exists = existsSync } = {}) {
  if (setting) return isAbsolute(setting) && exists(setting) ? setting : undefined;
  const packed = join(extensionFolder, 'bin', NAME);
  if (exists(packed)) return packed;
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, NAME)).find((file) => exists(file));
}

/** Options that come before the command. */
function options(folder, lang) {
  return ['-C', folder, ...(lang ? ['--lang', lang] : [])];
}

const TASKS = {
  check: { title: '点検する', args: () => ['check', '--format', 'concise'], matchers: ['$kpolicy-error', '$kpolicy-warning', '$kpolicy-info'] },
  fix: { title: '直せるものを直す', args: () => ['check', '--fix'], matchers: [] },
  // A name that begins with a dash must not be taken for an option.
  packet: { title: '面談資料を作る', args: (department) => ['packet', ...(department ? ['--', department] : ['--all'])], matchers: [] },
};

module.exports = { TASKS, locate, options };
