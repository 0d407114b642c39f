//! An editor that does what it is told.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::collections::BTreeMap;
use std::io::BufReader;
use std::path::Path;
use std::process::Stdio;
use std::thread::JoinHandle;
use std::time::Duration;

use kpolicy::date::Date;
use kpolicy::error::Exit;
use kpolicy::lang::Lang;
use kpolicy::lsp::encoding::{Encoding, Lines};
use kpolicy::lsp::{Options, serve, uri};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use lsp_types::Position;
use serde_json::{Value, json};

use crate::cases::program;

/// Nothing takes that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with its server on another thread.
pub(crate) struct Client {
    connection: Connection,
    server: JoinHandle<Exit>,
    asked: i32,
    root: std::path::PathBuf,
    encoding: Encoding,
    /// Open buffers as the client has them: version and text, by path.
    pub(crate) buffers: BTreeMap<String, (i32, String)>,
    /// What the server said last, by address.
    pub(crate) told: BTreeMap<String, Value>,
}

/// What a common editor can.
pub(crate) fn capabilities(encodings: &[&str]) -> Value {
    json!({
        "general": { "positionEncodings": encodings },
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": false } },
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

fn options(lang: Lang) -> Options {
    let today = Some(Date { year: 2025, month: 4, day: 1 });
    Options { lang: Some(lang), today, ..Options::default() }
}

impl Client {
    /// A client that has said hello, in a city's folder.
    pub(crate) fn new(root: &Path, encoding: Encoding, lang: Lang) -> Client {
        let mut client = Client::silent(root, encoding, lang);
        client.greet();
        client
    }

    /// The same in front of the program itself, over pipes.
    pub(crate) fn of_program(root: &Path, encoding: Encoding, lang: Lang) -> Client {
        let (far, connection) = Connection::memory();
        let mut command = program(root);
        let lang = if lang == Lang::En { "en" } else { "ja" };
        command.args(["--today", "2025-04-01", "--lang", lang, "lsp"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let (mut into, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let Connection { sender, receiver } = far;
        std::thread::spawn(move || receiver.iter().try_for_each(|message| message.write(&mut into)));
        let server = std::thread::spawn(move || {
            let mut out = BufReader::new(out);
            while let Some(message) = Message::read(&mut out).expect("a message") {
                _ = sender.send(message);
            }
            match child.wait().expect("it ends").code() {
                Some(0) => Exit::Ok,
                Some(1) => Exit::Findings,
                _ => Exit::CouldNotRun,
            }
        });
        let mut client = Client::over(connection, server, root, encoding);
        client.greet();
        client
    }

    fn over(connection: Connection, server: JoinHandle<Exit>, root: &Path, encoding: Encoding) -> Client {
        let root = root.to_path_buf();
        Client { connection, server, asked: 0, root, encoding, buffers: BTreeMap::new(), told: BTreeMap::new() }
    }

    fn greet(&mut self) {
        let kind = self.encoding.kind();
        let params = json!({
            "processId": null,
            "rootUri": uri::address(&self.root),
            "capabilities": capabilities(&[kind.as_str()]),
        });
        let result = self.ask("initialize", params);
        assert_eq!(result["capabilities"]["positionEncoding"], json!(kind.as_str()));
        self.note("initialized", json!({}));
    }

    /// A client that has not said anything.
    pub(crate) fn silent(root: &Path, encoding: Encoding, lang: Lang) -> Client {
        let (server, connection) = Connection::memory();
        let server = std::thread::spawn(move || serve(&server, options(lang)));
        Client::over(connection, server, root, encoding)
    }

    /// A client that has said hello, of a server that takes every city for a large one.
    pub(crate) fn of_large(root: &Path, encoding: Encoding, lang: Lang) -> Client {
        let (server, connection) = Connection::memory();
        let options = Options { small: Some(0), ..options(lang) };
        let server = std::thread::spawn(move || serve(&server, options));
        let mut client = Client::over(connection, server, root, encoding);
        client.greet();
        client
    }

    pub(crate) fn address(&self, path: &str) -> String {
        uri::address(&self.root.join(path))
    }

    pub(crate) fn note(&self, method: &str, params: Value) {
        let note = Notification::new(method.to_owned(), params);
        self.connection.sender.send(note.into()).unwrap();
    }

    /// Sends a request without waiting for its answer.
    pub(crate) fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        let request = Request { id: id.clone(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).unwrap();
        id
    }

    /// The answer to a request, or the code with which it was refused.
    pub(crate) fn answer(&mut self, id: &RequestId) -> Result<Value, i32> {
        loop {
            if let Message::Response(Response { id: answered, response_result }) = self.take() {
                assert_eq!(answered, *id, "answers come in order");
                return response_result.map_err(|error| error.code);
            }
        }
    }

    pub(crate) fn try_ask(&mut self, method: &str, params: Value) -> Result<Value, i32> {
        let id = self.send(method, params);
        self.answer(&id)
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).unwrap_or_else(|code| panic!("{method} was refused: {code}"))
    }

    /// Hears what the server says by itself, until it is silent for a while.
    pub(crate) fn listen(&mut self, silence: Duration) {
        while let Ok(message) = self.connection.receiver.recv_timeout(silence) {
            self.hear(&message);
        }
    }

    fn take(&mut self) -> Message {
        let message = self.connection.receiver.recv_timeout(PATIENCE).expect("the server says something");
        self.hear(&message);
        message
    }

    fn hear(&mut self, message: &Message) {
        if let Message::Notification(note) = message
            && note.method == "textDocument/publishDiagnostics"
        {
            let address = note.params["uri"].as_str().unwrap().to_owned();
            self.told.insert(address, note.params.clone());
        }
    }

    /// Opens a file with the text that it has on the disk.
    pub(crate) fn open(&mut self, path: &str) {
        let text = std::fs::read_to_string(self.root.join(path)).unwrap_or_default();
        self.open_with(path, text);
    }

    pub(crate) fn open_with(&mut self, path: &str, text: String) {
        let document = json!({ "uri": self.address(path), "languageId": "yaml", "version": 1, "text": text });
        self.note("textDocument/didOpen", json!({ "textDocument": document }));
        self.buffers.insert(path.to_owned(), (1, text));
    }

    /// Writes a buffer to the disk.
    pub(crate) fn save(&self, path: &str) {
        std::fs::write(self.root.join(path), &self.buffers[path].1).unwrap();
        self.note("textDocument/didSave", json!({ "textDocument": { "uri": self.address(path) } }));
    }

    /// Replaces some bytes of a buffer, as an editor does: by lines and columns.
    pub(crate) fn edit(&mut self, path: &str, span: std::ops::Range<usize>, with: &str) {
        let (version, text) = self.buffers.get_mut(path).unwrap();
        let lines = Lines::new(text, self.encoding);
        let range = json!({ "start": lines.position(text, span.start), "end": lines.position(text, span.end) });
        text.replace_range(span, with);
        *version += 1;
        let document = json!({ "uri": uri::address(&self.root.join(path)), "version": *version });
        self.note(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": with }] }),
        );
    }

    pub(crate) fn position(&self, path: &str, at: usize) -> Position {
        let text = &self.buffers[path].1;
        Lines::new(text, self.encoding).position(text, at)
    }

    /// The byte at a position that the server told.
    pub(crate) fn offset(&self, path: &str, position: &Value) -> usize {
        let text = &self.buffers[path].1;
        Lines::new(text, self.encoding).offset(text, serde_json::from_value(position.clone()).unwrap())
    }

    /// A request about a place.
    pub(crate) fn at(&mut self, method: &str, path: &str, at: usize) -> Value {
        let position = self.position(path, at);
        self.ask(method, json!({ "textDocument": { "uri": self.address(path) }, "position": position }))
    }

    /// A request about a buffer.
    pub(crate) fn on(&mut self, method: &str, path: &str) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": self.address(path) } }))
    }

    /// What is wrong with an open buffer as it is now.
    pub(crate) fn diagnostics(&mut self, path: &str) -> Vec<Value> {
        let (address, version) = (self.address(path), self.buffers[path].0);
        while self.told.get(&address).is_none_or(|told| told["version"] != json!(version)) {
            self.take();
        }
        // Whatever else the edit affects was told in the same breath.
        assert_eq!(self.try_ask("kpolicy/nothing", Value::Null), Err(-32601));
        self.told[&address]["diagnostics"].as_array().unwrap().clone()
    }

    /// Ends the server, by the book.
    pub(crate) fn leave(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.note("exit", Value::Null);
        assert_eq!(self.gone(), Exit::Ok);
    }

    /// How the server ended, once nothing more is said to it.
    pub(crate) fn gone(self) -> Exit {
        let Client { connection, server, .. } = self;
        drop(connection);
        server.join().expect("the server does not panic")
    }
}
