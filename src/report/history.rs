//! `kpolicy history`: one line a commit, as a table, JSON or CSV.

use serde::Serialize;

use crate::coverage::Summary;
use crate::date::FiscalYear;
use crate::lang::Lang;
use crate::report::coverage_csv::row;
use crate::report::escape;
use crate::report::wrap::{cut, pad, width};
use crate::store::git::CommitNote;
use crate::ui::harmless;

/// The counts at one commit; none where the city could not be judged.
#[derive(Debug, Clone)]
pub struct Step {
    /// The commit.
    pub commit: CommitNote,
    /// How many plans there were.
    pub plans: Option<usize>,
    /// The counts.
    pub summary: Option<Summary>,
}

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    fiscal_year: u16,
    commits: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    commit: &'a str,
    date: String,
    author: &'a str,
    subject: &'a str,
    plans: Option<usize>,
    required: Option<usize>,
    answered: Option<usize>,
    partial: Option<usize>,
    missing: Option<usize>,
    declined: Option<usize>,
    unreadable: Option<usize>,
    percent: Option<f64>,
}

/// Every commit, never cut; counts are null where the city could not be judged.
pub fn json(year: FiscalYear, steps: &[Step]) -> String {
    let line = |step: &'_ Step| -> [Option<usize>; 6] {
        let of = |get: fn(&Summary) -> usize| step.summary.as_ref().map(get);
        [
            of(|s| s.required),
            of(|s| s.answered),
            of(|s| s.partial),
            of(|s| s.missing),
            of(|s| s.declined),
            of(|s| s.unreadable),
        ]
    };
    let commits = steps.iter().map(|step| {
        let [required, answered, partial, missing, declined, unreadable] = line(step);
        let percent = step.summary.as_ref().and_then(|summary| summary.percent().parse().ok());
        Line {
            commit: &step.commit.id,
            date: step.commit.date.to_string(),
            author: &step.commit.author,
            subject: &step.commit.subject,
            plans: step.plans,
            required,
            answered,
            partial,
            missing,
            declined,
            unreadable,
            percent,
        }
    });
    let report = Report { schema_version: 1, fiscal_year: year.0, commits: commits.collect() };
    escape::json(&report)
}

/// The headings of all columns.
fn heads(lang: Lang) -> Vec<&'static str> {
    lang.pick(
        vec!["日付", "版", "計画", "求め", "記載", "割合", "未記載", "一部", "変更の説明"],
        vec!["date", "commit", "plans", "required", "answered", "percent", "missing", "partial", "subject"],
    )
}

fn cells(step: &Step, lang: Lang) -> Vec<String> {
    let commit: String = step.commit.id.chars().take(8).collect();
    let mut cells = vec![step.commit.date.to_string(), commit];
    match (&step.summary, step.plans) {
        (Some(summary), Some(plans)) => {
            let percent = lang.pick(format!("{}％", summary.percent()), format!("{}%", summary.percent()));
            let counts = [plans, summary.required, summary.answered].map(|count| count.to_string());
            cells.extend(counts);
            cells.push(percent);
            cells.extend([summary.missing, summary.partial].map(|count| count.to_string()));
        }
        _ => {
            cells.push(lang.pick("読取不可", "unreadable").to_owned());
            cells.extend(std::iter::repeat_n(String::new(), 5));
        }
    }
    cells.push(step.commit.subject.clone());
    cells
}

/// UTF-8 with a BOM and CRLF, as spreadsheets open it.
pub fn csv(steps: &[Step], lang: Lang) -> String {
    let mut text = String::from("\u{feff}");
    row(&mut text, &heads(lang).into_iter().map(str::to_owned).collect::<Vec<_>>());
    for step in steps {
        row(&mut text, &cells(step, lang));
    }
    text
}

/// The screen, oldest first, so that the newest stands next to the prompt.
pub fn table(year: FiscalYear, steps: &[Step], lang: Lang, columns: usize) -> String {
    let (ja, count) = (year.ja(), steps.len());
    let mut text = lang.pick(
        format!("{ja}の記載状況の推移（方針か計画の変わった版 {count}）\n"),
        format!("Fiscal year {year}: coverage over {count} commits that changed policy or plans\n"),
    );
    let narrow = |row: Vec<String>| {
        // On a screen, both counts share a column and leave the room to the subject.
        let [date, commit, plans, required, answered, rest @ ..] = row.as_slice() else { return row };
        let both = match (required.is_empty(), plans) {
            (false, _) => format!("{answered}/{required}"),
            (true, word) => word.clone(),
        };
        let plans = if required.is_empty() { String::new() } else { plans.clone() };
        [vec![date.clone(), commit.clone(), plans, both], rest.to_vec()].concat()
    };
    let heads: Vec<String> = heads(lang).into_iter().map(str::to_owned).collect();
    let lines = steps.iter().map(|step| cells(step, lang).iter().map(|cell| harmless(cell)).collect());
    let rows: Vec<Vec<String>> = std::iter::once(heads).chain(lines).map(narrow).collect();
    let last = rows[0].len() - 1;
    let wide = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..last).map(wide).collect();
    let used: usize = widths.iter().map(|width| width + 2).sum();
    for row in &rows {
        let mut line = String::new();
        for (column, room) in widths.iter().enumerate() {
            let cell = &row[column];
            let blank = " ".repeat(room.saturating_sub(width(cell)));
            // Counts stand under each other.
            line.push_str(&if column < 2 { pad(cell, *room) } else { format!("{blank}{cell}") });
            line.push_str("  ");
        }
        line.push_str(&cut(&row[last], columns.saturating_sub(used).max(12)));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if let (Some(first), Some(newest)) = (counted(steps.iter()), counted(steps.iter().rev())) {
        let (old, new) = (first.percent(), newest.percent());
        let (answered, required, missing) = (newest.answered, newest.required, newest.missing);
        text.push_str(&lang.pick(
            format!("\n記載 {old}％ から {new}％（{answered}/{required}）、未記載 {missing}\n"),
            format!("\nAnswered: from {old}% to {new}% ({answered}/{required}), missing {missing}\n"),
        ));
    }
    text
}

fn counted<'s>(mut steps: impl Iterator<Item = &'s Step>) -> Option<&'s Summary> {
    steps.find_map(|step| step.summary.as_ref())
}
