//! The memo's words as remarks.

use crate::city::year::Year;
use crate::model::{Item, Scope};
use crate::report::wrap::wrap;
use crate::rules::words::clause_ja;
use crate::skeleton::COLUMNS;
use crate::skeleton::owed::Asked;

/// Words as they may stand behind `#`: nothing in them may act as a mark of this tool, or be unseen.
pub(super) fn remark(words: &str) -> String {
    let words = words.replace("kpolicy:", "kpolicy：").replace("（確認）", "").replace("yaml-language-server", "yaml");
    words.chars().filter(|c| !crate::ui::is_hidden(*c) && *c != '\n').collect()
}

/// Words on as many lines of remarks as they need; what goes on stands two blanks deeper.
pub(super) fn lines(words: &[String]) -> Vec<String> {
    words.iter().flat_map(|line| hanging(&remark(line))).collect()
}

fn hanging(line: &str) -> Vec<String> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let first = " ".repeat(indent);
    let rest = if indent == 0 { String::new() } else { " ".repeat(indent + 2) };
    let pieces = wrap(line.trim_start_matches(' '), COLUMNS - rest.len());
    let line = |(at, piece): (usize, String)| format!("{}{piece}", if at == 0 { &first } else { &rest });
    pieces.into_iter().enumerate().map(line).collect()
}

/// True where all of an item is asked that can be answered at all.
fn is_whole(year: &Year<'_>, asked: &Asked) -> bool {
    let answerable = |leaf: &usize| year.leaves[*leaf].scope != Scope::Standing && !year.leaves[*leaf].withdrawn;
    year.items[asked.item].leaves.clone().filter(answerable).all(|leaf| asked.leaves.contains(&leaf))
}

/// The ids to cite: the item's, where all of it that can be answered is meant.
pub(super) fn leaf_ids(year: &Year<'_>, asked: &Asked) -> Vec<String> {
    if is_whole(year, asked) {
        return vec![year.items[asked.item].item.id.value.to_string()];
    }
    asked.leaves.iter().map(|leaf| year.leaves[*leaf].id.to_string()).collect()
}

/// `3-6 個人情報の取扱い`, with the letters of the clauses where only some are meant.
pub(super) fn asked_title(year: &Year<'_>, asked: &Asked) -> String {
    let item = year.items[asked.item].item;
    let letters = asked.leaves.iter().filter_map(|leaf| year.leaves[*leaf].id.clause);
    let letters: Vec<String> = letters.map(|letter| clause_ja(letter).to_string()).collect();
    let part = if is_whole(year, asked) { String::new() } else { format!("のうち{}", letters.join("、")) };
    format!("{} {}{part}", item.id.value, remark(&item.title()))
}

/// What of it may be declined instead: nothing, `（非該当にできます）`, or only some clauses.
pub(super) fn decline_words(year: &Year<'_>, asked: &Asked) -> String {
    let may = |leaf: &&usize| year.leaves[**leaf].may_decline && year.leaves[**leaf].scope != Scope::AnyDepartment;
    let may: Vec<usize> = asked.leaves.iter().filter(may).copied().collect();
    let letters: Vec<String> = may
        .iter()
        .filter_map(|leaf| year.leaves[*leaf].id.clause)
        .map(|letter| clause_ja(letter).to_string())
        .collect();
    match may.len() {
        0 => String::new(),
        all if all == asked.leaves.len() => "（所管しないときは、理由を書いて not_applicable に移せます）".to_owned(),
        _ => format!("（{}は、所管しないときは not_applicable に移せます）", letters.join("、")),
    }
}

/// True where a department is asked as the lead.
pub(super) fn as_lead(year: &Year<'_>, asked: &Asked) -> bool {
    asked.leaves.iter().any(|leaf| year.leaves[*leaf].scope == Scope::AnyDepartment)
}

/// The item's title, who must answer, and what it asks.
pub(super) fn asked_words(year: &Year<'_>, asked: &Asked) -> Vec<String> {
    let item = &year.items[asked.item];
    let who = if as_lead(year, asked) { "主担当です" } else { "全ての部に求められています" };
    let mut above = vec![format!("{}（{who}）", asked_title(year, asked))];
    above.extend(Some(decline_words(year, asked)).filter(|words| !words.is_empty()).map(|words| format!("  {words}")));
    let words = sentences(year, asked, item.item);
    above.extend(lines(&words).into_iter().map(|line| format!("  {line}")));
    above
}

/// The sentences that hold what is asked. Those of other clauses are left out, where it is plain
/// which these are.
fn sentences(year: &Year<'_>, asked: &Asked, item: &Item) -> Vec<String> {
    let all: Vec<String> = item.text.iter().flat_map(|text| text.value.lines()).map(str::to_owned).collect();
    let quotes = |wanted: bool| {
        let leaves = year.items[asked.item].leaves.clone().filter(move |leaf| asked.leaves.contains(leaf) == wanted);
        leaves.map(|leaf| year.words(leaf)).collect::<Vec<String>>()
    };
    let (wanted, others) = (quotes(true), quotes(false));
    let holds = |line: &String, quotes: &[String]| quotes.iter().any(|quote| line.contains(quote));
    let whole = is_whole(year, asked);
    let kept = |line: &&String| holds(line, &wanted) || (whole && !holds(line, &others));
    let kept: Vec<String> = all.iter().filter(kept).cloned().collect();
    let complete = item.clauses.is_empty() || wanted.iter().all(|quote| kept.iter().any(|line| line.contains(quote)));
    if complete && !item.clauses.is_empty() { kept } else { all }
}
