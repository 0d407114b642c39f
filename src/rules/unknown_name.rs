//! K204: a name of a plan, goal, viewpoint, interviewer, period, rating or measure that does not exist.

use crate::finding::Finding;
use crate::lang::Say;
use crate::links::{LinkFaultKind, Wanted};
use crate::model::Level;
use crate::place::Place;
use crate::rules::{Check, Judged, Rule, fields};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K204",
    name: "unknown-name",
    level: Level::Error,
    page: include_str!("unknown_name.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let mut near = fields::NearNames::default();
    for fault in &judged.links.faults {
        let finding = match &fault.kind {
            LinkFaultKind::Unknown { text, wanted, known } if !wanted.is_unit() => {
                // G3 is no more like G1 than like G2.
                let near = if *wanted == Wanted::Goal { None } else { near.of(known, text) };
                let finding = fields::unknown(&RULE, fault.place, text, *wanted, near).why(say!(
                    "名前が違うと、根拠や実績がどこにも結び付きません。",
                    "Under a wrong name, what is written here is joined to nothing."
                ));
                match (*wanted, known.is_empty() && !text.contains(':')) {
                    (Wanted::Goal, true) => no_goal_here(finding),
                    _ => more(finding.help(help(judged, *wanted, known)), *wanted, known.len()),
                }
            }
            LinkFaultKind::Ambiguous { text, wanted, candidates } if !wanted.is_unit() => {
                fields::ambiguous(&RULE, fault.place, text, *wanted, candidates)
            }
            LinkFaultKind::ForeignClause { id, item } => foreign_clause(fault.place, id, item),
            _ => continue,
        };
        out.push(match fault.holder {
            Some(holder) if holder != fault.place => {
                finding.related(holder, say!("この目標の中にあります", "it stands in this goal"))
            }
            _ => finding,
        });
    }
}

/// The plan itself has no goal that could be named.
fn no_goal_here(finding: Finding) -> Finding {
    finding.label(say!("この計画には、目標が一つもありません", "this plan has no goal at all")).help(say!(
        "goals の下に目標を書いてください。目標を消したのであれば、この行も消します。",
        "Write the goal under goals. If the goals were removed on purpose, remove this line, too."
    ))
}

/// Where there are more names than a message can hold, the command that tells them all.
fn more(finding: Finding, wanted: Wanted, count: usize) -> Finding {
    match wanted {
        Wanted::Reference if count > SHOWN => finding.look("kpolicy list references"),
        Wanted::Goal if count > SHOWN => finding.look("kpolicy list goals"),
        _ => finding,
    }
}

/// Names given in a message.
const SHOWN: usize = 12;

/// Where such names are kept, and which there are.
fn help(judged: &Judged<'_>, wanted: Wanted, known: &[(String, String)]) -> Say {
    let path = |file: Option<crate::place::FileId>| file.map(|id| judged.year.city.file(id).path.clone());
    let year = judged.year.year;
    let place = match wanted {
        Wanted::Reference | Wanted::Node => {
            Some(path(judged.year.files.references).unwrap_or(format!("policy/{year}/references.yaml")))
        }
        Wanted::Viewpoint => path(Some(judged.year.policy_file)),
        Wanted::Interviewer => path(Some(judged.year.organization_file)),
        Wanted::Period | Wanted::Rating => Some("policy/kpolicy.yaml".to_owned()),
        _ => None,
    };
    let words = fields::listed(known.iter().take(SHOWN).map(|(id, title)| {
        if id == title || title.is_empty() {
            Say::same(id.as_str())
        } else {
            say!("{id}（{title}）", "{id} ({title})")
        }
    }));
    let (ja, en) = (words.ja, words.en);
    let more = if known.len() > SHOWN { say!(" ほか", ", and more") } else { Say::default() };
    let (more_ja, more_en) = (more.ja, more.en);
    match (place, known.is_empty()) {
        (Some(path), true) => say!(
            "{path} にまだ一つもありません。先にそこに加えるか、この行を消してください。",
            "{path} lists none yet: add it there first, or remove this line."
        ),
        (Some(path), false) => say!(
            "次から選んで書いてください: {ja}{more_ja}\n一覧は {path} にあります。",
            "Write one of these: {en}{more_en}\nThey are listed in {path}."
        ),
        (None, true) if wanted == Wanted::Goal => say!(
            "その部の計画には、まだ目標がありません。その部が書くのを待つか、この行を消してください。",
            "That plan has no goal yet: wait until it has one, or remove this line."
        ),
        (None, true) => say!(
            "まだ一つもありません。先に書くか、この行を消してください。",
            "There is none yet: write it first, or remove this line."
        ),
        (None, false) => say!("次から選んで書いてください: {ja}{more_ja}", "Write one of these: {en}{more_en}"),
    }
}

fn foreign_clause(place: Place, id: &str, item: &str) -> Finding {
    Finding::new(&RULE, place, say!("部分 {id} が、項目 {item} の中にあります", "clause {id} stands in item {item}"))
        .label(say!("{item}-a のように、項目の番号で始めます", "begins with its item, like {item}-a"))
        .why(say!(
            "部分の番号は、その項目の番号で始まるものとして計画から引かれます。",
            "Plans name a clause by its item's id and a letter."
        ))
        .help(say!(
            "番号を {item} で始まるものに直すか、正しい項目の下に移してください。",
            "Make the id begin with {item}, or move the clause to its own item."
        ))
}
