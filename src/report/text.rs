//! The screen of `check`: findings, then how many, then the next command to type.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::model::Level;
use crate::report::checked::Checked;
use crate::report::{draft, frame, statistics};
use crate::ui::{Tone, harmless, paint, without_commands};

/// The whole screen.
pub fn write(checked: &Checked<'_>) -> String {
    let lang = checked.lang;
    let years: Vec<String> =
        checked.years.iter().map(|year| lang.pick(year.ja(), format!("fiscal year {year}"))).collect();
    let screen = Screen { checked, years: years.join(lang.pick("・", ", ")) };
    without_commands(&screen.text())
}

struct Screen<'a> {
    checked: &'a Checked<'a>,
    /// `令和７年度` or `fiscal year 2025`, several joined.
    years: String,
}

impl<'a> std::ops::Deref for Screen<'a> {
    type Target = Checked<'a>;

    fn deref(&self) -> &Checked<'a> {
        self.checked
    }
}

impl Screen<'_> {
    fn text(&self) -> String {
        let (mut text, drafted) =
            if self.statistics { (statistics::table(self.checked), false) } else { self.each_finding() };
        text.push_str(&self.checked_line());
        self.verdict(&mut text, drafted);
        text
    }

    /// The findings in full, and whether a draft's list followed them.
    fn each_finding(&self) -> (String, bool) {
        let full: Vec<&&Finding> = self.findings.iter().filter(|finding| self.in_full(finding)).collect();
        let mut text = String::new();
        for finding in full.iter().take(self.most) {
            text.push_str(&frame::whole(self.city, finding, self.lang, self.columns, self.color));
            text.push('\n');
        }
        if full.len() > self.most {
            let rest = full.len() - self.most;
            text.push_str(&self.lang.pick(
                format!("ほか {rest}件（--max-diagnostics 0 で全て示します）\n\n"),
                format!("and {rest} more (--max-diagnostics 0 shows all)\n\n"),
            ));
        }
        let drafted = self.draft_list(&mut text);
        (text, drafted)
    }

    fn in_full(&self, finding: &Finding) -> bool {
        match finding.level {
            Level::Error => true,
            Level::Warning => self.warnings,
            Level::Info => self.warnings && !finding.unfinished,
            Level::Off => false,
        }
    }

    fn name(&self, id: &str) -> String {
        harmless(self.checked.name(id))
    }

    fn unfinished(&self) -> Vec<&Finding> {
        self.findings.iter().copied().filter(|finding| finding.unfinished).collect()
    }

    /// The list 提出までに書くこと, where one department was asked for.
    fn draft_list(&self, text: &mut String) -> bool {
        let unfinished = self.unfinished();
        let Some(one) = self.one.as_ref().filter(|_| !unfinished.is_empty()) else { return false };
        let (name, years) = (self.name(one), &self.years);
        text.push_str(
            &self.lang.pick(format!("{name} {years}の計画（下書き）\n\n"), format!("{name}, {years}: draft\n\n")),
        );
        text.push_str(&draft::list(self.city, &unfinished, self.lang));
        text.push('\n');
        true
    }

    fn checked_line(&self) -> String {
        let (policy, plans, years) = (self.counts.files - self.counts.plans, self.counts.plans, &self.years);
        self.lang.pick(
            format!("{years}  方針 {policy}ファイル・計画 {plans}件を点検しました。\n"),
            format!("Checked {years}: {policy} policy files, {plans} plans.\n"),
        )
    }

    fn verdict(&self, text: &mut String, drafted: bool) {
        let (errors, warnings) = (self.count(Level::Error), self.count(Level::Warning));
        if errors == 0 && warnings == 0 && self.unfinished().is_empty() {
            let words = self.lang.pick("問題はありません。コミットできます。", "No problems. Ready to commit.");
            text.push_str(&paint(self.color, Tone::Good, words));
            text.push('\n');
            return;
        }
        if errors > 0 {
            self.errors_line(text, errors, warnings);
            return;
        }
        text.push_str(self.lang.pick("要修正はありません。", "Nothing must be mended. "));
        if drafted {
            text.push_str(
                self.lang.pick("書きかけのままコミットできます。\n", "The draft can be committed as it is.\n"),
            );
            self.how_to_submit(text);
        } else {
            text.push_str(self.lang.pick("コミットできます。\n", "Ready to commit.\n"));
        }
        self.remaining(text, warnings, drafted);
    }

    fn errors_line(&self, text: &mut String, errors: usize, warnings: usize) {
        let who = self.by_department(Level::Error);
        text.push_str(&self.lang.pick(
            format!("要修正 {errors}（{who}）  要確認 {warnings}\n"),
            format!("{} ({who}), {}\n", counted(errors, "error"), counted(warnings, "warning")),
        ));
        self.fixable_line(text);
        for path in &self.counts.unreadable {
            let path = harmless(path);
            if !path.starts_with("departments/") {
                text.push_str(&self.lang.pick(format!("読取不可: {path}\n"), format!("unreadable: {path}\n")));
                continue;
            }
            text.push_str(&self.lang.pick(
                format!("読取不可: {path}（未記載には数えていません）\n"),
                format!("unreadable: {path} (not counted as missing)\n"),
            ));
        }
    }

    /// How many of the findings shown `--fix` mends.
    fn fixable_line(&self, text: &mut String) {
        let fixable = self.findings.iter().filter(|finding| self.in_full(finding));
        let fixable = fixable.filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)).count();
        if fixable > 0 {
            text.push_str(&self.lang.pick(
                format!("このうち {fixable}件は kpolicy check --fix で直せます。\n"),
                format!("{fixable} of them can be fixed with kpolicy check --fix\n"),
            ));
        }
    }

    /// 要確認 and 下書き in one line each, with the command that shows them.
    fn remaining(&self, text: &mut String, warnings: usize, drafted: bool) {
        let target = self.one.as_ref().map(|id| format!(" {}", self.name(id))).unwrap_or_default();
        if warnings > 0 && self.warnings {
            let who = self.by_department(Level::Warning);
            text.push_str(
                &self.lang.pick(
                    format!("要確認 {warnings}（{who}）\n"),
                    format!("{} ({who})\n", counted(warnings, "warning")),
                ),
            );
            self.fixable_line(text);
        } else if warnings > 0 {
            let who = self.by_department(Level::Warning);
            text.push_str(&self.lang.pick(
                format!("\n  要確認  {warnings}   {who}     kpolicy check{target} --warnings で表示\n"),
                format!("\n  warnings  {warnings}   {who}     kpolicy check{target} --warnings\n"),
            ));
        }
        let unfinished = self.unfinished();
        if unfinished.is_empty() || drafted {
            return;
        }
        let mut drafts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &unfinished {
            *drafts.entry(finding.department.as_deref().unwrap_or_default()).or_default() += 1;
        }
        // What no department has begun to answer belongs to none of them.
        if let Some(count) = drafts.remove("") {
            text.push_str(&self.lang.pick(
                format!("  基本方針  応えのない項目など {count}か所（下書きの間は参考）   kpolicy check policy -v で表示\n"),
                format!("  policy  {count} items without an answer and the like, while plans are drafts   kpolicy check policy -v\n"),
            ));
        }
        for (id, count) in drafts {
            let name = self.name(id);
            text.push_str(&self.lang.pick(
                format!("  下書き  {name}（提出までに {count}か所）   kpolicy check {name} で表示\n"),
                format!("  draft  {name} ({count} to write)   kpolicy check {name}\n"),
            ));
        }
    }

    fn how_to_submit(&self, text: &mut String) {
        let file = self.unfinished().first().map(|finding| self.city.file(finding.place.file));
        let status = file.and_then(|file| Some((file, file.plan()?.status.as_ref()?.span)));
        if let Some((file, span)) = status {
            let line = file.lines().line(span.start);
            text.push_str(&self.lang.pick(
                format!("書き終えたら、{line}行目を status: submitted に変えてください。\n"),
                format!("When it is complete, change line {line} to status: submitted\n"),
            ));
        }
    }

    /// `総務部 2、健康部 1`, most first.
    fn by_department(&self, level: Level) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in self.findings.iter().filter(|finding| finding.level == level) {
            *counts.entry(finding.department.as_deref().unwrap_or_default()).or_default() += 1;
        }
        let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let policy = self.lang.pick("方針", "policy");
        let words: Vec<String> = sorted
            .iter()
            .take(5)
            .map(|(id, count)| format!("{} {count}", if id.is_empty() { policy.to_owned() } else { self.name(id) }))
            .collect();
        let more = sorted.len().saturating_sub(5);
        let joined = words.join(self.lang.pick("、", ", "));
        if more > 0 {
            joined + &self.lang.pick(format!("、ほか {more}"), format!(", and {more} more"))
        } else {
            joined
        }
    }
}

/// `1 error`, `2 errors`.
fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("{count} {word}") } else { format!("{count} {word}s") }
}
