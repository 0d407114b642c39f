//! What changed: over the turn of the year, and since the plan was handed in.

use super::{Block, Cell, Page, Table, Tone};
use crate::lang::bi;
use crate::packet::{ChangeFacts, Day, GoalResult, GoalTurn, Provenance, words};
use crate::report::diff_rows::{self, Row, Told};
use crate::say;
use crate::wording::Piece;

impl Page<'_> {
    pub(super) fn changes(&self, body: &mut Vec<Block>) {
        self.last_year(body);
        self.since_submission(body);
    }

    fn last_year(&self, body: &mut Vec<Block>) {
        let title = bi("前年度の目標はどうなったか", "What became of last year's goals");
        let Some(last) = &self.packet.last_year else {
            let year = crate::date::FiscalYear(self.packet.fiscal_year.saturating_sub(1));
            let ja = year.ja();
            let none = say!(
                "{ja}の計画がフォルダーにないため、比べられません。",
                "There is no plan of fiscal year {year} in the folder to compare with."
            );
            let heading = self.heading(2, self.t(title), "last-year");
            return body.push(Block::Keep(vec![heading, Block::Para(none.get(self.lang).to_owned())]));
        };
        let head = [
            (bi("前年度の目標", "Last year's goal"), 26),
            (bi("結果", "Result"), 46),
            (bi("今年度の目標", "This year's goal"), 28),
        ];
        let (old, new): (Vec<&GoalTurn>, Vec<&GoalTurn>) = last.goals.iter().partition(|turn| turn.before.is_some());
        let mut rows: Vec<Vec<Cell>> = old.into_iter().map(|turn| self.turn(turn)).collect();
        let new: Vec<String> = new.into_iter().filter_map(|turn| turn.after.as_ref().map(named)).collect();
        if !new.is_empty() {
            let none = Cell { text: self.t(bi("なし（新しい目標）", "none (new goals)")), tone: Tone::Quiet };
            rows.push(vec![none, String::new().into(), new.join("\n").into()]);
        }
        self.listed(body, title, "last-year", &head, rows);
    }

    fn turn(&self, turn: &GoalTurn) -> Vec<Cell> {
        let before = turn.before.as_ref().map(named).unwrap_or_default();
        let ended = || self.t(bi("今年度の目標にはありません", "not among this year's goals"));
        let after = turn.after.as_ref().map_or_else(ended, named);
        let none = || self.t(bi("結果の記載がありません。", "No result is written.")).into();
        let result = turn.result.as_ref().map_or_else(none, |result| self.result(result));
        vec![before.into(), result, after.into()]
    }

    fn result(&self, result: &GoalResult) -> Cell {
        let mut head = vec![result.period.clone().unwrap_or_default(), self.day_or(result.as_of, "")];
        head.push(result.state.map(|state| words::choice(state).get(self.lang).to_owned()).unwrap_or_default());
        head.retain(|part| !part.is_empty());
        let mut lines = vec![head.join(self.lang.pick("　", ", "))];
        for measure in &result.measures {
            let (name, none) = (&measure.name, || self.t(bi("記載なし", "none")));
            let target = measure.target.clone().unwrap_or_else(none);
            let actual = measure.actual.clone().unwrap_or_else(none);
            let line = say!("{name}　目標 {target}、実績 {actual}", "{name}: target {target}, actual {actual}");
            lines.push(line.get(self.lang).to_owned());
        }
        if let Some(reason) = &result.reason {
            lines.push(say!("理由 {reason}", "reason: {reason}").get(self.lang).to_owned());
        }
        lines.retain(|line| !line.is_empty());
        Cell { text: lines.join("\n"), tone: if result.short { Tone::Half } else { Tone::Plain } }
    }

    fn since_submission(&self, body: &mut Vec<Block>) {
        let title = bi("提出してから変わったこと", "Changed since it was handed in");
        let heading = self.heading(2, self.t(title), "changes");
        let Some(since) = &self.packet.since_submission else {
            return body.push(Block::Keep(vec![heading, Block::Para(self.why_unknown())]));
        };
        let (day, commit) = (self.day(since.date), since.commit.chars().take(10).collect::<String>());
        let subject = &since.subject;
        let of = say!(
            "{day}に提出された版（{commit}「{subject}」）と比べました。",
            "Compared with what was handed in on {day} ({commit}, {subject})."
        );
        let of = of.get(self.lang).to_owned();
        if since.changes.is_empty() {
            let none = self.t(bi("変わっていません。", "Nothing has changed."));
            return body.push(Block::Keep(vec![heading, Block::Note(of), Block::Para(none)]));
        }
        body.push(heading);
        let rows = diff_rows::fields(since.changes.iter().map(|it: &ChangeFacts| &it.change), self.lang);
        body.push(Block::Table(Table {
            caption: Some(of),
            head: vec![(self.t(bi("欄", "Field")), 32), (self.t(bi("変わったこと", "Change")), 68)],
            rows: rows.iter().map(|row| self.changed(row)).collect(),
        }));
    }

    fn why_unknown(&self) -> String {
        let plan = &self.packet.plan;
        self.t(match (&self.packet.provenance, plan.state) {
            (_, "missing") => bi("計画が提出されていません。", "No plan has been handed in."),
            (_, "unreadable") => {
                bi("計画のファイルを読み取れないため、比べられません。", "The plan's file cannot be read.")
            }
            (Provenance::NotInGit, _) => bi(
                "git 管理外のため、提出した時の内容が残っていません。",
                "The folder is not kept in git, which would know what was handed in.",
            ),
            _ => bi(
                "手元の履歴に、提出済みとしてコミットされた版がありません。",
                "The history at hand has no commit in which the plan was submitted.",
            ),
        })
    }

    fn changed(&self, row: &Row) -> Vec<Cell> {
        let told = match &row.told {
            Told::Words(words) => words.clone(),
            Told::List(list) => list.join("\n"),
            Told::Turned(old, new) => format!("{old} → {new}"),
            Told::Marked(pieces) => self.marked(pieces),
        };
        vec![row.label.clone().into(), told.into()]
    }

    /// What changed in a long text, with a few words around it.
    fn marked(&self, pieces: &[Piece]) -> String {
        let piece = |(at, piece): (usize, &Piece)| match piece {
            Piece::Same(same) => around(same, at > 0, at + 1 < pieces.len()),
            Piece::Changed(old, new) if old.is_empty() => {
                say!("［追加 {new}］", "[added: {new}]").get(self.lang).to_owned()
            }
            Piece::Changed(old, new) if new.is_empty() => {
                say!("［削除 {old}］", "[dropped: {old}]").get(self.lang).to_owned()
            }
            Piece::Changed(old, new) => self.lang.pick(format!("［{old} → {new}］"), format!("[{old} → {new}]")),
        };
        pieces.iter().enumerate().map(piece).collect()
    }

    /// 早期着手: when the budget's projects begin, those that say nothing first.
    pub(super) fn early_start(&self, body: &mut Vec<Block>) {
        let mut lines: Vec<(Option<Day>, Vec<Cell>)> = Vec::new();
        for goal in &self.packet.goals {
            for entry in &goal.budget {
                let mut start = match entry.start {
                    Some(day) => Cell::from(self.day(day)),
                    None => Cell { text: self.t(bi("× 開始の記載なし", "× no start given")), tone: Tone::Gap },
                };
                if entry.late {
                    let late = self.t(bi("△ 目安より後", "△ later than early"));
                    start = Cell { text: format!("{}\n{late}", start.text), tone: Tone::Half };
                }
                if let Some(reason) = &entry.late_reason {
                    start.text.push_str(say!("\n理由 {reason}", "\nbecause {reason}").get(self.lang));
                }
                let amount = entry.thousand_yen.map(|yen| words::thousand_yen(yen, self.lang)).unwrap_or_default();
                let goal = format!("{} {}", goal.id, goal.title);
                lines.push((entry.start, vec![entry.project.clone().into(), amount.into(), start, goal.into()]));
            }
        }
        lines.sort_by_key(|(start, _)| *start);
        let head = [
            (bi("予算事業", "Budget project"), 32),
            (bi("予算額", "Amount"), 16),
            (bi("開始", "Start"), 24),
            (bi("目標", "Goal"), 28),
        ];
        let title = bi("予算事業の早期着手", "Early start of budget projects");
        self.listed(body, title, "early-start", &head, lines.into_iter().map(|(_, row)| row).collect());
        if let Some(until) = self.packet.early_start_until {
            let day = self.day(until);
            let note = say!("早期着手の目安は、{day}までの開始です。", "Early means a start by {day}.");
            body.push(Block::Note(note.get(self.lang).to_owned()));
        }
    }
}

fn named((id, title): &(String, String)) -> String {
    format!("{id} {title}").trim_end().to_owned()
}

/// The words next to a change: of a long text its end before one, its beginning after one.
fn around(same: &str, before: bool, after: bool) -> String {
    const NEAR: usize = 16;
    let chars: Vec<char> = same.chars().collect();
    let (head, tail) = (if before { NEAR } else { 0 }, if after { NEAR } else { 0 });
    if chars.len() <= head + tail + 1 {
        return same.to_owned();
    }
    let start: String = chars.iter().take(head).collect();
    let end: String = chars.iter().skip(chars.len() - tail).collect();
    format!("{start}…{end}")
}
