//! What a city's folders may hold without harm (tests/PROMISES.md, P13 to P17), where no other
//! test says it.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use kpolicy::city::City;
use kpolicy::store::{Content, Entry};

use crate::cases::{Scratch, lay_out, program};
use crate::support;

const SOMU: &str = "departments/2025/somu.yaml";
/// A debug build on a busy machine is given ten times the two seconds of the promise.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// How a run ended; no code when it was stopped by a signal.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program; one that takes longer than `limit` is stopped, and fails the test.
pub(crate) fn timed(folder: &Path, arguments: &[&str], limit: Duration) -> Ended {
    let mut command = program(folder);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let mut out = child.stdout.take().expect("stdout");
    let mut err = child.stderr.take().expect("stderr");
    let read = |stream: &mut dyn Read| {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map(|_| bytes).expect("output")
    };
    std::thread::scope(|scope| {
        let out = scope.spawn(move || read(&mut out));
        let err = scope.spawn(move || read(&mut err));
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a status") {
                break status;
            }
            if begun.elapsed() > limit {
                child.kill().expect("stopped");
                panic!("{arguments:?} takes longer than {limit:?}");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let words = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let (out, err) = (words(out.join().expect("read")), words(err.join().expect("read")));
        Ended { code: status.code(), out, err }
    })
}

fn town(name: &str) -> Scratch {
    let scratch = Scratch::new(&format!("promises-{name}"));
    lay_out("small", &scratch.0);
    scratch
}

/// P13: beside the kinds in `contract.rs`, a socket, and links that lead out of the city.
#[cfg(unix)]
#[test]
fn sockets_devices_and_links_out_of_the_city_are_never_opened() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let outside = Scratch::new("promises-outside");
    fs::copy(support::tests_dir("cities/small").join(SOMU), outside.0.join("somu.yaml")).expect("a valid plan");
    type Make<'m> = &'m dyn Fn(&Path);
    let kinds: [(&str, Make<'_>); 5] = [
        ("socket", &|at| drop(UnixListener::bind(at).expect("a socket"))),
        ("a link to a valid plan outside", &|at| symlink(outside.0.join("somu.yaml"), at).expect("a link")),
        ("a link to zeros without end", &|at| symlink("/dev/zero", at).expect("a link")),
        ("a link to the terminal", &|at| symlink("/dev/tty", at).expect("a link")),
        ("a link to its folder", &|at| symlink(".", at).expect("a link")),
    ];
    for (what, make) in kinds {
        let town = town("kinds");
        fs::remove_file(town.0.join(SOMU)).expect("the plan");
        make(&town.0.join(SOMU));
        for arguments in [&["check", "--format", "concise"][..], &["check", "--fix"], &["coverage"], &["packet"], &[]] {
            let ran = timed(&town.0, arguments, LIMIT);
            assert!(matches!(ran.code, Some(0..=2)), "{what} {arguments:?}: {}", ran.err);
            assert!(arguments.first() != Some(&"check") || ran.code == Some(1), "{what} passes");
        }
        assert!(timed(&town.0, &["check", "--format", "concise"], LIMIT).out.contains("K011"), "{what}");
    }
}

/// P14: a plan under another ending is read and named; what editors leave behind is nothing.
#[test]
fn other_endings_are_named_and_droppings_ignored() {
    let whole = timed(&town("plain").0, &["coverage", "--format", "json"], LIMIT).out;
    let counts = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON")["summary"].clone();
    for name in ["somu.yml", "somu.YAML", "somu.Yml"] {
        let town = town("endings");
        fs::rename(town.0.join(SOMU), town.0.join("departments/2025").join(name)).expect("renamed");
        let ran = timed(&town.0, &["check", "--format", "concise"], LIMIT);
        assert!(ran.code == Some(1) && ran.out.contains("K207") && ran.out.contains(name), "{name}: {}", ran.out);
        assert_eq!(counts(&timed(&town.0, &["coverage", "--format", "json"], LIMIT).out), counts(&whole), "{name}");
    }
    let town = town("droppings");
    let folder = town.0.join("departments/2025");
    for name in
        ["somu.yaml~", ".#somu.yaml", ".somu.yaml.swp", "~$somu.yaml", "#somu.yaml#", "somu.yaml.tmp", "メモ.txt"]
    {
        fs::write(folder.join(name), "goals: [\n").expect("a dropping");
    }
    let ran = timed(&town.0, &["check"], LIMIT);
    assert!(ran.code == Some(0) && ran.out.contains("計画 2件"), "{}", ran.out);
    assert_eq!(timed(&town.0, &["coverage", "--format", "json"], LIMIT).out, whole);
}

/// P15: names that some systems take for one.
#[test]
fn names_that_clash_are_named() {
    for (one, other) in [("somu", "Somu"), ("bunka", "BUNKA"), ("が", "か\u{3099}"), ("Ｆ", "ｆ")] {
        let mut snapshot = support::small_city();
        for name in [one, other] {
            let path = format!("departments/2025/{name}.yaml");
            snapshot.insert(path, Entry::File(Content::Bytes(b"status: draft\n".to_vec())));
        }
        let city = City::load(&snapshot);
        let clashes =
            support::findings(&city, |findings| findings.iter().filter(|finding| finding.rule.code == "K012").count());
        assert!(clashes >= 1, "{one} and {other}");
    }
}

/// P16: a folder that is gone, empty or called otherwise is named, and never passes.
#[test]
fn a_missing_folder_never_passes() {
    for folder in ["policy", "departments", "policy/2025", "departments/2025"] {
        for how in ["removed", "emptied", "renamed"] {
            let town = town("folders");
            let path = town.0.join(folder);
            match how {
                "renamed" => fs::rename(&path, town.0.join(format!("{folder}-old"))).expect("renamed"),
                _ => fs::remove_dir_all(&path).expect("removed"),
            }
            if how == "emptied" {
                fs::create_dir(&path).expect("an empty folder");
            }
            for arguments in [&["check"][..], &["check", "--lang", "en"], &["-C", ".", "check"]] {
                let ran = timed(&town.0, arguments, LIMIT);
                let plans = folder.starts_with("departments") && (folder != "departments" || how == "emptied");
                assert_eq!(ran.code, Some(if plans { 1 } else { 2 }), "{folder} {how}: {}{}", ran.out, ran.err);
                let top = folder.split('/').next().unwrap_or(folder);
                assert!((ran.out + &ran.err).contains(top), "{folder} {how} {arguments:?} is not named");
            }
        }
    }
}

/// P17: an id that would be a path stays a finding, and nothing is written beside the output folder.
#[test]
fn no_id_leads_out_of_the_output_folder() {
    let long = "a".repeat(65);
    for id in ["../x", "..", "a/b", "/x", "CON", "nul", "a\\\\b", "a\\0b", "A", "", " x", "-x", "x.", long.as_str()] {
        let town = town("ids");
        let path = town.0.join("policy/2025/organization.yaml");
        let text = fs::read_to_string(&path).expect("the organization");
        fs::write(&path, text.replacen("id: somu", &format!("id: \"{id}\""), 1)).expect("written");
        let ran = timed(&town.0, &["check", "--format", "concise"], LIMIT);
        assert!(ran.code == Some(1) && ran.out.contains("organization.yaml"), "{id:?}: {}{}", ran.out, ran.err);
        let names = |folder: &Path| {
            let mut names: Vec<_> =
                fs::read_dir(folder).expect("folder").flatten().map(|entry| entry.file_name()).collect();
            names.sort();
            names
        };
        let before = (names(&town.0), names(&town.0.join("policy")), names(&town.0.join("departments")));
        fs::create_dir(town.0.join("out")).expect("the output folder");
        timed(&town.0, &["packet", "-o", "out", "--format", "json"], LIMIT);
        for entry in walk(&town.0.join("out")) {
            assert!(entry.file_type().is_file() || entry.depth() == 0, "{id:?}: {:?}", entry.path());
        }
        fs::remove_dir_all(town.0.join("out")).expect("the output folder");
        assert_eq!(
            (names(&town.0), names(&town.0.join("policy")), names(&town.0.join("departments"))),
            before,
            "{id:?}"
        );
    }
}

fn walk(folder: &Path) -> Vec<walkdir::DirEntry> {
    walkdir::WalkDir::new(folder).into_iter().flatten().collect()
}
