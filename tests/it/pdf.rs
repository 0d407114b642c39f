//! Papers as PDF: all departments, both languages; a file that readers can read; characters that no
//! font has; hostile text.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cases::{Scratch, lay_out, program};
use crate::support;

/// Runs a program of the system on a file; none where this machine does not have it.
fn tool(name: &str, args: &[&str], file: &Path) -> Option<(bool, String)> {
    let output = Command::new(name).args(args).arg(file).output().ok()?;
    Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The text of a file in the order of its pages; none where this machine cannot tell.
fn text_of(file: &Path) -> Option<(bool, String)> {
    let text = file.with_extension("txt");
    let output =
        Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).args([file, text.as_path()]).output().ok()?;
    Some((output.status.success(), fs::read_to_string(text).unwrap_or_default()))
}

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

/// Text without blanks and breaks of lines.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
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

/// The text that copying, searching and screen readers get, page by page.
#[test]
fn the_text_can_be_read_back() {
    let scratch = shipped("pdf-text");
    let plan = "departments/2025/somu.yaml";
    edit(&scratch.0, plan, "mission: |-\n  ", "mission: |-\n  CO₂を減らす☐⚠10⁵件。");
    assert_eq!(packet(&scratch.0, &["somu", "--for", "interviewer", "--format", "pdf,markdown", "-o", "."]).0, Some(0));
    let file = scratch.0.join("somu-interviewer.pdf");
    if let Some((clean, _)) = tool("qpdf", &["--check"], &file) {
        assert!(clean, "qpdf finds nothing to complain of");
    }
    let Some((_, text)) = text_of(&file) else { return };
    let pages: Vec<String> = text.split('\u{C}').filter(|page| !page.trim().is_empty()).map(bare).collect();
    let count = pages.len();
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("ページ{}/{count}", index + 1)), "page {} has its number", index + 1);
        assert!(page.contains("総務部令和７年度運営方針・組織目標面談資料"), "and says whose it is");
        assert!(page.contains("取扱注意記入例（架空）面談者用"));
    }
    assert!(pages[0].contains("お尋ねいただきたいこと") && pages[0].contains("署名"), "page one suffices");
    assert!(pages[0].contains("CO₂を減らす☐⚠10⁵件。"), "what is drawn can be copied: {}", pages[0]);
    let all = pages.concat();
    let markdown = fs::read_to_string(scratch.0.join("somu-interviewer.md")).expect("the same as Markdown");
    let headings = markdown.lines().filter(|line| line.starts_with('#'));
    for heading in headings {
        let words = bare(heading.trim_start_matches('#').split("　［").next().unwrap_or_default());
        assert!(all.contains(&words.replace('\\', "")), "{heading}");
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
    if let Some((_, text)) = text_of(&scratch.0.join("out/kenko-department.pdf")) {
        assert!(bare(&text).contains("𩸽と"), "copied as that character");
    }
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
    let Some((clean, text)) = text_of(&file) else { return };
    assert!(clean);
    assert!(bare(&text).contains(&bare(hostile)), "all of it is printed");
    assert!(bare(&text).matches('A').count() >= 5000, "the wall, too");
}
