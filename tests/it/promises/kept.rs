//! P24, P26 and P28: who only looks changes nothing, what is tidy is not written again, and what is
//! new takes nobody's place.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{READING, command, furnish, plain_commit, run, said};
use crate::cases::{Scratch, lay_out};

fn town(name: &str) -> Scratch {
    let town = Scratch::new(&format!("kept-{name}"));
    lay_out("small", &town.0.join("city"));
    furnish(
        &town.0.join("city"),
        "令和７年度市政運営の基本方針\n\n１ a\n\n(1) a\naこと。\n",
        &|message| {
            plain_commit(&town.0.join("city"), message);
        },
    );
    town
}

/// What can be seen of a file without opening it, and its bytes.
type Seen = (Option<SystemTime>, u64, u32, Vec<u8>);

/// Every file and folder, `.git` too: times, number, mode, bytes.
fn seen(folder: &Path) -> BTreeMap<PathBuf, Seen> {
    let number = |about: &fs::Metadata| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            (about.ino(), about.mode())
        }
        #[cfg(not(unix))]
        (about.len(), 0)
    };
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries
        .map(|entry| {
            let about = entry.path().symlink_metadata().expect("there");
            let bytes = if about.is_file() { fs::read(entry.path()).expect("bytes") } else { Vec::new() };
            let (number, mode) = number(&about);
            (entry.path().to_path_buf(), (about.modified().ok(), number, mode, bytes))
        })
        .collect()
}

fn assert_same(before: &BTreeMap<PathBuf, Seen>, folder: &Path, what: &str) {
    let now = seen(folder);
    let changed: Vec<_> = before.keys().chain(now.keys()).filter(|path| before.get(*path) != now.get(*path)).collect();
    assert!(changed.is_empty(), "{what} touches {changed:?}");
}

/// P24.
#[test]
fn who_only_looks_changes_nothing() {
    let town = town("looks");
    let (city, out) = (town.0.join("city"), town.0.join("out").to_string_lossy().into_owned());
    fs::create_dir(&out).expect("a folder outside");
    // Work that is not committed: the index is older than a file, which tempts a reader to refresh it.
    let plan = city.join("departments/2025/shimin.yaml");
    let text = fs::read_to_string(&plan).expect("the plan");
    fs::write(&plan, text.replacen("- 1-1\n", "- １－１\n", 1)).expect("the plan");
    let before = seen(&city);
    for arguments in READING {
        run(&city, arguments);
        assert_same(&before, &city, &format!("{arguments:?}"));
    }
    let outside = |name: &str| format!("{out}/{name}");
    for arguments in [
        &["packet", "--format", "pdf,html,markdown,json", "-o", &out][..],
        &["handover", "somu", "--format", "html", "-o", &out],
        &["report", "-o", &outside("report.html")],
        &["export", "plan", "somu", "-o", &outside("somu.xlsx")],
        &["check", "-o", &format!("sarif={}", outside("check.sarif"))],
        &["coverage", "--format", "xlsx", "-o", &outside("coverage.xlsx")],
        &["history", "--format", "csv", "-o", &outside("history.csv")],
        &["lsp"],
    ] {
        let output = run(&city, arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", said(&output));
        assert_same(&before, &city, &format!("{arguments:?}"));
    }
    // And it could have been seen: the same commands without --diff write.
    run(&city, &["check", "--fix"]);
    assert_ne!(before, seen(&city));
}

/// P26: nothing is written again that is as it should be.
#[test]
fn what_is_tidy_is_not_written_again() {
    let town = town("tidy");
    let city = town.0.join("city");
    for arguments in
        [&["check", "--fix", "--unsafe-fixes"][..], &["fmt"], &["schema"], &["import", "plan", "somu.xlsx"]]
    {
        run(&city, arguments);
        let before = seen(&city);
        let again = run(&city, arguments);
        assert!(matches!(again.status.code(), Some(0 | 1)), "{arguments:?}: {}", said(&again));
        assert_same(&before, &city, &format!("{arguments:?} a second time"));
    }
}

/// P24 where nobody may write: every answer is the same.
#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_gives_the_same_answers() {
    use std::os::unix::fs::{PermissionsExt, lchown};
    use std::os::unix::process::CommandExt;
    let town = town("readonly");
    let city = town.0.join("city");
    // The administrator may write everywhere, so another user runs the program.
    let nobody = 65534;
    let root = lchown(&city, Some(nobody), Some(nobody)).is_ok();
    let entries: Vec<_> = walkdir::WalkDir::new(&city).into_iter().flatten().collect();
    if root {
        entries.iter().for_each(|entry| lchown(entry.path(), Some(nobody), Some(nobody)).expect("another owner"));
    }
    let ran = || -> Option<Vec<_>> {
        let run = |arguments: &&[&str]| {
            let mut command = command(&city, arguments);
            if root {
                command.uid(nobody);
            }
            command.output().ok()
        };
        READING.iter().map(run).collect()
    };
    let set = |folder: u32, file: u32| {
        for entry in &entries {
            let mode = if entry.file_type().is_dir() { folder } else { file };
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).expect("mode");
        }
    };
    let free = ran();
    set(0o555, 0o444);
    let bound = ran();
    set(0o755, 0o644);
    let (Some(free), Some(bound)) = (free, bound) else {
        println!("skipped: another user cannot reach the program");
        return;
    };
    for (arguments, (free, bound)) in READING.iter().zip(free.iter().zip(&bound)) {
        assert_eq!(free.status.code(), bound.status.code(), "{arguments:?}: {}", said(bound));
        assert_eq!(free.stdout, bound.stdout, "{arguments:?}: {}", said(bound));
    }
}

/// P28.
#[cfg(unix)]
#[test]
fn what_is_new_takes_nobodys_place() {
    use std::os::unix::fs::symlink;
    let plan = "departments/2025/somu.yaml";
    type Make<'m> = &'m dyn Fn(&Path, &Path);
    let ways: [(&str, Make<'_>); 6] = [
        ("a file", &|at, _| fs::write(at, "status: draft # mine\n").expect("file")),
        ("an empty file", &|at, _| fs::write(at, "").expect("file")),
        ("a folder", &|at, _| fs::create_dir(at).expect("folder")),
        ("a link to nothing", &|at, outside| symlink(outside.join("nothing.yaml"), at).expect("link")),
        ("a link to a file", &|at, outside| symlink(outside.join("theirs.yaml"), at).expect("link")),
        ("a folder that is a link", &|at, outside| {
            let folder = at.parent().expect("a folder");
            fs::rename(folder, outside.join("moved")).expect("moved");
            symlink(outside.join("moved"), folder).expect("link");
        }),
    ];
    for (what, make) in ways {
        let town = town("place");
        let (city, outside) = (town.0.join("city"), town.0.join("outside"));
        fs::create_dir(&outside).expect("outside");
        fs::write(outside.join("theirs.yaml"), "theirs\n").expect("file");
        fs::remove_file(city.join(plan)).expect("the plan");
        make(&city.join(plan), &outside);
        let before = (seen(&city.join("departments")), seen(&outside));
        for arguments in [&["new", "somu"][..], &["new", "--all"], &["new", "--missing", "somu"]] {
            let output = run(&city, arguments);
            assert!(matches!(output.status.code(), Some(0..=2)), "{what} {arguments:?}: {}", said(&output));
            assert_eq!(seen(&outside), before.1, "{what} {arguments:?}");
            // `--missing` completes a plan that is one; nothing else is written.
            let may = what == "a file" && arguments[1] == "--missing";
            assert!(may || seen(&city.join("departments")) == before.0, "{what} {arguments:?}: {}", said(&output));
        }
        // A city and a year begin around what is there.
        run(&city, &["init", "."]);
        run(&city, &["rollover", "2026"]);
        assert_eq!(seen(&outside), before.1, "{what}: init or rollover write through it");
    }
}
