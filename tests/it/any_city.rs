//! Any city: bytes in, a small city out, with every mix of scope, way of answering, decline,
//! delegation, amendment, draft and plan that cannot be read. What it reaches is told by
//! `coverage_laws::the_generator_reaches_every_state`.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::fmt::Write as _;

use crate::builder::{CityBuilder, DutyText};

/// A stream of small choices; an exhausted one always chooses the first, so that cases shrink.
struct Choices<'b>(std::slice::Iter<'b, u8>);

impl Choices<'_> {
    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[usize::from(self.0.next().copied().unwrap_or(0)) % choices.len()].clone()
    }
    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % limit
    }
    /// True once in `times`.
    fn rarely(&mut self, times: usize) -> bool {
        self.below(times) == 1
    }
    fn some<T: Clone>(&mut self, choices: &[T]) -> Vec<T> {
        let count = self.below(choices.len().min(3) + 1);
        (0..count).map(|_| self.of(choices)).collect()
    }
}

const DEPARTMENTS: [&str; 4] = ["somu", "shimin", "kenko", "gikai"];
/// Ways with more to get wrong stand twice.
const WAYS: [&str; 13] = [
    "review",
    "handover",
    "goal",
    "citation",
    "goal",
    "viewpoint",
    "citation",
    "plan",
    "review",
    "information",
    "reform",
    "interview",
    "handover",
];
const WORDS: [&str; 9] = [
    "窓口を一つにする",
    "紙をやめる",
    "案内を置く",
    "12分",
    "（記入）",
    "特になし",
    "なし",
    "検討中",
    "検討中の案を決める",
];
const DAYS: [&str; 5] = ["2025-02-28", "2025-03-01", "2025-04-01", "2026-03-31", "（記入）"];
const SEEN: [&str; 4] = ["2025-04-01", "2025-05-31", "2025-06-01", "2025-07-01"];

fn duty(c: &mut Choices<'_>, full: bool) -> DutyText {
    let mut duty = DutyText::default();
    if full || c.rarely(2) {
        duty.scope = Some(c.of(&["every_department", "any_department", "every_goal", "standing"]));
    }
    if full || c.rarely(2) {
        duty.answered_by = Some(c.of(&WAYS));
    }
    if duty.answered_by == Some("viewpoint") {
        duty.viewpoint = Some(c.of(&["green", "care"]));
    }
    if duty.scope == Some("any_department") || c.rarely(6) {
        duty.lead = c.some(&DEPARTMENTS);
    }
    duty.may_decline = c.of(&[None, Some(true), Some(false), Some(true)]);
    duty.amended = c.rarely(2).then(|| c.of(&["2025-06-01", "2025-04-01"]));
    duty.withdrawn = c.rarely(12);
    duty
}

fn line(out: &mut String, indent: &str, key: &str, c: &mut Choices<'_>, values: &[&str], times: usize) {
    if !c.rarely(times) {
        writeln!(out, "{indent}{key}: {}", c.of(values)).unwrap();
    }
}

fn ids(out: &mut String, indent: &str, key: &str, ids: &[String]) {
    if !ids.is_empty() {
        writeln!(out, "{indent}{key}:").unwrap();
        ids.iter().for_each(|id| writeln!(out, "{indent}  - {id}").unwrap());
    }
}

/// The text of a plan; `known` are the ids of items and clauses.
fn plan(c: &mut Choices<'_>, known: &[String]) -> String {
    match c.below(12) {
        10 => return "status: \"submitted\ngoals:\n  - id: G1\n".to_owned(),
        11 => return "status: submitted\nstatus: submitted\n".to_owned(),
        _ => {}
    }
    let cites: Vec<String> = known.iter().cloned().chain(["（記入）".to_owned()]).collect();
    let mut out = format!("status: {}\n", c.of(&["submitted", "draft", "settled"]));
    if !c.rarely(3) {
        writeln!(out, "dates:\n  submitted: {}", c.of(&SEEN)).unwrap();
    }
    line(&mut out, "", "direction", c, &WORDS, 5);
    let mut entries = String::new();
    for _ in 0..c.below(3) {
        writeln!(entries, "  - post: {}", c.of(&["部長", "課長", "部長", "（記入）"])).unwrap();
        line(&mut entries, "    ", "name", c, &["国分", "西町"], 3);
        line(&mut entries, "    ", "since", c, &DAYS, 6);
    }
    block(&mut out, "signers", &mut entries);
    for _ in 0..c.below(3) {
        writeln!(entries, "  - post: {}", c.of(&["部長", "課長", "部長", "（記入）"])).unwrap();
        line(&mut entries, "    ", "successor", c, &["国分", "西町", "（記入）"], 2);
        line(&mut entries, "    ", "completed", c, &["2025-03-31", "2025-03-31", "（記入）"], 3);
        line(&mut entries, "    ", "not_needed", c, &WORDS, 2);
    }
    block(&mut out, "handover", &mut entries);
    for _ in 0..c.below(3) {
        writeln!(entries, "  - status: {}", c.of(&WORDS[..6])).unwrap();
        line(&mut entries, "    ", "analysis", c, &WORDS[..6], 9);
        let subjects: Vec<String> =
            known.iter().cloned().chain(["2024:G1", "2024:G2", "G1"].map(str::to_owned)).collect();
        ids(&mut entries, "    ", "items", &c.some(&subjects));
        ids(&mut entries, "    ", "goals", &c.some(&["G1".to_owned(), "G2".to_owned()]));
    }
    block(&mut out, "review", &mut entries);
    for (key, first, rest) in
        [("information", "source", &["finding"][..]), ("reform", "what", &["before", "after"][..])]
    {
        for _ in 0..c.below(3) {
            writeln!(entries, "  - {first}: {}", c.of(&WORDS)).unwrap();
            rest.iter().for_each(|field| line(&mut entries, "    ", field, c, &WORDS, 5));
        }
        block(&mut out, key, &mut entries);
    }
    for _ in 0..c.below(3) {
        writeln!(entries, "  - text: {}", c.of(&WORDS)).unwrap();
        line(&mut entries, "    ", "reviewed", c, &SEEN, 2);
        ids(&mut entries, "    ", "cites", &c.some(&cites));
    }
    block(&mut out, "responses", &mut entries);
    for _ in 0..c.below(4) {
        writeln!(entries, "  - reason: {}", c.of(&WORDS)).unwrap();
        line(&mut entries, "    ", "handled_by", c, &["somu", "shimin", "kenko", "（記入）", "nobody"], 2);
        ids(&mut entries, "    ", "items", &c.some(&cites));
    }
    block(&mut out, "not_applicable", &mut entries);
    for number in 1..=c.below(4) {
        writeln!(entries, "  - id: G{number}\n    title: 目標").unwrap();
        ids(&mut entries, "    ", "cites", &c.some(&cites));
        line(&mut entries, "    ", "continues", c, &["2024:G1", "2024:G2"], 2);
        line(&mut entries, "    ", "reviewed", c, &SEEN, 2);
        line(&mut entries, "    ", "no_measures", c, &WORDS, 2);
        if c.rarely(2) {
            writeln!(entries, "    viewpoints:\n      green: {}", c.of(&WORDS)).unwrap();
            line(&mut entries, "      ", "care", c, &WORDS, 3);
        }
        if c.rarely(2) {
            writeln!(entries, "    measures:\n      - name: {}", c.of(&WORDS)).unwrap();
        }
    }
    block(&mut out, "goals", &mut entries);
    out
}

fn block(out: &mut String, key: &str, entries: &mut String) {
    if !entries.is_empty() {
        write!(out, "{key}:\n{entries}").unwrap();
        entries.clear();
    }
}

/// A city by a few hundred choices; none is a city of one item and one department.
pub(crate) fn any_city(bytes: &[u8]) -> CityBuilder {
    let c = &mut Choices(bytes.iter());
    let (mut city, mut known) = (CityBuilder::default(), Vec::new());
    for number in 1..=1 + c.below(4) {
        let clauses: Vec<DutyText> = (0..c.of(&[0, 0, 1, 2, 3])).map(|_| duty(c, false)).collect();
        known.push(format!("1-{number}"));
        known.extend(["a", "b", "c"].iter().take(clauses.len()).map(|letter| format!("1-{number}-{letter}")));
        city = city.item(number, &duty(c, true), &clauses);
    }
    for id in &DEPARTMENTS[..1 + c.below(4)] {
        city = city.department(id, c.of(&["required", "required", "required", "voluntary", "none"]));
        if !c.rarely(5) {
            let text = plan(c, &known);
            city = city.plan(id, text);
        }
    }
    city
}
