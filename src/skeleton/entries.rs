//! The entries of a plan to be filled in.

use crate::city::year::Year;
use crate::edit::{Noted, Value};
use crate::model::Department;
use crate::skeleton::memo::{self, asked_words, leaf_ids, remark};
use crate::skeleton::owed::Asked;
use crate::skeleton::{Carried, TO_WRITE};

pub(super) const REVIEW: &str = "現在までの対応状況の検証・分析";
pub(super) const INFORMATION: &str = "広い情報収集";
pub(super) const REFORM: &str = "業務改革の視点";

/// （記入） with a word on what is wanted.
pub(super) fn hint(words: &str) -> Value {
    Value::text(format!("{TO_WRITE}{words}"))
}

/// One entry for each head. Only where handovers are asked for does the day of taking the post count.
pub(super) fn signers(unit: &Department, since: bool) -> Value {
    let posts: Vec<&str> = unit.heads.iter().map(|post| post.value.as_str()).collect();
    let posts = if posts.is_empty() { vec![TO_WRITE] } else { posts };
    Value::list(posts.into_iter().map(|post| {
        let mut fields = vec![("post", Value::text(post).into()), ("name", Value::text(TO_WRITE).into())];
        if since {
            fields.push(("since", Value::text(TO_WRITE).remark("この職に就いた日（例 2025-04-01）")));
        }
        Value::map::<_, Noted>(fields)
    }))
}

pub(super) fn direction() -> Noted {
    Value::prose(format!("{TO_WRITE}運営方針")).into()
}

pub(super) fn review_of_goal(goal: &str) -> Value {
    let goals = Value::list([Value::word(goal)]);
    Value::map([("goals", goals)].into_iter().chain(review_words()))
}

/// A review of last year's goal, with what became of it.
pub(super) fn review_of_past(carried: &Carried<'_>) -> Noted {
    let items = Value::list([Value::word(&carried.reference)]);
    let entry = Value::map([("items", items)].into_iter().chain(review_words()));
    entry.below(memo::lines(&carried.result_words()))
}

pub(super) fn review_words() -> [(&'static str, Value); 3] {
    [
        ("status", hint("どこまでできているか")),
        ("analysis", hint("なぜそうなったか")),
        ("remaining", hint("残っていること")),
    ]
}

pub(super) fn information() -> Value {
    Value::map([("source", hint("どこから得たか")), ("finding", hint("分かったこと"))])
}

pub(super) fn reform() -> Value {
    Value::map([("what", hint("")), ("before", hint("例 １件40分")), ("after", hint("例 １件15分"))])
}

/// A response to an item, with the memo's words above it.
pub(super) fn response(year: &Year<'_>, asked: &Asked) -> Noted {
    let cites = Value::list(leaf_ids(year, asked).into_iter().map(Value::word));
    Value::map([("cites", cites), ("text", Value::prose(TO_WRITE))]).below(asked_words(year, asked))
}

/// The items that may be declined, an entry for those of each section: one reason often holds for
/// all of them, and where it does not the entry is divided. Who acts is told beside each item.
pub(super) fn declines(year: &Year<'_>, all: &[Asked]) -> Value {
    let section = |asked: &Asked| year.items[asked.item].section;
    Value::list(all.chunk_by(|a, b| std::ptr::eq(section(a), section(b))).map(|together| decline(year, together)))
}

fn decline(year: &Year<'_>, together: &[Asked]) -> Value {
    let ids = together.iter().flat_map(|asked| {
        let leads = leads(year, asked);
        let title = remark(&year.items[asked.item].item.title());
        leaf_ids(year, asked).into_iter().enumerate().map(move |(index, id)| {
            if index == 0 { Value::word(id).remark(format!("{title}{leads}")) } else { Value::word(id).into() }
        })
    });
    Value::map([("items", Value::list(ids)), ("reason", Value::text(TO_WRITE))])
}

/// Who acts, in brackets.
fn leads(year: &Year<'_>, asked: &Asked) -> String {
    let leads = asked.leaves.iter().flat_map(|leaf| &year.leaves[*leaf].leads);
    let mut seen = std::collections::BTreeSet::new();
    let names: Vec<&str> = leads.map(|lead| year.departments[*lead].name()).filter(|name| seen.insert(*name)).collect();
    if names.is_empty() { String::new() } else { format!("（主担当 {}）", remark(&names.join("、"))) }
}

/// The handover of a post.
pub(super) fn handover(post: &str) -> Value {
    let fields: [(&str, Noted); 4] = [
        ("post", Value::text(post).into()),
        ("predecessor", Value::text(TO_WRITE).into()),
        ("successor", Value::text(TO_WRITE).into()),
        ("completed", Value::text(TO_WRITE).remark("引継ぎを終えた日。要らないときは not_needed に理由を書きます")),
    ];
    Value::map(fields)
}
