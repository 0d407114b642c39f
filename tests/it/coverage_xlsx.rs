//! The workbook of `coverage`, read back by another reader.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::fs;
use std::io::Read;

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::coverage_screens::Town;

type Book = Xlsx<std::io::BufReader<fs::File>>;

fn book(town: &Town, args: &[&str]) -> Book {
    let mut all = vec!["coverage", "--format", "xlsx", "-o", "t.xlsx"];
    all.extend(args);
    let ran = town.run(80, &all);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    open_workbook(town.path("t.xlsx")).unwrap()
}

fn rows(book: &mut Book, sheet: usize) -> Vec<Vec<String>> {
    let range = book.worksheet_range_at(sheet).unwrap().unwrap();
    range
        .rows()
        .map(|row| {
            row.iter()
                .map(|cell| match cell {
                    Data::Empty => String::new(),
                    Data::String(text) => text.clone(),
                    other => panic!("{other:?} is no text"),
                })
                .collect()
        })
        .collect()
}

fn gappy() -> Town {
    let town = Town::shipped();
    town.edit("departments/2025/somu.yaml", "      - 3-6-a\n", "      - 3-2\n");
    town.edit(
        "departments/2025/somu.yaml",
        "      - 1-2\n      - 2-1\n    division: bosai",
        "      - 2-1\n    division: bosai",
    );
    town
}

#[test]
fn the_workbook_says_what_the_screen_says() {
    let town = gappy();
    let mut book = book(&town, &[]);
    assert_eq!(book.sheet_names(), ["対応表", "応えのない所", "基本方針の本文"]);
    let table = rows(&mut book, 0);
    assert!(table[0][0].contains("令和７年度"), "{:?}", table[0]);
    assert!(table[1][0].starts_with("写し（正本は YAML）　git 管理外　令和７年４月１日現在"), "{:?}", table[1]);
    assert!(table[2][0].contains("○ 記載あり") && table[2][0].contains("― 非該当"), "{:?}", table[2]);
    assert!(table[3][0].contains("333 のうち 331") && table[3][0].contains("未記載 2"), "{:?}", table[3]);
    assert_eq!(table[4][..5], ["番号", "項目", "求め", "政策部", "総務部"]);
    let row = |id: &str| table.iter().find(|row| row[0] == id).unwrap();
    assert_eq!((row("1-2")[4].as_str(), row("1-2")[13].as_str()), ("×", "9/10"));
    assert_eq!((row("1-4")[4].as_str(), row("1-4")[13].as_str()), ("―", "１部以上"));
    let gaps = rows(&mut book, 1);
    assert_eq!(gaps[4][..3], ["未記載", "総務部", "1-2 防災・減災対策"]);
    assert!(gaps[5][3].starts_with("3-6-a 指定管理者等"), "{gaps:?}");
    assert_eq!(gaps[5][4], "departments/2025/somu.yaml:99");
    assert_eq!(gaps.len(), 6);
    // All of the memo's words.
    let memo = rows(&mut book, 2);
    let policy: serde_yaml::Value =
        serde_yaml::from_str(&fs::read_to_string(town.path("policy/2025/policy.yaml")).unwrap()).unwrap();
    let mut items = 0;
    for item in policy["sections"].as_sequence().unwrap().iter().flat_map(|it| it["items"].as_sequence().unwrap()) {
        let row = memo.iter().find(|row| row[0] == item["id"].as_str().unwrap()).unwrap();
        assert_eq!(row[2], item["text"].as_str().unwrap());
        items += 1;
    }
    assert_eq!(items, 25);
}

#[test]
fn a_row_can_be_a_clause_and_a_book_one_department() {
    let town = gappy();
    let mut book = book(&town, &["総務部", "--by", "clause", "--gaps", "--lang", "en"]);
    assert_eq!(book.sheet_names(), ["Table", "Gaps", "Wording"]);
    let table = rows(&mut book, 0);
    assert!(table[1][0].starts_with("Copy (the YAML files count)"), "{:?}", table[1]);
    let row = table.iter().find(|row| row[0] == "3-6-a").unwrap();
    assert_eq!(row[2..], ["every department", "×", "0/1"]);
    assert!(table[3][0].starts_with("32 of 34 "), "{:?}", table[3]);
}

/// The parts of a workbook that are XML, by name.
fn parts(town: &Town) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(fs::File::open(town.path("t.xlsx")).unwrap()).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn no_text_acts_as_a_formula_or_a_link() {
    let town = gappy();
    let evil = "=HYPERLINK(\"https://example.invalid\",\"x\")";
    town.edit("policy/2025/policy.yaml", "short: 防災・減災対策", &format!("short: '{evil}'"));
    town.edit("policy/2025/organization.yaml", "name: 総務部", "name: '@SUM(A1)'");
    let mut book = book(&town, &[]);
    let table = rows(&mut book, 0);
    assert!(table.iter().any(|row| row[1] == evil) && table[4][4] == "@SUM(A1)");
    for sheet in ["対応表", "応えのない所", "基本方針の本文"] {
        let formulas = book.worksheet_formula(sheet).unwrap();
        assert_eq!(formulas.used_cells().count(), 0, "{sheet}");
    }
    for (name, text) in parts(&town) {
        assert!(!text.contains("<f>") && !text.contains("<hyperlink") && !text.contains("TargetMode"), "{name}");
    }
}

#[test]
fn it_is_laid_out_for_paper_and_tells_why_a_department_declined() {
    let town = gappy();
    drop(book(&town, &[]));
    let parts = parts(&town);
    let part = |name: &str| &parts.iter().find(|(path, _)| path == name).unwrap().1;
    let sheet = part("xl/worksheets/sheet1.xml");
    for wanted in [
        "paperSize=\"8\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "xSplit=\"3\"",
        "ySplit=\"5\"",
        "state=\"frozen\"",
    ] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    let names = part("xl/workbook.xml");
    assert!(names.contains("Print_Titles") && names.contains("$5:$5") && names.contains("$4:$4"), "{names}");
    // Declines of the shipped city, with who acts instead.
    let notes = part("xl/comments1.xml");
    assert!(notes.contains("1-3 非該当: ") && notes.contains("担当する部"), "{notes}");
}

#[test]
fn equal_input_gives_equal_bytes() {
    let town = gappy();
    drop(book(&town, &[]));
    let first = fs::read(town.path("t.xlsx")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2100));
    drop(book(&town, &[]));
    assert!(first == fs::read(town.path("t.xlsx")).unwrap());
    let core = parts(&town).into_iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
    assert!(core.contains("2025-04-01T00:00:00Z"), "{core}");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_the_book_still_made() {
    let town = gappy();
    let long = "あ".repeat(40_000);
    town.edit("policy/2025/policy.yaml", "short: 防災・減災対策", &format!("short: {long}"));
    let mut book = book(&town, &[]);
    assert!(rows(&mut book, 0).iter().any(|row| row[1].ends_with("あ…")));
}
