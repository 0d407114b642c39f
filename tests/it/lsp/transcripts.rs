//! Sessions as data: what is typed, what is asked, what the editor shows. See tests/lsp/README.md.

use std::fmt::Write as _;
use std::fs;

use kpolicy::lang::Lang;
use kpolicy::lsp::encoding::Encoding;
use serde_json::{Value, json};

use super::client::Client;
use crate::cases::{Scratch, lay_out, program};
use crate::support;

#[test]
fn sessions() {
    let mut wrong = Vec::new();
    let mut files: Vec<_> =
        fs::read_dir(support::tests_dir("lsp")).expect("the folder").flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "case"));
    files.sort();
    assert!(!files.is_empty());
    for path in files {
        let text = fs::read_to_string(&path).expect("a case");
        let really = play(&text);
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&path, &really).expect("write");
        } else if really != text {
            wrong.push(format!("{}:\n{really}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Steps that are done, and answer nothing.
const SILENT: &[&str] = &["open ", "apply ", "format ", "save ", "remove ", "write ", "diagnostics "];

/// A session as it goes on.
struct Session {
    folder: Scratch,
    client: Client,
    /// The buffer typed in last, and the byte of its cursor.
    cursor: (String, usize),
}

fn play(text: &str) -> String {
    let words = |head: &str| text.lines().find_map(|line| line.strip_prefix(head)).unwrap_or_default();
    let folder = Scratch::new("lsp-session");
    lay_out(words("% base "), &folder.0);
    let lang = if words("% lang ") == "en" { Lang::En } else { Lang::Ja };
    let begin = if words("% over ") == "pipes" { Client::of_program } else { Client::new };
    let client = begin(&folder.0, Encoding::Utf16, lang);
    let mut session = Session { folder, client, cursor: (String::new(), 0) };
    let useful = text.contains("\n% useful\n");
    let mut out = String::new();
    let mut lines = text.lines().filter(|line| !line.starts_with("> ") && *line != ">").peekable();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").expect("text");
        let Some(step) = line.strip_prefix("$ ") else { continue };
        if let Some(path) = step.strip_prefix("type ") {
            let mut take = |sign: &str| {
                let line = lines.next().expect("an edit has two lines");
                writeln!(out, "{line}").expect("text");
                line.strip_prefix(sign).expect("old after -, new after +").replace("\\n", "\n")
            };
            let (old, new) = (take("- "), take("+ "));
            session.type_in(path, &old, &new);
        } else {
            let answer = session.step(step);
            let said =
                !matches!(answer.trim(), "" | "-" | "(0)") || SILENT.iter().any(|silent| step.starts_with(silent));
            assert!(!useful || said, "no answer to {step} at {:?}", session.around());
            for line in answer.lines() {
                writeln!(out, "{}", format!("> {line}").trim_end()).expect("text");
            }
        }
    }
    session.client.leave();
    out
}

impl Session {
    fn type_in(&mut self, path: &str, old: &str, new: &str) {
        let at = self.client.buffers[path].1.find(old).unwrap_or_else(|| panic!("nothing like {old}"));
        let cursor = new.find('│').unwrap_or(new.len());
        self.client.edit(path, at..at + old.len(), &new.replace('│', ""));
        self.cursor = (path.to_owned(), at + cursor);
    }

    fn step(&mut self, step: &str) -> String {
        let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
        let (path, at) = self.cursor.clone();
        match verb {
            "open" => {
                self.client.open(rest);
                self.cursor = (rest.to_owned(), 0);
                String::new()
            }
            "remove" => {
                fs::remove_file(self.folder.0.join(rest)).expect("it is there");
                String::new()
            }
            "run" => self.run(rest),
            "write" => {
                let words = rest.replace("\\n", "\n");
                self.client.edit(&path, at..at, &words);
                self.cursor.1 = at + words.len();
                String::new()
            }
            "save" => {
                self.client.save(rest);
                String::new()
            }
            "accept" => self.accept(rest),
            "left" => self.left(rest),
            "complete" => completions(&self.client.at("textDocument/completion", &path, at)),
            "hover" => {
                self.client.at("textDocument/hover", &path, at)["contents"]["value"].as_str().unwrap_or("-").to_owned()
            }
            "definition" => {
                let found = self.client.at("textDocument/definition", &path, at);
                self.location(&found)
            }
            "references" => {
                let position = self.client.position(&path, at);
                let params = json!({ "textDocument": { "uri": self.client.address(&path) }, "position": position, "context": { "includeDeclaration": true } });
                let found = self.client.ask("textDocument/references", params);
                list(&found).iter().map(|place| self.location(place) + "\n").collect()
            }
            "rename" => {
                let position = self.client.position(&path, at);
                let params = json!({ "textDocument": { "uri": self.client.address(&path) }, "position": position, "newName": rest });
                match self.client.try_ask("textDocument/rename", params) {
                    Ok(edit) => renamed(&edit),
                    Err(code) => format!("{code}\n"),
                }
            }
            "diagnostics" => self.client.diagnostics(rest).iter().map(diagnostic).collect(),
            "actions" => self.actions(&path, at).iter().map(title).collect(),
            "apply" => {
                let actions = self.actions(&path, at);
                let action =
                    actions.iter().find(|action| action["title"].as_str().is_some_and(|title| title.starts_with(rest)));
                let Some(action) = action else {
                    return format!("nothing of that kind\n{}", actions.iter().map(title).collect::<String>());
                };
                self.apply(&path, &action["edit"]["documentChanges"][0]["edits"]);
                String::new()
            }
            "symbols" => symbols(&self.client.on("textDocument/documentSymbol", rest), 0),
            "lenses" => {
                let lenses = self.client.on("textDocument/codeLens", rest);
                list(&lenses)
                    .iter()
                    .map(|lens| {
                        format!("{} {}\n", line(&lens["range"]), lens["command"]["title"].as_str().expect("a title"))
                    })
                    .collect()
            }
            "hints" => {
                let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
                let params = json!({ "textDocument": { "uri": self.client.address(rest) }, "range": range });
                let hints = self.client.ask("textDocument/inlayHint", params);
                let hint = |hint: &Value| {
                    format!(
                        "{} {}\n",
                        hint["position"]["line"].as_u64().expect("a line") + 1,
                        hint["label"].as_str().expect("a label")
                    )
                };
                list(&hints).iter().map(hint).collect()
            }
            "folding" => {
                let ranges = self.client.on("textDocument/foldingRange", rest);
                list(&ranges).iter().map(|range| format!("{}-{}\n", range["startLine"], range["endLine"])).collect()
            }
            "links" => {
                let links = self.client.on("textDocument/documentLink", rest);
                list(&links)
                    .iter()
                    .map(|link| {
                        format!("{}\n", link["target"].as_str().expect("a target").rsplit('/').next().expect("a name"))
                    })
                    .collect()
            }
            "format" => {
                let edits = self.client.on("textDocument/formatting", rest);
                if edits.is_null() {
                    return "-\n".to_owned();
                }
                self.apply(rest, &edits);
                String::new()
            }
            "search" => {
                let found = self.client.ask("workspace/symbol", json!({ "query": rest }));
                let places = |symbol: &Value| {
                    format!("{} | {}\n", symbol["name"].as_str().expect("a name"), self.location(&symbol["location"]))
                };
                list(&found).iter().map(places).collect()
            }
            "text" => {
                let (path, lines) = rest.split_once(' ').expect("a path and lines");
                let (from, to) = lines.split_once('-').expect("from and to");
                let [from, to]: [usize; 2] = [from, to].map(|number| number.parse().expect("a number"));
                let text = &self.client.buffers[path].1;
                text.lines().skip(from - 1).take(to + 1 - from).map(|line| format!("{line}\n")).collect()
            }
            other => panic!("no step {other}"),
        }
    }

    /// The line of the cursor.
    fn around(&self) -> String {
        let (path, at) = &self.cursor;
        let text = self.client.buffers.get(path).map(|(_, text)| text.as_str()).unwrap_or_default();
        let start = text[..*at].rfind('\n').map_or(0, |end| end + 1);
        format!("{}│{}", &text[start..*at], text[*at..].lines().next().unwrap_or_default())
    }

    /// Runs the program in the city's folder.
    fn run(&self, line: &str) -> String {
        let words = line.split_whitespace().skip(1);
        let output = program(&self.folder.0).args(words).output().expect("it runs");
        let text = String::from_utf8(output.stdout).expect("text") + &String::from_utf8(output.stderr).expect("text");
        format!("{text}=> {}\n", output.status.code().expect("a code"))
    }

    /// Takes the first completion whose label begins with some words.
    fn accept(&mut self, label: &str) -> String {
        let (path, at) = self.cursor.clone();
        let found = self.client.at("textDocument/completion", &path, at);
        let begins = |item: &&Value| item["label"].as_str().is_some_and(|words| words.starts_with(label));
        let Some(item) = list(&found["items"]).iter().find(begins) else {
            return format!("nothing of that kind\n{}", completions(&found));
        };
        let edit = item["textEdit"].clone();
        self.apply(&path, &json!([edit]));
        let start = self.client.offset(&path, &edit["range"]["start"]);
        self.cursor.1 = start + edit["newText"].as_str().expect("text").len();
        format!("{}\n", self.around())
    }

    /// How many things are marked, and what the lens says.
    fn left(&mut self, path: &str) -> String {
        let told = self.client.diagnostics(path);
        let lenses = self.client.on("textDocument/codeLens", path);
        let lens = list(&lenses).first().and_then(|lens| lens["command"]["title"].as_str());
        format!("{} | {}\n", told.len(), lens.unwrap_or_default())
    }

    fn location(&self, location: &Value) -> String {
        let uri = location["uri"].as_str().unwrap_or_default();
        let name: Vec<&str> = uri.rsplit('/').take(2).collect();
        match name.as_slice() {
            [name, folder] if !location.is_null() => format!("{folder}/{name}:{}", line(&location["range"])),
            _ => "-".to_owned(),
        }
    }

    fn actions(&mut self, path: &str, at: usize) -> Vec<Value> {
        let position = self.client.position(path, at);
        let range = json!({ "start": position, "end": position });
        let params = json!({ "textDocument": { "uri": self.client.address(path) }, "range": range, "context": { "diagnostics": [] } });
        list(&self.client.ask("textDocument/codeAction", params)).to_vec()
    }

    /// Makes edits as an editor does: all places are those of the text before.
    fn apply(&mut self, path: &str, edits: &Value) {
        let offset = |place: &Value| self.client.offset(path, place);
        let mut edits: Vec<(usize, usize, String)> = list(edits)
            .iter()
            .map(|edit| {
                (
                    offset(&edit["range"]["start"]),
                    offset(&edit["range"]["end"]),
                    edit["newText"].as_str().expect("text").to_owned(),
                )
            })
            .collect();
        edits.sort();
        for (start, end, text) in edits.into_iter().rev() {
            self.client.edit(path, start..end, &text);
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn line(range: &Value) -> String {
    let end = |end: &str| {
        format!(
            "{}:{}",
            range[end]["line"].as_u64().expect("a line") + 1,
            range[end]["character"].as_u64().expect("a column") + 1
        )
    };
    format!("{}-{}", end("start"), end("end"))
}

/// The first ten, and how many there are.
fn completions(found: &Value) -> String {
    let items = list(&found["items"]);
    let mut text: String = items
        .iter()
        .take(10)
        .map(|item| format!("{} => {}\n", item["label"].as_str().expect("a label"), item["textEdit"]["newText"]))
        .collect();
    if items.len() != 1 {
        writeln!(text, "({})", items.len()).expect("text");
    }
    text
}

fn diagnostic(told: &Value) -> String {
    let level = ["", "error", "warning", "information", "hint"][told["severity"].as_u64().expect("a level") as usize];
    let first = told["message"].as_str().and_then(|message| message.lines().next()).expect("a message");
    format!("{} {level} {} {first}\n", line(&told["range"]), told["code"].as_str().expect("a code"))
}

fn title(action: &Value) -> String {
    let preferred = if action["isPreferred"] == json!(true) { "* " } else { "" };
    format!("{preferred}{}\n", action["title"].as_str().expect("a title"))
}

/// Files and their edits, one a line.
fn renamed(edit: &Value) -> String {
    let name = |uri: &Value| uri.as_str().expect("an address").rsplit('/').next().expect("a name").to_owned();
    let mut text = String::new();
    for change in list(&edit["documentChanges"]) {
        if change["kind"] == json!("rename") {
            writeln!(text, "{} => {}", name(&change["oldUri"]), name(&change["newUri"])).expect("text");
        }
        for edit in list(&change["edits"]) {
            let file = name(&change["textDocument"]["uri"]);
            writeln!(text, "{file}:{} {}", line(&edit["range"]), edit["newText"].as_str().expect("text").trim())
                .expect("text");
        }
    }
    text
}

fn symbols(found: &Value, depth: usize) -> String {
    let each = |symbol: &Value| {
        let name = symbol["name"].as_str().expect("a name");
        let inner = symbols(&symbol["children"], depth + 1);
        format!("{}{name} {}\n{inner}", "  ".repeat(depth), line(&symbol["range"]))
    };
    list(found).iter().map(each).collect()
}
