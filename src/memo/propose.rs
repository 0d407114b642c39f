//! What the wording suggests: a short title, clauses, who must answer and how. All of it is marked
//! to be confirmed.

use super::{Clause, Duties, Item, Memo, Note, Proposal, Viewpoint, Why, sentences};
use crate::model::{AnsweredBy, Scope};
use crate::say;

/// Words that ask all departments.
const EVERYBODY: &[&str] = &[
    "全ての部",
    "すべての部",
    "各部",
    "全庁",
    "全市を挙げて",
    "全市一丸",
    "職員全員",
    "全職員",
    "職員一人一人",
    "職員一人ひとり",
    "各課",
    "各所属",
    "所属長",
    "所管部長",
    "管理職",
];

/// Words that ask every goal for a viewpoint.
const EVERY_GOAL: &[&str] = &[
    "全ての取組",
    "すべての取組",
    "全ての事業",
    "すべての事業",
    "全ての施策",
    "すべての施策",
    "全ての目標",
    "すべての目標",
    "全取組",
];

/// Words that ask for a part of the plan, and the part.
const PARTS: &[(&str, AnsweredBy)] = &[
    ("検証・分析", AnsweredBy::Review),
    ("検証し", AnsweredBy::Review),
    ("検証を行", AnsweredBy::Review),
    ("情報収集", AnsweredBy::Information),
    ("情報の収集", AnsweredBy::Information),
    ("業務改革の視点", AnsweredBy::Reform),
];

/// Words that ask for work that a goal shows.
const WORK: &[&str] = &[
    "推進する",
    "推し進める",
    "展開する",
    "取り組む",
    "加速させる",
    "構築する",
    "整備する",
    "実施する",
    "実現する",
    "着手し",
    "向上につなげる",
    "効率化を図る",
];

/// Clauses are lettered a to z.
const MOST_CLAUSES: usize = 26;

/// Proposes for every item.
pub(super) fn all(memo: &mut Memo) {
    let mut viewpoints = Vec::new();
    let mut notes = Vec::new();
    for item in memo.sections.iter_mut().flat_map(|section| &mut section.items) {
        let units = units(item, &mut viewpoints);
        decide(item, units, &mut notes);
        if item.short.value.is_empty() {
            item.short.value = head(&item.text);
        }
    }
    memo.viewpoints = viewpoints;
    memo.notes.append(&mut notes);
}

/// One thing that is asked.
struct Unit {
    quote: String,
    scope: Option<Proposal<Scope>>,
    answered_by: Option<Proposal<AnsweredBy>>,
    viewpoint: Option<String>,
}

fn words<T>(value: T, words: &str) -> Proposal<T> {
    Proposal { value, why: Some(Why::Words(words.to_owned())) }
}

/// What an item asks for, one by one.
fn units(item: &Item, viewpoints: &mut Vec<Viewpoint>) -> Vec<Unit> {
    let mut units = Vec::new();
    for (at, sentence) in item.text.lines().enumerate() {
        let entry = item.entries.get(at).copied().unwrap_or_default();
        // An entry of a list asks also where it is no sentence: ア 待ち時間の短縮.
        if sentences::asks(sentence) {
            units.extend(
                viewpoint(sentence, viewpoints)
                    .or_else(|| plan_parts(sentence))
                    .unwrap_or_else(|| vec![whole(sentence)]),
            );
        } else if entry && !sentence.contains('。') {
            units.push(whole(sentence));
        }
    }
    units
}

fn whole(sentence: &str) -> Unit {
    Unit {
        quote: sentences::quotable(sentence).to_owned(),
        scope: standing(sentence),
        answered_by: way(sentence),
        viewpoint: None,
    }
}

/// A rule for when something happens.
fn standing(sentence: &str) -> Option<Proposal<Scope>> {
    let case = ["場合は", "場合には", "ときは", "際には"].into_iter().find(|case| sentence.contains(case))?;
    let at_once = ["速やか", "直ちに", "遅滞なく", "すぐに"].into_iter().find(|word| sentence.contains(word))?;
    Some(words(Scope::Standing, &format!("{case}…{at_once}")))
}

/// How a sentence is answered, where it says more than that it is.
fn way(sentence: &str) -> Option<Proposal<AnsweredBy>> {
    let has = |word: &str| sentence.contains(word);
    if let Some(word) = ["提出", "受け", "臨"].into_iter().find(|word| has("面談") && has(word)) {
        return Some(words(AnsweredBy::Interview, &format!("面談…{word}")));
    }
    if let Some(word) = ["事務引継", "引継ぎ", "引き継ぎ"].into_iter().find(|word| has(word)) {
        return Some(words(AnsweredBy::Handover, word));
    }
    if has("組織目標") && has("定め") {
        return Some(words(AnsweredBy::Plan, "組織目標…定め"));
    }
    if let Some((word, way)) = PARTS.iter().find(|(word, _)| has(word)) {
        return Some(words(*way, word));
    }
    let end = sentence.trim_end_matches('。').trim_end_matches("こと");
    let work = WORK.iter().find(|word| end.ends_with(*word) || (word.ends_with('し') && end.contains(*word)));
    work.map(|word| words(AnsweredBy::Goal, word))
}

/// A viewpoint that every goal is asked for, and what else the sentence asks.
fn viewpoint(sentence: &str, viewpoints: &mut Vec<Viewpoint>) -> Option<Vec<Unit>> {
    let phrase = EVERY_GOAL.iter().find(|phrase| sentence.contains(*phrase))?;
    let at = sentence.find(phrase)?;
    let asked = sentence[at..].split('。').next()?;
    let end = asked.find("視点").map(|at| at + "視点".len())?;
    // 全ての取組において、脱炭素の視点を…: the comma may part the two, another thought may not.
    let after = &asked[phrase.len()..end];
    let label = ["においては", "において", "について", "には", "では", "に", "で"]
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after)
        .trim_start_matches('、');
    if label.contains('、') {
        return None;
    }
    if label.is_empty() {
        return None;
    }
    let mut units = vec![asked_of_all(&asked[..end], label, phrase, viewpoints)];
    let mut end = end;
    // 脱炭素の視点及び多様性の視点を: two questions.
    while let Some((label, length)) = next_viewpoint(&asked[end..]) {
        end += length;
        units.push(asked_of_all(label, label, phrase, viewpoints));
    }
    let segment = &asked[..asked[end..].find('、').map_or(asked.len(), |more| end + more)];
    if let Some(last) = units.last_mut() {
        let begin = segment.find(last.quote.as_str()).unwrap_or_default();
        last.quote = segment[begin..].trim_end_matches('。').trim_end_matches("つつ").to_owned();
    }
    let rest = sentence[at + segment.len()..].trim_start_matches(['、', '。']);
    if !rest.is_empty() {
        units.push(whole(rest));
    }
    Some(units)
}

/// Another viewpoint right behind one, and how long it is with the word that joins them.
fn next_viewpoint(text: &str) -> Option<(&str, usize)> {
    let joins = ["及び", "並びに", "、", "と"];
    let (join, rest) = joins.iter().find_map(|join| Some((join, text.strip_prefix(join)?)))?;
    let end = rest.find("視点")? + "視点".len();
    let label = &rest[..end];
    let plain = label.chars().count() <= LONGEST_VIEWPOINT && !label.contains(['、', '。', 'を', 'し', 'く']);
    plain.then_some((label, join.len() + end))
}

/// Longest name of a further viewpoint, in characters.
const LONGEST_VIEWPOINT: usize = 20;

/// The unit of one viewpoint.
fn asked_of_all(quote: &str, label: &str, phrase: &str, viewpoints: &mut Vec<Viewpoint>) -> Unit {
    let id = match viewpoints.iter().find(|viewpoint| viewpoint.label == label) {
        Some(known) => known.id.clone(),
        None => {
            let id = format!("viewpoint-{}", viewpoints.len() + 1);
            viewpoints.push(Viewpoint { id: id.clone(), label: label.to_owned(), known: false });
            id
        }
    };
    Unit {
        quote: quote.to_owned(),
        scope: Some(words(Scope::EveryGoal, phrase)),
        answered_by: Some(words(AnsweredBy::Viewpoint, quote.strip_prefix(phrase).unwrap_or(quote))),
        viewpoint: Some(id),
    }
}

/// A sentence that asks for several parts of the plan at once.
fn plan_parts(sentence: &str) -> Option<Vec<Unit>> {
    let part = |segment: &&str| PARTS.iter().find(|(word, _)| segment.contains(word));
    let segments: Vec<&str> = sentence.split('、').collect();
    if segments.iter().filter(|segment| part(segment).is_some()).count() < 2 {
        return None;
    }
    let last = segments.last().copied().unwrap_or_default();
    let asked = segments.iter().filter(|segment| part(segment).is_some() || **segment == last);
    let units = asked.map(|segment| Unit {
        quote: sentences::quotable(segment).to_owned(),
        scope: None,
        answered_by: part(segment).map(|(word, way)| words(*way, word)),
        viewpoint: None,
    });
    Some(units.collect())
}

/// Gives an item its clauses, or what its one sentence says.
fn decide(item: &mut Item, mut units: Vec<Unit>, notes: &mut Vec<Note>) {
    let joined: String = item.text.lines().collect();
    if let Some(word) = EVERYBODY.iter().find(|word| joined.contains(*word)) {
        item.scope = words(Scope::EveryDepartment, word);
    }
    if units.is_empty() {
        item.scope.why = Some(Why::NothingAsked);
        // Words that nobody is asked by need no answer; with a number they may ask all the same.
        if item.mark.is_none() {
            item.scope.value = Scope::Standing;
        }
        let (line, id) = (item.line, item.id);
        notes.push(Note::remark(
            line,
            say!("項目 {id} には、求める言葉（こと。など）がありません。", "nothing in item {id} asks for something."),
        ));
        return;
    }
    if units.len() > MOST_CLAUSES {
        let (line, id, count) = (item.line, item.id, units.len());
        notes.push(Note::doubt(
            line,
            say!(
                "項目 {id} は {count}のことを求めていますが、部分は 26 までです。項目を分けてください。",
                "item {id} asks for {count} things; clauses end at z. Divide the item."
            ),
        ));
        units.truncate(MOST_CLAUSES);
    }
    if let [one] = units.as_mut_slice() {
        item.answered_by = one.answered_by.take();
        if let Some(scope) = one.scope.take() {
            item.scope = scope;
        }
        if let Some(id) = one.viewpoint.take() {
            item.clauses = vec![clause(Unit { viewpoint: Some(id), ..whole(&one.quote) })];
        }
        return;
    }
    item.clauses = units.into_iter().map(clause).collect();
}

fn clause(unit: Unit) -> Clause {
    Clause {
        quote: unit.quote,
        scope: unit.scope,
        answered_by: unit.answered_by,
        viewpoint: unit.viewpoint,
        duties: Duties::default(),
    }
}

/// Longest short title that is proposed, in characters.
const SHORT: usize = 18;

/// The beginning of a wording, for a short title: up to the first 、, else up to the last particle
/// that leaves it short enough.
fn head(text: &str) -> String {
    let first = sentences::quotable(text.lines().next().unwrap_or_default());
    let cut = first.split(['、', '。']).next().unwrap_or(first).trim_end_matches("こと");
    let short: String = cut.chars().take(SHORT).collect();
    let endings =
        ["については", "について", "に当たっては", "にあたっては", "においては", "により", "では", "には", "とは"];
    let whole = short.len() == cut.len();
    let bare = match endings.iter().find_map(|ending| short.strip_suffix(ending)).filter(|_| whole) {
        Some(bare) => bare,
        None if whole => short.strip_suffix(PARTICLES).unwrap_or(&short),
        None => short.rfind(PARTICLES).map_or(short.as_str(), |at| &short[..at]),
    };
    // Too little is left, or a bracket would stay open.
    let good = bare.chars().count() > 3 && bare.matches('「').count() == bare.matches('」').count();
    if good { bare.to_owned() } else { short }
}

const PARTICLES: [char; 8] = ['は', 'を', 'が', 'に', 'で', 'と', 'も', 'の'];
