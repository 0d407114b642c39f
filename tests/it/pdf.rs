//! Papers as PDF: all departments, both languages; characters that no font has; hostile text. What
//! readers of PDF make of them is tested by `tests/clients/pdf/run`.

use std::fs;
use std::path::Path;

use crate::cases::{Scratch, lay_out, program};
use crate::support;

fn packet(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = program(folder).arg("packet").args(args).output().expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn shipped(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    lay_out("shipped", &scratch.0);
    scratch
}

fn edit(folder: &Path, path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(folder.join(path)).expect("the file is there");
    assert!(text.contains(old), "{path} holds {old}");
    fs::write(folder.join(path), text.replacen(old, new, 1)).expect("it can be written");
}

#[test]
fn every_department_in_both_languages() {
    let scratch = shipped("pdf-all");
    for (args, ending) in [
        (vec!["-o", "a"], "interviewer"),
        (vec!["--for", "department", "-o", "b", "--full"], "department"),
        (vec!["--lang", "en", "-o", "c"], "interviewer"),
    ] {
        assert_eq!(packet(&scratch.0, &args), (Some(0), String::new()), "{args:?}");
        let folder = scratch.0.join(args[args.iter().position(|arg| *arg == "-o").expect("-o") + 1]);
        let files: Vec<_> = fs::read_dir(folder).expect("papers").flatten().collect();
        assert_eq!(files.len(), 10);
        for file in files {
            let name = file.file_name().to_string_lossy().into_owned();
            assert!(name.ends_with(&format!("-{ending}.pdf")), "{name}");
            let bytes = fs::read(file.path()).expect("readable");
            assert!(bytes.starts_with(b"%PDF-1.7") && bytes.len() < 700_000, "{name} {}", bytes.len());
            let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            for part in ["/StructTreeRoot", "/Outlines", "pdfaid:part>2<", "pdfuaid:part>1<", "/Lang"] {
                assert!(holds(part.as_bytes()), "{name} {part}");
            }
        }
    }
}

#[test]
fn a_character_that_no_font_has() {
    let scratch = shipped("pdf-absent");
    edit(&scratch.0, "departments/2025/kenko.yaml", "mission: |-\n  ", "mission: |-\n  𩸽と");
    let (code, err) = packet(&scratch.0, &["-o", "out"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("「𩸽」（U+29E3D）  departments/2025/kenko.yaml:"), "{err}");
    assert!(!scratch.0.join("out/kenko-interviewer.pdf").exists(), "never a paper with a hole in it");
    assert!(scratch.0.join("out/somu-interviewer.pdf").exists(), "the others are made");
    let fonts = support::tests_dir("fonts");
    let fonts = fonts.to_string_lossy();
    assert_eq!(packet(&scratch.0, &["kenko", "--font-dir", &fonts, "-o", "out"]), (Some(0), String::new()));
    edit(&scratch.0, "departments/2025/kenko.yaml", "𩸽と", "𩸽と𠮷");
    let (code, err) = packet(&scratch.0, &["kenko", "--font-dir", &fonts, "-o", "out"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("「𠮷」（U+20BB7）") && !err.contains("「𩸽」") && err.contains("BIZ UDGothic"), "{err}");
    assert_eq!(packet(&scratch.0, &["kenko", "--font-dir", "nowhere", "-o", "out"]).0, Some(2));
    assert_eq!(packet(&scratch.0, &["kenko", "--font-dir", "policy", "-o", "out"]).0, Some(2), "no font in there");
    assert_eq!(packet(&scratch.0, &["kenko", "--format", "html", "-o", "out"]).0, Some(0), "HTML needs no font");
}

/// What a reader acts on: the file without its streams and strings.
fn objects(bytes: &[u8]) -> String {
    let text: String = bytes.iter().copied().map(char::from).collect();
    let mut rest = text.as_str();
    let mut out = String::new();
    while let Some((before, stream)) = rest.split_once("stream\n") {
        out.push_str(before);
        rest = stream.split_once("endstream").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let (mut depth, mut escaped) = (0, false);
    out.retain(|c| {
        let inside = depth > 0;
        match c {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '(' => depth += 1,
            ')' if inside => depth -= 1,
            _ => {}
        }
        !inside && depth == 0
    });
    out
}

#[test]
fn hostile_text_stays_text() {
    let scratch = shipped("pdf-hostile");
    let hostile = "(a) Tj ET endstream endobj << /S /JavaScript /JS (app.alert(1)) >> /URI (http://x.example) \\";
    let wall = "A".repeat(5000);
    edit(
        &scratch.0,
        "departments/2025/somu.yaml",
        "mission: |-\n  ",
        &format!("mission: |-\n  {hostile}\n  {wall}\n  "),
    );
    edit(
        &scratch.0,
        "departments/2025/somu.yaml",
        "  - id: G1\n    title: ",
        &format!("  - id: G1\n    title: '{hostile}' #"),
    );
    assert_eq!(packet(&scratch.0, &["somu", "--for", "interviewer", "-o", "."]), (Some(0), String::new()));
    let file = scratch.0.join("somu-interviewer.pdf");
    let bytes = fs::read(&file).expect("readable");
    let objects = objects(&bytes);
    assert!(objects.contains("/StructTreeRoot"), "objects are looked at");
    for part in ["/JavaScript", "/JS", "/URI", "/Launch", "/EmbeddedFile", "/AA", "/OpenAction"] {
        assert!(!objects.contains(part), "{part}");
    }
}
