//! P21 to P23: how a run ends, what it says then, and what it does without its streams.

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::{READING, WRITING, command, furnish, plain_commit, run, said};
use crate::cases::{Scratch, lay_out};

fn town(name: &str) -> Scratch {
    let town = Scratch::new(&format!("failing-{name}"));
    lay_out("small", &town.0);
    furnish(&town.0, "令和７年度市政運営の基本方針\n\n１ a\n\n(1) a\n aこと。\n", &|message| {
        plain_commit(&town.0, message)
    });
    town
}

type Break = fn(&Path);

/// What may be wrong with a city, the environment or the words typed.
const BROKEN: [(&str, Break); 9] = [
    ("whole", |_| {}),
    ("no city", |city| fs::remove_dir_all(city.join("policy")).expect("removed")),
    ("no year", |city| fs::remove_dir_all(city.join("policy/2025")).expect("removed")),
    ("no policy", |city| fs::remove_file(city.join("policy/2025/policy.yaml")).expect("removed")),
    ("broken policy", |city| fs::write(city.join("policy/2025/policy.yaml"), "sections: [\n").expect("written")),
    ("broken organization", |city| fs::write(city.join("policy/2025/organization.yaml"), "a: \"\n").expect("written")),
    ("broken plan", |city| fs::write(city.join("departments/2025/somu.yaml"), [0x83, 0x65, 0, 0xff]).expect("written")),
    ("broken settings", |city| {
        fs::write(city.join("policy/kpolicy.yaml"), "as_of: 2025-99-99\nlang: [\n").expect("written")
    }),
    ("broken repository", |city| fs::write(city.join(".git/HEAD"), "nothing\n").expect("written")),
];

/// Words behind each command that prints JSON.
const WORDS: [&[&str]; 7] = [
    &[],
    &["--year", "1999"],
    &["--year", "nonsense"],
    &["--today", "nonsense"],
    &["--no-such-flag"],
    &["-C", "no-such-folder"],
    &["no-such-thing"],
];

const JSON: [&[&str]; 12] = [
    &["check", "--format", "json"],
    &["check", "--format=json", "--staged"],
    &["check", "--format", "json", "--changed-since", "nowhere"],
    &["check", "--format", "json", "--rev", "nowhere"],
    &["coverage", "--format", "json"],
    &["coverage", "--by", "reference", "--format", "json"],
    &["coverage", "--item", "9-9", "--format", "json"],
    &["status", "--format", "json"],
    &["list", "goals", "--format", "json"],
    &["list", "--format", "json"],
    &["diff", "--format", "json"],
    &["history", "--format", "json"],
];

#[test]
fn json_is_json_whatever_goes_wrong() {
    for (broken, (what, spoil)) in BROKEN.into_iter().enumerate() {
        let town = town("json");
        spoil(&town.0);
        for (at, words) in JSON.into_iter().enumerate() {
            // A whole city meets every slip of the words, a broken one none and another each time.
            let slip = |slip: &usize| broken == 0 || *slip == 0 || *slip == (at + broken) % WORDS.len();
            for more in (0..WORDS.len()).filter(slip).map(|slip| WORDS[slip]) {
                let arguments = [words, more].concat();
                let output = run(&town.0, &arguments);
                let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
                let value: Value = serde_json::from_str(&text)
                    .unwrap_or_else(|error| panic!("{what} {arguments:?}: {error}: {text:?} {}", said(&output)));
                assert_eq!(value["schema_version"], 1, "{what} {arguments:?}");
                // What failed cannot be taken for a result.
                let failed = output.status.code() == Some(2);
                assert_eq!(value.get("error").is_some(), failed, "{what} {arguments:?}: {text}");
                assert!(!failed || value["error"]["message"].as_str().is_some_and(|words| !words.is_empty()));
                assert!(!failed || value.as_object().is_some_and(|fields| fields.len() == 2), "{text}");
            }
        }
    }
}

/// P22: every end has its reason on stderr, also where only findings are wanted.
#[test]
fn an_end_is_documented_and_says_why() {
    for (broken, (what, spoil)) in BROKEN.into_iter().enumerate() {
        let town = town("why");
        spoil(&town.0);
        // Half of the commands for each that is broken, in one language, with one slip of the words.
        let half = |(at, _): &(usize, &&[&str])| broken == 0 || (at + broken) % 2 == 0;
        for (at, words) in READING.iter().chain(WRITING).enumerate().filter(half) {
            let slip = WORDS[(at + broken) % WORDS.len()];
            let lang = if at % 2 == 0 { "ja" } else { "en" };
            let arguments = [words, &["--quiet", "--lang", lang][..], slip].concat();
            let output = run(&town.0, &arguments);
            let err = String::from_utf8(output.stderr.clone()).expect("UTF-8");
            let code = output.status.code();
            assert!(matches!(code, Some(0..=2)), "{what} {arguments:?}: {code:?} {err}");
            assert!(code != Some(2) || !err.trim().is_empty(), "{what} {arguments:?} does not say why");
            let caught = ["panicked", "思わぬこと", "unexpected happened"].iter().any(|words| err.contains(words));
            assert!(!caught, "{what} {arguments:?}: {err}");
        }
    }
}

/// P23, a reader that has seen enough: quiet, and the same code.
#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_changes_nothing() {
    let town = town("gone");
    for arguments in READING {
        let whole = run(&town.0, arguments);
        let mut child =
            command(&town.0, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().expect("stderr").read_to_string(&mut err).expect("text");
        let code = child.wait().expect("an end").code();
        assert_eq!(code, whole.status.code(), "{arguments:?}: {err}");
        assert_eq!(err, String::from_utf8_lossy(&whole.stderr), "{arguments:?}");
    }
}

/// P23, a full disk behind stdout: never success.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_no_success() {
    let town = town("full");
    let full = || Stdio::from(OpenOptions::new().write(true).open("/dev/full").expect("a full disk"));
    for arguments in READING.iter().chain(WRITING) {
        let silent = run(&town.0, arguments).stdout.is_empty();
        let output = command(&town.0, arguments).stdout(full()).output().expect("the program runs");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(silent || output.status.code() == Some(2), "{arguments:?}: {err}");
        assert!(!err.trim().is_empty() || silent, "{arguments:?} does not say why");
        // Nobody can be told on stderr; the work is done all the same.
        let quiet = command(&town.0, arguments).stderr(full()).output().expect("the program runs");
        assert!(matches!(quiet.status.code(), Some(0..=2)), "{arguments:?}");
    }
}

/// P23, streams that are closed or cannot be read or written at all.
#[cfg(unix)]
#[test]
fn closed_streams_crash_nothing() {
    let town = town("closed");
    let shell = |arguments: &[&str], closed: &str| {
        let mut sh = command(&town.0, &[]);
        let mut words = vec!["-c".to_owned(), format!("\"$0\" \"$@\" {closed}")];
        words.push(env!("CARGO_BIN_EXE_kpolicy").to_owned());
        words.extend(arguments.iter().map(|word| (*word).to_owned()));
        let mut shell = std::process::Command::new("/bin/sh");
        shell.current_dir(&town.0).env_clear().envs(sh.get_envs().filter_map(|(name, value)| Some((name, value?))));
        sh.stdin(Stdio::null());
        shell.args(words).stdin(Stdio::null()).output().expect("sh runs")
    };
    for arguments in READING.iter().chain(&[&["check", "-"][..], &["lsp"]]) {
        for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
            let output = shell(arguments, closed);
            assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?} {closed}: {}", said(&output));
            assert!(!said(&output).contains("panicked"), "{arguments:?} {closed}");
        }
    }
    // A stdin that is a folder cannot be read; one that only takes is empty. Neither passes.
    for (stdin, code) in [(File::open(&town.0), 2), (File::create(town.0.join("x")), 1)] {
        let stdin = stdin.expect("a stdin");
        let mut check = command(&town.0, &["check", "-", "--stdin-filename", "departments/2025/somu.yaml"]);
        let output = check.stdin(stdin).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(code == 1 || !output.stderr.is_empty());
    }
}
