//! The screen of `import plan`: what was written, what would be replaced, what is left to decide.

use crate::city::CityFile;
use crate::lang::Lang;
use crate::place::Span;
use crate::report::wrap::{cut, pad, width, wrap};
use crate::sheet::data::{Data, DataKind};
use crate::sheet::merge::{Change, Effect, Merge, Spot};
use crate::ui::{harmless, without_commands};

/// What the screen tells.
pub struct Imported<'a> {
    /// The year's name and the department's.
    pub heading: String,
    /// The plan's file.
    pub file: &'a CityFile,
    /// What the workbook means for it.
    pub merge: &'a Merge,
    /// What could not be written, with the place in the file.
    pub refused: &'a [(Spot, Span)],
    /// True where words are replaced and taken out as well.
    pub overwrite: bool,
    /// True where nothing is written.
    pub dry: bool,
    /// What to type next, after `kpolicy `.
    pub next: String,
}

/// Lines of one list.
const MOST: usize = 100;

impl Imported<'_> {
    /// True where something is left that this run did not settle.
    pub fn is_open(&self) -> bool {
        let merge = self.merge;
        !merge.problems.is_empty()
            || !self.refused.is_empty()
            || (!self.overwrite && self.replaced() + merge.gone.len() > 0)
    }

    /// Values and entries that are new.
    pub fn filled(&self) -> usize {
        let fills = |change: &&Change| matches!(change.effect, Effect::Fills | Effect::Extends);
        self.merge.changes.iter().filter(fills).count() + self.merge.added.len()
    }

    /// Values that others stand in the place of.
    pub fn replaced(&self) -> usize {
        let replaces = |change: &&Change| matches!(change.effect, Effect::Replaces | Effect::Clears);
        self.merge.changes.iter().filter(replaces).count()
    }

    /// The screen.
    pub fn text(&self, lang: Lang) -> String {
        let mut text = format!("{}\n", self.heading);
        self.fills(&mut text, lang);
        self.replaces(&mut text, lang);
        self.gone(&mut text, lang);
        self.refusals(&mut text, lang);
        self.problems(&mut text, lang);
        text.push('\n');
        text.push_str(&self.verdict(lang));
        without_commands(&text)
    }

    fn fills(&self, text: &mut String, lang: Lang) {
        let fills = self.merge.changes.iter().filter(|change| matches!(change.effect, Effect::Fills | Effect::Extends));
        let mut rows: Vec<[String; 3]> = fills
            .map(|change| {
                let added = if change.effect == Effect::Extends { lang.pick("足す ", "add ") } else { "" };
                [change.spot.words(lang), harmless(&change.label), format!("{added}{}", change.words.1)]
            })
            .collect();
        let entry = lang.pick("新しい行", "new row");
        let added = self.merge.added.iter();
        rows.extend(added.map(|added| [added.spot.words(lang), entry.to_owned(), added.words.clone()]));
        let lines = table(&rows);
        let title = if self.dry {
            lang.pick("書き足す所", "To be filled in")
        } else {
            lang.pick("書き足した所", "Filled in")
        };
        push(text, title, &lines, lang);
    }

    fn replaces(&self, text: &mut String, lang: Lang) {
        let replaces =
            self.merge.changes.iter().filter(|change| matches!(change.effect, Effect::Replaces | Effect::Clears));
        let lines: Vec<String> = replaces.map(|change| self.replaced_line(change, lang)).collect();
        let title = match (self.overwrite, self.dry) {
            (true, false) => lang.pick("書き換えた所", "Replaced"),
            (true, true) => lang.pick("書き換える所", "To be replaced"),
            (false, _) => lang.pick("書き換えになる所（書き込んでいません）", "Would be replaced (left as it is)"),
        };
        push(text, title, &lines, lang);
    }

    fn replaced_line(&self, change: &Change, lang: Lang) -> String {
        let moved = if change.moved {
            lang.pick("（表を書き出した後に、ファイルも変わっています）", " (the file changed too since the export)")
        } else {
            ""
        };
        let at = self.line_of(change.before.span);
        let after = match change.effect {
            Effect::Clears => lang.pick("（空欄）", "(cleared)").to_owned(),
            _ => change.words.1.clone(),
        };
        let (now, sheet) = lang.pick(("ファイル", "表"), ("file", "sheet"));
        format!(
            "{}\n      {} {}{at}\n      {} {}\n",
            line(&change.spot, &format!("{}{moved}", harmless(&change.label)), "", lang).trim_end(),
            pad(now, 8),
            shown(&change.words.0, 54),
            pad(sheet, 8),
            shown(&after, 60),
        )
    }

    fn gone(&self, text: &mut String, lang: Lang) {
        let each = self.merge.gone.iter().map(|gone| {
            let sheet = Spot { sheet: gone.sheet.clone(), at: None };
            let at = self.line_of(gone.data.span);
            format!("  {} {}{at}\n", pad(&sheet.words(lang), 24), shown(&words(&gone.data), 44))
        });
        let title = match (self.overwrite, self.dry) {
            (true, false) => {
                lang.pick("消えた行（ファイルからも消しました）", "Rows that are gone (taken out of the file)")
            }
            (true, true) => lang.pick("消えた行（ファイルからも消します）", "Rows that are gone (to be taken out)"),
            (false, _) => {
                lang.pick("表から消えた行（ファイルには残しています）", "Rows gone from the sheet (kept in the file)")
            }
        };
        push(text, title, &each.collect::<Vec<_>>(), lang);
    }

    fn refusals(&self, text: &mut String, lang: Lang) {
        let each = self.refused.iter().map(|(spot, span)| {
            let at = self.line_of(*span);
            let why = lang.pick(
                "ファイルのこの所には注記（#）があるか、書き方が違うため、手で直してください",
                "the file has a remark (#) or another form here; write it by hand",
            );
            format!("  {}{at}\n      {why}\n", spot.words(lang))
        });
        push(text, lang.pick("書き込めなかった所", "Could not be written"), &each.collect::<Vec<_>>(), lang);
    }

    fn problems(&self, text: &mut String, lang: Lang) {
        let each = self.merge.problems.iter().map(|problem| {
            let field = problem.field.as_ref().map(|field| format!("  {}", shown(field, 40))).unwrap_or_default();
            let words = wrap(&harmless(problem.words.get(lang)), 74).join("\n      ");
            format!("  {}{field}\n      {words}\n", problem.spot.words(lang))
        });
        let title = lang.pick("読み取れない所（取り込んでいません）", "Not understood (left out)");
        push(text, title, &each.collect::<Vec<_>>(), lang);
    }

    /// ` （departments/2025/somu.yaml:12）`
    fn line_of(&self, span: Span) -> String {
        let name = self.file.path.rsplit('/').next().unwrap_or_default();
        if span.is_empty() && span.start == 0 {
            return String::new();
        }
        format!("  ({}:{})", harmless(name), self.file.lines().line(span.start))
    }

    fn verdict(&self, lang: Lang) -> String {
        let path = harmless(&self.file.path);
        let (filled, replaced, gone) = (self.filled(), self.replaced(), self.merge.gone.len());
        let (open, wrong) = (replaced + gone, self.merge.problems.len() + self.refused.len());
        if filled + open + wrong == 0 {
            return lang.pick(
                format!("ファイルと違う所はありません。{path} はそのままです。\n"),
                format!("Nothing differs. {path} is as it was.\n"),
            );
        }
        let written = if self.overwrite { filled + open } else { filled };
        let mut text = match (self.dry, written) {
            (true, _) => lang.pick("何も書き込んでいません。\n".to_owned(), "Nothing was written.\n".to_owned()),
            (false, 0) => lang.pick(format!("{path} はそのままです。\n"), format!("{path} is as it was.\n")),
            (false, _) => lang.pick(
                format!("{path} に書き込みました（{written}か所）。\n"),
                format!("Written to {path} (places: {written}).\n"),
            ),
        };
        if open > 0 && !self.overwrite {
            text.push_str(&lang.pick(
                format!("書き換えと削除 {open}か所は、確かめてから --overwrite を付けると書き込みます。\n"),
                format!("Replaced and taken out with --overwrite only: {open}\n"),
            ));
        }
        if wrong > 0 {
            text.push_str(&lang.pick(
                format!("読み取れない所 {wrong}か所は、表を直して保存し、もう一度取り込んでください。\n"),
                format!("Mend the sheet where it was not understood ({wrong}), save it and import it again.\n"),
            ));
        }
        text.push_str(
            &lang.pick(format!("次にすること: kpolicy {}\n", self.next), format!("Next: kpolicy {}\n", self.next)),
        );
        text
    }
}

fn push(text: &mut String, title: &str, lines: &[String], lang: Lang) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("\n{title}  {}\n", lines.len()));
    lines.iter().take(MOST).for_each(|line| text.push_str(line));
    if lines.len() > MOST {
        let rest = lines.len() - MOST;
        text.push_str(&lang.pick(format!("  ほか {rest}\n"), format!("  and {rest} more\n")));
    }
}

/// Rows as columns under one another, each as wide as its words within reason.
fn table(rows: &[[String; 3]]) -> Vec<String> {
    let widest = |at: usize, most: usize| rows.iter().map(|row| width(&row[at])).filter(|w| *w <= most).max();
    let (spots, labels) = (widest(0, 30).unwrap_or(0), widest(1, 16).unwrap_or(0));
    rows.iter()
        .map(|[spot, label, words]| {
            let head = format!("  {} {} ", pad(spot, spots), pad(label, labels));
            format!("{head}{}\n", shown(words, 80_usize.saturating_sub(width(&head)).max(20)))
        })
        .collect()
}

fn line(spot: &Spot, label: &str, words: &str, lang: Lang) -> String {
    let head = format!("  {} {} ", pad(&spot.words(lang), 26), pad(label, 14));
    let room = 80_usize.saturating_sub(width(&head)).max(20);
    format!("{head}{}\n", shown(words, room))
}

fn shown(words: &str, columns: usize) -> String {
    let flat: String = words.split('\n').collect::<Vec<_>>().join(" ");
    cut(&harmless(&flat), columns)
}

/// The first words of a value.
fn words(data: &Data) -> String {
    let mut found = Vec::new();
    gather(data, &mut found);
    found.join("、")
}

fn gather(data: &Data, found: &mut Vec<String>) {
    match &data.kind {
        DataKind::One(text) => found.push(text.clone()),
        DataKind::List(entries) => entries.iter().for_each(|entry| gather(entry, found)),
        DataKind::Map(fields) => fields.iter().for_each(|(_, value)| gather(value, found)),
        DataKind::Blank | DataKind::Odd => {}
    }
}
