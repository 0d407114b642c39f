//! `check --statistics`: how many findings of each rule, instead of the findings themselves.

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::model::Level;
use crate::report::checked::Checked;
use crate::report::wrap::{cut, pad, width};
use crate::rules::{Page, Rule};

/// The findings of one rule at one level.
struct Line {
    rule: &'static Rule,
    level: Level,
    count: usize,
    /// Those that `--fix` mends.
    fixable: usize,
}

/// The table, the most frequent first; nothing where nothing was found.
pub fn table(checked: &Checked<'_>) -> String {
    let lines = lines(checked);
    if lines.is_empty() {
        return String::new();
    }
    let lang = checked.lang;
    let heads = match lang {
        Lang::Ja => ["件数", "直せる", "重さ", "番号", "何を見るか"],
        Lang::En => ["count", "fixable", "level", "code", "name"],
    };
    let mut text = row(heads.map(str::to_owned), checked.columns);
    for line in lines {
        let fixable = if line.fixable == 0 { String::new() } else { line.fixable.to_string() };
        let level = line.level.name().get(lang).to_owned();
        let cells = [line.count.to_string(), fixable, level, line.rule.code.to_owned(), name(line.rule, lang)];
        text.push_str(&row(cells, checked.columns));
    }
    text + "\n"
}

fn lines(checked: &Checked<'_>) -> Vec<Line> {
    let mut lines: BTreeMap<(&str, Level), Line> = BTreeMap::new();
    for finding in checked.findings {
        let (rule, level) = (finding.rule, finding.level);
        let line = lines.entry((rule.code, level)).or_insert(Line { rule, level, count: 0, fixable: 0 });
        line.count += 1;
        line.fixable += usize::from(finding.fix.as_ref().is_some_and(|fix| fix.safe));
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    // Equal counts stay by code.
    lines.sort_by_key(|line| std::cmp::Reverse(line.count));
    lines
}

/// What a rule is called: its name is English, so that Japanese says what it looks at.
fn name(rule: &Rule, lang: Lang) -> String {
    match lang {
        Lang::Ja => Page::parse(rule.page).looks_at(lang).to_owned(),
        Lang::En => rule.name.to_owned(),
    }
}

fn row([count, fixable, level, code, name]: [String; 5], columns: usize) -> String {
    let right = |cell: &str, columns: usize| format!("{}{cell}", " ".repeat(columns.saturating_sub(width(cell))));
    let before = format!("{}  {}  {}{}", right(&count, 6), right(&fixable, 7), pad(&level, 9), pad(&code, 6));
    let name = cut(&name, columns.saturating_sub(width(&before)).max(10));
    format!("{before}{name}\n")
}
