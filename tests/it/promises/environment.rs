//! P30, P31 and P33: repositories and environments of every kind give the same answer, or say why not.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{command, furnish, plain_commit, run, said};
use crate::cases::{Scratch, copy, lay_out, run_git};

const MEMO: &str = "令和７年度市政運営の基本方針\n\n１ a\n\n(1) a\naこと。\n";

/// Answers that need no history.
const PLAIN: [&[&str]; 8] = [
    &[],
    &["check"],
    &["check", "--format", "json"],
    &["coverage"],
    &["coverage", "--format", "json"],
    &["status"],
    &["list", "goals"],
    &["explain", "K301"],
];

/// Answers that do.
const HISTORY: [&[&str]; 8] = [
    &["check", "--staged"],
    &["check", "--changed-since", "HEAD"],
    &["check", "--rev", "HEAD"],
    &["coverage", "--rev", "HEAD"],
    &["diff", "HEAD"],
    &["history"],
    &["packet", "--rev", "HEAD", "--format", "json", "-o", "out"],
    &["hook", "install"],
];

fn town(name: &str) -> Scratch {
    let town = Scratch::new(&format!("environment-{name}"));
    let city = town.0.join("city");
    lay_out("small", &city);
    furnish(&city, MEMO, &|message| plain_commit(&city, message));
    town
}

fn answers(folder: &Path, wanted: &[&[&str]]) -> Vec<(Option<i32>, Vec<u8>)> {
    let answer = |arguments: &&[&str]| {
        let output = run(folder, arguments);
        assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?}: {}", said(&output));
        assert!(output.status.code() != Some(2) || !output.stderr.is_empty(), "{arguments:?} does not say why");
        (output.status.code(), output.stdout)
    };
    wanted.iter().map(answer).collect()
}

type Make = fn(&Path);

/// What git can leave in a folder.
const REPOSITORIES: [(&str, Make); 13] = [
    ("unborn", |city| {
        fs::remove_dir_all(city.join(".git")).expect("removed");
        run_git(city, &["init", "--quiet"]);
    }),
    ("detached", |city| run_git(city, &["checkout", "--quiet", "--detach", "HEAD"])),
    ("locked index", |city| fs::write(city.join(".git/index.lock"), "").expect("a lock")),
    ("locked head", |city| fs::write(city.join(".git/HEAD.lock"), "").expect("a lock")),
    ("no index", |city| fs::remove_file(city.join(".git/index")).expect("removed")),
    ("broken index", |city| fs::write(city.join(".git/index"), "DIRC\0\0\0\u{2}").expect("written")),
    ("broken head", |city| fs::write(city.join(".git/HEAD"), "x\n").expect("written")),
    ("broken settings", |city| fs::write(city.join(".git/config"), "[core\n").expect("written")),
    ("unknown format", |city| run_git(city, &["config", "core.repositoryformatversion", "99"])),
    ("no objects", |city| {
        fs::remove_dir_all(city.join(".git/objects")).expect("removed");
        fs::create_dir(city.join(".git/objects")).expect("made");
    }),
    ("a file", |city| {
        fs::remove_dir_all(city.join(".git")).expect("removed");
        fs::write(city.join(".git"), "gitdir: /nowhere\n").expect("written");
    }),
    ("an empty folder", |city| {
        fs::remove_dir_all(city.join(".git")).expect("removed");
        fs::create_dir(city.join(".git")).expect("made");
    }),
    ("settings that name programs and files", |city| {
        let more = "[core]\n\tfsmonitor = /nowhere\n\thooksPath = /nowhere\n\tworktree = /nowhere\n[include]\n\tpath = /nowhere\n";
        let config = city.join(".git/config");
        let text = fs::read_to_string(&config).expect("settings");
        fs::write(config, text + more).expect("written");
    }),
];

/// P30: whatever git left there, answers that need no history are those of a folder without git.
#[test]
fn every_repository_gives_the_answers_of_a_plain_folder() {
    let without = town("without");
    fs::remove_dir_all(without.0.join("city/.git")).expect("removed");
    let expected = answers(&without.0.join("city"), &PLAIN);
    assert!(expected.iter().all(|(code, _)| *code == Some(0)));
    for (what, make) in REPOSITORIES {
        let town = town("kinds");
        let city = town.0.join("city");
        make(&city);
        let now = answers(&city, &PLAIN);
        for ((arguments, now), expected) in PLAIN.iter().zip(&now).zip(&expected) {
            let text = |answer: &(Option<i32>, Vec<u8>)| (answer.0, String::from_utf8_lossy(&answer.1).into_owned());
            assert_eq!(text(now), text(expected), "{what}: {arguments:?}");
        }
        // Where the history is needed, it is read, or it is told why not.
        answers(&city, &HISTORY);
    }
}

/// P30: a history of which only names were fetched is asked for nothing over the network.
#[test]
fn a_partial_clone_is_read_as_far_as_it_goes() {
    let town = town("partial");
    let (city, clone) = (town.0.join("city"), town.0.join("clone"));
    run_git(&city, &["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", city.display());
    run_git(&town.0, &["clone", "--quiet", "--filter=blob:none", &from, &clone.to_string_lossy()]);
    let expected = answers(&city, &PLAIN);
    // The place it came from is out of reach.
    fs::rename(&city, town.0.join("gone")).expect("moved");
    assert_eq!(answers(&clone, &PLAIN), expected);
    let line = "git fetch --refetch --no-filter";
    for (arguments, (code, _)) in HISTORY.iter().zip(answers(&clone, &HISTORY)) {
        let older = matches!(arguments[0], "history" | "packet");
        assert_eq!(code, Some(if older { 2 } else { 0 }), "{arguments:?}: {}", said(&run(&clone, arguments)));
        assert!(!older || said(&run(&clone, arguments)).contains(line), "{}", said(&run(&clone, arguments)));
    }
    // The line does what it says.
    fs::rename(town.0.join("gone"), &city).expect("moved back");
    run_git(&clone, &line.split(' ').skip(1).collect::<Vec<_>>());
    assert!(answers(&clone, &HISTORY).iter().all(|(code, _)| *code == Some(0)));
}

/// P31: every command that needs the history names the line that lets it in.
#[cfg(unix)]
#[test]
fn a_repository_of_another_owner_names_the_way_in() {
    use std::os::unix::fs::lchown;
    let town = town("owner");
    let city = town.0.join("city");
    for entry in walkdir::WalkDir::new(&city).into_iter().flatten() {
        if lchown(entry.path(), Some(65534), Some(65534)).is_err() {
            println!("skipped: only the administrator can give a folder away");
            return;
        }
    }
    let line = "git config --global --add safe.directory";
    for arguments in HISTORY.iter().chain(&[&["packet", "--format", "html"][..], &["report", "-o", "r.html"]]) {
        let output = run(&city, arguments);
        assert!(output.status.code() == Some(2) && said(&output).contains(line), "{arguments:?}: {}", said(&output));
    }
    assert!(answers(&city, &PLAIN).iter().all(|(code, _)| *code == Some(0)));
}

/// Ends as it does elsewhere, or says why it cannot.
fn assert_same(what: &str, arguments: &[&str], whole: &Output, now: &Output) {
    let text = said(now);
    assert!(!text.contains("panicked") && !text.contains("思わぬこと"), "{what} {arguments:?}: {text}");
    if now.status.code() == Some(2) {
        assert!(!now.stderr.is_empty(), "{what} {arguments:?} does not say why");
    } else {
        assert_eq!(now.status.code(), whole.status.code(), "{what} {arguments:?}: {text}");
        assert!(now.stdout == whole.stdout, "{what} {arguments:?}: {text}");
    }
}

fn asked<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &["--lang", "ja", "--today", "2025-04-01"]].concat()
}

const MORE: [&[&str]; 6] = [
    &["diff", "HEAD~1"],
    &["history", "--format", "json"],
    &["packet", "--format", "json", "-o", "out"],
    &["report", "-o", "report.html"],
    &["check", "--staged"],
    &["new", "--missing", "somu"],
];

/// P33: variables that are absent, empty or nonsense.
#[test]
fn the_environment_changes_no_answer() {
    let town = town("variables");
    let city = town.0.join("city");
    let all: Vec<&[&str]> = PLAIN.iter().chain(&MORE).copied().collect();
    let whole: Vec<Output> = all.iter().map(|arguments| run(&city, &asked(arguments))).collect();
    let nothing = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kpolicy"));
        command.current_dir(&city).env_clear().stdin(Stdio::null());
        command
    };
    let settings: [&[(&str, &str)]; 13] = [
        &[],
        &[("LC_ALL", "C")],
        &[("LANG", "ja_JP.SJIS"), ("LC_ALL", "ja_JP.eucJP")],
        &[("HOME", "/nonexistent")],
        &[("HOME", "")],
        &[("TERM", "dumb"), ("TMPDIR", "/nonexistent"), ("TZ", "nonsense")],
        &[("PATH", "")],
        &[("KPOLICY_LANG", "xx")],
        &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")],
        &[("XDG_CONFIG_HOME", "/dev/null"), ("GIT_CONFIG_GLOBAL", "/nonexistent")],
        &[("COLUMNS", "0")],
        &[("COLUMNS", "-1")],
        &[("COLUMNS", "nonsense")],
    ];
    for set in settings {
        for (arguments, whole) in all.iter().zip(&whole) {
            let now = nothing().envs(set.iter().copied()).args(asked(arguments)).output().expect("it runs");
            assert_eq!(now.status.code(), whole.status.code(), "{set:?} {arguments:?}: {}", said(&now));
            assert!(now.stdout == whole.stdout, "{set:?} {arguments:?}: {}", said(&now));
        }
    }
    // A terminal of a strange width wraps otherwise, and says the same.
    for columns in ["1", "20", "400", "99999999999999999999", "4294967296"] {
        for (arguments, whole) in all.iter().zip(&whole) {
            let now = nothing().env("COLUMNS", columns).args(asked(arguments)).output().expect("it runs");
            assert_eq!(now.status.code(), whole.status.code(), "{columns} {arguments:?}: {}", said(&now));
            let json = arguments.contains(&"json");
            assert!(!json || now.stdout == whole.stdout, "{columns} {arguments:?}");
            assert!(now.stdout.len() < 1 << 20, "{columns} {arguments:?}");
        }
    }
    // A day that is none is told.
    let now = nothing().env("KPOLICY_TODAY", "nonsense").arg("check").output().expect("it runs");
    assert_eq!(now.status.code(), Some(2), "{}", said(&now));
}

/// P33: few descriptors, little stack, little memory.
#[cfg(target_os = "linux")]
#[test]
fn little_of_everything_gives_the_same_answer_or_a_reason() {
    let town = town("little");
    let city = town.0.join("city");
    let all: Vec<&[&str]> = PLAIN.iter().chain(&MORE).copied().collect();
    for limit in ["-n 16", "-n 12", "-s 256", "-s 64", "-v 400000", "-v 200000", "-f 0"] {
        for arguments in &all {
            let shell = |limit: &str| {
                let script = format!("trap '' XFSZ; ulimit {limit} && exec \"$0\" \"$@\"");
                let mut sh = Command::new("/bin/sh");
                sh.current_dir(&city).env_clear().env("KPOLICY_TODAY", "2025-04-01").stdin(Stdio::null());
                sh.args(["-c", &script, env!("CARGO_BIN_EXE_kpolicy")]).args(*arguments).output().expect("sh runs")
            };
            let (whole, now) = (shell("-n 1024"), shell(limit));
            // Without memory to begin with, the system stops a program before it can say a word.
            let begun = now.status.code().is_some_and(|code| code <= 2);
            assert!(begun || limit.starts_with("-v"), "{limit} {arguments:?}: {:?} {}", now.status, said(&now));
            if begun {
                assert_same(limit, arguments, &whole, &now);
            } else {
                assert_ne!(now.status.code(), Some(0));
            }
        }
    }
}

/// P33: a present folder that is gone.
#[cfg(unix)]
#[test]
fn a_present_folder_that_is_gone_is_told() {
    let town = town("gone");
    let city = town.0.join("city");
    let gone = town.0.join("gone");
    for (words, code) in
        [("check", 2), ("", 2), ("explain K301", 0), ("init", 2), ("--help", 0), ("completions bash", 0)]
    {
        fs::create_dir(&gone).expect("folder");
        let script = format!("cd '{0}' && rmdir '{0}' && exec \"$0\" {words}", gone.display());
        let mut sh = Command::new("/bin/sh");
        let ran = sh.env_clear().args(["-c", &script, env!("CARGO_BIN_EXE_kpolicy")]).output().expect("sh runs");
        assert_eq!(ran.status.code(), Some(code), "{words}: {}", said(&ran));
        assert!(code == 0 || !ran.stderr.is_empty(), "{words}");
    }
    // Named from there, the city is found.
    fs::create_dir(&gone).expect("folder");
    let script = format!("cd '{0}' && rmdir '{0}' && exec \"$0\" -C '{1}' check", gone.display(), city.display());
    let ran = Command::new("/bin/sh").env_clear().args(["-c", &script, env!("CARGO_BIN_EXE_kpolicy")]).output();
    assert_eq!(ran.expect("sh runs").status.code(), Some(0));
}

/// Words and names that are no text at all.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let town = town("bytes");
    let bytes = std::ffi::OsStr::from_bytes(b"\xff\xfe\x1b[31m");
    let place = town.0.join(bytes);
    copy(&town.0.join("city"), &place);
    fs::copy(place.join("departments/2025/somu.yaml"), place.join("departments/2025").join(bytes)).expect("a file");
    for arguments in PLAIN {
        let whole = run(&town.0.join("city"), arguments);
        let now = run(&place, arguments);
        assert_eq!(now.status.code(), whole.status.code(), "{arguments:?}: {}", said(&now));
    }
    for words in ["check", "show", "explain", "rename", "-C", "--year"] {
        let now = command(&place, &[words]).arg(bytes).output().expect("it runs");
        assert_eq!(now.status.code(), Some(2), "{words}: {}", said(&now));
        assert!(!now.stderr.is_empty() && !now.stderr.contains(&0x1b), "{words}: {}", said(&now));
    }
}
