//! P20: what a plan says is no formula in a spreadsheet, whichever way it gets there.

use std::fs;
use std::io::Read;

use super::{command, plain_commit, run, said};
use crate::cases::{Scratch, lay_out, run_git};

/// What a spreadsheet would calculate, or take for a number or day, at the beginning of a cell.
const FORMULAS: [&str; 10] = ["=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", "\\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"];

/// A city in which every title is one, with a history that is one.
fn town(formula: &str) -> Scratch {
    let town = Scratch::new("inert");
    lay_out("small", &town.0);
    for path in [
        "departments/2025/somu.yaml",
        "policy/2025/organization.yaml",
        "policy/2025/policy.yaml",
        "policy/2025/references.yaml",
    ] {
        let text = fs::read_to_string(town.0.join(path)).expect("text");
        let worse =
            |line: &str| match ["title: ", "name: ", "short: ", "what: "].iter().find(|key| line.contains(**key)) {
                Some(key) => format!("{}{key}\"{formula}\"\n", line.split(key).next().unwrap_or_default()),
                None => format!("{line}\n"),
            };
        fs::write(town.0.join(path), text.lines().map(worse).collect::<String>()).expect("written");
    }
    run_git(&town.0, &["init", "--quiet"]);
    plain_commit(&town.0, &formula.replace("\\t", "\t").replace("\\r", "\r"));
    town
}

/// The cells of a CSV text, read by its own rules.
fn cells(text: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    assert!(!quoted, "a quote is never closed");
    cells
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    for formula in FORMULAS {
        let town = town(formula);
        for arguments in [
            &["coverage", "--format", "csv"][..],
            &["coverage", "--by", "clause", "--format", "csv"],
            &["coverage", "--by", "reference", "--format", "csv"],
            &["coverage", "--gaps", "--format", "csv"],
            &["history", "--format", "csv"],
        ] {
            let output = run(&town.0, arguments);
            assert_eq!(output.status.code(), Some(0), "{formula} {arguments:?}: {}", said(&output));
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            let text = text.strip_prefix('\u{feff}').expect("the mark that Excel needs");
            let acts = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            let cells = cells(text);
            assert_eq!(cells.iter().find(acts), None, "{formula} {arguments:?}");
            assert!(cells.len() > 4, "{text}");
        }
        // A workbook tells a text from a formula by itself.
        for arguments in [
            &["export", "plan", "somu", "-o", "book.xlsx"][..],
            &["coverage", "--gaps", "--format", "xlsx", "-o", "book.xlsx"],
        ] {
            let output = command(&town.0, arguments).output().expect("it runs");
            assert_eq!(output.status.code(), Some(0), "{formula} {arguments:?}: {}", said(&output));
            let book = fs::File::open(town.0.join("book.xlsx")).expect("the book");
            let mut book = zip::ZipArchive::new(book).expect("a book");
            for at in 0..book.len() {
                let mut part = book.by_index(at).expect("a part");
                let name = part.name().expect("a name").into_owned();
                let mut text = String::new();
                if name.starts_with("xl/worksheets/") && part.read_to_string(&mut text).is_ok() {
                    assert!(!text.contains("<f>") && !text.contains("<hyperlink"), "{formula} {arguments:?} {name}");
                }
            }
        }
    }
}
