//! Words of the papers that more than one writer prints, in both languages.

use crate::coverage::CellState;
use crate::date::Date;
use crate::lang::{Bi, Lang, bi};
use crate::model::Scope;
use crate::packet::refs::{day_words, number};
use crate::packet::{Day, Where};

/// A day in words: without its year inside the fiscal year.
pub fn day(fiscal_year: u16, day: Day, lang: Lang) -> String {
    day_words(crate::date::FiscalYear(fiscal_year), day.0, lang)
}

/// A day with its weekday: `４月３日（木）`.
pub fn weekday(fiscal_year: u16, date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => date.to_string(),
        Lang::Ja => {
            let weekday = date.weekday_ja();
            format!("{}（{weekday}）", day_words(crate::date::FiscalYear(fiscal_year), date, lang))
        }
    }
}

/// `48,000千円`.
pub fn thousand_yen(value: f64, lang: Lang) -> String {
    format!("{}{}", number(value), lang.pick("千円", " thousand yen"))
}

/// A symbol that says the state without colour: every Japanese font has it.
pub fn symbol(state: CellState) -> &'static str {
    match state {
        CellState::Answered => "○",
        CellState::Partial => "△",
        CellState::Missing => "×",
        CellState::Declined => "―",
        CellState::NotRequired => "・",
        CellState::Unreadable => "？",
    }
}

/// Where something is answered that goals and responses do not cite.
pub fn answered_in(place: Where) -> Bi {
    match place {
        Where::Direction => bi("運営方針と組織目標", "direction and goals"),
        Where::Review => bi("検証・分析", "review"),
        Where::Information => bi("情報収集", "information"),
        Where::Reform => bi("業務改革", "reform"),
        Where::Viewpoint => bi("視点", "viewpoint"),
        Where::Submission => bi("計画の提出", "submission of the plan"),
        Where::Handover => bi("事務引継ぎ", "handover"),
    }
}

/// Who must answer, by the word in the file.
pub fn scope(id: &str) -> Bi {
    match id {
        id if id == Scope::EveryGoal.id() => bi("全ての目標", "every goal"),
        id if id == Scope::AnyDepartment.id() => bi("１部以上", "at least one department"),
        id if id == Scope::Standing.id() => bi("発生時対応", "standing instruction"),
        _ => bi("全ての部", "every department"),
    }
}

/// States of progress, the worst first.
pub const WORST_FIRST: [&str; 7] = ["unmet", "stopped", "partly", "behind", "not_started", "on_track", "achieved"];

/// How bad a goal's state is, 0 the worst; what is not known is no worse than what goes on.
pub fn badness(state: Option<&str>) -> usize {
    let known = state.and_then(|state| WORST_FIRST.iter().position(|other| *other == state));
    known.unwrap_or(WORST_FIRST.len() - 2)
}

/// Kind of a measure, which direction is good, state of progress, status of a plan: the word in
/// the file, in words for people.
pub fn choice(id: &str) -> Bi {
    match id {
        "outcome" => bi("成果指標", "outcome"),
        "output" => bi("活動指標", "output"),
        "higher" => bi("高いほどよい", "higher is better"),
        "lower" => bi("低いほどよい", "lower is better"),
        "same" => bi("維持", "keep"),
        "not_started" => bi("未着手", "not started"),
        "on_track" => bi("予定どおり", "on track"),
        "behind" => bi("遅れ", "behind"),
        "achieved" => bi("達成", "achieved"),
        "partly" => bi("一部達成", "partly"),
        "unmet" => bi("未達成", "unmet"),
        "stopped" => bi("中止", "stopped"),
        "draft" => bi("下書き", "draft"),
        "submitted" => bi("提出済み", "submitted"),
        "settled" => bi("確定", "settled"),
        "missing" => bi("未提出", "not handed in"),
        "unreadable" => bi("読取不可", "unreadable"),
        _ => bi("", ""),
    }
}
