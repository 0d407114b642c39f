//! What goes wrong on Windows first, as far as another system can show it.

use std::fs;

use super::{READING, command, run, said};
use crate::cases::{Scratch, lay_out};

fn town(name: &str) -> Scratch {
    let town = Scratch::new(&format!("windows-{name}"));
    lay_out("small", &town.0);
    town
}

/// A file of such a name cannot be opened there, whatever its ending and case.
#[test]
fn no_file_is_called_like_a_device() {
    let town = town("devices");
    for name in ["NUL", "con.html", "Aux.x.html", "COM1", "lpt9.html", "prn .html"] {
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
    for arguments in
        [&["check"][..], &["packet", "--format", "html"], &["check", "--fix"], &["rename", "somu", "kikaku"]]
    {
        let output = run(&deep, arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    }
}

/// Every file with the line ends of Windows: the same answers, and the line ends stay.
#[test]
fn line_ends_of_windows_change_no_answer() {
    let (plain, windows) = (town("lf"), town("crlf"));
    for entry in walkdir::WalkDir::new(&windows.0).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = fs::read_to_string(entry.path()).expect("text");
        fs::write(entry.path(), text.replace('\n', "\r\n")).expect("written");
    }
    // Offsets are bytes, and differ; reports of git need a repository.
    let alike = |arguments: &&&[&str]| !arguments.contains(&"json") && !arguments.contains(&"diff");
    for arguments in READING.iter().filter(alike) {
        let (one, other) = (run(&plain.0, arguments), run(&windows.0, arguments));
        assert_eq!(one.status.code(), other.status.code(), "{arguments:?}: {}", said(&other));
        assert_eq!(String::from_utf8_lossy(&one.stdout), String::from_utf8_lossy(&other.stdout), "{arguments:?}");
    }
    for arguments in [&["fmt"][..], &["check", "--fix"], &["new", "--missing", "somu"], &["rename", "1-2", "1-7"]] {
        assert_eq!(run(&windows.0, arguments).status.code(), Some(0), "{arguments:?}");
    }
    for path in ["departments/2025/somu.yaml", "policy/2025/policy.yaml"] {
        let text = fs::read_to_string(windows.0.join(path)).expect("text");
        assert!(text.contains("1-7") && text.matches('\n').count() == text.matches("\r\n").count(), "{path}");
    }
}

/// Paths as they are typed there.
#[test]
fn paths_may_be_typed_with_the_other_stroke() {
    let town = town("strokes");
    for path in ["departments\\2025\\somu.yaml", ".\\departments\\2025\\somu.yaml", "departments/2025\\somu.yaml"] {
        let output = command(&town.0, &["check", path, "--format", "concise"]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{path}: {}", said(&output));
    }
}
