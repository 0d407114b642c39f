//! `check --format markdown`: the summary for a comment or a job's page; no text of a plan or file
//! name can act as markup. A page over 1 MiB is dropped by its readers, so the list is cut before:
//! the worst come first.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::model::Level;
use crate::report::checked::Checked;
use crate::report::escape::markdown as escape;
use crate::report::told::{inert, message};

/// Most bytes of a page.
const MOST: usize = 1024 * 1024 - 1;
/// Room for what follows the list.
const TAIL: usize = 400;

/// How many there are, by department, then each in one line, worst first.
pub fn write(checked: &Checked<'_>) -> String {
    within(checked, MOST)
}

/// The same in at most so many bytes, cut at a line; nothing where not even the counts fit.
pub fn within(checked: &Checked<'_>, most: usize) -> String {
    let mut page = Page { text: head(checked), most, rest: 0 };
    if page.text.len() + TAIL > most {
        return String::new();
    }
    page.list(checked, Level::Error);
    page.list(checked, Level::Warning);
    page.list(checked, Level::Info);
    let rest = page.rest;
    if rest > 0 {
        page.text.push_str(&checked.lang.pick(
            format!("\nほか {rest}件。全ては kpolicy check --warnings で確かめられます。\n"),
            format!("\nand {rest} more. kpolicy check --warnings shows them all.\n"),
        ));
    }
    page.text
}

struct Page {
    text: String,
    most: usize,
    /// How many found no room.
    rest: usize,
}

impl Page {
    /// The findings of a level; those that need not be mended are folded away.
    fn list(&mut self, checked: &Checked<'_>, level: Level) {
        let findings = listed(checked, level);
        let (Some(_), name) = (findings.first(), level.name().get(checked.lang)) else { return };
        let open = level == Level::Error;
        let count = findings.len();
        let heading = if open {
            format!("\n**{name}**\n\n")
        } else {
            format!("\n<details><summary>{name} {count}</summary>\n\n")
        };
        let close = if open { "" } else { "\n</details>\n" };
        if self.rest > 0 || self.text.len() + heading.len() + close.len() + TAIL > self.most {
            self.rest += count;
            return;
        }
        self.text.push_str(&heading);
        for (at, finding) in findings.iter().enumerate() {
            let line = line(checked, finding);
            if self.text.len() + line.len() + close.len() + TAIL > self.most {
                self.rest += count - at;
                break;
            }
            self.text.push_str(&line);
        }
        self.text.push_str(close);
    }
}

/// What a draft still lacks is counted, not listed.
fn listed<'a>(checked: &Checked<'a>, level: Level) -> Vec<&'a Finding> {
    let wanted = |finding: &&&Finding| finding.level == level && !(level == Level::Info && finding.unfinished);
    checked.findings.iter().filter(wanted).copied().collect()
}

fn line(checked: &Checked<'_>, finding: &Finding) -> String {
    let (path, at) = (&checked.city.file(finding.place.file).path, checked.city.position(finding.place).line);
    format!("- {}:{at} {} {}\n", escape(&inert(path)), finding.rule.code, escape(&message(finding, checked.lang)))
}

/// The heading, what was checked, and a table of departments.
fn head(checked: &Checked<'_>) -> String {
    let lang = checked.lang;
    let (errors, warnings) = (checked.count(Level::Error), checked.count(Level::Warning));
    let mut text = lang.pick(
        format!("### 点検の結果　要修正 {errors}、要確認 {warnings}\n"),
        format!("### Findings: {errors} to mend, {warnings} to look at\n"),
    );
    let years: Vec<String> =
        checked.years.iter().map(|year| lang.pick(year.ja(), format!("fiscal year {year}"))).collect();
    let years = years.join(lang.pick("・", ", "));
    let (plans, policy) = (checked.counts.plans, checked.counts.files - checked.counts.plans);
    text.push_str(&lang.pick(
        format!("\n{years}　方針 {policy}ファイル・計画 {plans}件を点検しました。\n"),
        format!("\nChecked {years}: {policy} policy files, {plans} plans.\n"),
    ));
    if errors == 0 {
        text.push_str(lang.pick("要修正はありません。\n", "Nothing must be mended.\n"));
    }
    for path in &checked.counts.unreadable {
        let path = escape(&inert(path));
        text.push_str(&lang.pick(format!("\n読取不可: {path}\n"), format!("\nunreadable: {path}\n")));
    }
    table(checked, &mut text);
    text
}

/// A row for each department with something to do; the policy first.
fn table(checked: &Checked<'_>, text: &mut String) {
    let lang = checked.lang;
    let mut rows: BTreeMap<Option<&str>, [usize; 3]> = BTreeMap::new();
    for finding in checked.findings {
        let column = match finding.level {
            Level::Error => 0,
            Level::Warning => 1,
            Level::Info if finding.unfinished => 2,
            Level::Info | Level::Off => continue,
        };
        rows.entry(finding.department.as_deref()).or_default()[column] += 1;
    }
    if rows.is_empty() {
        return;
    }
    text.push_str(lang.pick(
        "\n| 部等 | 要修正 | 要確認 | 提出までに書くこと |\n|---|--:|--:|--:|\n",
        "\n| department | errors | warnings | still to write |\n|---|--:|--:|--:|\n",
    ));
    for (id, [errors, warnings, unfinished]) in rows {
        let name = id.map_or(lang.pick("基本方針", "basic policy"), |id| checked.name(id));
        text.push_str(&format!("| {} | {errors} | {warnings} | {unfinished} |\n", escape(&inert(name))));
    }
}
