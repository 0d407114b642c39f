// A client of `kpolicy lsp` that tells of trouble once, in the words of its users. The library's own
// messages are English, many at a time, and go to the output panel only.

const { CloseAction, ErrorAction, LanguageClient } = require('vscode-languageclient/node');

/** A server that stops so often within this time is not started again. */
const OFTEN = 3;
const WHILE = 3 * 60 * 1000;

class Client extends LanguageClient {
  /** `gaveUp` is called where the server stopped too often. */
  constructor(name, run, options, gaveUp) {
    const stops = [];
    let lost = false;
    const closed = () => {
      stops.push(Date.now());
      // Whoever started it first is told by `start`.
      if (!this.begun) return { action: CloseAction.DoNotRestart, handled: true };
      if (stops.filter((time) => time > Date.now() - WHILE).length < OFTEN) return { action: CloseAction.Restart, handled: true };
      if (!lost) gaveUp();
      lost = true;
      return { action: CloseAction.DoNotRestart, handled: true };
    };
    super('kpolicy', name, run, {
      ...options,
      initializationFailedHandler: () => false,
      errorHandler: { error: () => ({ action: ErrorAction.Continue, handled: true }), closed },
    });
  }

  start() {
    this.beginning = super.start().then(() => {
      this.begun = true;
    });
    return this.beginning;
  }

  /** Ends the server, also one that is still being started or was lost. */
  async end() {
    await this.beginning?.catch(() => undefined);
    if (this.isRunning()) await this.dispose();
  }

  error(message, data) {
    super.error(message, data, false);
  }

  warn(message, data) {
    super.warn(message, data, false);
  }

  info(message, data) {
    super.info(message, data, false);
  }
}

module.exports = { Client };
