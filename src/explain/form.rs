//! How a field is written, and the rules on form that look at every field of its kind.

use crate::explain::Entry;
use crate::lang::Say;
use crate::rules::fields::{choices, form, holds, listed, name};
use crate::say;
use crate::shape::{Field, FileKind, Kind, Target};

/// What the field holds and how that is typed, line by line.
pub(super) fn lines(entry: &Entry) -> Vec<Say> {
    let field = entry.field();
    let mut lines = match &field.kind {
        Kind::List(inner) => list(inner),
        kind => one(kind),
    };
    // A draft may lack all but its status (CONTRACT 4).
    let lenient = entry.kind == FileKind::Plan && entry.path() != "status";
    lines.push(match (field.required, lenient) {
        (true, true) => {
            say!("必ず書きます（下書きの間は空いていても構いません）。", "Required (a draft may leave it blank).")
        }
        (true, false) => say!("必ず書きます。", "Required."),
        (false, _) => say!("要らないときは欄ごと省けます。", "May be left out."),
    });
    lines
}

fn list(inner: &'static Kind) -> Vec<Say> {
    let head = match inner {
        Kind::One(_) => say!(
            "１件ごとに「- 」で始め、次の欄を字下げして並べます。",
            "Each entry begins with \"- \"; its fields are indented under it:"
        ),
        _ => say!("「- 」で始まる行に１つずつ書きます。", "One a line, each after \"- \"."),
    };
    let mut lines = vec![head];
    lines.extend(match inner {
        Kind::One(shape) => vec![fields(shape.fields)],
        inner => one(inner),
    });
    lines
}

fn one(kind: &'static Kind) -> Vec<Say> {
    match kind {
        Kind::Text => vec![
            say!("文章です。短い文章は欄の名前の後に続けます。", "A text; a short one follows the name of the field."),
            say!(
                "長い文章は「|-」とだけ書き、次の行から字下げして書きます。行を折っても間に空白は入りません。",
                "A long one stands indented on the lines after \"|-\"."
            ),
        ],
        Kind::TextOrNumber => vec![say!("文章か、半角の数です。", "A text, or a number in plain digits.")],
        Kind::Number => vec![say!(
            "半角の数字だけで書きます。単位や「約」、桁区切りの「,」は付けません（例 48000、12.5）。",
            "Plain digits without unit or commas (such as 48000 or 12.5)."
        )],
        Kind::Bool => vec![say!("true（はい）か false（いいえ）です。", "true or false.")],
        Kind::Date => vec![say!(
            "日付を 2025-04-01 の形で書きます。令和７年４月１日と書いたものは --fix で直せます。",
            "A day, such as 2025-04-01; --fix mends 令和７年４月１日."
        )],
        Kind::DateTime => {
            vec![say!("日時を \"2025-04-03T10:00\" の形で書きます。", "Day and time, such as \"2025-04-03T10:00\".")]
        }
        Kind::MonthDay => vec![say!("月日を \"09-30\" の形で書きます。", "Month and day, such as \"09-30\".")],
        Kind::Choice(words) => {
            let (ja, en) = (choices(words).ja, choices(words).en);
            vec![say!("次のうち一つです: {ja}", "One of: {en}")]
        }
        Kind::One(shape) => {
            vec![say!("次の欄を字下げして並べます。", "Its fields are indented under it:"), fields(shape.fields)]
        }
        Kind::Map(Some(target), _) => {
            let what = named(*target);
            let (ja, en) = (what.ja, what.en);
            vec![say!(
                "{ja}を欄の名前とし、内容を続けた行を字下げして並べます。",
                "Indented lines, each with {en} as its name."
            )]
        }
        Kind::Map(None, _) => {
            vec![say!("市で決めた名前の欄を、字下げして並べます。", "Indented fields with names of the city's own.")]
        }
        Kind::Ref(target) => reference(kind, *target),
        Kind::ItemId | Kind::ClauseId | Kind::Cite | Kind::Subject | Kind::GoalId | Kind::Name => {
            let (ja, en) = (form(kind).ja, capital(&form(kind).en));
            vec![say!("{ja}。", "{en}.")]
        }
        other => {
            let (ja, en) = (holds(other).ja, capital(&holds(other).en));
            vec![say!("{ja}です。", "{en}.")]
        }
    }
}

fn reference(kind: &'static Kind, target: Target) -> Vec<Say> {
    let what = named(target);
    let (ja, en) = (what.ja, what.en);
    let known = say!("{ja}を書きます。", "Names {en}.");
    match target {
        Target::OwnGoal | Target::PastGoal | Target::OthersGoal => {
            let (ja, en) = (form(kind).ja, capital(&form(kind).en));
            vec![say!("{ja}。", "{en}.")]
        }
        Target::Unit | Target::Department | Target::OwnDivision | Target::Reference => vec![
            known,
            say!(
                "名称や略称で書いたものも読み取り、--fix で記号に直します。",
                "A name or short name is understood, too; --fix puts the id."
            ),
        ],
        _ => vec![known],
    }
}

/// What a name must name, and where that is.
fn named(target: Target) -> Say {
    match target {
        Target::Department => say!("organization.yaml にある部の記号", "a department of organization.yaml"),
        Target::Unit => say!(
            "organization.yaml にある部の記号（somu）か、部と課の記号（somu/bosai-anzen）",
            "a department (somu) or a division (somu/bosai-anzen) of organization.yaml"
        ),
        Target::OwnDivision => say!("organization.yaml にある、その部の課の記号", "a division of the department"),
        Target::Reference => say!("references.yaml にある計画や指針の記号", "a plan of references.yaml"),
        Target::Node => say!("その計画の nodes にある区分の記号", "a part of that plan, from its nodes"),
        Target::Viewpoint => say!("policy.yaml の viewpoints にある視点の記号", "a viewpoint of policy.yaml"),
        Target::Interviewer => {
            say!("organization.yaml の interviewers にある記号", "an interviewer of organization.yaml")
        }
        Target::Period => say!("kpolicy.yaml の periods にある時期の記号", "a period of kpolicy.yaml"),
        Target::Rating => say!("kpolicy.yaml の ratings にある評価", "a rating of kpolicy.yaml"),
        Target::Measure => say!("この目標の measures にある指標名", "a measure of the goal, by its name"),
        Target::Rule => say!("点検の決まりの番号（K405）", "the code of a rule (K405)"),
        Target::OwnGoal => say!("この計画の目標の番号", "a goal of this plan"),
        Target::PastGoal => say!("前年度の目標の番号", "a goal of an earlier year"),
        Target::OthersGoal => say!("他の部の目標の番号", "a goal of another department"),
    }
}

/// `  id（番号）、title（目標名）、…`
fn fields(fields: &'static [Field]) -> Say {
    let all = listed(fields.iter().map(name));
    let (ja, en) = (all.ja, all.en);
    say!("  {ja}", "  {en}")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// Codes of the rules on form and names that look at every field of this kind.
pub fn common_rules(field: &Field) -> Vec<&'static str> {
    let mut codes = vec!["K104"];
    codes.extend(field.required.then_some("K102"));
    let inner = match field.kind {
        Kind::List(inner) => {
            codes.push("K103");
            inner
        }
        ref kind => kind,
    };
    codes.extend(match inner {
        Kind::Text => &["K009", "K013", "K107"][..],
        Kind::TextOrNumber => &["K107"],
        Kind::Number | Kind::Count | Kind::Bool => &["K103"],
        Kind::Date | Kind::DateTime | Kind::MonthDay => &["K105"],
        Kind::ItemId | Kind::ClauseId | Kind::GoalId => &["K106", "K107", "K205", "K212"],
        Kind::Name => &["K106", "K205"],
        Kind::Cite | Kind::Subject => &["K106", "K107", "K201", "K212"],
        Kind::Ref(Target::Department | Target::Unit | Target::OwnDivision) => &["K106", "K203", "K212"],
        Kind::Ref(_) | Kind::Map(Some(_), _) => &["K106", "K204"],
        Kind::Choice(_) => &["K108", "K212"],
        Kind::One(_) => &["K101", "K103"],
        Kind::Map(None, _) | Kind::List(_) => &["K103"],
    });
    codes.sort_unstable();
    codes.dedup();
    codes
}
