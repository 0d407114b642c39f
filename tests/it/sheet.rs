//! The workbook of a plan: out and back, by hand and by strangers.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read, Write};

use kpolicy::city::City;
use kpolicy::city::year::Year;
use kpolicy::coverage::Coverage;
use kpolicy::date::FiscalYear;
use kpolicy::edit::{Editor, Noted, Value};
use kpolicy::lang::Lang;
use kpolicy::links::Links;
use kpolicy::shape::{Kind, PLAN, Shape};
use kpolicy::sheet::change::change;
use kpolicy::sheet::data::{Data, DataKind, read_path};
use kpolicy::sheet::merge::{Effect, Merge, merge};
use kpolicy::sheet::read::{Book, Cell, Sheet, read};
use kpolicy::sheet::words::Words;
use kpolicy::sheet::write::{Source, write};
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};
use proptest::prelude::*;

use crate::coverage_screens::Town;
use crate::support;

fn shipped() -> Snapshot {
    read_work_tree(&support::tests_dir("..")).unwrap()
}

fn data(text: &str) -> Data {
    Data::root(Editor::open(text).unwrap().tree(), &PLAN)
}

/// Runs with the year of a city and the department's number in it.
fn with_year<T>(snapshot: &Snapshot, department: &str, look: impl FnOnce(&Year<'_>, usize) -> T) -> T {
    let city = City::load(snapshot);
    let year = Year::new(&city, FiscalYear(2025), support::DAY).unwrap().unwrap();
    let at = year.departments.iter().position(|other| other.id() == department).unwrap();
    look(&year, at)
}

fn export(year: &Year<'_>, department: usize, text: &str, lang: Lang) -> Vec<u8> {
    let links = Links::new(year);
    let coverage = Coverage::new(year, &links);
    let plan = data(text);
    write(&Source { year, coverage: &coverage, department, text, plan: &plan, todo: Vec::new() }, lang).unwrap()
}

/// What a workbook means for the plan `now`.
fn merged(year: &Year<'_>, department: usize, book: &Book, now: &str) -> Merge {
    let base = data(&book.plan);
    let words = Words::new(year, year.departments[department].index, &base, Lang::Ja);
    let viewpoints: Vec<String> =
        year.docs.policy.viewpoints.iter().map(|viewpoint| viewpoint.id.value.clone()).collect();
    merge(book, &base, &data(now), &words, &viewpoints, Lang::Ja)
}

fn is_nothing(merge: &Merge) -> bool {
    merge.changes.is_empty() && merge.added.is_empty() && merge.gone.is_empty() && merge.problems.is_empty()
}

/// A plan of the shipped city, exported, its cells changed by `touch`, and taken in again.
struct Trip {
    merge: Merge,
    before: String,
    filled: String,
    whole: String,
}

fn trip(department: &str, touch: impl FnOnce(&mut Book)) -> Trip {
    let snapshot = shipped();
    with_year(&snapshot, department, |year, at| {
        let before = year.city.file(year.departments[at].file.unwrap()).text.to_string();
        let mut book = read(&export(year, at, &before, Lang::Ja)).unwrap();
        touch(&mut book);
        let merge = merged(year, at, &book, &before);
        let filled = change(&before, &merge, false).unwrap().text;
        let whole = change(&before, &merge, true).unwrap().text;
        Trip { merge, before, filled, whole }
    })
}

impl Trip {
    /// `「指標」シートの G5: …`, one a line.
    fn problems(&self) -> Vec<String> {
        let told = |problem: &kpolicy::sheet::merge::Problem| {
            let field = problem.field.as_deref().unwrap_or_default();
            format!("{} {field}: {}", problem.spot.words(Lang::Ja), problem.words.ja)
        };
        self.merge.problems.iter().map(told).collect()
    }

    /// Lines that only one of two texts has: `- old`, `+ new`.
    fn lines(&self, after: &str) -> Vec<String> {
        similar::TextDiff::from_lines(&self.before, after)
            .iter_all_changes()
            .filter_map(|change| match change.tag() {
                similar::ChangeTag::Equal => None,
                similar::ChangeTag::Delete => Some(format!("-{}", change.value().trim_end())),
                similar::ChangeTag::Insert => Some(format!("+{}", change.value().trim_end())),
            })
            .collect()
    }
}

fn sheet<'b>(book: &'b mut Book, mark: &str) -> &'b mut Sheet {
    book.sheets.iter_mut().find(|sheet| sheet.word(2, 0) == Some(mark)).unwrap()
}

/// Where a field of an entry stands: in a table by row, in a form by entry.
fn place(sheet: &Sheet, entry: &str, field: &str) -> (u32, u32) {
    let form = sheet.word(2, 0).unwrap().starts_with("form:");
    let rows = sheet.cells.keys().map(|(row, _)| *row).collect::<BTreeSet<u32>>();
    if form {
        let own = |row: &u32| sheet.word(*row, 0).unwrap_or("") == entry && sheet.word(*row, 1) == Some(field);
        return (rows.into_iter().filter(|row| *row > 3).find(own).unwrap(), 3);
    }
    let row = rows.into_iter().find(|row| *row > 3 && sheet.word(*row, 0) == Some(entry)).unwrap();
    (row, column(sheet, field))
}

fn column(sheet: &Sheet, field: &str) -> u32 {
    (1..200).find(|column| sheet.word(2, *column) == Some(field)).unwrap()
}

fn set(book: &mut Book, mark: &str, entry: &str, field: &str, cell: Cell) {
    let sheet = sheet(book, mark);
    let at = place(sheet, entry, field);
    sheet.cells.insert(at, cell);
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

/// Writes a row below all others.
fn add(book: &mut Book, mark: &str, fields: &[(&str, Cell)]) {
    let sheet = sheet(book, mark);
    let row = sheet.cells.keys().map(|(row, _)| *row).max().unwrap() + 1;
    for (field, cell) in fields {
        let column = column(sheet, field);
        sheet.cells.insert((row, column), cell.clone());
    }
}

#[test]
fn every_shipped_plan_comes_back_as_it_was() {
    let snapshot = shipped();
    let city = City::load(&snapshot);
    let year = Year::new(&city, FiscalYear(2025), support::DAY).unwrap().unwrap();
    for at in 0..year.departments.len() {
        let text = &city.file(year.departments[at].file.unwrap()).text;
        for lang in [Lang::Ja, Lang::En] {
            let bytes = export(&year, at, text, lang);
            assert_eq!(bytes, export(&year, at, text, lang), "equal input, equal bytes");
            let book = read(&bytes).unwrap();
            assert_eq!(&book.plan, text);
            let merge = merged(&year, at, &book, text);
            assert!(is_nothing(&merge), "{} {lang:?} {merge:#?}", year.departments[at].id());
            assert_eq!(&change(text, &merge, true).unwrap().text, text);
        }
    }
}

/// A plan with something in every field of the tables.
fn full(shape: &'static Shape, serial: &mut usize) -> Value {
    let field = |field: &'static kpolicy::shape::Field| (field.key, Noted::from(any(&field.kind, serial)));
    Value::map(shape.fields.iter().map(field))
}

fn any(kind: &Kind, serial: &mut usize) -> Value {
    *serial += 1;
    let number = *serial;
    match kind {
        Kind::Text | Kind::TextOrNumber => Value::text(format!("言葉{number}")),
        Kind::Number => Value::word(format!("{number}.5")),
        Kind::Count => Value::word("2025"),
        Kind::Bool => Value::word("true"),
        Kind::Date => Value::word(format!("2025-04-{:02}", number % 28 + 1)),
        Kind::Choice(choices) => Value::word(choices[number % choices.len()].id),
        Kind::Cite | Kind::Subject => Value::text(["1-1", "1-6-b", "3-2-a", "2024:1-6"][number % 4]),
        Kind::GoalId => Value::text(format!("G{}", number % 900 + 1)),
        Kind::List(inner) => Value::list((0..3).map(|_| any(inner, serial))),
        Kind::One(shape) => full(shape, serial),
        Kind::Map(Some(_), inner) => Value::map([("decarbonization", any(inner, serial))]),
        Kind::Map(None, inner) => Value::map([("職員数", any(inner, serial)), ("備考", any(inner, serial))]),
        _ => Value::text(format!("name{number}")),
    }
}

/// Values of a plan, each with its path.
fn leaves(data: &Data, path: &str, found: &mut Vec<(String, String)>) {
    match &data.kind {
        DataKind::One(text) => found.push((path.to_owned(), text.clone())),
        DataKind::List(entries) => {
            entries.iter().enumerate().for_each(|(at, entry)| leaves(entry, &format!("{path}/{at}"), found));
        }
        DataKind::Map(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, &format!("{path}/{name}"), found))
        }
        DataKind::Blank | DataKind::Odd => {}
    }
}

#[test]
fn every_field_of_the_tables_has_a_cell() {
    let mut serial = 0;
    let Value::Map(fields) = full(&PLAN, &mut serial) else { panic!("a plan is fields") };
    let plan = kpolicy::edit::document(&fields);
    let snapshot = shipped();
    with_year(&snapshot, "somu", |year, at| {
        let book = read(&export(year, at, &plan, Lang::Ja)).unwrap();
        assert!(is_nothing(&merged(year, at, &book, &plan)));
        // What is not in the workbook can be cleared without being noticed.
        let mut bare = read(&export(year, at, &plan, Lang::Ja)).unwrap();
        for sheet in &mut bare.sheets {
            let form = sheet.word(2, 0).is_some_and(|mark| mark.starts_with("form:"));
            let table = sheet.word(2, 0).is_some_and(|mark| mark.starts_with("table:"));
            sheet.cells.retain(|(row, column), _| *row <= 3 || !(form || table) || *column < if form { 3 } else { 1 });
        }
        let merge = merged(year, at, &bare, &plan);
        let mut cleared = Vec::new();
        for change in &merge.changes {
            assert_eq!(change.effect, Effect::Clears);
            leaves(&change.before, &change.path.join("/"), &mut cleared);
        }
        let mut all = Vec::new();
        leaves(&data(&plan), "", &mut all);
        let cleared: BTreeSet<String> = cleared.into_iter().map(|(path, _)| path).collect();
        let missing: Vec<&String> = all
            .iter()
            .map(|(path, _)| path)
            .filter(|path| !cleared.contains(path.trim_start_matches('/')))
            .filter(|path| !matches!(path.as_str(), "/department" | "/fiscal_year"))
            .collect();
        assert!(missing.is_empty(), "{missing:#?}");
    });
}

#[test]
fn what_was_blank_is_filled_in_and_what_stands_there_waits() {
    let trip = trip("kensetsu-kankyo", |book| {
        set(book, "table:goals.measures", "goals/0/measures/0", "counted_from", text("令和６年４月１日"));
        set(book, "table:goals.measures", "goals/0/measures/0", "target/value", text("３６"));
        set(book, "form:goals", "goals/1", "continues", text("2024:G2"));
        set(book, "form:goals", "goals/0", "cites/4", text("3-3"));
        set(book, "form:goals", "goals/4", "division", text("環境課"));
        let sheet = sheet(book, "form:goals");
        let at = place(sheet, "goals/2", "issue");
        sheet.cells.remove(&at);
    });
    assert_eq!(trip.problems(), Vec::<String>::new());
    let filled = ["+      - 3-3", "+        counted_from: 2024-04-01", "+    continues: 2024:G2"];
    assert_eq!(trip.lines(&trip.filled), filled);
    let whole = trip.lines(&trip.whole);
    for line in ["-          value: 34", "+          value: 36", "-    division: midori-koen", "+    division: kankyo"]
    {
        assert!(whole.contains(&line.to_owned()), "{line} {whole:#?}");
    }
    assert!(whole.iter().any(|line| line.starts_with("-    issue: 紙の図面を")), "{whole:#?}");
}

#[test]
fn rows_may_be_added_sorted_and_deleted() {
    let trip = trip("kensetsu-kankyo", |book| {
        let actions = sheet(book, "table:goals.actions");
        // Upside down, without the second one.
        let last = actions.cells.keys().map(|(row, _)| *row).max().unwrap();
        let old = std::mem::take(&mut actions.cells);
        for ((row, column), cell) in old {
            match row {
                0..=3 => drop(actions.cells.insert((row, column), cell)),
                5 => {}
                _ => drop(actions.cells.insert((4 + last - row, column), cell)),
            }
        }
        add(
            book,
            "table:goals.actions",
            &[("^0", text("G1")), ("what", text("追加の手順\n二行目")), ("by", text("R7.12.1"))],
        );
        add(book, "table:goals.progress", &[("^0", text("G5")), ("period", text("年度末")), ("state", text("達成"))]);
        let actual = [
            ("^0", text("Ｇ５")),
            ("^1", text("年度末")),
            ("measure", text("収入")),
            ("value", Cell::Number(0.1 + 0.2, false)),
        ];
        add(book, "table:goals.progress.actuals", &actual);
        add(
            book,
            "table:follow_ups",
            &[("id", text("F1")), ("what", text("比較表")), ("by", Cell::Number(45992.0, false))],
        );
    });
    assert_eq!(trip.problems(), Vec::<String>::new());
    assert_eq!(
        trip.lines(&trip.filled),
        [
            "+follow_ups:",
            "+  - id: F1",
            "+    what: 比較表",
            "+    by: 2025-12-01",
            "+      - what: |-",
            "+          追加の手順",
            "+          二行目",
            "+        by: 2025-12-01",
            "+      - period: end",
            "+        state: achieved",
            "+        actuals:",
            "+          - measure: 収入",
            "+            value: 0.3",
        ]
    );
    let whole = trip.lines(&trip.whole);
    assert!(whole.contains(&"-      - what: 教育部と、小学校２校の屋上の防水と荷重を調べる".to_owned()), "{whole:#?}");
}

#[test]
fn a_new_goal_and_what_belongs_to_it() {
    let touch = |book: &mut Book| {
        set(book, "form:goals", "goals/+0", "id", text("ｇ６"));
        set(book, "form:goals", "goals/+0", "title", text("=SUM(A1) を #1 に: する"));
        set(book, "form:goals", "goals/+0", "outcome", text(" 前の空白\n- 二行目"));
        set(book, "form:goals", "goals/+0", "cites/0", text("1-6、2-1"));
        set(book, "form:goals", "goals/+0", "viewpoints/decarbonization", text("紙を減らす"));
        set(book, "form:goals", "goals/+0", "legal_basis", text("道路法\n\n河川法"));
        add(
            book,
            "table:goals.measures",
            &[("^0", text("G6")), ("name", text("1.10")), ("baseline/value", text("1，200"))],
        );
    };
    let first = trip("kensetsu-kankyo", touch);
    assert_eq!(first.problems(), Vec::<String>::new());
    let plan = data(&first.filled);
    let goal = plan.at(&read_path("goals/5")).unwrap();
    let at = |path: &str| goal.text_at(&read_path(path)).unwrap();
    assert_eq!(at("id"), "G6");
    assert_eq!(at("title"), "=SUM(A1) を #1 に: する");
    assert_eq!(at("outcome"), " 前の空白\n- 二行目");
    assert_eq!((at("cites/0"), at("cites/1"), at("legal_basis/1")), ("1-6", "2-1", "河川法"));
    assert_eq!((at("viewpoints/decarbonization"), at("measures/0/name")), ("紙を減らす", "1.10"));
    assert_eq!(at("measures/0/baseline/value"), "1200");
    // Taken in once more, it is there already.
    let snapshot = shipped();
    with_year(&snapshot, "kensetsu-kankyo", |year, department| {
        let mut book = read(&export(year, department, &first.before, Lang::Ja)).unwrap();
        touch(&mut book);
        let merge = merged(year, department, &book, &first.filled);
        assert!(is_nothing(&merge), "{merge:#?}");
    });
}

#[test]
fn a_new_goal_brings_its_progress_and_what_was_reached() {
    let trip = trip("kensetsu-kankyo", |book| {
        set(book, "form:goals", "goals/+0", "id", text("G6"));
        set(book, "form:goals", "goals/+0", "title", text("街路樹を植え替える"));
        set(book, "form:goals", "goals/+0", "outcome", text("歩道に木陰ができる"));
        let period = |period: &str| [("^0", text("G6")), ("period", text(period)), ("state", text("予定どおり"))];
        add(book, "table:goals.progress", &period("年度半ば"));
        add(book, "table:goals.progress", &period("年度末"));
        let actual = |period: &str, value: f64| {
            [("^0", text("G6")), ("^1", text(period)), ("measure", text("本数")), ("value", Cell::Number(value, false))]
        };
        add(book, "table:goals.progress.actuals", &actual("年度末", 80.0));
        add(book, "table:goals.progress.actuals", &actual("年度半ば", 30.0));
    });
    assert_eq!(trip.problems(), Vec::<String>::new());
    let plan = data(&trip.filled);
    let at = |path: &str| plan.text_at(&read_path(path)).unwrap().to_owned();
    assert_eq!(at("goals/5/progress/0/actuals/0/value"), "30");
    assert_eq!(at("goals/5/progress/1/actuals/0/value"), "80");
}

/// People save the same workbook once more after they mended what was not understood.
#[test]
fn a_workbook_may_be_taken_in_again() {
    let mut snapshot = shipped();
    let skeleton = "status: draft\ngoals:\n  - id: G1\n    title: （記入）\n    outcome: （記入）\n    actions:\n      - what: （記入）\n        by: （記入）\n";
    snapshot.insert("departments/2025/somu.yaml", Entry::File(Content::Bytes(skeleton.into())));
    with_year(&snapshot, "somu", |year, at| {
        let mut book = read(&export(year, at, skeleton, Lang::Ja)).unwrap();
        set(&mut book, "table:goals.actions", "goals/0/actions/0", "what", text("手順を決める"));
        set(&mut book, "table:goals.actions", "goals/0/actions/0", "by", text("R7.6.30"));
        add(&mut book, "table:goals.actions", &[("^0", text("G1")), ("what", text("始める")), ("by", text("R7.9.1"))]);
        let filled = change(skeleton, &merged(year, at, &book, skeleton), false).unwrap().text;
        assert!(
            filled.ends_with(
                "- what: 手順を決める\n        by: 2025-06-30\n      - what: 始める\n        by: 2025-09-01\n"
            ),
            "{filled}"
        );
        let again = merged(year, at, &book, &filled);
        assert!(is_nothing(&again), "{again:#?}");
    });
}

#[test]
fn a_plan_that_went_on_meanwhile_is_not_set_back() {
    let snapshot = shipped();
    with_year(&snapshot, "somu", |year, at| {
        let before = year.city.file(year.departments[at].file.unwrap()).text.clone();
        let book = read(&export(year, at, &before, Lang::Ja)).unwrap();
        // Another title, one goal less, one action more at the front.
        let mut now = before.replacen("    title: ", "    title: 新しい", 1);
        let action = now.find("    actions:\n").unwrap() + "    actions:\n".len();
        now.insert_str(action, "      - what: 初めの手順\n");
        let last = now.rfind("  - id: G").unwrap();
        now.truncate(last);
        let merge = merged(year, at, &book, &now);
        assert!(is_nothing(&merge), "{merge:#?}");
    });
}

#[test]
fn what_cannot_be_read_is_named_by_sheet_and_cell() {
    let trip = trip("somu", |book| {
        let measures = "table:goals.measures";
        set(book, measures, "goals/0/measures/0", "target/value", text("約40"));
        set(book, measures, "goals/0/measures/0", "target/by", text("来月"));
        set(book, measures, "goals/0/measures/0", "baseline/value", Cell::Number(0.7, true));
        set(book, measures, "goals/0/measures/0", "baseline/at", Cell::Moment);
        set(book, measures, "goals/0/measures/0", "kind", text("結果"));
        set(book, measures, "goals/0/measures/0", "name", Cell::Error("#REF!".into()));
        set(book, measures, "goals/0/measures/0", "unit", Cell::Unworked);
        set(book, measures, "goals/1/measures/0", "^0", text("G1"));
        set(book, "form:goals", "goals/0", "cites/0", Cell::Day(kpolicy::date::Date::new(2025, 1, 6).unwrap()));
        set(book, "form:goals", "goals/0", "division", text("ない課"));
        set(book, "form:goals", "goals/1", "division", text("ごみ減量推進課"));
        set(book, "form:goals", "goals/+0", "title", text("番号のない目標"));
        set(book, "form:", "", "extra/+0", text("3"));
        add(book, "table:goals.actions", &[("what", text("どの目標か"))]);
        sheet(book, "table:reform").merged.push(((4, 1), (5, 1)));
        sheet(book, "table:reform").cells.insert((4, 90), text("メモ"));
        book.sheets.retain(|sheet| sheet.word(2, 0) != Some("table:requests"));
        sheet(book, "table:information").name = "情報（直し）".into();
        set(book, "table:information", "information/0", "date", text("2025-13-01"));
    });
    let problems = trip.problems().join("\n");
    for part in [
        "「指標」シートの K5 目標値：値: 「約40」は数ではありません",
        "「指標」シートの M5 目標値：期限: 「来月」は日付として読めません",
        "「指標」シートの H5 現状値：値: ％の付いた数です",
        "「指標」シートの J5 現状値：時点: 日時になっています",
        "「指標」シートの D5 種類: 「結果」は選べません。選べるのは 成果、活動 です",
        "「指標」シートの C5 指標名: 値が求められていません（#REF!）",
        "「指標」シートの E5 単位: 式だけで、値がありません",
        "この行は「G2 ",
        "日付（2025-01-06）に変わっています。「1-6」と書いたつもりなら",
        "担当課: 「ない課」は選べません。選べるのは ",
        "担当課: 「ごみ減量推進課」は建設環境部の課です。選べるのは ",
        "番号がありません。G",
        "「基本」シートの D15 （欄の名前）: 左のセルに欄の名前を書いてください",
        "どの「組織目標」のことかを選んでください",
        "「業務改革」シートの B5 改めること: セルが結合されています",
        "「業務改革」シートの CM5 : 計画の欄ではない所に書かれています",
        "「判断を求めること」シート : シートがありません",
        "「情報（直し）」シートの C5 得た日: 「2025-13-01」は日付として読めません",
    ] {
        assert!(problems.contains(part), "{part}\n\n{problems}");
    }
    assert_eq!(trip.filled, trip.before);
    assert_eq!(trip.whole, trip.before);
}

#[test]
fn remarks_stay() {
    let snapshot = shipped();
    with_year(&snapshot, "somu", |year, at| {
        let text = year.city.file(year.departments[at].file.unwrap()).text.clone();
        let text = text.replacen("    cites:\n", "    cites: # 一つ目\n      # 二つ目\n", 1);
        let mut book = read(&export(year, at, &text, Lang::Ja)).unwrap();
        let form = sheet(&mut book, "form:goals");
        let place = place(form, "goals/0", "cites/0");
        form.cells.insert(place, Cell::Text("4-4".into()));
        let merge = merged(year, at, &book, &text);
        let changed = change(&text, &merge, true).unwrap();
        assert!(changed.text.contains("# 一つ目") && changed.text.contains("# 二つ目"));
        // With a remark inside the list it is left to people.
        assert!(changed.text.contains("- 4-4\n") || changed.refused.len() == 1);
    });
}

#[test]
fn an_entry_that_nobody_filled_in_goes_with_its_remarks() {
    let snapshot = shipped();
    with_year(&snapshot, "somu", |year, at| {
        let text = year.city.file(year.departments[at].file.unwrap()).text.clone();
        let start = text.find("not_applicable:").unwrap();
        let end = start + text[start..].find("\nrequests:").unwrap() + 1;
        let rows = "not_applicable: # 見出し\n  - items:\n      - 1-4 # 平和\n    reason: （記入）\n";
        let text = format!("{}{rows}{}", &text[..start], &text[end..]);
        let mut book = read(&export(year, at, &text, Lang::Ja)).unwrap();
        let table = sheet(&mut book, "table:not_applicable");
        let (row, _) = place(table, "not_applicable/0", "reason");
        table.cells.retain(|(other, _), _| *other != row);
        let merge = merged(year, at, &book, &text);
        let changed = change(&text, &merge, true).expect("the rest is safe");
        assert!(changed.refused.is_empty(), "{:?}", changed.refused);
        assert_eq!(changed.text, text.replace(rows, ""));
        // What somebody wrote keeps its remarks, and is left to people.
        let written = text.replace("reason: （記入）", "reason: 事務がない");
        let mut book = read(&export(year, at, &written, Lang::Ja)).unwrap();
        let table = sheet(&mut book, "table:not_applicable");
        table.cells.retain(|(other, _), _| *other != row);
        let merge = merged(year, at, &book, &written);
        let kept = change(&written, &merge, true);
        assert!(kept.is_none_or(|kept| kept.text.contains("# 平和") && kept.refused.len() == 1));
    });
}

/// A workbook with one part changed.
fn repacked(bytes: &[u8], touch: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if let Some(content) = touch(&name, content) {
            new.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            new.write_all(&content).unwrap();
        }
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn other_files_are_told_apart() {
    let town = Town::shipped();
    assert_eq!(town.run(80, &["export", "plan", "somu", "-o", "s.xlsx"]).code, 0);
    let good = fs::read(town.path("s.xlsx")).unwrap();
    let bomb = repacked(&good, |name, content| {
        Some(if name == "xl/sharedStrings.xml" { vec![b' '; 65 << 20] } else { content })
    });
    let macros = {
        let mut new = zip::ZipWriter::new_append(Cursor::new(good.clone())).unwrap();
        new.start_file("xl/vbaProject.bin", zip::write::SimpleFileOptions::default()).unwrap();
        new.finish().unwrap().into_inner()
    };
    let far = repacked(&good, |name, content| {
        let text = String::from_utf8(content).unwrap();
        let wide = text.replace("<sheetData>", "<sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
        Some(if name.ends_with("sheet3.xml") { wide.into_bytes() } else { text.into_bytes() })
    });
    let foreign = repacked(&good, |name, content| {
        let text = String::from_utf8(content).unwrap();
        Some(
            if name == "xl/sharedStrings.xml" { text.replace("<t>国分寺市</t>", "<t>別の市</t>") } else { text }
                .into_bytes(),
        )
    });
    let plain = repacked(&good, |name, content| {
        let text = String::from_utf8(content).unwrap();
        Some(text.replace("_kpolicy", "Sheet9").replace("kpolicy-plan", "x").into_bytes()).filter(|_| !name.is_empty())
    });
    let cut = good[..good.len() / 2].to_vec();
    let cases: [(&str, Vec<u8>, &str); 10] = [
        ("bomb.xlsx", bomb, "表が大きすぎる"),
        ("m.xlsm", macros, "マクロを含む表"),
        ("foreign.xlsx", foreign, "これは「別の市」の表です"),
        ("plain.xlsx", plain, "kpolicy export plan で書き出した表ではありません"),
        ("cut.xlsx", cut, "ファイルが壊れています"),
        ("old.xls", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "古い形式（.xls）"),
        ("t.csv", b"a,b\n".to_vec(), "CSV や YAML は取り込めません"),
        ("empty.xlsx", Vec::new(), "表が空です"),
        ("far.xlsx", far, "計画の欄ではない所"),
        (
            "word.docx",
            repacked(&good, |name, content| (!name.starts_with("xl/")).then_some(content)),
            "Excel の表ではありません",
        ),
    ];
    for (name, bytes, words) in cases {
        fs::write(town.path(name), bytes).unwrap();
        let ran = town.run(80, &["import", "plan", name]);
        let all = format!("{}{}", ran.out, ran.err);
        assert!(all.contains(words), "{name}: {} {all}", ran.code);
        assert!(ran.code != 0 && !all.contains("思わぬこと"), "{name}: {all}");
    }
    let missing = town.run(80, &["import", "plan", "none.xlsx"]);
    assert_eq!(missing.code, 2, "{}", missing.err);
}

/// Texts as people paste them.
fn pasted() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "=1+1",
        "+",
        "@",
        "-",
        "\n",
        "\n\n",
        " ",
        "　",
        "\t",
        "#",
        " #",
        ": ",
        "、",
        ",",
        "\"",
        "'",
        "\\",
        "_x0041_",
        "&amp;",
        "<b>",
        "が",
        "ｶﾞ",
        "髙﨑",
        "𠮷",
        "㈱",
        "①",
        "Ⅱ",
        "👨‍👩‍👧",
        "葛\u{e0100}",
        "1.10",
        "012",
        "no",
        "~",
        "2025-04-01",
        "1-6",
        "（記入）",
        "市",
        "\u{7}",
        "\u{1b}",
        "\u{feff}",
        "\u{200b}",
        "\r",
        "\u{85}",
        "\u{2028}",
        "|-",
        "*a",
        "%",
        "- ",
        "? ",
        "{",
        "[",
        "50%",
        "true",
    ]);
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(support::draws(24))]

    /// Whatever a plan says survives the way out and back unchanged.
    #[test]
    fn any_words_survive(words in prop::collection::vec(pasted(), 12)) {
        let mut next = words.iter().cycle().cloned();
        let mut word = || Value::text(next.next().unwrap());
        let goal = Value::map([
            ("id", Value::word("G1")), ("title", word()), ("issue", word()), ("outcome", word()),
            ("cites", Value::list([word(), Value::word("1-6")])), ("division", word()),
            ("legal_basis", Value::list([word(), word()])),
            ("measures", Value::list([Value::map([("name", word()), ("unit", word())])])),
        ]);
        let plan = kpolicy::edit::document(&[
            ("status".to_owned(), Value::word("draft").into()),
            ("direction".to_owned(), word().into()),
            ("extra".to_owned(), Value::map([("備考", word())]).into()),
            ("goals".to_owned(), Value::list([goal]).into()),
        ]);
        prop_assume!(Editor::open(&plan).is_some());
        let snapshot = shipped();
        with_year(&snapshot, "somu", |year, at| {
            let book = read(&export(year, at, &plan, Lang::Ja)).unwrap();
            let merge = merged(year, at, &book, &plan);
            prop_assert!(is_nothing(&merge), "{plan}\n{merge:#?}");
            Ok(())
        })?;
    }

    /// Whatever is typed into blank cells stands in the plan as it was typed.
    #[test]
    fn any_typed_words_arrive(words in prop::array::uniform4(pasted())) {
        typed_words_arrive(&words.map(|words| words.replace('\r', "\n")));
    }
}

/// Types words into the first cells of a new goal, the last of them a cell for a list.
fn typed_words_arrive(typed: &[String; 4]) {
    let fields = ["title", "issue", "outcome", "legal_basis"];
    let trip = trip("somu", |book| {
        set(book, "form:goals", "goals/+0", "id", text("G99"));
        for (field, words) in fields.iter().zip(typed) {
            set(book, "form:goals", "goals/+0", field, text(words));
        }
    });
    assert!(trip.merge.problems.is_empty(), "{:#?}", trip.merge.problems);
    let plan = data(&trip.filled);
    let goal = plan.at(&["goals"]).unwrap().entries().last().unwrap();
    for (field, words) in fields.iter().zip(typed).take(3) {
        assert_eq!(goal.text_at(&[*field]), arrived(words), "{field} of {typed:?}");
    }
    // A cell for a list holds an entry a line.
    let entries = goal.at(&["legal_basis"]).map_or(&[][..], Data::entries).iter().filter_map(Data::text);
    let wanted = typed[3].split('\n').filter_map(arrived);
    assert_eq!(entries.collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{typed:?}");
}

/// Found by the law: blanks and line breaks beside （記入） were cut off.
#[test]
fn blanks_beside_what_is_still_to_be_written_stay() {
    typed_words_arrive(&["\n（記入）#", "（記入）- ", " （記入） ", "あ （記入）\n（記入）　\n い"].map(str::to_owned));
}

/// What a plan holds of a cell: all that was typed, but for two things that nobody means to say. Line
/// breaks at the end go, and a cell of nothing but white space, or of such around （記入） alone, is a
/// blank cell or （記入）.
fn arrived(typed: &str) -> Option<&str> {
    match typed.trim() {
        "" => None,
        bare @ ("（記入）" | "(記入)") => Some(bare),
        _ => Some(typed.trim_end_matches('\n')),
    }
}
