//! P18 and P19: whatever a city, its file names or its history say, no output acts on a terminal or
//! on a CI runner.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kpolicy::lang::Lang;
use kpolicy::lsp::encoding::Encoding;
use serde_json::Value;

use super::{READING, WRITING, command, furnish, run, said};
use crate::cases::{Scratch, lay_out};
use crate::lsp::client::Client;
use crate::runner;

/// What acts on terminals and runners, as YAML says it in a text: the source itself is clean.
const WORDS: &str = r"::error file=a::x ##[error]y ##vso[task.z]a \e[31m\x9b1m \u202egnp \ufeff\u2028::warning::w";
/// The same in itself.
const BARE: &str = "::error file=a::x ##[error]y ##vso[task.z]a \u{1b}[31m\u{9b}1m \u{202e}gnp \u{2028}::warning::w";

/// Values that may say anything, by what stands before them.
const TEXTS: [&str; 18] = [
    "title: ",
    "outcome: ",
    "name: ",
    "short: ",
    "unit: ",
    "what: ",
    "post: ",
    "heading: ",
    "mark: ",
    "label: ",
    "place: ",
    "city: ",
    "source: ",
    "finding: ",
    "status: 5",
    "analysis: ",
    "remaining: ",
    "reason: ",
];

/// More of a plan, so that every part of every screen has something to say.
const MORE: &str = "mission: a
review:
  - goals:
      - G1
    status: 5
    analysis: a
    remaining: a
information:
  - source: a
    finding: a
reform:
  - what: a
    before: a
    after: a
responses:
  - cites:
      - 1-1
    text: a
not_applicable:
  - items:
      - 1-2
    reason: a
requests:
  - what: a
    by: 2025-06-30
follow_ups:
  - id: F1
    what: a
    by: 2025-03-31
handover:
  - post: 総務部長
    predecessor: a
    successor: a
    open_matters:
      - a
extra:
  職員数: a
";

/// A city that says nothing else, in a folder of such a name, with a history by such an author.
fn hostile(name: &str) -> (Scratch, PathBuf) {
    let scratch = Scratch::new(name);
    let folder = scratch.0.join(if cfg!(unix) { "##[error]市\u{1b}[31m\n::error::x" } else { "##[error]市" });
    lay_out("small", &folder);
    let plan = folder.join("departments/2025/somu.yaml");
    let text = fs::read_to_string(&plan).expect("the plan");
    fs::write(&plan, text.replacen("signers:", &format!("{MORE}signers:"), 1)).expect("the plan");
    for entry in walkdir::WalkDir::new(&folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = fs::read_to_string(entry.path()).expect("text");
        fs::write(entry.path(), text.lines().map(worse).collect::<String>()).expect("written");
    }
    if cfg!(unix) {
        let text = fs::read_to_string(&plan).expect("the plan");
        for name in ["::error::x.yaml", "改\n::error::行.yaml", "\u{1b}[31m赤\u{202e}.yaml", "##[error]x.yml"] {
            fs::write(folder.join("departments/2025").join(name), &text).expect(name);
        }
    }
    let memo =
        format!("令和７年度市政運営の基本方針 {BARE}\n\n１ {BARE}\n\n(1) {BARE}\n {BARE}こと。\n(9) a\n {BARE}\n");
    furnish(&folder, &memo, &|message| commit(&folder, message));
    (scratch, folder)
}

/// A line with a hostile value. Ids and dates stay, so that the city can be read.
fn worse(line: &str) -> String {
    let bare = line.trim_start().trim_start_matches("- ");
    if TEXTS.iter().any(|text| bare.starts_with(text)) {
        let (key, value) = line.split_once(": ").expect("a value");
        return format!("{key}: \"{WORDS} {}\"\n", value.trim_matches('"'));
    }
    match line.strip_prefix("  ") {
        // Texts of several lines, as people paste them.
        Some(text) if text.trim_start().ends_with('。') => {
            let indent = " ".repeat(line.len() - line.trim_start().len());
            format!("{line}\n{indent}::error::方針\n{indent}##[group]方針\n")
        }
        _ => format!("{line}\n"),
    }
}

/// A commit by an author of this kind.
fn commit(folder: &Path, message: &str) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), BARE).env(format!("GIT_{who}_EMAIL"), "a\u{1b}[31m@example.invalid");
            command.env(format!("GIT_{who}_DATE"), "2025-04-01T09:00:00+09:00");
        }
        let output = command.args(arguments).output().expect("git runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", &format!("{BARE} {message}\n\n{BARE}")]);
}

/// The first thing in an output that acts, if any.
fn fault(arguments: &[&str], text: &str) -> Option<String> {
    let csv = arguments.contains(&"csv");
    let mut text = text.to_owned();
    if csv {
        text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    }
    if arguments.contains(&"always") {
        for code in ["1;31", "1;33", "1;36", "2", "1;32", "0"] {
            text = text.replace(&format!("\u{1b}[{code}m"), "");
        }
    }
    let acts = |c: char| kpolicy::ui::is_hidden(c) && c != '\u{200d}' && c != '\t';
    if let Some(at) = text.find(acts) {
        let from = text[..at].rfind('\n').map_or(0, |at| at + 1);
        return Some(format!("{:?}", text[from..].chars().take(200).collect::<String>()));
    }
    let own = arguments.contains(&"github");
    let command = |line: &&str| {
        (runner::command(line).is_some() && !own) || line.to_lowercase().contains("##vso[") || line.contains("##[")
    };
    text.lines().find(command).map(|line| format!("{line:?}"))
}

#[test]
fn no_command_lets_a_city_act_on_a_terminal_or_a_runner() {
    let (_scratch, city) = hostile("hostile-city");
    let mut faults = Vec::new();
    let mut look = |city: &Path, arguments: &[&str], lang: &str| {
        let output = command(city, arguments).env("KPOLICY_LANG", lang).output().expect("the program runs");
        for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let text = String::from_utf8(bytes.clone()).expect("UTF-8");
            faults.extend(fault(arguments, &text).map(|fault| format!("{arguments:?} {lang} {stream}: {fault}")));
        }
        output
    };
    for arguments in READING {
        for lang in ["ja", "en"] {
            look(&city, arguments, lang);
        }
    }
    for words in [[BARE, "1-1"], ["check", BARE], ["show", BARE], ["explain", BARE], ["rename", BARE], ["diff", BARE]] {
        look(&city, &words, "ja");
        look(&city, &[words[0], words[1], "--format", BARE], "ja");
        look(&city, &["-C", BARE, words[0]], "ja");
    }
    for arguments in WRITING {
        look(&city, arguments, "ja");
    }
    assert!(faults.is_empty(), "{} outputs act:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_written_paper_or_page_holds_what_acts() {
    let (_scratch, city) = hostile("hostile-papers");
    let mut seen = 0;
    for arguments in [
        &["packet", "--format", "html,markdown,json", "-o", "out"][..],
        &["packet", "--on", "2025-04-03", "--format", "html,markdown,json", "-o", "out"],
        &["packet", "somu", "--format", "html,markdown,json", "-o", "out"],
        &["handover", "somu", "--format", "html,markdown,json", "-o", "out"],
        &["report", "-o", "out/report.html"],
    ] {
        assert!(run(&city, arguments).status.success(), "{arguments:?}: {}", said(&run(&city, arguments)));
    }
    for entry in fs::read_dir(city.join("out")).expect("the papers").flatten() {
        let text = fs::read_to_string(entry.path()).expect("text");
        let bad = text.chars().find(|c| kpolicy::ui::is_hidden(*c) && *c != '\u{200d}');
        assert_eq!(bad, None, "{:?}", entry.file_name());
        seen += 1;
    }
    assert!(seen >= 14, "{seen} papers");
}

#[test]
fn a_shell_is_offered_nothing_that_acts() {
    let (_scratch, city) = hostile("hostile-shell");
    let mut offered = 0;
    for shell in ["bash", "zsh", "fish", "powershell"] {
        for words in [&["show", ""][..], &["check", ""], &["coverage", "--item", ""], &["rename", ""], &["-C", ""]] {
            let mut command = command(&city, &["--", "kpolicy"]);
            command.env("KPOLICY_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", words.len().to_string());
            let output = command.env("_CLAP_IFS", "\n").args(words).output().expect("the program runs");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            let acts = |c: char| kpolicy::ui::is_hidden(c) && !matches!(c, '\t' | '\u{b}');
            assert_eq!(text.lines().find(|line| line.contains(acts)), None, "{shell} {words:?}");
            offered += text.lines().count();
        }
    }
    assert!(offered > 40, "{offered} offers");
}

/// What an editor types or compares, and shows nobody.
const RAW: [&str; 4] = ["newText", "insertText", "filterText", "data"];

/// Editors show what they are told; what they write is the author's own text.
#[test]
fn an_editor_is_told_nothing_that_acts() {
    let (_scratch, city) = hostile("hostile-editor");
    let path = "departments/2025/somu.yaml";
    let mut client = Client::new(&city, Encoding::Utf16, Lang::Ja);
    client.open(path);
    let mut told: Vec<Value> = client.diagnostics(path);
    assert!(!told.is_empty());
    for method in ["documentSymbol", "codeLens", "documentLink", "foldingRange"] {
        told.push(client.on(&format!("textDocument/{method}"), path));
    }
    let text = client.buffers[path].1.clone();
    for at in text.match_indices("    - ").map(|(at, found)| at + found.len()).chain([0, text.len()]) {
        for method in ["hover", "completion", "definition", "references"] {
            told.push(client.at(&format!("textDocument/{method}"), path, at));
        }
    }
    let bad = |text: &str| text.contains(|c| kpolicy::ui::is_hidden(c) && !matches!(c, '\u{200d}' | '\t'));
    let mut open: Vec<&Value> = told.iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => assert!(!bad(text), "{text:?}"),
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => {
                open.extend(fields.iter().filter(|(name, _)| !RAW.contains(&name.as_str())).map(|(_, value)| value))
            }
            _ => {}
        }
    }
    client.leave();
}
