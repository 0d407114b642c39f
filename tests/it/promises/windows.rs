//! What goes wrong on Windows first, as far as another system can show it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use super::{READING, command, plain_commit, run, said};
use crate::cases::{Scratch, lay_out, run_git};
use crate::support::tests_dir;

const SOMU: &str = "departments/2025/somu.yaml";
const SHIMIN: &str = "departments/2025/shimin.yaml";

fn town(name: &str) -> Scratch {
    let town = Scratch::new(&format!("windows-{name}"));
    lay_out("small", &town.0);
    town
}

/// A file of such a name cannot be opened there, whatever its ending and case.
#[test]
fn no_file_is_called_like_a_device() {
    let town = town("devices");
    let names =
        ["NUL", "nul.", "Nul ", "con.html", "Aux.x.html", "COM1", "com².html", "lpt9.html", "prn .html", "CONIN$"];
    for name in names {
        let output = run(&town.0, &["report", "-o", name]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains("Windows") && !town.0.join(name).exists(), "{name}: {}", said(&output));
    }
    for name in ["console.html", "com10.html", "null.html", ".con.html"] {
        assert_eq!(run(&town.0, &["report", "-o", name]).status.code(), Some(0), "{name}");
    }
    for id in ["con", "nul", "com1"] {
        assert_eq!(run(&town.0, &["rename", "somu", id]).status.code(), Some(2), "{id}");
    }
    // Folders that would have to be made are asked about, too, and none of them is.
    for arguments in [
        &["packet", "--format", "html", "-o", "aux"][..],
        &["packet", "--format", "html", "-o", "Con.d/papers"],
        &["handover", "somu", "--format", "html", "-o", "LPT1"],
        &["man", "-o", "nul/man"],
        &["init", "con"],
    ] {
        for lang in ["ja", "en"] {
            let output = command(&town.0, arguments).args(["--lang", lang]).output().expect("it runs");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
            assert!(said(&output).contains("Windows"), "{arguments:?}: {}", said(&output));
        }
    }
    assert_eq!(top(&town.0).len(), 2 + 4, "{:?}", top(&town.0));
    // A plan of such a name, made elsewhere, is never taken for one.
    fs::copy(town.0.join(SOMU), town.0.join("departments/2025/aux.yaml")).expect("a plan");
    assert_eq!(run(&town.0, &["check"]).status.code(), Some(1));
}

/// Whatever is handed out can be unpacked there: no device, no sign that names may not have, no two
/// names that are one, and room for the folders above.
#[test]
fn every_shipped_file_has_a_name_that_can_be() {
    let top = tests_dir("..");
    let mut seen = BTreeSet::new();
    let walk = walkdir::WalkDir::new(&top).into_iter();
    let ours = |entry: &walkdir::DirEntry| {
        let below = entry.path().strip_prefix(&top).unwrap_or(Path::new("")).to_string_lossy().into_owned();
        !["target", "packets", ".git"].contains(&below.as_str())
            && !below.ends_with("node_modules")
            && !below.ends_with("fuzz/target")
    };
    for entry in walk.filter_entry(ours).flatten().filter(|entry| entry.depth() > 0) {
        let name = entry.file_name().to_str().unwrap_or_else(|| panic!("{:?} is no text", entry.path()));
        let stem = name.split('.').next().unwrap_or_default();
        assert!(!kpolicy::ids::is_reserved(stem.trim_end()), "{:?}", entry.path());
        assert!(!name.ends_with(['.', ' ']), "{:?}", entry.path());
        assert!(!name.contains(['<', '>', ':', '"', '|', '?', '*', '\\']), "{:?}", entry.path());
        assert!(!name.contains(char::is_control), "{:?}", entry.path());
        let below = entry.path().strip_prefix(&top).expect("below").to_string_lossy().replace('\\', "/");
        assert!(below.chars().count() < 160, "{below}");
        assert!(seen.insert(below.to_lowercase()), "{below} is there in other capitals, too");
    }
    assert!(seen.len() > 500, "only {} files", seen.len());
}

/// Two goals, and two departments, that differ in capitals only are told, whichever comes first.
#[test]
fn ids_in_other_capitals_are_no_second_ones() {
    let town = town("capitals");
    let plan = fs::read_to_string(town.0.join(SOMU)).expect("the plan");
    let goal = plan.find("  - id: G1\n").expect("a goal");
    let again = plan[goal..].replacen("id: G1", "id: g1", 1);
    fs::write(town.0.join(SOMU), format!("{}{again}", plan.trim_end().to_owned() + "\n")).expect("written");
    let output = run(&town.0, &["check", "--format", "concise"]);
    assert!(output.status.code() == Some(1) && said(&output).contains("K205"), "{}", said(&output));
    fs::write(town.0.join(SOMU), &plan).expect("written");
    let path = town.0.join("policy/2025/organization.yaml");
    let text = fs::read_to_string(&path).expect("the organization");
    fs::write(&path, text.replace("id: shimin", "id: Somu")).expect("written");
    let output = run(&town.0, &["check", "--format", "concise"]);
    assert!(output.status.code() == Some(1) && said(&output).contains("K106"), "{}", said(&output));
    // To the other system it would be the file that is there.
    assert_eq!(run(&town.0, &["rename", "shimin", "SOMU"]).status.code(), Some(2));
}

/// A file that somebody made read-only is named and stays; Windows would not let it be replaced.
/// Nothing else is changed where files belong together, and nothing is left beside.
#[test]
fn a_read_only_file_is_named_and_stays() {
    let town = town("readonly");
    let untidy =
        fs::read_to_string(town.0.join(SOMU)).expect("the plan").replace("status: submitted", "status:   submitted");
    fs::write(town.0.join(SOMU), &untidy).expect("written");
    assert_eq!(run(&town.0, &["packet", "--format", "html"]).status.code(), Some(0));
    assert_eq!(run(&town.0, &["export", "plan", "somu", "-o", "somu.xlsx"]).status.code(), Some(0));
    assert_eq!(run(&town.0, &["report", "-o", "report.html"]).status.code(), Some(0));
    let paper = "packets/2025/somu-interviewer.html";
    let locked = [SOMU, "policy/2025/policy.yaml", paper, "report.html", "somu.xlsx"];
    let set = |readonly: bool| {
        for path in locked {
            let mut mode = fs::metadata(town.0.join(path)).expect(path).permissions();
            mode.set_readonly(readonly);
            fs::set_permissions(town.0.join(path), mode).expect(path);
        }
    };
    // What the papers show has changed, or nothing would be written.
    let shimin = fs::read_to_string(town.0.join(SHIMIN)).expect("the plan");
    set(true);
    let before = content(&town.0);
    for (arguments, named) in [
        (&["fmt"][..], SOMU),
        (&["fmt", "somu"], SOMU),
        (&["rename", "1-2", "1-7"], SOMU),
        (&["rename", "somu", "kikaku"], SOMU),
        (&["rename", "somu:G1", "G7"], SOMU),
        (&["packet", "somu", "--for", "interviewer", "--format", "html"], paper),
        (&["report", "-o", "report.html"], "report.html"),
        (&["check", "-o", "markdown=report.html"], "report.html"),
        (&["export", "plan", "somu", "--overwrite", "-o", "somu.xlsx"], "somu.xlsx"),
    ] {
        for (lang, word) in [("ja", "読み取り専用"), ("en", "read-only")] {
            let output = command(&town.0, arguments).args(["--lang", lang]).output().expect("it runs");
            let told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
            let name = named.rsplit('/').next().unwrap_or(named);
            assert!(told.contains(word) && told.contains(name), "{arguments:?}: {told}");
            assert_eq!(content(&town.0), before, "{arguments:?}");
        }
    }
    // The same of mending: the other plan is mended, this one stays.
    set(false);
    fs::write(town.0.join(SOMU), untidy.replace("status:   submitted", "status： submitted")).expect("written");
    fs::write(town.0.join(SHIMIN), shimin.replace("status: ", "status： ")).expect("written");
    set(true);
    let before = fs::read(town.0.join(SOMU)).expect("the plan");
    let output = run(&town.0, &["check", "--fix"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("読み取り専用") && said(&output).contains("somu.yaml"), "{}", said(&output));
    assert_eq!(fs::read(town.0.join(SOMU)).expect("the plan"), before);
    let now = content(&town.0);
    assert!(now.iter().all(|(path, _)| !path.ends_with(".tmp")), "something is left beside");
    set(false);
    assert_eq!(run(&town.0, &["check", "--fix"]).status.code(), Some(0));
}

/// Names and bytes of everything below a folder.
fn content(folder: &Path) -> BTreeSet<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_string_lossy().into_owned(), fs::read(entry.path()).expect("bytes"))).collect()
}

fn top(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// The longest name that a disk takes is taken, also while the file is being written.
#[test]
fn long_names_and_paths_are_written() {
    let town = town("long");
    let name = format!("{}.html", "あ".repeat(83));
    assert_eq!(name.len(), 254);
    let output = run(&town.0, &["report", "-o", &name]);
    assert!(output.status.code() == Some(0) && town.0.join(&name).is_file(), "{}", said(&output));
    let deep = (0..12).fold(town.0.clone(), |folder, _| folder.join("市の長い名前のフォルダー"));
    fs::create_dir_all(&deep).expect("folders");
    assert!(deep.as_os_str().len() > 260);
    lay_out("small", &deep);
    // The longest id gives the longest names of papers.
    let id = "b".repeat(64);
    let whole = run(&town.0, &["rename", "somu", &id]);
    assert_eq!(whole.status.code(), Some(0), "{}", said(&whole));
    assert_eq!(run(&town.0, &["packet", "--all", "--format", "html,json", "-o", "out"]).status.code(), Some(0));
    assert_eq!(run(&town.0, &["handover", &id, "--format", "html", "-o", "out"]).status.code(), Some(0));
    let longest = top(&town.0.join("out")).iter().map(String::len).max();
    assert_eq!(longest, Some(64 + "-interviewer.html".len()));
    for arguments in
        [&["check"][..], &["packet", "--format", "html"], &["check", "--fix"], &["rename", "somu", "kikaku"]]
    {
        let output = run(&deep, arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    }
}

/// What the system does not take is told with the way out, and nothing is made.
#[test]
fn a_name_too_long_for_the_system_is_told() {
    let town = town("toolong");
    let long = "a".repeat(300);
    let (file, book, below) = (format!("{long}.html"), format!("{long}.xlsx"), format!("{long}/市"));
    for arguments in [
        &["report", "-o", file.as_str()][..],
        &["check", "-o", file.as_str()],
        &["packet", "--format", "html", "-o", long.as_str()],
        &["export", "plan", "somu", "-o", book.as_str()],
        &["init", below.as_str()],
    ] {
        for (lang, word) in [("ja", "名前が長すぎる"), ("en", "too long")] {
            let output = command(&town.0, arguments).args(["--lang", lang]).output().expect("it runs");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
            assert!(said(&output).contains(word), "{arguments:?}: {}", said(&output));
        }
    }
    let deep = "departments/2025/".repeat(300);
    for arguments in [&["check", deep.as_str()][..], &["-C", deep.as_str(), "check"], &["check", long.as_str()]] {
        assert_eq!(run(&town.0, arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(top(&town.0).len(), 2, "{:?}", top(&town.0));
}

/// Every file with the line ends of Windows: the same answers, and the line ends stay.
#[test]
fn line_ends_of_windows_change_no_answer() {
    let (plain, windows) = (town("lf"), town("crlf"));
    with_windows_lines(&windows.0);
    // Offsets are bytes, and differ; reports of git need a repository.
    let alike = |arguments: &&&[&str]| !arguments.contains(&"json") && !arguments.contains(&"diff");
    for arguments in READING.iter().filter(alike) {
        let (one, other) = (run(&plain.0, arguments), run(&windows.0, arguments));
        assert_eq!(one.status.code(), other.status.code(), "{arguments:?}: {}", said(&other));
        // A console takes nothing but UTF-8, whatever its code page is.
        let text = |output: std::process::Output| String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(text(one), text(other), "{arguments:?}");
    }
    for arguments in [&["fmt"][..], &["check", "--fix"], &["new", "--missing", "somu"], &["rename", "1-2", "1-7"]] {
        assert_eq!(run(&windows.0, arguments).status.code(), Some(0), "{arguments:?}");
    }
    for path in ["departments/2025/somu.yaml", "policy/2025/policy.yaml"] {
        let text = fs::read_to_string(windows.0.join(path)).expect("text");
        assert!(text.contains("1-7") && text.matches('\n').count() == text.matches("\r\n").count(), "{path}");
    }
}

fn with_windows_lines(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = fs::read_to_string(entry.path()).expect("text");
        fs::write(entry.path(), text.replace('\n', "\r\n")).expect("written");
    }
}

/// The same of papers, of a workbook and of a memo; to `diff` it is no change.
#[test]
fn line_ends_of_windows_change_no_paper_and_no_import() {
    let (plain, windows) = (town("lf-papers"), town("crlf-papers"));
    for town in [&plain, &windows] {
        run_git(&town.0, &["init", "--quiet", "--initial-branch=main"]);
        plain_commit(&town.0, "初め");
    }
    for folder in ["policy", "departments"] {
        with_windows_lines(&windows.0.join(folder));
    }
    let output = run(&windows.0, &["diff", "HEAD", "--format", "json", "--fail-on-regression"]);
    let changes: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let years = changes["years"].as_array().expect("years");
    assert!(output.status.code() == Some(0) && years.is_empty(), "{changes:#}");
    for town in [&plain, &windows] {
        fs::remove_dir_all(town.0.join(".git")).expect("no history");
        for arguments in [
            &["packet", "--all", "--for", "interviewer", "--format", "html,markdown", "-o", "out"][..],
            &["packet", "--all", "--for", "department", "--format", "html,markdown", "-o", "out"],
            &["handover", "somu", "--format", "html,markdown", "-o", "out"],
            &["report", "-o", "out/report.html"],
            &["coverage", "--format", "csv", "-o", "out/coverage.csv"],
        ] {
            let output = run(&town.0, arguments);
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        }
    }
    let papers = top(&plain.0.join("out"));
    assert!(papers.len() > 8, "{papers:?}");
    for paper in papers {
        let bytes = |town: &Scratch| fs::read(town.0.join("out").join(&paper)).expect(&paper);
        assert!(bytes(&plain) == bytes(&windows), "{paper}");
    }
    // A workbook made elsewhere finds nothing changed here, and brings nothing.
    assert_eq!(run(&plain.0, &["export", "plan", "somu", "-o", "somu.xlsx"]).status.code(), Some(0));
    fs::copy(plain.0.join("somu.xlsx"), windows.0.join("somu.xlsx")).expect("a workbook");
    let whole = fs::read(windows.0.join(SOMU)).expect("the plan");
    let output = run(&windows.0, &["import", "plan", "somu.xlsx"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(fs::read(windows.0.join(SOMU)).expect("the plan") == whole, "the line ends stay");
    // A memo saved there reads like any other.
    let memo = "令和７年度市政運営の基本方針\n\n１ 施政方針\n\n(1) 窓口\n窓口を開くこと。\n";
    fs::write(plain.0.join("memo.txt"), memo).expect("a memo");
    fs::write(windows.0.join("memo.txt"), memo.replace('\n', "\r\n")).expect("a memo");
    let read = |town: &Scratch| said(&run(&town.0, &["import", "memo", "memo.txt", "--year", "2026", "--diff"]));
    assert!(read(&plain).contains("窓口を開くこと。"), "{}", read(&plain));
    assert_eq!(read(&plain), read(&windows));
}

/// Paths as they are typed there.
#[test]
fn paths_may_be_typed_with_the_other_stroke() {
    let town = town("strokes");
    for path in ["departments\\2025\\somu.yaml", ".\\departments\\2025\\somu.yaml", "departments/2025\\somu.yaml"] {
        let output = command(&town.0, &["check", path, "--format", "concise"]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{path}: {}", said(&output));
    }
    // Named from within, by commands that take files or departments, and of what stdin stands for.
    let (within, plan) = (town.0.join("departments/2025"), fs::read_to_string(town.0.join(SOMU)).expect("the plan"));
    for path in [".\\somu.yaml", "..\\2025\\somu.yaml", "..\\..\\departments\\2025", "..\\2025/somu.yaml"] {
        for name in ["check", "fmt"] {
            let output = run(&within, &[name, path]);
            assert_eq!(output.status.code(), Some(0), "{name} {path}: {}", said(&output));
        }
    }
    for arguments in [&["show", "departments\\2025\\somu.yaml"][..], &["coverage", "departments\\2025\\somu.yaml"]] {
        assert_eq!(run(&town.0, arguments).status.code(), Some(0), "{arguments:?}");
    }
    for path in ["departments\\2025\\somu.yaml", ".\\departments\\2025\\somu.yaml"] {
        let arguments = ["check", "-", "--stdin-filename", path, "--format", "concise"];
        let mut command = command(&town.0, &arguments);
        let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut typed = running.stdin.take().expect("stdin");
        typed.write_all(plan.replace("status: submitted", "status： submitted").as_bytes()).expect("typed");
        drop(typed);
        let output = running.wait_with_output().expect("it ends");
        assert!(said(&output).starts_with("departments/2025/somu.yaml:"), "{path}: {}", said(&output));
    }
    // Drives and servers are places like any other, or none: told, and nothing is taken for them.
    for place in ["C:\\city", "c:/city", "\\\\server\\share\\city", "\\\\?\\C:\\city"] {
        let plan = format!("{place}\\departments\\2025\\somu.yaml");
        for arguments in
            [&["-C", place, "check"][..], &["check", plan.as_str()], &["fmt", plan.as_str()], &["show", plan.as_str()]]
        {
            let output = run(&town.0, arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
            assert!(said(&output).contains(place), "{arguments:?}: {}", said(&output));
        }
    }
}
