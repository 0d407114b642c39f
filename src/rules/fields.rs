//! Words about fields that the rules on shape share: what a field is called, what it holds, how it
//! is written, and under which heading of a plan a place lies.

use std::collections::HashMap;

use crate::city::City;
use crate::finding::Finding;
use crate::ids::unwrap_quotes;
use crate::lang::Say;
use crate::links::Wanted;
use crate::model::{Goal, ShapeFault};
use crate::nearest::Words;
use crate::place::{FileId, Place, Span};
use crate::rules::Rule;
use crate::say;
use crate::shape::{Choice, Field, Kind, PLAN, Shape, Target};
use crate::source::Edit;

/// `title（目標名）`; in English the name alone, since labels are Japanese.
pub(crate) fn name(field: &Field) -> Say {
    let (key, label) = (field.key, field.label);
    say!("{key}（{label}）", "{key}")
}

/// `draft（下書き）、submitted（提出済み）、…`: all words a field allows.
pub(crate) fn choices(choices: &[Choice]) -> Say {
    listed(choices.iter().map(|choice| {
        let (id, ja, en) = (choice.id, choice.name().ja, choice.en);
        if en == id { say!("{id}（{ja}）", "{id}") } else { say!("{id}（{ja}）", "{id} ({en})") }
    }))
}

/// Joins words to a list in both languages.
pub(crate) fn listed(words: impl Iterator<Item = Say>) -> Say {
    let (ja, en): (Vec<_>, Vec<_>) = words.map(|word| (word.ja, word.en)).unzip();
    Say { ja: ja.join("、").into(), en: en.join(", ").into() }
}

/// What a field holds, in plain words.
pub(crate) fn holds(kind: &Kind) -> Say {
    match kind {
        Kind::Text | Kind::TextOrNumber => say!("一つの文章", "one text"),
        Kind::Number => say!("半角の数字だけで書いた数", "a number in plain digits"),
        Kind::Count => say!("0 から 9999 までの整数", "a whole number from 0 to 9999"),
        Kind::Bool => say!("true（はい）又は false（いいえ）", "true or false"),
        Kind::Date => say!("日付（年-月-日）", "a date (year-month-day)"),
        Kind::DateTime => say!("日時（年-月-日T時:分）", "a date and time"),
        Kind::MonthDay => say!("月日（月-日）", "a month and day"),
        Kind::ItemId => say!("項目の番号", "the id of an item"),
        Kind::ClauseId => say!("部分の番号", "the id of a clause"),
        Kind::Cite => say!("項目又は部分の番号", "the id of an item or clause"),
        Kind::Subject => say!("項目、部分又は目標の番号", "the id of an item, clause or goal"),
        Kind::GoalId => say!("目標などの番号", "the id of a goal or follow-up"),
        Kind::Name => say!("記号", "an id"),
        Kind::Ref(_) => say!("一つの名前又は記号", "one name or id"),
        Kind::Choice(_) => say!("決まった言葉のうち一つ", "one of a few words"),
        Kind::List(_) => say!("「- 」で始まる行を並べた一覧", "a list: lines that begin with \"- \""),
        Kind::One(_) | Kind::Map(..) => say!("字下げして並べた欄", "indented fields"),
    }
}

/// What an id of this kind looks like.
pub(crate) fn form(kind: &Kind) -> Say {
    match kind {
        Kind::ItemId => say!("項目の番号は 1-6 のように書きます", "an item is written like 1-6"),
        Kind::ClauseId => say!("部分の番号は 1-6-a のように書きます", "a clause is written like 1-6-a"),
        Kind::Cite => {
            say!("項目は 1-6、部分は 1-6-a のように書きます", "an item is written like 1-6, a clause like 1-6-a")
        }
        Kind::Subject => say!(
            "項目は 1-6、部分は 1-6-a、前年度の目標は 2024:G3 のように書きます",
            "an item is written like 1-6, a clause like 1-6-a, last year's goal like 2024:G3"
        ),
        Kind::GoalId => say!("英大文字と数字で G1 のように書きます", "capitals and digits, like G1"),
        Kind::Ref(Target::OwnGoal) => say!("この計画の目標を G1 のように書きます", "a goal of this plan, like G1"),
        Kind::Ref(Target::PastGoal) => {
            say!("前年度の目標を 2024:G3 のように書きます", "a goal of an earlier year, like 2024:G3")
        }
        Kind::Ref(Target::OthersGoal) => {
            say!("他の部の目標を seisaku:G2 のように書きます", "a goal of another department, like seisaku:G2")
        }
        _ => say!(
            "記号は英小文字で始め、英小文字・数字・「-」だけで書きます（例 bosai-anzen）",
            "an id begins with a small letter and has small letters, digits and \"-\" only, like bosai-anzen"
        ),
    }
}

/// How a field is written, as lines to type.
pub(crate) fn example(field: &Field) -> String {
    let key = field.key;
    match &field.kind {
        Kind::List(Kind::One(shape)) => format!("{key}:\n  - {}", entries(shape, "\n    ")),
        Kind::List(inner) => format!("{key}:\n  - {}", sample(inner)),
        Kind::One(shape) => format!("{key}:\n  {}", entries(shape, "\n  ")),
        Kind::Map(target, inner) => format!("{key}:\n  {}: {}", map_key(*target), sample(inner)),
        kind => format!("{key}: {}", sample(kind)),
    }
}

/// The first two simple fields of an object, with values.
pub(crate) fn entries(shape: &Shape, between: &str) -> String {
    let simple = |field: &&Field| !matches!(field.kind, Kind::List(_) | Kind::One(_) | Kind::Map(..));
    let lines: Vec<String> = shape
        .fields
        .iter()
        .filter(simple)
        .take(2)
        .map(|field| format!("{}: {}", field.key, sample(&field.kind)))
        .collect();
    lines.join(between)
}

fn map_key(target: Option<Target>) -> &'static str {
    match target {
        Some(Target::Viewpoint) => "decarbonization",
        Some(Target::Rule) => "K405",
        _ => "職員数",
    }
}

/// A value of this kind, as it is typed.
fn sample(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "窓口の待ち時間を短くする",
        Kind::Number | Kind::TextOrNumber => "12",
        Kind::Count => "2025",
        Kind::Bool => "true",
        Kind::Date => "2025-04-01",
        Kind::DateTime => "\"2025-04-03T10:00\"",
        Kind::MonthDay => "\"09-30\"",
        Kind::ItemId | Kind::Cite | Kind::Subject => "1-6",
        Kind::ClauseId => "1-6-a",
        Kind::GoalId | Kind::Ref(Target::OwnGoal) => "G1",
        Kind::Ref(Target::PastGoal) => "2024:G3",
        Kind::Ref(Target::OthersGoal) => "seisaku:G2",
        Kind::Ref(Target::Viewpoint) => "decarbonization",
        Kind::Ref(Target::Reference) => "city-vision-2",
        Kind::Ref(Target::Interviewer) => "mayor",
        Kind::Ref(Target::Period) => "mid",
        Kind::Ref(Target::Rating) => "A",
        Kind::Ref(_) | Kind::Name => "somu",
        Kind::Choice(choices) => choices.first().map_or("", |choice| choice.id),
        Kind::List(_) | Kind::One(_) | Kind::Map(..) => "",
    }
}

/// Adds the goal or item that holds a fault, where it is another place.
pub(crate) fn held(finding: Finding, file: FileId, fault: &ShapeFault) -> Finding {
    match fault.holder {
        Some(holder) if holder != fault.span => {
            finding.related(file.at(holder), say!("ここから始まるまとまりの中です", "in the entry that begins here"))
        }
        _ => finding,
    }
}

/// The headings of a plan in the list of a draft, ready for many places.
pub(crate) struct Headings<'c> {
    /// Top-level fields by where they begin.
    keys: Vec<(u32, &'static str)>,
    /// Goals by where they begin; one that a later goal begins before is left out.
    goals: Vec<(u32, &'c Goal)>,
}

impl<'c> Headings<'c> {
    /// The headings of a file, none where it is no plan.
    pub(crate) fn new(city: &'c City, id: FileId) -> Headings<'c> {
        let Some(plan) = city.file(id).plan() else { return Headings { keys: Vec::new(), goals: Vec::new() } };
        let mut keys: Vec<(u32, &'static str)> = plan.keys.iter().map(|(key, span)| (span.start, *key)).collect();
        keys.sort_by_key(|(start, _)| *start);
        let mut goals: Vec<(u32, &Goal)> = Vec::new();
        for goal in plan.goals.iter().rev() {
            if goals.last().is_none_or(|(start, _)| goal.span.start < *start) {
                goals.push((goal.span.start, goal));
            }
        }
        goals.reverse();
        Headings { keys, goals }
    }

    /// The heading under which a place lies: `目標 G2`, `業務改革`, ….
    pub(crate) fn of(&self, span: Span) -> Say {
        let Some(key) = last_from(&self.keys, span.start) else { return say!("計画", "plan") };
        if *key == "goals" {
            let id = last_from(&self.goals, span.start).map_or("", |goal| goal.id());
            return if id.is_empty() { say!("目標", "goal") } else { say!("目標 {id}", "goal {id}") };
        }
        let Some(field) = PLAN.field(key) else { return say!("計画", "plan") };
        let (ja, en) = (field.label, field.key);
        say!("{ja}", "{en}")
    }
}

/// The last entry that begins at or before a place.
fn last_from<T>(entries: &[(u32, T)], at: u32) -> Option<&T> {
    let index = entries.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
    entries.get(index).map(|(_, entry)| entry)
}

/// Lists of ids and titles, ready to be asked for the nearest to many names.
#[derive(Default)]
pub(crate) struct NearNames {
    lists: HashMap<*const (String, String), List>,
}

struct List {
    words: Words,
    /// The first entry with each id or title.
    first: Vec<usize>,
}

impl NearNames {
    /// The entry whose id or title is most like a name.
    pub(crate) fn of<'k>(&mut self, known: &'k [(String, String)], text: &str) -> Option<&'k (String, String)> {
        let list = self.lists.entry(known.as_ptr()).or_insert_with(|| List::new(known));
        known.get(*list.first.get(list.words.nearest(text)?)?)
    }
}

impl List {
    fn new(known: &[(String, String)]) -> List {
        let words = || known.iter().flat_map(|(id, title)| [id.as_str(), title.as_str()]);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let first = words().enumerate().map(|(at, word)| *seen.entry(word).or_insert(at / 2)).collect();
        List { words: Words::new(words()), first }
    }
}

/// A name that nothing has, with the nearest that there is.
pub(crate) fn unknown(
    rule: &'static Rule,
    place: Place,
    text: &str,
    wanted: Wanted,
    near: Option<&(String, String)>,
) -> Finding {
    let what = wanted.name();
    let (ja, en) = (what.ja, what.en);
    let label = match near {
        Some((id, title)) if id == title || title.is_empty() => say!("{id} のことですか", "did you mean {id}?"),
        Some((id, title)) => say!("{id}（{title}）のことですか", "did you mean {id} ({title})?"),
        None => say!("この{ja}はありません", "there is no such {en}"),
    };
    Finding::new(rule, place, say!("「{text}」という{ja}はありません", "there is no {en} \"{text}\""))
        .label(label)
        .nearest(near.cloned().into_iter().collect())
}

/// Says that a full-width ＃ begins no remark, where one stands after a value on its line.
pub(crate) fn without_memo(mut finding: Finding, fault: &ShapeFault, text: &str) -> Finding {
    let Some((value, memo)) = text.split_once('＃') else { return finding };
    let (value, memo) = (value.trim_end(), memo.trim());
    if value.is_empty() || memo.is_empty() {
        return finding;
    }
    let written = format!("{value}  # {memo}");
    let line = match fault.field {
        Some(field) if !matches!(field.kind, Kind::List(_)) => format!("{}: {written}", field.key),
        _ => format!("- {written}"),
    };
    let title = say!("半角の # に直す", "write a plain #");
    finding.message = say!("「{value}」の後の「＃」が全角です", "the \"＃\" after \"{value}\" is full-width");
    finding
        .nearest(Vec::new())
        .label(say!("全角の「＃」の後も内容と読まれます", "a full-width ＃ begins no remark"))
        .help(say!("覚え書きなら、半角の「#」にしてください: {line}", "For a remark, write a plain #: {line}"))
        .unsafe_fix(title, vec![Edit { span: fault.span, text: written }])
}

/// The ids in a value that holds several: `1-1、1-2` or `1-1, 1-2`; none where it holds just one.
pub(crate) fn several(text: &str) -> Option<Vec<&str>> {
    let text = unwrap_quotes(text).unwrap_or(text);
    let parts: Vec<&str> = text.split(['、', '，', ',', '・', ' ', '　']).map(str::trim).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let plain = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.is_ascii();
    (parts.len() > 1 && parts.iter().all(plain)).then_some(parts)
}

/// A name that more than one thing has.
pub(crate) fn ambiguous(
    rule: &'static Rule,
    place: Place,
    text: &str,
    wanted: Wanted,
    candidates: &[String],
) -> Finding {
    let what = wanted.name();
    let (ja, en) = (what.ja, what.en);
    let (all_ja, all_en) = (candidates.join("、"), candidates.join(", "));
    Finding::new(
        rule,
        place,
        say!("「{text}」に当たる{ja}が２つ以上あります", "more than one {en} is called \"{text}\""),
    )
    .label(say!("記号で書いてください", "write the id"))
    .why(say!(
        "どれを指しているのか分からないと、担当や根拠に結び付けられません。",
        "It cannot be joined to either while both are meant."
    ))
    .help(say!("次の記号から選んで書いてください: {all_ja}", "Write one of these ids: {all_en}"))
    .nearest(candidates.iter().map(|id| (id.clone(), text.to_owned())).collect())
}
