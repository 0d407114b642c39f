//! From a keystroke to the diagnostics, in a city of 1,500 plans; more than 50 ms would be felt.
//!
//! Beside the time on the wall stands what the server's own thread worked: on a machine with other
//! work to do, only that can be compared.
//!
//! `cargo bench --bench lsp`; a number after `--` makes it another count of plans.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures for people; a bench may stop")]

#[path = "../common/mod.rs"]
mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use common::town::{self, Town};
use kpolicy::lsp::{Options, serve, uri};
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};

fn main() {
    let plans = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1500);
    let folder = std::env::temp_dir().join(format!("kpolicy-bench-{}", std::process::id()));
    town::lay_out(&Town::of(plans).snapshot(), &folder).unwrap();
    let plan = town::path(0);
    let (server, client) = Connection::memory();
    let (number, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        number.send(std::fs::read_link("/proc/thread-self").ok()).unwrap();
        serve(&server, Options::default())
    });
    let work = Work(told.recv().unwrap().map(|thread| Path::new("/proc").join(thread).join("schedstat")));
    let mut editor = Editor { client, version: 1, asked: 0, address: uri::address(&folder.join(&plan)) };
    let began = Instant::now();
    editor.ask("initialize", json!({ "capabilities": {}, "rootUri": uri::address(&folder) }));
    let text = std::fs::read_to_string(folder.join(&plan)).unwrap();
    let document = json!({ "uri": editor.address, "languageId": "yaml", "version": 1, "text": text });
    editor.note("textDocument/didOpen", json!({ "textDocument": document }));
    editor.told();
    println!("{plans} plans; opened after {:?}, worked {:?}", began.elapsed(), work.done());
    // A hover on a citation answers once the whole city was judged.
    let line = text.lines().position(|line| line == "      - 1-1").unwrap();
    let place = json!({ "textDocument": { "uri": editor.address }, "position": { "line": line, "character": 9 } });
    while editor.ask("textDocument/hover", place.clone()).is_null() {
        std::thread::sleep(Duration::from_millis(20));
    }
    println!("all judged after {:?}, all threads worked {:?}", began.elapsed(), all_work());
    let mission = text.lines().position(|line| line.starts_with("mission:")).unwrap() + 1;
    for (what, typed) in [("a letter in a text", "あ"), ("a colon that breaks the file", "\"")] {
        let (mut times, mut worked) = (Vec::new(), Vec::new());
        for at in 0..30 {
            let column = json!({ "line": mission, "character": 4 + at });
            let (begun, before) = (Instant::now(), work.done());
            editor.edit(&column, &column, typed);
            editor.told();
            times.push(begun.elapsed());
            worked.push(work.done() - before);
            std::thread::sleep(Duration::from_millis(60));
        }
        editor.edit(&json!({ "line": mission, "character": 4 }), &json!({ "line": mission, "character": 34 }), "");
        editor.told();
        report(what, times, worked);
    }
    let times = (0..30).map(|_| {
        let (begun, before) = (Instant::now(), work.done());
        editor.ask("textDocument/completion", place.clone());
        (begun.elapsed(), work.done() - before)
    });
    let (times, worked) = times.unzip();
    report("completion", times, worked);
    editor.ask("shutdown", Value::Null);
    editor.note("exit", Value::Null);
    thread.join().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
}

fn report(what: &str, times: Vec<Duration>, worked: Vec<Duration>) {
    let words = |mut times: Vec<Duration>| {
        times.sort();
        format!("median {:?}, slowest {:?}", times[times.len() / 2], times[times.len() - 1])
    };
    println!("{what}: {}; worked {}", words(times), words(worked));
}

/// What a thread worked, where the system tells.
struct Work(Option<std::path::PathBuf>);

impl Work {
    fn done(&self) -> Duration {
        let text = self.0.as_ref().and_then(|place| std::fs::read_to_string(place).ok()).unwrap_or_default();
        Duration::from_nanos(text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or(0))
    }
}

/// What this process worked so far, in hundredths of a second.
fn all_work() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = text.rsplit(") ").next().unwrap_or_default().split(' ').skip(11).take(2);
    Duration::from_millis(10 * ticks.filter_map(|number| number.parse::<u64>().ok()).sum::<u64>())
}

struct Editor {
    client: Connection,
    version: i32,
    asked: i32,
    address: String,
}

impl Editor {
    fn note(&self, method: &str, params: Value) {
        self.client.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let request = Request::new(RequestId::from(self.asked), method.to_owned(), params);
        self.client.sender.send(request.into()).unwrap();
        loop {
            if let Message::Response(response) = self.client.receiver.recv().unwrap() {
                return response.response_result.unwrap();
            }
        }
    }

    fn edit(&mut self, start: &Value, end: &Value, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.address, "version": self.version });
        let change = json!({ "range": { "start": start, "end": end }, "text": text });
        self.note("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// Waits for the diagnostics of the present version.
    fn told(&self) {
        loop {
            if let Message::Notification(note) = self.client.receiver.recv().unwrap()
                && note.params["uri"] == json!(self.address)
                && note.params["version"] == json!(self.version)
            {
                return;
            }
        }
    }
}
